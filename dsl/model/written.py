"""A part of the model as plain data, to be written as JSON.

In: a part. Out: dicts, lists, texts and numbers. Places are `file:line`, literals stand as a strategist writes them,
a formula is its text and its id.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from stratagem.dsl.model.base import Part, literal_text
from stratagem.dsl.record import fields
from stratagem.dsl.source import Span
from stratagem.dsl.values import Value

HIDDEN = ("_places", "tree")
"""Fields for the program alone."""


def as_data(part: Part, defaults: bool = True) -> dict[str, Any]:
    """The part and all below it. Without `defaults`, only what differs from what goes without saying."""
    return _fields(part, defaults)


def plain(value: Any, defaults: bool = True) -> Any:
    """A value of the model as plain data."""
    if isinstance(value, Value):
        return literal_text(value)
    match value:
        case Part():
            return as_data(value, defaults)
        case Span():
            return place(value)
        case tuple() | list() | frozenset():
            return [plain(item, defaults) for item in value]
        case dict():
            return {str(key): plain(item, defaults) for key, item in value.items()}
        case Enum():
            return value.value
        case datetime():
            return value.isoformat(" ", "minutes")
        case date() | time():
            return value.isoformat()
        case Decimal():
            return str(value)
    if hasattr(value, "__dataclass_fields__"):
        return _fields(value, defaults)
    return value


def _fields(of: Any, defaults: bool) -> dict[str, Any]:
    kept = [f for f in fields(of) if f.name not in HIDDEN and (defaults or getattr(of, f.name) != f.default)]
    return {f.name: plain(getattr(of, f.name), defaults) for f in kept}


def place(span: Span) -> str:
    """`file:line`, or nothing for what no line declares."""
    return f"{span.file}:{span.line}" if span.file else ""
