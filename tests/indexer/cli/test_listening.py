from __future__ import annotations

import socket

import pytest

from indexer.cli.listening import bind
from indexer.errors import ConfigError
from tests.saying import raises_saying


def test_a_free_port_is_bound_and_visitors_are_refused_until_it_listens() -> None:
    with bind("127.0.0.1", 0) as bound:
        host, port = bound.getsockname()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((host, port), 5)
        bound.listen()
        socket.create_connection((host, port), 5).close()


def test_a_port_that_is_taken_is_named_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with raises_saying(ConfigError, f"127.0.0.1:{port}.*NIANBAO_PORT"):
            bind("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port"), [("192.0.2.1", 0), ("no such host", 0), ("127.0.0.1", 99999)]
)
def test_an_address_that_cannot_be_used_is_named_with_what_to_do(host: str, port: int) -> None:
    with raises_saying(ConfigError, rf"{host}:{port}.*NIANBAO_"):
        bind(host, port)


def test_two_that_start_at_the_same_time_do_not_both_get_the_port() -> None:
    with bind("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with raises_saying(ConfigError, f"127.0.0.1:{port}"):
            bind("127.0.0.1", port)


def test_a_port_whose_last_connections_are_being_closed_is_free() -> None:
    with bind("127.0.0.1", 0) as server:
        server.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # as the server does before it listens
        server.listen()
        port = server.getsockname()[1]
        client = socket.create_connection(("127.0.0.1", port), 5)
        served, _ = server.accept()
        served.close()  # the side that closes first waits
        client.recv(1)
        client.close()

    bind("127.0.0.1", port).close()
