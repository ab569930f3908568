"""Stratagem from Python: load a strategy, plan for everyone, decide for one, explain.

>>> strategy = stratagem.load("strategies/coffee")
>>> engine = stratagem.Engine(strategy)
>>> run = engine.plan({"households": households, "orders": orders}, as_of="2026-11-21")
>>> run.decisions.list
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.moment import Clock, Moment, system_clock
from stratagem.engine.plug import opening

if TYPE_CHECKING:
    from stratagem.engine.explain.explanation import Explanation
    from stratagem.engine.fit import Fit
    from stratagem.engine.history.history import History
    from stratagem.engine.pipeline import Run
    from stratagem.engine.single import Answer


class StrategyError(ValueError):
    """A strategy that cannot run. `diagnostics` say why; the message is their first lines."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], text: str) -> None:
        super().__init__(text)
        self.diagnostics = diagnostics


def load(path: str | Path) -> Strategy:
    """The strategy in a file or folder. Raises StrategyError when it has errors, not for warnings."""
    checked = opening.load(path)
    if checked.strategy is None:
        from stratagem.dsl.diagnostics.render.text import render

        raise StrategyError(checked.errors, render(checked.errors, checked.sources))
    return checked.strategy


def check(path: str | Path) -> tuple[Diagnostic, ...]:
    """Every finding about the strategy in a file or folder, in reading order; empty when there is none."""
    return opening.load(path).diagnostics


@dataclass
class Engine:
    """A strategy at work.

    history: past contacts, outcomes and stage moves; none by default. fit: the cut-points that single decisions use;
    `plan` sets it when it fits afresh. clock: gives the present where no `as_of` is given.
    """

    strategy: Strategy
    history: History | None = None
    fit: Fit | None = None
    clock: Clock = system_clock

    def plan(
        self,
        customers: str | Path | Mapping[str, Any] | None = None,
        as_of: str | Moment | None = None,
        fit: Fit | None = None,
    ) -> Run:
        """Decide for all customers.

        customers: a folder with the strategy's files, or one frame (Polars, pandas, Arrow) for each source; the
        strategy's own folder by default. as_of: a date, or a date with a time, in the strategy's zone; today by
        default. Raises DataError when a file or frame cannot be used.
        """
        from stratagem.engine import pipeline

        moment = self.moment(as_of, today=True)
        if isinstance(customers, Mapping):
            loaded = pipeline.take_frames(self.strategy, customers, moment)
        else:
            loaded = pipeline.read_customers(self.strategy, self._places(customers), moment)
        found = pipeline.run(self.strategy, loaded, moment, self.history, fit)
        self.fit = found.fit
        return found

    def decide(self, customer: Mapping[str, Any], as_of: str | Moment | None = None) -> Answer:
        """Decide for one customer, given as plain values: fields by name, rows of a source as a list.

        Raises DataError without an identity, and MissingCutPoint when a population tier is reached and no fit is there.
        """
        from stratagem.engine.single import Single

        return Single(self.strategy, self.fit, self.history).decide(customer, self.moment(as_of))

    def explain(self, customer: Mapping[str, Any], as_of: str | Moment | None = None) -> Explanation:
        """Why this customer gets these actions, and for every other action what stopped it."""
        from stratagem.engine.single import Single

        return Single(self.strategy, self.fit, self.history).explain(customer, self.moment(as_of))

    def moment(self, as_of: str | Moment | None = None, today: bool = False) -> Moment:
        """The as-of moment: as given, else this day (`today`) or this very moment, in the strategy's zone."""
        zone = self.strategy.header.time_zone or "UTC"
        if isinstance(as_of, Moment):
            return as_of
        if as_of is not None:
            return Moment.parse(as_of, zone)
        return Moment.today(zone, self.clock) if today else Moment.now(zone, self.clock)

    def _places(self, folder: str | Path | None) -> Any:
        from stratagem.engine.data.places import Places

        beside = Path(self.strategy.header.at.file or ".").parent
        return Places(beside=beside, data=Path(folder) if folder is not None else None)
