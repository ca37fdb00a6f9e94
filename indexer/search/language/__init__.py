"""The query language: text → Query, and back.

In the order of the flow: `comparisons` finds comparisons in the text (`comparison_wordings`,
`comparison_patterns`, `comparison_names`); `parser` parses the rest by `query.lark`; `tree_reader`
turns the tree into nodes (`node_building`), each condition by `conditions` (`typed_condition`,
`condition_names`, `facet_conditions` with `place_conditions`, `figure_conditions` with
`typed_numbers`); `query_size` limits them; `intents` and `spoken_places` read what plain words say;
`query_text` prints a query again.
"""
