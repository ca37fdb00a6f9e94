"""Ranking quality on queries whose answers are known because they were planted."""
