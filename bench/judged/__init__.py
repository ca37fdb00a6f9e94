"""Queries whose right answers are known, because they were planted: how well the ranking finds them."""
