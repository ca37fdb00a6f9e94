"""A generation of the index, read: from the arrays of its segments to numbers and masks of all reports at once."""
