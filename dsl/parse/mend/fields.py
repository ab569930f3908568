"""Lines of fields as they are said: types, choices, and clauses in any order.

In: a line that starts with `field`, and its text with what stands in quotes masked. Out: steps: `date "DD.MM.YYYY"`,
`private / staff / other`, `text (personal)`, `number missing = 99`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.parse.match import TYPES
from stratagem.dsl.parse.mend.comparisons import UNIT
from stratagem.dsl.parse.mend.patterns import date_pattern
from stratagem.dsl.parse.mend.step import Step, compiled, match
from stratagem.dsl.parse.mend.trial import Trial


def field_steps(text: str, mask: str, trial: Trial, home: str) -> Iterator[Step]:
    """All of them. `home`: the strategy's currency."""
    if mask.startswith("field"):
        yield from _clauses(text, mask)
        yield from _typed_last(mask)
        yield from _field(text, mask, "" if trial.fault is not None and trial.fault.code == "S136" else "S153", home)
        yield from _choices(text, mask)


_VALUE = r"(?:\x22\x01*\x22|-?\d[\d.]*)"
_VALUES = rf"\(?\s*({_VALUE}(?:\s*(?:,|\bor\b|\band\b)\s*{_VALUE})*)\s*\)?"
_AS_MISSING = (
    rf"(?:missing(?:\s+(?:as|is|are|if|when|where|means|values?|for))?\s*[:=]?\s*{_VALUES}"
    rf"|(?:where\s+|when\s+|if\s+|with\s+)?{_VALUES}\s*(?:is|are|as|means|=|for)\s*missing)"
)
_CLAUSES = (
    r"(?:from|(?:(?:in|from)\s+)?(?:the\s+)?(?:column|col\.?|header|heading)|called|named)\s+(\x22\x01*\x22)",
    r"as\s+(?:\x22\x01*\x22|\([^()]*\))", _AS_MISSING,
    r"personal(?:\s+for)?\s+(\x22\x01*\x22)",
    r"asked(?:\s+as)?\s+(\x22\x01*\x22)", r"bought(?:\s+(?:from|by|of|at))?\s+(\x22\x01*\x22)",
)  # fmt: skip
"""What may stand behind a field's type, in this order."""
_MISSING = 2
_HEADS = {0: "from", 3: "personal for", 4: "asked as", 5: "bought from"}
_RANGE = (
    r"\s*,?\s*((?:(?:between|from|in|of)\s+)?[\[(]?\d[\d.,]*%?\s*(?:and|to|-|–|\.\.\.?)\s*\d[\d.,]*%?[\])]?)(?=\s)"
    r"(?!\s*(?:is|are|as|means|for)\s*missing)"
)
"""What figures there are: no part of the line."""
_TYPED = r"^field\s+\w+\s+(?:one of\s*\([^()]*\)|\w+(?:\s+per\s+\w+)?)(?=[\s,])"


def _clauses(text: str, mask: str) -> Iterator[Step]:
    """`date missing as ("") as "%d.%m.%Y"`, `number missing = 99`: each clause as it is written, in their order."""
    head = match(_TYPED, mask)
    at = head.end() if head is not None else len(mask)
    between = compiled(_RANGE).match(mask, at)
    at = between.end() if between is not None else at
    found: dict[int, str] = {}
    while at < len(mask):
        at += len(mask[at:]) - len(mask[at:].lstrip(" ,"))
        tried = ((n, compiled(clause).match(mask, at)) for n, clause in enumerate(_CLAUSES))
        number, clause = next(((n, clause) for n, clause in tried if clause is not None), (0, None))
        if clause is None or number in found:
            return
        said = text[at : clause.end()].strip()
        if number == _MISSING:
            values = compiled(_VALUE).finditer(mask, *clause.span(1 if clause[1] else 2))
            said = f"missing as ({', '.join(text[slice(*value.span())] for value in values)})"
        elif number in _HEADS:
            said = f"{_HEADS[number]} {text[slice(*clause.span(1))]}"
        found[number] = said
        at = clause.end()
    if head is not None and found:
        written = " ".join([text[: head.end()], *(found[number] for number in sorted(found))])
        written += f"  # {between[1]}" if between is not None else ""
        moved = list(found) != sorted(found)
        yield Step(0, len(text), written, 0.2, "S126" if between is not None else "S125" if moved else "S153")


_AS = (
    r"^(field\s+\w+\s+(?:date|timestamp)(?:\s+from\s+\x22\x01*\x22)?)\s*,?\s*"
    r"(?:(?:as|format(?:ted)?(?:\s+(?:as|is))?|in|like|with(?:\s+format)?|written(?:\s+(?:as|like))?|pattern|such as"
    r"|e\.g\.|for example)(?=[\s:=(]))?\s*[:=]?\s*\(?\s*(\x22\x01*\x22|[^\s\x22()]+(?:\s[^\s\x22()]+){0,2}?)\s*\)?"
    r"(\s+(?:missing|personal|asked|bought)\b.*)?$"
)
_PERSONAL = (
    r"^(field\s+.+?)\s*[,(\[]?\s*(?i:is\s+)?(?i:personal(?:\s+(?:data|information|info|identifiable))?|pii|sensitive"
    r"|private(?:\s+data)?|gdpr|confidential)\s*[)\]]?(?:(?P<why>\s*:?\s*\x22\x01*\x22)"
    r"|\s*,?\s+(?:used\s+|needed\s+)?for\s+(?P<words>[a-z][a-z ]*)[)\]]?)?$"
)


def _typed_last(mask: str) -> Iterator[Step]:
    """`field paid = fee * 2 money`: the type stands behind the formula."""
    found = match(r"^(field\s+\w+)\s*=\s*(\S.*?)\s+(number|money|share|date|duration|text|yes_no)$", mask)
    if found is not None:
        yield Step(0, len(mask), f"{found[1]} {found[3]} = {found[2]}", 0.2, "S125")


def _field(text: str, mask: str, code: str, home: str) -> Iterator[Step]:
    """`date "DD.MM.YYYY"`, `text (personal)`: the pattern as it is written here; a purpose to be filled in."""
    found = compiled(rf"^field\s+\w+\s+money(\s*(?:\(|in\s|of\s)?\s*{home}\)?)(?=\s|$)").match(mask)
    if found is not None:
        yield Step(*found.span(1), "", 0.05, "S126")
    found = match(_AS, mask)
    said = text[slice(*found.span(2))].strip('"') if found is not None else ""
    pattern = said if "%" in said else date_pattern(said)
    if found is not None and pattern:
        rest = text[slice(*found.span(3))] if found[3] else ""
        yield Step(0, len(text), f'{text[: found.end(1)]} as "{pattern}"{rest}', 0.2, "S153")
    found = match(_PERSONAL, mask)
    if found is not None:
        why = text[slice(*found.span("why"))].strip(" :").replace('"for ', '"') if found["why"] else '"…"'
        if found["words"]:
            why = f'"{found["words"].strip()}"'
        meant = "" if found["why"] or found["words"] else "that its purpose is yet to be written"
        yield Step(0, len(text), f"{text[: found.end(1)]} personal for {why}", 0.2, code, meant)


_LISTED = (
    r"^(field\s+\w+)\s*:?\s+(?:is\s+)?(?:(?:one of|either|choice of|choices?|enum|options?|values?|select|list of|list"
    r"|category|categories)\s*:?\s*)?[(\[{]?([^()\[\]{}\x22=]+?|(?:\x22\x01*\x22[\s,;/|]*)+)[)\]}]?"
    r"((?:\s+(?:from|as|missing|personal|asked|bought)\b.*)?)$"
)


_PAIRS_OF_ANSWERS = ("yes no", "true false", "1 0", "y n", "t f", "on off", "ja nein", "oui non", "ja nee", "si no")
_KNOWN = frozenset(frozenset(pair.split()) for pair in _PAIRS_OF_ANSWERS[:3])
"""Answers that are read without being said."""
_YES_OR_NO = frozenset(frozenset(pair.split()) for pair in _PAIRS_OF_ANSWERS)


def _choices(text: str, mask: str) -> Iterator[Step]:
    """`one of AT, DE or other`, `private / staff`: the choices in brackets, those that are no plain words in quotes."""
    found = compiled(_LISTED).match(mask)
    if found is None or not re.search(r"[,;/|]|\b(?:or|and)\b", found[2]):
        return
    inner = text[slice(*found.span(2))]
    parts = re.split(r"\s*(?:,\s*(?:and|or)\b|[,;/|]|\b(?:or|and)\b)\s*", inner)
    items = [item.strip() for item in parts if item.strip()]
    if not 1 < len(items) < 30 or any(len(item.split()) > 4 for item in items):
        return
    if frozenset(items) == {"date", "time"}:
        yield Step(found.end(1), found.start(3), " timestamp", 0.2, "S153")
        return
    if items[0] in TYPES and len(items) == 2 and (unit := compiled(rf"{UNIT}").fullmatch(items[1])):
        yield Step(found.end(1), found.start(3), f" {items[0]} per {unit[0]}", 0.2, "S153")
        return
    if frozenset(item.strip('"').lower() for item in items) in _YES_OR_NO:
        known = frozenset(item.strip(chr(34)).lower() for item in items) in _KNOWN
        yes = next(pair.split()[0] for pair in _PAIRS_OF_ANSWERS if items[0].strip('"').lower() in pair.split())
        read = sorted((item.strip('"') for item in items), key=lambda item: item.lower() != yes)
        written = "" if known else f' as ("{read[0]}", "{read[1]}")'
        yield Step(found.end(1), found.start(3), f" yes_no{written}", 0.2, "S153")
        return
    plain = re.compile(r"[a-z][a-z0-9_]*")
    written = ", ".join(item if item[0] == '"' or plain.fullmatch(item) else f'"{item}"' for item in items)
    tail = text[slice(*found.span(3))]
    yield Step(0, len(text), f"{found[1]} one of ({written}){tail}", 0.4, "S163")
