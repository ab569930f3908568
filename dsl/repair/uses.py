"""Every place of a strategy where a name stands for something that is declared elsewhere.

In: a unit. Out: its uses, in the order written, worked out once for a unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from stratagem.dsl.expressions.syntax import Aggregate, Is, Lit, Name, OneOf, Syntax
from stratagem.dsl.model.make.unit import Unit, names_in, slot_parts, words_shown
from stratagem.dsl.nodes import Node, Slot, Word, walk
from stratagem.dsl.record import names as fields_of
from stratagem.dsl.record import record, replace
from stratagem.dsl.source import Span
from stratagem.dsl.values import Text

FORMULA = "formula"
"""Among the kinds of a use: it stands in a formula, where several kinds may."""
_NAMED = ("name", "names")
_KEY = "uses"


@record
class Use:
    """A place where a name stands. `path`: the name in its parts. `kinds`: what may stand there. `root`: the whole
    formula it stands in, a condition or a value; None in a slot."""

    span: Span
    path: tuple[str, ...]
    kinds: tuple[str, ...]
    node: Node
    parent: Node | None
    root: Syntax | None = None
    condition: bool = False

    @property
    def statement(self) -> str:
        """The statement it stands in."""
        return self.node.statement.id


def uses(unit: Unit) -> tuple[Use, ...]:
    """All of a unit."""
    found: tuple[Use, ...] | None = unit.kept.get(_KEY)
    if found is None:
        found = unit.kept[_KEY] = tuple(use for node, parent in walk((unit.node,)) for use in _of(node, parent))
    return found


def read_words(units: Iterable[Unit]) -> frozenset[str]:
    """Every word that stands anywhere for something declared elsewhere, or is shown in a message."""
    found: set[str] = set()
    for unit in units:
        for use in uses(unit):
            found.update(use.path)
        found.update(words_shown(unit))
    return frozenset(found)


def _of(node: Node, parent: Node | None) -> Iterator[Use]:
    if node.broken:
        return
    for part in slot_parts(node.statement):
        slot = node.slots.get(part.name)
        if slot is None:
            continue
        if part.kind not in _NAMED:
            yield from _in_slot(slot, part.arguments, node, parent)
        elif node.statement.id == "assume" and parent is not None:
            yield Use(slot.span, (slot.value.text,), ("assumption",), node, parent)
    yield from _in_formula(node.when, True, node, parent)
    yield from _in_formula(node.formula, False, node, parent)
    for row in node.rows:
        for word, syntax in row.cells:
            yield Use(word.span, (word.text,), ("field",), node, parent, syntax)
            yield from _in_formula(syntax, False, node, parent)


def _in_slot(slot: Slot, kinds: tuple[str, ...], node: Node, parent: Node | None) -> Iterator[Use]:
    for value in slot.value if isinstance(slot.value, tuple) else (slot.value,):
        if isinstance(value, Word) and kinds:
            yield Use(value.span, tuple(value.text.split(".")), kinds, node, parent)
        elif isinstance(value, Syntax):
            yield from _in_formula(value, False, node, parent)


def _in_formula(root: Syntax | None, condition: bool, node: Node, parent: Node | None) -> Iterator[Use]:
    for name in names_in(root):
        yield Use(name.span, name.path, (FORMULA,), node, parent, root, condition)


class Rows:
    """The sources whose rows names stand in; each formula is looked through once."""

    def __init__(self) -> None:
        self._known: dict[int, dict[Span, str]] = {}
        self._brought: dict[int, frozenset[Span]] = {}

    def of(self, use: Use) -> str:
        """The source whose row a bare name in a formula may be a field of; empty where there is none."""
        if use.statement in ("field", "source.row_excluded"):
            word = use.parent.value("name") if use.parent is not None else None
            return word.text if word is not None else ""
        return self.around(use) if use.kinds == (FORMULA,) and len(use.path) == 1 else ""

    def around(self, use: Use) -> str:
        """The source whose rows a part of a formula is about; empty where it is about a customer."""
        if id(use.root) not in self._known:
            self._known[id(use.root)] = dict(_rows(use.root, ""))
        return self._known[id(use.root)].get(use.span, "")

    def brought_together(self, use: Use) -> bool:
        """Does a name stand for rows, behind the `of` of an aggregate?"""
        if id(use.root) not in self._brought:
            self._brought[id(use.root)] = frozenset(part.subject.span for part in aggregates(use.root))
        return use.span in self._brought[id(use.root)]


def aggregates(syntax: Any) -> Iterator[Aggregate]:
    """Every aggregate in a formula."""
    if isinstance(syntax, tuple):
        for part in syntax:
            yield from aggregates(part)
    elif isinstance(syntax, Syntax):
        if isinstance(syntax, Aggregate):
            yield syntax
        for name in fields_of(syntax):
            yield from aggregates(getattr(syntax, name))


def _rows(syntax: Any, row: str) -> Iterator[tuple[Span, str]]:
    """Every name of a formula with the source after `of` of the aggregate whose `where` holds it."""
    if isinstance(syntax, Name):
        yield syntax.span, row
    elif isinstance(syntax, tuple):
        for part in syntax:
            yield from _rows(part, row)
    elif isinstance(syntax, Syntax):
        for name in fields_of(syntax):
            where = isinstance(syntax, Aggregate) and name == "where"
            yield from _rows(getattr(syntax, name), _source_of(syntax) if where else row)


def _source_of(syntax: Syntax) -> str:
    return syntax.subject.path[0] if isinstance(syntax, Aggregate) else ""


def with_name(syntax: Any, old: str, new: str) -> Any:
    """An expression with every `old` in the paths of its names replaced."""
    if isinstance(syntax, Name):
        return replace(syntax, path=tuple(new if part == old else part for part in syntax.path))
    if isinstance(syntax, tuple):
        return tuple(with_name(part, old, new) for part in syntax)
    if not isinstance(syntax, Syntax):
        return syntax
    parts = {name: with_name(getattr(syntax, name), old, new) for name in fields_of(syntax) if name != "span"}
    return replace(syntax, **parts)


def opposite(syntax: object, name: str) -> Iterator[str]:
    """The bare names that an expression holds the name against, as values of a choice."""
    match syntax:
        case Is(left=Name(path=path), right=right) if path[-1] == name:
            yield from _option(right)
        case OneOf(operand=Name(path=path), options=options) if path[-1] == name:
            for each in options:
                yield from _option(each)
        case tuple():
            for part in syntax:
                yield from opposite(part, name)
        case Syntax():
            for held in type(syntax).__dataclass_fields__:
                yield from opposite(getattr(syntax, held), name)


def _option(syntax: Syntax) -> Iterator[str]:
    """A value of a choice: a bare name, or a text."""
    if isinstance(syntax, Name) and len(syntax.path) == 1:
        yield syntax.path[0]
    elif isinstance(syntax, Lit) and isinstance(syntax.value, Text):
        yield syntax.value.value


def values_beside(name: str, uses: Iterable[Use]) -> Iterator[str]:
    """All values of a choice that a name is held against, in formulas and in tests; a text that is given is one where
    others are known."""
    known = [word for use in uses for word in opposite(use.root, name)]
    given = [value for use in uses if isinstance(value := _given(use), Syntax)]
    yield from known
    yield from (word for value in given if known or isinstance(value, Name) for word in _option(value))


def _given(use: Use) -> object:
    """What a test gives the name, or holds it against."""
    if use.statement == "given.rows":
        return use.root if use.kinds != (FORMULA,) else None
    return use.node.value("value") if use.statement in ("given.is", "expect.equals") else None
