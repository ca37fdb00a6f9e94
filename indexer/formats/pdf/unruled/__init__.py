"""Tables whose lines are not all drawn: cells known by their boxes, or figures by the columns and rows they stand in.

words.py      glyphs → words, each a figure or text
boxes.py      areas with gaps between them, white lines → the cells that they part
regions.py    which lines of words are a table, and which of them rows of figures
labels.py     which label stands beside which row
columns.py    in which column a figure stands, and where that is certain
heads.py      the heads over the columns
tables.py     all that → a grid; a figure that is not certain is unreadable or short of its row
"""

from indexer.formats.pdf.unruled.boxed_cells import find_boxed_lattices, is_crowded
from indexer.formats.pdf.unruled.unruled_grids import UnruledTable, find_unruled_tables

__all__ = ["UnruledTable", "find_boxed_lattices", "find_unruled_tables", "is_crowded"]
