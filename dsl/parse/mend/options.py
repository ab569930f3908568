"""Choices that stand without the field they are choices of: `excluded staff, wholesale`, `count of gift orders`.

In: a line as tried, and what the file declares. Out: steps that write the field, where just one has all these choices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stratagem.dsl.parse.hints import Hints
from stratagem.dsl.parse.mend.comparisons import UNIT
from stratagem.dsl.parse.mend.step import Step, compiled, finditer, match
from stratagem.dsl.parse.mend.trial import Place

_SPLIT = r"\s*(?:[,;/|]|\bor\b|\band\b)\s*(?:or\b|and\b)?\s*"
_OUT = (
    r"^(?:excluded?|excludes|excluding|without|leaves? out|no|not)\s*[:=]?\s+"
    r"(?:(?:when|if|all|any|the|are|is)\s+)*(.+?)$"
)
_THEY_ARE = (
    r"\b(?P<head>when|if|unless|where|and|or)\s+(?:(?:they|he|she|it|who|(?:the\s+)?customers?)\s+)?(?:is|are)\s+"
    r"(?:an?\s+)?(?P<said>[a-z]\w*(?:\s*[,/]\s*[a-z]\w*|\s+(?:or|and)\s+[a-z]\w*)*)(?=\s*(?:$|\)))"
)
_THEIR = (
    r"(?<![\w.])(?<!is )(?:an?\s+)?(?P<said>[a-z]\w*)\s+(?P<field>[a-z]\w*)"
    r"(?=\s*(?:$|[),]|and\b|or\b|else\b|otherwise\b))"
)
"""`low risk`."""
_BY = (
    r"(?P<field>[a-z][\w.]*)\s+(?:is\s+|are\s+)?(?:with|by|on|for|as|via|through|to|from|of|about)\s+(?:an?\s+|the\s+)?"
    r"(?P<said>[a-z]\w*)(?=\s*(?:$|[),]|and\b|or\b|else\b|otherwise\b))"
)
"""`heating with gas`."""
_EITHER = (
    r"(?P<field>[a-z][\w.]*)\s*(?:=+|\bis\b|\bin\b)\s*(?P<no>not\s+)?"
    r"(?P<said>[a-z]\w*(?:\s*/\s*[a-z]\w*)+)(?![\w.])"
)
"""`kind = gift/treat`."""
_WINDOW = rf"(?:\s+in\s+(?:the\s+)?(?:last|next)\s+(?:\d+\s+)?{UNIT}\b)?"
_ASKED = (
    r"\b(?P<asked>(?:count|sum|average|smallest|largest|first|latest|share)\s+of|number\s+of(?:\s+different)?|any|no)\s+"
)
_ABOUT = r"(?:about|of|for|with|on|as|being|because\s+of)"


def option_steps(mask: str, place: Place) -> Iterator[Step]:
    """All of them."""
    if place.hints.choices.isdisjoint(compiled(r"[a-z]\w*").findall(mask)):
        return
    fields = choices_of(place.hints.texts)
    if place.block == "customer" and (found := match(_OUT, mask)) and (said := _chosen(found[1], fields)):
        yield Step(0, len(mask), f"excluded when {said}", 0.2, "S153", knows=True)
    for found in finditer(_THEY_ARE, mask):
        if said := _chosen(found["said"], fields):
            yield Step(*found.span(), f"{found['head']} {said}", 0.25, "S153", knows=True)
    for found in finditer(_THEIR, mask):
        if found["field"] in [field for _, field in fields.get(found["said"], ())]:
            yield Step(*found.span(), f"{found['field']} is {found['said']}", 0.3, "S153")
    for found in finditer(_BY, mask):
        if found["field"].rpartition(".")[2] in [field for _, field in fields.get(found["said"], ())]:
            yield Step(*found.span(), f"{found['field']} is {found['said']}", 0.3, "S153")
    for found in finditer(_EITHER, mask, "/") if place.kind in ("condition", "case", "statement") else ():
        if found["field"].rpartition(".")[2] in [field for _, field in _shared(found["said"], fields)]:
            written = f"{found['field']} is {found['no'] or ''}one of ({', '.join(re.split(_SPLIT, found['said']))})"
            yield Step(*found.span(), written, 0.2, "S163", knows=True)
    yield from _of_rows(mask, fields, place.hints)


def _of_rows(mask: str, fields: dict[str, tuple[tuple[str, str], ...]], hints: Hints) -> Iterator[Step]:
    """`count of gift orders in last 6 months`, `any complaints about price`: of which rows it is asked."""
    before = rf"{_ASKED}(?P<option>[a-z]\w*)\s+(?P<rows>(?P<source>[a-z]\w*)(?:\.\w+)?)(?P<window>{_WINDOW})"
    after = (
        rf"{_ASKED}(?P<rows>(?P<source>[a-z]\w*)(?:\.\w+)?)(?P<first>{_WINDOW})\s+{_ABOUT}\s+(?P<option>[a-z]\w*)"
        rf"(?P<window>{_WINDOW})(?=\s*(?:$|\)|and\b|or\b|[<>=]|is\b|where\b))"
    )
    for pattern in (before, after):
        for found in finditer(pattern, mask):
            own = [field for source, field in fields.get(found["option"], ()) if source == found["source"]]
            if len(own) == 1 and found["source"] in hints.named(("source",)):
                window = found["window"] or found.groupdict().get("first") or ""
                more = compiled(r"\s+where\s+").match(mask, found.end())
                said = f"{found['asked']} {found['rows']}{window} where {own[0]} is {found['option']}"
                end = more.end() if more else found.end()
                yield Step(found.start(), end, said + " and " * bool(more), 0.3, "S153", knows=True)


def _chosen(said: str, fields: dict[str, tuple[tuple[str, str], ...]]) -> str:
    """The condition that one of these choices is made; empty where they are not those of one field."""
    words, shared = [word for word in re.split(_SPLIT, said.strip()) if word], _shared(said, fields)
    if len(shared) != 1:
        return ""
    field = shared.pop()[1]
    return f"{field} is {words[0]}" if len(words) == 1 else f"{field} is one of ({', '.join(words)})"


def _shared(said: str, fields: dict[str, tuple[tuple[str, str], ...]]) -> set[tuple[str, str]]:
    """The fields that have all these choices, each with its source."""
    words = [word for word in re.split(_SPLIT, said.strip()) if word]
    return set.intersection(*(set(fields.get(word, ())) for word in words)) if words else set()


@lru_cache(maxsize=4)
def choices_of(texts: tuple[str, ...]) -> dict[str, tuple[tuple[str, str], ...]]:
    """By each choice of a file, the fields that have it, each with its source."""
    made: dict[str, tuple[tuple[str, str], ...]] = {}
    for text in texts:
        if text.startswith("source "):
            source = text.removeprefix("source ").partition(" ")[0].strip()
            for found in compiled(r"(?m)^\s+field ([a-z]\w*) one of \(([^()]*)\)").finditer(text):
                for option in re.findall(r"[a-z]\w*", re.sub(r'"[^"]*"', "", found[2])):
                    made[option] = (*made.get(option, ()), (source, found[1]))
    return made
