"""Short ways to write typed trees by hand, for tests about one thing."""

from __future__ import annotations

from stratagem.dsl.expressions import tree as t
from stratagem.dsl.expressions.types import NUMBER, TEXT, YES_NO, Type
from stratagem.engine.plan.plan import Compute
from tests.meaning.people import EUR


def num(value: float | None) -> t.Constant:
    return t.Constant(type=NUMBER, value=value)


def text(value: str | None) -> t.Constant:
    return t.Constant(type=TEXT, value=value)


def field(name: str, kind: Type = NUMBER) -> t.FieldRef:
    return t.FieldRef(type=kind, source="crm", field=name)


def fact(name: str, kind: Type = NUMBER) -> t.FactRef:
    return t.FactRef(type=kind, name=name)


def op(left: t.Expr, word: str, right: t.Expr) -> t.Expr:
    """`left + right`, `left >= right`, …"""
    if word in "+-*/":
        return t.Arithmetic(type=left.type, op=word, left=left, right=right)  # type: ignore[arg-type]
    return t.Compare(type=YES_NO, op=word, left=left, right=right)  # type: ignore[arg-type]


def orders(kind: str, name: str | None = None, where: t.Expr | None = None, result: Type = EUR) -> t.Aggregate:
    """An aggregate over orders."""
    path = t.RowRef(type=result, source="orders", path=(name,)) if name else None
    return t.Aggregate(type=result, kind=kind, source="orders", field=path, window=None, where=where)  # type: ignore[arg-type]


def amount() -> t.RowRef:
    return t.RowRef(type=EUR, source="orders", path=("amount",))


def step(name: str, expr: t.Expr) -> Compute:
    return Compute(name, expr, "test")
