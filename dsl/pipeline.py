"""The whole way from text to a checked strategy, on one screen.

In: a path, or a text with a name. Out: `Checked`: the strategy, or None where it has errors, with every diagnostic of
every file in reading order, and the texts they point into. Nothing here raises for what a strategy says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.nodes import Node
from stratagem.dsl.source import SourceText

if TYPE_CHECKING:
    from stratagem.dsl.model.strategy import Strategy


@dataclass(frozen=True)
class Checked:
    """A strategy that may be run, or the reasons why not. `sources`: the texts by the names diagnostics use."""

    strategy: Strategy | None
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: Mapping[str, SourceText] = field(default_factory=dict)
    waived: tuple[Diagnostic, ...] = ()
    """Warnings that the strategy accepts by `waive CODE because "…"`; they are not among the diagnostics."""

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics because of which there is no strategy."""
        return tuple(d for d in self.diagnostics if _grave(d))


def load_strategy(path: Path | str, known_codes: Iterable[str] = ()) -> Checked:
    """Read and check a strategy: a file, a folder of `*.strategy` files, or `-` for standard input.

    `known_codes` are completeness codes of plug-ins that `waive` may name beside the built-in ones.
    """
    from stratagem.dsl.parse import load

    loaded = load(path)
    return check_nodes(loaded.nodes, loaded.diagnostics, loaded.sources, known_codes)


def check_text(text: str, name: str = "strategy", known_codes: Iterable[str] = ()) -> Checked:
    """Check one text as a whole strategy. `name` is what diagnostics call it."""
    from stratagem.dsl.parse import parse

    source = SourceText(name, text)
    parsed = parse(source)
    return check_nodes(parsed.nodes, parsed.diagnostics, {name: source}, known_codes)


def check_nodes(
    nodes: Sequence[Node],
    read: Sequence[Diagnostic],
    sources: Mapping[str, SourceText],
    known_codes: Iterable[str] = (),
) -> Checked:
    """nodes → names and types → model → checks. `read`: what was wrong with the lines."""
    from stratagem.dsl.check import check
    from stratagem.dsl.model.build import build
    from stratagem.dsl.resolve.findings import Findings

    findings = Findings()
    unread = any(_grave(d) for d in read)
    findings.doubtful = doubtful_words(read, sources)
    built = build(nodes, findings, sources)
    if not unread:
        check(built, findings, known_codes)
    found = in_order([*read, *findings.found], tuple(sources))
    accepted = {waiver.code for waiver in built.strategy.waivers}
    waived = tuple(d for d in found if d.code in accepted and not _grave(d))
    kept = tuple(d for d in found if d not in waived)
    return Checked(None if any(map(_grave, kept)) else built.strategy, kept, sources, waived)


def doubtful_words(read: Iterable[Diagnostic], sources: Mapping[str, SourceText]) -> frozenset[str]:
    """The words on lines that could not be read: names among them may be declared there."""
    words: set[str] = set()
    for diagnostic in read:
        source = sources.get(diagnostic.span.file)
        if source is not None and _grave(diagnostic):
            line = source.lines[diagnostic.span.line - 1] if diagnostic.span.line <= len(source.lines) else ""
            for spelled in (line, line.lower(), line.lower().replace("-", "_")):
                words.update("".join(c if c.isalnum() or c == "_" else " " for c in spelled).split())
    return frozenset(words)


def in_order(found: Iterable[Diagnostic], files: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Diagnostics by file as read, then by line."""
    place = {file: n for n, file in enumerate(files)}
    return tuple(sorted(found, key=lambda d: (place.get(d.span.file, -1), d.span.line, d.span.column, d.code)))


def _grave(diagnostic: Diagnostic) -> bool:
    from stratagem.dsl.diagnostics.text import severity

    return severity(diagnostic) == "error"
