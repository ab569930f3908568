"""Severities of rules as settings write them: `L012 = "error"`, `condition-always-true = "off"`, `S416 = "note"`.

In: a table of codes or rule names and words. Out: by code the severity or "off". Raises WrongRule for a code or name
that nothing has, for a word that is no severity, for an error of the language, and for a code that is set twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeGuard

from stratagem.dsl.diagnostics.diagnostic import Severity
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.diagnostics.text import is_known, texts
from stratagem.dsl.lint.catalogue import RULES, code_of, name_of
from stratagem.dsl.lint.settle import fixed

WORDS: Final = ("error", "warning", "note", "off")


class WrongRule(ValueError):
    """A setting that cannot be followed; `help` says what to write instead."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


def severities(table: Mapping[str, object]) -> dict[str, Severity | Literal["off"]]:
    """By code what each is to be."""
    found: dict[str, Severity | Literal["off"]] = {}
    for word, wanted in table.items():
        code = _code(word)
        if not _is_severity(wanted):
            raise WrongRule(f"{word!r} is set to {wanted!r}.", f"write one of {', '.join(map(repr, WORDS))}.")
        if fixed(code):
            raise WrongRule(f"{word!r} is an error of the language, which stays one.", "take the line out.")
        if code in found:
            raise WrongRule(f"{word!r} is set already, by its other name.", "take one of the two lines out.")
        found[code] = wanted
    return found


def _is_severity(wanted: object) -> TypeGuard[Severity | Literal["off"]]:
    return wanted in WORDS


def _code(word: str) -> str:
    code = code_of(word) or (word if is_known(word) else None)
    if code is not None:
        return code
    close = near(word, [*(name_of(code) for code in RULES), *texts()])
    raise WrongRule(
        f"there is no rule {word!r}.",
        f"did you mean {' or '.join(map(repr, close))}?" if close else "`stratagem docs` lists all codes.",
    )
