"""Diagnostics of whole strategies, worked out beside the editor's other questions, in one thread of its own.

In: a project as it stands. Out: its diagnostics by file, an empty list for a file without any. What a change does not
touch is not worked out again: each strategy has a `Workspace` that stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Label
from stratagem.dsl.incremental import Workspace
from stratagem.dsl.pipeline import Rules
from stratagem.dsl.record import replace
from stratagem.engine.editor.projects import Project, found_by
from stratagem.engine.plug.opening import UNKNOWN_CODE, UNKNOWN_FUNCTION

_USE_LINES = re.compile(r"^use\b.*$", re.MULTILINE)


@dataclass(frozen=True)
class Job:
    """A strategy to check: its project, the open texts, and the severities that settings give."""

    project: Project
    texts: Mapping[str, str]
    rules: Rules


@dataclass
class _Kept:
    """The workspace of a strategy, and what it was made with."""

    workspace: Workspace
    rules: Rules
    codes: tuple[str, ...]
    uses: object
    found: tuple[Diagnostic, ...]


class Checker:
    """Checks strategies one after the other; not for several threads at once."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def check(self, job: Job) -> dict[str, tuple[Diagnostic, ...]]:
        """All diagnostics by the file they stand in."""
        kept = self._workspace(job)
        checked = kept.workspace.check()
        codes = {d.code for d in checked.diagnostics}
        if codes & {UNKNOWN_FUNCTION, UNKNOWN_CODE} and not kept.codes:
            from stratagem.engine.plug import doors

            doors.functions()
            kept = self._new(job, tuple(doors.codes()), kept.uses, kept.found)
            checked = kept.workspace.check()
        return by_file(checked.diagnostics, job.project)

    def forget(self, root: str) -> None:
        """Leave a strategy that is no longer open."""
        self._kept.pop(root, None)

    def _workspace(self, job: Job) -> _Kept:
        project = job.project
        kept = self._kept.get(project.root)
        uses = _uses(job)
        if kept is None or kept.rules != job.rules:
            return self._new(job, kept.codes if kept else (), uses, _found(job))
        if kept.uses != uses:
            kept.uses, kept.found = uses, _found(job)
        kept.workspace.replace(project.files, kept.found)
        return kept

    def _new(self, job: Job, codes: tuple[str, ...], uses: object, found: tuple[Diagnostic, ...]) -> _Kept:
        workspace = Workspace(job.project.files, codes, job.rules, found)
        self._kept[job.project.root] = _Kept(workspace, job.rules, codes, uses, found)
        return self._kept[job.project.root]


def _uses(job: Job) -> object:
    """What decides which files there are, and what is said of finding them."""
    if job.project.plain:
        return tuple(job.project.files)
    return tuple((name, tuple(_USE_LINES.findall(text))) for name, text in job.project.files.items())


def _found(job: Job) -> tuple[Diagnostic, ...]:
    """What finding the files had to say: nothing, where each was found and uses no other."""
    return () if job.project.plain else found_by(job.project.root, job.texts)


def by_file(diagnostics: Iterable[Diagnostic], project: Project) -> dict[str, tuple[Diagnostic, ...]]:
    """Diagnostics by file, at every place of their fault; those without a file stand at the start of the first."""
    found: dict[str, list[Diagnostic]] = {name: [] for name in project.files}
    first = next(iter(found), project.root)
    for diagnostic in (place for each in diagnostics for place in everywhere(each)):
        name = diagnostic.span.file
        found.setdefault(name if name in found or name == project.root else first, []).append(diagnostic)
    return {name: tuple(each) for name, each in found.items()}


def everywhere(diagnostic: Diagnostic) -> Iterator[Diagnostic]:
    """A diagnostic, and the same at the other places of its fault: an editor marks each, and mends all from any."""
    yield diagnostic
    for label in diagnostic.labels:
        if label.also:
            others = (other for other in diagnostic.labels if other is not label)
            yield replace(diagnostic, span=label.span, labels=(Label(diagnostic.span, label.text), *others))
