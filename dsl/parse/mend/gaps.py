"""Something that was not written: filled with what the file or the language tells, else with a figure to be replaced.

In: a line that stops, or goes on, where a word, a figure, a formula or a condition is wanted. Out: steps that write
one there, each with what it assumes; nothing is filled in silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from stratagem.dsl.catalogue import first_words
from stratagem.dsl.catalogue.pattern import Literal, SlotPart
from stratagem.dsl.catalogue.statement import Statement
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.parse.hints import Hints
from stratagem.dsl.parse.match import TYPES, attempt
from stratagem.dsl.parse.mend.step import Step, compiled, finditer, masked, match
from stratagem.dsl.parse.mend.trial import Place, Trial
from stratagem.dsl.parse.speak_parts import example

TO_BE_REPLACED = "a figure that is to be replaced by your own"
_FILLED = ("rate", "money", "integer", "number", "share", "figure", "duration", "date", "moment", "time", "constant")
"""Kinds of slots that a figure fills."""
_LITERAL = r"-?\d[\d,.]*(?:%| [A-Z]{3}\b(?: per (?:\d+ )?[a-z]+)?| (?:minute|hour|day|week|month|quarter|year)s?\b)?"
_FORMULAS = {"action.chance": "10%", "action.worth": "5 {money}", "value": "0 {money}", "metric": "missing",
             "goal.metric": "missing"}  # fmt: skip
"""By a statement a formula that says nothing yet."""
_TIER = r'^  ([a-z]\w*)(?: "[^"]*")? (?:from|top|next|below|otherwise)\b'
_COMPARES = r"(?:>=?|<=?|is(?: not)?|between)"
MOST_SHOWN = 6
"""Choices or sources of which each is offered."""


def gap_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """What may stand at the fault where nothing was written."""
    at, run, end = trial.index, trial.tokens, len(trial.text)
    yield from _compared(trial, place)
    yield from _counted(trial, place)
    yield from _once_or_often(trial)
    yield from _amounts(trial, place)
    if trial.text.count('"') > place.line.count('"'):
        return  # a text was made of something: what was written there is not known to be missing
    if not trial.fits or (at < len(run) and run[at].kind not in ("NAME", "OF", "PER")):
        return
    statement = trial.fits[0].statement
    for part in trial.wanted:
        if not isinstance(part, SlotPart):
            continue
        if part.kind in _FILLED:
            figures = _figures(statement, part, place)
        elif part.kind == "formula" and at >= len(run) and not place.children:
            figures = formulas(statement, trial.text, place.hints)
        elif part.kind == "condition" and at >= len(run) and run[-1].text == "when":
            figures = ("missing",)
        else:
            continue
        for number, figure in enumerate(figures):
            assumes = TO_BE_REPLACED if re.search(r"\d|missing", figure) else "what is usual"
            if at >= len(run):
                cost = 0.9 if part.kind in ("formula", "condition") else 1.3
                yield Step(end, end, f" {figure}", cost + 0.01 * number, "", assumes)
            else:
                yield Step(run[at].start, run[at].start, f"{figure} ", 1.3 + 0.01 * number, "", assumes)


def _amounts(trial: Trial, place: Place) -> Iterator[Step]:
    """`price NOK`, `costs = NOK + 2`: the currency stands there, its figure does not."""
    statement = trial.fits[0].statement if trial.fits else None
    figure = re.search(r"\d[\d,.]*(?= [A-Z]{3})", statement.example if statement is not None else "")
    for before, token in zip((None, *trial.tokens), trial.tokens, strict=False):
        home = token.text == place.hints.currency and token.kind == "WORD"
        if home and (before is None or before.text != "currency"):
            written = f"{figure.group() if figure else '10'} "
            yield Step(token.start, token.start, written, 0.4, "", TO_BE_REPLACED)


def _once_or_often(trial: Trial) -> Iterator[Step]:
    """`95 GBP and 300 GBP once`: an amount that does not say whether it comes once or again and again."""
    at, run = trial.index, trial.tokens
    words = {part.text for part in trial.wanted if isinstance(part, Literal)}
    over = at >= len(run) or run[at].text in ("and", "paid")
    if 0 < at <= len(run) and over and "once" in words and run[at - 1].kind == "MONEY":
        for number, often in enumerate(("per month", "once", "per year")):
            yield Step(run[at - 1].end, run[at - 1].end, f" {often}", 0.7 + 0.02 * number, "S128", often)


@cache
def _own_example(statement: Statement, slot: str) -> tuple[str, ...]:
    """How the catalogue's example fills a slot, as `rank by` by what holds without it; nothing where it does not."""
    line = statement.example.split("\n")[0]
    run = tokens(line)
    for found, start, end in attempt(statement, run).captured:
        if found.name == slot:
            return (line[run[start].start : run[end - 1].end],)
    return ()


def _figures(statement: Statement, part: SlotPart, place: Place) -> tuple[str, ...]:
    """Figures of the kind that is wanted, as the catalogue's example has them, in the strategy's currency."""
    found = _own_example(statement, part.name) or (example(part),)
    if part.kind in ("date", "moment"):
        return (place.hints.latest_day or found[0],)
    if statement.id == "given.is":
        return tuple(_given(place))
    if part.kind == "figure" and "%" in place.line:
        found = ("90%",)
    if part.kind == "figure" and statement.id == "metric.target":
        found = _targets(place.line, place.hints)
    return tuple(re.sub(r"\b[A-Z]{3}\b", place.hints.currency, each) for each in found)


def _given(place: Place) -> Iterator[str]:
    """What fits a field that is given: its choices, or a figure of its kind."""
    name = place.line.split(maxsplit=1)[0]
    for text in place.hints.holding(name):
        yield from _values(text, name, "is")
        yield from (_SOME[kind].format(money=place.hints.currency) for kind in _kinds(text, name))


def _targets(line: str, hints: Hints) -> tuple[str, ...]:
    """Figures of a target: a share where the metric above it is one."""
    above = next((text[: text.find(line)] for text in hints.texts if line in text), "")
    above = above.rsplit("metric ", 1)[-1].split("\n")[0]
    return ("90%", "10") if "share of" in above else ("10", "90%")


def formulas(statement: Statement, line: str, hints: Hints) -> tuple[str, ...]:
    """Formulas that say nothing yet for a statement without one, of the kind that its name is read as."""
    money = hints.currency
    if statement.id in _FORMULAS:
        return (_FORMULAS[statement.id].format(money=money),)
    if statement.id not in ("measure", "assume"):
        return _own_example(statement, "formula")
    name = [*line.split(), "", ""][1]
    said = [m[1] for text in hints.holding(name) for m in re.finditer(rf"\bassume {re.escape(name)} = (.+)", text)]
    if said:
        return (said[0],)
    read = rf"\b{re.escape(name)}\s*{_COMPARES}\s*({_LITERAL}|yes\b|no\b)"
    like = next((m[1] for text in hints.holding(name) for m in re.finditer(read, text)), "")
    if like:
        return (re.sub(r"\d[\d,.]*", "0", like, count=1) if like[-1:] not in "so" or like[0].isdigit() else "no",)
    return ("no",) if read_alone(name, hints) else ("0", f"0 {money}", "0%")


def read_alone(name: str, hints: Hints) -> bool:
    """Is a name a condition by itself in some line."""
    alone = rf"(?:\bwhen|\band|\bor|\bnot|\bunless)\s+{re.escape(name)}\s*(?:$|\)|\band\b|\bor\b)"
    return any(re.search(alone, text, re.MULTILINE) for text in hints.holding(name))


def _compared(trial: Trial, place: Place) -> Iterator[Step]:
    """`where kind is` and nothing: each choice of the field, or what other lines compare the name with."""
    for found in finditer(_GAP, masked(trial.text)):
        if found.end() + 4 > trial.at - 4:
            yield from _to_compare(found, place)


_GAP = rf"\b([a-z]\w*(?:\.\w+)*)\s+({_COMPARES})(?=$|\s+(?:and|or|else|when|otherwise)\b|\s*\))"
"""A comparison with nothing behind its sign."""


def _to_compare(found: re.Match[str], place: Place) -> Iterator[Step]:
    """What may stand behind the sign."""
    name, end = found[1].split(".")[-1], found.end()
    values: list[str] = []
    for text in place.hints.holding(name):
        values += _values(text, name, found[2])
    if not values and found[2] in ("is", "is not"):
        values = ["missing", "known"]
    for number, value in enumerate(list(dict.fromkeys(values))[:MOST_SHOWN]):
        yield Step(end, end, f" {value}", 0.7 + 0.01 * number, "", f"`{value}`")
    kinds = [kind for text in place.hints.holding(name) for kind in _kinds(text, name)] if not values else []
    for kind in kinds[:1]:
        yield Step(end, end, f" {_SOME[kind].format(money=place.hints.currency)}", 0.9, "", TO_BE_REPLACED)


_SOME = {"number": "1", "money": "10 {money}", "share": "10%", "duration": "30 days"}
"""A figure of each kind, to compare with."""


def _kinds(text: str, name: str) -> Iterator[str]:
    """The kind of figure that a field is declared as, or that a measure looks like."""
    field = re.search(rf"^\s+field {name} ([a-z]+)", text, re.MULTILINE)
    if field is not None and field[1] in _SOME:
        yield field[1]
    measure = re.match(rf"(?:measure|value) {name}\b[^=]*= ([a-z]+)", text)
    if measure is not None and measure[1] in ("count", "number", "days", "months"):
        yield "duration" if measure[1] in ("days", "months") else "number"


def _values(text: str, name: str, sign: str) -> Iterator[str]:
    """What a name may be compared with: its choices, its tiers, figures of other lines."""
    if sign in ("is", "is not"):
        for found in re.finditer(rf"^\s+field {name} one of \(([^()]*)\)", text, re.MULTILINE):
            yield from (choice.strip() for choice in found[1].split(","))
        if re.match(rf"segments {name}\b", text):
            yield from re.findall(_TIER, text, re.MULTILINE)
        if re.search(rf"^\s+field {name} yes_no\b", text, re.MULTILINE):
            yield from ("yes", "no")
    elif sign != "between":
        yield from (m[1] for m in re.finditer(rf"\b{name}\s*(?:>=?|<=?)\s*({_LITERAL})", text))


def _counted(trial: Trial, place: Place) -> Iterator[Step]:
    """`count of in last 12 months`: the sources whose rows have a date."""
    at, run = trial.index, trial.tokens
    if not 0 < at < len(run) or run[at].kind not in ("WINDOW", "WHERE") or run[at - 1].kind not in ("AGGREGATE", "ANY"):
        return
    counts = run[at - 1].text.startswith("count") or run[at - 1].kind == "ANY"
    dated = [m[1] for text in place.hints.texts if (m := re.match(r"source ([a-z]\w*)", text)) and _dated(text)]
    for number, source in enumerate(dated[:MOST_SHOWN] if counts else ()):
        yield Step(run[at].start, run[at].start, f"{source} ", 0.5 + 0.01 * number, "", f"`{source}`")


def _dated(text: str) -> bool:
    """Does a source have many rows for each customer, with a date."""
    return all(re.search(rf"^  {words} per customer by|^  {words} by ", text, re.M) for words in ("many", "dated"))


def known_steps(trial: Trial, place: Place, at: int) -> Iterator[Step]:
    """What is left out where a line stops or goes on too early, and what the rest of the file tells about it."""
    statement = trial.fits[0].statement.id if trial.fits else ""
    run, end = trial.tokens, len(trial.text)
    start = run[at].start if at < len(run) else end
    if at >= len(run) and trial.text == place.line:
        for number, name in enumerate(_keys(trial, place)[:MOST_SHOWN]):
            yield Step(end, end, f" {name}", 0.5 + 0.01 * number, "", f"`{name}`")
    if statement == "field" and at >= len(run) == 2 and run[1].text in TYPES:
        for number, name in enumerate(place.orphans[:3]):
            why = f"the name `{name}`, which other lines use"
            yield Step(run[1].start, run[1].start, f"{name} ", 0.4 + 0.01 * number, "S128", why)
    if statement == "source" and at >= len(run) > 1:
        written = f'{"" if run[-1].text == "from" else " from"} "{run[1].text}.csv"'
        yield Step(end, end, written, 0.5, "", f"that the file is called {run[1].text}.csv")
    if statement == "journey.move" and len(run) > 1 and not any(token.text == "to" for token in run):
        stages = list(place.hints.named(("stage",)))
        own = stages.index(run[1].text) if run[1].text in stages else 0
        for number, stage in enumerate((*stages[own + 1 :], *stages[:own])[:MOST_SHOWN]):
            if stage != run[1].text:
                words = f"to {stage} " if at < len(run) else f" to {stage}"
                yield Step(start, start, words, 0.9 + 0.01 * number, "", f"`{stage}`")
    if statement.startswith("matrix.") and at == 2 < len(run) and run[1].kind == "NAME":
        for number, column in enumerate(_columns(trial.text, run[1].text, place)[:MOST_SHOWN]):
            why = f"the column `{column}`, whose cell is missing"
            yield Step(run[1].end, run[1].end, f", {column}", 0.3 + 0.01 * number, "S128", why)
    if at < len(run) and run[at].text == "per" and any(getattr(part, "kind", "") == "rate" for part in trial.wanted):
        yield Step(start, start, "1 ", 0.8, "", "that once is meant")
    if statement == "field" and trial.text.endswith("one of") and len(run) > 1:
        used = rf"\b{re.escape(run[1].text)}\s+is\s+(?:not\s+)?(?:one of\s*\(([^()]*)\)|([a-z]\w*))"
        said = [m[1] or m[2] for text in place.hints.holding(run[1].text) for m in re.finditer(used, text)]
        choices = ", ".join(sorted({word.strip() for part in said for word in part.split(",")}))
        if choices:
            yield Step(end, end, f" ({choices})", 0.8, "", "that these are all, as other lines use them")
    if statement == "field" and at + 1 < len(run) and run[at].text == "as" and at == 2:
        kinds = ("date", "timestamp") if run[at + 1].kind == "STRING" else ("yes_no",)
        for number, kind in enumerate(kinds):
            yield Step(run[at].start, run[at].start, f"{kind} ", 0.3 + 0.01 * number, "S128", f"`{kind}`")
    if statement == "field" and at < len(run) and run[at].kind == "STRING" and "%" in run[at].text:
        yield Step(run[at].start, run[at].start, "as ", 0.3, "S128")
    by = any(isinstance(part, Literal) and part.text == "by" for part in trial.wanted)
    if statement == "segments" and at >= len(run):
        for number, value in enumerate(_values_of(place.hints)[:MOST_SHOWN]):
            written = f"{'' if run[-1].text == 'by' else ' by'} {value}"
            yield Step(end, end, written, 0.6 + 0.01 * number, "", f"`{value}`, what a customer is worth")
    elif by and at >= len(run) and place.hints.latest_day:
        day = place.hints.latest_day
        yield Step(end, end, f" by {day}", 0.8, "", f"{day}, the latest date of the other lines")
    yield from _dates(trial, place)
    if trial.fits and any("| = {formula:formula}" in fit.statement.pattern for fit in trial.fits[:1]):
        head = len(first_words(trial.fits[0].statement))
        if head < at and run[head].kind != "EQUALS":
            yield Step(run[head].start, run[head].start, "= ", 0.5, "S146")


def _columns(line: str, row: str, place: Place) -> list[str]:
    """The columns of the matrix around a line that no other cell of the row stands in."""
    block = next((text for text in place.hints.texts if text.startswith("matrix ") and line in text), "")
    named = compiled(r"matrix .*\bcolumns ([a-z]\w*)").match(block)
    tiers = next((t for t in place.hints.texts if named and t.startswith(f"segments {named[1]} ")), "")
    said = re.findall(rf"(?m)^\s+tactic {row}\s*,\s*([a-z]\w*)", block)
    return [tier for tier in re.findall(_TIER, tiers, re.MULTILINE) if tier not in said]


def _keys(trial: Trial, place: Place) -> list[str]:
    """`many per customer by`, `dated by`: the field by which other sources go, and the source's dates."""
    if re.search(r"\b(?:per customer|identified) by$", trial.text):
        key = compiled(r"(?:per customer|identified) by ([a-z]\w*)")
        said = Counter(m[1] for text in place.hints.texts for m in key.finditer(text))
        return [name for name, _ in said.most_common()]
    own = [text for text in place.hints.texts if text.startswith(f"source {place.near.name} ")]
    if trial.text != "dated by" or not own:
        return []
    return re.findall(r"(?m)^  field ([a-z]\w*) (?:date|timestamp)\b", own[0])


def _values_of(hints: Hints) -> list[str]:
    """The strategy's values, the main one first."""
    found = [m for text in hints.texts if (m := compiled(r'value ([a-z]\w*)(?: "[^"]*")?( main\b)?').match(text))]
    return [m[1] for m in sorted(found, key=lambda m: not m[2])]


_LAST = r"(?:until|till|ends?(?: on)?|ending|up to|to|by|valid until|expires?(?: on)?)\s+(\d{4}-\d\d-\d\d)$"
_FIRST = r"(?:from|starts?|starts? on|starting|begins?|since|valid from)\s+(\d{4}-\d\d-\d\d)$"


def _dates(trial: Trial, place: Place) -> Iterator[Step]:
    """The one date of an action that has two."""
    if place.block != "action":
        return
    last, first = match(_LAST, trial.text), match(_FIRST, trial.text)
    texts = place.hints.holding("effective")
    start = next((m[1] for t in texts for m in re.finditer(r"\beffective (\d{4}-\d\d-\d\d)", t)), "")
    if last is not None and start and start < last[1]:
        yield Step(0, len(trial.text), f"from {start} to {last[1]}", 0.6, "S153", "that it starts with this version")
    end = place.hints.latest_day
    if first is not None and end > first[1]:
        yield Step(0, len(trial.text), f"from {first[1]} to {end}", 0.6, "S153", "that it ends with the last goal")
