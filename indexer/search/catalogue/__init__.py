"""The catalogue: one record for each facet and each figure by which reports are found.

In the order of the flow: `facets` (the records, `register_facet`), `facet_readers` (how each is
read from a report), `facet_values` (closed lists), `facet_matching` (stored values against those
asked for), `place_names` (values of places as typed), `statuses`; `figures` (the records,
`register_figure`), `figure_aliases`, `figure_names`, `histograms`; `name_matching` (nearest name)
and `caching` for both.
"""
