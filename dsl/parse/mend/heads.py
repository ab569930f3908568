"""Steps on lines that lack one of the words or names they start with, where the file tells which it is.

In: a line's text, its quoted texts masked, and where it stands. Out: steps to the whole line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.parse.mend.dates import dates_of_one_year
from stratagem.dsl.parse.mend.step import Step, compiled, match
from stratagem.dsl.parse.mend.trial import Place

_FIGURE_OF = r"^([a-z]\w*)\s*(?:is|:|=|:=)?\s+(-?\d[\d,.]*(?:%|\s[A-Z]{3})?(?:\s+per\s+(?:\d+\s+)?[a-z]+|\s+[a-z]+)?)$"
_PER_CUSTOMER = r"^(?:rows? |lines? )?per customer (?:by|on|with) ([a-z]\w*)$"
_MOVE_TO = r"^(?:moves?|go(?:es)?|step) (?:in)?to ([a-z]\w*)\b(?! from\b)(.*)$"
_WORD = r"(?:\x22\x01*\x22|[A-Za-z0-9]+)"
_YES_NO = (
    r"^(field \w+ yes_no)\s+(?:(?:is|are)\s+)?(?:(?:written|shown|stored|coded|given|kept|where|with)\s+)?"
    rf"(?:as\s+|in\s+)?\(?({_WORD})\s*(?:(?:for|is|means?|=)\s*yes)?\s*(?:,\s*(?:and|or)\b|,|/|\bor\b|\band\b|(?<=\x22)(?=\s*\x22))\s*"
    rf"({_WORD})\s*(?:(?:for|is|means?|=)\s*no)?\)?$"
)


def whole_steps(text: str, mask: str, place: Place) -> Iterator[Step]:
    """All of them; none for a line of another block."""
    way = {TOP: _top, "source": _source, "journey": _journey, "action": _action}.get(place.block)
    if way is not None:
        yield from way(text, mask, place)


def _top(text: str, mask: str, place: Place) -> Iterator[Step]:
    """`hour_cost 22 EUR per hour`: a figure with a name that other lines read."""
    found = match(_FIGURE_OF, mask)
    if found is None:
        return
    scenic = compiled(rf"(?m)^ +assume {found[1]}\b")
    if found[1] in place.orphans or any(map(scenic.search, place.hints.holding(found[1]))):
        yield Step(0, len(mask), f"assume {found[1]} = {found[2]}", 0.3)


def _source(text: str, mask: str, place: Place) -> Iterator[Step]:
    """`per customer by F`: many, where the file reads the source's rows; one, where it reads its fields bare. And the
    two words of a `yes_no`."""
    found = compiled(_PER_CUSTOMER).match(mask)
    if found is not None:
        rows = re.compile(rf"\bof {place.near.name}\b|\bany {place.near.name}\b")
        many = bool(place.near.name) and any(rows.search(each) for each in place.hints.texts)
        yield Step(0, len(mask), f"{'many' if many else 'one'} per customer by {found[1]}", 0.2, "S130")
    pair = compiled(_YES_NO).match(mask) if " yes_no " in mask else None
    if pair is not None:
        one, other = (text[slice(*pair.span(group))].strip('"') for group in (2, 3))
        yield Step(0, len(text), f'{pair[1]} as ("{one}", "{other}")', 0.2, "S153")


def _journey(text: str, mask: str, place: Place) -> Iterator[Step]:
    """`move to loyal when …`: from the stage before it, or another."""
    found = compiled(_MOVE_TO).match(mask)
    stages = list(place.hints.named(("stage",)))
    if found is None or found[1] not in stages:
        return
    at = stages.index(found[1])
    others = [*reversed(stages[:at]), *stages[at + 1 :]]
    for number, stage in enumerate(others[:3]):
        written = f"move {stage} to {found[1]}{text[found.start(2) :]}"
        yield Step(0, len(text), written, 0.3 + 0.02 * number, "S128", f"from `{stage}`")


def _action(text: str, mask: str, place: Place) -> Iterator[Step]:
    yield from dates_of_one_year(mask)
