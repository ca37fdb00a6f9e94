"""Records as plain data, by the types of their fields: the one schema of a report.

A record becomes the list of its fields in their order; nothing is lost. The published JSON takes
names from the same fields (`report_json`).

msgspec was measured for this: it reads a report's identity and sections a fifth faster, but its
data is a tenth larger, and it refuses lone surrogates and the parameters of messages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

from indexer.records import Message, Number
from indexer.serialise.messages import pack_message, unpack_message

Converter: TypeAlias = Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Codec:
    """How values of a type become plain data, and how they are read from it."""

    pack: Converter = _same
    unpack: Converter = _same

    @property
    def is_plain(self) -> bool:
        """Say whether the values are plain data themselves."""
        return self.unpack is _same


def pack_number(value: Number | None) -> int | str | None:
    """Return a number as JSON represents it exactly: a decimal as its digits."""
    return str(value) if isinstance(value, Decimal) else value


def unpack_number(packed: int | str | None) -> Number | None:
    """Return the number that was packed."""
    return Decimal(packed) if isinstance(packed, str) else packed


_LEAVES: dict[object, Codec] = {
    Message: Codec(pack_message, unpack_message),
    date: Codec(date.isoformat, date.fromisoformat),
}


@cache
def codec_of(kind: Any) -> Codec:
    """Return the codec of a type: a record, a tuple of one type, an optional or a plain type."""
    parts = get_args(kind)
    if kind in _LEAVES:
        return _LEAVES[kind]
    if Decimal in parts:
        return Codec(pack_number, unpack_number)
    if type(None) in parts:
        (part,) = (part for part in parts if part is not type(None))
        return _optional(codec_of(part))
    if get_origin(kind) is tuple:
        return _sequence(codec_of(parts[0]))
    return _record(kind) if is_dataclass(kind) else Codec()


def _optional(codec: Codec) -> Codec:
    if codec.is_plain:
        return codec
    return Codec(
        lambda value: None if value is None else codec.pack(value),
        lambda packed: None if packed is None else codec.unpack(packed),
    )


def _sequence(codec: Codec) -> Codec:
    if codec.is_plain:
        return Codec(unpack=tuple)
    return Codec(
        lambda values: [codec.pack(value) for value in values],
        lambda packed: tuple(map(codec.unpack, packed)),
    )


def _record(kind: Any) -> Codec:
    types = get_type_hints(kind)
    codecs = [codec_of(types[field.name]) for field in fields(kind)]
    values_of = attrgetter(*(field.name for field in fields(kind)))
    converted = [(at, codec) for at, codec in enumerate(codecs) if not codec.is_plain]
    if not converted:
        # Most records of a report are of this kind: paragraphs, labels, passages.
        return Codec(values_of, lambda packed: kind(*packed))

    def pack(record: Any) -> list[Any]:
        values = list(values_of(record))
        for at, codec in converted:
            values[at] = codec.pack(values[at])
        return values

    def unpack(packed: list[Any]) -> Any:
        values = packed.copy()
        for at, codec in converted:
            values[at] = codec.unpack(values[at])
        return kind(*values)

    return Codec(pack, unpack)
