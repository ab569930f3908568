"""One source text to nodes and diagnostics."""

from __future__ import annotations

from dataclasses import dataclass

from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lines import Outline, read_lines
from stratagem.dsl.nodes import Node
from stratagem.dsl.parse.statements import Reader
from stratagem.dsl.source import SourceText


@dataclass(frozen=True)
class Parsed:
    """What one file says: its statements in order, what was wrong with it, and its lines."""

    nodes: tuple[Node, ...]
    diagnostics: tuple[Diagnostic, ...]
    lines: Outline


def parse(source: SourceText) -> Parsed:
    """Read a source text. Never raises for what the text holds; time is linear in its length."""
    outline = read_lines(source)
    reader = Reader()
    nodes = reader.block(outline.lines, TOP, None)
    found = sorted([*outline.diagnostics, *reader.diagnostics], key=lambda d: (d.span.line, d.span.column))
    return Parsed(tuple(nodes), tuple(found), outline)
