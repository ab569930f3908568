"""What a line is about, whatever its words are: its texts, its figures, the names of the file; and the words between.

In: a line's text and what the file tells. Out: its contents in order, each with what kind it is, and its other words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stratagem.dsl.grammar.driver import Refused, read
from stratagem.dsl.grammar.words import Token, tokens
from stratagem.dsl.parse.hints import HISTORIES, Hints
from stratagem.dsl.parse.mend.numbers import COUNTS, ordinal
from stratagem.dsl.parse.mend.step import compiled, masked
from stratagem.dsl.parse.mend.tidy import all_figures, restored
from stratagem.dsl.parse.mend.trial import LITTLE, unknown_words
from stratagem.dsl.record import record

FIGURES = frozenset(("NUMBER", "SHARE", "MONEY", "DURATION", "RATE", "DATE", "TIMESTAMP", "TIME"))
_TEXTS = ("STRING", "LONG_TEXT")
_FORMULAS = frozenset(("AGGREGATE", "SINCE", "WINDOW", "ONE_OF", "STARTS_WITH"))
"""What means something in formulas alone."""
_GATES = frozenset((
    "segment", "stage", "dates", "when", "unless", "channel", "policy", "score", "rank", "budget", "holdout",
))  # fmt: skip
"""What may stop an action, where a test says why."""
_ASKS = frozenset(("COMPARE", "IS", "NOT", "AND", "OR", "BETWEEN", "ANY"))
"""Signs and words of conditions."""
_SIGNS = frozenset(",.;:!?()")
_SAYS_WHEN = frozenset((
    "when", "if", "where", "whenever", "unless", "whose", "once", "provided", "while", "with", "who", "that", "=", "by",
    "after", "since", "of", "is",
))  # fmt: skip
"""Words behind which a condition or formula may stand up to the line's end."""
_BUILT_IN = frozenset((*HISTORIES, "customers"))


@record
class Content:
    """`kind`: that of the token, NAME for a name of the file, NEW for one that nothing declares, FORMULA or
    CONDITION.
    `kinds`: of which kinds the name is. `index`: of the word before which it stands."""

    kind: str
    text: str
    kinds: frozenset[str]
    index: int


@record
class Contents:
    """`said`: what must be said again. `words`: all other words, in order."""

    said: tuple[Content, ...]
    words: tuple[str, ...]


def contents(text: str, hints: Hints, orphans: frozenset[str], names: bool) -> tuple[Contents, ...]:
    """What a text is about: with the formula at its end as one, where there is one, and without. Empty where a sign has
    a meaning that is not known here. `orphans`: names that this line may declare; `names`: it may declare others."""
    text = _figured(text, hints)
    run = tokens(text)
    found = []
    for at in range(len(run)):
        starts = run[at].kind == "NOT" or (at and run[at - 1].text in _SAYS_WHEN)
        if starts and _reads(run[at:], hints):
            found.append(_of(run[:at], hints, orphans, names, text[run[at].start :]))
            break
    if not any(compiled(r"[<>=+*]").search(token.text) for token in run if token.kind not in _TEXTS):
        found.append(_of(run, hints, orphans, names, ""))
    return tuple(each for each in found if each is not None)


def _figured(text: str, hints: Hints) -> str:
    """Every figure as it should be, those in words too; quoted texts as they are."""
    said, text = text, masked(text).rstrip(" .!;,")
    text = re.sub(r"(?i)\b(the|next|each|every|no|this|that|which|last|any) ones?\b", r"\1", text)
    text = re.sub(r"(?i)\s(?:two |both |three )?of (?:them|these|those)\b", "", text)
    text = re.sub(r"\bus\b", "we", text)  # no dollars
    text = re.sub(rf"\b(?:{'|'.join(filter(ordinal, COUNTS))})\b", r"\g<0>ly", text)
    counted = "|".join(word for word in COUNTS if not ordinal(word))
    for found in reversed(list(compiled(rf"\b(?:{counted})\b").finditer(text))):
        text = text[: found.start()] + COUNTS[found.group()] + text[found.end() :]
    text = re.sub(r"\b(?:each|every) (day|week|month|quarter|year)\b", r"every 1 \1", all_figures(text, hints))
    return restored(text, said)


def _reads(run: tuple[Token, ...], hints: Hints) -> bool:
    """Does a stretch read as a formula of more than one name or figure, of names that the file knows."""
    if sum(token.kind not in ("LEFT", "RIGHT") for token in run) < 2:
        return False
    return unknown_words(run, hints) == 0 and not isinstance(read(run, "formula"), Refused)


def _of(run: tuple[Token, ...], hints: Hints, orphans: frozenset[str], names: bool, formula: str) -> Contents | None:
    """The contents of a run of tokens, and a formula behind it."""
    said: list[Content] = []
    words: list[str] = []
    for number, token in enumerate(run):
        if token.kind in _TEXTS or token.kind in FIGURES:
            said.append(Content(token.kind, token.text, frozenset(), len(words)))
        elif token.kind in _FORMULAS:
            return None
        elif token.kind in ("EQUALS", "OTHER", "COMMA", "LEFT", "RIGHT", "ODD_NUMBER", "MINUS"):
            if token.text not in _SIGNS and token.text not in "=-–":
                return None
        else:
            gate = token.text in _GATES and [t.text for t in run[max(0, number - 2) : number] if t.text != "of"][-1:]
            for word in token.text.split():
                kinds = _kinds(word, hints) if token.kind in ("NAME", "DOTTED") else frozenset()
                if not number and run[1:2] and run[1].text in _LIKE_A_TIER:
                    kinds -= {"tier"}  # it is this line that looks as if it declared one
                labelled = names and number + 1 < len(run) and run[number + 1].kind in _TEXTS
                listed = token.kind == "NAME" and word not in LITTLE and _goes_on(run, number, said)
                kinds = frozenset(("gate",)) if gate == ["because"] else kinds
                if kinds:
                    said.append(Content("NAME", word, kinds, len(words)))
                elif word in orphans or listed or (labelled and token.kind == "NAME" and word not in LITTLE):
                    said.append(Content("NEW", word, frozenset(), len(words)))
                words.append(word.lower())
    if formula:
        kind = "CONDITION" if _ASKS.intersection(token.kind for token in tokens(formula)) else "FORMULA"
        said.append(Content(kind, formula, frozenset(), len(words)))
    return Contents(tuple(said), tuple(words))


def _goes_on(run: Sequence[Token], at: int, said: Sequence[Content]) -> bool:
    """Does a list of names go on: `reception and kitchen`."""
    before, after = run[:at], run[at + 1 : at + 2]
    joined = len(before) > 1 and before[-1].text in _JOINS and (not after or after[0].text in _JOINS)
    return joined and bool(said) and said[-1].text == before[-2].text and said[-1].kind in ("NAME", "NEW")


_LIKE_A_TIER = ("from", "top", "next", "below", "otherwise")
_JOINS = (",", "and", "or")


def _kinds(word: str, hints: Hints) -> frozenset[str]:
    """Of which kinds of names a word is one, if nobody writes it for something else."""
    if word in LITTLE or word in _BUILT_IN:
        return frozenset()
    if "." in word:
        return frozenset(("field",)) if all(part in hints.words for part in word.split(".")) else frozenset()
    return frozenset(kind for kind, names in hints.declared.items() if word in names)
