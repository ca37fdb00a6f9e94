"""`nianbao serve`: starts the site."""

from __future__ import annotations

import os
import sys

import click

from indexer.cli.listening import bind
from indexer.cli.usage import SpeakingCommand, option
from indexer.errors import ConfigError, EngineError
from indexer.search.analysis.synonym_file import read_synonyms
from indexer.settings import Settings
from indexer.wiring import open_engine


@click.command(cls=SpeakingCommand, help="cli.serve.help")
@option("--quiet", says="cli.serve.quiet", is_flag=True)
@click.pass_obj
def serve(settings: Settings, quiet: bool) -> None:
    """Replace this process by gunicorn, once the site can start."""
    read_synonyms(settings)  # a fault in the file is said here, not by every process of the server
    engine = open_engine(settings)
    try:
        engine.stats()
    except EngineError as error:
        raise ConfigError(error.code, **error.params) from error
    finally:
        engine.close()
    listener = bind(settings.host, settings.port)
    listener.set_inheritable(True)
    arguments = [
        f"--bind=fd://{listener.fileno()}",
        f"--workers={settings.workers}",
        "--worker-class=webapp.serving.worker.Worker",
        "--threads=4",
        "--preload",  # what is loaded before the processes are forked, they share
        f"--timeout={settings.request_seconds}",
        "--limit-request-line=8190",
        "--config=python:webapp.serving.gunicorn_config",
        f"--log-level={'error' if quiet else 'warning'}",
        "webapp.wsgi:app",
    ]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments])
