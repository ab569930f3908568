"""Reappraising a customer strategy: the ideal customer, the market, the experience and the channels (ICP1 to ICP7)."""

from __future__ import annotations

from stratagem.dsl.model.facts import Market, Plan_
from stratagem.dsl.model.journey import Journey, Touchpoint
from stratagem.dsl.model.means import Channel
from stratagem.dsl.substance import plain, repeated, says_something
from stratagem.engine.complete.can_fire import Place
from stratagem.engine.complete.facts import StrategyFacts
from stratagem.engine.complete.figures import percent, shown
from stratagem.engine.complete.finding import (
    Figure,
    Verdict,
    each,
    evidence,
    lack,
    met,
    missing,
    partly,
    together,
)
from stratagem.engine.complete.framework import Framework, Judges
from stratagem.engine.graph.references import node_id
from stratagem.plugins.frameworks import checklist_2_data, checklist_2_more

declared = Judges()

PORTRAIT = ("demographics", "social_grade", "motivation", "places", "associates", "technologies", "spending")
EXPERIENCE = (
    ("aware", "before"),
    ("trial", "before"),
    ("purchase", "during"),
    ("purchase", "after"),
    ("multiple_purchase", "after"),
    ("loyalty", "after"),
)
"""When in the purchase each step's touchpoint stands."""
CONTACTS_A_YEAR = {
    ("repeat", "mass"): (4.0, 260.0),
    ("repeat", "high_value"): (1.0, 104.0),
    ("one_off", "mass"): (1.0, 52.0),
    ("one_off", "high_value"): (1.0, 26.0),
}
"""Least and most contacts a year that the limit over all channels may allow, by the kind of relationship: those who
buy again must be within reach a few times a year and not daily; those who buy once are not followed every week."""


@declared("ICP1")
def ideal_customer(facts: StrategyFacts) -> Verdict:
    """An ideal segment with a whole portrait."""
    return each(facts.ideal, lambda g: _ideal(facts, g), missing(lack("ideal")))


def _ideal(facts: StrategyFacts, group: Plan_) -> Verdict:
    texts = {name: getattr(group.portrait, name) if group.portrait else "" for name in PORTRAIT}
    twice = repeated(texts.values())
    lacking = [name for name, text in texts.items() if not says_something(text) or plain(text) in twice]
    if not lacking:
        return met(evidence(f"{group.name} is ideal and has a whole portrait", group))
    words = {"kind": facts.kind_of(group), "lacking": ", ".join(lacking)}
    return partly(lack("portrait", group, facts.group_id(group), **words))


@declared("ICP2")
def market_size(facts: StrategyFacts) -> Verdict:
    """Population, frequency and price for every ideal segment; the size follows, and whether enough can be sold."""
    return each(facts.ideal, lambda g: _market(facts, g), missing(lack("ideal")))


def _market(facts: StrategyFacts, group: Plan_) -> Verdict:
    market, kind, node = group.market or Market(), facts.kind_of(group), facts.group_id(group)
    sizes = {
        "population": market.population.value if market.population else 0,
        "frequency": facts.per_year(market.frequency) if market.frequency else 0,
        "price": market.price.amount if market.price else 0,
    }
    lacking = [name for name, size in sizes.items() if size <= 0]
    if lacking:
        gap = lack("market", group, node, kind=kind, lacking=", ".join(lacking))
        return (missing if len(lacking) == len(sizes) else partly)(gap)
    population, frequency, price = (float(s) for s in sizes.values())
    size = population * frequency * price
    figure = Figure(name=f"{group.name}: market a year", value=size, text=shown(size, market.price.currency))
    found = met(evidence(f"the market of {group.name} is sized", market)).measured(figure)
    return together([found, _enough(facts, group, market, population * frequency)], found)


def _enough(facts: StrategyFacts, group: Plan_, market: Market, purchases: float) -> Verdict:
    """Is there enough stock of what meets the segment's needs, for the share aimed at."""
    if market.share_aimed_at is None:
        return met()
    needs = {n.name for n in group.portrait.needs} if group.portrait else set()
    offers = [o for o in facts.strategy.offers if needs & {r.name for r in o.meets}]
    needed = purchases * float(market.share_aimed_at.value)
    if not offers or any(o.stock is None for o in offers):
        figure = Figure(
            name=f"{group.name}: purchases a year at {percent(float(market.share_aimed_at.value))}",
            value=needed,
            text=f"{shown(needed)}; no stock limits them",
        )
        return met().measured(figure)
    there = sum(facts.per_year(o.stock) for o in offers)
    figure = Figure(
        name=f"{group.name}: stock a year", value=there, text=f"{shown(there)} for {shown(needed)} purchases"
    )
    if there >= needed:
        return met().measured(figure)
    words = {"kind": facts.kind_of(group), "needed": shown(needed), "there": shown(there)}
    return missing(lack("capacity", group, facts.group_id(group), **words)).measured(figure)


@declared("ICP3")
def competition(facts: StrategyFacts) -> Verdict:
    """Competitors with their reasons, and our own selling point, for every ideal segment."""
    return each(facts.ideal, lambda g: _rivals(facts, g), missing(lack("ideal")))


def _rivals(facts: StrategyFacts, group: Plan_) -> Verdict:
    market = group.market or Market()
    whole = [
        c
        for c in market.competitors
        if says_something(c.text) and says_something(c.because) and says_something(c.attracts_by)
        if plain(c.because) != plain(c.attracts_by)
    ]
    lacking = []
    if not market.competitors:
        lacking.append("competitors")
    elif len(whole) < len(market.competitors):
        lacking.append("why customers buy from each competitor, and how it attracts them")
    if not any(says_something(s) for s in market.selling_points):
        lacking.append("our selling point")
    if not lacking:
        return met(*(evidence(f"a competitor of {group.name} with its reasons", c) for c in whole))
    gap = lack("market", group, facts.group_id(group), kind=facts.kind_of(group), lacking=", ".join(lacking))
    return (missing if not whole and len(lacking) > 1 else partly)(gap)


@declared("ICP4")
def experience(facts: StrategyFacts) -> Verdict:
    """A touchpoint before, during and after purchase, at every step, with a medium, an owner and an answer time."""
    return each(EXPERIENCE, lambda pair: _experience(facts, *pair), missing())


def _experience(facts: StrategyFacts, step: str, time: str) -> Verdict:
    journey = facts.strategy.journey or Journey(name="")
    stages = facts.stages_of(step)
    if not stages:
        return missing(lack("stage", facts.strategy.journey, step=step))
    found = [t for t in journey.touchpoints if t.stage.name in stages and t.when == time]
    found = [t for t in found if says_something(t.text)]
    if not found:
        return missing(
            lack("touchpoint", facts.strategy.journey, node_id("stage", stages[0]), stage=stages[0], time=time)
        )
    whole = [t for t in found if not _lacking(facts, t)]
    if whole:
        return met(*(evidence(f"{time} purchase at {t.stage}", t) for t in whole))
    words = {"stage": found[0].stage.name, "time": time, "lacking": ", ".join(_lacking(facts, found[0]))}
    return partly(lack("lacking", found[0], **words))


def _lacking(facts: StrategyFacts, touchpoint: Touchpoint) -> list[str]:
    channel = facts.strategy.channel(touchpoint.channel.name)
    parts = {
        "a medium (of its channel)": channel.medium if channel else None,
        "an owner": touchpoint.owner,
        "the time within which we answer": touchpoint.answers_within,
    }
    return [name for name, part in parts.items() if part is None]


@declared("ICP5")
def channels(facts: StrategyFacts) -> Verdict:
    """Each channel says how well it is managed; an essential and weak one has a remedy."""
    found = each(facts.strategy.channels, _managed, missing(lack("channels")))
    weak = [c for c in facts.strategy.channels if _weak(c)]
    return missing(*found.lacks, grounds=found.evidence) if weak else found


def _managed(channel: Channel) -> Verdict:
    node = node_id("channel", channel.name)
    if channel.managed is None:
        return missing(lack("managed", channel, node))
    if _weak(channel):
        return missing(lack("weak", channel, node))
    return met(evidence(f"{channel.name} is managed {channel.managed}", channel))


def _weak(channel: Channel) -> bool:
    return channel.essential and channel.managed == "poorly" and not says_something(channel.remedy)


@declared("ICP6")
def relationship(facts: StrategyFacts) -> Verdict:
    """The kind of relationship is declared, and the limit over all channels agrees with it."""
    kind = facts.strategy.business.relationship
    if kind is None or kind.rhythm is None or kind.breadth is None:
        return missing(lack("relationship"))
    said = evidence(f"the relationship is {kind.rhythm}, {kind.breadth}", kind)
    limits = [x for p in facts.strategy.policies for x in p.limits if x.scope == "all" and not x.kinds]
    if not limits:
        return partly(lack("limit"), grounds=[said])
    tightest = min(limits, key=lambda x: facts.per_year(x.rate))
    allowed = facts.per_year(tightest.rate)
    least, most = CONTACTS_A_YEAR[kind.rhythm, kind.breadth]
    figure = Figure(name="contacts a year that the limits allow", value=allowed, text=shown(allowed))
    if least <= allowed <= most:
        return met(said, evidence("the limit over all channels agrees with it", tightest)).measured(figure)
    words = {"rhythm": kind.rhythm, "breadth": kind.breadth, "allowed": shown(allowed)}
    gap = lack("disagrees", tightest, least=shown(least), most=shown(most), **words)
    return partly(gap, grounds=[said]).measured(figure)


@declared("ICP7")
def techniques(facts: StrategyFacts) -> Verdict:
    """At least one action that can fire at every stage at which a served segment's customers can be."""
    if facts.strategy.journey is None or not facts.strategy.journey.stages:
        return missing(lack("journey"))
    return each(facts.served, lambda g: _techniques(facts, g), missing(lack("served")))


def _techniques(facts: StrategyFacts, group: Plan_) -> Verdict:
    kind, node = facts.kind_of(group), facts.group_id(group)
    stages = facts.strategy.journey.stages if facts.strategy.journey else ()
    places = [Place(members=(group.name,), stages=(s.name,), lasting=True) for s in stages]
    there = [p for p in places if facts.can.occupied(p)]
    if not there:
        return missing(lack("nobody", group, node, kind=kind))
    actions = [a for a in facts.strategy.actions if facts.admits(a, group)]
    idle = [p for p in there if not any(facts.fires(a, p) for a in actions)]
    if not idle:
        return met(evidence(f"{group.name} has an action at each of {len(there)} stages", group))
    names = ", ".join(p.stages[0] for p in idle if p.stages)
    gap = lack("action", group, node, kind=kind, stages=names)
    return (missing if len(idle) == len(there) else partly)(gap)


framework = Framework.from_toml(
    __package__ or "",
    "checklist_2.toml",
    [declared, checklist_2_more.declared],
    [checklist_2_data.measured],
)
