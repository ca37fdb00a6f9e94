"""The words for people: one catalogue a language."""
