"""What is said again where saying it once is enough: a name twice in one list, a test twice under one title."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.diagnostics.edits import line_gone
from stratagem.dsl.model.make.unit import Unit, slot_parts
from stratagem.dsl.nodes import Node, Slot, Word, walk
from stratagem.dsl.source import Span

_KEPT = "said once in a list"
_LISTS = ("refs", "choices")


def once_each(c: Context) -> None:
    """A list names nothing twice, and neither do two lines that go on with one list."""
    for unit in c.built.units:
        found: tuple[Diagnostic, ...] | None = unit.kept.get(_KEPT)
        if found is None:
            found = unit.kept[_KEPT] = tuple(_repeated(unit))
        for diagnostic in found:
            c.findings.keep(diagnostic)


def _repeated(unit: Unit) -> Iterator[Diagnostic]:
    for node, _ in walk((unit.node,)):
        said: dict[str, set[str]] = {}
        for child in node.children:
            for name, slot in _lists(child):
                key = f"{child.statement.id}.{name}" if not _declares(child) else ""
                yield from _again(child, slot, said.setdefault(key, set()) if key else set())
        if node is unit.node:
            for _, slot in _lists(node):
                yield from _again(node, slot, set())


def _lists(node: Node) -> Iterator[tuple[str, Slot]]:
    """The slots of a line that hold lists."""
    for part in slot_parts(node.statement) if not node.broken else ():
        slot = node.slots.get(part.name) if part.kind in _LISTS else None
        if slot is not None and isinstance(slot.value, tuple):
            yield part.name, slot


def _declares(node: Node) -> bool:
    """Does a line say more than its list: another such line is about something else."""
    return len(node.slots) > 1


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
        return Fix(f"Leave the second `{name}` out", (Edit(at, ", ".join(dict.fromkeys(slot.value))),), safe=True)
    if before is not None:
        return Fix(f"Leave the second `{name}` out", (Edit(before.after().to(at), ""),), safe=True)
    if len(slot.value) == 1:
        return line_gone(at, "that once is enough")
    return Fix(f"Leave the second `{name}` out", (Edit(at.to(slot.value[1].span.start(0)), ""),), safe=True)


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
