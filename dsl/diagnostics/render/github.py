"""Diagnostics as GitHub's workflow commands, which show them as annotations beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Severity
from stratagem.dsl.diagnostics.render.places import within
from stratagem.dsl.diagnostics.text import words
from stratagem.dsl.source import NOWHERE, Span

COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def render(diagnostics: Iterable[Diagnostic], root: PurePath, language: str = "en") -> str:
    """A line for each, in the order given. `root`: the folder in which the command runs; names count from it."""
    return "".join(f"{line(diagnostic, root, language)}\n" for diagnostic in diagnostics)


def line(diagnostic: Diagnostic, root: PurePath, language: str = "en") -> str:
    """One diagnostic as `::error file=…,line=…,col=…,endLine=…,title=…::message`."""
    said = words(diagnostic, language)
    near = f"Near it: {', '.join(diagnostic.near)}." if diagnostic.near else ""
    message = "\n".join(part for part in (said.reason, near, said.help) if part) or said.title
    return annotation(said.severity, diagnostic.span, root, f"{diagnostic.code}: {said.title}", message)


def annotation(severity: Severity, span: Span, root: PurePath, title: str, message: str) -> str:
    """One annotation of a place; for no place it stands beside the run."""
    values: dict[str, object] = {}
    if span != NOWHERE:
        values = {"file": within(span.file, root) or span.file, "line": span.line, "endLine": span.end_line}
        if span.line == span.end_line:  # columns are refused for a stretch of several lines
            values |= {"col": span.column, "endColumn": max(span.column, span.end_column - 1)}
    values["title"] = title
    shown = ",".join(f"{name}={_value(str(value))}" for name, value in values.items())
    return f"::{COMMANDS[severity]} {shown}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
