"""One customer: read, evaluated, decided and explained, without the batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.decide.decision import Decision
from stratagem.engine.evaluate.population import dates_of
from stratagem.engine.evaluate.row import Program, compile_program
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.build import build_plan
from stratagem.engine.plan.plan import Plan

if TYPE_CHECKING:
    import polars as pl

    from stratagem.engine.explain.explain import Settled
    from stratagem.engine.explain.explanation import Explanation
    from stratagem.engine.history.history import History

ANSWER_VERSION = 1


class ForeignFitError(ValueError):
    """The fit was made for another strategy, or another wording of this one; its cut-points mean nothing here."""

    def __init__(self, fit: Fit, strategy: Strategy) -> None:
        super().__init__(
            f"The cut-points were fitted for `{fit.strategy}` as it was on {fit.as_of}; `{strategy.name}` has changed "
            "since, or is another strategy. Make a new fit: run `stratagem plan` with --fit."
        )


class Answer(BaseModel):
    """What one customer gets now. `problems`: what could not be read of what was given."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    format_version: int = ANSWER_VERSION
    customer: str
    as_of: str
    strategy: str
    strategy_hash: str
    decisions: tuple[Decision, ...]
    not_chosen: dict[str, tuple[str, ...]]
    """By action that is not on the list: the gates that stopped it."""
    problems: tuple[str, ...] = ()


@dataclass
class Single:
    """Decides for single customers of one strategy; compiled once, used for many.

    fit: frozen cut-points; needed only where a tier by population share is reached.
    """

    strategy: Strategy
    fit: Fit | None = None
    history: History | None = None
    lookups: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.fit is not None and self.fit.strategy_hash != self.strategy.hash:
            raise ForeignFitError(self.fit, self.strategy)

    @cached_property
    def plan(self) -> Plan:
        """The strategy's plan."""
        return build_plan(self.strategy)

    @cached_property
    def program(self) -> Program:
        """The plan's steps, compiled for one customer at a time."""
        return compile_program((*self.plan.facts, *self.plan.candidates), dates_of(self.strategy))

    def decide(self, customer: Mapping[str, Any], moment: Moment) -> Answer:
        """From plain values to the list. Raises DataError, MissingCutPoint."""
        record, problems = self.record(customer, moment)
        return self.answer(record, moment, problems)

    def answer(self, record: Mapping[str, Any], moment: Moment, problems: tuple[Diagnostic, ...] = ()) -> Answer:
        """The same from a record in evaluated form."""
        values = self.program(record, moment, self.fit)
        settled = self.settle(record, values, moment)
        listed = {d.action for d in settled.list}
        lost = {a: tuple(g for g, s in gates.items() if s != "passed") for a, gates in settled.gates.items()}
        return Answer(
            customer=str(record["@id"]),
            as_of=str(moment),
            strategy=self.strategy.name,
            strategy_hash=self.strategy.hash,
            decisions=tuple(settled.list),
            not_chosen={a: gates for a, gates in lost.items() if a not in listed},
            problems=tuple(_said(d) for d in problems),
        )

    def explain(self, customer: Mapping[str, Any], moment: Moment) -> Explanation:
        """Why these actions, and why not the others."""
        record, _ = self.record(customer, moment)
        return self.explain_record(record, moment)

    def explain_record(self, record: Mapping[str, Any], moment: Moment) -> Explanation:
        """The same from a record in evaluated form."""
        from stratagem.engine.explain.explain import explain

        observed = self.program.observe(record, moment, self.fit)
        return explain(self.plan, observed, self.settle(record, observed.values, moment), str(moment))

    def record(self, customer: Mapping[str, Any], moment: Moment) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
        """The customer's record with what history knows, and what could not be read."""
        from stratagem.engine.data.record import prepare_customer
        from stratagem.engine.history.one import rows_of

        prepared = prepare_customer(self.strategy, customer, moment, self.lookups)
        past = rows_of(self.strategy, self.history, prepared.record["@id"], moment)
        return {**past, **prepared.record}, prepared.problems

    def settle(self, record: Mapping[str, Any], values: Mapping[str, Any], moment: Moment) -> Settled:
        """The list and the gates, from the customer's columns."""
        from stratagem.engine.decide.left_over import left_over
        from stratagem.engine.history.sources import history_rows
        from stratagem.engine.one import settle

        contacts = None
        if self.history is not None:
            contacts = history_rows(self.history.snapshot(), self.strategy, moment)["contacts"]
        return settle(self.plan, record, values, moment, left_over(self.plan, contacts, moment))


def _said(diagnostic: Diagnostic) -> str:
    from stratagem.dsl.diagnostics.text import words

    return f"{diagnostic.code}: {words(diagnostic).title}"
