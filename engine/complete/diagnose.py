"""A strategy, and the population where there is one → the completeness report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from stratagem.dsl.diagnostics.text import texts
from stratagem.dsl.model.learning import Waiver
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.substance import says_something
from stratagem.engine.complete.amounts import currency_of
from stratagem.engine.complete.facts import StrategyFacts
from stratagem.engine.complete.figures import PopulationFacts
from stratagem.engine.complete.finding import (
    JUDGED,
    Evidence,
    Finding,
    Gap,
    Lack,
    Status,
    Verdict,
    evidence,
    lowered,
    not_measured,
)
from stratagem.engine.complete.framework import Check, Framework
from stratagem.engine.complete.importance import touches
from stratagem.engine.complete.report import CompletenessReport, FrameworkReport
from stratagem.engine.graph.build import Graph

GAPS_SHOWN = 20
"""At most so many gaps are spelled out for one check."""


def diagnose(
    strategy: Strategy,
    today: date,
    population: PopulationFacts | None = None,
    graph: Graph | None = None,
    frameworks: Iterable[Framework] | None = None,
) -> CompletenessReport:
    """Judge the strategy as of a day, by the given frameworks or by all that are installed.

    A framework that cannot be run is named in `problems`, and so is a check whose function fails.
    """
    facts = StrategyFacts(strategy, today, graph)
    problems: list[str] = []
    if frameworks is None:
        found = installed()
        frameworks, problems = found[0], list(found[1])
    runner = _Runner(facts, population, problems)
    reports = tuple(runner.framework(f) for f in frameworks)
    codes = {f.code for r in reports for f in r.findings}
    return CompletenessReport(
        strategy=strategy.name,
        strategy_hash=strategy.hash,
        as_of=today.isoformat(),
        with_data=population is not None,
        declarations=len(facts.graph),
        frameworks=reports,
        unknown_waivers=tuple(w.code for w in strategy.waivers if w.code not in codes and w.code not in texts()),
        problems=tuple(runner.problems),
    )


def installed() -> tuple[list[Framework], list[str]]:
    """The frameworks behind the door, by name, and what was wrong with any that is left out."""
    from stratagem.engine.plug.doors import frameworks

    found = frameworks()
    return list(found.items.values()), [p.text for p in found.problems]


class _Runner:
    """Runs the checks of one diagnosis."""

    def __init__(self, facts: StrategyFacts, population: PopulationFacts | None, problems: list[str]) -> None:
        self.facts = facts
        self.population = population
        self.problems = problems
        self.currency = currency_of(facts.strategy)
        self.waivers = {w.code: w for w in facts.strategy.waivers}

    def framework(self, framework: Framework) -> FrameworkReport:
        findings = tuple(self.check(framework, c) for c in framework.checks)
        return FrameworkReport(name=framework.name, title=framework.title, source=framework.source, findings=findings)

    def check(self, framework: Framework, check: Check) -> Finding:
        """One check's finding. One that fails, a plug-in's say, costs its own finding and no other."""
        try:
            return self._checked(framework, check)
        except Exception as error:
            self.problems.append(f"check {check.code} of {framework.name} failed: {type(error).__name__}: {error}")
            return self._finding(check, not_measured("the check failed"), Status.NOT_MEASURED)

    def _checked(self, framework: Framework, check: Check) -> Finding:
        without = framework.judges[check.code](self.facts)
        verdict = without
        if check.code in framework.data_judges and self.population is not None:
            verdict = lowered(without, framework.data_judges[check.code](self.facts, self.population))
        return self._finding(check, verdict, without.status)

    def _finding(self, check: Check, verdict: Verdict, without: Status) -> Finding:
        waiver = self.waivers.get(check.code)
        waived = waiver is not None and says_something(waiver.because) and verdict.status in JUDGED
        return Finding(
            code=check.code,
            asks=check.asks,
            status=Status.WAIVED if waived else verdict.status,
            without_data=without,
            evidence=(*verdict.evidence, *_thin(waiver)),
            figures=verdict.figures,
            tables=verdict.tables,
            not_measured=verdict.not_measured,
            gaps=self._gaps(check, verdict) if verdict.status in (Status.PARTLY, Status.MISSING) else (),
            waived_because=waiver.because if waiver is not None and waived else "",
            weight=check.weight,
            touches=touches(self.facts.graph, check, verdict.lacks),
        )

    def _gaps(self, check: Check, verdict: Verdict) -> tuple[Gap, ...]:
        once: dict[Lack, Gap] = {}
        for found in verdict.lacks[:GAPS_SHOWN]:
            once.setdefault(found, check.gaps[found.key].filled(found, self.currency))
        return tuple(once.values())


def _thin(waiver: Waiver | None) -> tuple[Evidence, ...]:
    """A waiver without a reason waives nothing, and says so."""
    if waiver is None or says_something(waiver.because):
        return ()
    return (evidence(f"`waive {waiver.code}` gives no reason, so it waives nothing", waiver),)
