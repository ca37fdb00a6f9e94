"""The division tables of this folder as they are stored; README.md says who issued them and when.

A table is lines of code, tab and name, sorted by code. A code of six digits is a county or above;
the lines with three digits below it are its townships, whose full code is both together.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from importlib.resources import files

FILES = ("civil_affairs.tsv.gz", "statistics.tsv.gz", "older.tsv.gz")
"""The tables in the order in which their codes are preferred.

The Ministry's, the Bureau's of 2023, and the older ones.
"""

SUCCESSORS = "successors.csv"
"""Abolished counties, each with the county of today that holds most of its townships."""

Table = tuple[tuple[str, str], ...]
"""Codes and names sorted by code: six digits for a county and above, nine for a township."""


def parse_table(text: str) -> Table:
    """Return the rows of a table with the townships' codes in full.

    >>> parse_table("360983\\t高安市\\n101\\t荷岭镇\\n")
    (('360983', '高安市'), ('360983101', '荷岭镇'))
    """
    return tuple(_rows(text))


def read_tables() -> tuple[Table, ...]:
    """Return the tables of this folder, in the order of `FILES`."""
    here = files("indexer.places")
    return tuple(
        parse_table(gzip.decompress((here / name).read_bytes()).decode("utf-8")) for name in FILES
    )


def read_successors() -> dict[str, str]:
    """Return the path of the succeeding county by the path of each abolished one."""
    text = (files("indexer.places") / SUCCESSORS).read_text("utf-8")
    return dict(line.split(",") for line in text.splitlines())


def _rows(text: str) -> Iterator[tuple[str, str]]:
    county = ""
    for line in text.splitlines():
        code, name = line.split("\t")
        if len(code) == 6:
            county = code
            yield code, name
        else:
            yield county + code, name
