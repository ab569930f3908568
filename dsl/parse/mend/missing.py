"""Words of a phrase that are missing: `desk` for `owner desk`, `one per by id` for `one per customer by id`.

In: a line as written, and what stands around it. Out: steps that put in it the words with which all of it reads; of
several first words those first that stand between such neighbours elsewhere in the file, or before the very same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from stratagem.dsl.catalogue import STATEMENTS, below, first_words
from stratagem.dsl.catalogue.pattern import Literal, SlotPart
from stratagem.dsl.catalogue.statement import TOP, Statement
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.fitting import fits, opens
from stratagem.dsl.parse.hints import phrase_words
from stratagem.dsl.parse.match import UNITS, Attempt, attempt
from stratagem.dsl.parse.mend.comparisons import UNIT
from stratagem.dsl.parse.mend.step import Step, compiled, masked, with_figures
from stratagem.dsl.parse.mend.trial import LITTLE, Place, Trial, read_text

MOST = 3
"""Ways to begin the line that are offered beside each other."""
MOST_FITS = 4
"""Statements that a line starts like, of which each is tried."""
_LEAST = 0.6
"""The share of the lines below a line that a statement must take."""


_ANYTHING = frozenset(("once_called", "strategy.time_zone"))
"""Statements that read with whatever stands behind their first words."""


def headless_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """The words that may be missing at the start of a line that reads whole with them."""
    if place.kind != "statement" or trial.text != place.line or not trial.tokens or "\n" in trial.text:
        return
    heads = [first_words(s) for s in below(place.block)]
    if tuple(token.text for token in trial.tokens) in heads:
        return  # what is missing stands behind them
    alone = len(trial.tokens) == 1 and trial.text in phrase_words()
    began = any(words[:1] == (trial.tokens[0].text,) for words in heads)
    found = sorted((read.strange, -_likely(s, head, place), head) for s, head, read in _whole(trial, place))
    found = [each for each in found if each[0] == found[0][0] and not (alone and each[0])]
    several = len({head for _, _, head in found if head != "when"}) > 1
    slip = bool(near(trial.tokens[0].text, [words[0] for words in heads if words]))
    for strange, likely, head in found[:MOST]:
        cost = max(0.15, 0.6 + 0.08 * likely) + 0.2 * began + 0.3 * slip + 0.1 * strange
        yield Step(0, 0, f"{head} ", cost, "", f"`{head}`" if several else "")


def put_back_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """A word or sign within the line, with which the whole line is one of the statements that it starts like."""
    if place.kind != "statement" or "\n" in trial.text:
        return
    yield from _unnamed(trial, place)
    yield from _own_metric(trial, place)
    yield from _cut_text(trial, place)
    yield from _per(trial)
    for fit in (fit for fit in trial.fits[:MOST_FITS] if not fit.complete):
        words = _phrase(fit.statement)
        following = trial.tokens[fit.reached].text if fit.reached < len(trial.tokens) else ""
        cost = 0.6 + 0.3 * (words.count(following) > 1)  # `from` may go with `bought`, and stand by itself
        for word in (part.text for part in fit.wanted if isinstance(part, Literal)):
            if word == "once":
                continue  # once or again and again: `known_steps` offers both
            step = _put_in(trial, word, fit.reached, cost)
            run = tokens(step.on(trial.text))
            read = attempt(fit.statement, run)
            taken = (run[start].text for _, start, end in read.captured if end == start + 1)
            if read.complete and LITTLE.isdisjoint(taken):
                yield step


def _unnamed(trial: Trial, place: Place) -> Iterator[Step]:
    """`group by owner_id`, `budget 9,000 USD per quarter`: the name is missing that other lines use."""
    if place.kind != "statement" or trial.text != place.line:
        return
    for fit in trial.fits[:1]:
        named = [start for slot, start, _ in fit.captured if slot.kind == "name"]
        own = [start for start in named if _is_own(fit, trial.tokens[start].text)]
        wanted = any(isinstance(part, SlotPart) and part.kind == "name" for part in fit.wanted)
        at = own[0] if own else fit.reached if wanted else len(trial.tokens)
        if at < len(trial.tokens) and (own or trial.tokens[at].kind not in ("NAME", "WORD")):
            start = trial.tokens[at].start
            slots = (*fit.wanted, *(slot for slot, _, _ in fit.captured))
            kind = next(slot.arguments[0] for slot in slots if isinstance(slot, SlotPart) and slot.kind == "name")
            said = frozenset(re.findall(r"[a-z0-9]+", place.line.lower()))
            names = sorted(read_as(kind, place), key=lambda name: -len(said.intersection(name.split("_"))))
            for number, name in enumerate(names[:MOST]):
                why = f"the name `{name}`, which other lines use"
                yield Step(start, start, f"{name} ", 0.25 + 0.01 * number, "S128", why)


def _own_metric(trial: Trial, place: Place) -> Iterator[Step]:
    """`measured by = share of customers where …`: the metric has no name, and is called after its goal."""
    for fit in trial.fits[:MOST_FITS] if place.near.name and trial.text == place.line else ():
        wanted = (part for part in fit.wanted if isinstance(part, SlotPart) and part.kind == "name")
        if any(slot.arguments[:1] == ("metric",) for slot in wanted) and fit.reached < len(trial.tokens):
            token = trial.tokens[fit.reached]
            name = f"{place.near.name}_metric"
            if token.kind not in ("NAME", "WORD"):
                equals = "" if token.kind == "EQUALS" else "= "
                yield Step(token.start, token.start, f"{name} {equals}", 0.3, "S128", f"the name `{name}` for it")


def read_as(kind: str, place: Place) -> tuple[str, ...]:
    """The names that nothing declares and that stand where this kind of name is read; all such of a formula."""
    heads = _readers(kind)
    if not heads:
        return place.orphans
    if kind == "source":
        read = {m[1] for text in place.hints.texts for m in compiled(r"\b(?:of|any) ([a-z]\w*)").finditer(text)}
        return tuple(name for name in place.orphans if name in read)
    lines = compiled(rf"(?m)^ *((?:{'|'.join(heads)})\b.*)")
    said = (m[1] for text in place.hints.texts for m in lines.finditer(text) if m[1] != place.line)
    known = place.hints.named((kind,))
    return tuple(dict.fromkeys(name for line in said for name in _read_in(line, kind) if name not in known))


def _read_in(line: str, kind: str) -> Iterator[str]:
    """The names that a line reads as those of a kind."""
    run = tokens(line)
    for statement in _reading(kind):
        if tuple(token.text for token in run[: len(first_words(statement))]) != first_words(statement):
            continue
        for slot, start, end in attempt(statement, run).captured:
            if slot.kind in ("ref", "refs") and kind in slot.arguments:
                yield from (token.text for token in run[start:end] if token.kind == "NAME")


@cache
def _readers(kind: str) -> tuple[str, ...]:
    """The first words of the statements that read names of a kind; none for names that stand in formulas."""
    if kind in ("fact", "field", "tier", "segment"):
        return ()
    return tuple(dict.fromkeys(" ".join(first_words(s)) for s in _reading(kind)))


@cache
def _reading(kind: str) -> tuple[Statement, ...]:
    """The statements that read names of a kind."""
    return tuple(s for s in STATEMENTS if re.search(rf":refs?\([^)]*\b{kind}\b", s.pattern) and first_words(s))


def _is_own(fit: Attempt, word: str) -> bool:
    """Is a word one of the statement's phrase."""
    return word in _phrase(fit.statement)


@cache
def _phrase(statement: Statement) -> tuple[str, ...]:
    """The words of a statement's phrase, in order."""
    return tuple(re.findall(r"[a-z]+", re.sub(r"\{[^}]*\}", " ", statement.pattern)))


def _cut_text(trial: Trial, place: Place) -> Iterator[Step]:
    """`before "The tasting at shop" through room`: the closing quote stands too late, behind a word of the phrase."""
    for fit in trial.fits[:1]:
        text = trial.tokens[fit.reached - 1] if 0 < fit.reached <= len(trial.tokens) else None
        for word in (part.text for part in fit.wanted if isinstance(part, Literal)):
            if text is not None and text.kind == "STRING" and f" {word} " in text.text:
                cut = text.start + text.text.rindex(f" {word} ")
                yield Step(cut, text.end, f'"{trial.text[cut : text.end - 1]}', 0.5, "S116")


_BARE_RATE = r"(?<![\w.,])(?:\d[\d,.]*(?= \d+ [a-z]+)|\d[\d,.]* [A-Z]{3}) ((?:\d+ )?([a-z]+))\b"


def _per(trial: Trial) -> Iterator[Step]:
    """`limit 2 7 days`, `2,800 GBP month`: the word between an amount and its period is missing."""
    for match in with_figures(_BARE_RATE, trial.text):
        if match[2].removesuffix("s") in UNITS:
            yield Step(match.start(1), match.start(1), "per ", 0.4, "S128")


def _put_in(trial: Trial, word: str, at: int, cost: float) -> Step:
    """A word before the token `at`."""
    run = trial.tokens
    if word == "," and at:
        return Step(run[at - 1].end, run[at - 1].end, word, cost, "S128")
    if at >= len(run):
        return Step(len(trial.text), len(trial.text), f" {word}", cost, "S128")
    return Step(run[at].start, run[at].start, f"{word} ", cost, "S128")


def _whole(trial: Trial, place: Place) -> Iterator[tuple[Statement, str, Trial]]:
    """The statements as which the line reads with some of their first words before it."""
    first = trial.tokens[0].text
    for statement in (s for s in below(place.block) if s.id not in _ANYTHING or "/" in trial.text):
        words = first_words(statement)
        for count in range(1, len(words) + 1):
            if (count < len(words) and first != words[count]) or "".join(words[:count]).startswith(first.lower()):
                continue
            head = " ".join(words[:count])
            text = f"{head} {trial.text}"
            if not attempt(statement, tokens(text)).complete or not _takes_below(text, place):
                continue
            read = read_text(text, place)
            if read.fault is None and _of_a_kind(statement, read):
                yield statement, head, read


def _takes_below(text: str, place: Place) -> bool:
    """Are the lines below the line such as stand below it when it reads so."""
    if not place.near.below:
        return True
    inner = [Line("", 1, 1, each, 1) for each in place.near.below]
    kinds = opens(Line("", 1, 1, text, 1, children=inner), place.block)
    return sum(any(fits(each, kind) for kind in kinds) for each in inner) >= _LEAST * len(inner)


def _of_a_kind(statement: Statement, read: Trial) -> bool:
    """Are the figures by themselves of the kind that the catalogue's example has: `costs` has money, never days."""
    for slot, start, end in read.fits[0].captured if read.fits else ():
        if slot.kind == "constant" and read.tokens[start:end][-1].kind not in _example_kinds(statement):
            return False
    return True


@cache
def _example_kinds(statement: Statement) -> frozenset[str]:
    return frozenset(token.kind for token in tokens(statement.example.split("\n")[0])) - {"NAME"}


def _likely(statement: Statement, head: str, place: Place) -> float:
    """How much in the file speaks for a statement here."""
    near, word = place.near, head.split()[0]
    follows = place.hints.follows
    score = float((near.before, word) in follows) + ((word, near.after) in follows)
    score += 0.5 * _between(statement, place)
    score += _said_so(statement, place) or _stands_elsewhere(f"{head} {place.line}", place)
    return score


def _stands_elsewhere(line: str, place: Place) -> float:
    """Does the very line stand in another block, or at least one that differs in its figures."""
    if place.block == TOP:
        return 0.0
    if any(line in text and re.search(rf"^ +{re.escape(line)}$", text, re.M) for text in place.hints.texts):
        return 2.0
    shape = re.compile(r"^ +" + _FIGURE.sub(lambda _: r"\d[\d,.]*", re.escape(line)) + "$", re.M)
    return float(_FIGURE.search(line) is not None and any(map(shape.search, place.hints.texts)))


_PERIOD = rf"(?<=[\dA-Z]) per (?:\d+ )?{UNIT}$"
_FIGURE = re.compile(r"\d(?:[\d,]|\\?\.)*")


def _said_so(statement: Statement, place: Place) -> float:
    """What the rest of the file tells of a source that it counts rows of, and of a formula at the left edge."""
    texts = place.hints.texts
    dated = rf"(?m)^ +field {re.escape(place.line.split()[-1])} (?:date|timestamp)\b"
    if place.block == "source" and any(re.search(dated, text) for text in texts):
        return 3.0 * (statement.id == "source.dated_by")
    if statement.id in ("source.one", "source.many"):
        counted = re.compile(rf"\b(?:of|any) {re.escape(place.near.name)}\b")
        return 3.0 * ((statement.id == "source.many") is any(counted.search(masked(text)) for text in texts))
    if statement.id in ("assume", "measure", "value"):
        said = re.sub(_PERIOD, "", place.line.partition("=")[2].strip())
        fixed = not re.search(r"[a-z]\w*(?:\.| of\b| since\b|$)", said)
        valued = any(text.startswith("value ") for text in texts)
        return {"assume": 3.0 * fixed - 2, "measure": -1.0 * fixed, "value": 0.0 if valued else 2.5}[statement.id]
    return 0.0


def _between(statement: Statement, place: Place) -> bool:
    """Does the reference name the statement between those of the lines before and after."""
    order = {first_words(s)[0]: number for number, s in reversed(list(enumerate(below(place.block)))) if first_words(s)}
    here = order.get(first_words(statement)[0], 0)
    return order.get(place.near.before, -1) <= here <= order.get(place.near.after, len(order) + 99)
