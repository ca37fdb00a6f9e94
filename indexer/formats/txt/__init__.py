"""Reads plain text, with tables in every shape that copying and converting leave.

Each shape is a module with one function `find_…(lines, at) -> TextTable | None`. It returns None
if no table of its shape can begin at that line, else the lines it has judged, with or without
rows. A new shape is a new module and a line in `SHAPES` of `txt_reader`. A shape knows marks
(tabs, pipes, rules, blanks), never the words of a form: what only words can tell, such as where a
row ends in a text with one cell a line, is left to `indexer.report.tables`.
"""

from indexer.formats.txt.markdown import is_markdown
from indexer.formats.txt.txt_reader import read_txt

__all__ = ["is_markdown", "read_txt"]
