"""One attempt at reading a line's text where the line stands: is it sound, and if not, where does it go wrong."""

from __future__ import annotations

import re
from dataclasses import field
from functools import cached_property
from typing import Literal

from stratagem.dsl.catalogue.pattern import Part, SlotPart
from stratagem.dsl.catalogue.statement import Statement
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.grammar.words import Token, tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.hints import BUILT_IN, Hints
from stratagem.dsl.parse.match import Attempt
from stratagem.dsl.parse.mend.near import NOTHING, Near
from stratagem.dsl.parse.mend.step import masked
from stratagem.dsl.record import record

Kind = Literal["statement", "case", "condition", "row"]


@record(slots=False)
class Place:
    """Where a faulty line stands: what it is read as, in which block, and what the rest of the file tells.

    `children`: lines stand below it, so it must be a line that takes some.
    """

    kind: Kind
    block: str
    children: bool
    hints: Hints
    line: str = ""
    """The line as written."""
    taken: frozenset[str] = frozenset()
    """Statements that may stand once in the block, and stand there already."""
    near: Near = NOTHING

    @cached_property
    def orphans(self) -> tuple[str, ...]:
        """Names that other lines use and nothing declares: this line may be the one that should."""
        own = re.findall(r"[a-z][a-z0-9_]*", self.line)
        return tuple(word for word, times in self.hints.orphans.items() if times > own.count(word))


_MARKS = frozenset(("EQUALS", "WHEN"))


@record(frozen=False, slots=False)
class Trial:
    """What came of reading a text. `fault` is None when it is sound; `at` is where the fault starts in the text."""

    text: str
    tokens: tuple[Token, ...]
    fault: Diagnostic | None = None
    at: int = 0
    strange: int = 0
    """Names that nothing in the file declares, or that stand nowhere else."""
    wanted: list[Part] = field(default_factory=list)
    fits: tuple[Attempt, ...] = ()

    @cached_property
    def index(self) -> int:
        """The token at which the fault starts; the number of tokens when the line ends too early."""
        return next((n for n, token in enumerate(self.tokens) if token.end > self.at), len(self.tokens))

    @cached_property
    def formula_from(self) -> int:
        """The token from which on the line is read as a formula or condition; past its end where it has none."""
        if not self.fits and not self.wanted:
            return 0
        slots = self.fits[0].captured if self.fits else ()
        starts = [start for slot, start, _ in slots if slot.kind in ("formula", "condition")]
        marks = (n for n, t in enumerate(self.tokens, 1) if t.kind in _MARKS or t.text in ("unless", "rank", "where"))
        return min([*starts, next(marks, len(self.tokens) + 1)])


def read_text(text: str, place: Place) -> Trial:
    """Try a text. A text of two lines is sound when both are."""
    if "\n" in text:
        first, _, second = text.partition("\n")
        trial = read_text(first, place)
        return read_text(second.strip(), place) if trial.fault is None else trial
    if text.startswith("#"):
        return Trial(text, ())
    if " # " in text:
        text = text[: masked(text).find(" # ")] if " # " in masked(text) else text
    line = Line("", 1, 1, text, 1)
    found: list[Diagnostic] = []
    trial = Trial(text, tokens(text))
    if not trial.tokens:
        trial.fault, trial.at = Diagnostic("S151", line.span, {"after": "", "wanted": ""}), 0
        return trial
    if place.kind == "statement":
        _statement(trial, line, place, found)
    else:
        _other(trial, line, place, found)
    errors = [d for d in found if severity(d) == "error"]
    if errors:
        trial.fault = errors[0]
        trial.at = max(errors[0].span.column - 1, 0)
    return trial


_FIGURES = frozenset(("NUMBER", "SHARE", "MONEY", "DURATION", "RATE", "DATE", "TIME", "STRING"))


def _statement(trial: Trial, line: Line, place: Place, found: list[Diagnostic]) -> None:
    from stratagem.dsl.parse.statements import Reader, best_fits

    reader = Reader(None)
    own = reader.own(line, place.block, None, found.append)
    trial.fits = best_fits(place.block, trial.tokens)
    if trial.fits and not trial.fits[0].complete:
        best = trial.fits[0]
        tied = [fit for fit in trial.fits if (fit.words, fit.reached) == (best.words, best.reached)]
        trial.wanted = list(dict.fromkeys(part for fit in tied for part in fit.wanted))
    if own is None or any(severity(d) == "error" for d in found):
        return
    statement = own.node.statement
    if place.children and not (statement.opens or statement.tail != "none"):
        found.append(Diagnostic("S137", line.span, {"line": line.text}))
    elif not place.children:
        reader.wants(own.node, line, found.append)
    lost = any(d.code == "S138" for d in found) and _labelled(place.line)
    trial.strange = (
        2 * lost + _unknown_refs(own.captured, trial.tokens, place.hints) + 3 * (statement.id in place.taken)
    )
    for slot, start, end in own.captured:
        if slot.name == "file" and "." not in trial.tokens[start].text:
            trial.strange += 1  # a label
        name = trial.tokens[start].text
        letter = len(name) == 1 and name.upper() in place.line.split()  # `A`, of the classes A, B, C
        if slot.kind == "name" and not letter and _no_name(statement, name, place.block):
            trial.strange += 2
        if slot.kind == "names":
            trial.strange += 3 * sum(token.text in LITTLE for token in trial.tokens[start:end])
        if slot.kind == "condition" and end - start == 1 and trial.tokens[start].kind in _FIGURES:
            trial.strange += 3  # a figure by itself is no condition
        if slot.kind == "condition" and _no_condition(trial.tokens[start:end], place.hints):
            trial.strange += 3
        if slot.kind in ("formula", "condition", "constant"):
            trial.strange += 3 * _compares(trial.tokens[start:end], place.hints)
            trial.strange += unknown_words(trial.tokens[start:end], place.hints)


def _labelled(text: str) -> bool:
    """Does a line hold a text that may be a label: not a figure in quotes."""
    return any(not said[:1].isdigit() for said in text.split('"')[1::2])


_COMPARING = frozenset(("more", "less", "fewer", "greater", "higher", "lower", "longer", "shorter", "older", "younger"))


def _compares(run: tuple[Token, ...], hints: Hints) -> int:
    """Words that hold one thing against another, read as names that nothing has: `is 90 days or less`."""
    return sum(token.text in _COMPARING and token.text not in hints.words for token in run)


_ASKED = frozenset(("field", "fact", "segment", "tier"))
"""Kinds of names that may be a condition by themselves."""


def _no_condition(run: tuple[Token, ...], hints: Hints) -> bool:
    """Is it one name (or its denial) of a kind that is no condition: a stage, a channel, an action."""
    name = run[1] if len(run) == 2 and run[0].kind == "NOT" else run[0]
    kinds = {kind for kind, names in hints.declared.items() if name.text in names} if name is run[-1] else set()
    return bool(kinds) and kinds.isdisjoint(_ASKED)


LITTLE = frozenset((
    "a", "an", "the", "is", "are", "be", "it", "that", "this", "these", "what", "when", "which", "who", "of", "to",
    "for", "with", "from", "at", "on", "in", "by", "and", "or", "not", "no", "as", "per", "than", "if", "so", "but",
    "only", "except", "without", "never", "nobody", "nothing", "then", "we", "our", "us", "they", "them", "their",
    "you", "your", "my", "his", "her", "its", "also", "very", "first", "last",
))  # fmt: skip
"""Words of English that nobody calls anything."""


def _no_name(statement: Statement, word: str, block: str) -> bool:
    """Is a word that was taken for a new name one of the statement's own, or the first of another of its block."""
    from stratagem.dsl.catalogue import below, first_words

    own = re.findall(r"(?<![{:|(\w])[a-z]+", statement.pattern)
    return word in LITTLE or word in own or any(first_words(s)[:1] == (word,) for s in below(block))


def _unknown_refs(captured: object, run: tuple[Token, ...], hints: Hints) -> int:
    """References to names that nothing in this file declares, though it declares others of that kind."""
    count = 0
    for slot, start, end in captured:  # type: ignore[attr-defined]
        if not isinstance(slot, SlotPart) or slot.kind not in ("ref", "refs"):
            continue
        known = hints.named(slot.arguments)
        if "field" in slot.arguments and "fact" in slot.arguments:
            known = dict.fromkeys(hints.words, "")
        elif "field" in slot.arguments:
            continue
        if "gate" not in slot.arguments:
            names = [t.text for t in run[start:end] if t.kind == "NAME"]
            count += sum(1 + (name in _phrase_words() | hints.words) for name in names if name not in known)
    return count


def _phrase_words() -> frozenset[str]:
    from stratagem.dsl.parse.hints import phrase_words

    return phrase_words()


def _other(trial: Trial, line: Line, place: Place, found: list[Diagnostic]) -> None:
    from stratagem.dsl.parse import formulas

    if place.kind == "case":
        formulas.own_case(line, trial.tokens, found.append)
    elif place.kind == "row":
        formulas.own_row(line, trial.tokens, found.append)
    else:
        formulas.own_condition(line, trial.tokens, found.append, place.children)
    if not any(severity(d) == "error" for d in found):
        trial.strange = unknown_words(trial.tokens, place.hints) + 3 * _compares(trial.tokens, place.hints)


def unknown_words(run: tuple[Token, ...], hints: Hints) -> int:
    """Words of a formula that the file declares nowhere."""
    count = 0
    for first, before, token in zip((None, None, *run), (None, *run), run, strict=False):
        denied = first is not None and before is not None and (first.kind, before.kind) == ("IS", "NOT")
        if token.kind == "NAME" and _misused(token.text, before.kind if before and not denied else "", hints):
            count += 1
        if token.kind == "DOTTED":
            count += any(part not in hints.words for part in token.text.split("."))
        elif token.kind == "NAME" and token.text not in RESERVED and token.text not in hints.words:
            count += 1
    return count


def _misused(name: str, before: str, hints: Hints) -> bool:
    """Is the name of a source read as a condition or value, or another name where only a source stands."""
    kinds = [kind for kind, names in hints.declared.items() if name in names]
    if before == "ANY":
        return bool(kinds) and "source" not in kinds
    if before in ("AND", "OR", "NOT", "OVER_SIGN") and not kinds:
        return name in hints.words and name not in BUILT_IN  # a choice by itself: `is staff or wholesale`
    return kinds == ["source"] and before != "AGGREGATE"
