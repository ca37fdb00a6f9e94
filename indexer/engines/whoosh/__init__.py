"""The default engine: Whoosh keeps the index, NumPy answers from it."""
