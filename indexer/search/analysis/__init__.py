"""Analysis: text → tokens, the same for reports and queries, and what unquoted text expands to.

In the order of the flow: `lexicon` (dictionary), `segmenter` (tokenizer), `sub_headings` (of a
report, for ranking), `stop_words` (question words of a query), `synonym_file`, `synonyms`,
`run_expansion` (an unquoted run → words, literal forms, synonyms).
"""
