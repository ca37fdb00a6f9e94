"""The application as a server runs it: `gunicorn --preload webapp.wsgi:app`.

No other module of the site knows where an engine comes from.
"""

from __future__ import annotations

import os

from indexer.settings import read_settings
from indexer.wiring import open_engine
from webapp import create_app
from webapp.serving.warming import warm_up

_settings = read_settings(os.environ)
app = create_app(open_engine(_settings), _settings)
warm_up(app)
