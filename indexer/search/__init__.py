"""Search: a query as typed → a query that engines answer → hits, with the help around them.

In the order of the flow: `catalogue` (facets and figures by which reports are found), `documents`
(what an engine stores of a report), `analysis` (segmenter, synonyms, stop words), `language` (query
parser), `query` (the parsed query), `query_validation`, `compile` (query → match tree and terms),
`terms`, `port` (what an engine does), `unknown_values` (three-valued facets), `ranking` (BM25F),
`hits`, `highlight` and `snippet_boundaries` (highlighter), `explain`, and `suggest` (suggester,
spelling correction, meant conditions) with `timed_counter`.
"""
