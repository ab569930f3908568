"""Turns of speech that no row can say, as they need the rest of the file, or have as many parts as there are.

In: a line as tried, and what the file tells. Out: steps: `neither A nor B`, `weight high`, `quiet hours 8pm-9am`,
`many rows per customer`, `date as DD.MM.YYYY`, `private / staff / other`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from stratagem.dsl.catalogue import below, first_words
from stratagem.dsl.catalogue.pattern import Literal
from stratagem.dsl.parse.faults import snake
from stratagem.dsl.parse.hints import phrase_words
from stratagem.dsl.parse.mend.branches import branch_steps
from stratagem.dsl.parse.mend.comparisons import UNIT
from stratagem.dsl.parse.mend.dates import clock, yearless_steps
from stratagem.dsl.parse.mend.fields import field_steps
from stratagem.dsl.parse.mend.had import had_steps
from stratagem.dsl.parse.mend.heads import whole_steps
from stratagem.dsl.parse.mend.options import option_steps
from stratagem.dsl.parse.mend.quotes import single, straight
from stratagem.dsl.parse.mend.step import Step, compiled, finditer, match, with_figures
from stratagem.dsl.parse.mend.tidy import differing
from stratagem.dsl.parse.mend.trial import Place, Trial


def turn_steps(trial: Trial, mask: str, place: Place) -> Iterator[Step]:
    """All of them."""
    text = trial.text
    yield from neither_steps(text, mask)
    yield from had_steps(mask, place.hints)
    yield from option_steps(mask, place)
    yield from _quoted_choices(mask, place)
    yield from _end_of_name(mask, place)
    yield from _share_of(mask, place)
    yield from _equals(mask, place.kind)
    if place.kind != "statement":
        return
    yield from _quiet_hours(mask)
    yield from _code(mask)
    yield from _words_for_figures(mask, place)
    yield from _key(mask, place)
    yield from branch_steps(text, mask, place.hints)
    yield from _two_statements(trial, place)
    yield from field_steps(text, mask, trial, place.hints.currency)
    yield from _quotes(text)
    if place.children and mask.endswith("="):  # the cases stand below it
        yield Step(len(mask[:-1].rstrip()), len(mask), "", 0.1, "S142")
    yield from _quote_too_late(trial)
    yield from _in_a_run(mask, place)
    yield from _seconds(mask)
    yield from whole_steps(text, mask, place)
    yield from yearless_steps(mask, place.line, place.hints)


def _share_of(mask: str, place: Place) -> Iterator[Step]:
    """`margin_rate of revenue`: a share of an amount is multiplied with it."""
    for found in finditer(r"(?<![\w.])([a-z]\w*)\s+of\s+(?=[a-z(])", mask, " of "):
        shares = compiled(rf"(?m)\b{found[1]}\b(?:\s+\x22[^\x22]*\x22)?\s*(?:=\s*\d[\d.]*%|share\b)")
        if found[1] in place.hints.words and any(shares.search(text) for text in place.hints.holding(found[1])):
            yield Step(found.end(1), found.end(), " * ", 0.2, "S153", knows=True)


def _code(mask: str) -> Iterator[Step]:
    """`waive STG-4`, `waive stg 4`: the code of a check is one word in capitals."""
    for found in finditer(r"^waive\s+([A-Za-z]+)[\s_.#-]*(\d+)(?!\w)", mask, "waive"):
        code = f"{found[1].upper()}{found[2]}"
        if code != mask[found.start(1) : found.end()]:
            yield Step(found.start(1), found.end(), code, 0.2, "S153")


_NEITHER = (
    r"\b(?:(?:(?P<what>[a-z][\w.]*)\s+)?(?:is|are|was|has|have)\s+)?(?:neither|none)\b(?:\s+of)?"
    r"(?:\s+(?:the following|these|them))?\s*:?\s+(?P<first>[^(),]+?)(?P<more>(?:,[^(),]+)*)\s*,?\s*"
    r"\b(?:nor|or|and)\s+(?P<last>[^()]+?)(?=\s+(?:and|or)\s|\s*\)|$)"
)
_THEY = frozenset(("it", "he", "she", "they", "who", "customer", "customers", "person", "that", "which"))


def neither_steps(text: str, mask: str) -> Iterator[Step]:
    """`neither A nor B`, `none of A, B or C`, `stage is neither a nor b`: every part is denied."""
    for found in finditer(_NEITHER, mask, "neither", "none"):
        spans = [found.span("first"), *_commas(mask, *found.span("more")), found.span("last")]
        parts = [text[slice(*span)].strip() for span in spans]
        parts = [re.sub(r"^(?:nor|or|and)\s+", "", part) for part in parts if part]
        what = found["what"] or ""
        if what and what not in _THEY:
            written = f"{what} is not one of ({', '.join(parts)})"
        else:
            joined = compiled(r"\b(?:or|and)\b")
            written = " and ".join(f"not ({part})" if joined.search(part) else f"not {part}" for part in parts)
        yield Step(found.start(), found.end(), written, 0.2, "S153")
    for found in finditer(r"\bnone of\s+([a-z]\w*(?:\s*,\s*[a-z]\w*)+)$", mask, "none of"):
        items = re.split(r"\s*,\s*", found[1])
        yield Step(found.start(), found.end(), " and ".join(f"not {item}" for item in items), 0.3, "S153")


def _commas(mask: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between the commas of a stretch."""
    for found in re.finditer(r"[^,]+", mask[start:end]):
        yield start + found.start(), start + found.end()


_HOUR = (
    r"(?:[012]\d[0-5]\d(?!\d)|\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?|uhr|hrs?|h|o'?clock|in the (?:morning"
    r"|evening|afternoon)|at night)?|noon|midday|midnight)"
)
_QUIET = (
    r"(?i)^(?:quiet|silent|silence|do not disturb|don't disturb|no (?:contacts?|calls?|messages?|mails?|texts?|sms))"
    r"(?:\s+(?:hours?|times?|period))?\s*[:=]?\s*(?:from|between|after|starting(?:\s+at)?|at)?\s*"
    rf"({_HOUR})\s*(?:-|–|—|to|and|until|till|til|bis|through|up to|before|,)\s*({_HOUR})(?=\s+for\b|\s*$)"
)


def _quiet_hours(mask: str) -> Iterator[Step]:
    """`quiet hours 8pm-9am`."""
    found = compiled(_QUIET).match(mask) if mask[:2].lower() in ("qu", "si", "do", "no") else None
    start, end = (clock(found[1]), clock(found[2])) if found is not None else ("", "")
    if found is None or not start or not end:
        return
    half = re.search(r"(?i)[ap](?=\.?m\.?$)", found[2])
    bare = half is not None and found[1].strip().replace(":", "").isdigit() and int(start[:2]) < 13
    for begins in (clock(f"{found[1].strip()}pm"), clock(f"{found[1].strip()}am")) if bare else (start,):
        written = f"quiet from {begins} to {end}"
        first, last, changed = differing(mask[: found.end()], written)
        if changed and "24:00" not in mask:
            apart = (begins, end) != (found[1], found[2]) and changed[0].isdigit()
            meant = f"that it begins at {begins}" if bare else ""
            yield Step(first, last, changed, 0.2, "S195" if apart else "S153", meant)


_FIGURES = {
    "goal.weight": {
        "very high": "3", "highest": "3", "triple": "3", "high": "2", "double": "2", "twice": "2", "important": "2",
        "medium": "1", "normal": "1", "standard": "1", "average": "1", "single": "1", "low": "0.5", "half": "0.5",
    },
    "treated.priority": {
        "very high": "1", "highest": "1", "top": "1", "high": "1", "first": "1", "medium": "2", "normal": "2",
        "second": "2", "middle": "2", "low": "3", "third": "3", "lowest": "4",
    },
}  # fmt: skip
"""What is said for a figure, by the statement that takes one."""


_WEIGHT = r"^weight\s*[:=]?\s*(\d{2,3})%$"


def _words_for_figures(mask: str, place: Place) -> Iterator[Step]:
    """`weight high`, `priority: top`."""
    percent = match(_WEIGHT, mask)
    if percent is not None:
        yield Step(0, len(mask), f"weight {int(percent[1]) / 100:g}", 0.2, "S153", "100% being the usual weight")
    for statement in below(place.block) if mask[:1] in "wp" else ():
        said = _FIGURES.get(statement.id)
        found = re.match(rf"{first_words(statement)[0]}\s*[:=]?\s*(?:is\s+)?([a-z ]+)$", mask) if said else None
        if said and found and found[1].strip() in said:
            figure = said[found[1].strip()]
            meant = "the usual weight being 1" if statement.id == "goal.weight" else "1 being the first"
            yield Step(0, len(mask), f"{first_words(statement)[0]} {figure}", 0.3, "S153", f"{figure}, {meant}")


_PER_CUSTOMER = (
    r"^(one|many|several|multiple)\s+(?:rows?\s+|lines?\s+|records?\s+|entry\s+|entries\s+)?"
    r"(?:per|for each|for every|by|each)\s+(?:customer|person|client|household|member|guest|patient|buyer|user|one)s?"
    r"(?:\s+(?:by|on|with|key))?$"
)


def _key(mask: str, place: Place) -> Iterator[Step]:
    """`many rows per customer`: by the field that identifies the customer, in this source too."""
    found = compiled(_PER_CUSTOMER).match(mask) if place.block == "source" else None
    said = compiled(r"^identified by\b.*$").match(mask) if place.block == "customer" else None
    if found is None and said is None:
        return
    keys = compiled(rf"(?m)^\s+{'identified' if found else '(?:one|many) per customer'} by ([a-z]\w*)$")
    names = [m[1] for text in place.hints.texts for m in keys.finditer(text) if m[1] in place.hints.paths]
    for name in dict.fromkeys(names):
        number = "one" if found and found[1] == "one" else "many"
        written = f"{number} per customer by {name}" if found else f"identified by {name}"
        yield Step(0, len(mask), written, 0.3 if found else 0.7, "S128" if found else "S153")
        return


def _quotes(text: str) -> Iterator[Step]:
    """`「a」 benefit 「b」`: each text in straight quotes, what stands between them as it is."""
    for mended in straight(text):
        start, end, written = differing(text, mended)
        yield Step(start, end, written, 0.15, "S153" if single(text[start:]) else "S127")


_CHOICE = r"[a-z][a-z0-9_]*|[\d.,%-]+(?: \w+)?|\x22\x01*\x22"


def _quoted_choices(mask: str, place: Place) -> Iterator[Step]:
    """`one of (grand, don't know)`: what is no plain word stands in quotes, unless it is a name of other lines."""
    known = place.hints.words | place.hints.orphans.keys()
    for found in finditer(r"\bone of\s*\(([^()/;|]+)\)", mask, "one of"):
        items = [item.strip() for item in re.split(r",\s*(?:(?:and|or)\s)?|\s(?:and|or|&)\s", found[1])]
        apart = [word for item in items for word in _side_by_side(item, place)]
        assumed, items = "" if apart == items else "that they are choices of their own", apart
        odd = {item: snake(item) for item in items if not compiled(_CHOICE).fullmatch(item)}
        named = any(name in known for name in odd.values())
        capital = {item for item in odd if named and re.fullmatch(r"[A-Z][a-z]+", item)}
        written = {item: name if name in known or item in capital else f'"{item}"' for item, name in odd.items()}
        listed = ", ".join(written.get(item, item) for item in items)
        if len(items) > 1 and all(items) and listed != found[1].strip():
            start, end, changed = differing(mask, mask[: found.start(1)] + listed + mask[found.end(1) :])
            yield Step(start, end, changed, 0.35, "S163" if not odd else "S139" if named else "S199", assumed)


def _side_by_side(item: str, place: Place) -> list[str]:
    """`region abroad`: two choices, where other lines read one of them by itself, or of several all but one."""
    words = item.split()
    if len(words) < 2 or item[0] == '"':
        return [item]
    alone = [w for w in words if w not in phrase_words() and any(place.line not in t for t in place.hints.holding(w))]
    return words if len(alone) >= len(words) - 1 else [item]


def _quote_too_late(trial: Trial) -> Iterator[Step]:
    """`"The tasting at heard" through room`: the text ends before a word of the phrase that is wanted behind it."""
    run, at = trial.tokens, trial.index
    before = run[at - 1] if at and trial.wanted else None
    if before is None or before.kind != "STRING":
        return
    for word in (part.text for part in trial.wanted if isinstance(part, Literal) and part.text.isalpha()):
        cut = before.text.rfind(f" {word} ")
        if cut > 1:
            moved = f'{before.text[:cut]}" {before.text[cut + 1 : -1]}'
            yield Step(before.start, before.end, moved, 0.4, "S127")


def _equals(mask: str, kind: str) -> Iterator[Step]:
    """`when size = large or size = medium`: every `=` of a condition at once."""
    if mask.count("=") < 2:
        return
    start = compiled(r"\b(?:when|unless|where|if)\s").search(mask) if kind == "statement" else None
    first = start.end() if start is not None else len(mask) if kind == "statement" else 0
    rest = mask[first:]
    sign = compiled(r"\s*(?<![<>!=:])={1,2}(?![=>])\s*")
    if len(sign.findall(rest)) > 1:
        at = first + next(sign.finditer(rest)).start()
        yield Step(at, len(mask), sign.sub(" is ", mask[at:]), 0.4, "S152")


def _end_of_name(mask: str, place: Place) -> Iterator[Step]:
    """`2y >= 1` where `visits_2y` is declared: a name that starts with its figure has lost what stands before it."""
    for found in with_figures(r"(?<![\w.,-])(\d+[a-z])(?=\s*(?:[<>]|is\b|between\b|$))", mask):
        names = [name for name in place.hints.named(("fact", "assumption")) if name.endswith(f"_{found[1]}")]
        if len(names) == 1:
            yield Step(*found.span(), names[0], 0.15, "S139", f"that `{names[0]}` is meant", knows=True)


_A_RUN = (
    r"^(?:at most|max(?:imum)?\.?|no more than|not more than|up to|limit)\s+(\d+)\s+(?:[a-z]+\s+)?"
    r"(?:(?:per|for each|for every|to each)\s+[a-z]+\s+)?"
    rf"((?:per|a|an|every|each)\s+(?:\d+\s+)?{UNIT})$"
)


def _in_a_run(mask: str, place: Place) -> Iterator[Step]:
    """`maximum 1 action per guest per week`, where each run takes so many."""
    found = compiled(_A_RUN).match(mask) if place.block == "decide" else None
    if found is not None:
        often = found[2].replace("per ", "a ")
        meant = f"that a plan is made once {often}; a limit over time stands under `contact policy`"
        yield Step(0, len(mask), f"at most {found[1]} actions per customer", 0.3, "S153", meant)


def _two_statements(trial: Trial, place: Place) -> Iterator[Step]:
    """`price 9 EUR margin 2 EUR`: the second on a line of its own."""
    if not trial.fits or place.children or "\n" in trial.text or trial.fault is None:
        return
    run, at = trial.tokens, trial.index
    skipped = at + (at < len(run) and run[at].text in ("with", "and", "plus", "at", ",", ";", "&", "+"))
    behind = at + (trial.fault.code == "S168")  # the fault is what stands before it
    for first, index in dict.fromkeys(((at, at), (at, skipped), (behind, behind))):
        said = [t.text for t in run[index:]]
        if 1 < index < len(run) - 1 and any(said[: len(head)] == list(head) for head in _heads(place.block)):
            yield Step(run[first - 1].end, run[index].start, "\n", 0.4, "S108")


@cache
def _heads(block: str) -> frozenset[tuple[str, ...]]:
    return frozenset(first_words(statement) for statement in below(block)) - {()}


def _seconds(mask: str) -> Iterator[Step]:
    """`takes 90 seconds`: the shortest span is a minute."""
    for found in with_figures(r"\b(\d[\d,]*)\s*(?:seconds?|secs?|s)\b\.?", mask, "s"):
        seconds = int(found[1].replace(",", ""))
        minutes = max(1, -(-seconds // 60))
        meant = "" if seconds % 60 == 0 else "that a minute begun is a minute"
        yield Step(*found.span(), f"{minutes} minute{'s' * (minutes != 1)}", 0.3, "S198", meant)
