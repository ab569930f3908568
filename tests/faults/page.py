"""A strategy's text that a fault can be planted in.

In: the text, and a source of chance. Out: its statements by kind, and the edits (`put`, `rewrite`, `add_below`,
`add_after`, `cut`) that each give a `Planted`: the new text, and the lines that a finding may blame.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from stratagem.dsl.expressions import syntax as x
from stratagem.dsl.grammar.words import Token, tokens
from stratagem.dsl.lines import Line
from stratagem.dsl.nodes import Node
from stratagem.dsl.parse import parse
from stratagem.dsl.source import SourceText, Span

T = TypeVar("T")


class NoPlace(Exception):
    """The strategy has nothing that this fault could be planted in."""


@dataclass(frozen=True)
class Planted:
    """A text with one fault in it. `lines`: where the blame may lie, counted in this text; usually one."""

    text: str
    lines: frozenset[int]

    @property
    def shown(self) -> str:
        """The first of the blamed lines as it stands."""
        return self.text.split("\n")[min(self.lines) - 1].strip()


class Page:
    """One strategy file, read. `pick` chooses by chance among places that are equally good."""

    def __init__(self, text: str, chance: random.Random) -> None:
        self.text = text
        self.chance = chance
        self.lines = text.split("\n")
        self.parsed = parse(SourceText("page.strategy", text))

    # ---- What there is ----

    @cached_property
    def parents(self) -> dict[int, Node | None]:
        """The node above each node, by the node's id()."""
        found: dict[int, Node | None] = {}
        waiting: list[tuple[Node, Node | None]] = [(node, None) for node in self.parsed.nodes]
        while waiting:
            node, parent = waiting.pop()
            found[id(node)] = parent
            waiting.extend((child, node) for child in node.children)
        return found

    @cached_property
    def nodes(self) -> list[Node]:
        """Every statement, in the order written."""
        return list(_flat(self.parsed.nodes))

    @cached_property
    def rules(self) -> list[Node]:
        """Every statement that stands outside `test` blocks."""
        return list(_flat([node for node in self.parsed.nodes if node.statement.id != "test"]))

    def of(self, *ids: str) -> list[Node]:
        """The statements of these catalogue ids, in the order written."""
        return [node for node in self.nodes if node.statement.id in ids]

    def parent(self, node: Node) -> Node:
        """The statement above one that has one."""
        above = self.parents[id(node)]
        assert above is not None
        return above

    def names(self, *ids: str) -> list[str]:
        """The names that the statements of these ids declare."""
        return [node.value("name").text for node in self.of(*ids)]

    def pick(self, places: Iterable[T]) -> T:
        """One of them, by chance. Raises NoPlace when there is none."""
        found = list(places)
        if not found:
            raise NoPlace
        return self.chance.choice(found)

    def pick_of(self, *ids: str) -> Node:
        """One statement of these ids."""
        return self.pick(self.of(*ids))

    def currency(self) -> str:
        """The strategy's own currency."""
        code: str = self.of("strategy.currency")[0].value("currency")
        return code

    def line_of(self, node: Node) -> str:
        """The first line of a statement, without its indent."""
        return self.lines[node.line - 1].strip()

    def token_lines(self, nodes: Iterable[Node]) -> Iterator[tuple[Line, tuple[Token, ...]]]:
        """The line of each node with its tokens."""
        wanted = {node.line for node in nodes}
        for line in self.parsed.lines.walk():
            if line.number in wanted:
                yield line, tokens(line.text)

    def conditions(self) -> list[x.Syntax]:
        """Every condition about one customer, and every part of one, outside tests; row conditions left out."""
        customers = [node for node in self.rules if node.statement.id != "source.row_excluded"]
        tops = [node.when for node in customers if node.when is not None]
        return [part for top in tops for part in parts(top, rows=False)]

    def formulas(self, *ids: str) -> list[x.Syntax]:
        """Every part of the formulas of these statements; what stands in `where` left out."""
        tops = [node.formula for node in self.of(*ids) if node.formula is not None]
        return [part for top in tops for part in parts(top, rows=False)]

    def compared(self, unit: type) -> list[x.Lit]:
        """Literals of one unit that a customer's condition compares something with."""
        found: list[x.Lit] = []
        for part in self.conditions():
            sides = {x.Compare: ("left", "right"), x.Between: ("low", "high")}.get(type(part), ())
            found += [s for side in sides if isinstance(s := getattr(part, side), x.Lit) and isinstance(s.value, unit)]
        return found

    # ---- Edits ----

    def put(self, span: Span, text: str) -> Planted:
        """Write something else where `span` stands; the blame is on that line."""
        first = self.lines[span.line - 1][: span.column - 1]
        last = self.lines[span.end_line - 1][span.end_column - 1 :]
        return self._joined(self.lines[: span.line - 1], [first + text + last], self.lines[span.end_line :])

    def rewrite(self, number: int, line: str) -> Planted:
        """Another text for one physical line, indent and all."""
        return self._joined(self.lines[: number - 1], [line], self.lines[number:])

    def say(self, node: Node, line: str) -> Planted:
        """Another text for the line of a statement; its indent stays."""
        assert node.span.line == node.span.end_line
        return self.rewrite(node.line, " " * (node.span.column - 1) + line)

    def add_below(self, node: Node, *lines: str, blame: int = 0) -> Planted:
        """New lines as the first ones below a statement; `blame`: which of them is at fault, from 0."""
        return self._added(node.span.end_line, node.span.column + 1, lines, blame)

    def add_after(self, node: Node, *lines: str, blame: int = 0) -> Planted:
        """New lines beside a statement, after everything that stands below it."""
        return self._added(self.end(node), node.span.column - 1, lines, blame)

    def _added(self, after: int, indent: int, lines: Sequence[str], blame: int) -> Planted:
        new = [" " * indent + line for line in lines]
        return self._joined(self.lines[:after], new, self.lines[after:], blame)

    def cut(self, node: Node, blamed: Node) -> Planted:
        """Take a statement and what stands below it away; the blame is on a line that stays."""
        start, end = self.start(node), self.end(node)
        kept = self.lines[: start - 1] + self.lines[end:]
        line = blamed.line if blamed.line < start else blamed.line - (end - start + 1)
        return Planted("\n".join(kept), frozenset({line}))

    def block(self, node: Node) -> list[str]:
        """The lines of a statement and of what stands below it, without its indent."""
        indent = node.span.column - 1
        return [line[indent:] for line in self.lines[node.line - 1 : self.end(node)]]

    def start(self, node: Node) -> int:
        """Its first line, documentation included."""
        start = node.line
        while start > 1 and self.lines[start - 2].lstrip().startswith("##"):
            start -= 1
        return start

    def end(self, node: Node) -> int:
        """The last line of what stands below it, or its own."""
        end = number = node.span.end_line
        while number < len(self.lines):
            text = self.lines[number]
            number += 1
            if not text.strip() or text.lstrip().startswith("#"):
                continue
            if len(text) - len(text.lstrip()) < node.span.column:
                break
            end = number
        return end

    def _joined(self, before: list[str], new: list[str], after: list[str], blame: int = 0) -> Planted:
        return Planted("\n".join([*before, *new, *after]), frozenset({len(before) + 1 + blame}))


def _flat(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _flat(node.children)


def parts(syntax: Any, rows: bool = True) -> Iterator[x.Syntax]:
    """An expression and everything in it; without `rows` not what an aggregate reads in its `where`."""
    yield syntax
    for field in dataclasses.fields(syntax):
        inner = getattr(syntax, field.name)
        skipped = isinstance(syntax, x.Aggregate) and not _reads(syntax, field.name, rows)
        for each in inner if isinstance(inner, tuple) else (inner,):
            if isinstance(each, x.Syntax) and not skipped:
                yield from parts(each, rows)
            elif isinstance(each, x.Case):
                yield from parts(each.value, rows)
                yield from parts(each.condition, rows)


def _reads(aggregate: x.Aggregate, part: str, rows: bool) -> bool:
    """Is this part of an aggregate wanted: its condition, over customers or, with `rows`, over rows too."""
    return part == "where" and (rows or aggregate.subject.path == ("customers",))


def slip(word: str, chance: random.Random) -> str:
    """A slip of the pen: two neighbouring letters swapped, or one doubled."""
    pairs = [(n, word[n : n + 2]) for n in range(1, len(word) - 1)]
    places = [n for n, pair in pairs if pair.isalpha() and pair[0] != pair[1]]
    if places:
        n = chance.choice(places)
        return word[:n] + word[n + 1] + word[n] + word[n + 2 :]
    return word + word[-1]
