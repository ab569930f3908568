"""Typed expressions the plan builder puts together itself: gates from `for`, `at`, dates, stances."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import DATE, DAYS, NUMBER, TEXT, YES_NO, Type
from stratagem.dsl.model.base import Ref
from stratagem.dsl.model.facts import Plan_, Tier
from stratagem.dsl.model.strategy import Strategy

EPOCH = date(1970, 1, 1)

YES = tree.Constant(type=YES_NO, value=True)
NO = tree.Constant(type=YES_NO, value=False)


def number(value: float, kind: Type = NUMBER) -> tree.Constant:
    """A number as a constant."""
    return tree.Constant(type=kind, value=float(value))


def fact(name: str, kind: Type) -> tree.FactRef:
    """A column worked out earlier, by its name."""
    return tree.FactRef(type=kind, name=name)


def both(parts: Iterable[tree.Expr]) -> tree.Expr | None:
    """All of these; None for none at all."""
    found = tuple(parts)
    return tree.And(type=YES_NO, parts=found) if len(found) > 1 else found[0] if found else None


def either(parts: Iterable[tree.Expr]) -> tree.Expr | None:
    """Any of these; None for none at all."""
    found = tuple(parts)
    return tree.Or(type=YES_NO, parts=found) if len(found) > 1 else found[0] if found else None


def membership(strategy: Strategy, name: str) -> tree.Expr:
    """Is the customer in this segment or tier."""
    tier = next((t for t in strategy.all_tiers if t.name == name), None)
    return member_of(tier) if tier else tree.SegmentRef(type=YES_NO, segment=name)


def member_of(group: Plan_) -> tree.Expr:
    """Is the customer in this very segment or tier."""
    if isinstance(group, Tier):
        return tree.InTier(type=YES_NO, tiers=group.tiers, names=(group.name,))
    return tree.SegmentRef(type=YES_NO, segment=group.name)


def known_not(condition: tree.Expr) -> tree.Expr:
    """False where the condition is known to hold, else true: an unknown membership is no membership."""
    return tree.IfElse(type=YES_NO, then=NO, condition=condition, otherwise=YES)


def unserved_gate(strategy: Strategy, named: frozenset[str]) -> list[tree.Expr]:
    """Keeps out members of segments with the stance `do_not_serve` that the action does not name under `for`."""
    shut = [g for g in strategy.treated if g.stance == "do_not_serve" and g.name not in named]
    return [known_not(member_of(g)) for g in shut]


def stage_gate(stages: tuple[Ref, ...], all_stages: tuple[str, ...]) -> tree.Expr | None:
    """`at A, B`: the customer's stage is one of them."""
    if not stages:
        return None
    kind = Type(TEXT.kind) if not all_stages else tree.StageRef(type=TEXT).type
    options = tuple(tree.Constant(type=kind, value=s.name) for s in stages)
    return tree.OneOf(type=YES_NO, operand=tree.StageRef(type=kind), options=options, negated=False)


def date_gate(starts: Any, ends: Any) -> tree.Expr | None:
    """`from DATE to DATE`, both days in, against the as-of day."""
    parts = []
    for bound, kind in ((starts, "days since"), (ends, "days until")):
        if bound is not None:
            day = tree.Constant(type=DATE, value=(bound.value - EPOCH).days)
            distance = tree.Since(type=DAYS, kind=kind, operand=day)  # type: ignore[arg-type]
            parts.append(tree.Compare(type=YES_NO, op=">=", left=distance, right=number(0, DAYS)))
    return both(parts)


def rewrite(expr: tree.Expr, change: Callable[[tree.Expr], tree.Expr | None]) -> tree.Expr:
    """The tree with every node for which `change` gives another replaced by it (its children are not visited)."""
    changed = change(expr)
    if changed is not None:
        return changed
    found: dict[str, Any] = {}
    for f in fields(expr):
        value = getattr(expr, f.name)
        if isinstance(value, tree.Expr):
            found[f.name] = rewrite(value, change)
        elif isinstance(value, tuple) and any(isinstance(v, tree.Expr | tuple) for v in value):
            found[f.name] = tuple(_rewrite_item(v, change) for v in value)
    return replace(expr, **found) if found else expr


def _rewrite_item(item: Any, change: Callable[[tree.Expr], tree.Expr | None]) -> Any:
    if isinstance(item, tree.Expr):
        return rewrite(item, change)
    return tuple(_rewrite_item(v, change) for v in item) if isinstance(item, tuple) else item


def owner_condition(strategy: Strategy, kind: str, owner: str) -> tree.Expr | None:
    """Whom a metric counts: a segment's or tier's members, a goal's `for` (any of them), else everyone (None)."""
    if kind == "segment":
        return membership(strategy, owner)
    if kind == "tier":
        return membership(strategy, owner.rpartition(".")[2])
    goal = strategy.goal(owner) if kind == "goal" else None
    return either(membership(strategy, ref.name) for ref in goal.segments) if goal else None
