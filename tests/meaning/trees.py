"""Random typed trees, drawn so that every operation turns up with every type it takes.

A `Feature` is one operation with one choice of types (`features` lists them all). `Trees.rooted` draws a tree with it
at the root, `Trees.any` one of a kind with whatever fits. Constants come from the same pools as the customers' values,
so that comparisons go both ways.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from stratagem.dsl.expressions import tree as t
from stratagem.dsl.expressions.types import DATE, DAYS, MONTHS, NUMBER, SHARE, TEXT, TIMESTAMP, YES_NO, Kind, Type
from stratagem.dsl.values import Duration
from stratagem.engine.moment import Moment
from tests.meaning.people import BEANS, DATES, EUR, GROUP, MANY, ONE, pool

NUMERIC = (NUMBER, SHARE, EUR, DAYS, MONTHS)
ORDERED = (*NUMERIC, DATE, TIMESTAMP, TEXT)
EVERY = (*ORDERED, BEANS, YES_NO)
TIERS = ("gold", "silver", "bronze", "rest")
STAGES = ("aware", "taster", "buyer", "loyal")
PATTERNS = (
    "a", "^a", "b$", r"\d+", r"^\s*-?\d", r"\bb", r"\w\W\w", "(?i)STRASSE",
    "[é-ü]", r"[^a-z]", "a.b", "^$", "x|z", r"\Bb",
)  # fmt: skip
FACTS: dict[str, Type] = {"fact_n": EUR, "fact_d": DATE, "fact_x": TEXT, "fact_t": TIMESTAMP, "fact_b": YES_NO}
WINDOWS = (
    None, ("last", 1, "month"), ("last", 12, "month"), ("last", 1, "year"), ("last", 7, "day"), ("last", 36, "hour"),
    ("last", 6, "month"), ("next", 14, "day"), ("next", 1, "month"), ("next", 12, "hour"),
)  # fmt: skip


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
    """Draws trees. `row` is the source whose rows are at hand, inside a `where`; `facts`: may names be read?"""

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
        return [t.SegmentRef(type=YES_NO, segment="seg"), in_tier, stage_test(self)]

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


def stage_test(g: Trees) -> t.Expr:
    options = tuple(t.Constant(type=TEXT, value=s) for s in g.rnd.sample(STAGES, 2))
    operand: t.Expr = t.StageRef(type=TEXT) if g.facts else g.reference(TEXT)
    return t.OneOf(type=YES_NO, operand=operand, options=options, negated=g.rnd.random() < 0.3)


BY_KIND: dict[str, list[Feature]] = {}
"""Features by the kind of their result; see `features`."""


def register(features: Iterable[Feature]) -> list[Feature]:
    """Let trees be drawn with these features."""
    found = list(features)
    for feature in found:
        BY_KIND.setdefault(_key(feature.kind), []).append(feature)
    return found
