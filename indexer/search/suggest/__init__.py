"""Suggestions: completions while typing, and offers beside an answer. None is ever applied.

`suggester` completes names (`pinyin_steps`); `spelling_correction` proposes another query
(`rewriting`, `near_words`); `meant_conditions` offers conditions for plain words
(`spoken_conditions`); `empty_parts` says which part of a query finds nothing.
"""
