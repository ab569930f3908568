"""Stages that no chain of moves leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.model.journey import Journey, Move

RULE = Rule(
    "L001",
    Text(
        "warning",
        "Nobody reaches `{name}`",
        "No chain of moves leads there from `{first}`, where customers start.",
        "Write a move to it: move STAGE to {name} when …",
        shows=True,
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """From the first stage on; where a field says the stage (`starts in`), every stage can be reached. Stages that only
    such a one leads to are said with it."""
    journey = c.strategy.journey
    if journey is None or not journey.stages or journey.starts_in is not None:
        return
    first = journey.stages[0].name
    told = _reached(journey, first)
    for stage in journey.stages:
        if stage.name not in told:
            behind = _reached(journey, stage.name) - told - {stage.name}
            told |= behind | {stage.name}
            back = _turned_back(journey, stage.name)
            labels = [Label(s.at, "and so nobody reaches this one") for s in journey.stages if s.name in behind]
            labels += [Label(move.target.at, "this one leads back") for move in back]
            yield RULE.at(stage.at, labels=labels, fixes=map(_onward(stage.name), back), name=stage.name, first=first)


def _reached(journey: Journey, first: str) -> set[str]:
    reached = {first}
    waiting = [first]
    while waiting:
        place = waiting.pop()
        for move in journey.moves:
            if move.source.name == place and move.target.name not in reached:
                reached.add(move.target.name)
                waiting.append(move.target.name)
    return reached


def _turned_back(journey: Journey, name: str) -> list[Move]:
    """The one move from the stage declared before this one, where it leads back."""
    order = [stage.name for stage in journey.stages]
    at = order.index(name)
    moves = [move for move in journey.moves if move.source.name == order[at - 1]]
    back = [move for move in moves if move.target.name in order[:at]]
    return back if len(moves) == len(back) == 1 else []


def _onward(name: str) -> Callable[[Move], Fix]:
    title = f"Write {name} (this assumes that the move goes on to the next stage)"
    return lambda move: Fix(title, (Edit(move.target.at, name),))
