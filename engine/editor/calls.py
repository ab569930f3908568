"""Help while a function is being called: its arguments, and which of them the cursor is in.

In: the lines of a file and a place. Out: the call around the place, or None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stratagem.dsl.functions import FUNCTIONS, Function
from stratagem.engine.editor.cursor import cursor_at


@dataclass(frozen=True)
class Call:
    """A call that is open at the cursor, and the number of the argument being written, from 0."""

    function: Function
    argument: int


def call_at(lines: Sequence[str], line: int, column: int) -> Call | None:
    """The innermost call of a function that the cursor stands in."""
    cursor = cursor_at(lines, line, column)
    if cursor.inside:
        return None
    depth = argument = 0
    for at in range(len(cursor.run) - 1, -1, -1):
        token = cursor.run[at]
        if token.kind == "RIGHT":
            depth += 1
        elif token.kind == "COMMA" and depth == 0:
            argument += 1
        elif token.kind == "LEFT":
            before = cursor.run[at - 1] if at else None
            if depth == 0:
                function = FUNCTIONS.get(before.text) if before is not None and before.kind == "NAME" else None
                if function is not None:
                    return Call(function, argument)
                argument = 0
            else:
                depth -= 1
    return None
