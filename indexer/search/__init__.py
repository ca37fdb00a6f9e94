"""What a search is, independent of the engine that answers it."""
