"""Seven elements: alignment, customer, value, goals, resources, learning, information; and why a strategy at all."""

from __future__ import annotations

from datetime import date

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.business import Objective
from stratagem.dsl.model.data import Source
from stratagem.dsl.model.facts import CustomerValue
from stratagem.dsl.model.learning import Question
from stratagem.dsl.model.means import Goal, Resource
from stratagem.dsl.substance import plain, says_something
from stratagem.engine.complete import amounts
from stratagem.engine.complete.facts import SHOWN, StrategyFacts
from stratagem.engine.complete.finding import (
    Lack,
    Table,
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
from stratagem.plugins.frameworks import seven_elements_data

declared = Judges()

BUILT_IN = ("contacts", "decisions", "outcomes", "stage_moves")
"""Sources that every strategy has; nobody needs to say where they are kept."""
MONTHS_AHEAD = 12


@declared("SEV1")
def aligned(facts: StrategyFacts) -> Verdict:
    """How the firm earns money, objectives with figure and date, and goals that support them."""
    business, goals, by = facts.strategy.business, facts.strategy.goals, facts.next_year
    earns = met(evidence("the business says how it earns money", business))
    if not says_something(business.earns) or plain(business.earns) == plain(business.model):
        earns = missing(lack("earns", business))
    first = business.objectives[0].name if business.objectives else "growth"
    firm = each(business.objectives, lambda o: _objective(facts, o), missing(lack("objectives", by=by)))
    supported = each(goals, lambda g: _supports(facts, g, first), missing(lack("goals", by=by, objective=first)))
    return together([earns, firm, supported], missing())


def _objective(facts: StrategyFacts, objective: Objective) -> Verdict:
    moves = objective.target is not None and objective.target != objective.baseline
    if moves and objective.by is not None:
        return met(evidence(f"objective {objective.name} has a figure and a date", objective))
    return missing(lack("figure", objective, node_id("objective", objective.name), by=facts.next_year))


def _supports(facts: StrategyFacts, goal: Goal, objective: str) -> Verdict:
    known = {o.name for o in facts.strategy.business.objectives}
    if {r.name for r in goal.supports} & known:
        return met(evidence(f"goal {goal.name} supports {', '.join(str(r) for r in goal.supports)}", goal))
    return missing(lack("supports", goal, node_id("goal", goal.name), objective=objective))


@declared("SEV2")
def customer(facts: StrategyFacts) -> Verdict:
    """One definition of who is a customer, with an identity that a source has."""
    found = facts.strategy.customer
    if found is None:
        return missing(lack("customer"))
    known = any(s.key is not None or s.by_row_number for s in facts.strategy.sources if s.shape in ("one", "many"))
    if (found.identified_by is None and not found.by_row_number) or not known:
        return partly(lack("identity", found))
    return met(evidence(f"{found.name} is defined, and identified by {found.identified_by or 'row number'}", found))


@declared("SEV3")
def value(facts: StrategyFacts) -> Verdict:
    """The main value reads money from transactions and subtracts money."""
    found = facts.strategy.main_value
    if found is None:
        return missing(lack("value"))
    node = node_id("value", found.name)
    earned = facts.money_fields(facts.read_by(node))
    parts = [
        met(evidence(f"{found.name} reads {', '.join(earned)}", found))
        if earned
        else missing(lack("earned", found, node)),
        met(evidence(f"{found.name} subtracts a cost", found))
        if _subtracts(facts, found)
        else missing(lack("cost", found, node)),
    ]
    return together(parts, missing())


def _subtracts(facts: StrategyFacts, found: CustomerValue) -> bool:
    """Is money taken away somewhere on the way to the value: money that is not always nothing."""
    names = {n.partition(":")[2] for n in facts.read_by(node_id("value", found.name))} | {found.name}
    formulas = [m.formula.expr for m in facts.strategy.measures if m.name in names]
    formulas += [v.formula.expr for v in facts.strategy.values if v.name in names]
    return any(_takes_away(facts, part) for formula in formulas for part in formula.walk())


def _takes_away(facts: StrategyFacts, part: tree.Expr) -> bool:
    if isinstance(part, tree.Arithmetic) and part.op == "-":
        return _money(part.left) and _money(part.right) and facts.can.number(part.right) != 0
    return isinstance(part, tree.Negative) and _money(part) and facts.can.number(part.operand) != 0


def _money(expr: tree.Expr) -> bool:
    return expr.type.kind == Kind.MONEY


@declared("SEV4")
def goals(facts: StrategyFacts) -> Verdict:
    """Each goal: metric, baseline, target, date, an action that can fire and serves it, and mileposts on the way."""
    return each(facts.strategy.goals, lambda g: _goal(facts, g), missing(lack("goals", by=facts.next_year)))


def _goal(facts: StrategyFacts, goal: Goal) -> Verdict:
    node, by = node_id("goal", goal.name), facts.next_year
    lacks = [] if goal.measured_by is not None else [lack("metric", goal, node)]
    parts = (("where it stands", goal.baseline), ("where it is to be", goal.target), ("by when", goal.by))
    absent = [name for name, part in parts if part is None]
    first, last = amounts.way(facts.strategy, goal)
    if absent:
        lacks.append(lack("figures", goal, node, lacking=", ".join(absent), by=by, first=first, last=last))
    elif goal.baseline == goal.target:
        lacks.append(lack("still", goal, node, by=by, first=first, last=last))
    firing = facts.firing(facts.serving(goal), at_most=SHOWN)
    if not firing:
        lacks.append(lack("action", goal, node))
    lacks += _mileposts(facts, goal)
    if not lacks:
        return met(evidence(f"goal {goal.name} is specific, measured and worked on by {firing[0].name}", goal))
    bare = goal.measured_by is None and len(absent) == len(parts) and not firing
    return (missing if bare else partly)(*lacks)


def _mileposts(facts: StrategyFacts, goal: Goal) -> list[Lack]:
    """A milepost in this quarter and in this year, unless the goal ends sooner."""
    days = [m.by.value for m in goal.mileposts if m.by is not None]
    year_start = date(facts.today.year, 1, 1)
    periods = (("quarter", facts.quarter_start, facts.quarter_end), ("year", year_start, facts.year_end))
    for name, start, end in periods:
        ends_sooner = goal.by is not None and goal.by.value <= end
        if not ends_sooner and not any(start <= day <= end for day in days):
            half_way = amounts.between(facts.strategy, goal, end)
            node = node_id("goal", goal.name)
            return [lack("milepost", goal, node, period=name, until=end, half_way=half_way)]
    return []


@declared("SEV5")
def resources(facts: StrategyFacts) -> Verdict:
    """People, processes, software and hardware, each with both costs, each used."""
    found = facts.strategy.resources.resources
    kinds = {
        "people": [r for r in found if r.kind == "people"],
        "process": [r for r in found if r.kind == "process"],
        "software": [r for r in found if r.technology == "software"],
        "hardware": [r for r in found if r.technology == "hardware"],
    }
    return together([each(rs, lambda r: _resource(facts, r), missing(lack(k))) for k, rs in kinds.items()], missing())


def _resource(facts: StrategyFacts, resource: Resource) -> Verdict:
    node = node_id("resource", resource.name)
    absent = [n for n, cost in (("at first", resource.once), ("month by month", resource.ongoing)) if cost is None]
    lacks = [lack("cost", resource, node, lacking=" and ".join(absent))] if absent else []
    users = facts.users_of(resource)
    if not users:
        lacks.append(lack("idle", resource, node))
    if not lacks:
        return met(evidence(f"{resource.name} has its costs and is used by {', '.join(users)}", resource))
    return (missing if len(absent) == 2 and not users else partly)(*lacks)


@declared("SEV6")
def learning(facts: StrategyFacts) -> Verdict:
    """Each question: what is asked, how it is captured, how often, when retired; an agenda by month follows."""
    found = each(facts.strategy.questions, _question, missing(lack("questions")))
    agenda = _agenda(facts)
    return found.measured(tables=[agenda]) if agenda.rows else found


def _question(question: Question) -> Verdict:
    parts = {
        "what it asks for": question.asks,
        "through which channel it is asked": question.channel,
        "which field takes the answers": question.answers,
        "how often it is asked": question.every,
        "when an answer is retired": question.retired_after,
    }
    absent = [name for name, part in parts.items() if not part]
    if not absent:
        return met(evidence(f"question {question.name} is asked, kept, asked again and retired", question))
    gap = lack("lacking", question, node_id("question", question.name), lacking=", ".join(absent))
    return (missing if len(absent) == len(parts) else partly)(gap)


def _agenda(facts: StrategyFacts) -> Table:
    """What is asked in each of the coming twelve months, each question first this month."""
    rows = []
    for ahead in range(MONTHS_AHEAD):
        year, month = divmod(facts.today.year * 12 + facts.today.month - 1 + ahead, 12)
        asked = [q.name for q in facts.strategy.questions if q.every is not None and ahead % _months(q) == 0]
        if asked:
            rows.append((f"{year}-{month + 1:02}", ", ".join(asked)))
    return Table(title="Learning agenda", columns=("month", "ask"), rows=tuple(rows))


def _months(question: Question) -> int:
    """How many months lie between two askings, at least one."""
    every = question.every
    months = every.months if every.family == "months" else every.seconds / (30 * 86_400)
    return max(1, int(months))


@declared("SEV7")
def information(facts: StrategyFacts) -> Verdict:
    """Where each needed field comes from, is kept, who owns it, how it is joined and with whom it is shared."""
    needed = {s.name for s, _ in facts.needed()}
    sources = [s for s in facts.strategy.sources if s.name in needed]
    known = each(sources, _source, missing(lack("sources")))
    homeless = sorted(_unsourced(facts))
    gaps = [lack("unsourced", None, node_id("field", f), field=f, plain=f.rpartition(".")[2]) for f in homeless]
    return together([known, merged(missing().status, [missing(*gaps)])], missing()) if gaps else known


def _source(source: Source) -> Verdict:
    parts = {
        "where it comes from": says_something(source.file),
        "where it is kept": says_something(source.kept_in),
        "who owns it": says_something(source.owner),
        "how it is joined to the customer": source.key is not None or source.by_row_number,
        "with whom it is shared": bool(source.shared_with),
    }
    absent = [name for name, there in parts.items() if not there]
    if not absent:
        return met(evidence(f"{source.name}: where from, where kept, whose, how joined, with whom shared", source))
    gap = lack("lacking", source, node_id("source", source.name), lacking=", ".join(absent))
    return (partly if len(absent) <= 2 else missing)(gap)


def _unsourced(facts: StrategyFacts) -> set[str]:
    """Fields that something reads and no source declares."""
    declared_fields = {facts.field_id(s, f) for s in facts.strategy.sources for f in s.fields}
    read = {n for n in facts.graph if facts.graph.nodes[n].get("kind") == "field"} - declared_fields
    names = {n.removeprefix("field:") for n in read}
    return {n for n in names if n.partition(".")[0] not in BUILT_IN}


@declared("SEV8")
def reasons(facts: StrategyFacts) -> Verdict:
    """The business block says why a strategy is needed."""
    business = facts.strategy.business
    if not business.reasons:
        return missing(lack("because", business))
    return met(evidence(f"because of {', '.join(business.reasons)}", business))


framework = Framework.from_toml(__package__ or "", "seven_elements.toml", [declared], [seven_elements_data.measured])
