"""Cases on one figure (`3 when visits >= 20`, `2 when visits >= 5`), told without a search.

In: conditions above a case, and its own. Out: is there a figure that meets the case and none above it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from stratagem.dsl.expressions import tree
from stratagem.dsl.possible.terms import constant, key

_HOLDS = {
    "<": lambda value, bound: value < bound,
    "<=": lambda value, bound: value <= bound,
    ">": lambda value, bound: value > bound,
    ">=": lambda value, bound: value >= bound,
}


def steps_free(above: Sequence[tree.Expr], condition: tree.Expr) -> bool:
    """Every condition holds one and the same figure against a bound, and some figure is left for the last.

    The figures tried are whole steps around each bound, so that counts have them too; at least 0, as counts are.
    """
    read = [_rung(each) for each in (*above, condition)]
    rungs = [rung for rung in read if rung is not None]
    if len(rungs) < len(read) or len({what for what, _, _ in rungs}) != 1:
        return False
    *others, (_, op, bound) = rungs
    tried = {max(float(round(at)) + step, 0.0) for _, _, at in rungs for step in (-1.0, 0.0, 1.0)}
    return any(
        _HOLDS[op](value, bound) and not any(_HOLDS[o](value, at) for _, o, at in others) for value in sorted(tried)
    )


def _rung(condition: tree.Expr) -> tuple[Hashable, str, float] | None:
    if not isinstance(condition, tree.Compare) or condition.op not in _HOLDS:
        return None
    bound = constant(condition.right)
    plain = isinstance(condition.left, (tree.FactRef, tree.FieldRef, tree.Aggregate))
    return (key(condition.left), condition.op, bound) if plain and bound is not None else None
