"""Where findings gather while a strategy is read: a list that turns places and words into diagnostics.

Each finding goes to the `Found` of what is being worked on, a top-level block or the strategy as a whole, so that what
was found of a block can be kept while others change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Fix, Label
from stratagem.dsl.diagnostics.names import Names
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.source import NOWHERE, Span

MOST_WITH_NEAR = 40
"""Findings of one block for which near names are looked up: each look goes through all names there are."""


class Found:
    """What was found of one thing, in order; the same finding at the same place is kept once."""

    __slots__ = ("asked", "diagnostics", "seen")

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.seen: set[tuple[str, Span]] = set()
        self.asked: set[str] = set()
        """Words of which it was asked whether they are doubtful."""

    def clear(self) -> None:
        """Forget it all: the thing is looked at anew."""
        self.diagnostics.clear()
        self.seen.clear()
        self.asked.clear()

    def keep(self, diagnostic: Diagnostic) -> None:
        """Keep a finding, unless there is one of its code at its place."""
        if (diagnostic.code, diagnostic.span) not in self.seen:
            self.seen.add((diagnostic.code, diagnostic.span))
            self.diagnostics.append(diagnostic)


class Findings:
    """All findings of one check. `doubtful`: words on lines that could not be read: such a name may well be declared,
    so its absence is no finding."""

    def __init__(self, doubtful: Iterable[str] = ()) -> None:
        self.doubtful: frozenset[str] = frozenset(doubtful)
        self.crowded = False
        """So many names mean nothing that near ones are looked up for none of them."""
        self._whole = self._now = Found()
        self._kept: list[Found] = [self._whole]

    @property
    def found(self) -> list[Diagnostic]:
        """All of them, each once; by the blocks they were found of, then those of the strategy as a whole."""
        once: dict[tuple[str, Span], Diagnostic] = {}
        for diagnostic in self:
            once.setdefault((diagnostic.code, diagnostic.span), diagnostic)
        return list(once.values())

    def __iter__(self) -> Iterator[Diagnostic]:
        for found in (*self._kept[1:], self._whole):
            yield from found.diagnostics

    def hold(self, found: Iterable[Found]) -> None:
        """Count what was found of these things among the findings."""
        self._kept.extend(found)

    def turn(self, to: Found | None) -> Found:
        """Put what is found from now on there (None: to the strategy as a whole); gives where it went until now."""
        before, self._now = self._now, to if to is not None else self._whole
        return before

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
        self._now.keep(diagnostic)

    def doubts(self, word: str) -> bool:
        """May this name be declared on a line that could not be read."""
        self._now.asked.add(word)
        return word in self.doubtful

    def near(self, word: str, known: Iterable[str] | Names) -> tuple[str, ...]:
        """Names that exist and are close to a word; none once so much is wrong that nobody would read them."""
        few = not self.crowded and len(self._now.diagnostics) < MOST_WITH_NEAR
        return near(word, known) if few else ()

    def found_errors(self) -> bool:
        """Is any of the findings an error."""
        return any(severity(diagnostic) == "error" for diagnostic in self)
