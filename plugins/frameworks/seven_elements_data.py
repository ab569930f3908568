"""The seven elements, with data: what is known, whether goals are on their way, how old and how filled the data is."""

from __future__ import annotations

from datetime import date

from stratagem.dsl.model.data import Source, SourceField
from stratagem.dsl.model.learning import Question
from stratagem.dsl.model.means import Goal
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
)
from stratagem.engine.complete.framework import DataJudges
from stratagem.engine.graph.references import node_id

measured = DataJudges()


@measured("SEV3")
def known(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """For what share of customers the main value is known."""
    value = facts.strategy.main_value
    share = people.known(value.name) if value else None
    if value is None or share is None:
        return not_measured("for what share of customers the value is known")
    figure = Figure(name=f"{value.name}: known for", value=share, text=percent(share))
    if share >= KNOWN_FOR_MOST:
        return met().measured(figure)
    gap = lack("unknown", value, node_id("value", value.name), share=percent(share))
    return (missing if share < KNOWN_FOR_FEW else partly)(gap).measured(figure)


@measured("SEV4")
def on_track(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """Each goal: on track, behind, reached or missed. How it goes lowers nothing: the goal is as specific as before."""
    return each(facts.strategy.goals, lambda g: _track(facts, people, g), not_measured("how the goals stand"))


def _track(facts: StrategyFacts, people: PopulationFacts, goal: Goal) -> Verdict:
    value = people.metric(goal.measured_by.name) if goal.measured_by else None
    if value is None or goal.target is None or goal.baseline is None or goal.by is None:
        return not_measured(f"how goal {goal.name} stands")
    start, target = _figure(goal.baseline), _figure(goal.target)
    due = _due(goal, facts.today, start, target)
    rising = target >= start
    reached = value >= target if rising else value <= target
    in_step = value >= due if rising else value <= due
    if goal.by.value < facts.today:
        state = "reached" if reached else "missed"
    else:
        state = "reached" if reached else "on track" if in_step else "behind"
    text = f"{state}: {_shown(goal, value)} now, {_shown(goal, due)} due, {_shown(goal, target)} by {goal.by.value}"
    return met().measured(Figure(name=goal.name, value=value, text=text))


def _figure(literal: object) -> float:
    amount = getattr(literal, "amount", None)
    return float(amount if amount is not None else getattr(literal, "value", 0))


def _shown(goal: Goal, value: float) -> str:
    return percent(value) if type(goal.target).__name__ == "Share" else shown(value)


def _due(goal: Goal, today: date, start: float, target: float) -> float:
    """What the last milepost that has passed asks for; the baseline before the first, the target after the end."""
    if goal.by.value < today:
        return target
    passed = [m for m in goal.mileposts if m.by.value <= today]
    return _figure(max(passed, key=lambda m: m.by.value).value) if passed else start


@measured("SEV6")
def age_of_answers(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """How old the answers are."""
    asked = [q for q in facts.strategy.questions if q.answers is not None]
    return each(asked, lambda q: _age(people, q), not_measured("how old the answers are"))


def _age(people: PopulationFacts, question: Question) -> Verdict:
    source, _, field = str(question.answers).partition(".")
    found = people.answers(source, field)
    if found is None or found.median_age is None:
        return not_measured(f"how old the answers to {question.name} are")
    text = f"{shown(found.median_age)} days in the middle, {shown(found.oldest)} at most"
    figure = Figure(name=f"{question.name}: age of answers", value=found.median_age, text=text)
    retired = question.retired_after
    if retired is None:
        return met().measured(figure)
    limit = float(retired.seconds) / 86_400 if retired.family == "days" else float(retired.months) * 365 / 12
    if found.median_age <= limit:
        return met().measured(figure)
    gap = lack("stale", question, node_id("question", question.name), retired=f"{shown(limit)} days")
    return partly(gap).measured(figure)


@measured("SEV7")
def filled(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """How filled and how fresh each needed field is; one that is empty is a gap."""
    fields = list(facts.needed())
    found = each(fields, lambda pair: _filled(facts, people, *pair), not_measured("how filled the needed fields are"))
    rows = []
    for source, field in fields:
        figures = people.field(source.name, field.name)
        if figures is not None:
            rows.append((f"{source.name}.{field.name}", percent(figures.filled), str(figures.newest or "no date")))
    table = Table(title="Needed fields", columns=("field", "filled", "newest row"), rows=tuple(rows))
    return found.measured(tables=[table]) if rows else found


def _filled(facts: StrategyFacts, people: PopulationFacts, source: Source, field: SourceField) -> Verdict:
    figures = people.field(source.name, field.name)
    if figures is None:
        return not_measured(f"how filled {source.name}.{field.name} is")
    if figures.rows and figures.filled > 0:
        return met()
    return missing(lack("empty", source, facts.field_id(source, field), field=field.name))
