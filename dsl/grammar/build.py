"""Branches of the grammar to expressions as written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import cast

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.expressions import syntax as x
from stratagem.dsl.grammar.driver import Branch, Tree
from stratagem.dsl.grammar.literals import BadLiteral, literal
from stratagem.dsl.grammar.words import Token
from stratagem.dsl.lines.line import Line
from stratagem.dsl.source import Span
from stratagem.dsl.values import Duration

DEEPEST_FORMULA = 100
"""How deep a formula may nest (a sum of that many terms counts as deep; `and` and `or` chains do not)."""


class Build:
    """Turns the branches of one line into syntax; literals that say nothing are reported and read as missing.

    `run`: the tokens that were read as the branches.
    """

    def __init__(self, line: Line, run: Sequence[Token], report: Callable[[Diagnostic], None]) -> None:
        self.line = line
        self.run = run
        self.report = report

    def syntax(self, tree: Tree) -> x.Syntax:
        """The expression a branch stands for. The caller has checked its depth."""
        branch = cast(Branch, tree)
        run = self.run
        span = self.line.place(run[branch.first].start, run[branch.last].end)
        return _MAKERS[branch.alias](self, branch, span)

    def token(self, tree: Tree) -> Token:
        """The token that a part of a branch is."""
        return self.run[cast(int, tree)]

    def items(self, tree: Tree) -> list[Branch]:
        """The items of a comma list."""
        found: list[Branch] = []
        branch = cast(Branch, tree)
        while branch.alias == "next_item":
            found.append(cast(Branch, branch.parts[2]))
            branch = cast(Branch, branch.parts[0])
        found.append(cast(Branch, branch.parts[0]))
        return found[::-1]

    def literal(self, token: Token) -> x.Syntax:
        """A literal token as an expression."""
        span = self.line.place(token.start, token.end)
        try:
            return x.Lit(span, literal(token))
        except BadLiteral as fault:
            self.report(Diagnostic(fault.code, span, fault.args_))
            return x.MissingWord(span)

    def _chain(self, branch: Branch) -> tuple[x.Syntax, ...]:
        """The parts of an `and` or `or` chain, left to right."""
        parts = []
        tree: Tree = branch
        while isinstance(tree, Branch) and tree.alias == branch.alias:
            parts.append(self.syntax(tree.parts[2]))
            tree = tree.parts[0]
        parts.append(self.syntax(tree))
        return tuple(reversed(parts))

    def _both(self, branch: Branch, span: Span) -> x.Syntax:
        return x.And(span, self._chain(branch))

    def _either(self, branch: Branch, span: Span) -> x.Syntax:
        return x.Or(span, self._chain(branch))

    def _if_else(self, branch: Branch, span: Span) -> x.Syntax:
        then, _, condition, _, otherwise = branch.parts
        return x.IfElse(span, self.syntax(then), self.syntax(condition), self.syntax(otherwise))

    def _negation(self, branch: Branch, span: Span) -> x.Syntax:
        return x.Not(span, self.syntax(branch.parts[1]))

    def _compare(self, branch: Branch, span: Span) -> x.Syntax:
        left, sign, right = branch.parts
        return x.Compare(span, self.token(sign).text, self.syntax(left), self.syntax(right))  # type: ignore[arg-type]

    def _is(self, branch: Branch, span: Span) -> x.Syntax:
        negated = branch.alias == "is_not"
        left, right = self.syntax(branch.parts[0]), self.syntax(branch.parts[-1])
        if isinstance(right, x.MissingWord):
            return x.Known(span, left, negated=not negated)
        return x.Is(span, left, right, negated)

    def _known(self, branch: Branch, span: Span) -> x.Syntax:
        return x.Known(span, self.syntax(branch.parts[0]), negated=branch.alias == "not_known")

    def _one_of(self, branch: Branch, span: Span) -> x.Syntax:
        options = tuple(self.syntax(item) for item in self.items(branch.parts[-2]))
        return x.OneOf(span, self.syntax(branch.parts[0]), options, negated=branch.alias == "not_one_of")

    def _between(self, branch: Branch, span: Span) -> x.Syntax:
        operand, low, high = (self.syntax(branch.parts[n]) for n in (0, 2, 4))
        return x.Between(span, operand, low, high)

    def _text_test(self, branch: Branch, span: Span) -> x.Syntax:
        left, sign, right = branch.parts
        op = " ".join(self.token(sign).text.split())
        argument = self.syntax(right) if isinstance(right, Branch) else self.literal(self.token(right))
        return x.TextTest(span, op, self.syntax(left), argument)  # type: ignore[arg-type]

    def _arithmetic(self, branch: Branch, span: Span) -> x.Syntax:
        left, sign, right = branch.parts
        op = self.token(sign).text
        return x.Arithmetic(span, op, self.syntax(left), self.syntax(right))  # type: ignore[arg-type]

    def _negative(self, branch: Branch, span: Span) -> x.Syntax:
        return x.Negative(span, self.syntax(branch.parts[1]))

    def _name(self, branch: Branch, span: Span) -> x.Syntax:
        return x.Name(span, tuple(self.token(branch.parts[0]).text.split(".")))

    def _literal(self, branch: Branch, span: Span) -> x.Syntax:
        return self.literal(self.token(branch.parts[0]))

    def _missing(self, branch: Branch, span: Span) -> x.Syntax:
        return x.MissingWord(span)

    def _bracket(self, branch: Branch, span: Span) -> x.Syntax:
        return self.syntax(branch.parts[1])

    def _call(self, branch: Branch, span: Span) -> x.Syntax:
        arguments = [] if len(branch.parts) == 3 else self.items(branch.parts[2])
        return x.Call(span, self.token(branch.parts[0]).text, tuple(self.syntax(a) for a in arguments))

    def _since(self, branch: Branch, span: Span) -> x.Syntax:
        kind = " ".join(self.token(branch.parts[0]).text.split())
        return x.Since(span, kind, self.syntax(branch.parts[1]))  # type: ignore[arg-type]

    def _picked(self, branch: Branch, span: Span) -> x.Syntax:
        """An aggregate: its head, then a window, `over`, `where`, each wrapped around what stands before it."""
        window: x.Window | None = None
        where: x.Syntax | None = None
        over: x.Syntax | None = None
        while branch.alias != "aggregate":
            if branch.alias == "where":
                where = self.syntax(branch.parts[2])
            elif branch.alias == "over":
                over = self.syntax(branch.parts[2])
            else:
                window = self._window(self.token(branch.parts[1]), self.token(branch.parts[2]))
            branch = cast(Branch, branch.parts[0])
        words = self.token(branch.parts[0]).text.split()
        kind = "different" if words[0] == "number" else words[0]
        subject = cast(x.Name, self.syntax(branch.parts[1]))
        return x.Aggregate(span, kind, subject, window, where, cast("x.Name | None", over))  # type: ignore[arg-type]

    def _window(self, words: Token, period: Token) -> x.Window:
        span = self.line.place(words.start, period.end)
        read = self.literal(period)
        length = read.value if isinstance(read, x.Lit) and isinstance(read.value, Duration) else _A_DAY
        direction = words.text.split()[1]
        return x.Window(span, direction, length)  # type: ignore[arg-type]


_A_DAY = Duration(Decimal(1), "day")

_MAKERS: dict[str, Callable[[Build, Branch, Span], x.Syntax]] = {
    "both": Build._both,
    "either": Build._either,
    "if_else": Build._if_else,
    "negation": Build._negation,
    "compare": Build._compare,
    "is_": Build._is,
    "is_not": Build._is,
    "known": Build._known,
    "not_known": Build._known,
    "one_of": Build._one_of,
    "not_one_of": Build._one_of,
    "between": Build._between,
    "text_test": Build._text_test,
    "text_match": Build._text_test,
    "arithmetic": Build._arithmetic,
    "negative": Build._negative,
    "name": Build._name,
    "literal": Build._literal,
    "missing": Build._missing,
    "bracket": Build._bracket,
    "call": Build._call,
    "since": Build._since,
    "aggregate": Build._picked,
    "window": Build._picked,
    "over": Build._picked,
    "where": Build._picked,
}
