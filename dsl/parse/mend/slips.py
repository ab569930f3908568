"""Closed words with a slip of the pen: units, `per`, currencies, words of formulas that belong together.

In: a line's text, and what the file tells. Out: the stretch with the word that was meant, in the number it has there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from stratagem.dsl.diagnostics.suggest import distance, near
from stratagem.dsl.grammar.line_grammar import TOGETHER
from stratagem.dsl.parse.hints import Hints, phrase_words
from stratagem.dsl.parse.match import UNITS
from stratagem.dsl.parse.mend.lengths import ABROAD
from stratagem.dsl.parse.mend.step import Step, compiled, finditer, with_figures

_ALL_UNITS = tuple(sorted({*UNITS, *(f"{unit}s" for unit in UNITS)}))
_RATE = r"(?<![\w.])(\d[\d,.]*%?|money|number|count)(\s+[A-Z]{2,5})?\s+([a-z]{2,5})\s+(?:(\d+)\s+)?([a-z]{2,9})\b"
_SPAN = r"(?<![\w.])(\d[\d,.]*)\s+([a-z]{2,9})\b(?!\s*\()"
_WINDOW = r"\b([a-z]\w*)(?:\.\w+)?\s+in\s+(?:last|next)\s+(\d+)(?=\s*(?:$|where\b|\)))"
_BOUND = r"(?<![\w.])[a-z]+(?:[-_][a-z]+)+(?![\w.])"
_DOUBLED = r"(?<![\w.])([a-z]+)\s+\1(?![\w.])"
_MARKED = r"(?<![\w.])(?:<(?=\w+>)|\$|@|\{\{?\s?|\[)([a-z]\w*)(?:\s?\}?\}|>|\])?(?!\w)"
"""A word with signs around it that other languages write a place for a value with."""
_AMOUNT = r"(?<![\w.])(\d[\d,.]*)\s?([A-Z]{2,5})(?![\w])"


def slip_steps(mask: str, hints: Hints) -> Iterator[Step]:
    """Every closed word of the text that is a slip away from what stands there."""
    yield from _rates(mask, hints)
    yield from _amounts(mask, hints)
    yield from _together(mask)
    yield from _windows(mask, hints)


def _rates(mask: str, hints: Hints) -> Iterator[Step]:
    """`3 pre month`, `2 per 7 dyas`, `1 monthh`."""
    for found in finditer(_RATE, mask, " "):
        per, unit = found[3], _unit(found[5], hints, one=not found[4] or found[4] == "1")
        slip = per == "per" or (per not in phrase_words() and per not in hints.words and distance(per, "per", 1) == 1)
        if unit and slip and (per != "per" or unit != found[5]):
            count = f"{found[4]} " if found[4] else ""
            yield Step(found.start(3), found.end(), f"per {count}{unit}", 0.2, "S198")
    for found in with_figures(_SPAN, mask):
        unit = _unit(found[2], hints, one=found[1] == "1")
        if unit and found[2] not in _ALL_UNITS:
            yield Step(found.start(2), found.end(), unit, 0.25, "S198")


def _unit(word: str, hints: Hints, one: bool) -> str:
    """The unit that a word is, or is a slip away from, in the number that is wanted; empty for another word."""
    if word not in _ALL_UNITS and (word in hints.words or word in phrase_words()):
        return ""
    close = word if word in _ALL_UNITS else _nearest(word)
    single = close.removesuffix("s")
    return single if one or not close else f"{single}s"


@lru_cache(maxsize=4_096)
def _nearest(word: str) -> str:
    abroad = [unit for unit, words in ABROAD.items() if word in words.split()]
    found = abroad or (near(word, _ALL_UNITS) if len(word) > 2 else ())
    like = bool(found) and (word[0] == found[0][0] or distance(word, found[0], 1) is not None)  # `4 stars`: no years
    return found[0] if abroad or like else ""


def _amounts(mask: str, hints: Hints) -> Iterator[Step]:
    """`120 CH`, `30 GBPP`: the strategy's currency with a slip."""
    home = hints.currency
    for found in with_figures(_AMOUNT, mask):
        code = found[2]
        if code != home and len(code) != 3 and distance(code, home, 1) == 1:
            yield Step(found.start(), found.end(), f"{found[1]} {home}", 0.2, "S170")
    for found in finditer(r"^currency\s+([A-Z]{2,5})$", mask, "currency"):
        said = Counter(m[1] for text in hints.texts for m in re.finditer(r"\d ([A-Z]{3})\b", text))
        most = said.most_common(1)
        if most and most[0][0] != found[1]:
            yield Step(found.start(1), found.end(1), most[0][0], 0.2, "S170")


def _windows(mask: str, hints: Hints) -> Iterator[Step]:
    """`count of rides in last 12`: in the unit of the other windows over these rows, else of all windows."""
    for found in with_figures(_WINDOW, mask, "in last", "in next"):
        for rows in (rf"\b{found[1]}(?:\.\w+)?", ""):
            like = rf"{rows} in (?:last|next) \d+ ([a-z]+?)s?\b"
            texts = hints.holding(found[1]) if rows else hints.texts
            units = Counter(m[1] for text in texts for m in compiled(like).finditer(text) if m[1] in UNITS)
            if units:
                unit = units.most_common(1)[0][0] + ("s" if found[2] != "1" else "")
                why = f"{unit}, as in other windows"
                yield Step(found.start(2), found.end(), f"{found[2]} {unit}", 0.5, "S198", why)
                break


def _together(mask: str) -> Iterator[Step]:
    """`noe of`, `starts wiith`, `in lst`, `one_of`, `of of`: words of formulas that stand together."""
    for found in finditer(_BOUND, mask):
        apart = found.group().replace("_", " ").replace("-", " ")
        if apart in TOGETHER or apart in ("is not", "per customer"):
            yield Step(found.start(), found.end(), apart, 0.15, "S153")
    for found in finditer(_DOUBLED, mask):
        yield Step(found.start(), found.end(), found[1], 0.2, "S126")
    for found in finditer(_MARKED, mask):
        yield Step(found.start(), found.end(), found[1], 0.3, "S153")
    there = list(compiled(r"[a-z]+").finditer(mask))
    said = [word.group() for word in there]
    for number in range(len(said) - 1):
        for phrase in _phrases_with(said[number], said[number + 1]):
            words = _phrases()[phrase]
            if slips := _slips(tuple(said[number : number + len(words)]), words):
                start, end = there[number].start(), there[number + len(words) - 1].end()
                yield Step(start, end, " ".join(words), 0.3 + 0.05 * slips, "S153")


@cache
def _phrases() -> tuple[tuple[str, ...], ...]:
    """The words that stand together in formulas, a phrase each."""
    return tuple(words for phrase in TOGETHER if len(words := tuple(phrase.split())) > 1)


def _phrases_with(first: str, second: str) -> Sequence[int]:
    """The numbers of the phrases whose first word is the one or whose second word is the other."""
    by_first, by_second = _by_words()
    there = by_first.get(first), by_second.get(second)
    return () if there == (None, None) else sorted(frozenset[int]().union(*filter(None, there)))


@cache
def _by_words() -> tuple[dict[str, frozenset[int]], ...]:
    """Of a phrase with one slip the first word or the second is as it should be."""
    found: tuple[dict[str, frozenset[int]], ...] = ({}, {})
    for number, words in enumerate(_phrases()):
        for place, by_word in enumerate(found):
            by_word[words[place]] = by_word.get(words[place], frozenset()) | {number}
    return found


@lru_cache(maxsize=20_000)
def _slips(said: tuple[str, ...], words: tuple[str, ...]) -> int:
    """How many slips of the pen are in the phrase: one of its words is another than its own, and no word of the
    language; 0 when it is no slip."""
    odd = [(a, b) for a, b in zip(said, words, strict=False) if a != b]
    if len(said) != len(words) or len(odd) != 1 or odd[0][0] in phrase_words():
        return 0
    return distance(*odd[0], 2 if len(odd[0][1]) > 3 else 1) or 0
