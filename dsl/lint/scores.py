"""Can an action's score be above zero: by the most that its formulas can come to, without looking at conditions.

In: an action. Out: yes only when chance, worth and costs as written can never come to a score above zero.
"""

from __future__ import annotations

from stratagem.dsl.check.context import Context
from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import NUMBER
from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.means import Channel
from stratagem.dsl.possible.interval import EVERYTHING
from stratagem.dsl.possible.store import Store
from stratagem.dsl.possible.terms import number, replaced

MOST_NODES = 500
"""Of a score with every name written out; a longer one is taken to come to anything."""


def never_positive(c: Context, action: Action) -> bool:
    """No channel gives it a score above zero. What needs no score is never blamed."""
    rank = c.strategy.decide.rank
    if action.kind == "required" or rank is None or action.chance is None or action.worth is None:
        return False
    channels = [found for ref in action.channels if (found := c.strategy.channel(ref.name)) is not None]
    return bool(channels) and all(_most(c, rank.expr, action, channel) <= 0 for channel in channels)


def _most(c: Context, rank: tree.Expr, action: Action, channel: Channel) -> float:
    assert action.chance is not None and action.worth is not None
    low = tree.Call(type=NUMBER, function="max", arguments=(action.chance.expr, number(0.0)))
    parts: dict[str, tree.Expr] = {
        "chance": tree.Call(type=NUMBER, function="min", arguments=(low, number(1.0))),
        "worth": action.worth.expr,
        "weight": number(_weight(c, action)),
        "cost": _cost(action, channel),
    }
    score = replaced(rank, lambda e: parts[e.part] if isinstance(e, tree.ScorePart) else None)
    if c.reasoner.definitions.size(score) > MOST_NODES:
        return EVERYTHING.high
    return Store(c.reasoner.definitions, EVERYTHING).evaluate(c.reasoner.definitions.opened(score)).high


def _weight(c: Context, action: Action) -> float:
    goals = (c.strategy.goal(ref.name) for ref in action.serves)
    return next((float(g.weight.value) for g in goals if g is not None and g.weight is not None), 1.0)


def _cost(action: Action, channel: Channel) -> tree.Expr:
    parts = [formula.expr for formula in (action.costs, channel.costs) if formula is not None]
    if len(parts) == 2:
        return tree.Arithmetic(type=NUMBER, op="+", left=parts[0], right=parts[1])
    return parts[0] if parts else number(0.0)
