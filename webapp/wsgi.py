"""The application as a server runs it: `gunicorn webapp.wsgi:app`. Alone knows where an engine comes from."""

from __future__ import annotations

import os

from indexer.search.segment import pieces
from indexer.settings import read_settings
from indexer.wiring import open_engine
from webapp import create_app

_settings = read_settings(os.environ)
pieces("年报")  # loads the segmenter's dictionary now, and not while the first visitor waits
app = create_app(open_engine(_settings), _settings)
