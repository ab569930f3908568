"""Completeness as a page: the score of each checklist, the gaps that matter most, every check when asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from stratagem.dsl.source import Span
from stratagem.engine.present.blocks import Block, Column, Heading, Listing, Paragraph, Table, Tone

if TYPE_CHECKING:
    from stratagem.engine.complete.finding import Evidence, Finding
    from stratagem.engine.complete.finding import Table as Figures
    from stratagem.engine.complete.report import CompletenessReport, FrameworkReport
    from stratagem.engine.pipeline import Run

TOP = 3
TONES: dict[str, Tone] = {"met": "good", "partly": "warning", "missing": "bad"}
ALWAYS = 3
"""The first so many of the statuses are always shown."""
STATUSES = ("met", "partly", "missing", "waived", "not applicable", "not measured")


def diagnosed(run: Run) -> CompletenessReport:
    """The report on a strategy and the population of a run."""
    from stratagem.engine.complete.diagnose import diagnose
    from stratagem.engine.complete.population import of_run

    return diagnose(run.strategy, run.moment.date, of_run(run), run.graph)


def summary_section(report: CompletenessReport) -> Iterator[Block]:
    """The score of each checklist, and the three gaps that matter most."""
    yield Heading("Completeness")
    yield _scores(report.frameworks)
    gaps = report.top_gaps(TOP)
    if gaps:
        yield Heading("What matters most now")
        for number, finding in enumerate(gaps, 1):
            yield Paragraph(f"{number}. {finding.write} ({finding.code})", indent=1)
    for problem in report.problems:
        yield Paragraph(problem, "warning")


def _scores(frameworks: tuple[FrameworkReport, ...]) -> Table:
    """One row a checklist; a status that nothing has gets no column."""
    counts = {f.name: [sum(one.status == status for one in f.findings) for status in STATUSES] for f in frameworks}
    shown = [n for n in range(len(STATUSES)) if n < ALWAYS or any(found[n] for found in counts.values())]
    rows = []
    for framework in frameworks:
        score = "none" if framework.score is None else f"{framework.score:.0f}%"
        rows.append((framework.name, score, *(str(counts[framework.name][n]) for n in shown), framework.title))
    titles = (Column(STATUSES[n], right=True) for n in shown)
    columns = (Column("checklist"), Column("score", right=True), *titles, Column("about"))
    return Table(columns, tuple(rows), empty="No checklists are installed.")


def whole(report: CompletenessReport, framework: str | None) -> Iterator[Block]:
    """Every check of one checklist or of all: status, evidence, figures, and for a gap what to write."""
    chosen = [f for f in report.frameworks if framework in (None, f.name)]
    for each in chosen:
        yield Heading(f"{each.title} ({each.name}): {'none judged' if each.score is None else f'{each.score:.0f}%'}")
        for finding in each.findings:
            yield from _finding(finding)
    yield Heading("Scores")
    yield _scores(tuple(chosen))
    if framework is None and report.top_gaps(TOP):
        yield Heading("What matters most now")
        yield from (Paragraph(f"{n}. {f.write} ({f.code})", indent=1) for n, f in enumerate(report.top_gaps(TOP), 1))
    for problem in report.problems:
        yield Paragraph(problem, "warning")


def _finding(finding: Finding) -> Iterator[Block]:
    yield Paragraph(
        f"{finding.code:<5}  {finding.status.value:<14}  {finding.asks}", TONES.get(finding.status.value, "quiet")
    )
    if finding.waived_because:
        yield Paragraph(f"waived: {finding.waived_because}", indent=2)
    yield Listing(tuple(_evidence(e) for e in finding.evidence), indent=2)
    yield Listing(tuple(f"{figure.name}: {figure.text}" for figure in finding.figures), indent=2)
    for table in finding.tables:
        yield from _table(table)
    yield Listing(tuple(f"not measured: {what}" for what in finding.not_measured), "quiet", indent=2)
    for gap in finding.gaps:
        place = f"{_place(gap.at)}: " if _place(gap.at) else ""
        yield Paragraph(f"{place}{gap.write}", indent=2)
        if gap.snippet:
            under = [f"under {gap.under}"] if gap.under else []
            yield Paragraph(
                "\n".join([*under, *(f"    {line}" for line in gap.snippet.splitlines())]), "quiet", indent=2
            )


def _evidence(evidence: Evidence) -> str:
    place = _place(evidence.at)
    return f"{evidence.text} ({place})" if place else evidence.text


def _table(table: Figures) -> Iterator[Block]:
    yield Paragraph(table.title, indent=2)
    yield Table(tuple(Column(c, right=n > 0) for n, c in enumerate(table.columns)), table.rows, indent=3)


def _place(at: object) -> str:
    return f"{at.file}:{at.line}" if isinstance(at, Span) and at.file else ""


def record(report: CompletenessReport, framework: str | None) -> dict[str, Any]:
    """The whole report for programs, or one checklist of it."""
    found = report.model_dump(mode="json")
    if framework is not None:
        found["frameworks"] = [f for f in found["frameworks"] if f["name"] == framework]
    found["top_gaps"] = [f.code for f in report.top_gaps(TOP)]
    return found


def summary_record(report: CompletenessReport) -> dict[str, Any]:
    """Scores and top gaps for programs."""
    return {
        "with_data": report.with_data,
        "frameworks": [
            {
                "name": f.name,
                "score": f.score,
                **{status.replace(" ", "_"): sum(one.status == status for one in f.findings) for status in STATUSES},
            }
            for f in report.frameworks
        ],
        "top_gaps": [{"code": f.code, "status": f.status.value, "write": f.write} for f in report.top_gaps(TOP)],
        "problems": list(report.problems),
    }
