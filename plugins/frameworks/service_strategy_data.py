"""The customer service strategy, with data: where customers are, what loyalty is worth, and whether the plan fits."""

from __future__ import annotations

from stratagem.dsl.model.facts import Plan_
from stratagem.engine.complete.facts import StrategyFacts
from stratagem.engine.complete.figures import PopulationFacts, percent, shown
from stratagem.engine.complete.finding import (
    Figure,
    Table,
    Verdict,
    each,
    lack,
    met,
    not_measured,
    partly,
    together,
)
from stratagem.engine.complete.framework import DataJudges
from stratagem.engine.graph.references import node_id

measured = DataJudges()


@measured("CSS1")
def in_one_place(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """Everyone whom the tiers' `when` holds for is in one tier, everyone else in a segment; nothing served is empty."""
    tiers = [_placed(facts, people, t.name) for t in facts.value_tiers]
    empty = [lack("empty", g, facts.group_id(g), kind=facts.kind_of(g)) for g in facts.empty(people)]
    return together([*tiers, *([partly(*empty)] if empty else [])], not_measured())


def _placed(facts: StrategyFacts, people: PopulationFacts, tiers: str) -> Verdict:
    untold, nowhere = people.untold(tiers), people.nowhere(tiers)
    if untold is None or nowhere is None:
        return not_measured(f"customers in no tier of {tiers}")
    block = next(t for t in facts.strategy.tiers if t.name == tiers)
    figures = [
        Figure(name=f"{tiers}: formula missing", value=untold, text=f"{untold:,} of {people.customers:,} customers"),
        Figure(
            name=f"{tiers}: no tier, no segment", value=nowhere, text=f"{nowhere:,} of {people.customers:,} customers"
        ),
    ]
    lacks = [lack("untold", block, node_id("tiers", tiers))] if untold else []
    lacks += [lack("nowhere", block, node_id("tiers", tiers))] if nowhere else []
    return (partly(*lacks) if lacks else met()).measured(*figures)


@measured("CSS3")
def share_placed(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """The share of customers at a stage, and how many at each."""
    journey = facts.strategy.journey
    counts = {s.name: people.stage(s.name) for s in (journey.stages if journey else ())}
    if not counts or people.customers == 0 or any(c is None for c in counts.values()):
        return not_measured("the share of customers placed in a stage")
    share = sum(c for c in counts.values() if c is not None) / people.customers
    rows = tuple((name, shown(count)) for name, count in counts.items())
    verdict = met() if share >= 1 else partly(lack("placed"))
    figure = Figure(name="share placed in a stage", value=share, text=percent(share))
    return verdict.measured(
        figure, tables=[Table(title="Customers by stage", columns=("stage", "customers"), rows=rows)]
    )


@measured("CSS5")
def customisation_pays(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """The mean value of a segment is above what adapting to it costs a customer a year."""
    return each(facts.served, lambda g: _pays(facts, people, g), not_measured())


def _pays(facts: StrategyFacts, people: PopulationFacts, group: Plan_) -> Verdict:
    value = facts.strategy.main_value
    worth = people.mean(value.name, group=group.name) if value else None
    if group.customisation is None or group.customisation.cost is None or worth is None:
        return not_measured(f"mean value of {group.name} beside what customisation costs")
    cost = facts.per_year(group.customisation.cost)
    currency = facts.strategy.header.currency
    figure = Figure(
        name=f"{group.name}: mean value less customisation",
        value=worth - cost,
        text=f"{shown(worth, currency)} against {shown(cost, currency)}",
    )
    if worth > cost:
        return met().measured(figure)
    gap = lack(
        "dear",
        group,
        facts.group_id(group),
        kind=facts.kind_of(group),
        cost=shown(cost, currency),
        worth=shown(worth, currency),
    )
    return partly(gap).measured(figure)


@measured("CSS6")
def loyalty_pays(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """Mean value at the loyal stage less mean value now, by segment."""
    value, stages = facts.strategy.main_value, facts.stages_of("loyalty")
    if value is None or not stages:
        return not_measured("what loyalty is worth")
    loyal = people.mean(value.name, stages=stages)
    if loyal is None:
        none_there = all(people.stage(s) == 0 for s in stages)
        return partly(lack("nobody")) if none_there else not_measured("what loyalty is worth")
    rows = [_loyalty_row(facts, people, value.name, stages, g) for g in facts.served]
    columns = ("segment", "mean value now", "mean value when loyal", "loyalty is worth")
    now = people.mean(value.name)
    figure = Figure(
        name="mean value at the loyal stage less mean value now",
        value=None if now is None else loyal - now,
        text=shown(None if now is None else loyal - now, facts.strategy.header.currency),
    )
    table = Table(title="What more loyalty is worth", columns=columns, rows=tuple(rows))
    return met().measured(figure, tables=[table])


def _loyalty_row(
    facts: StrategyFacts, people: PopulationFacts, value: str, stages: tuple[str, ...], group: Plan_
) -> tuple[str, ...]:
    currency = facts.strategy.header.currency
    now, loyal = people.mean(value, group=group.name), people.mean(value, group=group.name, stages=stages)
    more = None if now is None or loyal is None else loyal - now
    return (group.name, shown(now, currency), shown(loyal, currency), shown(more, currency))


@measured("CSS7")
def plan_fits(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """What the plan costs and how long it takes, beside the money and the hours there are."""
    plan = people.plan
    if plan is None:
        return not_measured("the plan's cost and hours")
    currency = facts.strategy.header.currency or ""
    parts = [_fits(name, plan.spent.get(name, 0.0), there, currency) for name, there in sorted(plan.budgets.items())]
    parts += [
        _fits(name, plan.hours.get(name, 0.0), there, "hours") for name, there in sorted(plan.hours_there.items())
    ]
    return together(parts, not_measured("the plan's cost and hours"))


def _fits(name: str, needs: float, there: float, unit: str) -> Verdict:
    figure = Figure(name=f"{name}: needed", value=needs, text=f"{shown(needs, unit)} of {shown(there, unit)}")
    gap = lack("dear", name=name, needs=shown(needs, unit), has=shown(there, unit))
    return (met() if needs <= there + 1e-6 else partly(gap)).measured(figure)
