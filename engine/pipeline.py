"""The whole run on one screen: a checked strategy and customers in, decisions out.

strategy → rule graph → plan → customers → facts and candidates (with the fit) → decisions. Completeness, explanations
and reports read the `Run` this leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.fit import Fit
from stratagem.engine.graph.build import Graph, build_graph
from stratagem.engine.moment import Moment
from stratagem.engine.plan.build import build_plan
from stratagem.engine.plan.plan import Plan

if TYPE_CHECKING:
    import polars as pl

    from stratagem.engine.data.load import Loaded
    from stratagem.engine.data.places import Places
    from stratagem.engine.decide.decision import Decisions
    from stratagem.engine.evaluate.columnar import MetricValue
    from stratagem.engine.evaluate.population import Population
    from stratagem.engine.history.history import History

Say = Callable[[str], None]
"""Told what is being done, a few words at a time."""


@dataclass
class Run:
    """All that one run over a population came to.

    `customers`: one row each in order of id, with the fields, every fact, the stage and every column of the plan.
    `population`: the same customers with their rows. `fit`: the cut-points used.
    """

    strategy: Strategy
    graph: Graph
    plan: Plan
    moment: Moment
    loaded: Loaded
    population: Population
    customers: pl.DataFrame
    fit: Fit
    decisions: Decisions

    @cached_property
    def metrics(self) -> dict[str, MetricValue]:
        """Every metric of the strategy by name, over the customers it counts; worked out when first asked for."""
        from stratagem.engine.evaluate.columnar import metrics

        wanted = {m.name: m.expr for m in self.plan.metrics}
        return metrics(self.population, wanted, self.moment, self.fit) if wanted else {}


def quiet(words: str) -> None:
    """Says nothing."""


def read_customers(strategy: Strategy, places: Places, moment: Moment, graph: Graph | None = None) -> Loaded:
    """The strategy's files as customers. Raises DataError with every fault of every file."""
    from stratagem.engine.data.load import load

    return load(strategy, places, moment, fields_read(graph if graph is not None else build_graph(strategy)))


def take_frames(strategy: Strategy, frames: Mapping[str, Any], moment: Moment) -> Loaded:
    """The same from frames in memory, one for each source."""
    from stratagem.engine.data.frames import from_frames

    return from_frames(strategy, frames, moment, fields_read(build_graph(strategy)))


def fields_read(graph: Graph) -> frozenset[str]:
    """The `source.field` names that something reads; a column nobody needs may be absent from a file."""
    fields = (n for n, d in graph.nodes(data=True) if d.get("kind") == "field" and graph.out_degree(n))
    return frozenset(n.partition(":")[2] for n in fields)


def run(
    strategy: Strategy,
    loaded: Loaded,
    moment: Moment,
    history: History | None = None,
    fit: Fit | None = None,
    say: Say = quiet,
) -> Run:
    """Decide for everyone. Without a `fit`, population cut-points are fitted afresh."""
    graph = build_graph(strategy)
    plan = build_plan(strategy, graph)
    say("reading customers and working out their facts")
    population, past = _with_history(strategy, loaded, moment, history)
    customers, used = place(plan, population, moment, fit)
    say("deciding")
    decisions = _decide(plan, customers, population, moment, past, used)
    placed = population.with_customers(customers.lazy())
    return Run(strategy, graph, plan, moment, loaded, placed, customers, used, decisions)


def place(plan: Plan, population: Population, moment: Moment, fit: Fit | None = None) -> tuple[pl.DataFrame, Fit]:
    """Every column of the plan for every customer, and the cut-points that hold."""
    from stratagem.engine.evaluate.columnar import run_steps

    placed = run_steps(population, (*plan.facts, *plan.candidates), moment, fit)
    customers = placed.frame.collect(engine="streaming")
    strategy = plan.strategy
    fitted = Fit(strategy=strategy.name, strategy_hash=strategy.hash, as_of=str(moment), cuts=placed.cuts)
    return customers, fit or fitted


def _with_history(
    strategy: Strategy, loaded: Loaded, moment: Moment, history: History | None
) -> tuple[Population, Mapping[str, Any]]:
    """The population with the built-in sources, and these as frames for the contact policy."""
    from stratagem.engine.history.memory import MemoryHistory
    from stratagem.engine.history.sources import with_history

    population = with_history(loaded.population, strategy, history or MemoryHistory(), moment)
    return population, {name: population.rows[name] for name in ("contacts", "outcomes")}


def _decide(
    plan: Plan,
    customers: pl.DataFrame,
    population: Population,
    moment: Moment,
    past: Mapping[str, Any],
    fit: Fit,
) -> Decisions:
    from stratagem.engine.decide.batch import decide_batch
    from stratagem.engine.decide.past import History as Past

    return decide_batch(plan, customers, moment, Past(past["contacts"], past["outcomes"]), fit, population.groups)
