"""Benchmarks. Nothing of the program imports this."""
