"""A yardstick: SQLite FTS5, set up for these reports, with the tokens of our segmenter."""
