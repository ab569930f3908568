"""What is wrong with a line that fits no statement of its block, and what it was most likely meant to be."""

from __future__ import annotations

from dataclasses import dataclass

from stratagem.dsl.catalogue.statement import Statement
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lines.line import Line
from stratagem.dsl.nodes import Node
from stratagem.dsl.parse.match import Attempt, Captured, Tokens


@dataclass(frozen=True)
class Fault:
    """The one diagnostic for a line, and the statement it is read as all the same (None: it is left out)."""

    diagnostic: Diagnostic
    guess: Statement | None = None
    captured: Captured = ()


def line_fault(line: Line, run: Tokens, block: str, parent: Node | None, best: Attempt | None) -> Fault:
    """Judge a line that fits nothing whole."""
    return Fault(Diagnostic("S130", line.span, {"line": line.text[:80], "reached": best and best.reached, "wanted":best and best.wanted}), best.statement if best else None, best.captured if best else ())
