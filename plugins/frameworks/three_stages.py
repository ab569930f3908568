"""Three stages: segments with objectives, the customer base as an asset, tactics; and the means to see it through."""

from __future__ import annotations

from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.facts import Metric, Plan_
from stratagem.dsl.model.means import Change, Matrix, Tactic
from stratagem.dsl.substance import says_something
from stratagem.engine.complete import amounts
from stratagem.engine.complete.can_fire import Place
from stratagem.engine.complete.facts import SHOWN, StrategyFacts
from stratagem.engine.complete.finding import (
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
from stratagem.plugins.frameworks import three_stages_data

declared = Judges()

ACQUIRING = ("acquisition",)
KEEPING = ("retention", "service", "advocacy")
CHANGES = ("culture", "organisation", "process")


@declared("STG1")
def objectives(facts: StrategyFacts) -> Verdict:
    """An objective, and a metric with target and date, for everyone who is served."""
    return each(facts.served, lambda g: _objective(facts, g), missing(lack("served")))


def _objective(facts: StrategyFacts, group: Plan_) -> Verdict:
    kind, node, by = facts.kind_of(group), facts.group_id(group), facts.next_year
    wanted = [o for o in group.objectives if says_something(o.text)]
    aimed = [m for m in group.metrics if _aimed(m)]
    firm = facts.strategy.business.objectives
    lacks = []
    if not wanted:
        lacks.append(lack("objective", group, node, kind=kind, objective=firm[0].name if firm else "growth"))
    if not group.metrics:
        lacks.append(lack("metric", group, node, kind=kind, by=by))
    elif not aimed:
        lacks.append(lack("target", group, node, kind=kind, by=by, **_wanting(facts, group.metrics[0])))
    if not lacks:
        return met(*(evidence(f"{group.name}: an objective, and {m.name} with a target", m) for m in aimed))
    return (partly if wanted or group.metrics else missing)(*lacks)


def _wanting(facts: StrategyFacts, metric: Metric) -> dict[str, str]:
    """A metric without a target, and a target of its kind."""
    return {"metric": metric.name, "figure": amounts.target(facts.strategy, metric)}


def _aimed(metric: Metric) -> bool:
    return metric.target is not None and metric.target.value is not None and metric.target.by is not None


@declared("STG2")
def asset(facts: StrategyFacts) -> Verdict:
    """The matrix has one side by what customers are worth to us, the other by what we are worth to them."""
    return each(facts.strategy.matrices, lambda m: _sides(facts, m), missing(lack("matrix")))


def _sides(facts: StrategyFacts, matrix: Matrix) -> Verdict:
    by_value = {t.name for t in facts.value_tiers}
    sides = {matrix.rows.name, matrix.columns.name}
    node = node_id("matrix", matrix.name)
    lacks = [] if sides & by_value else [lack("ours", matrix, node)]
    if not sides - by_value:
        lacks.append(lack("theirs", matrix, node))
    if lacks:
        return partly(*lacks)
    return met(evidence(f"{matrix.name} sets {matrix.rows} against {matrix.columns}", matrix))


@declared("STG3")
def tactics(facts: StrategyFacts) -> Verdict:
    """Actions that can fire for every served segment and in every cell that a customer can be in, or a reason."""
    if not facts.served and not facts.strategy.matrices:
        return missing(lack("served"))
    groups = [_acted_on(facts, g) for g in facts.served]
    cells = [_cell(facts, m, row, column) for m in facts.strategy.matrices for row, column in _cells(facts, m)]
    return together([*groups, *(c for c in cells if c is not None)], missing(lack("served")))


def _acted_on(facts: StrategyFacts, group: Plan_) -> Verdict:
    actions = [a for a in facts.strategy.actions if facts.admits(a, group)]
    firing = facts.firing(actions, Place(members=(group.name,)), at_most=SHOWN)
    if firing:
        return met(evidence(f"{', '.join(a.name for a in firing)} can fire for {group.name}", group))
    return missing(lack("action", group, facts.group_id(group), kind=facts.kind_of(group)))


def _cells(facts: StrategyFacts, matrix: Matrix) -> list[tuple[str, str]]:
    blocks = {t.name: t.tiers for t in facts.strategy.tiers}
    rows, columns = blocks.get(matrix.rows.name, ()), blocks.get(matrix.columns.name, ())
    return [(r.name, c.name) for r in rows for c in columns]


def _cell(facts: StrategyFacts, matrix: Matrix, row: str, column: str) -> Verdict | None:
    """None for a cell that no customer can be in."""
    place = Place(members=(row, column))
    tactic = next((t for t in matrix.tactics if {t.row.name, t.column.name} == {row, column}), None)
    if tactic is None:
        if not facts.can.occupied(place):
            return None
        return missing(lack("cell", matrix, node_id("matrix", matrix.name), row=row, column=column))
    return _tactic(facts, matrix, tactic, place)


def _tactic(facts: StrategyFacts, matrix: Matrix, tactic: Tactic, place: Place) -> Verdict:
    words = {"row": tactic.row.name, "column": tactic.column.name, "name": matrix.name}
    node = node_id("tactic", f"{matrix.name}.{tactic.row.name}.{tactic.column.name}")
    if tactic.nothing:
        if says_something(tactic.because):
            return met(evidence(f"{tactic.row}, {tactic.column}: nothing, with a reason", tactic))
        return missing(lack("reason", tactic, node, **words))
    actions = [a for r in tactic.actions if (a := facts.strategy.action(r.name)) is not None]
    idle = [a for a in actions if not facts.fires(a, place)]
    lacks = [lack("never", tactic, node, action=a.name, why=facts.fires(a, place).why, **words) for a in idle]
    if not actions:
        return missing(lack("cell", tactic, node, **words))
    if not lacks:
        return met(evidence(f"{tactic.row}, {tactic.column}: {', '.join(a.name for a in actions)}", tactic))
    return (missing if len(idle) == len(actions) else partly)(*lacks)


@declared("STG4")
def proportion(facts: StrategyFacts) -> Verdict:
    """What acquiring and what keeping customers costs is known."""
    sides = [_side(facts, "acquisition", ACQUIRING), _side(facts, "retention", KEEPING)]
    return together(sides, missing())


def _side(facts: StrategyFacts, aim: str, aims: tuple[str, ...]) -> Verdict:
    actions = list({a.name: a for g in facts.aiming(*aims) for a in facts.serving(g)}.values())
    if not actions:
        return missing(lack("side", aim=aim))
    return each(actions, lambda a: _costed(facts, a), missing())


def _costed(facts: StrategyFacts, action: Action) -> Verdict:
    """Known when the action says its cost, or each channel that goes out for it does."""
    outbound = [c for r in action.channels if (c := facts.strategy.channel(r.name)) is not None and c.outbound]
    if action.costs is not None or (outbound and all(c.costs is not None for c in outbound)):
        return met(evidence(f"what {action.name} costs is known", action))
    if action.channels and not outbound:
        return met(evidence(f"{action.name} is shown to who comes by, at no cost a contact", action))
    return missing(lack("cost", action, node_id("action", action.name)))


@declared("STG5")
def leadership(facts: StrategyFacts) -> Verdict:
    """An accountable owner, and a goal and an action that run beyond the current quarter."""
    header, end, by = facts.strategy.header, facts.quarter_end, facts.next_year
    owner = met(evidence("the strategy has an owner", header))
    goals = [g for g in facts.strategy.goals if g.by is not None and g.by.value > end]
    lasting = [a for a in facts.strategy.actions if a.ends is None or a.ends.value > end]
    actions = facts.firing(lasting, at_most=SHOWN)
    return together(
        [
            owner if says_something(header.owner) else missing(lack("owner", header)),
            met(*(evidence(f"goal {g.name} runs to {g.by.value}", g) for g in goals))
            if goals
            else missing(lack("goal", quarter_end=end, by=by)),
            met(*(evidence(f"action {a.name} runs on", a) for a in actions))
            if actions
            else missing(lack("action", quarter_end=end)),
        ],
        missing(),
    )


@declared("STG6")
def changes(facts: StrategyFacts) -> Verdict:
    """A change of each kind with owner and date, and none overdue."""
    verdicts = []
    for kind in CHANGES:
        found = [c for c in facts.strategy.resources.changes if c.kind == kind]
        if not found:
            verdicts.append(missing(lack("kind", kind=kind, by=facts.next_year)))
        verdicts += [_change(facts, c) for c in found]
    verdicts += [_change(facts, c) for c in facts.strategy.resources.changes if c.kind not in CHANGES]
    return together(verdicts, missing())


def _change(facts: StrategyFacts, change: Change) -> Verdict:
    node = node_id("change", change.name)
    absent = [name for name, part in (("owner", change.owner), ("date", change.by)) if part is None]
    if absent:
        words = {"kind": change.kind, "by": facts.next_year, "lacking": " and its ".join(absent)}
        return partly(lack("lacking", change, node, **words))
    if change.done is None and change.by.value < facts.today:
        return partly(lack("overdue", change, node, kind=change.kind, due=change.by.value, today=facts.today))
    return met(evidence(f"{change.name}, a change of {change.kind}, is owned and dated", change))


framework = Framework.from_toml(__package__ or "", "three_stages.toml", [declared], [three_stages_data.measured])
