"""Messages in JSON: published with their Chinese sentence, and as the index keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from indexer.messages import DEFAULT_LANGUAGE, render
from indexer.records import Message, Number, Param


def message_to_dict(message: Message | str, language: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
    """Return the published shape of a finding's, an error's or a warning's message.

    `message` is the sentence; `code` and `params` say the same in no language. A parameter that is
    a part of the sentence has `code` and `params` of its own; dates are ISO 8601.

    >>> message_to_dict(Message.of("report.not_found", id="abc"))["params"]
    {'id': 'abc'}
    """
    if isinstance(message, str):
        return {"message": message, "code": None, "params": {}}
    return {"message": render(message, language), **_code_to_dict(message)}


def warnings_to_dict(
    messages: Iterable[Message | str], language: str = DEFAULT_LANGUAGE
) -> dict[str, Any]:
    """Return the published keys of warnings: sentences, and `remarks` with their codes."""
    remarks = [message_to_dict(message, language) for message in messages]
    return {"warnings": [remark["message"] for remark in remarks], "remarks": remarks}


def number_to_json(value: Number | None) -> int | float | None:
    """Return a value as JSON writes it: a whole number as an int, a fraction as a float."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _code_to_dict(message: Message) -> dict[str, Any]:
    params = {name: _param_to_json(value) for name, value in message.params}
    return {"code": message.code, "params": params}


def _param_to_json(value: Param) -> Any:
    match value:
        case Message():
            return _code_to_dict(value)
        case tuple():
            return [_param_to_json(part) for part in value]
        case Decimal():
            return number_to_json(value)
        case date():
            return value.isoformat()
    return value


# ── in the index: nothing is lost ───────────────────────────────────────────────────────────────


def pack_message(message: Message) -> list[Any]:
    """Return a message as JSON that `unpack_message` reads back exactly."""
    return [message.code, {name: _pack_param(value) for name, value in message.params}]


def unpack_message(packed: Any) -> Message:
    """Return the message that was packed."""
    code, params = packed
    return Message(code, tuple((name, _unpack_param(value)) for name, value in params.items()))


def _pack_param(value: Param) -> Any:
    match value:
        case Message():
            return {"message": pack_message(value)}
        case tuple():
            return [_pack_param(part) for part in value]
        case Decimal():
            return {"decimal": str(value)}
        case date():
            return {"date": value.isoformat()}
    return value


def _unpack_param(packed: Any) -> Param:
    match packed:
        case list():
            return tuple(map(_unpack_param, packed))
        case {"message": message}:
            return unpack_message(message)
        case {"decimal": digits}:
            return Decimal(digits)
        case {"date": day}:
            return date.fromisoformat(day)
    value: Param = packed
    return value
