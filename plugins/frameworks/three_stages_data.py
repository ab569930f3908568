"""The three stages, with data: metrics as they stand, the cells of the matrix, and what is spent on whom."""

from __future__ import annotations

from stratagem.dsl.model.facts import Metric
from stratagem.dsl.model.means import Matrix
from stratagem.engine.complete.facts import StrategyFacts
from stratagem.engine.complete.figures import KNOWN_FOR_FEW, KNOWN_FOR_MOST, PopulationFacts, percent, shown
from stratagem.engine.complete.finding import (
    Figure,
    Table,
    Verdict,
    each,
    lack,
    met,
    missing,
    not_measured,
    partly,
    together,
)
from stratagem.engine.complete.framework import DataJudges
from stratagem.engine.graph.references import node_id

measured = DataJudges()


@measured("STG1")
def metrics(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """Each metric's value; a segment that nobody is in has none."""
    found = [_metric(people, m) for g in facts.served for m in g.metrics]
    empty = [lack("empty", g, facts.group_id(g), kind=facts.kind_of(g)) for g in facts.empty(people)]
    return together([*found, *([partly(*empty)] if empty else [])], not_measured("the metrics' values"))


def _metric(people: PopulationFacts, metric: Metric) -> Verdict:
    value = people.metric(metric.name)
    if value is None:
        return not_measured(f"metric {metric.name}")
    return met().measured(Figure(name=metric.name, value=value, text=shown(value)))


@measured("STG2")
def cells(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """Customers and value in every cell."""
    return each(facts.strategy.matrices, lambda m: _matrix(facts, people, m), not_measured("customers in the matrix"))


def _matrix(facts: StrategyFacts, people: PopulationFacts, matrix: Matrix) -> Verdict:
    blocks = {t.name: t.tiers for t in facts.strategy.tiers}
    currency = facts.strategy.header.currency
    rows, total = [], 0
    for row in blocks[matrix.rows.name]:
        for column in blocks[matrix.columns.name]:
            cell = people.cell(matrix.rows.name, row.name, matrix.columns.name, column.name)
            if cell is None:
                return not_measured("customers and value in each cell of the matrix")
            rows.append((row.name, column.name, f"{cell.customers:,}", shown(cell.value, currency)))
            total += cell.customers
    columns = (matrix.rows.name, matrix.columns.name, "customers", "value")
    table = Table(title=f"Matrix {matrix.name}", columns=columns, rows=tuple(rows))
    tiered = _tiered(facts, people, matrix)
    share = total / tiered if tiered else None
    figure = Figure(name=f"{matrix.name}: customers in a cell", value=share, text=percent(share))
    if share is None or share >= KNOWN_FOR_MOST:
        return met().measured(figure, tables=[table])
    gap = lack("known", matrix, node_id("matrix", matrix.name), share=percent(share))
    return (missing if share < KNOWN_FOR_FEW else partly)(gap).measured(figure, tables=[table])


def _tiered(facts: StrategyFacts, people: PopulationFacts, matrix: Matrix) -> int:
    """Customers whom the narrower side of the matrix is about: those in its tiers, and those it has no figure for."""
    sizes = []
    for block in facts.strategy.tiers:
        if block.name in (matrix.rows.name, matrix.columns.name):
            members = sum(people.group(t.name) or 0 for t in block.tiers)
            sizes.append(members + (people.untold(block.name) or 0))
    return min(sizes) if sizes else 0


@measured("STG4")
def spending(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """A plan that spends more on acquiring than on keeping is pointed out."""
    if people.plan is None:
        return not_measured("what the plan spends on acquiring and on keeping")
    currency = facts.strategy.header.currency
    acquiring = _spent(facts, people, ("acquisition",))
    keeping = _spent(facts, people, ("retention", "service", "advocacy"))
    figures = (
        Figure(name="spent on acquiring", value=acquiring, text=shown(acquiring, currency)),
        Figure(name="spent on keeping", value=keeping, text=shown(keeping, currency)),
    )
    if acquiring <= keeping:
        return met().measured(*figures)
    gap = lack("proportion", acquiring=shown(acquiring, currency), keeping=shown(keeping, currency))
    return partly(gap).measured(*figures)


def _spent(facts: StrategyFacts, people: PopulationFacts, aims: tuple[str, ...]) -> float:
    names = {a.name for g in facts.aiming(*aims) for a in facts.serving(g)}
    plan = people.plan
    return sum(plan.actions[n].cost for n in sorted(names) if n in plan.actions) if plan else 0.0
