"""Values by cases said in one line: `15% for gold, 10% for silver`, `9% when C, 4% otherwise`, `A else B if C`.

In: a line's text. Out: steps to `A if C else B`, with what is assumed for those of whom nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stratagem.dsl.parse.hints import Hints
from stratagem.dsl.parse.mend.options import choices_of
from stratagem.dsl.parse.mend.step import Step, compiled, finditer, fullmatch, match

_FIGURE = r"\d[\d.,]*%?(?:\s[A-Z]{3}\b)?"
_VALUE = rf"(?:{_FIGURE}|[a-z][\w.]*)"
_HEAD = r"^(?:(chance|worth|costs)\s*[:=]?\s*(?=\d|if\b|when\b|for\b)|[^=]*?=\s*)"
_IF = r"(?:if|when|where|for|in case(?: of)?|with|in|provided|among|to)"
_OTHERS = (
    r"(?:(?:for\s+|in\s+|to\s+)?(?:(?:everyone|everybody|all|anyone|anybody|anything)\s+else|(?:all\s+)?(?:the\s+"
    r")?others?(?:\s+cases)?|"
    r"(?:the\s+)?(?:rest|remaining)|elsewhere|otherwise|(?:or\s+)?else|everyone|all|by default|if not|or))"
)
_PARTED = (
    rf"\s*[,;/]\s+(?:and\s+|but\s+|or\s+)?(?={_VALUE}\s|{_OTHERS}\b|(?:if|when|for)\b)|\s+(?=else\s+\S|otherwise\s+\d)|"
    rf"\s+(?:and|but|or)\s+(?={_FIGURE}\s+(?:{_IF}|{_OTHERS})\b)|\s+(?=or\s+{_FIGURE}$)"
)
"""Where one case ends."""
_REST = rf"(?:({_VALUE})\s+{_OTHERS}|{_OTHERS}\s*[:=,]?\s*({_VALUE})|({_VALUE})\s*\({_OTHERS}\))"
_TURNED = rf"({_VALUE})\s*,?\s+else\s+({_VALUE})\s+(?:if|when|for)\s+(.+)"
_CASE = (
    rf"(?:if|when|for|where|in)\s+(?P<when>.+?)\s*(?:[:=]|\bthen\b|->|=>|→)?\s+(?P<then>{_FIGURE})",
    rf"(?P<then>{_VALUE})\s+{_IF}\s+(?P<when>.+)",
    rf"(?P<then>{_FIGURE})\s+(?P<when>[a-z][\w.]*)",
    rf"(?P<then>{_FIGURE})\s*\((?P<when>[^()]+)\)",
)
_WORDS = ("if", "when", "for", "else", "otherwise", "elsewhere", ",", ";", "/")


def branch_steps(text: str, mask: str, hints: Hints) -> Iterator[Step]:
    """All of them."""
    if not any(word in mask for word in _WORDS):
        return
    head = match(_HEAD, mask)
    if head is None:
        return
    start, said = head.end(), mask[head.end() :]
    before = f"{head[1]} = " if head[1] else ""
    start = 0 if head[1] else start
    turned = fullmatch(_TURNED, said)
    if turned is not None:
        first, other, when = (text[slice(head.end() + a, head.end() + b)] for a, b in map(turned.span, (1, 2, 3)))
        for holds, rest, cost in ((first, other, 0.2), (other, first, 0.21)):
            written = f"{before}{holds} if {when} else {rest}"
            meant = f"that it is {holds} where the condition holds"
            yield Step(start, len(text), written, cost, "S156", meant, knows=True)
        return
    made = _cases(said, text[head.end() :], hints)
    if made is not None:
        written, meant = made
        yield Step(start, len(text), before + written, 0.3, "" if " when " in mask else "S156", meant)


def _cases(said: str, text: str, hints: Hints) -> tuple[str, str] | None:
    """The cases as one formula, and what is assumed of the rest."""
    cases: list[tuple[str, str]] = []
    rest = ""
    at = 0
    for piece in (*((m.start(), m.end()) for m in finditer(_PARTED, said)), (len(said), len(said))):
        one, written = said[at : piece[0]], text[at : piece[0]]
        at = piece[1]
        if not cases and fullmatch(_FIGURE, one):
            rest = one
        elif rest and fullmatch(_REST, one):
            return None
        elif last := fullmatch(_REST, one):
            rest = next(filter(None, last.groups()))
        elif case := _case(one):
            cases.append((written[slice(*case.span("then"))], _condition(written[slice(*case.span("when"))], hints)))
        else:
            return None
    if len(cases) + bool(rest) < 2 or not cases:
        return None
    if not rest and any(not value[0].isdigit() for value, _ in cases):
        return None
    return f"{_joined(cases)} else {rest or _nothing(cases)}", "" if rest else f"{_nothing(cases)} for all others"


def _condition(said: str, hints: Hints) -> str:
    """What is said as a condition: `town` and `home town` are `home is town` where that is a choice of one field."""
    several = compiled(r"([a-z]\w*) ([a-z]\w*(?:(?:\s*,\s*| or )[a-z]\w*)+)").fullmatch(said)
    if several is not None and several[1] in hints.words:
        return f"{several[1]} is one of ({', '.join(re.split(r'[ ]*,[ ]*| or ', several[2]))})"
    words = said.split()
    if len(words) > 2 or not words[-1].isidentifier():
        return said
    for choice, named in ((words[-1], words[:-1]), (words[0], words[1:])):
        fields = {field for _, field in choices_of(hints.texts).get(choice, ())}
        fields &= set(named) or fields
        if len(fields) == 1:
            return f"{fields.pop()} is {choice}"
    return said


def _case(piece: str) -> re.Match[str] | None:
    return next((found for pattern in _CASE if (found := fullmatch(pattern, piece))), None)


def _joined(cases: Sequence[tuple[str, str]]) -> str:
    return " else ".join(f"{value} if {when}" for value, when in cases)


def _nothing(cases: Sequence[tuple[str, str]]) -> str:
    """Nothing, of the kind that the last value has."""
    last = cases[-1][0]
    return "0%" if last.endswith("%") else f"0{last.lstrip('0123456789.,')}"
