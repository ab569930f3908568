"""The customer service strategy: whom we want, what we promise them, what it takes, and what holds us back."""

from __future__ import annotations

from stratagem.dsl.model.business import Obstacle
from stratagem.dsl.model.facts import Plan_, Tiers
from stratagem.dsl.substance import plain, repeated, says_something
from stratagem.engine.complete.can_fire import Place
from stratagem.engine.complete.facts import SHOWN, StrategyFacts
from stratagem.engine.complete.finding import Verdict, each, evidence, lack, met, missing, partly, together
from stratagem.engine.complete.framework import Framework, Judges
from stratagem.engine.graph.references import node_id
from stratagem.plugins.frameworks import service_strategy_data

declared = Judges()

NEXT_WEEK = 7
SERVED = missing(lack("served"))


@declared("CSS1")
def wanted(facts: StrategyFacts) -> Verdict:
    """Tiers by value, most profitable first, and someone who is not served."""
    blocks = facts.value_tiers
    if not blocks:
        return missing(lack("tiers"))
    ordered = [t for t in blocks if _from_most_to_least(facts, t)]
    order = met(*(evidence(f"{t.name} runs from the most to the least profitable", t) for t in ordered))
    if not ordered:
        order = missing(lack("order", blocks[0], node_id("tiers", blocks[0].name)))
    unserved = [g for g in facts.strategy.treated if g.stance == "do_not_serve"]
    choice = met(*(evidence(f"{g.name} is not served", g) for g in unserved))
    if not unserved:
        last = blocks[0].tiers[-1] if blocks[0].tiers else None
        choice = missing(lack("unserved", last, node_id("tiers", blocks[0].name), name=last.name if last else "least"))
    return together([order, choice], missing())


def _from_most_to_least(facts: StrategyFacts, tiers: Tiers) -> bool:
    """`top` and `next` first, then falling thresholds, then what lies below."""
    levels: list[tuple[int, float]] = []
    for tier in tiers.tiers:
        place = {"top": 0, "next": 1, "from": 2, "below": 3, "otherwise": 4}[tier.bound]
        floor = facts.can.number(tier.threshold.expr) if tier.threshold is not None else None
        levels.append((place, -(floor or 0.0)))
    return len(levels) > 1 and levels == sorted(levels) and [p for p, _ in levels].count(3) < 2


@declared("CSS2")
def portraits(facts: StrategyFacts) -> Verdict:
    """Attitudes, perceptions, behaviour and a need for everyone who is served."""
    return each(facts.served, lambda g: _portrait(facts, g), SERVED)


def _portrait(facts: StrategyFacts, group: Plan_) -> Verdict:
    found = group.portrait
    texts = {name: getattr(found, name) if found else "" for name in ("attitudes", "perceptions", "behaviour")}
    twice = repeated(texts.values())
    lacking = [name for name, text in texts.items() if not says_something(text) or plain(text) in twice]
    if found is None or not found.needs:
        lacking.append("a need")
    if not lacking:
        return met(evidence(f"{group.name} has its portrait", found))
    gap = lack("portrait", group, facts.group_id(group), kind=facts.kind_of(group), lacking=", ".join(lacking))
    return (missing if len(lacking) == len(texts) + 1 else partly)(gap)


@declared("CSS3")
def placed(facts: StrategyFacts) -> Verdict:
    """Everyone starts at the first stage; moves must be able to bring customers to every other."""
    journey = facts.strategy.journey
    if journey is None or len(journey.stages) < 2:
        return missing(lack("journey"))
    reached = facts.can.standing.reachable
    names = [s.name for s in journey.stages]
    lost = [
        lack("reach", s, node_id("stage", s.name), before=names[max(n - 1, 0)])
        for n, s in enumerate(journey.stages)
        if s.name not in reached
    ]
    grounds = [evidence(f"{len(reached)} of {len(names)} stages can be reached", journey)]
    if len(reached) == 1:
        return missing(*lost, grounds=grounds)
    return partly(*lost, grounds=grounds) if lost else met(*grounds)


@declared("CSS4")
def promises(facts: StrategyFacts) -> Verdict:
    """A promise to everyone who is served, of their own, and what changes in it."""
    same = repeated(g.proposition for g in facts.served)
    return each(facts.served, lambda g: _promise(facts, g, same), SERVED)


def _promise(facts: StrategyFacts, group: Plan_, same: frozenset[str]) -> Verdict:
    kind, node = facts.kind_of(group), facts.group_id(group)
    changes = [*group.earns_loyalty_by, *(p.text for p in group.stage_propositions)]
    telling = [c for c in changes if says_something(c) and plain(c) != plain(group.proposition)]
    stated = says_something(group.proposition)
    lacks = [] if stated else [lack("proposition", group, node, kind=kind)]
    if not telling:
        lacks.append(lack("change", group, node, kind=kind))
    if not stated and not telling:
        return missing(*lacks)
    if plain(group.proposition) in same:
        lacks.append(lack("same", group, node, kind=kind))
    return partly(*lacks) if lacks else met(evidence(f"{group.name} is promised something, and more with time", group))


@declared("CSS5")
def customised(facts: StrategyFacts) -> Verdict:
    """A level of customisation and its cost, for everyone who is served."""
    return each(facts.served, lambda g: _customisation(facts, g), SERVED)


def _customisation(facts: StrategyFacts, group: Plan_) -> Verdict:
    found, kind, node = group.customisation, facts.kind_of(group), facts.group_id(group)
    if found is None:
        return missing(lack("level", group, node, kind=kind))
    if found.cost is None:
        return partly(lack("cost", group, node, kind=kind, level=found.level))
    return met(evidence(f"{group.name}: {found.level}, with its cost", found))


@declared("CSS6")
def worth_of_loyalty(facts: StrategyFacts) -> Verdict:
    """A value that reads something about the customer, and a journey that ends in loyalty."""
    value = facts.strategy.main_value
    reads = value is not None and "field" in facts.kinds(facts.read_by(node_id("value", value.name)))
    measured = met(evidence(f"{value.name} is what a customer is worth", value)) if value and reads else missing()
    if not reads:
        measured = missing(lack("value", value))
    stages = facts.stages_of("loyalty")
    journey = met(evidence(f"{', '.join(stages)}: the loyal stage", facts.strategy.journey))
    return together([measured, journey if stages else missing(lack("journey"))], missing())


@declared("CSS7")
def time_and_money(facts: StrategyFacts) -> Verdict:
    """A budget, and people with their hours."""
    means = facts.strategy.resources
    budgets = [b for b in means.budgets if b.amount.amount.amount > 0]
    money = met(*(evidence(f"budget {b.name}", b) for b in budgets)) if budgets else missing(lack("budget"))
    staff = [r for r in means.resources if r.kind == "people"]
    with_hours = [r for r in staff if r.hours is not None and r.hours.amount.value > 0]
    if with_hours:
        time = met(*(evidence(f"{r.name} with their hours", r) for r in with_hours))
    elif staff:
        time = partly(*(lack("hours", r, node_id("resource", r.name)) for r in staff))
    else:
        time = missing(lack("staff"))
    return together([money, time], missing())


@declared("CSS8")
def next_week(facts: StrategyFacts) -> Verdict:
    """An action that can fire within seven days, with nothing left to pay for technology."""
    actions = facts.strategy.actions
    ready = facts.firing(actions, Place(within_days=NEXT_WEEK, paid_technology=True), SHOWN)
    if ready:
        return met(*(evidence(f"action {a.name} can start now", a) for a in ready))
    waiting = facts.firing(actions, Place(within_days=NEXT_WEEK), 1)
    if not waiting:
        return missing(lack("nothing"))
    first = waiting[0]
    uses = [*first.uses, *(r for c in first.channels if (k := facts.strategy.channel(c.name)) for r in k.uses)]
    unpaid = [t.name for t in facts.can.technology(tuple(uses)) if not facts.can.paid(t)]
    return partly(lack("technology", first, node_id("action", first.name), technology=unpaid[0] if unpaid else ""))


@declared("CSS9")
def obstacles(facts: StrategyFacts) -> Verdict:
    """What keeps us from starting is named, and someone removes it by a date with something declared."""
    return each(facts.strategy.business.obstacles, lambda o: _obstacle(facts, o), missing(lack("none")))


def _obstacle(facts: StrategyFacts, obstacle: Obstacle) -> Verdict:
    lacks = [] if says_something(obstacle.text) else [lack("text", obstacle)]
    parts = (("owner", obstacle.owner), ("date", obstacle.by), ("remedy", obstacle.remedy))
    absent = [name for name, found in parts if found is None]
    if absent:
        lacks.append(lack("lacking", obstacle, lacking=" and its ".join(absent)))
    idle = _idle(facts, obstacle.remedy.name) if obstacle.remedy else ""
    if obstacle.remedy and idle:
        lacks.append(lack("idle", obstacle, remedy=obstacle.remedy.name, why=idle))
    if not lacks:
        return met(evidence(f"{obstacle.remedy} removes it, by {obstacle.owner}", obstacle))
    return (missing if len(absent) == len(parts) else partly)(*lacks)


def _idle(facts: StrategyFacts, remedy: str) -> str:
    """Why the action or change cannot carry the remedy out; empty when it can."""
    action = facts.strategy.action(remedy)
    if action is not None:
        firing = facts.fires(action)
        return "" if firing else firing.why
    known = any(c.name == remedy for c in facts.strategy.resources.changes)
    return "" if known else "no action or change has that name"


framework = Framework.from_toml(
    __package__ or "", "service_strategy.toml", [declared], [service_strategy_data.measured]
)
