"""Tables whose rows a text does not mark → grids with rows, cut where the forms' own words begin.

words.py      what a piece of text is to a form: head, group, label
units.py      pieces of text → words, figures and the unknown, labels broken over lines joined
cutting.py    units → rows
blanks.py     which blank lines are empty cells
runs.py       the lines of a document that are such a table
seams.py      rows that a line break has cut in two
"""

from indexer.report.tables.streams.build import cut_streams

__all__ = ["cut_streams"]
