"""Cuts tables whose rows a text does not mark where the forms' own words begin.

In the order of the flow: `several_rows`, `spaced_lines`, `spaced_rows` and `spaced_grids` cut rows
whose cells are separated by single blanks; `word_roles` tells what a piece of text is to a form,
`units` joins pieces to words and figures, `finder` finds runs of lines that are a table, `cutting`
cuts their units into rows, `blanks` tells which blank lines are empty cells, `seams` joins rows
that a line break has cut in two; `build` composes all of it.
"""

from indexer.report.tables.streams.build import cut_streams

__all__ = ["cut_streams"]
