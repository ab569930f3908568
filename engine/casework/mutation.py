"""Which small mistakes in a strategy would its tests notice?

In: a strategy whose tests pass. Out: for each mutant (see `mutants`) whether a test fails with it. A test is run anew
only where the mutant changes one of its columns, or where it names a reason that the mutant leaves out: the columns
that differ are worked out one by one by the reference interpreter, from the values the test has seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from stratagem.dsl.model.learning import StrategyTest
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.casework.expect import Outcome
from stratagem.engine.casework.mutants import Mutant, mutants
from stratagem.engine.casework.run import held, try_test
from stratagem.engine.evaluate.cuts import MissingCutPoint
from stratagem.engine.evaluate.population import dates_of
from stratagem.engine.evaluate.reference import Reference
from stratagem.engine.evaluate.walk import step_names
from stratagem.engine.moment import Moment
from stratagem.engine.plan.build import Assumed, build_plan
from stratagem.engine.plan.plan import Plan, Step


@dataclass(frozen=True)
class Verdict:
    """A mutant, and the first test that noticed it ("" when none did)."""

    mutant: Mutant
    noticed_by: str = ""


@dataclass(frozen=True)
class Known:
    """A test that passes, with what came of it."""

    test: StrategyTest
    outcome: Outcome

    @property
    def names_reasons(self) -> bool:
        """Does it expect an action to be stopped because of something by name."""
        return any(e.because is not None for e in self.test.expectations)


class Mutation:
    """All mutants of a strategy against its tests. `tests`: those that pass, with their outcomes."""

    def __init__(self, strategy: Strategy, tests: list[Known], today: Moment) -> None:
        self.strategy, self.tests, self.today = strategy, tests, today

    @cached_property
    def mutants(self) -> list[Mutant]:
        """Every mutant, in the order of the text."""
        return list(mutants(self.strategy))

    def verdicts(self, progress: Callable[[int, int], None] | None = None) -> Iterator[Verdict]:
        """Each mutant with its verdict. `progress` is told how many are done, and of how many."""
        for number, mutant in enumerate(self.mutants):
            if progress is not None:
                progress(number, len(self.mutants))
            yield Verdict(mutant, self._noticed(mutant))

    def _noticed(self, mutant: Mutant) -> str:
        plans: dict[tuple[frozenset[str], bool], Plan] = {}
        for known in self.tests:
            world = known.outcome.world
            key = world.reachable, world.held_out
            if key not in plans:
                assumed = Assumed(world.reachable, everything=True)
                plans[key] = build_plan(held(mutant.strategy, world.held_out), assumed=assumed)
            if not self._matters(known, mutant, plans[key]):
                continue
            if not try_test(mutant.strategy, known.test, self.today)[0].passed:
                return known.test.label
        return ""

    def _matters(self, known: Known, mutant: Mutant, plan: Plan) -> bool:
        """May the mutant change what comes of the test."""
        changed = differing(known.outcome.plan, plan)
        if changed is None or not changed:  # other than in its columns: limits, names, rows, the number of actions
            return True
        return (mutant.drops and known.names_reasons) or self._other_values(known, changed)

    def _other_values(self, known: Known, changed: list[Step]) -> bool:
        outcome = known.outcome
        own = [s for s in changed if step_names(s)[0] not in outcome.world.fixed]
        reference = Reference(own, dates_of(self.strategy))
        before = outcome.observed.values
        try:
            after = reference({**before, **outcome.world.record}, outcome.world.moment, outcome.world.fit)
        except MissingCutPoint:
            return True
        return any(before.get(name) != value for name, value in after.items())


def differing(before: Plan, after: Plan) -> list[Step] | None:
    """The steps that differ; None where the plans do not have the same steps."""
    old, new = (*before.facts, *before.candidates), (*after.facts, *after.candidates)
    if [step_names(s) for s in old] != [step_names(s) for s in new]:
        return None
    return [n for o, n in zip(old, new, strict=True) if o != n]
