"""Tests of strategies run, with coverage and mutants where they are asked for; pages and records of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from stratagem.engine.casework.results import Failure, TestResult
from stratagem.engine.present.blocks import Block, Column, Heading, Pairs, Paragraph, Table
from stratagem.engine.present.figures import counted

if TYPE_CHECKING:
    from stratagem.dsl.source import SourceText, Span
    from stratagem.engine.casework.coverage import Coverage
    from stratagem.engine.casework.mutation import Verdict
    from stratagem.engine.cli.opening import Opened
    from stratagem.engine.cli.reports.junit import Outcome

LONGEST = 72
"""Characters of a condition's text in a table."""


@dataclass(frozen=True)
class Asked:
    """Which tests (a title that holds `wanted`), and what beside them; shares in percent."""

    wanted: str = ""
    coverage: bool = False
    mutate: bool = False
    fail_under: float | None = None
    fail_under_mutants: float | None = None


@dataclass(frozen=True)
class Least:
    """A share in percent that was asked for; `found` is None where nothing could be counted."""

    of: str
    found: float | None
    wanted: float | None

    @property
    def met(self) -> bool:
        """Is it reached."""
        return self.wanted is None or (self.found is not None and self.found >= self.wanted)

    @property
    def said(self) -> str:
        """What it came to, beside what was asked for."""
        found = "nothing could be counted" if self.found is None else f"{self.found:.1f}%"
        return f"{found}, {self.wanted:g}% wanted"


@dataclass(frozen=True)
class Tried:
    """One strategy's tests. `verdicts` is None where mutants were not asked for, or a test fails already."""

    strategy: str
    sources: Mapping[str, SourceText]
    results: Sequence[TestResult]
    coverage: Coverage | None = None
    verdicts: Sequence[Verdict] | None = None

    @property
    def failed(self) -> int:
        """How many tests did not pass."""
        return sum(not result.passed for result in self.results)

    @property
    def noticed(self) -> float | None:
        """The share of mutants that a test noticed, in percent; None where there are none."""
        found = self.verdicts or ()
        return 100 * sum(bool(v.noticed_by) for v in found) / len(found) if found else None

    def enough(self, asked: Asked) -> bool:
        """All passed, and the shares that were asked for are reached."""
        tried = self.verdicts is not None or not asked.mutate
        return not self.failed and tried and all(least.met for least in self.least(asked))

    def least(self, asked: Asked) -> list[Least]:
        """The shares that were asked for."""
        covered = 100 * self.coverage.share if self.coverage else None
        both = (Least("coverage", covered, asked.fail_under), Least("mutants", self.noticed, asked.fail_under_mutants))
        return [least for least in both if least.wanted is not None]


def try_tests(opened: Opened, asked: Asked, progress: Callable[[str], None]) -> Tried:
    """Run the tests of one strategy."""
    from stratagem.engine.casework import this_day, try_test

    strategy = opened.strategy
    today = this_day(strategy)
    chosen = [test for test in strategy.tests if asked.wanted.casefold() in test.label.casefold()]
    results, known = [], []
    for number, test in enumerate(chosen):
        progress(f"test {number + 1} of {len(chosen)}")
        result, outcome = try_test(strategy, test, today)
        results.append(result)
        if outcome is not None:
            known.append((test, outcome))
    covered = verdicts = None
    if asked.coverage or asked.fail_under is not None:
        from stratagem.engine.casework.coverage import coverage

        covered = coverage(strategy, [outcome for _, outcome in known])
    if asked.mutate and all(result.passed for result in results):
        from stratagem.engine.casework.mutation import Known, Mutation

        mutation = Mutation(strategy, [Known(*each) for each in known], today)
        verdicts = list(mutation.verdicts(lambda done, of: progress(f"mutant {done + 1} of {of}")))
    return Tried(strategy.name, opened.checked.sources, results, covered, verdicts)


# ---- for people ----


def page(tried: Sequence[Tried], asked: Asked) -> Iterator[Block]:
    """One line a test; below one that failed, each expectation that did not hold; then what was not tried."""
    for one in tried:
        if len(tried) > 1:
            yield Heading(one.strategy)
        yield from _results(one.results)
        if one.coverage is not None:
            yield from _coverage(one, one.coverage, asked)
        if asked.mutate:
            yield from _mutants(one, asked)


def _results(results: Sequence[TestResult]) -> Iterator[Block]:
    for result in results:
        yield Paragraph(
            f"{'passed' if result.passed else 'FAILED'}  {result.label}", "good" if result.passed else "bad"
        )
        if result.error:
            yield Paragraph(f"{_place(result.span)}: {result.error}", indent=1)
        for failure in result.failures:
            yield from _failure(failure)
    failed = sum(not result.passed for result in results)
    if not results:
        yield Paragraph("The strategy has no tests.", "warning")
    elif failed:
        yield Heading(f"{failed} of {counted(len(results), 'test')} failed.")
    else:
        expectations = sum(result.expectations for result in results)
        yield Heading(f"{counted(len(results), 'test')} passed, {counted(expectations, 'expectation')}.")


def _failure(failure: Failure) -> Iterator[Block]:
    yield Paragraph(_place(failure.span), indent=1)
    reasons = tuple(("why" if number == 0 else "", reason) for number, reason in enumerate(failure.why))
    yield Pairs((("expected", failure.expected), ("got", failure.got), *reasons), indent=2)


def _coverage(one: Tried, found: Coverage, asked: Asked) -> Iterator[Block]:
    sides = sum(c.sides for c in found.conditions)
    yield Heading("Coverage")
    yield Paragraph(
        f"{counted(len(found.conditions), 'condition')}: {sides} of {2 * len(found.conditions)} sides (true, false) "
        f"seen by a test, {100 * found.share:.1f}%{_wanted(100 * found.share, asked.fail_under)}."
    )
    gaps = [c for c in found.conditions if c.sides < 2]
    if gaps:
        rows = tuple((_place(c.span), as_written(one, c.span), _never(c.true, c.false)) for c in gaps)
        yield Table((Column("line"), Column("condition"), Column("no test made it")), rows)
    for reached in found.reached:
        if reached.missing:
            yield Paragraph(f"No test comes to {reached.kind}: {', '.join(reached.missing)}.", "warning")


def _never(true: int, false: int) -> str:
    return "true or false" if not true and not false else "false" if true else "true"


def _mutants(one: Tried, asked: Asked) -> Iterator[Block]:
    yield Heading("Mutants")
    if one.verdicts is None:
        yield Paragraph("Not tried: the tests have to pass before they can be asked what they would notice.", "bad")
        return
    silent = [v.mutant for v in one.verdicts if not v.noticed_by]
    noticed = len(one.verdicts) - len(silent)
    if one.noticed is None:
        yield Paragraph("There is nothing that could be changed.", "warning")
        return
    yield Paragraph(
        f"{noticed} of {counted(len(one.verdicts), 'mutant')} noticed by a test, {one.noticed:.1f}%"
        f"{_wanted(one.noticed, asked.fail_under_mutants)}."
    )
    if silent:
        rows = tuple((_place(m.at), as_written(one, m.at), m.what) for m in silent)
        yield Table((Column("line"), Column("as it stands"), Column("no test noticed")), rows)


def _wanted(found: float, least: float | None) -> str:
    return "" if least is None else f", {least:g}% wanted: {'met' if found >= least else 'NOT MET'}"


def as_written(one: Tried, at: Span) -> str:
    """The text at a place, on one line; conditions of a block apart: `any of: visits > 3; spend > 9 EUR`."""
    source = one.sources.get(at.file)
    lines = [" ".join(line.split()) for line in source.slice(at).split("\n")] if source else [""]
    block = lines[0].endswith(("all of", "any of", "none of"))
    text = "; ".join(lines).replace(" of; ", " of: ") if block else " ".join(lines)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _place(at: Span) -> str:
    return f"{at.file}:{at.line}"


# ---- for programs ----


def record(tried: Sequence[Tried]) -> dict[str, Any]:
    """All of it as plain values; `coverage` and `mutants` are null where they were not asked for."""
    results = [result for one in tried for result in one.results]
    covered = [_coverage_record(one, one.coverage) for one in tried if one.coverage is not None]
    mutated = [_mutants_record(one, one.verdicts) for one in tried if one.verdicts is not None]
    return {
        "tests": len(results),
        "failed": sum(not result.passed for result in results),
        "results": [_result_record(result) for result in results],
        "coverage": covered or None,
        "mutants": mutated or None,
    }


def _result_record(result: TestResult) -> dict[str, Any]:
    return {
        "label": result.label,
        "at": _place(result.span),
        "passed": result.passed,
        "expectations": result.expectations,
        "error": result.error or None,
        "failures": [
            {"at": _place(f.span), "expected": f.expected, "got": f.got, "why": list(f.why)} for f in result.failures
        ],
    }


def _coverage_record(one: Tried, found: Coverage) -> dict[str, Any]:
    return {
        "strategy": one.strategy,
        "percent": round(100 * found.share, 6),
        "conditions": [
            {"at": _place(c.span), "text": as_written(one, c.span), "true": c.true, "false": c.false,
             "unknown": c.unknown}
            for c in found.conditions
        ],
        "reached": [
            {"kind": r.kind, "declared": len(r.declared), "missing": r.missing} for r in found.reached
        ],
    }  # fmt: skip


def _mutants_record(one: Tried, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    return {
        "strategy": one.strategy,
        "percent": None if one.noticed is None else round(one.noticed, 6),
        "mutants": [
            {"at": _place(v.mutant.at), "text": as_written(one, v.mutant.at), "what": v.mutant.what,
             "noticed_by": v.noticed_by or None}
            for v in verdicts
        ],
    }  # fmt: skip


def junit(tried: Sequence[Tried], asked: Asked) -> str:
    """A suite for each strategy, a case for each test and for each share that was asked for."""
    from stratagem.engine.cli.reports.junit import PASSED, Case, Outcome, Suite, render

    suites = []
    for one in tried:
        cases = [Case(r.label, r.span.file, _outcome(r)) for r in one.results]
        for least in one.least(asked):
            outcome = PASSED if least.met else Outcome("failed", least.said, type="share")
            cases.append(Case(f"{least.of} at least {least.wanted:g}%", one.strategy, outcome))
        suites.append(Suite(one.strategy, cases))
    return render(suites)


def _outcome(result: TestResult) -> Outcome:
    from stratagem.engine.cli.reports.junit import PASSED, Outcome

    if result.passed:
        return PASSED
    if result.error:
        return Outcome("error", result.error, _place(result.span), "error")
    told = [line for failure in result.failures for line in _told(failure)]
    first = result.failures[0]
    return Outcome("failed", f"expected {first.expected}, got {first.got}", "\n".join(told), "expectation")


def _told(failure: Failure) -> Iterator[str]:
    yield _place(failure.span)
    yield f"  expected {failure.expected}"
    yield f"  got      {failure.got}"
    yield from (f"  why      {reason}" for reason in failure.why)


def github(tried: Iterable[Tried], root: PurePath, asked: Asked) -> str:
    """An annotation for each expectation that did not hold, test that could not be run, and share not reached."""
    from stratagem.dsl.diagnostics.render.github import annotation
    from stratagem.dsl.source import NOWHERE

    lines = []
    for one in tried:
        for result in one.results:
            title = f"test: {result.label}"
            if result.error:
                lines.append(annotation("error", result.span, root, title, result.error))
            for failure in result.failures:
                lines.append(annotation("error", failure.span, root, title, _message(failure)))
        missed = [least for least in one.least(asked) if not least.met]
        lines += [annotation("error", NOWHERE, root, f"{one.strategy}: {least.of}", least.said) for least in missed]
    return "".join(f"{line}\n" for line in lines)


def _message(failure: Failure) -> str:
    """What was expected, what came and why, each on a line of its own at the edge."""
    return "\n".join(line.strip() for line in list(_told(failure))[1:])
