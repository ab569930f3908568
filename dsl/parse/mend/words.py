"""Steps on the words around the place where a line stops making sense, and on the order of the line's parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import combinations, pairwise, permutations

from stratagem.dsl.catalogue import below, first_words
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.grammar.line_grammar import RESERVED, TOGETHER
from stratagem.dsl.parse.faults import snake
from stratagem.dsl.parse.mend.habits import LEFT_OUT
from stratagem.dsl.parse.mend.step import Step, compiled
from stratagem.dsl.parse.mend.trial import Place, Trial

_OPERATORS = tuple(sorted({*RESERVED, *(word for words in TOGETHER for word in words.split())} - {"of", "in"}))


def word_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """Around the fault: words of formulas that are misspelt, names in several words, words that can go."""
    at, run = trial.index, trial.tokens
    words = place.hints.words
    for index in range(max(0, at - 2), min(len(run), at + 2)):
        token = run[index]
        if token.kind in ("NAME", "WORD"):
            low = token.text.lower()
            if low in _OPERATORS and low != token.text:
                yield Step(token.start, token.end, low, 0.4, "S154" if low in ("and", "or", "not") else "S153")
            for close in _near_operators(low) if token.text not in words and low == token.text else ():
                yield Step(token.start, token.end, close, 0.8)
            name = snake(token.text)
            if name != token.text:
                meant = name in words or name in place.orphans
                yield Step(token.start, token.end, name, 0.6 if meant else 1.0, "S139")
                yield from (
                    Step(token.start, token.end, c, 1.0) for c in place.hints.close(name)[:1] if name not in words
                )
            if token.kind == "WORD" and name not in words:
                squeezed = re.sub(r"[\W_]", "", token.text.lower())
                alike = [word for word in sorted(words) if word.replace("_", "") == squeezed]
                yield from (Step(token.start, token.end, word, 0.4, "S139") for word in alike[:1])
            if token.kind == "WORD" and token.text != place.hints.currency:
                yield Step(token.start, token.end, f'"{token.text}"', 1.3, "S199")
            yield from _as_text(trial, index)
        if index or place.kind != "statement" or place.block in ("given", "expect"):
            yield from _joined(trial, place, index)
        yield from _glued(trial, index)
        yield from _tier_of(trial, place, index)
        inside = in_formula(trial, index)
        if inside and token.text.lower() not in _FORMULA_FILLERS and token.text not in "()":
            continue
        beside = (*run[max(index - 1, 0) : index], *run[index + 1 : index + 2])
        if token.kind == "COMPARE" and not any(t.kind in ("COMPARE", "IS") for t in beside):
            continue
        if token.text.lower() in LEFT_OUT or token.text in _keywords():
            operator = token.kind in ("PLUS", "MINUS", "TIMES", "OVER_SIGN")
            yield _without(trial, index, index + 1, 2.0 if operator else 1.2, leaves=operator)
        elif token.kind in ("NAME", "WORD") and index in (at, at - 1):
            stray = index == at and token.text not in words and _wanted_next(trial)
            yield _without(trial, index, index + 1, 0.9 if stray else 2.2, leaves=not stray)
    if trial.text.count("(", 0) > trial.text.count(")"):
        yield Step(len(trial.text), len(trial.text), ")", 0.6, "S118")
    if at < len(run) and run[at].text in "()":
        yield _without(trial, at, at + 1, 1.0)
    for back in (1, 2, 3) if at >= len(run) else ():
        if len(run) > back + 1:
            yield _without(trial, len(run) - back, len(run), 2.6 + 0.3 * back, leaves=True)
    if 0 < at < len(run):
        yield _without(trial, at, len(run), 2.4 + 0.25 * (len(run) - at), leaves=True)


def _as_text(trial: Trial, index: int) -> Iterator[Step]:
    """Quotes around the words after `contains`, `starts with` or `matches`, where nothing but a text can stand."""
    run = trial.tokens
    if not index or run[index - 1].kind not in _TAKE_TEXT:
        return
    end = index + 1
    while end < len(run) and run[end].kind in ("NAME", "WORD", "NUMBER", "MINUS"):
        end += 1
    text = trial.text[run[index].start : run[end - 1].end]
    yield Step(run[index].start, run[end - 1].end, f'"{text}"', 0.3, "S127")


_TAKE_TEXT = frozenset(("CONTAINS", "STARTS_WITH", "MATCHES"))
_TAKEN_BY = {"text": ("STRING",), "date": ("DATE",), "money": ("MONEY",), "share": ("SHARE",), "rate": ("RATE",),
             "duration": ("DURATION",), "figure": ("NUMBER", "MONEY", "SHARE"), "time": ("TIME",)}  # fmt: skip
"""By a slot the literals that fill it."""


def _wanted_next(trial: Trial) -> bool:
    """Does what follows the word at the fault fill the place that is wanted there."""
    following = trial.tokens[trial.index + 1 : trial.index + 2]
    kinds = {kind for part in trial.wanted for kind in _TAKEN_BY.get(getattr(part, "kind", ""), ())}
    return bool(following) and following[0].kind in kinds


@lru_cache(maxsize=4_096)
def _near_operators(word: str) -> tuple[str, ...]:
    return near(word, _OPERATORS)[:2]


_FORMULA_FILLERS = frozenset((
    "the", "a", "an", "then", "that", "only", "also", "their", "our", "its", "customers", "customer", "these", "those",
    ",",
))  # fmt: skip
"""Words that a formula can do without."""


def in_formula(trial: Trial, index: int) -> bool:
    """Does a token stand in what is read as a formula or condition: after `=`, `when`, or in a line of conditions."""
    return index >= trial.formula_from


def capital_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """All words with capitals written small, when other lines use them so."""
    odd = [token for token in trial.tokens if token.kind == "WORD"]
    if len(odd) < 2:
        return
    names = [snake(token.text) for token in odd]
    if all(name in place.hints.words or name in place.orphans for name in names):
        made, at = "", odd[0].start
        for token, name in zip(odd, names, strict=True):
            made += trial.text[at : token.start] + name
            at = token.end
        yield Step(odd[0].start, odd[-1].end, made, 0.5, "S139")


@cache
def _keywords() -> frozenset[str]:
    from stratagem.dsl.catalogue.statement import TOP

    words = {first_words(s)[0] for s in below(TOP) if first_words(s)} | {"stage", "hurdle", "budget", "tier", "need"}
    return frozenset(words | {f"{word}s" for word in words})


_OF_NAME = r"[^\W\d][\w.]*|\d\w*|[-.]|\d+ [a-z]+"
"""What a token looks like that a name written as several words, or with other signs, is cut into."""


def _joined(trial: Trial, place: Place, index: int) -> Iterator[Step]:
    """`yearly margin`, `win-back`, `visits-24m`, `visits.seen-on`: words that are one name elsewhere in the file."""
    run, hints = trial.tokens, place.hints
    for count in (2, 3, 4, 5):
        stretch = run[index : index + count]
        if len(stretch) < count or not all(compiled(_OF_NAME).fullmatch(t.text) for t in stretch):
            break
        if stretch[0].kind == "MINUS":
            break
        start, end = stretch[0].start, stretch[-1].end
        written = trial.text[start:end]
        name = snake(written)
        if name not in hints.words and (whole := re.sub(r"[\s_-]+", "", written.lower())) in hints.words:
            name = whole
        if count == 2 and start + len(stretch[0].text) == stretch[1].start and not written.isascii():
            yield Step(start, end, name, 0.4, "S139")
        if name in hints.words or name in place.orphans:
            figure = any(t.kind in ("ODD_NUMBER", "DURATION") for t in stretch)
            cost = 0.3 if figure else 0.4 if name in place.orphans else 0.6
            yield Step(start, end, name, cost, "S139")
        elif count == 2 and len(name) > 6 and stretch[1].kind not in ("NUMBER", "ODD_NUMBER", "DURATION"):
            yield from (Step(start, end, close, 1.1, "S139") for close in hints.close(name)[:1])
        head, dot, tail = written.rpartition(".")
        if dot and snake(tail) in hints.paths and head.split(".")[0] in hints.named(("source",)):
            yield Step(start, end, f"{head}.{snake(tail)}", 0.3, "S139")
        if count == 2 and stretch[0].text in hints.paths.get(stretch[1].text, ()):
            yield Step(start, end, f"{stretch[0].text}.{stretch[1].text}", 0.6, "S153")


def _glued(trial: Trial, index: int) -> Iterator[Step]:
    """`donor's_way`, `r&d`: one word with a sign in it, where a name stands."""
    run = trial.tokens
    three = run[index : index + 3]
    if len(three) < 3 or three[1].text not in "'’&@+.:/" or in_formula(trial, index):
        return
    if all(t.kind in ("NAME", "WORD") for t in three[::2]) and all(a.end == b.start for a, b in pairwise(three)):
        yield Step(three[0].start, three[2].end, snake(trial.text[three[0].start : three[2].end]), 0.5, "S139")


def _tier_of(trial: Trial, place: Place, index: int) -> Iterator[Step]:
    """`size big`: a tier named with its tiers; the tier's name alone is wanted."""
    run = trial.tokens
    if index + 1 < len(run) and run[index].kind == run[index + 1].kind == "NAME":
        blocks, tiers = place.hints.named(("tiers",)), place.hints.named(("tier",))
        if run[index].text in blocks and run[index + 1].text in tiers:
            yield Step(run[index].start, run[index + 1].start, "", 0.4, "S126")


def _without(trial: Trial, first: int, last: int, cost: float, leaves: bool = False) -> Step:
    run = trial.tokens
    start, end = run[first].start, run[last - 1].end
    if last < len(run):
        end = run[last].start if first == 0 or run[first - 1].end < start else end
    elif first:
        start = run[first - 1].end
    written = trial.text[start:end].strip()
    code = "S126" if first and not leaves and run[first].text[0].isalpha() else ""
    return Step(start, end, "", cost, code, f"without `{written}`" if leaves else "")


def row_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """A row of a test: `=` and `:` between fields and values left out, commas put between the cells."""
    if place.kind != "row":
        return
    plain = re.sub(r"\s*[=:;|]\s*", lambda m: ", " if m.group().strip() in ";|" else " ", trial.text)
    if plain != trial.text:
        yield Step(0, len(trial.text), plain, 0.5, "S183")
    words = [t for t in trial.tokens if t.kind not in ("COMMA", "EQUALS") and t.text not in ":;|"]
    if len(words) > 2 and len(words) % 2 == 0:
        pairs = [
            f"{trial.text[a.start : a.end]} {trial.text[b.start : b.end]}"
            for a, b in zip(words[::2], words[1::2], strict=True)
        ]
        yield Step(0, len(trial.text), ", ".join(pairs), 0.6, "S183")


def line_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """Two statements on one line, with a sign or `and` between them: the second on a line of its own."""
    if place.kind != "statement" or place.children or "\n" in trial.text:
        return
    run = trial.tokens
    ends = [at for at in range(2, len(run)) if run[at - 1].text in (",", ";", "and")]
    heads = {first_words(s) for s in below(place.block)} if ends else set()
    for at in ends:
        given = place.block in ("given", "expect") and run[at].kind == "NAME"
        given = given and [t.kind for t in run[at + 1 : at + 2]] == ["EQUALS"]
        if given or any(words and tuple(t.text for t in run[at : at + len(words)]) == words for words in heads):
            yield Step(run[at - 2].end, run[at].start, "\n", 0.6, "S108")


def _swapped(trial: Trial) -> Iterator[Step]:
    """Two neighbours near the fault exchanged, outside formulas."""
    run, at = trial.tokens, trial.index
    for index in range(max(0, at - 2), min(len(run) - 1, at + 2)):
        one, other = run[index], run[index + 1]
        if one.text == other.text or in_formula(trial, index) or in_formula(trial, index + 1):
            continue
        if all(token.kind in _MOVABLE for token in (one, other)):
            yield Step(one.start, other.end, f"{other.text} {one.text}", 0.9, "S125")


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
    """`gold from 400 EUR` given in a test: the name of its tiers stands before it."""
    found = re.match(r"([a-z]\w*)\s+(?:from|above|>=|=)\s+(\S.*)$", trial.text)
    if found is None:
        return
    for text in place.hints.holding(found[1]):
        block = re.match(r"segments\s+([a-z]\w*)", text)
        if block is not None and re.search(rf"^\s+{found[1]}\b.*\bfrom\b", text, re.MULTILINE):
            yield Step(0, len(trial.text), f"{block[1]} {found[1]} from {found[2]}", 0.3, "S128")


def bound_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """A tier with an upper end, which the tier above it makes."""
    if place.block == "segments":
        end = r"(?<=[\dA-Z%s])\s+(?:to|until|till|up to|and|-|–)\s+\d[\d,.]*%?(?: [A-Z]{3}| [a-z]+)?$"
        for found in re.finditer(end, trial.text):
            yield Step(found.start(), found.end(), "", 0.4, "S126", knows=True)


def order_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """The parts of the line in another order; a part starts at a word of the phrase, a text, or a name."""
    if len(trial.tokens) > 24:
        return
    yield from _head_second(trial, place)
    yield from _label_last(trial, place)
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


def _head_second(trial: Trial, place: Place) -> Iterator[Step]:
    """`spend measure "Spend"`, `10 silence days`, `by rank score`: the first word and the head exchanged."""
    run = trial.tokens
    if place.kind != "statement" or trial.text != place.line or not run[:1] or not run[0].text[0].isalnum():
        return
    texts = tuple(token.text for token in run[:4])
    for words in dict.fromkeys(first_words(s) for s in below(place.block)):
        count = len(words)
        if words and texts[1 : 1 + count] == words and texts[0] not in words:
            moved = f"{' '.join(words)} {trial.text[run[0].start : run[0].end]}"
            yield Step(run[0].start, run[count].end, moved, 0.35, "S125")
        elif count > 1 and texts[:count] != words and sorted(texts[:count]) == sorted(words):
            yield Step(run[0].start, run[count - 1].end, " ".join(words), 0.35, "S125")


def _label_last(trial: Trial, place: Place) -> Iterator[Step]:
    """`segment often when visits >= 3 "Comes often"`: the label stands behind the condition."""
    run = trial.tokens
    if place.kind != "statement" or len(run) < 4 or run[-1].kind != "STRING" or run[2].kind not in ("WHEN", "EQUALS"):
        return
    rest = trial.text[run[2].start : run[-2].end]
    yield Step(run[2].start, run[-1].end, f"{run[-1].text} {rest}", 0.35, "S125")


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
    return [trial.text[run[a].start : run[b - 1].end] for a, b in pairwise(bounds)]
