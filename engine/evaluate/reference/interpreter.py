"""Values of formulas and steps, node by node: what `language.md` says, as directly as Python can say it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from stratagem.dsl.expressions import tree as t
from stratagem.dsl.expressions.types import Kind
from stratagem.engine.evaluate.cuts import MissingCutPoint
from stratagem.engine.evaluate.population import Dates
from stratagem.engine.evaluate.reference.calendar import day_of, in_window, shift, since
from stratagem.engine.evaluate.reference.functions import call, rounded
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Compute, Staging, Step, Tiering

MILLION = 1_000_000
Scope = tuple["_Customer", Mapping[str, Any] | None]
"""Whose formula it is, and the row at hand, if any."""


class Reference:
    """Steps, to be called like a `Program`."""

    def __init__(self, steps: Iterable[Step], dates: Dates, fixed: frozenset[str] = frozenset()) -> None:
        self.steps = {name: step for step in steps for name in _names(step)}
        self.dates = dates
        self.fixed = fixed

    def __call__(self, record: Mapping[str, Any], moment: Moment, fit: Fit | None = None) -> dict[str, Any]:
        """The value of every column for this customer."""
        customer = _Customer(self, record, moment, fit)
        return {name: customer.column(name) for name in self.steps}


def _names(step: Step) -> tuple[str, ...]:
    if isinstance(step, Compute):
        return (step.name,)
    return (step.name, step.name + "@open") if isinstance(step, Tiering) else ("stage", "stage@path")


class _Customer:
    """One customer, whose columns are worked out when they are asked for."""

    def __init__(self, plan: Reference, record: Mapping[str, Any], moment: Moment, fit: Fit | None) -> None:
        self.plan, self.record, self.moment, self.fit = plan, record, moment, fit
        self.done: dict[str, Any] = {}

    def column(self, name: str) -> Any:
        if name not in self.done:
            step = self.plan.steps.get(name)
            if step is None or self._is_fixed(step):
                self.done[name] = self._given(name, step)
            elif isinstance(step, Compute):
                self.done[name] = _clean(value(step.expr, (self, None)))
            else:
                self.done |= _tier(step, self) if isinstance(step, Tiering) else _walk(step, self)
        return self.done[name]

    def _is_fixed(self, step: Step) -> bool:
        return _names(step)[0] in self.plan.fixed and "@fixed" in self.record

    def _given(self, name: str, step: Step | None) -> Any:
        if step is None:
            return self.record.get(name)
        if name.endswith("@open"):
            return False
        fixed = self.record["@fixed"].get("stage" if name == "stage@path" else name)
        return [fixed] if name == "stage@path" else fixed


def _clean(x: Any) -> Any:
    return 0.0 if isinstance(x, float) and x == 0 else x


def _tier(step: Tiering, c: _Customer) -> dict[str, Any]:
    if step.when is not None and value(step.when, (c, None)) is not True:
        return {step.name: None, step.name + "@open": False}
    x = value(step.formula, (c, None))
    if x is None:
        return {step.name: None, step.name + "@open": True}
    for bound in step.bounds:
        if bound.kind == "otherwise":
            return {step.name: bound.tier, step.name + "@open": False}
        limit = value(bound.threshold, (c, None)) if bound.threshold is not None else _cut(step, bound.tier, c)
        if limit is not None and (x < limit if bound.kind == "below" else x >= limit):
            return {step.name: bound.tier, step.name + "@open": False}
    return {step.name: None, step.name + "@open": False}


def _cut(step: Tiering, tier: str, c: _Customer) -> float | None:
    cuts = c.fit.cuts.get(step.name, {}) if c.fit is not None else {}
    if tier not in cuts:
        raise MissingCutPoint(step.name, tier)
    return cuts[tier].value


def _walk(step: Staging, c: _Customer) -> dict[str, Any]:
    said = value(step.start, (c, None)) if step.start is not None else None
    candidates = [said, c.record.get("@stage_before"), step.stages[0]]
    path = [next(s for s in candidates if s in step.stages)]

    def taken(forward: bool) -> str | None:
        here = [m for m in step.moves if m.source == path[-1] and m.forward == forward]
        true = [m.target for m in here if m.condition is None or value(m.condition, (c, None)) is True]
        return true[0] if true else None

    while (onward := taken(True)) is not None:
        path.append(onward)
    if (fall := taken(False)) is not None:
        path.append(fall)
    return {"stage": path[-1], "stage@path": path}


def value(e: t.Expr, s: Scope) -> Any:
    """A formula's value: float, whole number, text, yes/no, or None for missing and unknown."""
    match e:
        case t.Constant():
            return e.value
        case t.FieldRef():
            return (s[0].record.get(e.source) or {}).get(e.field)
        case t.IdentityRef():
            return s[0].record["@id"]
        case t.RowRef():
            assert s[1] is not None
            return s[1].get(".".join(e.path))
        case t.FactRef():
            return s[0].column(e.name)
        case t.SegmentRef():
            return s[0].column(e.segment)
        case t.TierRef():
            return s[0].column(e.tiers)
        case t.StageRef():
            return s[0].column("stage")
        case t.InTier():
            tier = s[0].column(e.tiers)
            return (None if s[0].column(e.tiers + "@open") else False) if tier is None else tier in e.names
        case t.IfElse():
            return value(e.then if value(e.condition, s) is True else e.otherwise, s)
        case t.Cases():
            return next((value(v, s) for v, c in e.cases if value(c, s) is True), value(e.otherwise, s))
        case t.And() | t.Or():
            parts = [value(p, s) for p in e.parts]
            decisive = isinstance(e, t.Or)
            return decisive if decisive in parts else None if None in parts else not decisive
        case t.Known():
            return (value(e.operand, s) is None) == e.negated
        case t.Between():
            left = value(t.Compare(type=e.type, op="<=", left=e.low, right=e.operand), s)
            right = value(t.Compare(type=e.type, op="<=", left=e.operand, right=e.high), s)
            return False if False in (left, right) else None if None in (left, right) else True
        case t.Aggregate():
            return _total(e.kind, _own_rows(e, s[0]), e.field is not None)
        case t.GroupAggregate():
            return _total(e.kind, _members(e, s[0]), e.operand is not None)
        case t.Call():
            return call(e, [value(a, s) for a in e.arguments])
    operands = [value(c, s) for c in e.children()]
    return None if None in operands else _finite(_strict(e, operands, s[0].moment))


def _finite(x: Any) -> Any:
    return None if isinstance(x, float) and not math.isfinite(x) else x


def _strict(e: t.Expr, v: Sequence[Any], moment: Moment) -> Any:
    """Operations that are missing when an operand is."""
    match e:
        case t.Negative():
            return -v[0]
        case t.Arithmetic():
            if e.op == "/":
                return v[0] / v[1] if v[1] != 0 else None
            return v[0] + v[1] if e.op == "+" else v[0] - v[1] if e.op == "-" else v[0] * v[1]
        case t.Rounded():
            return rounded(v[0], 6) if e.type.is_numeric else v[0]
        case t.Not():
            return not v[0]
        case t.Compare():
            return _compare(e.op, *_same_scale(e, v))
        case t.OneOf():
            return (v[0] in v[1:]) != e.negated
        case t.TextTest():
            return _text(e.op, v[0], v[1])
        case t.DateOf():
            return day_of(v[0], e.operand)
        case t.DateDifference():
            if e.left.type.kind is e.right.type.kind is Kind.TIMESTAMP:
                return float(v[0] - v[1]) / 1e6
            return (day_of(v[0], e.left) - day_of(v[1], e.right)) * 86400.0
        case t.DateShift():
            return shift(e, v[0], v[1])
        case t.Since():
            return since(e.kind, day_of(v[0], e.operand), moment)
    raise TypeError(f"{type(e).__name__} is not about one customer")


def _compare(op: str, a: Any, b: Any) -> bool:
    if op in ("is", "is not"):
        return bool(a == b) == (op == "is")
    return bool({"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op])


def _same_scale(e: t.Compare, v: Sequence[Any]) -> tuple[Any, Any]:
    if {e.left.type.kind, e.right.type.kind} == {Kind.DATE, Kind.TIMESTAMP}:
        return day_of(v[0], e.left), day_of(v[1], e.right)
    return v[0], v[1]


def _text(op: str, text: str, part: str) -> bool:
    if op == "matches":
        import re2

        return re2.search(part, text) is not None
    return part in text if op == "contains" else text[: len(part)] == part


# ---- aggregates ----


def _own_rows(e: t.Aggregate, c: _Customer) -> list[Any]:
    """The values of the rows taken (True without a field), for first and latest in their order."""
    dated = c.plan.dates.get(e.source)
    if dated is None and e.window is not None:
        return []
    rows = list(c.record.get(e.source) or ())
    if dated is not None:
        rows = [r for r in rows if in_window(e.window, r.get(dated.field), dated.kind, c.moment)]
        if e.kind in ("first", "latest"):
            rows = sorted((r for r in rows if r.get(dated.field) is not None), key=lambda r: r[dated.field])
    taken = [r for r in rows if e.where is None or value(e.where, (c, r)) is True]
    return [True if e.field is None else value(e.field, (c, r)) for r in taken]


def _members(e: t.GroupAggregate, c: _Customer) -> list[Any]:
    mates = (c.record.get("@groups") or {}).get(e.group) or ()
    told = (m if "@groups" in m else {**m, "@groups": {e.group: mates}} for m in mates)
    members = [_Customer(c.plan, m, c.moment, c.fit) for m in told]
    counted = [m for m in members if m.column("@excluded") is not True]
    taken = [m for m in counted if e.where is None or value(e.where, (m, None)) is True]
    return [True if e.operand is None else value(e.operand, (m, None)) for m in taken]


def _total(kind: str, values: Sequence[Any], has_field: bool) -> Any:
    known = [v for v in values if v is not None]
    if kind in ("sum", "average"):
        whole = [int(math.copysign(math.floor(abs(v) * 1e6 + 0.5), v)) for v in known if abs(v) < 1e20]
        if not whole:
            return 0.0 if kind == "sum" and not values else None
        return float(Fraction(sum(whole), MILLION * (len(whole) if kind == "average" else 1)))
    if kind in ("count", "any", "different"):
        number = len(set(known)) if kind == "different" else len(known)
        return number > 0 if kind == "any" else float(number)
    if not known:
        return None
    choose: dict[str, Callable[[], Any]] = {
        "smallest": lambda: min(known),
        "largest": lambda: max(known),
        "first": lambda: known[0],
        "latest": lambda: known[-1],
    }
    return choose[kind]()
