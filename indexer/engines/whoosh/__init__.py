"""The default engine: Whoosh manages the index on disk, NumPy answers queries from it."""
