"""Tables whose lines are not all drawn.

Their cells are known by boxes, or their figures by the rows and columns they stand in.

printed_words.py    glyphs → words, each a figure or text
boxed_cells.py      areas with gaps between them, white lines → the cells that they part
table_regions.py    which lines of words are a table, and which of them rows of figures
row_labels.py       which label stands beside which row
column_bounds.py    in which column a figure stands, and where that is certain
column_heads.py     the heads over the columns
unruled_grids.py    all that → a grid; an uncertain figure is unreadable or left out
"""

from indexer.formats.pdf.unruled.boxed_cells import find_boxed_lattices, is_crowded
from indexer.formats.pdf.unruled.unruled_grids import UnruledTable, find_unruled_tables

__all__ = ["UnruledTable", "find_boxed_lattices", "find_unruled_tables", "is_crowded"]
