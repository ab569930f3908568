"""What an editor asks of a strategy: which lines and nodes stand where, what names there are, where each is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from stratagem.dsl.expressions.types import Type
from stratagem.dsl.lines.line import Line
from stratagem.dsl.nodes import Node
from stratagem.dsl.parse.parse import Parsed
from stratagem.dsl.resolve.symbols import Of
from stratagem.dsl.source import Span


@dataclass(frozen=True, slots=True)
class Declaration:
    """A name where it is declared. `owner`: the source of a field, the `segments` block of a tier. `type`: of a field
    or fact, as far as it is known. `node`: the statement that declares it."""

    kind: Of
    name: str
    span: Span
    owner: str = ""
    type: Type | None = None
    node: Node | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """A name where it is used, and what it means there."""

    span: Span
    declaration: Declaration


class View:
    """A reading of the workspace as it stands now; ask for a new one after a change."""

    def __init__(self, parsed: Mapping[str, Parsed]) -> None:
        self.parsed = dict(parsed)
        """By file: its nodes (`.nodes`), its line tree (`.lines`), and what is wrong with its lines."""

    def line_at(self, file: str, line: int) -> Line | None:
        """The logical line that holds a physical line (from 1); None on blank lines and comments."""
        for each in self.parsed[file].lines.walk():
            if each.number <= line <= each.end_number:
                return each
        return None

    def path_at(self, file: str, line: int) -> tuple[Node, ...]:
        """The statements from the outermost down to the one that holds a physical line; () outside all.

        On a blank line it is the path of the statement before it: the block that a new line there may belong to.
        """
        path: list[Node] = []
        nodes: tuple[Node, ...] | list[Node] = self.parsed[file].nodes
        while nodes:
            before = [node for node in nodes if node.span.line <= line]
            if not before:
                break
            path.append(before[-1])
            nodes = before[-1].children
        return tuple(path)

    @cached_property
    def declarations(self) -> tuple[Declaration, ...]:
        """Every declared name, in order."""
        return ()

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every use of a name that means something, by file and place."""
        return ()

    def named(self, name: str) -> Iterator[Declaration]:
        """Every declaration of this name, of whatever kind."""
        return (d for d in self.declarations if d.name == name)

    def names(self, *kinds: Of) -> tuple[str, ...]:
        """All names of these kinds, in declared order."""
        return tuple(dict.fromkeys(d.name for d in self.declarations if d.kind in kinds))

    def at(self, file: str, line: int, column: int) -> Declaration | Reference | None:
        """The name at a place (line and column from 1), declared there or used there."""
        for each in (*self.references, *self.declarations):
            span = each.span
            inside = span.line == line and span.column <= column <= span.end_column
            if span.file == file and inside:
                return each
        return None

    def uses(self, declaration: Declaration) -> tuple[Reference, ...]:
        """Every use of a declared name."""
        return tuple(r for r in self.references if r.declaration == declaration)
