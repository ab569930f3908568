"""The whole way from text to a checked strategy, on one screen.

In: a path, or a text with a name. Out: `Checked`: the strategy, or None where it has errors, with every diagnostic of
every file in reading order, and the texts they point into. Nothing here raises for what a strategy says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Severity
from stratagem.dsl.memory import no_collecting
from stratagem.dsl.nodes import Node
from stratagem.dsl.record import record
from stratagem.dsl.source import SourceText

if TYPE_CHECKING:
    from stratagem.dsl.model.build import Built
    from stratagem.dsl.model.strategy import Strategy

Rules = Mapping[str, Severity | Literal["off"]]
NO_RULES: Final[Rules] = MappingProxyType({})


@record(slots=False)
class Checked:
    """A strategy that may be run, or the reasons why not. `sources`: the texts by the names diagnostics use."""

    strategy: Strategy | None
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: Mapping[str, SourceText] = field(default_factory=dict)
    waived: tuple[Diagnostic, ...] = ()
    """Warnings that the strategy accepts by `waive CODE because "…"`; they are not among the diagnostics."""
    ignored: tuple[Diagnostic, ...] = ()
    """What `# ignore CODE because …` accepts in one place; not among the diagnostics either."""
    extended: bool = False
    """Plug-ins were asked for names that the language itself has not."""

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics because of which there is no strategy; not what settings alone make an error."""
        return tuple(d for d in self.diagnostics if _fatal(d))


def load_strategy(path: Path | str, known_codes: Iterable[str] = (), rules: Rules = NO_RULES) -> Checked:
    """Read and check a strategy: a file, a folder of `*.strategy` files, or `-` for standard input.

    `known_codes` are completeness codes of plug-ins that `waive` may name beside the built-in ones. `rules`: by code
    the severity that the settings give it, or "off"; errors of the language stay what they are.
    """
    from stratagem.dsl.parse import load

    with no_collecting():
        loaded = load(path)
        return check_nodes(loaded.nodes, loaded.diagnostics, loaded.sources, known_codes, rules)


def check_text(text: str, name: str = "strategy", known_codes: Iterable[str] = (), rules: Rules = NO_RULES) -> Checked:
    """Check one text as a whole strategy. `name` is what diagnostics call it."""
    from stratagem.dsl.parse import parse

    source = SourceText(name, text)
    with no_collecting():
        parsed = parse(source)
        return check_nodes(parsed.nodes, parsed.diagnostics, {name: source}, known_codes, rules)


def check_nodes(
    nodes: Sequence[Node],
    read: Sequence[Diagnostic],
    sources: Mapping[str, SourceText],
    known_codes: Iterable[str] = (),
    rules: Rules = NO_RULES,
) -> Checked:
    """nodes → names and types → model → checks. `read`: what was wrong with the lines."""
    return check_again(nodes, read, sources, known_codes, rules, None)[0]


def check_again(
    nodes: Sequence[Node],
    read: Sequence[Diagnostic],
    sources: Mapping[str, SourceText],
    known_codes: Iterable[str],
    rules: Rules,
    before: Built | None,
) -> tuple[Checked, Built]:
    """The same, and what was built, to be given again as `before` when the texts have changed: see `build`."""
    from stratagem.dsl.check import check, check_whole_blocks
    from stratagem.dsl.diagnostics.edits import within
    from stratagem.dsl.lint.settle import off, settle
    from stratagem.dsl.model.build import build
    from stratagem.dsl.parse.fold import fold, mended
    from stratagem.dsl.parse.ways import last_resort
    from stratagem.dsl.repair import repaired
    from stratagem.dsl.resolve.findings import Findings

    findings = Findings()
    unread = [d.span for d in read if _fatal(d) and not mended(d)]
    findings.doubtful = doubtful_words(read, sources)
    built = build(nodes, findings, sources, before)
    if unread:
        check_whole_blocks(built, findings, unread)
    else:
        check(built, findings, known_codes, off(rules))
    told, further = fold(read, findings.found)
    found = within(repaired(last_resort([*told, *further], sources), built, sources), sources)
    broken = any(_fatal(d) for d in found)
    shown, ignored = settle(found, sources, rules, sound=not broken)
    accepted = {waiver.code for waiver in built.strategy.waivers}
    waived = [d for d in shown if d.code in accepted and not _fatal(d)]
    kept = [d for d in shown if d.code not in accepted or _fatal(d)]
    ordered = (in_order(each, tuple(sources)) for each in (kept, waived, ignored))
    diagnostics, accepted_ones, ignored_ones = ordered
    shown_ones = first_of_many(diagnostics)
    return Checked(None if broken else built.strategy, shown_ones, sources, accepted_ones, ignored_ones), built


_WORDS: Final = re.compile(r"\w+").findall


def doubtful_words(read: Iterable[Diagnostic], sources: Mapping[str, SourceText]) -> frozenset[str]:
    """The words on lines that could not be read: names among them may be declared there."""
    from stratagem.dsl.parse.fold import mended

    words: set[str] = set()
    at = {(d.span.file, d.span.line) for d in read if _fatal(d) and not mended(d)}
    for source, number in ((sources[file], line) for file, line in at if file in sources):
        line = source.lines[number - 1] if number <= len(source.lines) else ""
        for spelled in (line, line.lower(), line.lower().replace("-", "_")):
            words.update(_WORDS(spelled))
    return frozenset(words)


def in_order(found: Iterable[Diagnostic], files: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Diagnostics by file as read, then by line."""
    place = {file: n for n, file in enumerate(files)}
    return tuple(sorted(found, key=lambda d: (place.get(d.span.file, -1), d.span.line, d.span.column, d.code)))


MOST_SHOWN: Final = 1_000
"""Findings beyond which a check shows no further ones: nobody reads them, and most often one cause has made them."""


def first_of_many(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The first findings in reading order, errors before all others; where some are left out, that is said."""
    if len(found) <= MOST_SHOWN:
        return found
    worst_first = sorted(found, key=lambda d: not _fatal(d))
    shown = {id(d) for d in worst_first[:MOST_SHOWN]}
    first = next(d for d in found if id(d) not in shown)
    args = {"count": f"{len(found) - MOST_SHOWN:,}", "shown": f"{MOST_SHOWN:,}"}
    left_out = Diagnostic("S400", first.span, args)
    return tuple(left_out if d is first else d for d in found if d is first or id(d) in shown)


def _fatal(diagnostic: Diagnostic) -> bool:
    """Is it an error of the language, because of which there is no strategy."""
    from stratagem.dsl.lint.settle import fixed

    return fixed(diagnostic.code)
