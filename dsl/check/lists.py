"""What is said again where once is enough: a name in one list, a line in one block, a title of two tests."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.catalogue import first_words
from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.diagnostics.edits import line_gone
from stratagem.dsl.expressions.syntax import Syntax
from stratagem.dsl.expressions.write import write
from stratagem.dsl.model.make.unit import Unit, slot_parts
from stratagem.dsl.nodes import Node, Slot, Word, end_of, walk
from stratagem.dsl.source import Span

_KEPT = "said once"
_LISTS = ("refs", "choices")


def once_each(c: Context) -> None:
    """A list names nothing twice, and neither do two lines that go on with one list. No line says what another one in
    its block says; nor the same of the same with another figure."""
    for unit in c.built.units:
        found: tuple[Diagnostic, ...] | None = unit.kept.get(_KEPT)
        if found is None:
            found = unit.kept[_KEPT] = tuple(_repeated(unit))
        for diagnostic in found:
            c.findings.keep(diagnostic)


def _repeated(unit: Unit) -> Iterator[Diagnostic]:
    for _, slot in _lists(unit.node):
        yield from _again(unit.node, slot, set())
    for node, _ in walk((unit.node,)):
        yield from _names_again(node)
        yield from _lines_again(node)


def _names_again(node: Node) -> Iterator[Diagnostic]:
    """Names that a list in the lines below a line names though it, or a line before that goes on with it, does."""
    said: dict[str, set[str]] = {}
    for child in node.children:
        for name, slot in _lists(child):
            key = f"{child.statement.id}.{name}" if not _declares(child) else ""
            yield from _again(child, slot, said.setdefault(key, set()) if key else set())


def _lists(node: Node) -> Iterator[tuple[str, Slot]]:
    """The slots of a line that hold lists."""
    for part in slot_parts(node.statement) if not node.broken else ():
        slot = node.slots.get(part.name) if part.kind in _LISTS else None
        if slot is not None and isinstance(slot.value, tuple):
            yield part.name, slot


def _declares(node: Node) -> bool:
    """Does a line say more than its list: another such line is about something else."""
    return len(node.slots) > 1 or node.when is not None or node.formula is not None


def _again(node: Node, slot: Slot, seen: set[str]) -> Iterator[Diagnostic]:
    """What the list of a line names though it was named before. `seen`: by lines before."""
    before: Span | None = None
    for item in slot.value:
        name, at = (item.text, item.span) if isinstance(item, Word) else (str(item), slot.span)
        if name in seen:
            yield Diagnostic("S472", at, {"name": name}, fixes=(_fix(node, slot, name, before, at),))
        seen.add(name)
        before = at


def _fix(node: Node, slot: Slot, name: str, before: Span | None, at: Span) -> Fix:
    if at == slot.span and len(slot.value) > 1:  # of a list of the language's own words the places are not kept
        names = dict.fromkeys(item.text if isinstance(item, Word) else str(item) for item in slot.value)
        return Fix(f"Leave the second `{name}` out", (Edit(at, ", ".join(names)),), safe=True)
    if before is not None:
        return Fix(f"Leave the second `{name}` out", (Edit(before.after().to(at), ""),), safe=True)
    if len(slot.value) == 1:
        return line_gone(at, "that once is enough")
    return Fix(f"Leave the second `{name}` out", (Edit(at.to(slot.value[1].span.start(0)), ""),), safe=True)


_OWN = frozenset((
    "journey.move", "metric", "goal.milepost", "matrix.tactic", "matrix.nothing", "action.message", "given.is",
    "given.rows", "policy.limit_all", "policy.limit_group", "channel.limit",
))  # fmt: skip
"""Statements whose repetition another finding tells of, or that may well be there twice."""
_EITHER = {
    "action.rests": (("after_declined",), "Both hold, so the shorter rest changes nothing."),
    "policy.quiet": (("kinds",), "Both hold: nobody is reached in the one stretch, nor in the other."),
}
"""Statements that may stand several times, but say one thing for what these slots say; and what comes of two."""
_AGAIN = "The same stands above it in this block, so this line changes nothing."


def _lines_again(node: Node) -> Iterator[Diagnostic]:
    first: dict[object, Node] = {}
    for child in node.children:
        own = child.statement
        if own.once or own.id in _OWN or child.broken or child.rows or _is_list(child) or "name(" in own.pattern:
            continue
        slots, why = _EITHER.get(own.id, (tuple(child.slots), _AGAIN))
        earlier = first.setdefault((own.id, _said(child, slots, own.id not in _EITHER)), child)
        if earlier is not child:
            phrase = " ".join(first_words(own)) or "this line"
            label = Label(earlier.span, "the first one")
            fixes = (line_gone(child.span, f"that line {earlier.line} holds", end_of(child)),)
            yield Diagnostic("S296", child.span, {"phrase": phrase, "why": why}, (label,), fixes=fixes)


def _is_list(node: Node) -> bool:
    """Is a line only a list: its items are looked at one by one."""
    return not _declares(node) and any(True for _ in _lists(node))


def _said(node: Node, slots: tuple[str, ...], whole: bool) -> object:
    """What a line says in these slots; `whole`: and in its formulas, and below it."""
    said = tuple((name, _plain(node.value(name))) for name in slots)
    formulas = tuple("" if part is None else write(part) for part in (node.when, node.formula)) if whole else ()
    below = node.children if whole else ()
    return said, formulas, tuple((child.statement.id, _said(child, tuple(child.slots), True)) for child in below)


def _plain(value: object) -> object:
    if isinstance(value, Word):
        return value.text
    if isinstance(value, tuple):
        return tuple(_plain(each) for each in value)
    return write(value) if isinstance(value, Syntax) else value


def tests_once(c: Context) -> None:
    """No two tests have one title: a report would not tell them apart."""
    titles = {" ".join(test.label.split()) for test in c.strategy.tests}
    first: dict[str, Span] = {}
    for test in c.strategy.tests if len(titles) < len(c.strategy.tests) else ():
        title, at = " ".join(test.label.split()), test.place("label")
        if title and title in first:
            other = next(f"{title} ({n})" for n in range(2, 1_000_000) if f"{title} ({n})" not in titles)
            titles.add(other)
            fix = Fix(f'Call this one "{other}" (this assumes that it is another test)', (Edit(at, f'"{other}"'),))
            c.findings.add("S497", at, labels=[Label(first[title], "this one has it already")], fixes=[fix], name=title)
        first.setdefault(title, at)
