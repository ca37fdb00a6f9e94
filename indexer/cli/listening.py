"""The address at which the site is to listen, or one sentence on why it cannot."""

from __future__ import annotations

import errno
import socket
from typing import Any

from indexer.errors import ConfigError

_LARGEST_PORT = 65535
_FAULTS = {
    errno.EADDRINUSE: "已经有程序在用这个端口。请先停掉它，或用 NIANBAO_PORT 换一个端口",
    errno.EACCES: "没有权限用这个端口。请用 NIANBAO_PORT 换一个 1024 以上的端口",
    errno.EADDRNOTAVAIL: "本机没有这个地址。请改正 NIANBAO_HOST，只给本机用写 127.0.0.1，给别的机器用写 0.0.0.0",
}


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to a host and port; ConfigError says why it cannot be bound.

    It does not listen yet, so visitors are refused, and do not wait, until the site is loaded.
    """
    if port > _LARGEST_PORT:  # the resolver would take its lower bits
        raise ConfigError(
            f"{host}:{port} 的端口太大。请用 NIANBAO_PORT 换一个 {_LARGEST_PORT} 以内的端口。"
        )
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError):
        raise ConfigError(
            f"{host}:{port} 不是能用的地址。请改正 NIANBAO_HOST 或 NIANBAO_PORT。"
        ) from None
    try:
        _bind(listener, address)
    except OSError as error:
        listener.close()
        fault = _FAULTS.get(error.errno or 0, f"{error}。请改正 NIANBAO_HOST 或 NIANBAO_PORT")
        raise ConfigError(f"不能在 {host}:{port} 开网站：{fault}。") from None
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
