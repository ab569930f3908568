"""What a cursor stands in: which block, which line above it opened that, which words stand before it.

In: the lines of a file and a place. Out: a `Cursor`. It reads no more than the block up to the cursor, so what stands
after it, or elsewhere in the file, may be as wrong as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from stratagem.dsl.catalogue.statement import TOP, Statement
from stratagem.dsl.grammar.words import Token, tokens
from stratagem.dsl.lines import read_lines
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.match import Tokens
from stratagem.dsl.parse.statements import best_fits
from stratagem.dsl.source import SourceText
from stratagem.engine.editor.pieces import piece_at

Mode = Literal["statements", "cases", "conditions", "rows", "nothing"]
"""What the lines of a block are."""
MARK = "zq"
"""Stands where the cursor is, so that there always is a word there."""
FURTHEST = 400
"""Lines below the cursor that are looked at for what the block says already."""
_WORD = re.compile(r"[^\W]*\Z")
_BLOCK = "BLOCK"


@dataclass(frozen=True)
class Above:
    """A line above the cursor's, one step further out: the statement it is, as far as one can tell."""

    line: Line
    statement: Statement | None
    run: Tokens
    block: str


@dataclass(frozen=True)
class Cursor:
    """Where the cursor is. `block`: the block of its line; `mode`: what the lines there are; `above`: outermost first.

    `run`: the tokens of its line before the word at the cursor; `word`: that word up to the cursor, which starts at
    `column`; `head`: the names and points right before the word (`orders.` of `orders.am`); `inside`: is it in a
    quoted text or a comment.
    """

    line: int
    column: int
    word: str
    head: tuple[str, ...] = ()
    mode: Mode = "nothing"
    block: str = TOP
    above: tuple[Above, ...] = ()
    run: Tokens = ()
    text: str = ""
    inside: Literal["", "text", "comment"] = ""
    siblings: frozenset[str] = frozenset()
    before: str = field(default="", repr=False)
    """The physical line up to the cursor."""

    @property
    def statement(self) -> Statement | None:
        """The statement that the lines of this block belong to."""
        return self.above[-1].statement if self.above else None


def cursor_at(lines: Sequence[str], line: int, column: int) -> Cursor:
    """The cursor at a line and column, both from 1; places beyond the text are taken as its end."""
    number = min(max(line, 1), len(lines)) - 1
    before = lines[number][: max(column, 1) - 1]
    word = _WORD.search(before).group()  # type: ignore[union-attr]
    bare = Cursor(number + 1, len(before) - len(word) + 1, word, before=before)
    start = piece_at(list(lines), number) if before.strip() == "" or before[:1].isspace() else number
    if not before:
        start = number
    chain = _chain([*lines[start:number], before + MARK], number - start + 1)
    if chain is None:
        return _with(bare, inside="comment")
    *above, last = chain
    run = tokens(last.text)
    if last.comment is not None and last.comment.endswith(MARK):
        return _with(bare, inside="comment")
    ending = run[-1] if run else Token("OTHER", "", 0, 0)
    inside: Literal["", "text"] = "text" if ending.kind in ("STRING", "LONG_TEXT") else ""
    mode, block, opened = _descend(above)
    head = tuple(ending.text.split(".")[:-1]) if ending.kind == "DOTTED" else ()
    if not head and before.endswith(".") and len(run) > 2 and run[-2].kind == "FULL_STOP":
        head, run = tuple(run[-3].text.split(".")), run[:-2]
    siblings = _siblings(_beside(opened, lines, number), block) if opened else frozenset()
    return _with(
        bare, head=head, mode=mode, block=block, above=tuple(opened), run=run[:-1], text=last.text, inside=inside,
        siblings=siblings,
    )  # fmt: skip


def _with(cursor: Cursor, **more: object) -> Cursor:
    from dataclasses import replace

    return replace(cursor, **more)  # type: ignore[arg-type]


def _chain(text: list[str], number: int) -> list[Line] | None:
    """The lines from the outermost down to the last one; None when the last physical line is in none."""
    outline = read_lines(SourceText("", "\n".join(text)))
    lines, chain = outline.lines, []
    while lines:
        chain.append(lines[-1])
        lines = tuple(lines[-1].children)
    return chain if chain and chain[-1].number <= number <= chain[-1].end_number else None


def _descend(above: list[Line]) -> tuple[Mode, str, list[Above]]:
    """From the left edge down to the block that the last line stands in."""
    mode: Mode = "statements"
    block = TOP
    opened: list[Above] = []
    for line in above:
        run = tokens(line.text)
        statement = statement_of(block, run) if mode in ("statements", "cases") else None
        opened.append(Above(line, statement, run, block))
        if run and run[-1].kind == _BLOCK:
            mode = "conditions"
        elif statement is None or mode not in ("statements", "cases"):
            mode = "nothing"
        elif statement.children == "rows":
            mode = "rows"
        elif statement.tail == "formula" and not any(token.kind == "EQUALS" for token in run):
            mode = "cases"
        else:
            mode = "statements" if statement.opens else "nothing"
        block = statement.opens if statement is not None and statement.opens else block
    return mode, block, opened


def statement_of(block: str, run: Tokens) -> Statement | None:
    """The statement that a line most likely is; None where nothing speaks for any."""
    fits = best_fits(block, run)
    best = fits[0] if fits else None
    if best is None or not (best.complete or best.words or best.reached > 1):
        return None
    return best.statement


def _beside(opened: list[Above], lines: Sequence[str], number: int) -> list[str]:
    """The texts of the other lines of the block: those above, and those that follow as deep as them."""
    texts = [line.text for line in opened[-1].line.children[:-1]]
    own = opened[-1].line.column
    width = 0
    for line in lines[number + 1 : number + 1 + FURTHEST]:
        bare = line.strip()
        indent = len(line) - len(line.lstrip())
        if bare and indent < own:
            break
        width = width or indent
        if bare and indent == width and not bare.startswith("#"):
            texts.append(bare)
    return texts


def _siblings(lines: list[str], block: str) -> frozenset[str]:
    """The statements that stand in the block already."""
    found = (statement_of(block, tokens(line)) for line in lines)
    return frozenset(statement.id for statement in found if statement is not None)
