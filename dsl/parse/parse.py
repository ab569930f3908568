"""One source text to nodes and diagnostics."""

from __future__ import annotations

from collections.abc import Sequence

from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lines import Outline, read_lines
from stratagem.dsl.lines.outline import whole
from stratagem.dsl.lines.pieces import Piece
from stratagem.dsl.lines.scan import MOST_FAULTS
from stratagem.dsl.nodes import Node
from stratagem.dsl.parse.hints import Hints
from stratagem.dsl.parse.statements import Reader
from stratagem.dsl.record import record
from stratagem.dsl.source import SourceText


@record(slots=False, eq=False)
class Block:
    """What one piece of a file says: its statements (one, where the text is in order) and what is wrong with them.

    `hung`: for which step width its lines were made into a tree.
    """

    piece: Piece
    hung: tuple[int, bool] | None
    leaned: object
    """What of the whole file its faults were judged by; None when there were none."""
    nodes: tuple[Node, ...]
    diagnostics: tuple[Diagnostic, ...]


@record(slots=False)
class Parsed:
    """What one file says: its statements in order, what was wrong with it, and its lines."""

    nodes: tuple[Node, ...]
    diagnostics: tuple[Diagnostic, ...]
    lines: Outline
    blocks: tuple[Block, ...] = ()


def parse(source: SourceText, before: Parsed | None = None) -> Parsed:
    """Read a source text. Never raises for what the text holds; time is linear in its length.

    `before`: an earlier reading of this file. Blocks that stand in it unchanged are not read again, but moved to where
    they stand now, and so are all places in them: what was kept of the earlier reading is then out of date.
    """
    blocks = before.blocks if before is not None else ()
    outline = read_lines(source, [block.piece for block in blocks])
    parsed = _read(outline, blocks)
    if len(outline.pieces) > 1 and sum(len(block.diagnostics) for block in parsed.blocks) >= MOST_FAULTS:
        return _read(whole(source), ())
    return parsed


def _read(outline: Outline, before: Sequence[Block]) -> Parsed:
    known = {id(block.piece): block for block in before}
    hints = Hints([piece.text for piece in outline.pieces])
    blocks: list[Block] = []
    for piece in outline.pieces:
        block = known.get(id(piece))
        blocks.append(block if block is not None and _holds(block, piece, hints) else _block(piece, hints))
    nodes = tuple(node for block in blocks for node in block.nodes)
    across = Reader(None)
    across.repeated(nodes)
    said = [d for block in blocks for d in block.diagnostics]
    found = sorted([*outline.diagnostics, *said, *across.diagnostics], key=lambda d: (d.span.line, d.span.column))
    return Parsed(nodes, tuple(found), outline, tuple(blocks))


def _holds(block: Block, piece: Piece, hints: Hints) -> bool:
    """Would the block be read as it was."""
    return block.hung == piece.hung and (block.leaned is None or block.leaned == hints.key)


def _block(piece: Piece, hints: Hints) -> Block:
    piece.unread()
    reader = Reader(hints)
    nodes = reader.nodes(piece.lines, TOP, None)
    leaned = hints.key if reader.diagnostics else None
    return Block(piece, piece.hung, leaned, tuple(nodes), tuple(reader.diagnostics))
