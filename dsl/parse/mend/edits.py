"""Steps from what might have stood where a line stops making sense: its head, and the parts of its phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from stratagem.dsl.catalogue import below, first_words
from stratagem.dsl.catalogue.pattern import Literal, SlotPart
from stratagem.dsl.diagnostics.suggest import distance, near
from stratagem.dsl.grammar.words import Token
from stratagem.dsl.parse.match import TYPES
from stratagem.dsl.parse.mend.gaps import known_steps
from stratagem.dsl.parse.mend.habits import CHOICES, HEADS, INSIDE
from stratagem.dsl.parse.mend.habits import TYPES as TYPE_HABITS
from stratagem.dsl.parse.mend.names import name_steps
from stratagem.dsl.parse.mend.step import Step
from stratagem.dsl.parse.mend.trial import Place, Trial
from stratagem.dsl.parse.mend.types import likely_types
from stratagem.dsl.parse.mend.units import EITHER, all_of_them, sized_steps, unit_steps
from stratagem.dsl.record import replace

_NAMES = ("name", "names", "ref", "refs")
_LISTS = ("names", "refs", "choices")
_CHOICES = ("choice", "choices", "flag")


def head_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """Another head for the line: a slip of the pen, or what people say for it."""
    run = trial.tokens
    if place.kind != "statement" or not run:
        return
    phrases = _heads(place.block)
    texts = [token.text.lower() for token in run[:5]]
    fine = run[0].text == texts[0] and any(" ".join(texts[:n]) in phrases for n in (1, 2, 3, 4))
    for phrase in (p for p in phrases if p) if run[0].text != texts[0] else ():
        if texts[: len(phrase.split())] == phrase.split():
            yield Step(run[0].start, run[len(phrase.split()) - 1].end, phrase, 0.1, "S153")
    for length, text, cost, code in _other_heads(place.block, tuple(texts), fine, run[0].kind):
        yield Step(run[0].start, run[length - 1].end if length else run[0].start, text, cost, code)
    known = place.hints.words
    if not fine and run[0].kind in ("NAME", "WORD") and any(t.text in known for t in run[1:]):
        for phrase in phrases:
            if phrase and phrase not in _ANYTHING and phrase not in ("when", "unless"):
                yield Step(run[0].start, run[0].end, phrase, 1.4, "S153", f"`{phrase}`")
    named = any(not first_words(s) for s in below(place.block))
    if named and len(run) > 2 and run[1].text in known and run[0].text not in known:
        yield Step(run[0].start, run[1].start, "", 0.7, "S126")
    for skipped in (1, 2, 3):
        rest = texts[skipped:]
        begun = _by_first(place.block).get(rest[0], []) if rest and not fine else []
        if any(rest[: len(words)] == words for words in begun):
            cost = 0.8 + 0.15 * skipped
            yield Step(run[0].start, run[skipped].start, "", cost, "S126", f"without `{' '.join(texts[:skipped])}`")
    for spoken_phrase in (f"{head} when" for head in ("allowed", "row excluded", "available", "excluded")):
        if spoken_phrase.split()[0] in _by_first(place.block):
            for length in range(1, min(5, len(texts)) + 1):
                if " ".join(texts[:length]) in HEADS.get(spoken_phrase, ()):
                    yield Step(run[0].start, run[length - 1].end, spoken_phrase, 0.7)


@lru_cache(maxsize=2_000)
def _other_heads(block: str, texts: tuple[str, ...], fine: bool, kind: str) -> list[tuple[int, str, float, str]]:
    """For a line that starts with these words: of how many of them another head can take the place (0: it is put before
    them), its text, cost and code. `fine`: the line has a head; `kind`: that of its first token. Kept: most of what is
    tried of a line leaves its head alone."""
    found: list[tuple[int, str, float, str]] = []
    starts = [" ".join(texts[:n]) for n in range(1, len(texts) + 1)]
    plain = [start.replace(" ", "").replace("_", "").replace("-", "").isalpha() for start in starts]
    own = fine and said_heads(block).isdisjoint(starts)
    for phrase, tail in ((phrase, tail) for phrase, tail in _heads(block).items() if phrase):
        if own and not (phrase.startswith(starts[0]) or starts[-1].startswith(phrase)):
            continue
        for length, written in enumerate(starts, 1) if list(texts[: len(tail)]) != tail else ():
            apart = abs(length - len(tail))
            spoken = written in HEADS.get(phrase, ())
            if not spoken and (apart > 1 or not plain[length - 1] or written == phrase):
                continue
            other = fine and not (phrase.startswith(written) or written.startswith(phrase))
            another = not spoken and written in said_heads(block)  # `start`, for `starts in`, is no slip for `stage`
            slips = 0 if spoken or other or another else _slip(written, phrase)
            if spoken or slips:
                cost = 0.6 + 0.05 * apart if spoken else 0.3 + 0.15 * slips + 0.1 * apart
                found.append((length, phrase, cost + 0.5 * fine, "S153" if spoken or fine else ""))
        grave = phrase in _GRAVE and not (phrase == "costs" and kind == "MONEY")
        if not fine and phrase not in _ANYTHING and not grave:
            likely = phrase == "when" or texts[0] in phrase.split()[1:] or kind not in ("NAME", "WORD")
            found.append((0, f"{phrase} ", 1.2 if likely or phrase == "field" else 1.6, ""))
    return found


@cache
def _heads(block: str) -> dict[str, list[str]]:
    """How lines of a block start, each with its words."""
    return {" ".join(first_words(s)): list(first_words(s)) for s in below(block)}


@cache
def _by_first(block: str) -> dict[str, list[list[str]]]:
    """How lines of a block start, word by word, by the first word."""
    found: dict[str, list[list[str]]] = {}
    for words in filter(None, _heads(block).values()):
        found.setdefault(words[0], []).append(words)
    return found


@cache
def said_heads(block: str) -> frozenset[str]:
    """All that people say for the heads of a block's lines."""
    return frozenset(said for phrase in _heads(block) for said in HEADS.get(phrase, ()))


@lru_cache(maxsize=20_000)
def _slip(written: str, phrase: str) -> int:
    """How many slips of the pen lie between the two; 0 when they are too many."""
    if not near(written, [phrase]):
        return 0
    return distance(written, phrase, 4) or 3


def wanted_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """What might have stood at the fault, in place of what stands there or before it."""
    at, run = trial.index, trial.tokens
    reached = trial.fits[0].reached if trial.fits and not trial.fits[0].complete else at
    if reached < at and any(getattr(part, "kind", "") == "text" for part in trial.fits[0].wanted):
        yield from _quotes(trial, place, reached)
    if reached < at and any(getattr(part, "kind", "") == "type" for part in trial.fits[0].wanted):
        yield from sized_steps(trial, reached)
    yield from known_steps(trial, place, at)
    lists = [slot for fit in trial.fits[:1] for slot, _, end in fit.captured if end == at and slot.kind in _LISTS]
    if lists and at < len(run):
        yield from (step for step in _literal(",", run, at, len(trial.text)) if step.code == "S153")
    for slot in lists if run[at : at + 1] and run[at].kind == "COMMA" and at + 1 < len(run) else ():
        if slot.kind == "refs":
            yield from (replace(step, code="S149") for step in name_steps(slot, trial, place, at + 1))
        if slot.kind == "choices":
            yield from (replace(step, code=step.code or "S153") for step in _choice(slot, trial, at + 1))
    for part in trial.wanted:
        if isinstance(part, Literal):
            yield from _literal(part.text, run, at, len(trial.text))
        elif isinstance(part, SlotPart):
            yield from _slot(part, trial, place, at)


def _literal(word: str, run: tuple[Token, ...], at: int, length: int) -> Iterator[Step]:
    """A word or sign of the phrase: misspelt, said another way, left out."""
    start = run[at].start if at < len(run) else length
    blank = "" if at < len(run) else " "
    for count in (1, 2, 3):
        if at + count > len(run):
            break
        written = " ".join(token.text.lower() for token in run[at : at + count])
        if written in INSIDE.get(word, ()):
            before = run[at - 1].end if word == "," and at else start
            last = run[at + count - 1].end
            after = "" if last >= length or (at + count < len(run) and run[at + count].start > last) else " "
            glued = " " if word != "," and at and run[at - 1].end == before else ""
            yield Step(before, last, f"{glued}{word}{after}", 0.6, "S153")
    if at < len(run) and run[at].kind in ("NAME", "WORD") and near(run[at].text, [word]):
        yield Step(run[at].start, run[at].end, word, 0.5)
    if at and run[at - 1].kind in ("NAME", "WORD") and near(run[at - 1].text, [word]):
        yield Step(run[at - 1].start, run[at - 1].end, word, 0.9)
    yield Step(start, start, f"{blank}{word}{' ' if at < len(run) else ''}", 1.0 if word.isalpha() else 0.8, "S128")
    if at < len(run) and run[at].kind not in ("STRING", "LONG_TEXT"):
        yield Step(run[at].start, run[at].end, word, 1.7)


def _slot(slot: SlotPart, trial: Trial, place: Place, at: int) -> Iterator[Step]:
    run = trial.tokens
    yield from _members(slot, trial, place, at)
    if at and slot.kind in _BARE and run[at - 1].kind == "STRING" and run[at - 1].text[1:2].isdigit():
        yield Step(run[at - 1].start, run[at - 1].end, run[at - 1].text[1:-1], 0.3, "S153")  # it was read as a label
    if at >= len(run):
        return
    yield from all_of_them(slot, trial, place, at)
    if slot.kind in _CHOICES or slot.kind == "type":
        yield from _choice(slot, trial, at)
    elif slot.kind in _NAMES:
        yield from name_steps(slot, trial, place, at)
    elif slot.kind == "text":
        labelled = run[at].kind == "NAME" and [token.kind for token in run[at + 1 : at + 2]] == ["STRING"]
        if labelled and slot.name != "label":
            yield from _named_for_nothing(trial, place, at)
        yield from _quotes(trial, place, at)
    elif slot.kind == "integer":
        digits = re.search(r"\d+", run[at].text)
        first = bool(trial.fits) and trial.fits[0].statement.id == "language"
        if digits or first:
            yield Step(run[at].start, run[at].end, digits.group() if digits and not first else "1", 0.6)
    elif slot.kind == "constants":
        yield Step(run[at].start, run[-1].end, f"({trial.text[run[at].start : run[-1].end]})", 0.7)
    elif slot.kind == "currency":
        yield from _currency(run[at], place)
    elif slot.kind in _BARE and run[at].kind == "STRING":
        yield Step(run[at].start, run[at].end, run[at].text[1:-1], 0.6, "S153")
    elif (slot.kind == "format" or (slot.kind == "constant" and place.block == "given")) and '"' not in trial.text:
        start = next((token.end + 1 for token in run[:at] if token.kind == "EQUALS"), run[at].start)
        rest = trial.text[start:].strip("<> ")
        yield Step(start, len(trial.text), f'"{rest}"', 0.9, "S127")
    yield from unit_steps(slot, trial, place, at)


def _named_for_nothing(trial: Trial, place: Place, at: int) -> Iterator[Step]:
    """`objective half_come "Half of them come"` below a segment: a name where only a text stands; no other line uses
    it."""
    name, after = trial.tokens[at], trial.tokens[at + 1]
    if place.hints.times(name.text) == 1:
        yield Step(name.start, after.start, "", 0.3, "S126", knows=True)


_BARE = frozenset(("date", "time", "moment", "duration", "money", "share", "rate", "number", "figure", "type"))
"""What stands without quotes."""
_ANYTHING = frozenset(("use", "time zone", "once called", "waive", "test", "uses", "vision", "language"))
"""Heads that a line which says something else would read with as well."""
_GRAVE = frozenset(("row excluded", "excluded", "allowed", "available", "costs", "takes"))
"""Heads that say who or what is left out, or what it costs: never put before a line that has none."""
"""What a name that is written as several words is cut into."""
_BEHIND_TYPES = frozenset(("missing", "personal", "asked", "bought", "from"))
"""Words that go on behind a type."""
MOST_MEMBERS = 6
"""Words or names of which each is offered where one of them is wanted, and nothing near it was written."""


def _members(slot: SlotPart, trial: Trial, place: Place, at: int) -> Iterator[Step]:
    """Each of a few words or names that might stand there; in place of a word, or where there is none."""
    if slot.kind in ("choice", "choices"):
        options = list(slot.arguments)
    elif slot.kind in ("ref", "refs") and "gate" not in slot.arguments and "field" not in slot.arguments:
        options = list(place.hints.named(slot.arguments))
    elif slot.kind in ("date", "moment") and place.hints.latest_day and at >= len(trial.tokens):
        options = [place.hints.latest_day]
    elif slot.kind == "integer" and trial.fits and trial.fits[0].statement.id == "language":
        options = ["1"]
    elif slot.kind == "type":
        options = list(likely_types(trial.tokens[1].text, place.hints) if len(trial.tokens) > 1 else ())[:MOST_MEMBERS]
    else:
        return
    if len(options) > MOST_MEMBERS:
        return
    run = trial.tokens
    for number, option in enumerate(options):
        dear = 0.01 * number
        if at >= len(run):
            yield Step(len(trial.text), len(trial.text), f" {option}", 1.4 + dear, "", f"`{option}`")
        elif run[at].kind in ("NAME", "WORD", "STRING", "NUMBER") and slot.kind not in _CHOICES:
            yield Step(run[at].start, run[at].end, option, 2.2 + dear, "", f"`{option}`")
        behind = slot.kind == "type" and at < len(run) and run[at].text in _BEHIND_TYPES
        named = [token.kind for token in run[at : at + 2]] == ["NAME", "STRING"] and slot.kind in _CHOICES
        if 0 < at < len(run):
            cost = 0.4 if behind else 0.9 if named else 2.0
            yield Step(run[at].start, run[at].start, f"{option} ", cost + dear, "", f"`{option}`")


def _choice(slot: SlotPart, trial: Trial, at: int) -> Iterator[Step]:
    """One of the words that may stand there: misspelt, with capitals, quoted, in several words, or another's word."""
    options = TYPES if slot.kind == "type" else slot.arguments
    habits = TYPE_HABITS if slot.kind == "type" else CHOICES
    run = trial.tokens
    if slot.kind == "type":
        yield from sized_steps(trial, at)
    for count in range(1, min(4, len(run) - at) + 1):
        first, last = run[at], run[at + count - 1]
        written = trial.text[first.start : last.end].strip('"').lower()
        joined = re.sub(r"[\s-]+", "_", written)
        if slot.kind == "type" and written in EITHER:
            for option in ("number", "money"):
                yield Step(first.start, last.end, option, 0.5, "", f"`{option}`")
        for option in options:
            if (
                joined == option
                or written == option
                or written in habits.get(option, ())
                or joined in habits.get(option, ())
                or _word_by_word(written, option)
            ):
                yield Step(first.start, last.end, option, 0.4 + 0.1 * (written != option), "S153")
        close = near(joined, options)
        if close:
            yield Step(first.start, last.end, close[0], 0.6 + 0.1 * count)


def _word_by_word(written: str, option: str) -> bool:
    """`when declined` for `after declined`: each word is the option's own, or said for it."""
    said, words = written.split(), option.split()
    pairs = zip(said, words, strict=False)
    return len(said) == len(words) > 1 and all(a == b or a in INSIDE.get(b, ()) for a, b in pairs)


_QUOTES = r"^[\x22“”„'‘’‚`´,]+|[\x22“”'‘’`´]+$"
"""The quotes of any kind around a text."""


def _quotes(trial: Trial, place: Place, at: int) -> Iterator[Step]:
    """Quotes around what is a text, up to the line's end or a word of the phrase."""
    run = trial.tokens
    if trial.text != place.line and trial.text.endswith(place.line):
        return  # a head was put before it: what has neither head nor quotes is no text
    ends = list(range(len(run), at, -1))
    pattern = trial.fits[0].statement.pattern if trial.fits else ""
    words, figures = re.findall(r"[a-z]{3,}", pattern), re.search(_TAKES_FIGURES, pattern)
    for number, end in enumerate(ends):
        stretch = run[at:end]
        text = trial.text[stretch[0].start : stretch[-1].end]
        if text[:1] == "(" and text[-1:] == ")" and text.count("(") == 1:
            text = text[1:-1]
        inner = text.lstrip(":=–- ")  # `subject: Come and see`
        inner = re.sub(_QUOTES, "", inner).lstrip(":=–- ")
        if not any(letter.isalnum() for letter in inner) or (stretch[0].kind in _FIGURES and figures):
            continue
        if trial.text != place.line and any(t.kind in _LOGIC or t.text in place.hints.words for t in stretch):
            continue  # another head was tried: what reads names is no text
        apart = trial.text[: stretch[0].start][-1:].isalnum()
        quoted = " " * apart + '"' + inner.replace('"', "'").replace("\\", "/") + '"'
        if quoted != trial.text[stretch[0].start : stretch[-1].end]:
            strings = [n for n, token in enumerate(stretch) if token.kind == "STRING"]
            if strings and (strings[0] != 0 or strings[-1] != len(stretch) - 1):
                continue
            across = any(token.kind in _SAYS for token in stretch)
            over = any(token.text in words for token in stretch[1:])
            figure = bool(figures) and any(token.kind in _AMOUNTS for token in stretch[1:])
            cost = 0.6 + 0.02 * number + 0.9 * across + 0.3 * over + 0.3 * figure
            yield Step(stretch[0].start, stretch[-1].end, quoted, cost, "S127")


_SAYS = frozenset(("STRING", "EQUALS", "WHEN", "AGGREGATE", "WHERE", "COMPARE"))
"""What is hardly part of a text."""
_AMOUNTS = frozenset(("MONEY", "RATE", "SHARE", "DURATION", "DATE"))
"""What is hardly part of a text where the statement has a place for it."""
_FIGURES = frozenset(("NUMBER", "MONEY", "RATE", "SHARE", "DURATION", "ODD_NUMBER"))
_TAKES_FIGURES = r":(?:rate|money|share|figure|number|integer|duration|constant)"
"""What a statement has that takes figures: one that stands in its line is no text."""
_LOGIC = frozenset(("COMPARE", "WHEN", "EQUALS", "AND", "OR", "NOT"))


def _currency(token: Token, place: Place) -> Iterator[Step]:
    from stratagem.dsl.parse.mend.numbers import currency_of

    code = currency_of(token.text.strip('"'), "") or (token.text.strip('"').upper() if len(token.text) == 3 else "")
    if code:
        yield Step(token.start, token.end, code, 0.5, "S153")
