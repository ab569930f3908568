"""The score of an action: can it be above zero, and what must be known for it to be there at all.

In: an action, a channel. Out: yes only when chance, worth and costs as written can never come to a score above zero
(by the most that its formulas can come to, without looking at conditions); a formula of what the score asks for.
"""

from __future__ import annotations

from stratagem.dsl.check.actions import branches
from stratagem.dsl.check.context import Context
from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import NUMBER
from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.means import Channel
from stratagem.dsl.possible.formulas import ANYTHING, Formula
from stratagem.dsl.possible.interval import EVERYTHING
from stratagem.dsl.possible.store import Store
from stratagem.dsl.possible.terms import number, replaced

LEAST = 0.5e-6
"""Scores are rounded to six places: what is less comes to 0."""
MOST_CASES = 40
MOST_NODES = 500
"""Of a score with every name written out; a longer one is taken to come to anything."""


def never_positive(c: Context, action: Action) -> bool:
    """No channel gives it a score above zero. What needs no score is never blamed."""
    rank = c.strategy.decide.rank
    if action.kind == "required" or rank is None or action.chance is None or action.worth is None:
        return False
    channels = [found for ref in action.channels if (found := c.strategy.channel(ref.name)) is not None]
    return bool(channels) and all(_most(c, rank.expr, action, channel) < LEAST for channel in channels)


def scored(c: Context, action: Action, channel: Channel) -> Formula:
    """Through this channel there is a score: no part that it reads is missing. What needs no score has none to miss."""
    rank = c.strategy.decide.rank
    if action.kind == "required" or rank is None or action.chance is None or action.worth is None:
        return ANYTHING
    parts = {"chance": action.chance.expr, "worth": action.worth.expr, "weight": _weight(c, action)}
    return c.reasoner.known(_score(rank.expr, {**parts, "cost": _cost(action, channel)}))


def _most(c: Context, rank: tree.Expr, action: Action, channel: Channel) -> float:
    """The most that the score comes to, over the cases that chance and worth may take."""
    assert action.chance is not None and action.worth is not None
    chances, worths = branches(action.chance.expr), branches(action.worth.expr)
    if len(chances) * len(worths) > MOST_CASES or not all(_fixed(c, worth) for worth in worths):
        return EVERYTHING.high
    cost = _cost(action, channel)
    found = (
        _highest(
            c, rank, {"chance": _between_0_and_1(chance), "worth": worth, "weight": _weight(c, action), "cost": cost}
        )
        for chance in chances
        for worth in worths
    )
    return max(found)


def _fixed(c: Context, worth: tree.Expr) -> bool:
    """Is it one figure for everybody: a worth that differs by customer may well come to enough for some."""
    definitions = c.reasoner.definitions
    if not all(isinstance(part, _FIXED) or _is_assumed(c, part) for part in worth.walk()):
        return False
    return definitions.constant(worth) is not None or definitions.constant(definitions.opened(worth)) is not None


_FIXED = (tree.Constant, tree.Negative, tree.Arithmetic)


def _is_assumed(c: Context, part: tree.Expr) -> bool:
    return isinstance(part, tree.FactRef) and part.name in c.reasoner.definitions.assumed


def _score(rank: tree.Expr, parts: dict[str, tree.Expr]) -> tree.Expr:
    return replaced(rank, lambda e: parts[e.part] if isinstance(e, tree.ScorePart) else None)


def _highest(c: Context, rank: tree.Expr, parts: dict[str, tree.Expr]) -> float:
    score = _score(rank, parts)
    if not c.reasoner.definitions.within(score, MOST_NODES):
        return EVERYTHING.high
    quantities = c.reasoner.definitions.quantities
    return Store(quantities, EVERYTHING).evaluate(quantities.of(c.reasoner.definitions.opened(score))).high


def _between_0_and_1(chance: tree.Expr) -> tree.Expr:
    """A chance beyond that is missing, and then there is no score."""
    low = tree.Call(type=NUMBER, function="max", arguments=(chance, number(0.0)))
    return tree.Call(type=NUMBER, function="min", arguments=(low, number(1.0)))


def _weight(c: Context, action: Action) -> tree.Expr:
    goals = (c.strategy.goal(ref.name) for ref in action.serves)
    return number(next((float(g.weight.value) for g in goals if g is not None and g.weight is not None), 1.0))


def _cost(action: Action, channel: Channel) -> tree.Expr:
    parts = [formula.expr for formula in (action.costs, channel.costs) if formula is not None]
    if len(parts) == 2:
        return tree.Arithmetic(type=NUMBER, op="+", left=parts[0], right=parts[1])
    return parts[0] if parts else number(0.0)
