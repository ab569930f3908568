"""Message templates: what stands between `{{` and `}}` or `{%` and `%}` is held against the names of the strategy.

In: every message of every action. Out: findings for names that nobody declared or that may mean several things, for
filters that are not on the list, for comparisons of things that do not compare, and for statements other than `if`.
"""

from __future__ import annotations

import re

from stratagem.dsl.check.context import Block, Context, being
from stratagem.dsl.diagnostics.diagnostic import Edit, Fix
from stratagem.dsl.model.actions import Action, Message
from stratagem.dsl.resolve.symbols import Of
from stratagem.dsl.resolve.wording import either
from stratagem.dsl.source import Span
from stratagem.dsl.templates.expression import Fault
from stratagem.dsl.templates.mend import mended
from stratagem.dsl.templates.reader import Known, faults
from stratagem.dsl.templates.vocabulary import FILTERS


def templates(c: Context) -> None:
    """Every message of every action."""
    c.through(_templates, reads="own", near=True, where=being(Action))


def _templates(c: Context, block: Block) -> None:
    if isinstance(block.part, Action):
        for message in block.part.messages:
            for field in ("subject", "body"):
                _template(c, block.part, message, field)


def shown_names(c: Context) -> Known:
    """What a message may show: facts, tiers, segments, the stage, and fields that a customer has once.

    A name that is declared, but whose own line is at fault, is known without a type.
    """
    found = c.meanings
    facts = c.table.names(Of.ASSUMPTION, Of.MEASURE, Of.VALUE, Of.TIERS, Of.SEGMENT)
    fields = [(source.name, name) for source in c.table.shaped("one") for name in source.fields]
    doubtful = (*facts, *(name for _, name in fields), *(f"{source}.{name}" for source, name in fields))
    types = {name: each[0].type for name, each in found.items() if len(each) == 1}
    several = {name: tuple(m.path for m in each) for name, each in found.items() if len(each) > 1}
    return Known({**{name: None for name in doubtful if name not in several}, **types}, several)


def _template(c: Context, action: Action, message: Message, field: str) -> None:
    text: str = getattr(message, field)
    place = message.place(field)
    _otherwise(c, place, text)
    if "{" not in text and "}" not in text:
        return
    known = c.once(shown_names, reads="names")
    found = ((fault, (fault.word, fault.word.partition(".")[0])) for fault in faults(text, known))
    told = [fault for fault, words in found if not any(map(c.findings.doubts, words))]
    whole = _whole(c, place, text, known) if told else None
    for fault in told[:1] if whole is not None else told:
        span = where(c, place, text, fault.start, fault.end)
        c.findings.add(
            fault.code,
            span,
            near=fault.near,
            fixes=[whole or _closed(c, place, text, fault)],
            name=fault.word,
            action=action.name,
            filters=", ".join(FILTERS),
            reason=fault.reason,
            count=len(fault.ways),
            written=either([f"`{way}`" for way in fault.ways]),
        )


_WORD = re.compile(r"^\w*")
"""A word is put in the place of another one whole."""


def _whole(c: Context, place: Span, text: str, known: Known) -> Fix | None:
    """The message as it was most likely meant: what differs, put over what was written."""
    meant = mended(text, known)
    if meant is None:
        return None
    start = _alike(text, meant)
    start -= len(_WORD.search(text[:start][::-1])[0])  # type: ignore[index]
    rest = _alike(text[start:][::-1], meant[start:][::-1])
    rest -= len(_WORD.search(text[len(text) - rest :])[0])  # type: ignore[index]
    end, to = len(text) - rest, len(meant) - rest
    last = max(end, min(start + 1, len(text)))
    at = where(c, place, text, start, last) if last > start else where(c, place, text, start - 1, start).after()
    if at in (place, place.after()) and place.line == place.end_line and not set('"\\\n') & set(meant):
        return Fix(f'Write: "{meant}"', (Edit(place, f'"{meant}"'),))  # the line was read as it was mended
    if at in (place, place.after()) or "\n" in text[start:last]:
        return None
    new = meant[start:to] + text[end:last]
    piece = re.search(r"\{[{%]?[^{}]*$", meant[:start])
    closed = re.compile(r"[}%]\}").search(meant, max(to - 2, 0))
    shown = meant[piece.start() if piece else start : max(to, closed.end() if closed else 0)]
    return Fix(f"Write: {shown.strip() or new}", (Edit(at, new),))


def _alike(one: str, other: str) -> int:
    """How many characters two texts start with in common."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


_BLANKS = r"\s*"
_FILTERS = r"(?:\s*\|\s*[a-z_]+(?:\([^(){}]*\))?)*"
_OPEN = rf"\{{\{{\s*[a-z_][\w.]*{_FILTERS}"
_SHOWN = rf"\s*(?P<shown>(?P<name>[a-z_][\w.]*){_FILTERS})\s*"
_OTHERS = (
    rf"\$?(?<![{{%])\{{{_SHOWN}\}}(?![}}%])", rf"\[\[{_SHOWN}\]\]", rf"(?<!\[)\[{_SHOWN}\](?!\])", rf"<<{_SHOWN}>>",
    rf"(?<!<)<{_SHOWN}>(?!>)", rf"%{_SHOWN.replace(_BLANKS, '')}%", r"\$(?P<shown>(?P<name>[a-z_]\w*))",
)  # fmt: skip
"""How other tools show a value in a text."""


_BRACED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)


def _closed(c: Context, place: Span, text: str, fault: Fault) -> Fix | None:
    """`}}` after a name, with its filters, that was opened and not closed."""
    opened = re.compile(_OPEN).match(text, fault.start) if fault.code == "S485" and fault.word == "{{" else None
    if opened is None:
        return None
    end = where(c, place, text, opened.end() - 1, opened.end())
    return Fix("Write }} after it", (Edit(end.after(), " }}"),)) if end != place else None


def _otherwise(c: Context, place: Span, text: str) -> None:
    """A known name between the signs of other tools: the customer would read the signs and the name."""
    if not any(sign in text for sign in "{[<%$"):
        return
    known = c.once(shown_names, reads="names")
    plain = _BRACED.sub(lambda found: " " * len(found[0]), text)
    for match in (found for pattern in _OTHERS for found in re.finditer(pattern, plain)):
        name, shown = match["name"], match["shown"]
        if name not in known.types or c.findings.doubts(name):
            continue
        span = where(c, place, text, match.start(), match.end())
        fixes = [Fix(f"Write {{{{ {shown} }}}}", (Edit(span, f"{{{{ {shown} }}}}"),))] if span != place else []
        c.findings.add("S469", span, fixes=fixes, name=name, written=match[0])


def where(c: Context, place: Span, text: str, start: int, end: int) -> Span:
    """The stretch of a file that a stretch of a template's text stands at; the whole text where it is not plain."""
    source = c.built.sources.get(place.file)
    if source is None:
        return place
    lines, number = text.split("\n"), text.count("\n", 0, start)
    column = start - (text.rfind("\n", 0, start) + 1)
    length = min(end - start, len(lines[number]) - column)
    for base in range(place.line, place.end_line + 1):
        if base + number > place.end_line or lines[0] not in source.lines[base - 1]:
            continue
        at = source.lines[base + number - 1].find(lines[number])
        if at >= 0:
            first = at + column + 1
            return place.on(base + number, first, first + length)
    return place
