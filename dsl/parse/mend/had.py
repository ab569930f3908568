"""What customers have or did, as it is said: `they have at least 2 visits`, `last order more than 90 days ago`.

In: a text, and the sources that the file declares. Out: steps to what the language has for it: `count of`, `any`, `days
since latest of`, `is missing`, over the rows of the source that is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stratagem.dsl.parse.hints import Hints
from stratagem.dsl.parse.mend.comparisons import UNIT
from stratagem.dsl.parse.mend.step import Step, compiled, finditer, with_figures

_WHO = r"(?:(?:for|of|only)\s+)*(?:(?:they|those|he|she|it|who|people|customers?|clients?|guests?|that)\s+)*"
_DID = (
    r"(?:(?:have|has|had|with|having|made|placed|booked|bought|ordered|attended|left|filed|lodged|visited|got|received"
    r"|took|gave|did|paid|opened|sent|there (?:is|are|was|were))\s+)"
)
_HOW_MANY = (
    (r"at least|min(?:imum|\.)?|>=", ">="), (r"at most|max(?:imum|\.)?|up to|<=", "<="),
    (r"more than|over|>", ">"), (r"(?:less|fewer) than|under|<", "<"), (r"exactly|just|only|=|is", "is"),
)  # fmt: skip
_SIGN = f"(?P<sign>{'|'.join(words for words, _ in _HOW_MANY)})"
_NUMBER = (
    r"(?P<number>\d[\d,]*|zero|one|two|three|four|five|six|an?|no|any|some)"
    r"(?P<more>\s?\+|\s+(?:or|and)\s+(?:more|fewer|less|up))?"
)
_DENIED = r"(?P<not>(?:(?:have|has|had|did|do|does|was|were)(?:n't|nt|\s+not)|never|not)\s+(?:yet\s+)?)?"
_WINDOW = (
    r"(?:\s+(?:(?:in|within|over|during|for|since)\s+)?(?:more\s+than\s+|over\s+|at\s+least\s+)?(?:the\s+)?"
    r"(?P<when>last|past|previous|next|coming)?\s*"
    rf"(?P<span>\d+\s+{UNIT})(?!\s+ago))?"
)
_TIMES = {"once": "1", "twice": "2", "thrice": "3", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
          "six": "6"}  # fmt: skip
_NOT = r"(?P<not>nothing|not|never|haven't|hasn't|didn't|have not|has not|did not|no longer)?"


def had_steps(mask: str, hints: Hints) -> Iterator[Step]:
    """All of them."""
    sources = {word: name for word, name in _sources(hints).items() if word in mask}
    if sources:
        yield from _rows(mask, sources)
    yield from _dated_where(mask, hints)
    yield from _recent(mask, hints)
    dated = sources | {day: name for day, name in _days(hints).items() if day in mask}
    if dated:
        yield from _ago(mask, dated, hints)
        if any(word in mask for word in (" since ", " after ", " from ", " ago ")):
            yield from _passed(mask, dated, hints)
            yield from _after(mask, dated, hints)
    did = {f"{word.removesuffix('e')}ed": name for word, name in sources.items() if word != name and " " not in word}
    did = {word: name for word, name in did.items() if word in mask}
    if did:
        yield from _done(mask, did)
    yield from _without(mask, hints)
    yield from _with(mask, hints)
    yield from _with_choice(mask, hints)
    yield from _through(mask, hints)
    yield from _day_ago(mask, hints)
    yield from _such_rows(mask, hints)
    yield from _until(mask)
    yield from _of_rows(mask, hints)


@lru_cache(maxsize=64)
def _pattern(before: str, words: tuple[str, ...], after: str) -> re.Pattern[str]:
    """A pattern with some of the file's names in the middle: kept for a few files only."""
    return re.compile(f"{before}(?:{'|'.join(map(re.escape, words))}){after}")


def _looked_for(before: str, words: dict[str, str], after: str, mask: str) -> Iterator[re.Match[str]]:
    longest = tuple(sorted(words, key=lambda word: (-len(word), word)))
    return _pattern(f"{before}(?P<word>", longest, f"){after}").finditer(mask)


def _rows(mask: str, sources: dict[str, str]) -> Iterator[Step]:
    """`at least 2 orders in last 6 months`, `have no visits`, `those with orders`, `2+ orders where open`."""
    before = rf"(?<![\w.])(?P<did>{_WHO}{_DENIED}{_DID})?(?:{_SIGN}\s+)?(?:{_NUMBER}\s+)?"
    for found in _looked_for(before, sources, rf"\b(?!\.){_WINDOW}", mask):
        if not (found["did"] or found["number"] or found["span"]) or _summed(mask, found.start()):
            continue
        who = "when " if re.match(r"(?:for|of|only)\b", found["did"] or "") else ""
        counted, held = _counted(found, sources[found["word"]], mask)
        where = compiled(r"\s+(?:where|with|that)\s+([^()]+?)(?=\)|$)").match(mask, found.end()) if held else None
        if where is not None:
            yield Step(found.start(), where.end(), f"{who}({counted} where {where[1]}){held}", 0.3, "S153", knows=True)
        else:
            yield Step(*found.span(), f"{who}{counted}{held}", 0.3, "S153", knows=bool(held))


def _summed(mask: str, start: int) -> bool:
    """Does a word before it already say how the rows are summed up."""
    return compiled(r"(?:\bof|\bany|\bsince|\bby|\bfrom|\bsource|\bbetween)\s+$").search(mask[:start]) is not None


def _counted(found: re.Match[str], source: str, mask: str) -> tuple[str, str]:
    """What is asked of the rows, and what their number is held against."""
    said = found["number"] or ""
    number = "0" if said == "zero" else _TIMES.get(said) or said
    if found["not"] or number in ("no", "0"):
        return f"not any {source}{_window(found)}", ""
    if not number[:1].isdigit():
        held = compiled(r"\s*(?:[<>]=?|=|(?:is\s+)?(?:at least|at most|between|\d))").match(mask, found.end())
        return f"{'count of' if held else 'any'} {source}{_window(found)}", ""
    if number == "1" and found["sign"] not in ("more than", "over", ">", "exactly", "just", "only", "=", "is"):
        return f"any {source}{_window(found)}", ""
    more = (found["more"] or "").split()[-1:]
    sign = "<=" if more in (["fewer"], ["less"]) else ">=" if more else _sign(found["sign"] or "at least")
    return f"count of {source}{_window(found)}", f" {sign} {number}"


def _window(found: re.Match[str]) -> str:
    when = "next" if found["when"] in ("next", "coming") else "last"
    return f" in {when} {found['span']}" if found["span"] else ""


def _sign(words: str) -> str:
    return next(sign for pattern, sign in _HOW_MANY if re.fullmatch(pattern, words))


_FIRST_OR_LAST = r"(?P<which>last|latest|most recent|first|earliest)"
_THE = r"(?:the\s+|their\s+|its\s+|an?\s+)?"


def _ago(mask: str, sources: dict[str, str], hints: Hints) -> Iterator[Step]:
    """`first visit < 90 days ago`, `last order is older than 6 months`."""
    before = rf"(?<![\w.])(?<!since ){_THE}{_FIRST_OR_LAST}\s+"
    older = r"(?:(?:older|longer|earlier) than|(?P<young>within|younger than|newer than))"
    after = rf"\s+(?:is\s+|was\s+)?(?:{_SIGN}|{older})?\s*(?P<span>\d+\s+{UNIT})(?:\s+ago|\s+back)?\b"
    for found in _looked_for(before, sources, after, mask):
        sign = "<=" if found["young"] else _sign(found["sign"]) if found["sign"] else ">"
        said = found.group()[len(found["which"]) :]
        meant = "" if found["sign"] or "than" in said or found["young"] else "that more than it is meant"
        yield from _since(found, sources, hints, f" {sign} {found['span']}", found["span"], 0.2, meant)


def _passed(mask: str, sources: dict[str, str], hints: Hints) -> Iterator[Step]:
    """`days since last order`; `it is 18 months since the last order`, `90 days have passed since the last visit`."""
    before = (
        r"(?<![\w.])(?:the\s+)?(?:number\s+of\s+)?(?P<unit>days|weeks|months|years|how\s+long|time)\s+(?:since|ago"
        r"|after|from)\s+"
        rf"{_THE}(?:{_FIRST_OR_LAST}\s+)?(?:of\s+)?"
    )
    for found in _looked_for(before, sources, r"(?![\w.])", mask):
        said = mask[found.end() :] if found["unit"] in ("time", "how long") else found["unit"]
        yield from _since(found, sources, hints, "", said, 0.25)
    before = (
        rf"(?<![\w.])(?:it(?:'s|\s+is|\s+was|\s+has\s+been)\s+)?(?:{_SIGN}\s+)?(?P<span>\d+\s+{UNIT})\s+"
        rf"(?:have\s+|has\s+)?(?:passed\s+|gone\s+by\s+|elapsed\s+)?(?:since|after|from)\s+{_THE}"
        rf"(?:{_FIRST_OR_LAST}\s+)?"
    )
    for found in _looked_for(before, sources, r"(?![\w.])", mask):
        sign = _sign(found["sign"]) if found["sign"] else ">="
        yield from _since(found, sources, hints, f" {sign} {found['span']}", found["span"], 0.25)


def _after(mask: str, sources: dict[str, str], hints: Hints) -> Iterator[Step]:
    """`silence 14 days after the last complaint`."""
    before = rf"^(?P<head>silence\s.*?)(?<=\safter\s){_THE}(?:{_FIRST_OR_LAST}\s+)?"
    for found in _looked_for(before, sources, r"$", mask):
        source = sources[found["word"]]
        dated = _dated(hints, source)
        if dated:
            which = "first" if found["which"] in ("first", "earliest") else "latest"
            yield Step(found.end("head"), found.end(), f"{which} of {source}.{dated}", 0.25, "S153")


def _since(
    found: re.Match[str], sources: dict[str, str], hints: Hints, held: str, span: str, cost: float, meant: str = ""
) -> Iterator[Step]:
    """The time since the first or last row of a source that says when its rows were, in units as those of a span."""
    source = sources[found["word"]]
    dated = _dated(hints, source)
    if dated:
        unit = "months" if compiled(r"month|quarter|year").search(span) else "days"
        which = "first" if found["which"] in ("first", "earliest") else "latest"
        yield Step(*found.span(), f"{unit} since {which} of {source}.{dated}{held}", cost, "S153", meant)


def _done(mask: str, did: dict[str, str]) -> Iterator[Step]:
    """`they ordered at least once`, `visited more than 3 times`, `not ordered for 90 days`."""
    before = rf"(?<![\w.]){_WHO}{_NOT}\s*(?:have\s+|has\s+|had\s+|been\s+)*"
    times = rf"(?:\s+{_SIGN}\s+(?P<times>once|twice|thrice|(?:one|two|three|four|five|six|\d+) times?))?"
    for found in _looked_for(before, did, rf"(?!\w){times}{_WINDOW}", mask):
        source = did[found["word"]]
        start = found.start() + len(found.group()) - len(found.group().lstrip())
        if found["times"]:
            number = found["times"].split()[0]
            counted = f"count of {source}{_window(found)} {_sign(found['sign'])} {_TIMES.get(number, number)}"
            yield Step(start, found.end(), "not " * bool(found["not"]) + counted, 0.3, "S153")
        elif found.group().strip() != found["word"]:
            yield Step(start, found.end(), f"{'not ' * bool(found['not'])}any {source}{_window(found)}", 0.35, "S153")


def _until(mask: str) -> Iterator[Step]:
    """`more than 60 days until 2027-08-12`, `90 days after joined_on`: the time to, or since, a day."""
    pattern = (
        rf"(?<![\w.])(?:(?:there\s+are|it\s+is|it's|with)\s+)?(?:{_SIGN}\s+)?(?P<span>\d+\s+{UNIT})\s+(?:left\s+)?"
        r"(?P<way>until|before|till|to|since|after)\s+(?:the\s+)?(?P<day>\d{4}-\d\d-\d\d|[a-z]\w*(?:\.\w+)?)(?=\s*"
        r"(?:$|\)|and\b|or\b))"
    )
    for found in with_figures(pattern, mask, " until ", " before ", " till ", " to ", " since ", " after "):
        since = found["way"] in ("since", "after")
        unit = "months" if re.search(r"month|quarter|year", found["span"]) else "days"
        sign = _sign(found["sign"]) if found["sign"] else ">=" if since else "<="
        written = f"{unit} {'since' if since else 'until'} {found['day']} {sign} {found['span']}"
        yield Step(*found.span(), written, 0.45, "S153", "" if found["sign"] else f"that `{sign}` is meant", knows=True)


_WHERE_DATED = (
    r"(?:(?:is\s+|was\s+)?(?:in|within|during)\s+(?:the\s+)?(?:last|past)\s+|(?:is\s+)?(?:>=?|after|since)\s+"
    r"(?:today|now)(?:\(\))?\s*-\s*)"
    rf"(?P<span>\d+\s+{UNIT})(?=\)|$|\s+and\s)"
)


def _dated_where(mask: str, hints: Hints) -> Iterator[Step]:
    """`count of orders where ordered_on in last 3 months`: the window stands behind the rows, by the field that dates
    them."""
    days = {day: name for day, name in _days(hints).items() if day in mask}
    for found in _looked_for(r"\s+where\s+(?:\w+\.)?", days, r"\s+" + _WHERE_DATED, mask) if days else ():
        more = " where" if mask.startswith(" and ", found.end()) else ""
        end = found.end() + len(" and") * bool(more)
        meant = f"`{found['word']}` dates them"
        yield Step(found.start(), end, f" in last {found['span']}{more}", 0.2, "S157", meant, knows=True)


_RECENT = (
    r"(?<![\w.])(?P<day>[a-z]\w*)\s+(?:is\s+|was\s+)?(?:(?:in|within|during)\s+(?:the\s+)?(?:last|past)\s+|"
    rf"{_SIGN}\s+(?=[^()]*\sago\b))(?P<span>\d+\s+{UNIT})(?:\s+ago)?(?=\s*(?:$|\)|and\b|or\b))"
)


def _recent(mask: str, hints: Hints) -> Iterator[Step]:
    """`joined_on in last 30 days`, `joined_on more than 30 days ago`: the time since a day that a customer has."""
    for found in with_figures(_RECENT, mask, "last", "past", "ago"):
        name = found["day"]
        dated = compiled(rf"(?m)^\s+field {re.escape(name)} (?:date|timestamp)\b")
        if name in hints.paths and any(map(dated.search, hints.holding(name))) and not _summed(mask, found.start()):
            unit = "months" if compiled(r"month|quarter|year").search(found["span"]) else "days"
            sign = _sign(found["sign"]) if found["sign"] else "<="
            yield Step(*found.span(), f"{unit} since {name} {sign} {found['span']}", 0.25, "S153", knows=True)


def _with(mask: str, hints: Hints) -> Iterator[Step]:
    """`they have has_pass`, `customers with has_pass`: a name that says yes or no by itself."""
    who = r"(?:they|he|she|it|who|that|those|people|(?:the\s+)?(?:customer|client|guest|member|patient|household)s?)"
    pattern = (
        rf"(?<![\w.])(?:{who}\s+)?(?:have|has|had|with|hold|holds)\s+(?:an?\s+|the\s+)?([a-z]\w*)(?=\s*(?:$|\)"
        r"|and\b|or\b))"
    )
    for found in finditer(pattern, mask, "ha", "with", "hold"):
        if f"has_{found[1]}" in hints.words:
            yield Step(*found.span(), f"has_{found[1]}", 0.2, "S139")
        declared = compiled(rf"(?m){_YES_OR_NO.format(name=re.escape(found[1]))}")
        if any(declared.search(text) for text in hints.holding(found[1])):
            yield Step(*found.span(), found[1], 0.25, "S126")


_ENDS = r"(?=\s*(?:$|\)|and\b|or\b|[<>]))"
"""What may follow a condition, or a figure of rows."""


def _with_choice(mask: str, hints: Hints) -> Iterator[Step]:
    """`any cleans with dirt salt`: a field of rows, and one of its choices."""
    with_it = r"(?:with|having|whose|(?:that|which)\s+have|where)"
    pattern = rf"\b{with_it}\s+(?:an?\s+|the\s+)?([a-z]\w*)\s+([a-z]\w*){_ENDS}"
    for found in finditer(pattern, mask, "with", "having", "whose", " have", "where"):
        declared = rf"(?m)^\s+field {re.escape(found[1])} one of \([^()]*\b{re.escape(found[2])}\b"
        if found[1] in hints.paths and any(compiled(declared).search(text) for text in hints.holding(found[1])):
            yield Step(*found.span(), f"where {found[1]} is {found[2]}", 0.2, "S153")


def _through(mask: str, hints: Hints) -> Iterator[Step]:
    """`count of contacts in last 30 days through mail`, `average of power in street`: the channel of contacts, a group
    that a customer belongs to."""
    window = rf"(?: in last \d+ {UNIT})?"
    pattern = rf"\b((?:count of |any )?(?:contacts|outcomes){window}) (?:through|via|by|over|on|with) ([a-z]\w*){_ENDS}"
    for found in finditer(pattern, mask, "contacts", "outcomes"):
        if found[2] in hints.named(("channel",)):
            written = f"{found[1]} where channel is {found[2]}"
            goes_on = mask[found.end() :].strip() not in ("", ")")
            yield Step(*found.span(), f"({written})" if goes_on else written, 0.2, "S153")
    pattern = rf"(?<= of )([a-z]\w*) (?:in|of|over|within|across|for) (?:the |their )?([a-z]\w*){_ENDS}"
    for found in finditer(pattern, mask, " of "):
        if found[2] in hints.named(("group",)):
            yield Step(*found.span(), f"{found[2]}.{found[1]}", 0.2, "S158")


def _such_rows(mask: str, hints: Hints) -> Iterator[Step]:
    """`count of cancelled stays`, `count of stays not cancelled in last 24 months`, `sum of outdoor stays.nights`: rows
    of which a field says yes, or is that choice."""
    asked, word = r"\b(?P<asked>[a-z]+ of|any) ", r"(?P<no>not )?(?P<word>[a-z]\w*)"
    window = rf"(?P<in> in (?:last|next) \d+ {UNIT})?"
    rows = r"(?P<rows>(?P<source>[a-z]\w*)(?:\.[a-z]\w*)?)"
    for pattern in (rf"{asked}{word} {rows}{window}{_ENDS}", rf"{asked}{rows} {word}{window}{_ENDS}"):
        for found in finditer(pattern, mask, " of ", "any "):
            own = rf"(?m)^source {re.escape(found['source'])} (?:.*\n)(?:  .*\n)*?  field "
            name = re.escape(found["word"])
            texts = hints.holding(found["word"])
            says = rf"{own}{name} yes_no\b", rf"{own}(\w+) one of \([^()]*\b{name}\b"
            met = [m for text in texts for said in says if (m := compiled(said).search(text))]
            if found["source"] in hints.named(("source",)) and met:
                no = "not " if found["no"] else ""
                field = f"{met[0][1]} is {no}{found['word']}" if met[0].lastindex else f"{no}{found['word']}"
                written = f"{found['asked']} {found['rows']}{found['in'] or ''} where {field}"
                yield Step(*found.span(), written, 0.2, "S153")


_SINCE = (
    r"((?:\b(?:latest|first) of )?(?<![\w.])(?:[a-z]\w*\.)?([a-z]\w*))\s+(?:is\s+|was\s+)?"
    rf"(?:{_SIGN}|(?P<older>(?:older|longer|earlier) than))\s*(?P<span>\d+\s+{UNIT})\s+ago\b"
)


def _day_ago(mask: str, hints: Hints) -> Iterator[Step]:
    """`put_up more than 720 days ago`: a field that is a date."""
    for found in with_figures(_SINCE, mask, " ago"):
        declared = rf"(?m)^\s+field {found[2]} (?:date|timestamp)\b"
        if found[2] in hints.paths and any(compiled(declared).search(text) for text in hints.holding(found[2])):
            unit = "months" if re.search(r"month|quarter|year", found["span"]) else "days"
            sign = _sign(found["sign"]) if found["sign"] else ">"
            yield Step(*found.span(), f"{unit} since {found[1]} {sign} {found['span']}", 0.2, "S153")


_YES_OR_NO = (
    r"^(?:segment {name} |\s+field {name} yes_no|measure {name} \x22[^\x22]*\x22 = (?:any |not |.*(?:[<>]|\bis\b"
    r"|\bbetween\b)))"
)
"""How a name is declared that says yes or no by itself."""


def _without(mask: str, hints: Hints) -> Iterator[Step]:
    """`unless without email`, `has no phone`: of a field that is no question of yes or no."""
    pattern = r"\b(?:without|(?:have|has|having|with) no)\s+(?:an?\s+|any\s+)?([a-z]\w*)(?=\s*(?:$|\)|and\b|or\b))"
    for found in finditer(pattern, mask, "without", " no "):
        name = found[1]
        texts = hints.holding(name) if name in hints.paths else ()
        if any(f" field {name} " in text and f" field {name} yes_no" not in text for text in texts):
            yield Step(*found.span(), f"{name} is missing", 0.3, "S153")


def _of_rows(mask: str, hints: Hints) -> Iterator[Step]:
    """`amount of orders in last 12 months`: a field of rows, summed up by nothing that is said."""
    pattern = r"(?<![\w.])(?:the\s+)?([a-z]\w*)\s+(?:of|from|in)\s+(?:all\s+|the\s+|their\s+)*([a-z]\w*)(?!\w|\s*\.)"
    for found in finditer(pattern, mask, " of ", " from ", " in "):
        if found[2] in hints.paths.get(found[1], ()) and not _summed(mask, found.start()):
            field = f"{found[2]}.{found[1]}"
            yield Step(*found.span(), f"sum of {field}", 0.3, "S164", "that their sum is meant")
            yield Step(*found.span(), f"latest of {field}", 0.5, "S164", "that the latest is meant")


@lru_cache(maxsize=4)
def _sources(hints: Hints) -> dict[str, str]:
    """The sources by their names, and by the one thing that a row of them is: `visit` for `visits`."""
    found: dict[str, str] = {}
    for name in hints.named(("source",)):
        one = f"{name[:-3]}y" if name.endswith("ies") else re.sub(r"(?<=[sxzh])es$|s$", "", name)
        found.update({name: name, one: name, one.replace("_", " "): name, name.replace("_", " "): name})
    return {word: name for word, name in found.items() if len(word) > 2 and (word == name or word not in hints.words)}


@lru_cache(maxsize=4)
def _days(hints: Hints) -> dict[str, str]:
    """The sources by the fields that date their rows, where no other source has such a field."""
    found = {name: _dated(hints, name) for name in hints.named(("source",))}
    return {day: name for name, day in found.items() if day and hints.paths.get(day) == (name,)}


def _dated(hints: Hints, source: str) -> str:
    """The field by which a source's rows are dated."""
    return _dating(hints.texts).get(source, "")


@lru_cache(maxsize=4)
def _dating(texts: tuple[str, ...]) -> dict[str, str]:
    """The same for all sources of a file."""
    found: dict[str, str] = {}
    for text in texts:
        dated = compiled(r"(?m)^\s+dated by ([a-z]\w*)").search(text) if text.startswith("source ") else None
        if dated is not None:
            found.setdefault(text.removeprefix("source ").partition(" ")[0], dated[1])
    return found
