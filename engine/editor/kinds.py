"""Kinds of values, as far as a completion has to know them: which operators and units go with what stands before.

In: an expression as written, or the tokens before the cursor. Out: a kind's word (`money`, `yes_no`, `choice` …), or
"" where nobody can say; then everything is offered.
"""

from __future__ import annotations

from collections.abc import Callable

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.expressions import syntax as s
from stratagem.dsl.grammar.build import Build
from stratagem.dsl.grammar.driver import Branch, read
from stratagem.dsl.lines.line import Line
from stratagem.dsl.nodes import WrittenType
from stratagem.dsl.parse.match import Tokens
from stratagem.dsl.resolve.scope import CUSTOMER, Scope
from stratagem.dsl.values import Date, Duration, Money, Number, Rate, Share, Text, Timestamp, YesNo
from stratagem.engine.editor.choices import DEEPEST
from stratagem.engine.editor.declared import Thing
from stratagem.engine.editor.names import Names, named, subject

_LITERALS = {
    Number: "number", Share: "share", Money: "money", Duration: "duration", Rate: "rate", Date: "date",
    Timestamp: "timestamp", Text: "text", YesNo: "yes_no",
}  # fmt: skip
_AGGREGATES = {"count": "number", "different": "number", "any": "yes_no", "share": "share"}
_BREAKS = frozenset(
    ["AND", "OR", "NOT", "IF", "ELSE", "WHEN", "WHERE", "COMMA", "EQUALS", "COMPARE", "IS", "BETWEEN", "ONE_OF"]
)
"""Tokens that an operand does not reach across."""


def syntax_of(run: Tokens) -> s.Syntax | None:
    """The expression that tokens make; None where they make none."""
    tree = read(run, "formula") if run else None
    if not isinstance(tree, Branch) or tree.depth > 50:
        return None
    width = run[-1].end + 1
    ignore: Callable[[Diagnostic], None] = lambda diagnostic: None  # noqa: E731
    return Build(Line("", 1, 1, " " * width, 1), run, ignore).syntax(tree)


def last_operand(run: Tokens) -> Tokens:
    """The tokens of the operand that ends a run."""
    depth = 0
    for at in range(len(run) - 1, -1, -1):
        kind = run[at].kind
        depth += (kind == "RIGHT") - (kind == "LEFT")
        if depth < 0 or (depth == 0 and kind in _BREAKS):
            return run[at + 1 :]
    return run


def kind_of(names: Names, syntax: s.Syntax | None, scope: Scope, depth: int = 0) -> str:
    """The kind of an expression's value."""
    if depth > DEEPEST:
        return ""
    match syntax:
        case s.Lit(value=value):
            return _LITERALS.get(type(value), "")
        case s.Name(path=("stage",)):
            return "choice"
        case s.Name(path=path):
            return kind_of_thing(names, named(names, path, path, scope), depth)
        case s.Aggregate(kind=kind, subject=of):
            return _AGGREGATES.get(kind) or kind_of_thing(names, subject(names, of.path, of.path, scope), depth)
        case s.Since():
            return "duration"
        case s.Negative(operand=operand):
            return kind_of(names, operand, scope, depth + 1)
        case s.IfElse(then=then):
            return kind_of(names, then, scope, depth + 1)
        case s.Cases(cases=cases) if cases:
            return kind_of(names, cases[0].value, scope, depth + 1)
        case s.Arithmetic(op=op, left=left, right=right):
            return _worked_out(op, *(kind_of(names, side, scope, depth + 1) for side in (left, right)))
        case s.Compare() | s.Is() | s.OneOf() | s.Between() | s.Known() | s.TextTest() | s.Not() | s.And() | s.Or():
            return "yes_no"
    return ""


def _worked_out(op: str, left: str, right: str) -> str:
    """The kind of a sum, difference, product or quotient."""
    kinds = {left, right}
    if op == "/" and left == right:
        return "number" if left else ""
    if op == "-" and kinds <= {"date", "timestamp"}:
        return "duration"
    if "rate" in kinds and "duration" in kinds:
        return "money"
    for kind in ("money", "date", "timestamp", "duration"):
        if kind in kinds:
            return kind
    return "number" if kinds <= {"number", "share"} else ""


def kind_of_thing(names: Names, thing: Thing | None, depth: int = 0) -> str:
    """The kind of what a name stands for."""
    if thing is None:
        return ""
    match thing.kind:
        case "segment" | "tier":
            return "yes_no"
        case "tiers":
            return "choice"
        case "value":
            return "money"
        case "field" if thing.of_type:
            return thing.of_type if thing.of_type in ("timestamp", "money") else "choice"
        case "field":
            written = thing.node.value("type") if thing.node is not None else None
            if not isinstance(written, WrittenType):
                return ""
            word = "choice" if written.kind in ("one of", "channel") else written.kind
            return "rate" if written.per is not None else word
    formula = thing.node.formula if thing.node is not None else None
    return kind_of(names, formula, CUSTOMER, depth + 1)
