"""Stable names for what a strategy says: ids of clauses, and the hash of the whole.

In: declaration paths, normal texts, nodes. Out: ids and hashes that no comment, blank, bracket or moved line changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from stratagem.dsl.digest import sha256
from stratagem.dsl.expressions.syntax import Syntax
from stratagem.dsl.expressions.write import write
from stratagem.dsl.model.base import literal_text
from stratagem.dsl.nodes import Node, Row, Word, WrittenType
from stratagem.dsl.values import Date, Duration, Money, Number, Rate, Share, Text, TimeOfDay, Timestamp, YesNo

ID_LENGTH = 6
"""Hexadecimal digits of a clause id: the path makes it unique but for lines of the same kind under one parent."""
ASIDE = ("test", "waive")
"""Statements that say nothing of what is decided; the hash leaves them out."""
_VALUES = (Number, Share, Money, Duration, Rate, Text, YesNo, Date, Timestamp, TimeOfDay)


def clause_id(path: str, text: str) -> str:
    """`action.trial_box.when:3f9a2c`."""
    return f"{path}:{sha256(text.encode()).hexdigest()[:ID_LENGTH]}"


def strategy_hash(written: Iterable[bytes]) -> str:
    """SHA-256 of the normal form of all statements, in order: 64 hexadecimal digits."""
    digest = sha256(b"")
    for text in written:
        digest.update(text)
    return digest.hexdigest()


def normal_form(node: Node, text: Callable[[Syntax], str] = write) -> bytes:
    """The normal text of a statement and all below it, a line each. `text`: writes an expression."""
    return "".join(f"{line}\n" for line in _lines(node, 0, text)).encode()


def _lines(node: Node, depth: int, text: Callable[[Syntax], str]) -> Iterator[str]:
    slots = [f"{name}={normal(slot.value)}" for name, slot in sorted(node.slots.items())]
    tail = [f"when {text(node.when)}"] if node.when is not None else []
    tail += [f"= {text(node.formula)}"] if node.formula is not None else []
    yield "\x1f".join([str(depth), node.statement.id, *slots, *tail])
    for child in node.children:
        yield from _lines(child, depth + 1, text)


def normal(value: Any) -> str:
    """A slot's value in normal text."""
    match value:
        case Word(text=text):
            return text
        case Syntax():
            return write(value)
        case Text(value=text):
            return repr(text)
        case WrittenType(kind=kind, options=options, per=per):
            period = "" if per is None else f" per {literal_text(per)}"
            return f"{kind}{period} {[o.text for o in options]}"
        case Row(cells=cells):
            return ", ".join(f"{word.text} {write(syntax)}" for word, syntax in cells)
        case tuple():
            return ", ".join(map(normal, value))
        case _ if isinstance(value, _VALUES):
            return literal_text(value)
    return str(value)
