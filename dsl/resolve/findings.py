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
        if (code, span) in self._seen:
            return
        kept = tuple(label for label in labels if label is not None and label.span != NOWHERE)
        repairs = tuple(fix for fix in fixes if fix is not None)
        self.found.append(Diagnostic(code, span, args, kept, near[:4], repairs))
        self._seen.add((code, span))

    def near(self, word: str, known: Iterable[str]) -> tuple[str, ...]:
        """Names that exist and are close to a word; none once so much is wrong that nobody would read them."""
        return near(word, known) if len(self.found) < MOST_WITH_NEAR else ()

    def found_errors(self) -> bool:
        """Is any of the findings an error."""
        return any(severity(diagnostic) == "error" for diagnostic in self.found)
