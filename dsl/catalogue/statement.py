"""A statement of the language, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from stratagem.dsl.record import record

Tail = Literal["none", "when", "when?", "formula", "= formula"]
"""What ends the line: nothing more; `when CONDITION` (wanted, or allowed); `= FORMULA` or cases below; `= FORMULA`."""

Children = Literal["none", "statements", "tiers", "rows"]
"""What may stand below: nothing, statements that name this one in `under`, tiers (statements that start with their
name), rows. Cases and conditions below a line come with its tail, not with this."""

TOP = "strategy file"
"""The `under` of statements that stand at the left edge."""


@record(slots=False, eq=False)
class Statement:
    """One form a line may have.

    `id` is the block and the statement, `action.rests`. `under`: the blocks it may stand in, or TOP; `opens`: the
    block that the lines below it are in ("" when none may stand there). `pattern`: literal words and typed slots, see
    the module `pattern`. `fills`: the field of the parent's model class; "" when each slot fills the parent's field of
    its own name. `builds`: the model class it makes, None when its only slot (or its condition or formula) is the
    field's value. `sets`: fields with a value that the form itself says. `once`: may stand once below one parent.
    `example` is a whole line (with the lines below that it needs).
    """

    id: str
    under: tuple[str, ...]
    pattern: str
    meaning: str
    example: str
    opens: str = ""
    fills: str = ""
    builds: str | None = None
    once: bool = False
    tail: Tail = "none"
    children: Children = "none"
    sets: Mapping[str, object] = field(default_factory=dict)
    label: bool = False
    """Its `label` slot is wanted; a line without it is a warning."""
    hoists: bool = False
    """Its condition belongs to the line above it: `when …` on a line of its own."""
