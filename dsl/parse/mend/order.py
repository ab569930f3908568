"""Steps on the order of a line's parts: neighbours exchanged, the head behind what follows, a bound before its tier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise, permutations, takewhile

from stratagem.dsl.catalogue import below, first_words
from stratagem.dsl.parse.mend.step import Step
from stratagem.dsl.parse.mend.trial import Place, Trial
from stratagem.dsl.parse.mend.words import in_formula


def _swapped(trial: Trial) -> Iterator[Step]:
    """Two neighbours near the fault exchanged, outside formulas."""
    run, at = trial.tokens, trial.index
    for index in range(max(0, at - 2), min(len(run) - 1, at + 2)):
        one, other = run[index], run[index + 1]
        if one.text == other.text or in_formula(trial, index) or in_formula(trial, index + 1):
            continue
        if all(token.kind in _MOVABLE for token in (one, other)):
            yield Step(one.start, other.end, f"{other.text} {one.text}", 0.9, "S125")


def _comma_free(trial: Trial, place: Place) -> Iterator[Step]:
    """`change process night_desk "Open", owner desk, by 2027-10-01`: parts with commas between them."""
    before = takewhile(lambda token: token.kind not in ("WHEN", "EQUALS"), trial.tokens)
    commas = [token for token in before if token.kind == "COMMA"]
    best = trial.fits[0] if trial.fits else None
    if not commas or best is None or place.kind != "statement" or trial.text != place.line:
        return
    if re.search(r" , |:(?:refs|names|choices|formula|condition)\b", best.statement.pattern):
        return
    start, end = commas[0].start, commas[-1].end
    text = trial.text[start:end]
    for token in reversed(commas):
        text = text[: token.start - start].rstrip() + text[token.end - start :]
    yield Step(start, end, text, 0.3, "S126" if start + 1 == end else "S153")


def _turned(trial: Trial) -> Iterator[Step]:
    """What follows the head in two halves, the second first: `at most per customer 2 actions`."""
    run = trial.tokens
    head = len(first_words(trial.fits[0].statement)) if trial.fits else 0
    if not head or not head + 2 < len(run) < 9 or any(in_formula(trial, n) for n in range(head, len(run))):
        return
    for cut in range(head + 1, len(run)):
        one, other = trial.text[run[head].start : run[cut - 1].end], trial.text[run[cut].start : run[-1].end]
        yield Step(run[head].start, run[-1].end, f"{other} {one}", 0.95, "S125")


_MOVABLE = frozenset((
    "NAME", "WORD", "STRING", "NUMBER", "SHARE", "MONEY", "DURATION", "RATE", "DATE", "WHEN", "OTHERWISE",
))  # fmt: skip


def _tier_order(trial: Trial, place: Place) -> Iterator[Step]:
    """`from 120 EUR premium "Premium"`: the name and its label stand before the bound."""
    if place.block == "given":
        yield from _cut_point(trial, place)
    if place.block != "segments":
        return
    found = re.match(r'(?:(from|top|next|below)\s+(.+?)|(otherwise))\s+(?:is\s+)?([a-z]\w*)(\s+"[^"]*")?$', trial.text)
    late = re.match(r'([a-z]\w*)\s+((?:from|top|next|below)\s.+?|otherwise)\s+("[^"]*")$', trial.text)
    if late is not None:
        yield Step(0, len(trial.text), f"{late[1]} {late[3]} {late[2]}", 0.4, "S125")
    if found is not None:
        bound = found[3] or f"{found[1]} {found[2]}"
        yield Step(0, len(trial.text), f"{found[4]}{found[5] or ''} {bound}", 0.4, "S125")


def _cut_point(trial: Trial, place: Place) -> Iterator[Step]:
    """`gold from 400 EUR`, `gold 400 EUR` given in a test: the name of its tiers stands before it."""
    found = re.match(r"([a-z]\w*)\s+(?:(?:from|above|>=|=)\s+)?(-?\d.*)$", trial.text)
    if found is None:
        return
    for text in place.hints.holding(found[1]):
        block = re.match(r"segments\s+([a-z]\w*)", text)
        if block is not None and re.search(rf"^\s+{found[1]}\b.*\b(?:from|top|next)\b", text, re.MULTILINE):
            yield Step(0, len(trial.text), f"{block[1]} {found[1]} from {found[2]}", 0.3, "S128")


def bound_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """A tier with an upper end, which the tier above it makes."""
    if place.block == "segments":
        end = r"(?<=[\dA-Zs])\s+(?:to|until|till|up to|and|-|–)\s+\d[\d,.]*%?(?: [A-Z]{3}| [a-z]+)?$"
        for found in re.finditer(end, trial.text):
            yield Step(found.start(), found.end(), "", 0.4, "S126", knows=True)


def order_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """The parts of the line in another order; a part starts at a word of the phrase, a text, or a name."""
    if len(trial.tokens) > 24:
        return
    yield from _comma_free(trial, place)
    yield from _head_second(trial, place)
    yield from _label_last(trial, place)
    yield from _condition_first(trial, place)
    yield from _head_last(trial, place)
    yield from _swapped(trial)
    yield from _turned(trial)
    yield from _tier_order(trial, place)
    for fit in trial.fits[:2]:
        head = _heading(trial, first_words(fit.statement))
        if head >= len(trial.tokens):
            continue
        parts = _parts(trial, fit.statement.pattern, head)
        if not 2 <= len(parts) <= 5:
            continue
        start, end = trial.tokens[head].start, trial.tokens[-1].end
        for order in _orders(len(parts)):
            if order != tuple(range(len(parts))):
                moved = sum(a != b for a, b in enumerate(order))
                yield Step(start, end, " ".join(parts[n] for n in order), 0.6 + 0.1 * moved, "S125")


@cache
def _firsts(block: str) -> frozenset[str]:
    """The first words of the lines of a block."""
    return frozenset(first_words(s)[0] for s in below(block) if first_words(s))


@cache
def _beginnings(block: str) -> tuple[tuple[str, ...], ...]:
    """What the lines of a block begin with, word by word."""
    return tuple(dict.fromkeys(first_words(s) for s in below(block)))


def _head_second(trial: Trial, place: Place) -> Iterator[Step]:
    """`spend measure "Spend"`, `10 silence days`, `by rank score`: the first word and the head exchanged."""
    run = trial.tokens
    if place.kind != "statement" or trial.text != place.line or not run[:1] or not run[0].text[0].isalnum():
        return
    texts = tuple(token.text for token in run[:4])
    for words in _beginnings(place.block):
        count = len(words)
        if words and texts[1 : 1 + count] == words and texts[0] not in words:
            moved = f"{' '.join(words)} {trial.text[run[0].start : run[0].end]}"
            yield Step(run[0].start, run[count].end, moved, 0.35, "S125")
        elif count > 1 and texts[:count] != words and sorted(texts[:count]) == sorted(words):
            yield Step(run[0].start, run[count - 1].end, " ".join(words), 0.35, "S125")


def _label_last(trial: Trial, place: Place) -> Iterator[Step]:
    """`segment often when visits >= 3 "Comes often"`, `segments tier by worth "Tiers" when …`: the label stands behind
    what follows it."""
    run = trial.tokens
    labels = [n for n, token in enumerate(run) if token.kind == "STRING"]
    if place.kind != "statement" or len(run) < 4 or not labels or (labels[-1] != len(run) - 1 and len(labels) > 1):
        return
    named = {end for fit in trial.fits[:1] for slot, _, end in fit.captured if slot.kind == "name"}
    at, label = min(named, default=2), labels[-1]
    if label > at and (at == 2 or any("{label:text}" in fit.statement.pattern for fit in trial.fits[:1])):
        rest = f"{run[label].text} {trial.text[run[at].start : run[label - 1].end].rstrip(' ,')}"
        yield Step(run[at].start, run[label].end, rest, 0.35, "S125")


def _condition_first(trial: Trial, place: Place) -> Iterator[Step]:
    """`when has_pass hurdle product rain "It rained"`: the condition stands before what it is of."""
    run = trial.tokens
    if place.kind != "statement" or trial.text != place.line or run[:1] == () or run[0].text not in ("when", "if"):
        return
    heads = {first_words(s) for s in below(place.block) if s.tail.startswith("when") and first_words(s) != ("when",)}
    for at in range(2, len(run)):
        if any(words and tuple(t.text for t in run[at : at + len(words)]) == words for words in heads):
            condition = trial.text[run[1].start : run[at - 1].end].rstrip(" ,:")
            yield Step(0, len(trial.text), f"{trial.text[run[at].start :]} when {condition}", 0.2, "S125")


def _head_last(trial: Trial, place: Place) -> Iterator[Step]:
    """The line with a head that stands further on put first."""
    if place.kind != "statement" or not trial.tokens:
        return
    if any(token.kind in ("EQUALS", "WHEN") for token in trial.tokens):
        return
    heads = _firsts(place.block)
    for token in trial.tokens[1:]:
        if token.text in heads:
            before, after = trial.text[: token.start].strip(), trial.text[token.start :].strip()
            yield Step(0, len(trial.text), f"{after} {before}", 0.9, "S125")


@cache
def _orders(count: int) -> tuple[tuple[int, ...], ...]:
    """The orders that so many parts may have been meant in; of many parts only one is moved, or two are exchanged."""
    plain = tuple(range(count))
    if count < 5:
        return tuple(permutations(plain))
    found = []
    for part in plain:
        rest = [other for other in plain if other != part]
        found += [(*rest[:at], part, *rest[at:]) for at in plain]
    for one, other in combinations(plain, 2):
        found.append(tuple(other if n == one else one if n == other else n for n in plain))
    return tuple(dict.fromkeys(found))


_TAILS = frozenset(("when", "="))


def _heading(trial: Trial, words: tuple[str, ...]) -> int:
    """With how many of its first words a statement's line starts: the others may stand further on."""
    there = 0
    while there < min(len(words), len(trial.tokens)) and trial.tokens[there].text == words[there]:
        there += 1
    return there if there and all(any(t.text == word for t in trial.tokens) for word in words) else len(words)


@cache
def _phrase_words(pattern: str) -> frozenset[str]:
    """The words of a phrase, and those that a tail starts with."""
    return _TAILS.union(re.findall(r"(?<![{:|(\w])[a-z]+(?![\w:])", re.sub(r"\{[^}]*\}", " ", pattern)))


def _parts(trial: Trial, pattern: str, head: int) -> list[str]:
    """The line after its head, cut before each word of the phrase, each text and each name that follows a text."""
    words = _phrase_words(pattern)
    cuts, run = [], trial.tokens
    for index in range(head, len(run)):
        before = run[index - 1]
        literal = run[index].text in words and before.text not in words
        value = run[index].kind in ("STRING", "NAME", "ONE_OF") and before.kind in (
            "STRING",
            "NAME",
            "RIGHT",
            "DATE",
            "DURATION",
        )
        if index == head or literal or (value and before.text not in words):
            cuts.append(index)
    bounds = [*cuts, len(run)]
    last = next((n for n, cut in enumerate(cuts) if run[cut].kind in ("EQUALS", "WHEN")), None)
    behind = run[cuts[last] :] if last is not None else ()
    if behind and not any(token.kind == "STRING" or token.text in words - _TAILS for token in behind):
        return []
    ends = [b - (run[b - 1].kind == "COMMA" and b - 1 > a) for a, b in pairwise(bounds)]
    return [trial.text[run[a].start : run[end - 1].end] for a, end in zip(bounds, ends, strict=False)]
