"""One trial: move three lines, plant one fault, check, and judge what the checker found.

In: a fault of the table, a strategy, a seed. Out: a `Trial` that says whether the fault was caught on the right line,
and which findings there are beside it that nobody planted.
"""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.pipeline import check_text
from tests.faults.fault import Fault
from tests.faults.moves import move_three
from tests.faults.page import NoPlace, Page, Planted
from tests.tools.house import ROOT

STRATEGIES = {
    "coffee": ROOT / "strategies/coffee/bean_club.strategy",
    "grocery": ROOT / "strategies/grocery/grocery.strategy",
    "gift_shop": ROOT / "strategies/gift_shop/gift_shop.strategy",
}

Finding = tuple[str, str]
"""A code, and the line it blames without its indent: what stays the same when other lines move."""


@dataclass(frozen=True)
class Trial:
    """What came of planting one fault. `planted` is None where the strategy has no place for it."""

    fault: Fault
    strategy: str
    seed: int
    planted: Planted | None
    caught: tuple[Diagnostic, ...] = ()
    spurious: tuple[Diagnostic, ...] = ()
    graver: str = ""

    @property
    def verdict(self) -> str:
        """`caught`, or in words what is wrong."""
        if self.planted is None:
            return "no place for it"
        if not self.caught:
            return "not caught on its line"
        if self.graver:
            return self.graver
        return "findings nobody planted" if self.spurious else "caught"

    def __str__(self) -> str:
        lines = [f"{self.fault.name} in {self.strategy}, seed {self.seed}: {self.verdict}"]
        if self.planted is not None:
            where = ", ".join(map(str, sorted(self.planted.lines)))
            lines.append(f"  planted on line {where}: {self.planted.shown}")
        lines += [f"  found: {d.code} line {d.span.line} {dict(d.args)}" for d in (*self.caught, *self.spurious)]
        return "\n".join(lines)


@cache
def strategy_text(strategy: str) -> str:
    """The strategy as it stands in the repository."""
    return STRATEGIES[strategy].read_text("utf-8")


@lru_cache(maxsize=256)
def moved(strategy: str, seed: int) -> tuple[str, Counter[Finding]]:
    """The strategy with three lines moved, and what the checker finds in it."""
    text = move_three(strategy_text(strategy), random.Random(f"{strategy}/{seed}"))
    return text, findings(text)


@lru_cache(maxsize=64)
def _page(strategy: str, seed: int) -> Page:
    return Page(moved(strategy, seed)[0], random.Random(0))


def page_of(strategy: str, seed: int, fault: str) -> Page:
    """The moved strategy, read once, with a chance of its own for each fault."""
    page = copy.copy(_page(strategy, seed))
    page.chance = random.Random(f"{fault}/{strategy}/{seed}")
    return page


def findings(text: str) -> Counter[Finding]:
    """Everything the checker finds in a text."""
    return Counter(_finding(d, text) for d in check_text(text).diagnostics)


def _finding(diagnostic: Diagnostic, text: str) -> Finding:
    lines = text.split("\n")
    at = diagnostic.span.line
    return diagnostic.code, lines[at - 1].strip() if 0 < at <= len(lines) else ""


def try_out(fault: Fault, strategy: str, seed: int) -> Trial:
    """Plant the fault in the moved strategy, and judge what is found."""
    try:
        planted = fault.plant(page_of(strategy, seed, fault.name))
    except NoPlace:
        return Trial(fault, strategy, seed, None)
    known = moved(strategy, seed)[1].copy()
    new = []
    for diagnostic in check_text(planted.text).diagnostics:
        finding = _finding(diagnostic, planted.text)
        if known[finding]:
            known[finding] -= 1
        else:
            new.append(diagnostic)
    return _judge(fault, strategy, seed, planted, new)


def wrong(fault: Fault, strategy: str, seeds: Iterable[int]) -> list[str]:
    """The trials that did not go as they should, in words."""
    trials = [try_out(fault, strategy, seed) for seed in seeds]
    return [str(trial) for trial in trials if trial.verdict != "caught"]


def _judge(fault: Fault, strategy: str, seed: int, planted: Planted, new: list[Diagnostic]) -> Trial:
    caught = [d for d in new if d.code in fault.codes and d.span.line in planted.lines]
    follow = [d for d in new if d not in caught and d.code not in fault.follow_ups]
    wrong = "" if all(severity(d) == fault.severity for d in caught) else f"not of the severity {fault.severity}"
    return Trial(fault, strategy, seed, planted, tuple(caught), tuple(follow), wrong)
