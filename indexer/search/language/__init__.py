"""The query language: text → Query, and back."""
