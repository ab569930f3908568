"""The TextMate grammar, made from the catalogue: colours for editors that do not ask the server, or not yet.

In: the words of the language. Out: the grammar as data, ready to be written as JSON. `make editor` writes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from stratagem.dsl.catalogue.words import CONSTANTS, TIERS, UNITS, Phrase, operators, phrases, types

SCOPE = "source.stratagem"
Rule = dict[str, Any]
_NAME = r"[a-z][a-z0-9_]*"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_END = r"(?![\w.])"
_UNIT = rf"(?:{'|'.join(UNITS)})s?"


def grammar() -> Rule:
    """The whole grammar."""
    return {
        "name": "Stratagem",
        "scopeName": SCOPE,
        "fileTypes": ["strategy"],
        "patterns": [{"include": f"#{name}"} for name in ("comment", "statement", "tier", "expression")],
        "repository": {
            "comment": {"patterns": _comments()},
            "statement": {"patterns": [_statement(phrase) for phrase in phrases()]},
            "tier": _tier(),
            "string": {"patterns": _strings()},
            "placeholder": _placeholder(),
            "literal": {"patterns": _literals()},
            "expression": {"patterns": _expressions()},
        },
    }


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of some phrases; blanks in them may be several."""
    return "|".join(word.replace(" ", r"[ \t]+") for word in words)


def leading(phrase: Phrase) -> str:
    """What follows a phrase when the line is that statement, and not about a name that is spelt like it."""
    if phrase.equals:
        return _END
    other = r"(?:[=<>]|(?:is|between)\b)" if phrase.named else "="
    return rf"{_END}(?![ \t]*{other})"


def _statement(phrase: Phrase) -> Rule:
    scope = f"keyword.control.block.{_id(phrase)}" if phrase.block else f"keyword.other.statement.{_id(phrase)}"
    begin = rf"^([ \t]*)({one_of([phrase.words])}){leading(phrase)}"
    captures = {"2": {"name": f"{scope}.stratagem"}}
    if phrase.named:
        begin += rf"(?:[ \t]+({_NAME}){_END})?"
        captures["3"] = {"name": "entity.name.type.stratagem"}
    inner = [word for word in phrase.inner if word not in phrase.choices]
    patterns: list[Rule] = [{"include": "#comment"}, {"include": "#string"}]
    if inner:
        patterns.append(_words("keyword.other.phrase.stratagem", inner))
    if phrase.choices:
        patterns.append(_words("support.constant.choice.stratagem", phrase.choices))
    if phrase.words == "field":
        patterns.append(_words("storage.type.stratagem", [*types(), "one of"]))
    return {
        "name": f"meta.statement.{_id(phrase)}.stratagem",
        "begin": begin,
        "end": "$",
        "beginCaptures": captures,
        "patterns": [*patterns, {"include": "#expression"}],
    }


def _id(phrase: Phrase) -> str:
    return phrase.words.replace(" ", "-").replace("_", "-")


def _words(scope: str, words: Iterable[str]) -> Rule:
    return {"name": scope, "match": rf"(?<![\w.])(?:{one_of(words)}){_END}"}


def _comments() -> list[Rule]:
    return [
        {"name": "comment.line.documentation.stratagem", "match": r"^[ \t]*##.*$"},
        {"name": "comment.line.number-sign.stratagem", "match": "#.*$"},
    ]


def _strings() -> list[Rule]:
    inside = [{"include": "#placeholder"}]
    escape = {"name": "constant.character.escape.stratagem", "match": r'\\"'}
    return [
        {"name": "string.quoted.triple.stratagem", "begin": '"""', "end": '"""', "patterns": inside},
        {"name": "string.quoted.double.stratagem", "begin": '"', "end": '"|$', "patterns": [escape, *inside]},
    ]


def _placeholder() -> Rule:
    return {
        "name": "meta.template.expression.stratagem",
        "begin": r"\{\{|\{%",
        "end": r"\}\}|%\}|$",
        "beginCaptures": {"0": {"name": "punctuation.section.embedded.begin.stratagem"}},
        "endCaptures": {"0": {"name": "punctuation.section.embedded.end.stratagem"}},
        "patterns": [
            {"name": "keyword.control.template.stratagem", "match": r"\b(?:if|elif|else|endif|and|or|not|is)\b"},
            {"name": "string.quoted.single.stratagem", "match": "'[^']*'|\\\\\"[^\"\\\\]*\\\\\""},
            {"match": rf"\|[ \t]*({_NAME})", "captures": {"1": {"name": "support.function.filter.stratagem"}}},
            {"name": "variable.other.stratagem", "match": rf"{_NAME}(?:\.{_NAME})*"},
        ],
    }


def _literals() -> list[Rule]:
    numbers = {"1": {"name": "constant.numeric.stratagem"}, "2": {"name": "keyword.other.unit.stratagem"}}
    return [
        {"name": "constant.numeric.date.stratagem", "match": r"\b\d{4}-\d{2}-\d{2}(?:[ T]\d{1,2}:\d{2})?(?![\w-])"},
        {"name": "constant.numeric.time.stratagem", "match": r"\b\d{1,2}:\d{2}(?![\w:])"},
        {
            "match": rf"(?<![\w.])({_NUMBER})((?:[ \t]+[A-Z]{{3}})?[ \t]+per[ \t]+(?:(?:{_NUMBER})[ \t]+)?{_UNIT}\b)",
            "captures": numbers,
        },
        {"match": rf"(?<![\w.])({_NUMBER})((?:[ \t]+(?:[A-Z]{{3}}|{_UNIT})(?!\w))|%)?{_END}", "captures": numbers},
        {"name": "constant.language.stratagem", "match": rf"\b(?:{one_of(CONSTANTS)}){_END}"},
    ]


def _expressions() -> list[Rule]:
    return [
        {"include": "#comment"},
        {"include": "#string"},
        {"include": "#literal"},
        _words("keyword.operator.word.stratagem", operators()),
        {"name": "keyword.operator.stratagem", "match": "[<>]=?|[-+*/=]"},
        {"name": "support.function.stratagem", "match": rf"(?<![\w.]){_NAME}(?=\()"},
        {
            "match": rf"(?<![\w.])({_NAME})(\.)({_NAME}(?:\.{_NAME})?){_END}",
            "captures": {
                "1": {"name": "entity.name.class.stratagem"},
                "3": {"name": "variable.other.property.stratagem"},
            },
        },
        {"name": "variable.other.stratagem", "match": rf"(?<![\w.]){_NAME}{_END}"},
        {"name": "constant.other.stratagem", "match": r"\b[A-Z][A-Z0-9]{2,}\b"},
    ]


def _tier() -> Rule:
    """`gold "Gold" from 240 EUR`: a line that starts with the name it declares."""
    label = r'(?:[ \t]+"(?:[^"\\]|\\.)*")?'
    return {
        "begin": rf"^([ \t]+)({_NAME})(?={label}[ \t]+(?:{'|'.join(TIERS)})\b)",
        "end": "$",
        "beginCaptures": {"2": {"name": "entity.name.type.tier.stratagem"}},
        "patterns": [
            {"include": "#comment"},
            {"include": "#string"},
            _words("keyword.other.phrase.stratagem", TIERS),
            {"include": "#expression"},
        ],
    }
