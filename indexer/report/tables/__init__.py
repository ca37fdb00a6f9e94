"""The tables of a document, read into the cells of the forms.

In the order of the flow: `streams` cuts tables whose rows a text does not mark; `table_kinds` tells
what a table is; `column_heads` and `row_labels` read heads and labels, which `label_matching` and
`distinctive_words` recognise; `disputes_table` reads the table of fifteen results, `torn_labels`
marks labels and figures that may be one row off, `column_order` settles the order of columns;
`form_grids` composes these into rows of the forms. `form_blocks` and `form_detection` tell the
form, `row_cells` lays a row's cells on its columns, `leftovers` finds rows that were not read;
`build` composes all of it.
"""
