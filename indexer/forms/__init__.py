"""The official forms as data, and their reader."""
