"""Where findings gather while a strategy is read: a list that turns places and words into diagnostics."""

from __future__ import annotations

from collections.abc import Iterable

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Fix, Label
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.source import NOWHERE, Span

MOST_WITH_NEAR = 100
"""Findings for which near names are looked up: each look goes through all names there are."""


class Findings:
    """Diagnostics in the order they were found; the same finding at the same place is kept once."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []
        self._seen: set[tuple[str, Span]] = set()
        self.doubtful: frozenset[str] = frozenset()
        """Words on lines that could not be read: such a name may well be declared, so its absence is no finding."""

    def add(
        self,
        code: str,
        span: Span,
        *,
        labels: Iterable[Label | None] = (),
        near: tuple[str, ...] = (),
        fixes: Iterable[Fix | None] = (),
        **args: object,
    ) -> None:
        """Keep one finding. Labels without a place and absent fixes are left out."""
        kept = tuple(label for label in labels if label is not None and label.span != NOWHERE)
        repairs = tuple(fix for fix in fixes if fix is not None)
        self.keep(Diagnostic(code, span, args, kept, near[:4], repairs))

    def keep(self, diagnostic: Diagnostic) -> None:
        """Keep a finding, unless there is one of its code at its place."""
        if (diagnostic.code, diagnostic.span) not in self._seen:
            self._seen.add((diagnostic.code, diagnostic.span))
            self.found.append(diagnostic)

    def near(self, word: str, known: Iterable[str]) -> tuple[str, ...]:
        """Names that exist and are close to a word; none once so much is wrong that nobody would read them."""
        return near(word, known) if len(self.found) < MOST_WITH_NEAR else ()

    def found_errors(self) -> bool:
        """Is any of the findings an error."""
        return any(severity(diagnostic) == "error" for diagnostic in self.found)
