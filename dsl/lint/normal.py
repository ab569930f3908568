"""Conditions without what does not matter: their places, the order of `and` and `or`, which side stands left, `not`
before a comparison, `between` for its two ends.

In: a typed expression. Out: a key; equal keys hold for the same customers.
"""

from __future__ import annotations

from collections.abc import Hashable

from stratagem.dsl.expressions import tree
from stratagem.dsl.possible.terms import key
from stratagem.dsl.record import replace

TURNED = {"<": ">", "<=": ">="}
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "is": "is not", "is not": "is"}


def normal(expr: tree.Expr) -> Hashable:
    """The key of a condition or formula."""
    match expr := _plain(expr):
        case tree.And(parts=parts) | tree.Or(parts=parts):
            found = {repr(part): part for part in _flat(type(expr), parts)}
            return next(iter(found.values())) if len(found) == 1 else (type(expr).__name__, *sorted(found))
        case tree.Not(operand=tree.Not(operand=operand)):
            return normal(operand)
        case tree.Not(operand=operand):
            return ("Not", normal(operand))
        case tree.Compare(op=op, left=left, right=right) if op in TURNED:
            return ("Compare", TURNED[op], key(right), key(left))
        case tree.Compare(op=("is" | "is not") as op, left=left, right=right):
            return ("Compare", op, *sorted((repr(key(left)), repr(key(right)))))
        case tree.Compare(op=op, left=left, right=right):
            return ("Compare", op, key(left), key(right))
        case tree.OneOf(operand=operand, options=options, negated=negated):
            return ("OneOf", negated, key(operand), *sorted(repr(option.value) for option in options))
    return key(expr)


def _plain(expr: tree.Expr) -> tree.Expr:
    """The condition in the one way of several that hold, fail and are unknown alike."""
    match expr:
        case tree.Not(operand=tree.Compare(op=op) as operand):
            return replace(operand, op=OPPOSITE[op])
        case tree.Not(operand=(tree.OneOf() | tree.Known()) as operand):
            return replace(operand, negated=not operand.negated)
        case tree.Between(type=kind, operand=operand, low=low, high=high):
            above = tree.Compare(type=kind, op=">=", left=operand, right=low)
            below = tree.Compare(type=kind, op="<=", left=operand, right=high)
            return tree.And(type=kind, parts=(above, below))
    return expr


def _flat(kind: type[tree.Expr], parts: tuple[tree.Expr, ...]) -> list[Hashable]:
    """`(a and b) and c` is `a and b and c`."""
    found: list[Hashable] = []
    for part in map(_plain, parts):
        if isinstance(part, (tree.And, tree.Or)) and type(part) is kind:
            found.extend(_flat(kind, part.parts))
        else:
            found.append(normal(part))
    return found
