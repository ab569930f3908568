"""Values of a choice, and which of two bare names is one: opposite a choice, a bare name is that choice's value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.expressions import syntax as s
from stratagem.dsl.expressions.tree import Constant, Expr
from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.expressions.write import quoted
from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.resolve.names import meanings, provenance
from stratagem.dsl.resolve.scope import Scope
from stratagem.dsl.resolve.symbols import Of
from stratagem.dsl.resolve.unknown import one_of_few
from stratagem.dsl.resolve.wording import listed
from stratagem.dsl.values import Text, YesNo

if TYPE_CHECKING:
    from stratagem.dsl.resolve.resolver import Resolver


def is_bare(syntax: s.Syntax) -> bool:
    """A name of one word."""
    return isinstance(syntax, s.Name) and len(syntax.path) == 1


def is_value(syntax: s.Syntax) -> bool:
    """Written as a choice's value is: a bare name, or text in quotes."""
    return is_bare(syntax) or (isinstance(syntax, s.Lit) and isinstance(syntax.value, (Text, YesNo)))


def has_values(kind: Type) -> bool:
    """A choice or a channel: what a bare name opposite may be a value of."""
    return kind.kind in (Kind.CHOICE, Kind.CHANNEL)


def sides(r: Resolver, left: s.Syntax, right: s.Syntax, scope: Scope) -> tuple[Expr | None, Expr | None]:
    """Both sides of a comparison, a bare name opposite a choice taken as its value."""
    if is_value(right) and (not is_bare(left) or _is_choice(r, left, scope)):
        first = r.expr(left, scope)
        return first, opposite(r, right, first, scope)
    if is_value(left) and (not is_bare(right) or _is_choice(r, right, scope)):
        second = r.expr(right, scope)
        return opposite(r, left, second, scope), second
    first = r.expr(left, scope)
    return first, opposite(r, right, first, scope)


def _is_choice(r: Resolver, syntax: s.Syntax, scope: Scope) -> bool:
    assert isinstance(syntax, s.Name)
    found = meanings(r, syntax, scope)
    return len(found) == 1 and found[0].expr is not None and has_values(found[0].expr.type)


def opposite(r: Resolver, syntax: s.Syntax, other: Expr | None, scope: Scope) -> Expr | None:
    """One side, read beside the other. Beside a side that is at fault, a bare name is left unread."""
    if other is None:
        return None if is_bare(syntax) else r.expr(syntax, scope)
    if has_values(other.type):
        return option(r, syntax, other.type, scope, other)
    return r.expr(syntax, scope)


def option(
    r: Resolver, syntax: s.Syntax, kind: Type, scope: Scope | None = None, beside: Expr | None = None
) -> Expr | None:
    """A value of the choice: a bare name or quoted text. Anything else is read as a formula.

    `beside`: the choice it stands opposite, to show where that was declared.
    """
    if isinstance(syntax, s.Name) and len(syntax.path) == 1:
        word = syntax.path[0]
    elif isinstance(syntax, s.Lit) and isinstance(syntax.value, Text):
        word = syntax.value.value
    elif isinstance(syntax, s.Lit) and isinstance(syntax.value, YesNo):
        word = "yes" if syntax.value.value else "no"
    else:
        return r.expr(syntax, scope) if scope is not None else None
    if word in kind.options:
        return Constant(type=kind, span=syntax.span, value=word)
    if kind.options and not r.findings.doubts(word):
        _unknown(r, syntax, word, kind, beside)
    return None


def _unknown(r: Resolver, syntax: s.Syntax, word: str, kind: Type, beside: Expr | None) -> None:
    close = tuple(_written(choice) for choice in near(word, kind.options))
    is_field = any(
        word in source.fields and (t := source.fields[word].type) is not None and has_values(t)
        for source in r.table.sources.values()
    )
    code = "S323" if is_field else "S311"
    what = "channel" if kind.kind is Kind.CHANNEL else "value"
    fixes = one_of_few(syntax.span, close, [_written(choice) for choice in kind.options])
    if not close and beside is not None and beside.span.line == beside.span.end_line:
        fixes = [*_of_another(r, word, beside), *fixes]
    declared = [] if beside is None else list(provenance(r, beside))[1:]
    r.findings.add(
        code, syntax.span, labels=declared, near=close, fixes=fixes, name=word, what=what,
        options=listed([_written(choice) for choice in kind.options]),
    )  # fmt: skip


def _of_another(r: Resolver, word: str, beside: Expr) -> list[Fix]:
    """The one thing that has this value, in place of the one it is held against."""
    fields = (field for source in r.table.shaped("one") for field in source.bare_fields())
    holders = [f.name for f in fields if f.type is not None and has_values(f.type) and word in f.type.options]
    holders += ["stage"] if word in r.table.names(Of.STAGE) else []
    if len(holders) != 1:
        return []
    title = f"Write {holders[0]} is {word} (this assumes that `{holders[0]}` is asked for)"
    return [Fix(title, (Edit(beside.span, holders[0]),))]


def _written(choice: str) -> str:
    """The choice as a formula says it: in quotes unless it is a plain name."""
    plain = re.fullmatch(r"[a-z][a-z0-9_]*", choice) is not None and choice not in RESERVED
    return choice if plain else quoted(choice)
