"""A formula on the line below its statement, where only cases may stand: it belongs behind the statement.

In: the statement's line and the one line below it. Out: the formula, once it is reported with what is to be written;
None where the line below is no formula. A spreadsheet's `IF(a; b; c)` is read as `b if a else c`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.expressions.syntax import Syntax
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.formulas import read_formula
from stratagem.dsl.parse.joined import OneLine
from stratagem.dsl.parse.mend.phrases import SHEET_IF
from stratagem.dsl.parse.near_miss import check_line
from stratagem.dsl.parse.slots import Report


def formula_below(head: Line, line: Line, report: Report) -> Syntax | None:
    """The formula of the line, reported as the other half of its statement."""
    if line.odd or line.children or any(token.kind in ("WHEN", "OTHERWISE") for token in tokens(line.text)):
        return None
    for text in _readings(line.text):
        read = OneLine(line, line.copied(text=text, children=[]))
        found: list[Diagnostic] = []
        formula = read_formula(read, check_line(read, tokens(text), found.append), found.append)
        if formula is not None and not found:
            report(Diagnostic("S124", line.span, {"mended": text}, fixes=(_behind(head, line, text),)))
            return formula
    return None


def _readings(text: str) -> Iterator[str]:
    """The text as it stands, without the `=` that belongs behind the statement, and with its `if` as it is written."""
    bare = text.lstrip("=: ")
    yield bare
    if re.fullmatch(SHEET_IF[0], bare):
        yield re.sub(*SHEET_IF, bare)


def _behind(head: Line, line: Line, text: str) -> Fix:
    end = head.place(len(head.text), len(head.text))
    title = f"Write: {head.text} = {text}"
    if head.comment is None and line.first == head.last + 1:
        return Fix(title, (Edit(end.to(line.span), f" = {text}"),))
    return Fix(title, (Edit(end, f" = {text}"), Edit(line.span, "")))
