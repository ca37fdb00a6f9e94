"""Readers of file formats: bytes → Document, a package or module each."""
