"""Completions within a message: the names that it may show, behind `|` the filters, after `{%` the words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.resolve.scope import CUSTOMER
from stratagem.dsl.templates.reader import STATEMENTS
from stratagem.dsl.templates.vocabulary import ALWAYS, FILTERS
from stratagem.engine.editor.complete_names import fields_after, visible
from stratagem.engine.editor.cursor import Cursor
from stratagem.engine.editor.item import Item
from stratagem.engine.editor.names import Names

_OPEN = re.compile(r"(?:\{\{(?P<shown>(?:(?!\}\}).)*)|\{%(?P<said>(?:(?!%\}).)*))\Z")
_TEXTS = ("subject", "body")


def template_items(cursor: Cursor, names: Names, text: str) -> Iterator[Item]:
    """What may be written in a quoted text: something in the braces of a message, elsewhere nothing."""
    first = cursor.run[0].text if cursor.run else ""
    if cursor.block != "message" or first not in _TEXTS:
        return
    found = _OPEN.search(text)
    if found is None:
        return
    inner = found["shown"] if found["shown"] is not None else found["said"]
    before = inner[: len(inner) - len(cursor.word)].rstrip()
    if found["said"] is not None and not before:
        yield from (Item(word, "word", f"{word} " if word.endswith("if") else word, again=True) for word in STATEMENTS)
    elif before.endswith("|"):
        for name, each in FILTERS.items():
            insert = f"{name}(${{1}})" if each.needed else name
            yield Item(name, "function", insert, bool(each.needed), each.example, f"Shows the value {each.meaning}.")
    elif before.endswith("."):
        head = re.search(r"([a-z_]\w*(?:\.[a-z_]\w*)*)\.\Z", before)
        yield from fields_after(names, tuple(head[1].split(".")), CUSTOMER) if head else ()
    elif (
        not before
        or before.endswith((" and", " or", " not", " if", " else", "(", "==", "!=", "<", ">", "="))
        or (before in ("if", "elif", "not"))
    ):
        yield from (item for item in visible(names, CUSTOMER) if item.kind != "tier")
        yield from (Item(word, "name", detail="in every message", first=6) for word in ALWAYS)
    else:
        yield from (Item(word, "operator") for word in ("is known", "is missing", "if", "else", "and", "or", "|"))
