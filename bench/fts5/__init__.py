"""The yardstick: SQLite's FTS5, set up as one would for these reports, with the words of our own segmenter."""
