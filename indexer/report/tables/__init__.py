"""The tables of a document → the cells of the forms."""
