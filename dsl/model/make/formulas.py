"""Formulas of statements: in what scope each stands, what kind it must have, and its typed tree, worked out once.

In: a syntax with the statement it belongs to. Out: the model's `Formula`. One that is at fault has the constant
`missing` as its tree, so that the rest of the strategy can still be checked.
"""

from __future__ import annotations

from stratagem.dsl.expressions.syntax import Syntax
from stratagem.dsl.expressions.tree import Constant, Expr
from stratagem.dsl.expressions.types import MISSING, SHARE, Kind, Type
from stratagem.dsl.expressions.write import write
from stratagem.dsl.model.base import Formula
from stratagem.dsl.model.make.clauses import clause_id
from stratagem.dsl.record import replace
from stratagem.dsl.resolve.mends import rewritten
from stratagem.dsl.resolve.resolver import Resolver
from stratagem.dsl.resolve.scope import CUSTOMER, FIGURE, METRIC, RANK, Scope
from stratagem.dsl.resolve.wording import say

_FACTS_ONLY = replace(CUSTOMER, stage=False)
SCOPES: dict[str, Scope] = {
    "assume": FIGURE,
    "metric": METRIC,
    "goal.metric": METRIC,
    "decide.rank": RANK,
    "customer.excluded": _FACTS_ONLY,
    "tier.from": FIGURE,
    "tier.below": FIGURE,
    "given.is": FIGURE,
    "given.cut_point": FIGURE,
    "given.rows": FIGURE,
    "expect.equals": FIGURE,
}
"""Where a statement's formula stands, when not simply before one customer."""
MONEY = ("value", "action.worth", "channel.costs")
"""Statements whose formula is money."""


class Formulas:
    """Typed trees by the syntax they were made of."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self._made: dict[int, Expr | None] = {}
        self._texts: dict[int, str] = {}

    def condition(self, syntax: Syntax, scope: Scope) -> Expr | None:
        """What must hold."""
        if id(syntax) not in self._made:
            self._made[id(syntax)] = self.resolver.condition(syntax, scope)
        return self._made[id(syntax)]

    def value(self, syntax: Syntax, statement: str, scope: Scope, want: Type | None = None) -> Expr | None:
        """A value, of the kind its statement asks for."""
        if id(syntax) not in self._made:
            made = self.resolver.expr(syntax, scope, want or self._wanted(statement))
            self._made[id(syntax)] = made if made is None or self._suits(made, statement) else None
        return self._made[id(syntax)]

    def _wanted(self, statement: str) -> Type | None:
        return Type(Kind.MONEY, currency=self.resolver.currency) if statement in MONEY else None

    def _suits(self, made: Expr, statement: str) -> bool:
        """Kinds that no single type describes."""
        kind, wanted = made.type, ""
        if statement == "action.chance" and kind.kind not in (Kind.SHARE, Kind.NUMBER, Kind.MISSING):
            wanted = "a share or a number between 0 and 1"
        elif statement == "policy.silence" and kind.kind not in (Kind.DATE, Kind.TIMESTAMP):
            wanted = "a date"
        elif statement in ("segments", "decide.rank") and not kind.is_numeric:
            wanted = "a number or an amount"
        elif statement in ("measure", "assume") and kind.kind is Kind.MISSING:
            self.resolver.findings.add("S312", made.span)
            return False
        if wanted:
            findings = self.resolver.findings
            fix = rewritten(made, SHARE) if statement == "action.chance" else None
            sides = self.resolver.sides(made)
            findings.add("S310", made.span, labels=sides, fixes=[fix], kind=say(kind), wanted=wanted)
        return not wanted

    def text(self, syntax: Syntax) -> str:
        """The normal text of an expression, written once."""
        if id(syntax) not in self._texts:
            self._texts[id(syntax)] = write(syntax)
        return self._texts[id(syntax)]

    def formula(self, syntax: Syntax, tree: Expr | None, path: str) -> Formula:
        """The formula as the model keeps it."""
        text = self.text(syntax)
        kept = tree if tree is not None else Constant(type=MISSING, span=syntax.span, value=None)
        return Formula(text=text, tree=kept, clause_id=clause_id(path, text), at=syntax.span)
