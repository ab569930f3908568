"""Six capabilities (CAP1 to CAP6), and whether customer information and functions are integrated (INT1 to INT6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.base import Declared, Part
from stratagem.dsl.model.business import Objective
from stratagem.dsl.model.data import Group
from stratagem.dsl.model.means import Resource
from stratagem.dsl.substance import says_something
from stratagem.engine.complete.can_fire import Place
from stratagem.engine.complete.facts import SELLING, SERVICE, SHOWN, StrategyFacts
from stratagem.engine.complete.finding import (
    Status,
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

BOUGHT = ("purchase", "multiple_purchase", "loyalty")
PROSPECTING = ("selling", "marketing", "newsletter")


def _claimed(facts: StrategyFacts, verdict: Verdict, *words: str) -> Verdict:
    """An action that only says it is of this capability makes a gap partly."""
    claims = [a for a in facts.strategy.actions if a.capability in words]
    if verdict.status != Status.MISSING or not claims:
        return verdict
    said = (evidence(f"{a.name} says it is of this capability", a) for a in claims)
    return replace(verdict, status=Status.PARTLY).seen(*said)


def _shown(actions: Iterable[Action], what: str) -> Verdict:
    return met(*(evidence(f"action {a.name} {what}", a) for a in actions))


@declared("CAP1")
def value_management(facts: StrategyFacts) -> Verdict:
    """A value and tiers by it, which an action or the rank reads."""
    if not facts.strategy.values or not facts.value_tiers:
        return _claimed(facts, missing(lack("value")), "value_management")
    nodes = [node_id("value", v.name) for v in facts.strategy.values]
    readers = set().union(*(facts.readers(n) for n in nodes))
    actions = [a for a in facts.strategy.actions if node_id("action", a.name) in readers]
    if actions or "rank" in facts.kinds(readers):
        return _shown(actions, "depends on what a customer is worth")
    return partly(lack("read", facts.strategy.main_value, nodes[0]))


@declared("CAP2")
def prospecting(facts: StrategyFacts) -> Verdict:
    """An action that can fire before the first purchase."""
    stages = facts.before_purchase()
    found = facts.firing(facts.of_kind(*PROSPECTING), Place(stages=stages), SHOWN) if stages else []
    if found:
        return _shown(found, "can fire before the first purchase")
    return _claimed(facts, missing(lack("action", stages=", ".join(stages) or "aware")), "prospecting")


@declared("CAP3")
def selling(facts: StrategyFacts) -> Verdict:
    """An offer that is sold at the first purchase."""
    found = _first_sellers(facts)
    if found:
        return _shown(found, "sells at the first purchase")
    stages = ", ".join(_about_to_buy(facts)) or "aware"
    return _claimed(facts, missing(lack("action", stages=stages)), "selling")


def _about_to_buy(facts: StrategyFacts) -> tuple[str, ...]:
    """Stages from which a move leads to a purchase, and those that are one."""
    purchase = facts.stages_of("purchase")
    before = facts.before_purchase()
    leading = {m.source.name for m in facts.can.standing.moves if m.target.name in purchase}
    return (*(s for s in before if s in leading), *purchase)


def _first_sellers(facts: StrategyFacts) -> list[Action]:
    stages = _about_to_buy(facts)
    sellers = [a for a in facts.of_kind(*SELLING) if a.offers]
    return facts.firing(sellers, Place(stages=stages), SHOWN) if stages else []


@declared("CAP4")
def intelligence(facts: StrategyFacts) -> Verdict:
    """A question whose answer a rule reads."""
    found = [q for q in facts.strategy.questions if (a := facts.answer_id(q)) and facts.feeds_a_rule(a)]
    if found:
        return met(*(evidence(f"a rule reads the answers to {q.name}", q) for q in found))
    return _claimed(facts, missing(lack("question")), "intelligence")


@declared("CAP5")
def development(facts: StrategyFacts) -> Verdict:
    """An offer to existing customers other than those with which they came."""
    stages = facts.stages_of(*BOUGHT)
    before = facts.before_purchase()
    sellers = [a for a in facts.of_kind(*SELLING) if a.offers]
    came_with = {r.name for a in (facts.firing(sellers, Place(stages=before)) if before else []) for r in a.offers}
    found = [
        a
        for a in (facts.firing(sellers, Place(stages=stages)) if stages else [])
        if {r.name for r in a.offers} - came_with
    ]
    if found:
        return _shown(found, "sells existing customers something else")
    return _claimed(facts, missing(lack("action", stages=", ".join(stages) or "buyer")), "development")


@declared("CAP6")
def service_and_retention(facts: StrategyFacts) -> Verdict:
    """A service action that can fire, and a goal that aims at retention."""
    service = facts.firing(facts.of_kind(*SERVICE), at_most=SHOWN)
    goals = facts.aiming("retention")
    parts = [
        _shown(service, "serves customers") if service else missing(lack("service")),
        met(*(evidence(f"goal {g.name} aims at retention", g) for g in goals))
        if goals
        else missing(lack("goal", by=facts.next_year)),
    ]
    return _claimed(facts, together(parts, missing()), "service", "retention")


@declared("INT1")
def integrated(facts: StrategyFacts) -> Verdict:
    """Two or more sources meet in one customer identity."""
    customer = facts.strategy.customer
    meeting = [s for s in facts.strategy.sources if s.shape in ("one", "many") and s.key is not None]
    if customer is not None and len(meeting) >= 2:
        return met(*(evidence(f"{s.name} has the customer's {s.key}", s) for s in meeting))
    identity = str(customer.identified_by) if customer and customer.identified_by else "customer_id"
    gap = lack("sources", customer, identity=identity)
    return partly(gap) if meeting and customer else missing(gap)


@declared("INT2")
def relations(facts: StrategyFacts) -> Verdict:
    """A group of customers is declared, and a rule reads it."""
    groups = facts.strategy.customer.groups if facts.strategy.customer else ()
    found = [g for g in groups if _read_group(facts, g)]
    if found:
        return met(*(evidence(f"a rule reads group {g.name}", g) for g in found))
    if not groups:
        return missing(lack("group", facts.strategy.customer))
    return partly(*(lack("read", g, node_id("group", g.name)) for g in groups))


def _read_group(facts: StrategyFacts, group: Group) -> bool:
    deciding = {"action", "segment", "tiers", "move", "hurdle", "offer", "channel", "policy", "rank"}
    return bool(facts.kinds(facts.readers(node_id("group", group.name))) & deciding)


@declared("INT3")
def functions(facts: StrategyFacts) -> Verdict:
    """Every function that the business names owns an action or a touchpoint."""
    return each(facts.strategy.business.functions, lambda f: _involved(facts, f), missing(lack("functions")))


def _involved(facts: StrategyFacts, function: str) -> Verdict:
    touchpoints = facts.strategy.journey.touchpoints if facts.strategy.journey else ()
    owned: list[Part] = [a for a in facts.strategy.actions if a.owner is not None and a.owner.name == function]
    owned += [t for t in touchpoints if t.owner is not None and t.owner.name == function]
    if owned:
        return met(evidence(f"{function} owns {len(owned)} actions or touchpoints", owned[0]))
    unowned = next((a.name for a in facts.strategy.actions if a.owner is None), None)
    action = unowned or next((a.name for a in facts.strategy.actions), "reminder")
    return missing(lack("idle", function=function, action=action))


@declared("INT4")
def vision(facts: StrategyFacts) -> Verdict:
    """A vision that names an objective about customers: one that a goal, measured over customers, follows from."""
    found = facts.strategy.business.vision
    objectives = facts.strategy.business.objectives
    first = objectives[0].name if objectives else "retention"
    if found is None or not says_something(found.text):
        return missing(lack("vision", found, objective=first))
    named = {r.name for r in found.objectives}
    followed = [o for o in objectives if o.name in named and _followed(facts, o)]
    if followed:
        return met(*(evidence(f"the vision names {o.name}, and a goal follows from it", found) for o in followed))
    if not named:
        return partly(lack("vision", found, objective=first))
    return partly(lack("goal", found, objective=sorted(named)[0], by=facts.next_year))


def _followed(facts: StrategyFacts, objective: Objective) -> bool:
    return any(g.measured_by is not None for g in facts.supporting(objective))


@declared("INT5")
def enabler(facts: StrategyFacts) -> Verdict:
    """Each technology serves an action or a channel."""
    technology = [r for r in facts.strategy.resources.resources if r.kind == "technology"]
    return each(technology, lambda r: _enables(facts, r), not_applicable("no technology is declared"))


def _enables(facts: StrategyFacts, resource: Resource) -> Verdict:
    users: list[Declared] = [a for a in facts.strategy.actions if any(r.name == resource.name for r in a.uses)]
    users += [c for c in facts.strategy.channels if any(r.name == resource.name for r in c.uses)]
    if not users:
        return missing(lack("idle", resource, node_id("resource", resource.name)))
    return met(*(evidence(f"{i.name} uses {resource.name}", i) for i in users))


@declared("INT6")
def several_channels(facts: StrategyFacts) -> Verdict:
    """A rule reads through which channels a customer answers, or what a declared field says of it."""
    theirs = ["field:outcomes.channel"]
    for source in facts.strategy.sources:
        theirs += [facts.field_id(source, f) for f in source.fields if f.type.kind == Kind.CHANNEL]
    read = [n for n in theirs if facts.feeds_a_rule(n)]
    if read:
        return met(*(evidence(f"a rule reads {n.removeprefix('field:')}") for n in read))
    if facts.feeds_a_rule("field:contacts.channel"):
        return partly(lack("theirs"))
    return missing(lack("read"))
