"""Runs `test` blocks: each in its own small world, through the row evaluator and the rules of the batch."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from stratagem.dsl.model.learning import StrategyTest
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.record import replace
from stratagem.dsl.values import Share
from stratagem.engine.casework.expect import Outcome, failures
from stratagem.engine.casework.results import TestResult
from stratagem.engine.casework.world import World, build_world, moment_of
from stratagem.engine.evaluate.cuts import MissingCutPoint
from stratagem.engine.evaluate.population import dates_of
from stratagem.engine.evaluate.row import compile_program
from stratagem.engine.explain.explain import explain
from stratagem.engine.moment import Moment
from stratagem.engine.plan.build import Assumed, build_plan
from stratagem.engine.plan.plan import Compute

EXPECTED = "@expect:"


def run_tests(strategy: Strategy, today: Moment | None = None) -> list[TestResult]:
    """Every `test` block, in declared order. `today` is the moment of tests without `on DATE`."""
    now = today or this_day(strategy)
    return [run_test(strategy, test, now) for test in strategy.tests]


def this_day(strategy: Strategy) -> Moment:
    """Today, in the strategy's time zone."""
    return Moment.today(strategy.header.time_zone or "UTC")


def run_test(strategy: Strategy, test: StrategyTest, today: Moment) -> TestResult:
    """One test. A cut-point that is reached and not stated is an error that says what to write."""
    return try_test(strategy, test, today)[0]


def try_test(strategy: Strategy, test: StrategyTest, today: Moment) -> tuple[TestResult, Outcome | None]:
    """One test with its outcome; there is none where the test could not be run."""
    try:
        outcome = Case.of(strategy, test, today).outcome()
    except MissingCutPoint as error:
        words = f"the test reaches the cut-point of `{error.tier}`: state it, as in `{error.tiers} {error.tier} from …`"
        return TestResult(test.label, test.at, len(test.expectations), error=words), None
    return TestResult(test.label, test.at, len(test.expectations), tuple(failures(test, outcome))), outcome


def held(strategy: Strategy, held_out: bool) -> Strategy:
    """Nobody is held out unless the test says so; then everybody is, of the kinds that the hold-out names."""
    hold_out = strategy.decide.hold_out
    if held_out and hold_out is not None:
        hold_out = replace(hold_out, share=Share(Decimal(1)))
    decide = replace(strategy.decide, hold_out=hold_out if held_out else None)
    share = Share(Decimal(1)) if held_out else None
    actions = tuple(a if a.hold_out is None else replace(a, hold_out=share) for a in strategy.actions)
    return replace(strategy, decide=decide, actions=actions)


@dataclass
class Case:
    """A test with its world, ready to be decided."""

    strategy: Strategy
    test: StrategyTest
    world: World

    @classmethod
    def of(cls, strategy: Strategy, test: StrategyTest, today: Moment) -> Case:
        """The test with the world it describes."""
        world = build_world(strategy, test, today)
        return cls(held(strategy, world.held_out), test, world)

    def outcome(self) -> Outcome:
        """What came of it: the columns, the list, the gates, and the value of every expectation."""
        from stratagem.engine.one import settle

        plan = build_plan(self.strategy, assumed=Assumed(self.world.reachable, everything=True))
        program = compile_program(
            (*plan.facts, *plan.candidates, *self._expected()),
            dates_of(self.strategy),
            fixed=frozenset(self.world.fixed),
        )
        record = {**self.world.record, **self._contacts()}
        observed = program.observe(record, self.world.moment, self.world.fit)
        settled = settle(plan, record, observed.values, self.world.moment)
        return Outcome(plan, observed, explain(plan, observed, settled, str(self.world.moment)), self.world)

    def _expected(self) -> list[Compute]:
        """Conditions and values under `expect`, as columns."""
        found = []
        for number, expectation in enumerate(self.test.expectations):
            for part, formula in (("", expectation.condition), (":value", expectation.value)):
                if formula is not None:
                    found.append(Compute(f"{EXPECTED}{number}{part}", formula.expr, "expectation"))
        return found

    def _contacts(self) -> dict[str, Any]:
        """`contacted by …` as rows of the built-in source, where the test gives none itself."""
        if not self.test.contacts:
            return {}
        rows = []
        for contact in self.test.contacts:
            action = self.strategy.action(contact.action.name)
            kind = action.kind if action else None
            on = moment_of(contact.on.value, self.world.moment.zone)
            at = on.micros if on.time is not None else on.day * 86_400_000_000
            rows.append({"at": at, "action": contact.action.name, "channel": contact.channel.name, "kind": kind})
        return {"contacts": sorted(rows, key=lambda r: r["at"])}
