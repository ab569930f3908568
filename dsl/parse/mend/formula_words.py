"""A word of a formula that is missing: `count trips`, `channel mail`; and two words of any line that stand exchanged.

In: a line as written. Out: steps that put the word in, or exchange two neighbours near the fault; only such as make the
whole line read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.functions import FUNCTIONS
from stratagem.dsl.grammar.line_grammar import TOGETHER
from stratagem.dsl.grammar.words import Token
from stratagem.dsl.parse.hints import BUILT_IN
from stratagem.dsl.parse.mend.gaps import read_alone
from stratagem.dsl.parse.mend.step import Step, compiled
from stratagem.dsl.parse.mend.trial import Place, Trial, read_text
from stratagem.dsl.parse.mend.words import in_formula

_FIGURES = frozenset(("NUMBER", "MONEY", "SHARE", "DURATION", "RATE", "DATE", "STRING"))
_VALUES = _FIGURES | {"NAME", "DOTTED"}
_ENDS = _VALUES | {"RIGHT", "MISSING", "KNOWN", "YES_NO"}
"""Kinds of words that a condition may end with."""
_STARTS = _VALUES | {"NOT", "AGGREGATE", "ANY", "LEFT", "SINCE"}
_COUNTED = ("count of", "sum of", "average of", "latest of", "first of", "smallest of", "largest of")
"""What may be asked of a source or its field, the likeliest first: the first alone takes a source by itself."""


def formula_word_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """Each way that makes the line read whole."""
    if trial.text != place.line or place.kind == "row" or "\n" in trial.text:
        return
    at = min(trial.index, len(trial.tokens) - 1)
    yield from (step for step in _exchanged(trial, at) if read_text(step.on(trial.text), place).fault is None)
    if place.kind == "statement" and not any(in_formula(trial, n) for n in range(max(at - 1, 0), at + 1)):
        return
    for step in (*_halves(trial, at, place), *_between(trial, at, place)):
        if read_text(step.on(trial.text), place).fault is None:
            yield step


def _exchanged(trial: Trial, at: int) -> Iterator[Step]:
    """Two neighbours near the fault, each in the other's place."""
    run, text = trial.tokens, trial.text
    for first in range(max(0, at - 3), min(len(run) - 1, at + 3)):
        one, other = run[first], run[first + 1]
        if one.text == other.text or "COMMA" in (one.kind, other.kind) or one.kind == other.kind == "MINUS":
            continue
        if one.kind == other.kind and one.kind in _FIGURES:
            continue  # which figure stands where is not for us to say
        bracket = "LEFT" in (one.kind, other.kind) or "RIGHT" in (one.kind, other.kind)
        between = "" if bracket else text[one.end : other.start] or " "
        turned = f"{text[other.start : other.end]}{between}{text[one.start : one.end]}"
        yield Step(one.start, other.end, turned, 0.65, "S125")


def _halves(trial: Trial, at: int, place: Place) -> Iterator[Step]:
    """`count trips`, `of trips`, `days joined_on`, `last 12 months`: the other half of two words that go together."""
    run = trial.tokens
    for index in range(max(0, at - 2), min(len(run), at + 2)):
        word = run[index].text
        for phrase in TOGETHER:
            first, _, second = phrase.partition(" ")
            if word == first != "in" and run[index].kind != "BLOCK":
                yield Step(run[index].end, run[index].end, f" {second}", 0.62, "S128")
            elif word == second and second not in ("of", "different", "with") and " " not in second:
                yield Step(run[index].start, run[index].start, f"{first} ", 0.62, "S128")
        if word == "of" and index + 1 < len(run):
            yield from _asked(run[index], run[index + 1], place)


def _asked(word: Token, source: Token, place: Place) -> Iterator[Step]:
    """`of trips`: what is asked of its rows is missing."""
    if source.kind == "NAME":
        yield Step(word.start, word.end, "count of", 0.45, "S128", "that they are counted")
    for number, phrase in enumerate(_COUNTED[1:] if source.kind == "DOTTED" else ()):
        yield Step(word.start, word.end, phrase, 0.45 + 0.02 * number, "S128", f"`{phrase}`")


def _between(trial: Trial, at: int, place: Place) -> Iterator[Step]:
    """A word or sign between two others near the fault."""
    run = trial.tokens
    for index in range(max(1, at - 1), min(len(run), at + 2)):
        start = run[index].start
        for word, cost, assumes in _of_rows(run, index, place):
            yield Step(start, start, f"{word} ", cost, "S128", assumes)
        if _in_call(run, index):
            yield Step(run[index - 1].end, run[index - 1].end, ",", 0.3, "S128")
            continue
        for word, cost, assumes in _joining(run, index, place):
            yield Step(start, start, f"{word} ", cost, "", assumes)


def _several(name: Token) -> bool:
    """Is it a function of more than one value."""
    return name.text in FUNCTIONS and len(FUNCTIONS[name.text].parameters) > 1


def _in_call(run: tuple[Token, ...], index: int) -> bool:
    """Do two values stand side by side in the brackets of a function that takes several: `max(a b)`."""
    opened = [n for n, token in enumerate(run[:index]) if token.kind == "LEFT"]
    closed = sum(token.kind == "RIGHT" for token in run[:index])
    if not opened or len(opened) <= closed or not _several(run[opened[-1] - 1]):
        return False
    return {run[index - 1].kind, run[index].kind} <= _VALUES | {"RIGHT", "LEFT"}


_Found = tuple[str, float, str]
"""A word that may be missing before a token, its cost, and what is assumed."""


def _of_rows(run: tuple[Token, ...], index: int, place: Place) -> Iterator[_Found]:
    """Words of what is asked of the rows of a source, or of customers."""
    before, after, later = run[index - 1], run[index], {token.kind for token in run[index:]}
    sources = place.hints.named(("source",))
    asked = any(token.kind in ("AGGREGATE", "ANY") for token in run[:index])
    if after.kind == "DURATION" and before.kind in ("NAME", "DOTTED") and asked:
        ahead = any(token.text == "days until" for token in run[:index])
        yield "in next" if ahead else "in last", 0.35, ""
    counted = next((t.text.split(".")[0] for t in reversed(run[:index]) if t.text.split(".")[0] in sources), "")
    if asked and (counted or before.text == "customers") and after.kind in ("NAME", "NOT", "LEFT"):
        own = counted in place.hints.paths.get(after.text, ()) or before.text == "customers"
        yield "where", 0.35 if own else 0.8, ""
    if before.kind in ("AGGREGATE", "ANY"):
        return
    if after.text == "customers":
        yield "share of", 0.45, ""
    elif after.text in sources:
        valued = before.kind == "EQUALS" and not read_alone(run[1].text, place.hints)
        valued = valued or not later.isdisjoint(("COMPARE", "BETWEEN"))
        yield ("count of", 0.45, "that they are counted") if valued else ("any", 0.45, "that one of them is enough")
    elif after.kind == "DOTTED" and after.text.split(".")[0] in sources:
        yield from ((phrase, 0.5 + 0.02 * n, f"`{phrase}`") for n, phrase in enumerate(_COUNTED[1:]))


def _joining(run: tuple[Token, ...], index: int, place: Place) -> Iterator[_Found]:
    """Words and signs that join two values, or two conditions."""
    before, after = run[index - 1], run[index]
    if before.kind not in _ENDS or after.kind not in _STARTS | _EQUALLED:
        return
    before_it, later = ({token.kind for token in part} for part in (run[:index], run[index:]))
    if "ELSE" in later and "IF" not in before_it:
        yield "if", 0.4, ""
    if "IF" in before_it and "ELSE" not in before_it | later:
        yield "else", 0.4, ""
    if place.kind == "case":
        yield "when", 0.4, ""
    if after.kind in _FIGURES - {"STRING"} and before.kind in _FIGURES and "BETWEEN" in before_it:
        yield "and", 0.3, ""
    denied = run[index + 1] if after.kind == "NOT" and index + 1 < len(run) else None
    if denied is not None and before.kind in ("NAME", "DOTTED") and _option(denied, place):
        yield "is", 0.35, ""
    elif _asks(run[:index], place) and (after.kind in ("NOT", "ANY", "AGGREGATE", "SINCE") or _known(after, place)):
        yield "and", 0.55, "that both must hold"
        yield "or", 0.57, "that one of the two is enough"
    if before_it & _CONDITIONS or place.kind == "condition" or run[0].text == "unless" or place.block == "expect":
        yield from _held_against(before, after, place)
    elif not later & (_CONDITIONS | {"COMPARE", "IS"}) and not before_it & {"COMPARE", "IS"}:
        yield from _reckoned(before, after, place)


_CONDITIONS = frozenset(("WHEN", "WHERE", "AND", "OR", "IF"))
_EQUALLED = frozenset(("NAME", "STRING", "MISSING", "KNOWN", "ONE_OF", "YES_NO"))
"""What may stand behind `is`."""
_COMPARED = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than", "is": "just that"}


def _held_against(before: Token, after: Token, place: Place) -> Iterator[_Found]:
    """A word or sign of comparison, first those with which other lines hold the name against a figure."""
    if before.kind in ("NAME", "DOTTED") and after.kind in _EQUALLED:
        yield "is", 0.6 if after.kind == "NAME" and _known(after, place) else 0.45, ""
    if after.kind in _FIGURES and after.kind != "STRING" and before.kind in ("NAME", "DOTTED", "RIGHT", "DURATION"):
        like = compiled(rf"\b{re.escape(before.text)}\s*([<>]=?|is)\s*\d")
        texts = place.hints.holding(before.text.split(".")[-1])
        used = [found[1] for text in texts for found in like.finditer(text)]
        nought = ["is"] if re.fullmatch(r"0\b.*", after.text) else []
        for number, sign in enumerate(dict.fromkeys((*used, *nought, *_COMPARED))):
            yield sign, 0.55 + 0.01 * number, f"that {_COMPARED[sign]} is meant"


def _reckoned(before: Token, after: Token, place: Place) -> Iterator[_Found]:
    """A sign of arithmetic; `is` where what follows is the choice of a field, `known` or `missing`."""
    if after.kind != "STRING" and _option(after, place):
        yield "is", 0.45, ""
    elif "STRING" not in (before.kind, after.kind) and _reckons(before, place) and _reckons(after, place):
        yield from ((sign, 0.5 + 0.02 * n, f"`{sign}`") for n, sign in enumerate("*-+"))


def _reckons(word: Token, place: Place) -> bool:
    """Is it a value that can be reckoned with: a figure, a fact, a function."""
    return word.kind != "NAME" or _valued(word, place) or word.text in BUILT_IN


def _asks(run: tuple[Token, ...], place: Place) -> bool:
    """Do words end with a whole condition: a comparison, or a name that may be one."""
    signs = [n for n, token in enumerate(run) if token.kind in ("COMPARE", "IS", "BETWEEN", *_CONDITIONS)]
    last = run[signs[-1]] if signs else None
    if last is not None and last.kind in ("COMPARE", "IS", "BETWEEN"):
        return signs[-1] + 1 < len(run)
    return run[-1].kind == "NAME" and _known(run[-1], place) and (last is not None or place.kind == "condition")


def _option(word: Token, place: Place) -> bool:
    """Is it what a value is compared with and no condition by itself: a choice, a text, `missing`."""
    return word.kind in ("STRING", "MISSING", "KNOWN") or (
        word.kind == "NAME" and word.text in place.hints.words - BUILT_IN and not _valued(word, place)
    )


def _known(word: Token, place: Place) -> bool:
    """Is it a name that the file declares as a value or a group of customers."""
    return word.kind in ("NAME", "DOTTED") and word.text.split(".")[0] in place.hints.words and _valued(word, place)


def _valued(word: Token, place: Place) -> bool:
    """Is it the name of a fact, a field, a segment or a tier; or no name."""
    kinds = {kind for kind, names in place.hints.declared.items() if word.text in names}
    return word.kind != "NAME" or not kinds.isdisjoint(("fact", "field", "segment", "tier"))
