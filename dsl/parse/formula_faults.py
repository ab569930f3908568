"""Why a run of tokens is no formula: the diagnostic for the token that did not fit."""

from __future__ import annotations

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.grammar.driver import Refused
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.match import Tokens


def explain(line: Line, run: Tokens, refused: Refused) -> Diagnostic:
    """The diagnostic for a refused formula."""
    at = run[min(refused.index, len(run) - 1)]
    return Diagnostic("S150", line.place(at.start, at.end), {"seen": at.text})
