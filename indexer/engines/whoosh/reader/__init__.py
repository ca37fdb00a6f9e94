"""A generation of the index, open for reading: its segments as arrays over all reports at once."""
