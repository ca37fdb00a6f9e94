"""The `nianbao` command. Results go to standard output, progress and errors to standard error."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import Any

import click

from indexer import __version__
from indexer.cli.indexing import index
from indexer.cli.reading import read
from indexer.cli.reporting import failures, status
from indexer.cli.searching import search
from indexer.cli.serving import serve
from indexer.cli.speech import LANGUAGE_OPTION, echo_error, say
from indexer.cli.usage import WRONG_USAGE, SpeakingGroup, option
from indexer.errors import ConfigError, NianbaoError, QueryError, RemovalRefused
from indexer.settings import read_settings

_FAILED = 1


class _NianbaoGroup(SpeakingGroup):
    """Commands whose errors end in one clear line and the right exit code, never in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (ConfigError, QueryError, RemovalRefused) as error:
            echo_error(say("cli.error", message=error.message))
            ctx.exit(WRONG_USAGE)
        except NianbaoError as error:
            echo_error(say("cli.error", message=error.message))
            ctx.exit(_FAILED)

    def main(self, *args: Any, **extra: Any) -> Any:
        try:
            try:
                return super().main(*args, **extra)
            finally:
                if sys.stdout is not None:  # None where it was closed before the start
                    sys.stdout.flush()
        except OSError as error:
            _abandon_output()
            reason = error.strerror or str(error)
            if error.filename:
                echo_error(say("cli.no_room_for", file=str(error.filename), reason=reason))
            else:
                echo_error(say("cli.no_room", reason=reason))
            sys.exit(_FAILED)


def _abandon_output() -> None:
    """Discard pending output, which the interpreter would otherwise fail on again at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@click.group(
    cls=_NianbaoGroup, help="cli.help", context_settings={"help_option_names": ["-h", "--help"]}
)
@option(LANGUAGE_OPTION, says="cli.option.lang", metavar="LANGUAGE", expose_value=False)
@click.version_option(__version__, prog_name="nianbao")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Read the settings for the command that follows."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    ctx.obj = read_settings(os.environ)


for _command in (read, index, search, status, failures, serve):
    main.add_command(_command)
