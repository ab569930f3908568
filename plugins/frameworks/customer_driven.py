"""The customer-driven company: channels that listen, data that is chosen, answers that are used."""

from __future__ import annotations

from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.data import Source, SourceField
from stratagem.dsl.model.learning import Question
from stratagem.dsl.model.means import Channel
from stratagem.dsl.substance import says_something
from stratagem.engine.complete.facts import StrategyFacts
from stratagem.engine.complete.finding import (
    Evidence,
    Status,
    Verdict,
    each,
    evidence,
    lack,
    merged,
    met,
    missing,
    partly,
)
from stratagem.engine.complete.framework import Framework, Judges
from stratagem.engine.graph.references import node_id

declared = Judges()


@declared("CDC1")
def listening(facts: StrategyFacts) -> Verdict:
    """One inbound channel through which a question is asked, or an event met and answered, is enough."""
    inbound = [c for c in facts.strategy.channels if not c.outbound]
    if not inbound:
        return missing(lack("inbound"))
    heard = [e for c in inbound for e in _captured(facts, c)]
    if heard:
        return met(*heard)
    return partly(*(lack("captured", c, node_id("channel", c.name)) for c in inbound[:1]))


def _captured(facts: StrategyFacts, channel: Channel) -> list[Evidence]:
    asked = [
        evidence(f"question {q.name} is asked through {channel.name}, its answers are kept in {q.answers}", q)
        for q in facts.strategy.questions
        if q.channel is not None and q.channel.name == channel.name and q.answers is not None
    ]
    journey = facts.strategy.journey
    answered = [
        evidence(f"a touchpoint at {t.stage} comes through {channel.name} and is answered in time", t)
        for t in (journey.touchpoints if journey else ())
        if t.channel.name == channel.name and t.answers_within is not None
    ]
    return [*asked, *answered]


@declared("CDC2")
def chosen(facts: StrategyFacts) -> Verdict:
    """Every declared field is used, and what is personal has a purpose."""
    fields = [(s, f) for s in facts.strategy.sources for f in s.fields]
    if not fields:
        return missing(lack("sources"))
    aimless = [(s, f) for s, f in fields if _aimless(facts, s, f)]
    unused = [(s, f) for s, f in fields if not facts.used(s, f)]
    lacks = [lack("purpose", f, facts.field_id(s, f), source=s.name) for s, f in aimless]
    lacks += [lack("unused", f, facts.field_id(s, f), source=s.name) for s, f in unused]
    grounds = [evidence(f"{len(fields) - len(unused)} of {len(fields)} declared fields are used")]
    if not lacks:
        return met(*grounds)
    worst = aimless or len(unused) == len(fields)
    return (missing if worst else partly)(*lacks, grounds=grounds)


def _aimless(facts: StrategyFacts, source: Source, field: SourceField) -> bool:
    """Personal data (said to be, matched on, or an address) without a purpose."""
    if field.personal_for is not None:
        return not says_something(field.personal_for)
    customer = facts.strategy.customer
    matched = customer is not None and any(r.name == field.name for r in customer.matched_on)
    addresses = {c.address.name.rpartition(".")[2] for c in facts.strategy.channels if c.address}
    return matched or (source.shape == "one" and field.name in addresses)


@declared("CDC3")
def used_to_improve(facts: StrategyFacts) -> Verdict:
    """Each learning item feeds a rule; one action improves a product or service and is driven by what was learnt."""
    questions = facts.strategy.questions
    fed = each(questions, lambda q: _feeds(facts, q), missing(lack("questions")))
    driven = [a for a in facts.strategy.actions if a.improves in ("product", "service") and _driven(facts, a)]
    shown = [evidence(f"action {a.name} improves a {a.improves}, driven by what customers told us", a) for a in driven]
    answers = next((str(q.answers) for q in questions if q.answers is not None), "survey_answers.reason")
    better = met(*shown) if driven else missing(lack("improves", answers=answers))
    if fed.status == better.status:
        return merged(fed.status, [fed, better])
    return merged(Status.PARTLY, [fed, better])


def _feeds(facts: StrategyFacts, question: Question) -> Verdict:
    node = facts.answer_id(question)
    if node is None:
        return missing(lack("recorded", question, node_id("question", question.name)))
    if not facts.feeds_a_rule(node):
        return missing(lack("unread", question, node_id("question", question.name), answers=question.answers))
    return met(evidence(f"the answers to {question.name} are read by a rule", question))


def _driven(facts: StrategyFacts, action: Action) -> bool:
    told = facts.read_by(node_id("action", action.name)) & facts.learnt()
    return bool(told) and bool(facts.fires(action))


framework = Framework.from_toml(__package__ or "", "customer_driven.toml", [declared], [])
