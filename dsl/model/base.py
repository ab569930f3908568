"""What all parts of the model share: frozen values that know their place, and formulas with text and tree."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, PrivateAttr, WithJsonSchema

from stratagem.dsl.expressions.tree import Expr
from stratagem.dsl.source import NOWHERE, Span
from stratagem.dsl.values import Date, Duration, Money, Number, Rate, Share, Text, Timestamp, Value, YesNo


def _place(span: Span) -> str:
    return f"{span.file}:{span.line}" if span.file else ""


Place = Annotated[
    Any,
    PlainSerializer(_place, return_type=str),
    WithJsonSchema({"type": "string", "description": "file:line of the declaration"}),
]
"""A Span, written as file:line."""


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


Literal_ = Annotated[
    Any,
    PlainSerializer(lambda v: None if v is None else literal_text(v), return_type=str | None),
    WithJsonSchema({"type": "string", "description": "a literal as written, with its unit"}),
]
"""A Value of dsl.values, written as a strategist writes it."""


class Part(BaseModel):
    """Anything the model holds. `at` is where it was declared."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True, extra="forbid", defer_build=True)

    at: Place = NOWHERE
    _places: dict[str, Span] = PrivateAttr(default_factory=dict)

    def place(self, field: str) -> Span:
        """Where the value of a field was written; the part's own place for one that was not."""
        found: Span = self._places.get(field) or self.at
        return found


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
    tree: Annotated[Any, Field(exclude=True)]
    clause_id: str = ""
    """Stable id: declaration path and normalised text; survives formatting and moved lines."""

    @property
    def expr(self) -> Expr:
        """The typed tree."""
        return self.tree  # type: ignore[no-any-return]


class Ref(Part):
    """A reference by name, with its place."""

    name: str

    def __str__(self) -> str:
        return self.name
