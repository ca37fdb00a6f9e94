"""Reads report files in processes of their own, which a hostile file may exhaust or crash without harm to the run."""
