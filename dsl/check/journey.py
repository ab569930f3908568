"""The journey: stages that can be reached and left, moves that say when, hurdles that someone works on."""

from __future__ import annotations

from stratagem.dsl.check.context import Context
from stratagem.dsl.check.sources import field_of
from stratagem.dsl.diagnostics.diagnostic import Label
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.journey import STEPS, Journey, Move, Stage


def journey(c: Context) -> None:
    """The one journey of the strategy."""
    found = c.strategy.journey
    if found is None:
        return
    if not found.stages:
        c.findings.add("S447", found.at, name=found.name)
        return
    _moves(c, found)
    _steps(c, found)
    _start(c, found)


def _moves(c: Context, found: Journey) -> None:
    seen: dict[tuple[str, str, str], Move] = {}
    for move in found.moves:
        if move.source.name == move.target.name:
            c.findings.add("S440", move.target.at, name=move.target.name)
        condition = move.condition.text if move.condition is not None else ""
        key = (move.source.name, move.target.name, condition)
        if key in seen:
            label = Label(seen[key].at, "said here already")
            c.findings.add("S444", move.at, labels=[label], source=move.source.name, target=move.target.name)
        seen.setdefault(key, move)


def reach(c: Context) -> None:
    """Which stages moves lead to, from the first one or wherever `starts in` may put a customer."""
    found = c.strategy.journey
    if found is None or not found.stages or any(m.source.name == m.target.name for m in found.moves):
        return
    first = found.stages[0].name
    reached, waiting = {first}, [first]
    while waiting:
        place = waiting.pop()
        for move in found.moves:
            if move.source.name == place and move.target.name not in reached:
                reached.add(move.target.name)
                waiting.append(move.target.name)
    for later in found.stages[1:]:
        if later.name not in reached and found.starts_in is None:
            c.findings.add("S441", later.at, name=later.name, first=first)
    leaving = {move.source.name for move in found.moves}
    for stage in found.stages[:-1]:
        if stage.name not in leaving:
            c.findings.add("S442", stage.at, name=stage.name)


def _steps(c: Context, found: Journey) -> None:
    """The five steps in their order."""
    before: Stage | None = None
    for stage in found.stages:
        if stage.step is None:
            continue
        if before is not None and STEPS.index(stage.step) < STEPS.index(before.step or STEPS[0]):
            label = Label(before.at, f"`{before.name}` is {before.step}")
            c.findings.add("S443", stage.at, labels=[label], name=stage.name, step=stage.step)
        before = stage


def _start(c: Context, found: Journey) -> None:
    field = field_of(c, found.starts_in) if found.starts_in else None
    if found.starts_in is None or field is None:
        return
    label = Label(field.at, f"`{field.name}` is declared here")
    if field.type.kind not in (Kind.TEXT, Kind.CHOICE, Kind.MISSING):
        c.findings.add("S448", found.starts_in.at, labels=[label], name=field.name, kind=field.type.kind.value)
    strange = [o for o in field.type.options if found.position(o) < 0]
    if strange:
        c.findings.add("S449", found.starts_in.at, labels=[label], name=field.name, strange=", ".join(strange))


def hurdles(c: Context) -> None:
    """Every hurdle is overcome by an action."""
    worked_on = {ref.name for action in c.strategy.actions for ref in action.overcomes}
    for hurdle in c.strategy.hurdles:
        if hurdle.name not in worked_on:
            c.findings.add("S446", hurdle.at, name=hurdle.name)
