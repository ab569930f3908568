"""What all parts of the model share: frozen values that know their place, and formulas with text and tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import Any, TypeAlias

from stratagem.dsl.expressions.tree import Expr
from stratagem.dsl.record import Record
from stratagem.dsl.source import NOWHERE, Span
from stratagem.dsl.values import Date, Duration, Money, Number, Rate, Share, Text, Timestamp, Value, YesNo


def literal_text(value: Value) -> str:
    """A literal as a strategist writes it: `12.50 EUR`, `38%`, `36 months`, `2 per 7 days`."""
    match value:
        case Number(v):
            return f"{v:,}"
        case Share(v):
            return f"{(v * 100).normalize():f}%"
        case Money(a, c):
            return f"{a:,} {c}"
        case Duration(n, unit):
            return f"{n.normalize():f} {unit}{'' if n == 1 else 's'}"
        case Rate(a, per):
            period = per.unit if per.count == 1 else literal_text(per)
            return f"{literal_text(a)} per {period}"
        case Text(v):
            return v
        case YesNo(v):
            return "yes" if v else "no"
        case Date(v):
            return v.isoformat()
        case Timestamp(v):
            return v.isoformat(" ", "minutes")
        case _:
            return value.value.isoformat("minutes")


Literal_: TypeAlias = Any
"""A Value of dsl.values, or None; written out as a strategist writes it."""


class Part(Record):
    """Anything the model holds. `at` is where it was declared, `place()` where the values of its fields were written.

    A part is a frozen record, not a pydantic model: `check` would wait longer for pydantic than for all of its own
    work. `written.py` writes parts out as plain data; `schema.py` gives pydantic models and a JSON schema of them.
    """

    at: Span = NOWHERE
    _places: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False)

    def place(self, name: str) -> Span:
        """Where the value of a field was written; the part's own place for one that was not."""
        return self._places.get(name) or self.at


class Declared(Part):
    """A part with a name of its own."""

    name: str
    label: str = ""
    doc: str = ""
    once_called: tuple[str, ...] = ()
    """Names it had before; history, holdouts, waivers and baselines follow them."""

    @property
    def title(self) -> str:
        """The label, or the name where there is none."""
        return self.label or self.name


class Formula(Part):
    """A formula or condition: its text as written, and its typed tree."""

    text: str
    tree: Any
    clause_id: str = ""
    """Stable id: declaration path and normalised text; survives formatting and moved lines."""

    @property
    def expr(self) -> Expr:
        """The typed tree."""
        return self.tree  # type: ignore[no-any-return]

    @cached_property
    def nodes(self) -> tuple[Expr, ...]:
        """All nodes of the tree, parents first: many look for one kind or another among them."""
        return tuple(self.expr.walk())


class Ref(Part):
    """A reference by name, with its place."""

    name: str

    def __str__(self) -> str:
        return self.name
