"""The address at which the site is to listen, or one sentence on why it cannot."""

from __future__ import annotations

import errno
import socket
from typing import Any

from indexer.errors import ConfigError

_MAX_PORT = 65535
_FAULTS = {
    errno.EADDRINUSE: "cli.serve.port_taken",
    errno.EACCES: "cli.serve.port_forbidden",
    errno.EADDRNOTAVAIL: "cli.serve.not_here",
}


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to a host and port; ConfigError says why it cannot be bound.

    It does not listen yet, so visitors are refused, and do not wait, until the site is loaded.
    """
    if port > _MAX_PORT:  # the resolver would take its lower bits
        raise ConfigError("cli.serve.port_too_large", host=host, port=port, limit=_MAX_PORT)
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError):
        raise ConfigError("cli.serve.no_address", host=host, port=port) from None
    try:
        _bind(listener, address)
    except OSError as error:
        listener.close()
        code = _FAULTS.get(error.errno or 0, "cli.serve.cannot_bind")
        raise ConfigError(code, host=host, port=port, reason=str(error)) from None
    return listener


def _bind(listener: socket.socket, address: Any) -> None:
    """Bind a socket so that no other can be bound there, even while neither listens.

    A port that is free but for connections that are being closed is taken over only in a second
    try: sockets that both allow that would both be bound.
    """
    try:
        listener.bind(address)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
