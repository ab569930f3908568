"""Stages that say no step, where all others do."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.model.journey import STEPS, Stage

RULE = Rule(
    "L004",
    Text(
        "note",
        "`{name}` says no step",
        "All other stages say which of the five steps to loyalty they are.",
        "Write behind it: is {steps}",
        shows=True,
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """The one stage without a step among three or more."""
    stages = c.strategy.journey.stages if c.strategy.journey is not None else ()
    bare = [number for number, stage in enumerate(stages) if stage.step is None]
    if len(bare) != 1 or len(stages) < 3:
        return
    number, stage = bare[0], stages[bare[0]]
    steps = _between(stages[:number], stages[number + 1 :])
    yield RULE.at(stage.at, fixes=[_said(stage, steps)], name=stage.name, steps=" or ".join(steps) or "STEP")


def _between(before: tuple[Stage, ...], after: tuple[Stage, ...]) -> list[str]:
    """The steps that stand between those of the stages around it, and are no other stage's; else the nearest ones."""
    first = STEPS.index(before[-1].step or STEPS[0]) if before else 0
    last = STEPS.index(after[0].step or STEPS[-1]) if after else len(STEPS) - 1
    taken = {stage.step for stage in (*before, *after)}
    possible = STEPS[first : last + 1]
    return [step for step in possible if step not in taken] or list(possible)


def _said(stage: Stage, steps: list[str]) -> Fix | None:
    if len(steps) != 1:
        return None
    at = stage.place("label").after()
    return Fix(f"Write behind it: is {steps[0]} (this assumes the step that is left)", (Edit(at, f" is {steps[0]}"),))
