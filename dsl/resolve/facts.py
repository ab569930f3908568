"""Facts that read each other: each is worked out when first asked for, and a loop is seen by its lines.

In: a definition by key (its place, and how to resolve it). Out: its type, or None where it has none because
something in it is wrong, which has then been said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from stratagem.dsl.diagnostics.diagnostic import Label
from stratagem.dsl.expressions.types import Type
from stratagem.dsl.resolve.findings import Findings
from stratagem.dsl.source import Span

STAGE = "the stage"
"""Key of the customer's stage: it reads the conditions of all moves."""
EXCLUDED = "`excluded when`"
"""Key of the condition that excludes customers: groups and population cut-points read it."""


def metric_key(name: str) -> str:
    """Metrics have a space of their own."""
    return f"metric {name}"


@dataclass(slots=True)
class _Fact:
    span: Span
    words: str
    resolve: Callable[[], Type | None]
    reads: frozenset[str]
    state: str = "open"
    type: Type | None = None


class Facts:
    """All facts by key: the name in the shared space, `metric_key`, STAGE or EXCLUDED."""

    def __init__(self, findings: Findings) -> None:
        self._facts: dict[str, _Fact] = {}
        self._stack: list[str] = []
        self._findings = findings

    def define(
        self, key: str, words: str, span: Span, resolve: Callable[[], Type | None], reads: Iterable[str] = ()
    ) -> None:
        """Enter a fact. `words` name it in a loop; `reads`: words its formula holds, a hint for the order only."""
        self._facts[key] = _Fact(span, words, resolve, frozenset(reads))

    def resolve_all(self) -> None:
        """Work out every fact, those that others read first, so that no chain of facts grows deep."""
        for key in self._order():
            self.type_of(key)

    def _order(self) -> Iterable[str]:
        known = {key: [read for read in fact.reads if read in self._facts] for key, fact in self._facts.items()}
        try:
            return tuple(TopologicalSorter(known).static_order())
        except CycleError:
            return tuple(known)

    def type_of(self, key: str) -> Type | None:
        """The type of a fact, worked out now if it was not yet; None in a loop, or for a fact that is not there."""
        fact = self._facts.get(key)
        if fact is None:
            return None
        if fact.state == "busy":
            self._report_loop(key)
        elif fact.state == "open":
            fact.state = "busy"
            self._stack.append(key)
            fact.type = fact.resolve()
            self._stack.pop()
            fact.state = "done"
        return fact.type if fact.state == "done" else None

    def _report_loop(self, key: str) -> None:
        loop = [self._facts[k] for k in self._stack[self._stack.index(key) :]]
        first = min(range(len(loop)), key=lambda i: (loop[i].span.file, loop[i].span.line))
        turned = loop[first:] + loop[:first]
        path = " → ".join(fact.words for fact in [*turned, turned[0]])
        labels = [
            Label(fact.span, f"{fact.words} reads {turned[(i + 1) % len(turned)].words}")
            for i, fact in enumerate(turned)
        ]
        self._findings.add("S269", turned[0].span, labels=labels, name=turned[0].words, loop=path)
