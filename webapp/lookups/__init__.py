"""What pages ask the engine besides the search itself."""
