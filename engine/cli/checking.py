"""A check of one strategy or several, from paths to a report; the report as text or in a format for machines.

In: what was typed. Out: `Report`: everything found, once each, with the texts it points into; scores; what was fixed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stratagem.dsl.diagnostics.apply import fix_of
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.render import text
from stratagem.dsl.record import record
from stratagem.dsl.source import SourceText, Span
from stratagem.engine.cli import kept
from stratagem.engine.cli.findings import errors, rendered, warnings
from stratagem.engine.cli.opening import Opened, folder_of, read, rules

if TYPE_CHECKING:
    from stratagem.dsl.pipeline import Checked
    from stratagem.engine.cli.fixing import Fixed

Score = Mapping[str, Any]
"""`framework`, `score` and `required` in percent, `met`; with several strategies also `strategy`, its path."""


@record
class Asked:
    """What was typed."""

    data: Path | None = None
    source: tuple[tuple[str, Path], ...] = ()
    as_of: str | None = None
    require: tuple[tuple[str, float], ...] = ()
    strict: bool = False
    fix: bool = False
    unsafe: bool = False
    keep: bool = False
    """Fixes are worked out, but the files stay as they are."""

    @property
    def of_text_alone(self) -> bool:
        """Is nothing asked but what is wrong with the text."""
        return not (self.data or self.source or self.require or self.fix)


@record(frozen=False)
class Report:
    """What came of it. Diagnostics are by strategy, then by file as read, then by line."""

    found: list[Diagnostic] = field(default_factory=list)
    sources: dict[str, SourceText] = field(default_factory=dict)
    waived: list[Diagnostic] = field(default_factory=list)
    ignored: list[Diagnostic] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)
    fixed: list[Fixed] = field(default_factory=list)
    """Of every strategy, where fixes were asked for; `unsafe`: all of them were."""
    unsafe: bool = False

    def failed(self, strict: bool) -> bool:
        """Is it to end with exit code 1."""
        graver = errors(self.found) or (strict and warnings(self.found))
        return bool(graver) or any(not score["met"] for score in self.scores)


def check_all(paths: Iterable[str], asked: Asked, read: Callable[[str], Checked] = read, cache: bool = False) -> Report:
    """Check every strategy; what two of them share is reported once.

    `cache`: take what an earlier check found where nothing has changed since, and keep what this one finds.
    """
    report = Report(unsafe=asked.unsafe)
    paths = list(paths)
    for path in paths:
        known = kept.recall(path, rules()) if cache and asked.of_text_alone else None
        if known is not None:
            _add(report, known, known.diagnostics)
            continue
        checked = read(path)
        if cache:
            kept.keep(path, rules(), checked)
        if asked.fix:
            checked = _fixed(path, checked, asked, report)
        found = list(checked.diagnostics)
        if checked.strategy is not None and (asked.data or asked.source or asked.require):
            found += _more(path, checked, asked, report, several=len(paths) > 1)
        _add(report, checked, [*found, *_broken_plugins()])
    return report


def _add(report: Report, checked: Checked | kept.Kept, found: Iterable[Diagnostic]) -> None:
    first = not report.sources
    report.sources.update(checked.sources)
    for listed, new in ((report.found, found), (report.waived, checked.waived), (report.ignored, checked.ignored)):
        there: dict[tuple[str, Span], list[Diagnostic]] = {}
        for diagnostic in () if first else listed:
            there.setdefault((diagnostic.code, diagnostic.span), []).append(diagnostic)
        listed += [d for d in new if d not in there.get((d.code, d.span), ())]


def _more(path: str, checked: Checked, asked: Asked, report: Report, several: bool) -> list[Diagnostic]:
    """The findings of the data; the scores go into the report."""
    from stratagem.engine.cli import check_more

    assert checked.strategy is not None
    opened = Opened(checked.strategy, folder_of(path), checked)
    found: list[Diagnostic] = []
    if asked.data or asked.source:
        found = check_more.data_findings(opened, asked.data, dict(asked.source), asked.as_of)
    if asked.require:
        of = {"strategy": path} if several else {}
        report.scores += [{**of, **score} for score in check_more.scores_of(opened, dict(asked.require), asked.as_of)]
    return found


def _fixed(path: str, checked: Checked, asked: Asked, report: Report) -> Checked:
    """Fix what can be fixed; the strategy as it then is, or as it was where nothing may be written."""
    from stratagem.engine.cli import fixing

    done = fixing.fixed(checked, asked.unsafe, rules())
    report.fixed.append(done)
    if asked.keep or not done.changed:
        return checked
    if path == "-":
        from stratagem.engine.plug.opening import check

        ((name, source),) = done.repaired.texts.items()
        return check(source.text, name, rules())
    fixing.write(done)
    return read(path)


def _broken_plugins() -> tuple[Diagnostic, ...]:
    """What is broken among the plug-ins that this check has asked for; where it asked for none, none are looked at."""
    if "stratagem.engine.plug.doors" not in sys.modules:
        return ()
    from stratagem.engine.plug import doors

    return tuple(problem.diagnostic() for problem in doors.problems_met())


def page(report: Report, colour: bool) -> str:
    """For people: every diagnostic in its line, then what it comes to."""
    shown = rendered(report.found, report.sources, colour)
    return (shown + "\n" if shown else "") + closing(report)


def closing(report: Report) -> str:
    """The last lines of a page: how many files, what was found, what can be fixed, the scores."""
    files = f"{len(report.sources)} file{'' if len(report.sources) == 1 else 's'}"
    quiet = [f", {len(some)} {word}" for some, word in ((report.waived, "waived"), (report.ignored, "ignored")) if some]
    lines = [f"{files} checked: {text.summary(report.found)}{''.join(quiet)}."]
    lines += [line for line in (offered(report), *map(reached, report.scores)) if line]
    return "".join(f"{line}\n" for line in lines)


def reached(score: Score) -> str:
    """What a score came to, beside what was asked for."""
    told = "met" if score["met"] else "NOT MET"
    found = "nothing could be judged" if score["score"] is None else f"{score['score']:.4g}%"
    of = f"{score['strategy']}: " if "strategy" in score else ""
    return f"{of}{score['framework']}: {found}, {score['required']:g}% required: {told}."


def unsaid(report: Report, output: str) -> list[str]:
    """Why the exit code is 1, where the output has no place for it: scores that were not reached."""
    missed = [reached(score) for score in report.scores if not score["met"]]
    return missed if output in ("concise", "sarif", "github") else []


def offered(report: Report) -> str:
    """Which of the findings --fix would mend, or would have with --unsafe."""
    if report.unsafe:
        return ""
    safe = sum(fix_of(diagnostic, unsafe=False) is not None for diagnostic in report.found)
    more = sum(fix_of(diagnostic, unsafe=True) is not None for diagnostic in report.found) - safe
    if report.fixed:
        safe = 0  # those that went in, and those that would have made more wrong
    if not safe and not more:
        return ""
    said = f"{safe} can be fixed with --fix" if safe else ""
    if more:
        said += f"{', ' if said else ''}{more}{' more' if safe else ' can be fixed'} with --fix --unsafe"
    return f"{said}{', which assumes what you meant' if more else ''}."


def _json(report: Report) -> str:
    from stratagem.dsl.diagnostics.render.json import as_data, place
    from stratagem.engine.cli.output import json_text

    fixed = [
        {"code": d.diagnostic.code, "place": place(d.diagnostic.span), "title": d.fix.title, "safe": d.fix.safe}
        for each in report.fixed
        for d in each.repaired.applied
    ]
    more = {
        "waived": [d.code for d in report.waived], "ignored": [d.code for d in report.ignored],
        "files": list(report.sources), "scores": report.scores, "fixed": fixed,
    }  # fmt: skip
    return json_text(as_data(report.found) | more, levels=2)


def _concise(report: Report) -> str:
    from stratagem.dsl.diagnostics.render import concise
    from stratagem.engine.present.clean import clean

    return clean(concise.render(report.found))


def _sarif(report: Report) -> str:
    from stratagem import __version__
    from stratagem.dsl.diagnostics.render import sarif

    return sarif.render(report.found, sarif.Scene(report.sources, Path.cwd(), __version__))


def _junit(report: Report) -> str:
    from stratagem.engine.cli.reports.junit import render
    from stratagem.engine.cli.reports.junit_findings import suites

    return render(suites(report.found, report.sources, report.scores))


def _github(report: Report) -> str:
    from stratagem.dsl.diagnostics.render import github

    return github.render(report.found, Path.cwd())


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": lambda report: page(report, colour=False), "concise": _concise, "json": _json, "sarif": _sarif,
    "junit": _junit, "github": _github,
}  # fmt: skip
"""The report as the text of a file or a document."""
