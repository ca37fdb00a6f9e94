"""Text as it is compared and counted: folding, look-alikes, amounts."""
