"""The five questions, with data: who the best customers are, what each sale earns, and how well sources meet."""

from __future__ import annotations

from stratagem.dsl.model.actions import Action
from stratagem.engine.complete.facts import SELLING, StrategyFacts
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
)
from stratagem.engine.complete.framework import DataJudges
from stratagem.engine.graph.references import node_id

measured = DataJudges()

MATCHED = 0.9
"""A smaller share of ids that are customers' means that the sources do not meet."""


@measured("ASK1")
def the_best(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """The tiers with their customers and mean value; the value must be known for most."""
    value = facts.strategy.main_value
    known = people.known(value.name) if value else None
    if value is None or known is None:
        return not_measured("who the best customers are")
    currency = facts.strategy.header.currency
    tables = []
    for block in facts.value_tiers:
        rows = []
        for tier in block.tiers:
            mean = people.mean(value.name, group=tier.name)
            rows.append((tier.name, shown(people.group(tier.name)), shown(mean, currency)))
        title = f"Customers by {block.name}"
        tables.append(Table(title=title, columns=("tier", "customers", f"mean {value.name}"), rows=tuple(rows)))
    figure = Figure(name=f"{value.name}: known for", value=known, text=percent(known))
    if known >= KNOWN_FOR_MOST:
        return met().measured(figure, tables=tables)
    gap = lack("unknown", value, node_id("value", value.name), share=percent(known))
    return (missing if known < KNOWN_FOR_FEW else partly)(gap).measured(figure, tables=tables)


@measured("ASK3")
def profit(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """The profit that the plan expects of each selling action."""
    return each(facts.of_kind(*SELLING), lambda a: _profit(facts, people, a), not_measured("profit per action"))


def _profit(facts: StrategyFacts, people: PopulationFacts, action: Action) -> Verdict:
    found = people.plan.actions.get(action.name) if people.plan else None
    if found is None or found.profit is None:
        return not_measured(f"profit of {action.name}")
    text = shown(found.profit, facts.strategy.header.currency)
    figure = Figure(name=f"{action.name}: expected profit", value=found.profit, text=text)
    if found.customers and found.profit <= 0:
        return partly(lack("loss", action, node_id("action", action.name), profit=text)).measured(figure)
    return met().measured(figure)


@measured("INT1")
def meeting(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """Match rate, duplicates and orphans."""
    found = people.identity
    if found is None:
        return not_measured("match rate, duplicates and orphans")
    figures = (
        Figure(name="ids that are customers'", value=found.matched, text=percent(found.matched)),
        Figure(name="orphans", value=found.orphans, text=f"{found.orphans:,}"),
        Figure(name="duplicates", value=found.duplicates, text=f"{found.duplicates:,}"),
    )
    if found.matched is not None and found.matched < MATCHED:
        gap = lack("orphans", facts.strategy.customer, share=percent(found.matched))
        return partly(gap).measured(*figures)
    return met().measured(*figures)
