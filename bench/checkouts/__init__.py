"""Compares two checkouts of the project: same files, same requests."""
