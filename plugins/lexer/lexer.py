"""The lexer: a state for each phrase that a line may start with, made from the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from pygments.lexer import RegexLexer, bygroups, default
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text, Whitespace

from stratagem.dsl.catalogue.words import CONSTANTS, TIERS, UNITS, Phrase, operators, phrases, types

_NAME = r"[a-z][a-z0-9_]*"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_END = r"(?![\w.])"
_UNIT = rf"(?:{'|'.join(UNITS)})s?\b"
Rules = list[tuple[Any, ...]]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(word.replace(" ", r"[ \t]+") for word in words)


_REST: Rules = [
    (r"#.*", Comment.Single),
    (r'"""', String.Doc, "long text"),
    (r'"', String, "text"),
    (r"\d{4}-\d{2}-\d{2}(?:[ T]\d{1,2}:\d{2})?(?![\w-])", Number.Date),
    (r"\d{1,2}:\d{2}(?![\w:])", Number.Date),
    (rf"{_NUMBER}(?:[ \t]+[A-Z]{{3}})?[ \t]+per[ \t]+(?:{_NUMBER}[ \t]+)?{_UNIT}", Number),
    (rf"{_NUMBER}(?:[ \t]+(?:[A-Z]{{3}}\b|{_UNIT})|%)?(?![\w])", Number),
    (rf"(?:{_any_of(CONSTANTS)}){_END}", Keyword.Constant),
    (rf"(?:{_any_of(operators())}){_END}", Operator.Word),
    (r"[<>]=?|[-+*/=]", Operator),
    (rf"{_NAME}(?=\()", Name.Function),
    (rf"{_NAME}(?:\.{_NAME})+", Name.Attribute),
    (_NAME, Name.Variable),
    (r"\w+", Name),
    (r"[^\S\n]+", Whitespace),
    (r"[(),.]", Punctuation),
    (r"[^\w\s]", Text),
]
"""What may stand anywhere in a line."""


def _leading(phrase: Phrase) -> str:
    """What follows a phrase when the line is that statement, and not about a name that is spelt like it."""
    if phrase.equals:
        return _END
    other = r"(?:[=<>]|(?:is|between)\b)" if phrase.named else "="
    return rf"{_END}(?![ \t]*{other})"


def _starts() -> Rules:
    """The beginnings of lines: each phrase leads to a state of its own."""
    found: Rules = []
    for number, phrase in enumerate(phrases()):
        kind = Keyword.Declaration if phrase.block else Keyword
        begin = rf"([ \t]*)({_any_of([phrase.words])}){_leading(phrase)}"
        if phrase.named:
            found.append((rf"{begin}([ \t]+)({_NAME}){_END}", bygroups(Whitespace, kind, Whitespace, Name.Class),
                          ("#pop", f"line {number}")))  # fmt: skip
        found.append((begin, bygroups(Whitespace, kind), ("#pop", f"line {number}")))
    label = r'(?:[ \t]+"(?:[^"\\\n]|\\.)*")?'
    tier = rf"([ \t]+)({_NAME})(?={label}[ \t]+(?:{'|'.join(TIERS)})\b)"
    return [*found, (tier, bygroups(Whitespace, Name.Class), ("#pop", "tier line"))]


def _line(inner: Iterable[str], choices: Iterable[str], more: Iterable[str] = ()) -> Rules:
    """The state of a line: its own words, then what may stand in any."""
    found: Rules = [(r"\n", Whitespace, "#pop")]
    for words, kind in ((list(inner), Keyword), (list(choices), Keyword.Constant), (list(more), Keyword.Type)):
        if words:
            found.append((rf"(?<![\w.])(?:{_any_of(words)}){_END}", kind))
    return [*found, *_REST]


class StrategyLexer(RegexLexer):  # type: ignore[misc]
    """Lexer for strategy files."""

    name = "Stratagem"
    aliases: ClassVar[list[str]] = ["stratagem", "strategy"]
    filenames: ClassVar[list[str]] = ["*.strategy"]
    mimetypes: ClassVar[list[str]] = ["text/x-stratagem"]
    url = ""
    flags = re.MULTILINE

    tokens: ClassVar[dict[str, Any]] = {
        "root": [
            (r"[ \t]*\n", Whitespace),
            (r"[ \t]*##.*\n?", Comment.Special),
            (r"[ \t]*#.*\n?", Comment.Single),
            default("start"),
        ],
        "start": [*_starts(), default(("#pop", "other line"))],
        "text": [(r'\\.|[^"\\\n{]+', String), (r"\{\{.*?\}\}|\{%.*?%\}", String.Interpol), (r"\{", String),
                 ('"', String, "#pop"), ("(?=\n)", String, "#pop")],
        "long text": [(r'[^"{]+', String.Doc), (r"\{\{.*?\}\}|\{%.*?%\}", String.Interpol), ('"""', String.Doc, "#pop"),
                      (r'["{]', String.Doc)],
    }  # fmt: skip


def _states() -> dict[str, Rules]:
    """A state for each phrase, for tiers, and for lines that start otherwise."""
    made = {"tier line": _line(TIERS, ()), "other line": _line((), ())}
    for number, phrase in enumerate(phrases()):
        more = (*types(), "one of") if phrase.words == "field" else ()
        made[f"line {number}"] = _line([w for w in phrase.inner if w not in phrase.choices], phrase.choices, more)
    return made


StrategyLexer.tokens.update(_states())
