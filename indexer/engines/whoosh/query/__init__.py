"""One query over one generation: where it holds, what the reports are worth, which come first, and what is counted."""
