"""Builds a report from a document, whatever format it was read from.

In the order of the flow: `tables.streams` sets tables in rows, `identity.title_location` finds the
title, `tables` parses the tables, `genre` rejects other documents, `sections` divides the text,
`identity` tells who reports on which year, `tables.build` reads the cells; `build` composes all of
it. `explain` tells a person how a document was read.
"""
