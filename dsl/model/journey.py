"""The journey: stages, the moves between them, hurdles and touchpoints."""

from __future__ import annotations

from stratagem.dsl.model.base import Declared, Formula, Literal_, Part, Ref

STEPS = ("aware", "trial", "purchase", "multiple_purchase", "loyalty")


class Stage(Declared):
    step: str | None = None
    """One of STEPS."""


class Hurdle(Declared):
    """What holds customers back at a move. kind: perception, process, product."""

    kind: str
    condition: Formula | None = None


class Move(Part):
    """`move A to B when …`."""

    source: Ref
    target: Ref
    condition: Formula | None = None
    hurdles: tuple[Hurdle, ...] = ()


class Touchpoint(Part):
    when: str
    """before, during, after."""
    text: str
    stage: Ref
    channel: Ref
    owner: Ref | None = None
    answers_within: Literal_ = None


class Journey(Declared):
    stages: tuple[Stage, ...] = ()
    moves: tuple[Move, ...] = ()
    touchpoints: tuple[Touchpoint, ...] = ()
    starts_in: Ref | None = None
    """A field `name` or `source.name` that holds a stage's name."""

    def position(self, stage: str) -> int:
        """The stage's place in order, from 0; -1 when there is none of that name."""
        return next((i for i, s in enumerate(self.stages) if s.name == stage), -1)

    def forward(self, move: Move) -> bool:
        """Does the move lead to a later stage."""
        return self.position(move.target.name) > self.position(move.source.name)
