"""The words for people: one catalogue a language, `<language>.toml`, with the same codes in each.

The code raises and stores codes with parameters (`records.Message`); the command line and the site
write them out.
"""

from indexer.messages.catalogue import DEFAULT_LANGUAGE, LANGUAGES, label
from indexer.messages.rendering import render, render_all

__all__ = ["DEFAULT_LANGUAGE", "LANGUAGES", "label", "render", "render_all"]
