"""One module a file format: (SourceFile, bytes) → Document."""
