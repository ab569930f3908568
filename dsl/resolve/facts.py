"""Facts that read each other: each is worked out when first asked for, and a loop is seen by its lines.

In: a definition by key (its place, and how to resolve it). Out: its type, or None where it has none because
something in it is wrong, which has then been said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from stratagem.dsl.diagnostics.diagnostic import Label
from stratagem.dsl.expressions.types import Type
from stratagem.dsl.record import record
from stratagem.dsl.resolve.findings import Findings, Found
from stratagem.dsl.source import Span

STAGE = "the stage"
"""Key of the customer's stage: it reads the conditions of all moves."""
EXCLUDED = "`excluded when`"
"""Key of the condition that excludes customers: groups and population cut-points read it."""


SHOWN = 6
"""Facts of a long loop that are shown from either end."""


def metric_key(name: str) -> str:
    """Metrics have a space of their own."""
    return f"metric {name}"


def name_of(key: str) -> str:
    """The name of a fact by its key."""
    return key.removeprefix("metric ")


@record(frozen=False)
class _Fact:
    span: Span
    words: str
    resolve: Callable[[], Type | None]
    home: Found | None
    state: str = "open"
    type: Type | None = None


def _done() -> None:
    """In place of what works out a fact, once that is done."""


class Facts:
    """All facts by key: the name in the shared space, `metric_key`, STAGE or EXCLUDED."""

    def __init__(self, findings: Findings) -> None:
        self._facts: dict[str, _Fact] = {}
        self.reads: Mapping[str, Sequence[str]] = {}
        """By fact those whose names stand in its formula, and maybe more, in one order on every run."""
        self._stack: list[str] = []
        self._findings = findings

    def define(
        self,
        key: str,
        words: str,
        span: Span,
        resolve: Callable[[], Type | None],
        home: Found | None = None,
    ) -> None:
        """Enter a fact. `words` name it in a loop; `home`: where findings about it go."""
        self._facts[key] = _Fact(span, words, resolve, home)

    def close(self) -> None:
        """All are worked out: let go of how that was done."""
        for fact in self._facts.values():
            fact.resolve = _done

    def settle(self, key: str, kind: Type | None) -> None:
        """The type of a fact is known from before."""
        fact = self._facts[key]
        fact.state, fact.type = "done", kind

    def forget(self, key: str) -> None:
        """There is no such fact."""
        del self._facts[key]

    def open(self, key: str) -> None:
        """What was known of a fact from before holds no more: it is worked out when next asked for."""
        self._facts[key].state = "open"

    def resolve(self, key: str) -> None:
        """Work out a fact. In the order that `order` gives, so that no chain of facts grows deep."""
        before = self._findings.turn(None)
        try:
            self.type_of(key)
        except RecursionError:  # all but loops are taken in order, so this is a loop longer than Python's stack
            self._report_loop(self._ring(self._stack[-1]))
            self._give_up()
        self._findings.turn(before)

    def _give_up(self) -> None:
        """What was under way has no type."""
        for key in self._stack:
            self._facts[key].state = "done"
        self._stack.clear()

    def type_of(self, key: str) -> Type | None:
        """The type of a fact, worked out now if it was not yet; None in a loop, or for a fact that is not there."""
        fact = self._facts.get(key)
        if fact is None:
            return None
        if fact.state == "busy":
            self._report_loop(self._stack[self._stack.index(key) :])
        elif fact.state == "open":
            fact.state = "busy"
            self._stack.append(key)
            before = self._findings.turn(fact.home)
            fact.type = fact.resolve()
            self._findings.turn(before)
            self._stack.pop()
            fact.state = "done"
        return fact.type if fact.state == "done" else None

    def _ring(self, key: str) -> list[str]:
        """The circle that a fact stands in, by the words of the formulas; those being worked out, if there is none."""
        before: dict[str, str] = {}
        waiting = [key]
        for one in waiting:
            for read in self.reads.get(one, ()):
                if read == key:
                    ring = [one]
                    while ring[-1] != key:
                        ring.append(before[ring[-1]])
                    return ring[::-1]
                if read not in before:
                    before[read] = one
                    waiting.append(read)
        return self._stack

    def _report_loop(self, keys: list[str]) -> None:
        loop = [self._facts[key] for key in keys]
        first = min(range(len(loop)), key=lambda i: (loop[i].span.file, loop[i].span.line))
        turned = loop[first:] + loop[:first]
        words = [fact.words for fact in [*turned, turned[0]]]
        path = " → ".join(words if len(words) <= 2 * SHOWN else [*words[:SHOWN], "…", *words[-SHOWN:]])
        labels = [
            Label(fact.span, f"{fact.words} reads {turned[(i + 1) % len(turned)].words}")
            for i, fact in enumerate(turned[: 2 * SHOWN])
        ]
        before = self._findings.turn(None)
        self._findings.add("S269", turned[0].span, labels=labels, name=turned[0].words, loop=path)
        self._findings.turn(before)


def order(reads: Mapping[str, Sequence[str]]) -> list[str]:
    """What is read before what reads it; where facts read each other, as far as that goes. `reads`: by fact, those
    that it reads."""
    ordered: list[str] = []
    seen: set[str] = set()
    for start in reads:
        if start in seen:
            continue
        waiting = [(start, iter(reads[start]))]
        seen.add(start)
        while waiting:
            key, following = waiting[-1]
            unseen = next((read for read in following if read not in seen), None)
            if unseen is None:
                waiting.pop()
                ordered.append(key)
            else:
                seen.add(unseen)
                waiting.append((unseen, iter(reads[unseen])))
    return ordered


def circles(reads: Mapping[str, Sequence[str]], ordered: Sequence[str]) -> frozenset[str]:
    """The facts that may stand in a loop: all that do, and those between two loops."""
    below: set[str] = set()
    for key in ordered:
        if all(read in below for read in reads[key]):
            below.add(key)
    left = [key for key in reversed(ordered) if key not in below]
    while True:
        read_by_others = {read for key in left for read in reads[key]}
        inside = [key for key in left if key in read_by_others]
        if len(inside) == len(left):
            return frozenset(left)
        left = inside
