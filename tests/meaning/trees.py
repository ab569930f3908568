"""Random typed trees, drawn so that every operation turns up with every type it takes.

A `Feature` is one operation with one choice of types; `Trees.rooted` draws a tree with it at the root, `Trees.any` one
of a kind with whatever fits. Constants come from the same pools as the customers' values, so that comparisons go both
ways.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from stratagem.dsl.expressions import tree as t
from stratagem.dsl.expressions.types import DATE, DAYS, MONTHS, NUMBER, SHARE, TEXT, TIMESTAMP, YES_NO, Kind, Type
from stratagem.dsl.functions import FUNCTIONS
from stratagem.dsl.values import Duration
from stratagem.engine.moment import Moment
from tests.meaning.people import BEANS, DATES, EUR, GROUP, MANY, ONE, pool

NUMERIC = (NUMBER, SHARE, EUR, DAYS, MONTHS)
ORDERED = (*NUMERIC, DATE, TIMESTAMP, TEXT)
EVERY = (*ORDERED, BEANS, YES_NO)
TIERS = ("gold", "silver", "bronze", "rest")
STAGES = ("aware", "taster", "buyer", "loyal")
PATTERNS = (
    "a", "^a", "b$", r"\d+", r"^\s*-?\d", r"\bb", r"\w\W\w", "(?i)STRASSE", "[é-ü]", r"[^a-z]", "a.b", "^$", "x|z", r"\Bb",
)  # fmt: skip
FACTS: dict[str, Type] = {"fact_n": EUR, "fact_d": DATE, "fact_x": TEXT, "fact_t": TIMESTAMP, "fact_b": YES_NO}
WINDOWS = (
    None, ("last", 1, "month"), ("last", 12, "month"), ("last", 1, "year"), ("last", 7, "day"), ("last", 36, "hour"),
    ("last", 6, "month"), ("next", 14, "day"), ("next", 1, "month"), ("next", 12, "hour"),
)  # fmt: skip
Name = tuple[str, ...]


@dataclass(frozen=True)
class Feature:
    """One operation with its types, and how to draw a tree that has it at the root."""

    name: str
    kind: Type
    make: Callable[[Trees, int], t.Expr]
    own_rows: bool = False

    def draw(self, g: Trees, depth: int) -> t.Expr:
        """A tree, counted."""
        g.counts[self.name] += 1
        g.ever[self.name] += 1
        return self.make(g, depth)


def title(kind: Type) -> str:
    """A type's name in the coverage table."""
    return f"{kind.kind}:{kind.family}" if kind.family else str(kind.kind)


class Trees:
    """Draws trees. `row` is the source whose rows are at hand, inside a `where`; `facts`: computed names may be read."""

    def __init__(self, rnd: random.Random, moment: Moment) -> None:
        self.rnd = rnd
        self.moment = moment
        self.row: str | None = None
        self.facts = True
        self.counts: Counter[str] = Counter()
        """What the tree at hand is made of."""
        self.kept: Counter[str] = Counter()
        """What the trees that were kept are made of."""
        self.ever: Counter[str] = Counter()
        """Everything drawn, to favour what is rare."""

    # ---- leaves ----

    def constant(self, kind: Type) -> t.Constant:
        value = None if self.rnd.random() < 0.03 else self.rnd.choice(pool(kind, self.moment))
        return t.Constant(type=kind, value=value)

    def reference(self, kind: Type) -> t.Expr:
        found: list[t.Expr] = [
            t.FieldRef(type=k, source=s, field=f) for s, fs in ONE.items() for f, k in fs.items() if k == kind
        ]
        if self.row:
            fields = MANY[self.row].items()
            found += 3 * [t.RowRef(type=k, source=self.row, path=tuple(f.split("."))) for f, k in fields if k == kind]
        if self.facts:
            found += [t.FactRef(type=k, name=n) for n, k in FACTS.items() if k == kind]
        if kind == TEXT:
            found.append(t.IdentityRef(type=TEXT))
            found += [t.TierRef(type=TEXT, tiers="tier")] if self.facts else []
        if kind == YES_NO:
            found += self._memberships()
        chosen = self.rnd.choice(found) if found else self.constant(kind)
        self._count_membership(chosen)
        return chosen

    def _count_membership(self, chosen: t.Expr) -> None:
        name = {t.SegmentRef: "segment", t.InTier: "in tier", t.TierRef: "tier as a value"}.get(type(chosen))
        if isinstance(chosen, t.OneOf):
            name = "stage is one of"
        if isinstance(chosen, t.InTier) and len(chosen.names) > 1:
            name = "in tiers"
        if name:
            self.counts[name] += 1
            self.ever[name] += 1

    def _memberships(self) -> list[t.Expr]:
        if not self.facts:
            return []
        names = tuple(self.rnd.sample(TIERS, self.rnd.choice([1, 1, 2])))
        in_tier = t.InTier(type=YES_NO, tiers="tier", names=names)
        return [t.SegmentRef(type=YES_NO, segment="seg"), in_tier, _stage(self)]

    # ---- any tree of a kind ----

    def any(self, kind: Type, depth: int) -> t.Expr:
        """A tree of a kind, at most so deep."""
        if depth <= 0 or self.rnd.random() < 0.04:
            return self.constant(kind) if self.rnd.random() < 0.3 else self.reference(kind)
        # Of a few that fit, the one drawn least so far: kinds with many operations would else starve some.
        feature = min(self.rnd.choices(BY_KIND[_key(kind)], k=4), key=lambda f: self.ever[f.name])
        return feature.draw(self, depth) if feature.kind == kind else replace(feature.draw(self, depth), type=kind)

    def rooted(self, feature: Feature, depth: int) -> t.Expr:
        """A tree with this operation at its root."""
        return feature.draw(self, depth)

    def below(self, kind: Type, depth: int) -> t.Expr:
        """An operand."""
        return self.any(kind, depth - 1)

    def leaf(self, kind: Type) -> t.Expr:
        """An operand that is mostly a plain field, so that comparisons are now and then equal."""
        return self.reference(kind) if self.rnd.random() < 0.7 else self.constant(kind)

    def condition(self, depth: int) -> t.Expr:
        return self.below(YES_NO, depth)

    # ---- aggregates ----

    def aggregate(self, kind: str, result: Type, source: str, field: str | None, window: Any, depth: int) -> t.Expr:
        if self.row:
            return self.reference(result)
        field_kind = MANY[source][field] if field else NUMBER
        dated = str(DATES[source].kind) if source in DATES else "no date"
        self.counts[f"window {' '.join(map(str, window or ('none',)))} by {dated}"] += 1
        path = tuple(field.split(".")) if field else ()
        return t.Aggregate(
            type=result,
            kind=kind,  # type: ignore[arg-type]
            source=source,
            field=t.RowRef(type=field_kind, source=source, path=path) if field else None,
            window=window_of(window),
            where=self.where(source, depth),
        )

    def where(self, source: str, depth: int) -> t.Expr | None:
        if self.rnd.random() < 0.4:
            return None
        self.row = source
        try:
            return self.any(YES_NO, min(depth - 1, self.rnd.choice([1, 1, 2, 3])))
        finally:
            self.row = None

    def group(self, kind: str, result: Type, operand: Type | None, depth: int) -> t.Expr:
        if self.row:
            return self.reference(result)
        where = None if self.rnd.random() < 0.5 else self.any(YES_NO, min(depth - 1, 2))
        inner = None if operand is None else self.any(operand, min(depth - 1, 2))
        return t.GroupAggregate(type=result, kind=kind, group=GROUP, operand=inner, where=where)  # type: ignore[arg-type]


def window_of(window: Any) -> t.Window | None:
    """A window from its three words."""
    return None if window is None else t.Window(window[0], Duration(Decimal(window[1]), window[2]))


def _key(kind: Type) -> str:
    return "choice" if kind.kind is Kind.CHOICE else title(kind)


# ---- every feature ----


def _features() -> list[Feature]:
    found: list[Feature] = []
    for make in (_arithmetic, _comparisons, _tests, _logic, _branches, _dates, _calls, _rows, _groups, _references):
        found += make()
    return found


def _arithmetic() -> list[Feature]:
    out = []
    for kind in NUMERIC:
        for op in "+-*/":
            def draw(g: Trees, d: int, op: Any = op, kind: Type = kind) -> t.Expr:
                right = NUMBER if op in "*/" else kind
                return t.Arithmetic(type=kind, op=op, left=g.below(kind, d), right=g.below(right, d))

            out.append(Feature(f"{op} {title(kind)}", kind, draw))
        out.append(Feature(f"negative {title(kind)}", kind, lambda g, d, k=kind: t.Negative(type=k, operand=g.below(k, d))))
        out.append(Feature(f"rounded {title(kind)}", kind, lambda g, d, k=kind: t.Rounded(type=k, operand=g.below(k, d))))
    return out


def _comparisons() -> list[Feature]:
    out = []
    for kind in EVERY:
        ops = ("<", "<=", ">", ">=", "is", "is not") if kind in ORDERED else ("is", "is not")
        for op in ops:
            def draw(g: Trees, d: int, op: Any = op, kind: Type = kind) -> t.Expr:
                left = g.below(kind, d) if g.rnd.random() < 0.6 else g.leaf(kind)
                right = g.leaf(kind) if g.rnd.random() < 0.7 else g.below(kind, d)
                if g.rnd.random() < 0.1:
                    right = left
                return t.Compare(type=YES_NO, op=op, left=left, right=right)

            out.append(Feature(f"{op} {title(kind)}", YES_NO, draw))
    for op in ("<", "is"):
        out.append(Feature(f"{op} date beside timestamp", YES_NO, lambda g, d, op=op: t.Compare(
            type=YES_NO, op=op, left=g.leaf(DATE), right=t.DateOf(type=DATE, operand=g.below(TIMESTAMP, d)))))
    return out


def _tests() -> list[Feature]:
    out = []
    for kind in ORDERED:
        out.append(Feature(f"between {title(kind)}", YES_NO, lambda g, d, k=kind: t.Between(
            type=YES_NO, operand=g.below(k, d), low=g.leaf(k), high=g.leaf(k))))
    for kind in (NUMBER, EUR, DATE, TIMESTAMP, TEXT, BEANS):
        for negated in (False, True):
            out.append(Feature(f"is {'not ' * negated}one of {title(kind)}", YES_NO, lambda g, d, k=kind, n=negated: _one_of(g, d, k, n)))
    for kind in EVERY:
        for negated in (False, True):
            out.append(Feature(f"is {'missing' if negated else 'known'} {title(kind)}", YES_NO, lambda g, d, k=kind, n=negated: t.Known(
                type=YES_NO, operand=g.below(k, d), negated=n)))
    for op in ("contains", "starts with"):
        out.append(Feature(op, YES_NO, lambda g, d, op=op: t.TextTest(type=YES_NO, op=op, operand=g.below(TEXT, d), argument=g.leaf(TEXT))))
    out.append(Feature("matches", YES_NO, lambda g, d: t.TextTest(
        type=YES_NO, op="matches", operand=g.below(TEXT, d), argument=t.Constant(type=TEXT, value=g.rnd.choice(PATTERNS)))))
    return out


def _one_of(g: Trees, depth: int, kind: Type, negated: bool) -> t.Expr:
    values = [v for v in (g.rnd.choice(pool(kind, g.moment)) for _ in range(g.rnd.choice([1, 2, 3, 6, 20])))]
    options = tuple(t.Constant(type=kind, value=v) for v in dict.fromkeys(values))
    operand = g.leaf(kind) if g.rnd.random() < 0.6 else g.below(kind, depth)
    return t.OneOf(type=YES_NO, operand=operand, options=options, negated=negated)


def _logic() -> list[Feature]:
    def many(g: Trees, d: int) -> tuple[t.Expr, ...]:
        return tuple(g.condition(d) for _ in range(g.rnd.choice([2, 2, 2, 3, 4])))

    return [
        Feature("not", YES_NO, lambda g, d: t.Not(type=YES_NO, operand=g.condition(d))),
        Feature("and", YES_NO, lambda g, d: t.And(type=YES_NO, parts=many(g, d))),
        Feature("or", YES_NO, lambda g, d: t.Or(type=YES_NO, parts=many(g, d))),
    ]


def _branches() -> list[Feature]:
    out = []
    for kind in EVERY:
        out.append(Feature(f"if {title(kind)}", kind, lambda g, d, k=kind: t.IfElse(
            type=k, then=g.below(k, d), condition=g.condition(d), otherwise=g.below(k, d))))
        out.append(Feature(f"cases {title(kind)}", kind, lambda g, d, k=kind: t.Cases(
            type=k, cases=tuple((g.below(k, d - 1), g.condition(d)) for _ in range(g.rnd.choice([1, 2, 3]))), otherwise=g.below(k, d))))
    return out


def _dates() -> list[Feature]:
    out = []
    for kind in (DATE, TIMESTAMP):
        for length in (DAYS, MONTHS):
            for sign in (1, -1):
                out.append(Feature(f"{title(kind)} {'+' if sign > 0 else '-'} {title(length)}", kind, lambda g, d, k=kind, p=length, s=sign: t.DateShift(
                    type=k, date=g.below(k, d), duration=g.leaf(p) if g.rnd.random() < 0.7 else g.below(p, d), sign=s)))
        out.append(Feature(f"{title(kind)} - {title(kind)}", DAYS, lambda g, d, k=kind: t.DateDifference(type=DAYS, left=g.below(k, d), right=g.leaf(k))))
        for since in ("days since", "days until", "months since"):
            result = MONTHS if since == "months since" else DAYS
            out.append(Feature(f"{since} {title(kind)}", result, lambda g, d, k=kind, s=since, r=result: t.Since(type=r, kind=s, operand=g.below(k, d))))
    out.append(Feature("date of timestamp", DATE, lambda g, d: t.DateOf(type=DATE, operand=g.below(TIMESTAMP, d))))
    return out


def _calls() -> list[Feature]:
    out = []
    for function in FUNCTIONS.values():
        for kind in EVERY:
            if kind.kind in function.parameter(0).kinds:
                out += _call(function.name, kind)
    return out


def _call(name: str, kind: Type) -> list[Feature]:
    function = FUNCTIONS[name]
    result = {"number": NUMBER, "plain": NUMBER, "share": SHARE, "text": TEXT, "yes_no": YES_NO, "date": DATE}.get(function.result, kind)

    def draw(g: Trees, d: int) -> t.Expr:
        count = function.fewest if function.most is not None else g.rnd.choice([2, 2, 3])
        arguments: list[t.Expr] = [g.below(kind, d) for _ in range(count)]
        if name in ("exp", "power") and g.rnd.random() < 0.5:
            arguments[-1] = t.Constant(type=kind, value=g.rnd.choice([2.0, 0.5, -1.0, 3.0, 0.72]))
        if name == "round" and g.rnd.random() < 0.6:
            arguments.append(t.Constant(type=NUMBER, value=float(g.rnd.randrange(7))))
        return t.Call(type=result, function=name, arguments=tuple(arguments))

    return [Feature(f"{name}({title(kind)})", result, draw)]


def _rows() -> list[Feature]:
    out = []
    for source in MANY:
        for window in WINDOWS if source in DATES else (None,):
            for kind, result, fields in _kinds(source):
                for field in _some(fields, window):
                    over = f" {title(MANY[source][field])}" if field else ""
                    name = f"{kind} of rows{over}"
                    kind_of = result or MANY[source][field or ""]
                    out.append(Feature(name, kind_of, lambda g, d, a=(kind, kind_of, source, field, window): g.aggregate(*a, d), True))
    return out


def _kinds(source: str) -> list[tuple[str, Type | None, list[str | None]]]:
    fields: list[str | None] = list(MANY[source])
    numeric = [f for f in fields if MANY[source][f or ""].is_numeric]
    ordered = [f for f in fields if MANY[source][f or ""] in ORDERED]
    return [
        ("count", NUMBER, [None]), ("any", YES_NO, [None]), ("sum", None, numeric), ("average", None, numeric),
        ("smallest", None, ordered), ("largest", None, ordered), ("first", None, fields), ("latest", None, fields),
        ("different", NUMBER, fields),
    ]  # fmt: skip


def _some(fields: list[str | None], window: Any) -> list[str | None]:
    """All fields without a window, one of them with each."""
    return fields if window is None else [fields[WINDOWS.index(window) % len(fields)]]


def _groups() -> list[Feature]:
    kinds: list[tuple[str, Type, Type | None]] = [("count", NUMBER, None), ("any", YES_NO, None)]
    kinds += [(k, o, o) for k in ("sum", "average") for o in (NUMBER, EUR, DAYS)]
    kinds += [(k, o, o) for k in ("smallest", "largest") for o in (NUMBER, DATE, TEXT)]
    kinds += [("different", NUMBER, o) for o in (NUMBER, TEXT, YES_NO)]
    return [
        Feature(f"{k} of group {title(o) if o else ''}".strip(), r, lambda g, d, a=(k, r, o): g.group(*a, d)) for k, r, o in kinds
    ]


def _references() -> list[Feature]:
    names = TIERS[:3]
    return [
        Feature("in tier", YES_NO, lambda g, d: t.InTier(type=YES_NO, tiers="tier", names=(g.rnd.choice(TIERS),)) if g.facts else g.reference(YES_NO)),
        Feature("in tiers", YES_NO, lambda g, d: t.InTier(type=YES_NO, tiers="tier", names=names) if g.facts else g.reference(YES_NO)),
        Feature("segment", YES_NO, lambda g, d: t.SegmentRef(type=YES_NO, segment="seg") if g.facts else g.reference(YES_NO)),
        Feature("stage is one of", YES_NO, lambda g, d: _stage(g)),
        Feature("tier as a value", TEXT, lambda g, d: t.TierRef(type=TEXT, tiers="tier") if g.facts else g.reference(TEXT)),
    ]


def _stage(g: Trees) -> t.Expr:
    options = tuple(t.Constant(type=TEXT, value=s) for s in g.rnd.sample(STAGES, 2))
    operand: t.Expr = t.StageRef(type=TEXT) if g.facts else g.reference(TEXT)
    return t.OneOf(type=YES_NO, operand=operand, options=options, negated=g.rnd.random() < 0.3)


FEATURES = _features()
BY_KIND: dict[str, list[Feature]] = {}
for _feature in FEATURES:
    BY_KIND.setdefault(_key(_feature.kind), []).append(_feature)
