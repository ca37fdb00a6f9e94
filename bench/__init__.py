"""Benchmarks beside FTS5 and tantivy. Nothing of the program imports this package."""
