"""Reappraising a customer strategy: contacts, questions, reviews, measurement, data and offers (ICP8 to ICP14)."""

from __future__ import annotations

from collections.abc import Iterable

from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.data import Source
from stratagem.dsl.model.facts import Plan_
from stratagem.dsl.model.learning import Question
from stratagem.dsl.model.means import Channel, Offer
from stratagem.dsl.substance import says_something
from stratagem.engine.complete.facts import MARKETING, SELLING, SERVICE, StrategyFacts
from stratagem.engine.complete.finding import (
    Lack,
    Verdict,
    each,
    evidence,
    lack,
    met,
    missing,
    not_applicable,
    partly,
    together,
)
from stratagem.engine.complete.framework import Judges
from stratagem.engine.graph.references import node_id

declared = Judges()

APPROACHES = {"marketing": MARKETING, "selling": SELLING, "service": SERVICE}
UNMEASURED = ("service", "required")
"""Kinds of action that nobody is held out of."""
WORDS = (Kind.TEXT, Kind.CHOICE, Kind.CHANNEL)


@declared("ICP8")
def no_bombardment(facts: StrategyFacts) -> Verdict:
    """Every outbound channel has a limit, and there is one over all of them."""
    if not facts.strategy.channels:
        return missing(lack("channels"))
    outbound = [c for c in facts.strategy.channels if c.outbound]
    if not outbound:
        return not_applicable("no channel goes out to customers")
    overall = [x for p in facts.strategy.policies for x in p.limits if x.scope == "all"]
    all_ = met(*(evidence("a limit over all channels", x) for x in overall)) if overall else missing(lack("all"))
    return together([*(_limited(c) for c in outbound), all_], missing())


def _limited(channel: Channel) -> Verdict:
    if not channel.limits:
        return missing(lack("channel", channel, node_id("channel", channel.name)))
    return met(evidence(f"{channel.name} has a limit", channel.limits[0]))


@declared("ICP9")
def feedback(facts: StrategyFacts) -> Verdict:
    """A question about satisfaction, need or reason through an inbound channel, and one about origin."""
    inbound = {c.name for c in facts.strategy.channels if not c.outbound}
    asked = [q for q in facts.strategy.questions if q.answers is not None and q.channel is not None]
    told = [q for q in asked if {"satisfaction", "need", "reason"} & set(q.asks) and str(q.channel) in inbound]
    origin = [q for q in asked if "origin" in q.asks]
    return together([_asked(told, "feedback"), _asked(origin, "origin")], missing())


def _asked(questions: Iterable[Question], key: str) -> Verdict:
    found = [evidence(f"question {q.name} asks {', '.join(q.asks)}", q) for q in questions]
    return met(*found) if found else missing(lack(key))


@declared("ICP10")
def reviewed(facts: StrategyFacts) -> Verdict:
    """A review interval, a review that is not overdue, and no market note older than the interval."""
    review = facts.strategy.header.reviewed
    if review is None or review.every is None or review.last is None:
        return missing(lack("review", facts.strategy.header, today=facts.today))
    due = facts.later(review.last.value, review.every)
    lacks: list[Lack] = []
    if due < facts.today:
        lacks.append(lack("overdue", review, due=due, today=facts.today))
    for group in facts.strategy.treated:
        lacks += _market_note(facts, group)
    grounds = [evidence(f"the next review is due on {due}", review)]
    return partly(*lacks, grounds=grounds) if lacks else met(*grounds)


def _market_note(facts: StrategyFacts, group: Plan_) -> list[Lack]:
    review = facts.strategy.header.reviewed
    if group.market is None or review is None:
        return []
    words = {"kind": facts.kind_of(group), "name": group.name, "today": facts.today}
    node = facts.group_id(group)
    if group.market.as_of is None:
        return [lack("undated", group.market, node, **words)]
    noted = group.market.as_of.value
    old = facts.later(noted, review.every) < facts.today
    return [lack("old", group.market, node, dated=noted, **words)] if old else []


@declared("ICP11")
def impact(facts: StrategyFacts) -> Verdict:
    """Every action serves a goal and, unless it is service or required, some customers are held out of it."""
    return each(facts.strategy.actions, lambda a: _impact(facts, a), missing(lack("actions")))


def _impact(facts: StrategyFacts, action: Action) -> Verdict:
    node = node_id("action", action.name)
    goal = facts.strategy.goals[0].name if facts.strategy.goals else "fewer_leavers"
    lacks = [] if action.serves else [lack("goal", action, node, goal=goal)]
    if not _held_out(facts, action):
        lacks.append(lack("holdout", action, node))
    if not lacks:
        return met(evidence(f"what {action.name} changes can be told", action))
    return (missing if len(lacks) == 2 else partly)(*lacks)


def _held_out(facts: StrategyFacts, action: Action) -> bool:
    if action.kind in UNMEASURED:
        return True
    own, overall = action.hold_out, facts.strategy.decide.hold_out
    covered = overall is not None and overall.share.value > 0 and (not overall.kinds or action.kind in overall.kinds)
    return (own is not None and own.value > 0) or covered


@declared("ICP12")
def differs(facts: StrategyFacts) -> Verdict:
    """No two served segments get the same actions, and no approach is the same for all."""
    if len(facts.served) < 2:
        return not_applicable("one segment is served") if facts.served else missing(lack("served"))
    sets = {g.name: {name: _admitted(facts, g, kinds) for name, kinds in APPROACHES.items()} for g in facts.served}
    used = [name for name in APPROACHES if any(s[name] for s in sets.values())]
    if not used:
        return missing(lack("actions", facts.served[0], facts.group_id(facts.served[0])))
    lacks = [_alike(facts, g, n, sets) for n, g in enumerate(facts.served)]
    same = [name for name in used if len({s[name] for s in sets.values()}) == 1]
    found = [one for one in lacks if one is not None]
    found += [_kind_alike(facts, name, sets) for name in same]
    if not found:
        return met(evidence(f"{len(sets)} segments, each with actions of its own"))
    return (missing if len(same) == len(used) else partly)(*found)


def _admitted(facts: StrategyFacts, group: Plan_, kinds: tuple[str, ...]) -> frozenset[str]:
    return frozenset(a.name for a in facts.of_kind(*kinds) if facts.admits(a, group))


def _alike(facts: StrategyFacts, group: Plan_, place: int, sets: dict[str, dict[str, frozenset[str]]]) -> Lack | None:
    """The first segment declared before this one that gets the very same actions."""
    other = next((g for g in facts.served[:place] if sets[g.name] == sets[group.name]), None)
    if other is None:
        return None
    return lack("alike", group, facts.group_id(group), kind=facts.kind_of(group), other=other.name)


def _kind_alike(facts: StrategyFacts, approach: str, sets: dict[str, dict[str, frozenset[str]]]) -> Lack:
    first = facts.served[0]
    action = sorted(sets[first.name][approach])[0]
    node = node_id("action", action)
    return lack("kind", facts.strategy.action(action), node, approach=approach, action=action, name=first.name)


@declared("ICP13")
def captured(facts: StrategyFacts) -> Verdict:
    """Transactions with item, date and amount, and behaviour, each read by a rule."""
    return together([_transactions(facts), _behaviour(facts)], missing())


def _transactions(facts: StrategyFacts) -> Verdict:
    found = [s for s in facts.strategy.sources if "transactions" in s.holds and s.shape != "lookup"]
    if not found:
        return missing(lack("transactions"))
    whole = [s for s in found if not _not_held(s)]
    if not whole:
        first = found[0]
        return partly(lack("lacking", first, node_id("source", first.name), lacking=", ".join(_not_held(first))))
    return _read(facts, whole, "what was bought, when and for how much")


def _not_held(source: Source) -> list[str]:
    """Which of item, date and amount no field can hold: something in words beside the key, the dating field, money."""
    keys = {r.name for r in (source.key, source.dated_by) if r is not None}
    rest = [f for f in source.fields if f.name not in keys]
    parts = {
        "what was bought": any(f.type.kind in WORDS for f in rest),
        "when (`dated by`)": source.dated_by is not None,
        "for how much": any(f.type.kind == Kind.MONEY for f in rest),
    }
    return [name for name, there in parts.items() if not there]


def _behaviour(facts: StrategyFacts) -> Verdict:
    found = [s for s in facts.strategy.sources if "behaviour" in s.holds]
    return _read(facts, found, "behaviour") if found else missing(lack("behaviour"))


def _read(facts: StrategyFacts, sources: list[Source], what: str) -> Verdict:
    """Met when a rule reads one of the sources beyond its key."""
    read = [s for s in sources if _is_read(facts, s)]
    if read:
        return met(*(evidence(f"{s.name} holds {what}, and a rule reads it", s) for s in read))
    return partly(*(lack("unread", s, node_id("source", s.name)) for s in sources))


def _is_read(facts: StrategyFacts, source: Source) -> bool:
    fields = [f for f in source.fields if source.key is None or f.name != source.key.name]
    return any(facts.feeds_a_rule(facts.field_id(source, f)) for f in fields) or facts.feeds_a_rule(
        node_id("source", source.name)
    )


@declared("ICP14")
def offers(facts: StrategyFacts) -> Verdict:
    """Each selling action names an offer; each offer has a feature with its benefit and meets a declared need."""
    needs = {n.name for n in facts.strategy.needs}
    sold = [_offers_something(a) for a in facts.of_kind(*SELLING)]
    known = [_offer(o, needs) for o in facts.strategy.offers]
    if not sold or not known:
        return missing(lack("none"), *(one for v in (*sold, *known) for one in v.lacks))
    return together([*sold, *known], missing(lack("none")))


def _offers_something(action: Action) -> Verdict:
    if not action.offers:
        return missing(lack("offer", action, node_id("action", action.name)))
    return met(evidence(f"{action.name} offers {', '.join(str(o) for o in action.offers)}", action))


def _offer(offer: Offer, needs: set[str]) -> Verdict:
    node = node_id("offer", offer.name)
    whole = [f for f in offer.features if says_something(f.text) and says_something(f.benefit)]
    lacks = [] if whole else [lack("feature", offer, node)]
    if not needs & {r.name for r in offer.meets}:
        lacks.append(lack("need", offer, node))
    if not lacks:
        return met(evidence(f"{offer.name} has a feature with its benefit, and meets a need", offer))
    return (missing if len(lacks) == 2 else partly)(*lacks)
