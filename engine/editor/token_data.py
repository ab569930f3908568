"""The colours of a whole file as numbers, put together from those of its pieces, which are kept.

In: the index, a file, the editor's units. Out: five numbers a token, as the protocol counts them. After a key only the
piece that it changed is coloured anew, unless the names of the strategy are others now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stratagem.engine.editor.documents import Encoding, units
from stratagem.engine.editor.index import Index
from stratagem.engine.editor.pieces import Placed
from stratagem.engine.editor.tokens import MODIFIERS, TYPES, Coloured, piece_colours

_TYPES = {name: number for number, name in enumerate(TYPES)}
_BITS = {name: 1 << number for number, name in enumerate(MODIFIERS)}


def token_data(index: Index, file: str, encoding: Encoding) -> list[int]:
    """The tokens of a file."""
    names = hash(tuple(map(id, index.names.all)))
    data: list[int] = []
    line = 0
    for placed in index.placed.get(file, []):
        own, last = _of_piece(index, placed, encoding, names)
        if own:
            data.append(placed.start - 1 + own[0] - line)
            data += own[1:]
            line = placed.start - 1 + last
    return data


def _of_piece(index: Index, placed: Placed, encoding: Encoding, names: int) -> tuple[list[int], int]:
    """A piece's tokens, from its own first line on, and the line of the last."""
    kept = placed.piece.kept_colours
    if kept is None or kept[0] != (encoding, names):
        at_home = Placed(placed.piece, placed.file, 1)
        data = encoded(piece_colours(index, at_home), placed.piece.lines, encoding)
        kept = placed.piece.kept_colours = ((encoding, names), data, sum(data[::5]))
    return kept[1], kept[2]


def encoded(found: Iterable[Coloured], lines: Sequence[str], encoding: Encoding) -> list[int]:
    """Stretches as the protocol counts them: each from the one before."""
    data: list[int] = []
    line = column = 0
    for each in found:
        text = lines[each.line - 1]
        at = units(text, each.column - 1, encoding)
        length = units(text, each.column - 1 + each.length, encoding) - at
        here = each.line - 1
        bits = sum(_BITS[name] for name in each.modifiers)
        data += (here - line, at - column if here == line else at, length, _TYPES[each.type], bits)
        line, column = here, at
    return data
