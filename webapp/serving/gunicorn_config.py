"""Gunicorn's settings for `nianbao serve`: its hooks, and what its options do not say."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any
from urllib.parse import urlsplit

from indexer.settings import read_settings

http_parser = "python"
"""The parser in C refuses an address with Chinese characters before the worker sees it."""


def when_ready(server: Any) -> None:
    """Say where the site is, once it listens there, unless no more than errors are to be told."""
    if not server.log.error_log.isEnabledFor(logging.WARNING):
        return
    path = urlsplit(read_settings(os.environ).base_url).path
    for listener in server.LISTENERS:
        host, port = listener.sock.getsockname()[:2]
        named = f"[{host}]" if ":" in host else host
        sys.stderr.write(f"年报在 http://{named}:{port}{path}/ ，按 Ctrl-C 停止。\n")
    sys.stderr.flush()
