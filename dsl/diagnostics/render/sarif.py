"""Diagnostics as SARIF 2.1.0, the form in which GitHub and others take findings of static checks.

One run; names of files are relative to the folder of the command; columns count UTF-16 units; what a file's texts and
codes say is the same on every machine. It stays within what GitHub takes: 25,000 results (the gravest are kept, and
the report says how many are left out), 1,000 places a result, 10 MB compressed.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Fix
from stratagem.dsl.diagnostics.render.layout import laid_out
from stratagem.dsl.diagnostics.render.places import file_uri, uri, within
from stratagem.dsl.diagnostics.render.sarif_rules import cut, rules
from stratagem.dsl.diagnostics.text import severity, words
from stratagem.dsl.record import record
from stratagem.dsl.source import NOWHERE, SourceText, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
MOST_RESULTS = 25_000
MOST_PLACES = 1_000
MOST_BYTES = 10_000_000
LONGEST_MESSAGE = 2_000
_LEVELS = 4
"""Down to the results, each of which is a line."""
GRADES = {"error": 0, "warning": 1, "note": 2}


@record(slots=False)
class Scene:
    """What holds for the whole report. `root`: the folder of the command; `version`: of stratagem."""

    sources: Mapping[str, SourceText]
    root: PurePath
    version: str
    language: str = "en"


def render(diagnostics: Iterable[Diagnostic], scene: Scene) -> str:
    """The report as JSON text; results that would make it too large are left out, the least grave first."""
    found = sorted(diagnostics, key=lambda d: GRADES[severity(d)])
    kept = min(len(found), MOST_RESULTS)
    while True:
        text = laid_out(document(found[:kept], scene, len(found) - kept), _LEVELS)
        if not kept or len(text) <= MOST_BYTES or _compressed(text) <= MOST_BYTES:
            return text + "\n"
        kept //= 2


def _compressed(text: str) -> int:
    return len(gzip.compress(text.encode("utf-8", "replace"), 6))


def document(found: Sequence[Diagnostic], scene: Scene, left_out: int = 0) -> dict[str, Any]:
    """The report as plain values. `left_out`: how many more there are."""
    described = rules(scene.language)
    driver = {
        "name": "Stratagem", "version": scene.version, "semanticVersion": scene.version, "language": scene.language,
        "rules": described,
    }  # fmt: skip
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if left_out:
        said = f"{left_out} more findings are left out: the report would be larger than servers take."
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": said}}]
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder in which stratagem was run."}}},
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "artifacts": [{"location": _file(name, scene)} for name in scene.sources],
        "results": list(_results(found, scene, {rule["id"]: n for n, rule in enumerate(described)})),
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _results(found: Iterable[Diagnostic], scene: Scene, index: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for diagnostic in found:
        said = words(diagnostic, scene.language)
        labels = [label for label in diagnostic.labels if label.span != NOWHERE][: MOST_PLACES - 1]
        result: dict[str, Any] = {
            "ruleId": diagnostic.code,
            "ruleIndex": index[diagnostic.code],
            "level": said.severity,
            "message": {"text": _message(diagnostic, scene.language)},
            "locations": [{"physicalLocation": _place(_shown_at(diagnostic.span, scene), scene)}],
            "partialFingerprints": {"primaryLocationLineHash": _fingerprint(diagnostic, scene, seen)},
        }
        if labels:
            result["relatedLocations"] = [
                {"id": n, "physicalLocation": _place(each.span, scene), "message": {"text": _plain(each.text)}}
                for n, each in enumerate(labels, 1)
            ]
        fixes = [_fix(fix, scene) for fix in diagnostic.fixes if fix.edits]
        if fixes:
            result["fixes"] = fixes
        yield result


def _message(diagnostic: Diagnostic, language: str) -> str:
    said = words(diagnostic, language)
    near = f"Near it: {', '.join(diagnostic.near)}." if diagnostic.near else ""
    title = said.title if said.title.endswith((".", "?", "!")) else said.title + "."
    return _plain(cut(" ".join(part for part in (title, said.reason, near, said.help) if part), LONGEST_MESSAGE))


def _plain(text: str) -> str:
    """Text in which a reader of SARIF finds neither placeholders nor links."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _shown_at(span: Span, scene: Scene) -> Span:
    """What has no place of its own is shown at the top of the first file, for servers show nothing without a place."""
    if span != NOWHERE:
        return span
    return Span(next(iter(scene.sources), ""), 1, 1, 1, 1)


def _file(name: str, scene: Scene) -> dict[str, Any]:
    inside = within(name, scene.root)
    return {"uri": file_uri(name, scene.root)} if inside is None else {"uri": uri(inside), "uriBaseId": ROOT}


def _place(span: Span, scene: Scene) -> dict[str, Any]:
    return {"artifactLocation": _file(span.file, scene), "region": _region(span, scene)}


def _region(span: Span, scene: Scene) -> dict[str, int]:
    source = scene.sources.get(span.file)
    return {
        "startLine": span.line, "startColumn": _units(source, span.line, span.column),
        "endLine": span.end_line, "endColumn": _units(source, span.end_line, span.end_column),
    }  # fmt: skip


def _units(source: SourceText | None, line: int, column: int) -> int:
    """A column counted in UTF-16 units: signs beyond the first plane take two."""
    if source is None or not 1 <= line <= len(source.lines):
        return column
    return column + sum(c > "\uffff" for c in source.lines[line - 1][: column - 1])


def _fingerprint(diagnostic: Diagnostic, scene: Scene, seen: Counter[str]) -> str:
    """The same for the same finding after lines came in above it: code, words of the line, which of equals."""
    span = diagnostic.span
    source = scene.sources.get(span.file)
    line = source.lines[span.line - 1] if source and 1 <= span.line <= len(source.lines) else ""
    inside = within(span.file, scene.root) or span.file
    words_of = "\0".join((diagnostic.code, inside, " ".join(line.split())))
    mark = sha256(words_of.encode("utf-8", "replace")).hexdigest()[:16]
    seen[mark] += 1
    return f"{mark}:{seen[mark]}"


def _fix(fix: Fix, scene: Scene) -> dict[str, Any]:
    files = dict.fromkeys(edit.span.file for edit in fix.edits)
    changes = [
        {
            "artifactLocation": _file(file, scene),
            "replacements": [
                {"deletedRegion": _region(edit.span, scene), "insertedContent": {"text": edit.text}}
                for edit in fix.edits
                if edit.span.file == file
            ],
        }
        for file in files
    ]
    return {"description": {"text": _plain(fix.title)}, "artifactChanges": changes, "properties": {"safe": fix.safe}}
