"""The journey: it has stages, in the order of the five steps; where it starts is a stage."""

from __future__ import annotations

from stratagem.dsl.check.context import Context
from stratagem.dsl.check.sources import field_of
from stratagem.dsl.diagnostics.diagnostic import Label
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.journey import STEPS, Journey, Stage


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
    for move in found.moves:
        if move.source.name == move.target.name:
            c.findings.add("S440", move.target.at, name=move.target.name)


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
