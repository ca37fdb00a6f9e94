"""Tells which reports are of one body.

`renamed` gives the names of counties today, `localities` tells what is known of a body's place, and
`keys` makes the body's key from both.
"""
