"""Steps on the words around the place where a line stops making sense."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from stratagem.dsl.catalogue import below, first_words
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.grammar.line_grammar import RESERVED, TOGETHER
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.parse.faults import snake
from stratagem.dsl.parse.hints import phrase_words
from stratagem.dsl.parse.match import attempt
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
            known = token.text in words or (low in phrase_words() and low not in RESERVED)  # `for` is no slip for `or`
            for close in _near_operators(low) if low == token.text and not known else ():
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
                alike = min((word for word in words if word.replace("_", "") == squeezed), default="")
                yield from [Step(token.start, token.end, alike, 0.4, "S139")] if alike else ()
            if token.kind == "WORD" and token.text != place.hints.currency:
                yield Step(token.start, token.end, f'"{token.text}"', 1.3, "S199")
            yield from _as_text(trial, index)
        if index or place.kind != "statement" or place.block in ("given", "expect"):
            yield from _joined(trial, place, index)
        yield from _glued(trial, index)
        yield from _tier_of(trial, place, index)
        inside = in_formula(trial, index)
        counted = inside and index > 0 and abs(index - at) < 2 and run[index - 1].kind == "NUMBER"
        if counted and _unheard(token.text, place):
            yield _without(trial, index, index + 1, 0.9, leaves=True)  # `absences >= 3 evenings`
        if inside and token.text.lower() not in _FORMULA_FILLERS and token.text not in "()":
            continue
        beside = (*run[max(index - 1, 0) : index], *run[index + 1 : index + 2])
        if token.kind == "COMPARE" and not any(t.kind in ("COMPARE", "IS") for t in beside):
            continue
        if not index and place.kind == "statement" and trial.fits and trial.fits[0].words and place.children:
            continue  # what takes the lines below is not left out
        if token.text.lower() in LEFT_OUT or token.text in _keywords():
            operator = token.kind in ("PLUS", "MINUS", "TIMES", "OVER_SIGN")
            yield _without(trial, index, index + 1, 2.0 if operator else 1.2, leaves=operator)
        elif token.kind in ("NAME", "WORD") and index in (at, at - 1):
            stray = index == at and token.text not in words and _wanted_next(trial) and not _named(trial)
            yield _without(trial, index, index + 1, 0.9 if stray else 2.2, leaves=not stray)
    if _named(trial):  # `slot home screen takes 1`
        yield Step(run[at - 1].start, run[at].end, snake(f"{run[at - 1].text} {run[at].text}"), 0.5, "S139")
    yield from _closed(trial)
    if at < len(run) and run[at].text in "()":
        yield _without(trial, at, at + 1, 1.0)
    for back in (1, 2, 3) if at >= len(run) else ():
        if len(run) > back + 1:
            yield _without(trial, len(run) - back, len(run), 2.6 + 0.3 * back, leaves=True)
    if 0 < at < len(run):
        yield _without(trial, at, len(run), 2.4 + 0.25 * (len(run) - at), leaves=True)


def _unheard(word: str, place: Place) -> bool:
    """Is it a plain word that nothing is called, and that the language has not."""
    return (
        word.isalpha()
        and word.islower()
        and not (word in place.hints.words or word in place.orphans or word in phrase_words() or word in LEFT_OUT)
    )


def _closed(trial: Trial) -> Iterator[Step]:
    """A bracket that is missing: at the line's end, or before a word that goes on behind it."""
    if trial.text.count("(") <= trial.text.count(")"):
        return
    run = trial.tokens
    opened = max((n for n, token in enumerate(run) if token.text == "("), default=0)
    listed = opened > 0 and run[opened - 1].kind == "ONE_OF"
    yield Step(len(trial.text), len(trial.text), ")", 0.6 if listed else 0.2, "S118")
    for token in run[opened + 2 :]:
        if token.kind in _BEHIND or token.text in _BEHIND_LISTS:
            yield Step(token.start - 1, token.start, ") ", 0.3 if listed else 0.8, "S118")


_BEHIND = frozenset(("WHEN", "ELSE", "IF", "AND", "OR"))
_BEHIND_LISTS = frozenset(("from", "as", "personal", "asked", "bought", "missing"))
"""Kinds of words, and words, that may stand behind a closing bracket."""


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
    if following and any(getattr(part, "text", "") == following[0].text for part in trial.wanted):
        return True
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

    words = {first_words(s)[0] for s in below(TOP) if first_words(s)}
    words |= {"stage", "hurdle", "budget", "tier", "need", "objective", "metric"}
    return frozenset(words | {f"{word}s" for word in words})


_OF_NAME = r"[^\W\d][\w.]*|\d\w*|[-.]|\d+ [a-z]+"
"""What a token looks like that a name written as several words, or with other signs, is cut into."""


def _named(trial: Trial) -> bool:
    """Does a word stand at the fault right behind the name that the line declares."""
    at = trial.index
    behind = any(slot.kind == "name" and end == at for fit in trial.fits[:1] for slot, _, end in fit.captured)
    word = trial.tokens[at] if behind and at < len(trial.tokens) else None
    if any(token.kind == "MINUS" for token in trial.tokens[at + 1 : at + 2]):
        return False  # `call extra-call`: another name
    return word is not None and word.kind in ("NAME", "WORD") and word.text not in phrase_words()


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
            near = [close for close in hints.close(name)[:1] if close not in written.split()]  # never by half of it
            yield from (Step(start, end, close, 1.1, "S139") for close in near)
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
    if three[1].text == ":" and three[2].text in phrase_words():
        return  # `name:type`
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
    yield from _repeated(trial, place)


def _repeated(trial: Trial, place: Place) -> Iterator[Step]:
    """`mileposts 17% by 2026-12-24, 19% by 2027-06-30`: said once for several, each of which has a line of its own."""
    run = trial.tokens
    for statement in below(place.block) if trial.text == place.line and len(run) > 4 else ():
        words = first_words(statement)
        said = tuple(token.text for token in run[: len(words)])
        lists = any(kind in statement.pattern for kind in (":refs(", ":names(", ":choices("))
        if not words or lists or statement.once or said not in (words, (*words[:-1], f"{words[-1]}s")):
            continue
        start = len(words) + (run[len(words)].text == ":")
        cuts = [at for at in range(start + 1, len(run)) if run[at].text in (",", ";", "and")]
        ends = zip((start, *(cut + 1 for cut in cuts)), (*cuts, len(run)), strict=True)
        parts = [trial.text[run[a].start : run[b - 1].end] for a, b in ends if a < b]
        lines = [f"{' '.join(words)} {part}" for part in parts]
        if len(lines) > 1 and all(attempt(statement, tokens(line)).complete for line in lines):
            yield Step(0, len(trial.text), "\n".join(lines), 0.2, "S108")
