"""The words of the language by what they are, for those who colour text without reading it.

In: the catalogue, the reserved words. Out: each leading phrase with the words that may follow it in
its line, and the words of formulas. Grammars for editors and for the terminal are made of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from stratagem.dsl.catalogue import STATEMENTS, first_words
from stratagem.dsl.catalogue.pattern import Literal, Part, Sequence, SlotPart, compile_pattern
from stratagem.dsl.catalogue.statement import TOP, Statement
from stratagem.dsl.grammar.line_grammar import RESERVED, TOGETHER
from stratagem.dsl.record import record

CONSTANTS = ("yes", "no", "missing", "known")
UNITS = ("minute", "hour", "day", "week", "month", "quarter", "year")
TIERS = ("from", "top", "next", "below", "otherwise")
"""Words that follow a tier's name: its line starts with no phrase."""


@record
class Phrase:
    """The words that lines start with. `inner`: words that may follow in such a line; `choices`: words to choose from.

    `block`: it stands at the left edge and opens a block. `named`: a name that is being declared follows. `equals`: a
    `=` may follow at once; where it may not, a line `price = 3 EUR` is about something called price.
    """

    words: str
    inner: tuple[str, ...]
    choices: tuple[str, ...]
    block: bool
    named: bool
    equals: bool


@lru_cache(maxsize=1)
def phrases() -> tuple[Phrase, ...]:
    """Every leading phrase, longer ones before their beginnings."""
    found: dict[str, list[Statement]] = {}
    for statement in STATEMENTS:
        words = " ".join(first_words(statement))
        if words and words != "when":
            found.setdefault(words, []).append(statement)
    made = [_phrase(words, statements) for words, statements in found.items()]
    return tuple(sorted(made, key=lambda phrase: (-len(phrase.words), phrase.words)))


def _phrase(words: str, statements: list[Statement]) -> Phrase:
    parts = [part for s in statements for part in _parts(_after_words(s))]
    literals = {part.text for part in parts if isinstance(part, Literal) and part.text.isalpha()}
    slots = [part for part in parts if isinstance(part, SlotPart)]
    flags = {word for slot in slots if slot.kind == "flag" for word in slot.arguments[0].split()}
    choices = {word for slot in slots if slot.kind in ("choice", "choices") for word in slot.arguments}
    return Phrase(
        words,
        tuple(sorted(literals | flags)),
        tuple(sorted(choices)),
        any(TOP in s.under and bool(s.opens) for s in statements),
        any(_names_first(s) for s in statements),
        any("formula" in s.tail or _equals_first(s) for s in statements),
    )


def _parts(sequence: Sequence) -> Iterator[Part]:
    for part in sequence:
        if isinstance(part, (Literal, SlotPart)):
            yield part
        else:
            yield from (inner for option in part.options for inner in _parts(option))


def _after_words(statement: Statement) -> Sequence:
    """What of a statement's phrase comes after its first words; a flag that is its first words is one part."""
    parts = compile_pattern(statement.pattern)
    flag = bool(parts) and isinstance(parts[0], SlotPart) and parts[0].kind == "flag"
    return parts[1 if flag else len(first_words(statement)) :]


def _names_first(statement: Statement) -> bool:
    rest = _after_words(statement)
    return bool(rest) and isinstance(rest[0], SlotPart) and rest[0].kind == "name"


def _equals_first(statement: Statement) -> bool:
    rest = _after_words(statement)
    options = rest[0].options if rest and not isinstance(rest[0], (Literal, SlotPart)) else ()
    return any(option and isinstance(option[0], Literal) and option[0].text == "=" for option in options)


def operators() -> tuple[str, ...]:
    """The words of formulas that stand for no value, phrases before single words."""
    single = sorted(RESERVED - set(CONSTANTS))
    return (*sorted(TOGETHER, key=lambda words: (-len(words), words)), *single)


def types() -> tuple[str, ...]:
    """The words for types of fields."""
    from stratagem.dsl.parse.match import TYPES

    return tuple(sorted(TYPES))
