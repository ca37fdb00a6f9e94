"""The memory engine: every query reads every report anew. Slow and obviously right, the oracle of
the tests.
"""
