"""The memory engine: every report is read anew for every query. Slow and obviously right, the oracle of the tests."""
