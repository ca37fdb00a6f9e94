"""The lines and tables of a document → the sections of the report."""
