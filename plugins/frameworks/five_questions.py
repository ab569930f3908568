"""What a CRM strategy answers: best customers, how to attract, sell to, keep and appease them (ASK1 to ASK5)."""

from __future__ import annotations

from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.facts import Plan_
from stratagem.dsl.model.means import Goal
from stratagem.engine.complete.can_fire import Place
from stratagem.engine.complete.facts import SELLING, SERVICE, SHOWN, StrategyFacts
from stratagem.engine.complete.finding import (
    Status,
    Verdict,
    each,
    evidence,
    lack,
    merged,
    met,
    missing,
    partly,
    together,
)
from stratagem.engine.complete.framework import Framework, Judges
from stratagem.engine.graph.references import node_id
from stratagem.plugins.frameworks import five_questions_data, five_questions_more

declared = Judges()


@declared("ASK1")
def best_customers(facts: StrategyFacts) -> Verdict:
    """A value formula, and tiers made by it."""
    value = facts.strategy.main_value
    if value is None or "field" not in facts.kinds(facts.read_by(node_id("value", value.name))):
        return missing(lack("value", value))
    worth = met(evidence(f"{value.name} is what a customer is worth", value))
    tiers = met(*(evidence(f"{t.name} divides customers by value", t) for t in facts.value_tiers))
    return together([worth, tiers if facts.value_tiers else missing(lack("tiers"))], missing())


@declared("ASK2")
def attract(facts: StrategyFacts) -> Verdict:
    """Actions that can fire at aware or trial for prospects who lead to an ideal segment."""
    ideal = facts.ideal[0].name if facts.ideal else "gold"
    prospects = facts.is_a("prospect")
    if not prospects:
        return missing(lack("prospects", ideal=ideal))
    found = [_attracted(facts, g, ideal) for g in prospects]
    best = [v for v in found if v.status == Status.MET]
    if best:
        return merged(Status.MET, best)
    some = any(v.status == Status.PARTLY for v in found)
    return merged(Status.PARTLY if some else Status.MISSING, found)


def _attracted(facts: StrategyFacts, group: Plan_, ideal: str) -> Verdict:
    kind, node = facts.kind_of(group), facts.group_id(group)
    leads = bool({r.name for r in group.leads_to} & {g.name for g in facts.ideal})
    lacks = [] if leads else [lack("leads", group, node, kind=kind, ideal=ideal)]
    stages = facts.stages_of("aware", "trial")
    actions = [a for a in facts.strategy.actions if facts.admits(a, group) and a.kind not in ("required", *SERVICE)]
    firing = facts.firing(actions, Place(members=(group.name,), stages=stages), SHOWN) if stages else []
    if not firing:
        lacks.append(lack("action", group, node, kind=kind))
    if not lacks:
        return met(*(evidence(f"action {a.name} can fire for {group.name}", a) for a in firing))
    return (missing if len(lacks) == 2 else partly)(*lacks)


@declared("ASK3")
def sell(facts: StrategyFacts) -> Verdict:
    """Selling actions whose offers meet a need of whom they are for, and whose worth can exceed their cost."""
    return each(facts.of_kind(*SELLING), lambda a: _sold(facts, a), missing(lack("selling")))


def _sold(facts: StrategyFacts, action: Action) -> Verdict:
    node = node_id("action", action.name)
    offers = [o for r in action.offers if (o := facts.strategy.offer(r.name)) is not None]
    meets = {r.name for o in offers for r in o.meets}
    groups = [g for g in facts.strategy.treated if any(r.name == g.name for r in action.segments)]
    unmet = [g.name for g in groups if not meets & _needs(g)]
    if not groups and not any(meets & _needs(g) for g in facts.strategy.treated):
        unmet = ["anyone"]
    lacks = [lack("need", action, node, group=name) for name in unmet]
    if not facts.can.exceeds(action):
        lacks.append(lack("worth", action, node))
    if not lacks:
        return met(evidence(f"{action.name} sells what is needed, above its cost", action))
    return (missing if len(lacks) == len(groups or [1]) + 1 else partly)(*lacks)


def _needs(group: Plan_) -> set[str]:
    return {n.name for n in group.portrait.needs} if group.portrait else set()


@declared("ASK4")
def keep(facts: StrategyFacts) -> Verdict:
    """A goal that aims at retention, served by an action that can fire."""
    goals = facts.aiming("retention")
    if not goals:
        return missing(lack("goal", by=facts.next_year))
    found = [_kept(facts, g) for g in goals]
    best = [v for v in found if v.status == Status.MET]
    return merged(Status.MET, best) if best else merged(Status.PARTLY, found)


def _kept(facts: StrategyFacts, goal: Goal) -> Verdict:
    firing = facts.firing(facts.serving(goal), at_most=SHOWN)
    if not firing:
        return missing(lack("action", goal, node_id("goal", goal.name)))
    return met(*(evidence(f"action {a.name} serves {goal.name}", a) for a in firing))


@declared("ASK5")
def unhappy(facts: StrategyFacts) -> Verdict:
    """Unhappy customers are known by what they told us, served, and not sold to."""
    groups = facts.is_a("unhappy")
    return each(groups, lambda g: _appeased(facts, g), missing(lack("segment")))


def _appeased(facts: StrategyFacts, group: Plan_) -> Verdict:
    kind, node = facts.kind_of(group), facts.group_id(group)
    told = list(facts.fields_of(("feedback", "complaints"), facts.read_by(node)))
    place = Place(members=(group.name,))
    service = facts.firing([a for a in facts.of_kind(*SERVICE) if facts.admits(a, group)], place, SHOWN)
    selling = facts.firing(facts.of_kind(*SELLING), place, SHOWN)
    parts = [
        met(evidence(f"{group.name} is known by what customers told us", group))
        if told
        else missing(lack("reads", group, node, kind=kind)),
        met(*(evidence(f"service action {a.name} is for {group.name}", a) for a in service))
        if service
        else missing(lack("service", group, node, kind=kind)),
    ]
    sold = [
        missing(lack("selling", a, node_id("action", a.name), kind=kind, name=group.name, action=a.name))
        for a in selling
    ]
    quiet = met(evidence(f"nothing is sold to {group.name}", group))
    return together([*parts, merged(Status.MISSING, sold) if sold else quiet], missing())


framework = Framework.from_toml(
    __package__ or "",
    "five_questions.toml",
    [declared, five_questions_more.declared],
    [five_questions_data.measured],
)
