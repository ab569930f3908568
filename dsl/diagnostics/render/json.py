"""Diagnostics as data for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.render.layout import laid_out
from stratagem.dsl.diagnostics.render.text import page
from stratagem.dsl.diagnostics.text import words
from stratagem.dsl.source import NOWHERE, Span

FORMAT_VERSION = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


def as_data(diagnostics: Iterable[Diagnostic], language: str = "en") -> dict[str, Any]:
    """`{"format_version": 1, "diagnostics": [...]}` of plain values."""
    return {"format_version": FORMAT_VERSION, "diagnostics": [one(d, language) for d in diagnostics]}


def render(diagnostics: Iterable[Diagnostic], language: str = "en") -> str:
    """The same as JSON text, a diagnostic to a line."""
    return laid_out(as_data(diagnostics, language), 2)


def one(diagnostic: Diagnostic, language: str = "en") -> dict[str, Any]:
    """One diagnostic. Places count lines and columns from 1; `end_column` is the column after the last character."""
    said = words(diagnostic, language)
    return {
        "code": diagnostic.code,
        "severity": said.severity,
        "title": said.title,
        "reason": said.reason,
        "help": said.help,
        "place": place(diagnostic.span),
        "labels": [{"place": place(label.span), "text": label.text} for label in diagnostic.labels],
        "near": list(diagnostic.near),
        "page": page(diagnostic.code),
        "fixes": [
            {
                "title": fix.title,
                "safe": fix.safe,
                "edits": [{"place": place(edit.span), "text": edit.text} for edit in fix.edits],
            }
            for fix in diagnostic.fixes
        ],
    }


def place(span: Span) -> dict[str, object] | None:
    """A span as data; None for nowhere."""
    if span == NOWHERE:
        return None
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
