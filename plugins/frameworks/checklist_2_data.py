"""Reappraising a customer strategy, with data: our share of the market, contacts made, and answers."""

from __future__ import annotations

from stratagem.dsl.model.facts import Plan_
from stratagem.dsl.model.learning import Question
from stratagem.engine.complete.facts import StrategyFacts
from stratagem.engine.complete.figures import PopulationFacts, percent, shown
from stratagem.engine.complete.finding import Figure, Table, Verdict, each, lack, met, not_measured, partly
from stratagem.engine.complete.framework import DataJudges
from stratagem.engine.graph.references import node_id

measured = DataJudges()


@measured("ICP2")
def our_share(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """Our customers in each ideal segment, beside its population."""
    return each(facts.ideal, lambda g: _share(people, g), not_measured("our share of the market"))


def _share(people: PopulationFacts, group: Plan_) -> Verdict:
    ours = people.group(group.name)
    if ours is None or group.market is None or group.market.population is None:
        return not_measured(f"our share of the market of {group.name}")
    population = float(group.market.population.value)
    share = ours / population if population else None
    text = f"{percent(share)}: {ours:,} of {shown(population)}"
    return met().measured(Figure(name=f"{group.name}: our share", value=share, text=text))


@measured("ICP8")
def contacts(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """How many contacts per customer the plan makes."""
    if people.plan is None:
        return not_measured("contacts per customer")
    mean, most = people.plan.contacts_mean, people.plan.contacts_most
    return met().measured(
        Figure(name="contacts per customer, on average", value=mean, text=shown(mean)),
        Figure(name="contacts per customer, at most", value=most, text=shown(most)),
    )


@measured("ICP9")
def answers(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """How many answers there are, and how they spread over segments."""
    asked = [q for q in facts.strategy.questions if q.answers is not None]
    return each(asked, lambda q: _answers(people, q), not_measured("answers to questions"))


def _answers(people: PopulationFacts, question: Question) -> Verdict:
    source, _, field = str(question.answers).partition(".")
    found = people.answers(source, field)
    if found is None:
        return not_measured(f"answers to {question.name}")
    figure = Figure(name=f"{question.name}: answers", value=found.count, text=f"{found.count:,}")
    if not found.count:
        return partly(lack("unanswered", question, node_id("question", question.name))).measured(figure)
    groups = [(name, shown(count)) for name, count in found.by_group.items()]
    spread = [(name, shown(count)) for name, count in found.spread.items()]
    tables = (
        Table(title=f"{question.name}: answers by segment", columns=("segment", "answers"), rows=tuple(groups)),
        Table(title=f"{question.name}: what was answered", columns=("answer", "customers"), rows=tuple(spread)),
    )
    return met().measured(figure, tables=tables)


@measured("ICP11")
def lift(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """Measured lift needs outcomes of those acted on and those held out."""
    return not_measured("measured lift of each action, once there are outcomes")
