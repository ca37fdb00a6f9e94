"""Plain text → Document, in every shape that copying and converting leave of a table.

One module a shape. Each has one function `find_…(lines, at) -> Region | None`: None where no table of its shape can begin at
that line, else the lines it has judged, with the rows found in them or none. A new shape is a new module and a line in
`SHAPES` of scan.py. A shape knows marks (tabs, pipes, rules, blanks), never the words of a form: what only the words can tell,
such as where a row ends in a text with one cell a line, is left to `indexer.report.tables.streams`.
"""

from indexer.formats.txt.markdown import is_markdown
from indexer.formats.txt.txt_reader import read_txt

__all__ = ["is_markdown", "read_txt"]
