"""Every word of a piece that names something: declared, referred to in a slot, in a formula, a template, a given row.

In: a piece. Out: its mentions, each with what is needed to say later what it means; that depends on other pieces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from stratagem.dsl.expressions import syntax as s
from stratagem.dsl.model.make.declare import slot_parts
from stratagem.dsl.model.make.formulas import SCOPES
from stratagem.dsl.nodes import Node, Word, WrittenType, walk
from stratagem.dsl.resolve.scope import CUSTOMER, Scope, one_row
from stratagem.dsl.source import Span
from stratagem.dsl.values import Text
from stratagem.engine.editor.declared import declared_words
from stratagem.engine.editor.half_written import half_written
from stratagem.engine.editor.placeholders import names_in

if TYPE_CHECKING:
    from stratagem.engine.editor.pieces import Piece

Sort = Literal["declared", "option declared", "former", "slot", "name", "option", "cell", "shown"]
"""How a word stands there: `former` after `once called`, `option` opposite a choice, `shown` in a template."""


@dataclass(frozen=True)
class Mention:
    """A word with its place. `path`: the words of a dotted name up to and with this one. `kinds`: what its slot takes.

    `node`, `parent`: the statement it stands in, and the one above. `scope`: what a formula may read there. `beside`:
    for an `option` the choice it stands opposite; for a `cell` nothing, its source is the statement's.
    """

    word: str
    span: Span
    sort: Sort
    node: Node
    parent: Node | None
    path: tuple[str, ...]
    whole: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    scope: Scope = CUSTOMER
    beside: s.Syntax | None = None


def mentions(piece: Piece) -> Iterator[Mention]:
    """All mentions of a piece."""
    found = list(_read(piece))
    yield from found
    if piece.faulty:
        known = frozenset((m.span.line, m.span.column) for m in found)
        for path, span, node, parent in half_written(piece, known):
            yield from _Node(node, parent).dotted(path, span, "name", scope=scope_of(node, parent))


def _read(piece: Piece) -> Iterator[Mention]:
    """The mentions of what could be read."""
    for node, parent in walk(piece.nodes):
        walker = _Node(node, parent)
        yield from walker.slots()
        yield from walker.formulas()
        yield from walker.rows()
        for slot in ("subject", "body") if parent is not None and parent.statement.opens == "message" else ():
            if slot in node.slots:
                for path, span in names_in(piece.lines, node.slots[slot].span):
                    yield from walker.dotted(path, span, "shown")


def scope_of(node: Node, parent: Node | None) -> Scope:
    """What a formula of a statement may read."""
    if node.statement.id in ("field", "source.row_excluded") and parent is not None and "name" in parent.slots:
        return one_row(parent.slots["name"].value.text)
    return SCOPES.get(node.statement.id, CUSTOMER)


class _Node:
    """The mentions of one node's own line."""

    def __init__(self, node: Node, parent: Node | None) -> None:
        self.node = node
        self.parent = parent

    def _one(self, word: str, span: Span, sort: Sort, **more: object) -> Mention:
        return Mention(word, span, sort, self.node, self.parent, (word,), (word,), **more)  # type: ignore[arg-type]

    def dotted(self, path: tuple[str, ...], span: Span, sort: Sort, **more: object) -> Iterator[Mention]:
        """A mention for each word of a dotted name; `span` is that of the whole."""
        column = span.column
        for number, word in enumerate(path, 1):
            place = Span(span.file, span.line, column, span.line, column + len(word))
            yield Mention(word, place, sort, self.node, self.parent, path[:number], path, **more)  # type: ignore[arg-type]
            column += len(word) + 1

    def slots(self) -> Iterator[Mention]:
        """Words in slots."""
        for word, _ in declared_words(self.node, self.parent):
            yield self._one(word.text, word.span, "declared")
        for part in slot_parts(self.node.statement):
            slot = self.node.slots.get(part.name)
            if slot is None:
                continue
            if part.kind in ("ref", "refs"):
                for word in self.node.words(part.name):
                    yield from self.dotted(tuple(word.text.split(".")), word.span, "slot", kinds=part.arguments)
            elif part.arguments == ("any",):
                yield self._one(slot.value.text, slot.value.span, "former")
            elif self.node.statement.id == "assume" and self.parent is not None and part.kind == "name":
                yield self._one(slot.value.text, slot.value.span, "slot", kinds=("assumption",))
            elif isinstance(slot.value, WrittenType):
                yield from (self._one(o.text, o.span, "option declared") for o in slot.value.options)

    def formulas(self) -> Iterator[Mention]:
        """Words in the formulas of the line, and of the cases and conditions below it."""
        scope = scope_of(self.node, self.parent)
        for formula in (self.node.when, self.node.formula):
            if formula is not None:
                yield from self._formula(formula, scope)
        for name, slot in self.node.slots.items():
            if isinstance(slot.value, s.Syntax):
                given = self.node.value("name") if name == "value" else None
                beside = s.Name(given.span, tuple(given.text.split("."))) if isinstance(given, Word) else None
                yield from self._value(slot.value, beside, replace(scope, customer=True, stage=True))

    def rows(self) -> Iterator[Mention]:
        """Given rows of a source: each cell's field, and its value where that is a choice."""
        source = self.node.value("source")
        for row in self.node.rows if isinstance(source, Word) else ():
            for word, value in row.cells:
                yield self._one(word.text, word.span, "cell")
                beside = s.Name(word.span, (source.text, word.text))
                yield from self._value(value, beside, CUSTOMER)

    def _value(self, value: s.Syntax, beside: s.Syntax | None, scope: Scope) -> Iterator[Mention]:
        """A value opposite a name."""
        option = _option(value)
        if option is not None:
            yield self._one(*option, "option", beside=beside, scope=scope)
        else:
            yield from self._formula(value, scope)

    def _formula(self, syntax: s.Syntax, scope: Scope) -> Iterator[Mention]:
        match syntax:
            case s.Name(span=span, path=path):
                yield from self.dotted(path, span, "name", scope=scope)
            case s.Is(left=left, right=right):
                yield from self._sides(left, (right,), scope)
            case s.OneOf(operand=operand, options=options):
                yield from self._sides(operand, options, scope)
            case s.Aggregate():
                yield from self._aggregate(syntax, scope)
            case _:
                for part in parts(syntax):
                    yield from self._formula(part, scope)

    def _sides(self, left: s.Syntax, right: tuple[s.Syntax, ...], scope: Scope) -> Iterator[Mention]:
        yield from self._formula(left, scope)
        for side in right:
            yield from self._value(side, left, scope)

    def _aggregate(self, syntax: s.Aggregate, scope: Scope) -> Iterator[Mention]:
        subject = replace(scope, customer=True, inner=True)
        yield from self.dotted(syntax.subject.path, syntax.subject.span, "name", scope=subject, kinds=("rows",))
        if syntax.where is not None:
            yield from self._formula(syntax.where, inside(syntax.subject.path[0], scope))
        if syntax.over is not None:
            yield from self.dotted(syntax.over.path, syntax.over.span, "name", kinds=("segment", "tier"))


def inside(head: str, scope: Scope) -> Scope:
    """What a `where` of an aggregate over `head` may read; whether `head` is a source is seen later."""
    return replace(scope, row=head, customer=True, inner=True)


def _option(value: s.Syntax) -> tuple[str, Span] | None:
    """A bare name or a quoted text, which may be a choice."""
    if isinstance(value, s.Name) and len(value.path) == 1:
        return value.path[0], value.span
    if isinstance(value, s.Lit) and isinstance(value.value, Text):
        return value.value.value, value.span
    return None


def parts(syntax: s.Syntax) -> Iterator[s.Syntax]:
    """The expressions right in an expression, in order."""
    match syntax:
        case s.Negative() | s.Known() | s.Not() | s.Since():
            yield syntax.operand
        case s.Arithmetic() | s.Compare():
            yield from (syntax.left, syntax.right)
        case s.Between():
            yield from (syntax.operand, syntax.low, syntax.high)
        case s.TextTest():
            yield from (syntax.operand, syntax.argument)
        case s.And() | s.Or():
            yield from syntax.parts
        case s.IfElse():
            yield from (syntax.then, syntax.condition, syntax.otherwise)
        case s.Cases():
            for case in syntax.cases:
                yield from (case.value, case.condition)
            if syntax.otherwise is not None:
                yield syntax.otherwise
        case s.Call():
            yield from syntax.arguments
