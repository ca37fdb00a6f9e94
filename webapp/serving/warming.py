"""What a server does before the first visitor comes."""

from __future__ import annotations

import gc

from flask import Flask

from indexer.search.language.parser import parse_query
from indexer.search.suggest.near_words import words_alike


def warm_up(app: Flask) -> None:
    """Load what every process of a server needs, and keep it from the garbage collector.

    The segmenter, the tables of names and sounds and the templates are some hundred thousand
    objects that stay for good: the collector would walk through all of them in the middle of an
    answer, for a tenth of a second. Processes that are forked after this share them. The engine is
    not asked anything: each process must open the index for itself.
    """
    parse_query("年报 新收申请>0")
    words_alike("年报")
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    gc.collect()
    gc.freeze()
