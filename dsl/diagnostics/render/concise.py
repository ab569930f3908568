"""Diagnostics one a line, as compilers and editors have always read them: `file:line:column: S204 title`."""

from __future__ import annotations

from collections.abc import Iterable

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.text import words
from stratagem.dsl.source import NOWHERE


def render(diagnostics: Iterable[Diagnostic], language: str = "en") -> str:
    """A line for each, in the order given; one without a place starts with its code."""
    return "".join(f"{line(diagnostic, language)}\n" for diagnostic in diagnostics)


def line(diagnostic: Diagnostic, language: str = "en") -> str:
    """One diagnostic on one line."""
    place = "" if diagnostic.span == NOWHERE else f"{diagnostic.span}: "
    return " ".join(f"{place}{diagnostic.code} {words(diagnostic, language).title}".split())
