"""One source text to nodes and diagnostics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.lines import Outline, read_lines
from stratagem.dsl.lines.line import Line
from stratagem.dsl.lines.outline import whole
from stratagem.dsl.lines.pieces import Piece
from stratagem.dsl.lines.scan import MOST_FAULTS
from stratagem.dsl.nodes import Node
from stratagem.dsl.parse.hints import Hints, Leaning
from stratagem.dsl.parse.statements import Reader, best_fits
from stratagem.dsl.record import record
from stratagem.dsl.source import SourceText

if TYPE_CHECKING:
    from stratagem.dsl.parse.place import Moves


@record(slots=False, eq=False)
class Block:
    """What one piece of a file says: its statements (one, where the text is in order) and what is wrong with them.

    `hung`: for which step width its lines were made into a tree.
    """

    piece: Piece
    hung: tuple[int, bool] | None
    leaned: Leaning | None
    """What of the whole file its faults were judged by; None when there were none, or none were mended."""
    starts: bool
    """Its first line is one of the left edge; otherwise it is read together with the piece before."""
    faults: int
    """How many there are before any line is mended."""
    nodes: tuple[Node, ...]
    diagnostics: tuple[Diagnostic, ...]
    placed: tuple[Line, ...] = ()
    """Lines of odd layout that were put in their place: that the outline found them odd is no other fault."""
    texts: tuple[Line, ...] = ()
    """Lines that are part of a text: nothing that the outline found in them is a fault."""


@record(slots=False)
class Parsed:
    """What one file says: its statements in order, what was wrong with it, and its lines."""

    nodes: tuple[Node, ...]
    diagnostics: tuple[Diagnostic, ...]
    lines: Outline
    blocks: tuple[Block, ...] = ()
    hints: Hints | None = None


def parse(source: SourceText, before: Parsed | None = None, mend: bool = True) -> Parsed:
    """Read a source text. Never raises for what the text holds; time is linear in its length.

    `before`: an earlier reading of this file. Blocks that stand in it unchanged are not read again, but moved to where
    they stand now, and so are all places in them: what was kept of the earlier reading is then out of date.
    `mend`: look for what faulty lines were meant to say; without it they are read as they stand.
    """
    blocks = before.blocks if before is not None else ()
    outline = read_lines(source, [block.piece for block in blocks])
    groups = _as_they_stand(outline, blocks)
    if groups is not None:
        parsed = _read(outline, groups, mend, before.hints if before is not None else None)
        if len(outline.pieces) == 1 or sum(len(block.diagnostics) for block in parsed.blocks) < MOST_FAULTS:
            return parsed
    outline = whole(source)
    return _read(outline, _as_they_stand(outline, ()) or [], mend)


def make_ready(parsed: Parsed) -> None:
    """Look up now what only faulty lines ask for, so that the first one that somebody types need not wait."""
    from stratagem.dsl.parse.mend.spoken import make_ready as compile_rows

    compile_rows()
    if parsed.hints is not None:
        parsed.hints.look()


_Group = tuple[list[Piece], list[Block]]
"""Pieces that are read together, and what each says as it stands."""


def _as_they_stand(outline: Outline, before: Sequence[Block]) -> list[_Group] | None:
    """All pieces as they stand, those that stood so before not read again; None where there are too many faults."""
    known = {id(block.piece): block for block in before}
    groups: list[_Group] = []
    faults = 0
    for group in _groups(outline.pieces, known):
        old = known.get(id(group[0])) if len(group) == 1 else None
        made = [old] if old is not None and old.hung == group[0].hung else _plain(group)
        groups.append((group, made))
        faults += made[0].faults  # those of pieces that are read together are the first one's
        if faults >= MOST_FAULTS and len(outline.pieces) > 1:
            return None
    return groups


def _read(outline: Outline, groups: Sequence[_Group], mend: bool, told: Hints | None = None) -> Parsed:
    """What the groups say together, their faulty lines mended."""
    faults = sum(read[0].faults for _, read in groups)
    hints = Hints([piece.text for piece in outline.pieces], faults, told)
    blocks: list[Block] = []
    for group, made in groups:
        wanted = bool(made[0].faults and hints.trials)
        if not mend or _stands(made[0], hints, wanted):
            blocks.extend(made)
        else:
            blocks.extend(_mended(group, hints, made[0].faults) if wanted else _plain(group))
    nodes = tuple(node for block in blocks for node in block.nodes)
    across = Reader(None)
    across.repeated(nodes)
    said = [d for block in blocks for d in block.diagnostics]
    placed = {line.number for block in blocks for line in block.placed}
    texts = {number for block in blocks for x in block.texts for number in range(x.number, x.end_number + 1)}
    layout = [d for d in outline.diagnostics if d.span.line not in texts]
    layout = [d for d in layout if d.code not in ("S112", "S113") or d.span.line not in placed]
    found = sorted([*layout, *said, *across.diagnostics], key=lambda d: (d.span.line, d.span.column))
    if any(d.code == "S110" for d in layout):
        from stratagem.dsl.parse.tabs import with_depths  # only when there is a fault: start-up time

        found = with_depths(found)
    return Parsed(nodes, tuple(found), outline, tuple(blocks), hints)


def _stands(block: Block, hints: Hints, mended: bool) -> bool:
    """Is a block as it was read what it would be read as now; `mended`: its faults are to be."""
    return mended is (block.leaned is not None) and (block.leaned is None or hints.stands(block.leaned))


def _groups(pieces: Sequence[Piece], known: Mapping[int, Block]) -> Iterator[list[Piece]]:
    """The pieces one by one; those whose first line is none of the left edge together with the one before."""
    group: list[Piece] = []
    for piece in pieces:
        block = known.get(id(piece))
        starts = block.starts if block is not None else _starts(piece)
        if group and starts:
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _starts(piece: Piece) -> bool:
    """Does the piece's first line start a block, however badly."""
    return not piece.lines or _heads(piece.lines[0].text)


@lru_cache(maxsize=20_000)
def _heads(text: str) -> bool:
    fits = best_fits(TOP, tokens(text))
    return bool(fits) and (fits[0].complete or fits[0].words > 0)


def _plain(group: Sequence[Piece]) -> list[Block]:
    """The blocks of some pieces that are read together, as they stand."""
    for piece in group:
        piece.unread()
    lines = [line for piece in group for line in piece.lines]
    reader = Reader(None)
    nodes = reader.nodes(lines, TOP, None)
    odd = sum(piece.faults for piece in group)  # what is wrong with lines of odd layout is not told here
    return _blocks(group, None, nodes, reader, len(reader.diagnostics) + odd)


def _mended(group: Sequence[Piece], hints: Hints, faults: int) -> list[Block]:
    """The same for pieces with faults: odd lines put in place, faulty ones mended."""
    for piece in group:
        piece.unread()
    (nodes, reader, moves), leaned = hints.leaned(lambda: _settled(group, hints))
    return _blocks(group, leaned, nodes, reader, faults, moves)


def _settled(group: Sequence[Piece], hints: Hints) -> tuple[list[Node], Reader, Moves]:
    from stratagem.dsl.parse.levels import copied  # only when there is a fault: start-up time
    from stratagem.dsl.parse.place import Moves

    moves = Moves(copied([line for piece in group for line in piece.lines]), hints)
    moves.settle()
    reader = Reader(hints)
    reader.diagnostics.extend(moves.diagnostics)
    return reader.nodes(moves.lines, TOP, None), reader, moves


def _blocks(
    group: Sequence[Piece],
    leaned: Leaning | None,
    nodes: Sequence[Node],
    reader: Reader,
    faults: int,
    moves: Moves | None = None,
) -> list[Block]:
    """All that was read is the first piece's; pieces that are read together are so again each time."""
    first, *others = group
    hung = first.hung if not others else None
    told = tuple(reader.diagnostics)
    placed, texts = (tuple(moves.placed), tuple(moves.texts)) if moves is not None else ((), ())
    made = Block(first, hung, leaned, _starts(first), faults, tuple(nodes), told, placed, texts)
    return [made, *(Block(piece, None, leaned, _starts(piece), 0, (), ()) for piece in others)]
