"""Completions and corrections of what is typed."""
