"""The resolver: expressions as written become typed trees.

In: a Syntax and the Scope it stands in. Out: its typed tree, or None after a finding said why not; a part that is
None silences what stands around it, so that one fault gives one finding.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from stratagem.dsl.diagnostics.diagnostic import Label
from stratagem.dsl.expressions import syntax as s
from stratagem.dsl.expressions.tree import Constant, Expr
from stratagem.dsl.expressions.types import MISSING, Kind, Type
from stratagem.dsl.expressions.write import write
from stratagem.dsl.resolve import aggregates, arithmetic, calls, choices, comparisons, conditions, mends, names
from stratagem.dsl.resolve.facts import Facts
from stratagem.dsl.resolve.findings import Findings
from stratagem.dsl.resolve.literals import evaluated
from stratagem.dsl.resolve.rules import DATES, is_plain, same
from stratagem.dsl.resolve.scope import Scope
from stratagem.dsl.resolve.symbols import Table
from stratagem.dsl.resolve.wording import say
from stratagem.dsl.source import NOWHERE, Span


class Resolver:
    """Holds what resolving needs: the names, the facts, the strategy's currency, and the findings so far."""

    def __init__(self, table: Table, findings: Findings, currency: str | None = None) -> None:
        self.table = table
        self.findings = findings
        self.currency = currency
        self.currency_at = NOWHERE
        self.facts = Facts(findings)

    def expr(self, syntax: s.Syntax, scope: Scope, want: Type | None = None) -> Expr | None:
        """The typed tree. `want`: the type the place asks for, if it asks; a choice's value may then be bare."""
        if want is not None and choices.has_values(want) and choices.is_value(syntax):
            return choices.option(self, syntax, want)
        made = _BY_SYNTAX[type(syntax)](self, syntax, scope)
        if made is None or want is None:
            return made
        return self._fit(made, want)

    def condition(self, syntax: s.Syntax, scope: Scope) -> Expr | None:
        """The typed tree of what must hold: yes or no, or unknown."""
        made = self.expr(syntax, scope)
        if made is None or made.type.kind in (Kind.YES_NO, Kind.MISSING):
            return conditions.as_condition(made)
        self.findings.add("S309", made.span, labels=self.sides(made), fixes=mends.asked(made), kind=say(made.type))
        return None

    def _fit(self, made: Expr, want: Type) -> Expr | None:
        """The expression as a value of the kind its place asks for."""
        common = same(made.type, want)
        plain = is_plain(made.type) and is_plain(want)
        if common is not None and (plain or common.kind is want.kind or want.kind in DATES):
            return _as_wanted(arithmetic.typed(made, want), want)
        if not arithmetic.refuse_wanted(self, made, want):
            fixes = [mends.rewritten(made, want)]
            self.findings.add(
                "S310", made.span, labels=self.sides(made), fixes=fixes, kind=say(made.type), wanted=say(want)
            )
        return None

    def foreign(self, span: Span, currency: str, made: Constant | None = None, written: str = "") -> None:
        """Money in a currency that is not the strategy's. `made`: the amount, where it is a literal of a formula;
        `written`: how it stands there, where it is none."""
        label = Label(self.currency_at, f"the strategy counts in {self.currency}")
        own = self.currency
        fix = mends.recoded(span, written, currency, own) if made is None else mends.currency(made, own)
        self.findings.add("S302", span, labels=[label], fixes=[fix], left=currency, right=self.currency, verb="mixed")

    def sides(self, *exprs: Expr) -> list[Label]:
        """What each side is, and where that comes from."""
        return [label for expr in exprs for label in names.provenance(self, expr)]


def _as_wanted(made: Expr, want: Type) -> Expr:
    """A date where a time is asked for is the start of that day; a time where a date is asked for is its day."""
    if want.kind is Kind.DATE:
        return arithmetic.as_date(made)
    if want.kind is Kind.TIMESTAMP and made.type.kind is Kind.DATE and isinstance(made, Constant):
        start = None if made.value is None else int(made.value) * arithmetic.MICROS_A_DAY
        return Constant(type=want, span=made.span, value=start)
    return made


def _literal(r: Resolver, syntax: s.Lit, scope: Scope) -> Expr | None:
    found = evaluated(syntax.value)
    if found is None:
        r.findings.add("S319", syntax.span)
        return None
    currency = found[1].currency
    made = Constant(type=found[1], span=syntax.span, value=found[0])
    if currency is not None and r.currency is not None and currency != r.currency:
        if made.type.is_rate:
            r.foreign(syntax.span, currency, written=write(syntax))
        else:
            r.foreign(syntax.span, currency, made)
        return None
    return made


def _missing(r: Resolver, syntax: s.MissingWord, scope: Scope) -> Expr:
    return Constant(type=MISSING, span=syntax.span, value=None)


_BY_SYNTAX: dict[type[s.Syntax], Callable[[Resolver, Any, Scope], Expr | None]] = {
    s.Lit: _literal,
    s.MissingWord: _missing,
    s.Name: names.resolve,
    s.Negative: arithmetic.negative,
    s.Arithmetic: arithmetic.resolve,
    s.Compare: comparisons.ordered,
    s.Is: comparisons.equal,
    s.OneOf: comparisons.one_of,
    s.Between: comparisons.between,
    s.Known: conditions.known,
    s.TextTest: conditions.text_test,
    s.Not: conditions.negated,
    s.And: conditions.every,
    s.Or: conditions.some,
    s.IfElse: conditions.if_else,
    s.Cases: conditions.cases,
    s.Call: calls.resolve,
    s.Aggregate: aggregates.resolve,
    s.Since: aggregates.since,
}
