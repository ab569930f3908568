"""Whether a line may stand in a block, as it is written or nearly, and what blocks it opens.

In: a line and a block's name, or `cases`, `conditions` or `rows` for lines that are no statements. Out: yes or no; the
kinds of lines that may stand below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from stratagem.dsl.catalogue import below, first_words
from stratagem.dsl.catalogue.statement import Statement
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.grammar.driver import Refused, read
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.match import Attempt, Tokens, attempt
from stratagem.dsl.parse.statements import best_fits

CASES, CONDITIONS, ROWS = "cases", "conditions", "rows"
"""Kinds of lines that are no statements, in place of a block's name."""

OF_SEVERAL = frozenset(("all", "any", "none", "both", "each", "either", "neither", "one"))
"""Words that bring together the conditions below them, with `of` behind them or without."""
_POINTING = frozenset(("of", "these", "those", "them", "the", "following", "are", "is", "true", "hold", "apply", ":"))
"""Words behind them that say no more."""


def fits(line: Line, block: str) -> bool:
    """Is the line whole and sound as one of this block (or as a case, a condition, a row)."""
    return _fits(line.text, block)


@lru_cache(maxsize=20_000)
def _fits(text: str, block: str) -> bool:
    run = tokens(text)
    if not run:
        return False
    if block == CASES:
        marks = [n for n, token in enumerate(run) if token.kind == "WHEN"]
        if run[-1].kind == "OTHERWISE":
            return len(run) > 1 and _sound(run[:-1])
        if run[0].kind == "OTHERWISE":
            return _sound(run[1:])  # `otherwise 1`
        return bool(marks) and 0 < marks[0] < len(run) - 1 and _sound(run[: marks[0]])
    if block == CONDITIONS:
        return run[0].kind == "BLOCK" or (_sound(run) and run[0].kind != "NUMBER")
    if block == ROWS:
        return len(run) > 1 and not isinstance(read(run, "row_line"), Refused)
    found = best_fits(block, run)
    if not found or not found[0].complete:
        return False
    best = found[0]
    return all(
        end - start > 0 and (run[end - 1].kind == "BLOCK" or _sound(run[start:end]))
        for slot, start, end in best.captured
        if slot.kind in ("condition", "formula")
    )


def _sound(run: Tokens) -> bool:
    return not isinstance(read(run, "formula"), Refused)


def opens(line: Line, block: str) -> tuple[str, ...]:
    """What the lines below a line may be."""
    run = tokens(line.text)
    statements = block not in (CASES, CONDITIONS, ROWS) and bool(line.children)
    found = best_fits(block, run) if statements else ()
    if statements and run and not (found and found[0].complete):
        return _kinds(_by_children(line, block, found), run)
    return _opens(line.text, block)


@lru_cache(maxsize=20_000)
def _opens(text: str, block: str) -> tuple[str, ...]:
    run = tokens(text)
    if block in (CASES, CONDITIONS):
        several = bool(run) and (run[0].kind == "BLOCK" or run[0].text in OF_SEVERAL)
        group = several and all(token.text in _POINTING for token in run[1:])
        return (CONDITIONS,) if group or (run and run[-1].kind == "BLOCK") else ()
    return _kinds(best_fits(block, run) if block != ROWS else (), run)


def _kinds(found: Sequence[Attempt], run: Tokens) -> tuple[str, ...]:
    """What the best of some attempts at a line has below it."""
    if not found or not (found[0].complete or found[0].words or found[0].statement.opens):
        return ()
    statement: Statement = found[0].statement
    kinds = [CONDITIONS] if run[-1].kind == "BLOCK" else []
    if statement.tail == "formula" and not any(slot.name == "formula" for slot, _, _ in found[0].captured):
        kinds.append(CASES)
    if statement.children == "rows":
        kinds.append(ROWS)
    elif statement.opens:
        kinds.append(statement.opens)
    return tuple(kinds)


def _by_children(line: Line, block: str, found: tuple[Attempt, ...]) -> tuple[Attempt, ...]:
    """The attempts at a faulty head, that first which takes most of the lines below it (`segment` for `segments`)."""
    head = tokens(line.text)[0].text.lower()
    like = [s for s in below(block) if s.opens and first_words(s) and near(head, [first_words(s)[0]])]
    run = tokens(line.text)
    own = [fit.statement for fit in found[:1]]
    tried = [*found[:1], *(attempt(s, run) for s in like if s not in own)]
    opened = [fit.statement.opens for fit in tried]
    takes = [sum(fits(child, kind) for child in line.children[:30]) if kind else 0 for kind in opened]
    best = max(takes, default=0)
    if not own and best and not tried[takes.index(best)].words:  # its first word is misspelt
        tried[takes.index(best)].words = 1
    return (tried[takes.index(best)],) if best > (takes[0] if own else 0) else found
