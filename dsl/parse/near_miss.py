"""Words and literals that are nearly right."""

from __future__ import annotations

from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.match import Tokens
from stratagem.dsl.parse.slots import Report


def check_line(line: Line, run: Tokens, report: Report) -> None:
    """Report what the language does not know in a line, once."""
