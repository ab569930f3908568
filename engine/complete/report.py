"""The outcome of a diagnosis: findings by framework, scores, and the gaps that matter most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from pydantic import computed_field

from stratagem.engine.complete.finding import Finding, Record, Status
from stratagem.engine.complete.importance import most_important

FORMAT_VERSION = 1


class RequirementError(ValueError):
    """What `--require` asks for cannot be understood; the text is for the person who wrote it."""


class FrameworkReport(Record):
    """One checklist with its findings, in the checklist's order."""

    name: str
    title: str
    source: str
    findings: tuple[Finding, ...]

    def count(self, *statuses: Status) -> int:
        """How many findings have one of these statuses."""
        return sum(1 for f in self.findings if f.status in statuses)

    @property
    def judged(self) -> int:
        """How many findings count in the score."""
        return self.count(Status.MET, Status.PARTLY, Status.MISSING)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def score(self) -> float | None:
        """Met plus half of partly, in per cent of all that are applicable, not waived and measured; None for none."""
        if not self.judged:
            return None
        return 100 * (self.count(Status.MET) + self.count(Status.PARTLY) / 2) / self.judged

    def reaches(self, percent: Decimal) -> bool:
        """Is the score at least so many per cent, worked out exactly; False when nothing could be judged."""
        halves = 2 * self.count(Status.MET) + self.count(Status.PARTLY)
        return self.judged > 0 and 100 * halves >= percent * 2 * self.judged


class Requirement(Record):
    """A score that was asked for, and the one that is there."""

    framework: str
    percent: float
    score: float | None
    met: bool


class CompletenessReport(Record):
    """All frameworks. `declarations`: how many nodes the rule graph has; `problems`: checks that could not be run."""

    format_version: int = FORMAT_VERSION
    strategy: str
    strategy_hash: str
    as_of: str
    with_data: bool
    declarations: int
    frameworks: tuple[FrameworkReport, ...]
    unknown_waivers: tuple[str, ...] = ()
    """Codes that the strategy waives, and that neither a framework nor the checker has."""
    problems: tuple[str, ...] = ()

    def framework(self, name: str) -> FrameworkReport:
        """The framework of that name; RequirementError when there is none."""
        found = {f.name: f for f in self.frameworks}
        if name not in found:
            near = get_close_matches(name, found, n=1)
            hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(sorted(found))}"
            raise RequirementError(f"there is no framework {name}{hint}")
        return found[name]

    def finding(self, code: str) -> Finding:
        """The finding of a code; KeyError when no framework has it."""
        return next((f for r in self.frameworks for f in r.findings if f.code == code), None) or _no_code(code)

    def statuses(self) -> dict[str, Status]:
        """Status by code."""
        return {f.code: f.status for r in self.frameworks for f in r.findings}

    def top_gaps(self, at_most: int = 3) -> list[Finding]:
        """The gaps that matter most (see importance.py)."""
        return most_important((f for r in self.frameworks for f in r.findings), self.declarations, at_most)

    def require(self, wanted: Mapping[str, Decimal | float]) -> list[Requirement]:
        """Each score that was asked for beside the one that is there; RequirementError for an unknown framework."""
        found = []
        for name, percent in wanted.items():
            framework = self.framework(name)
            met = framework.reaches(Decimal(str(percent)))
            found.append(Requirement(framework=name, percent=float(percent), score=framework.score, met=met))
        return found


def _no_code(code: str) -> Finding:
    raise KeyError(code)


def requirements(texts: Iterable[str]) -> dict[str, Decimal]:
    """`seven_elements=100` … as figures by framework; RequirementError says what is wrong with a text."""
    found = {}
    for text in texts:
        name, equals, percent = text.partition("=")
        try:
            value = Decimal(percent.strip().removesuffix("%"))
        except InvalidOperation:
            value = Decimal(-1)
        if not equals or not name.strip() or not value.is_finite() or not 0 <= value <= 100:
            raise RequirementError(
                f"write NAME=PERCENT with a figure from 0 to 100, such as seven_elements=90, not {text!r}"
            )
        found[name.strip()] = value
    return found


def schema() -> dict[str, Any]:
    """The JSON schema of the report."""
    return CompletenessReport.model_json_schema(mode="serialization")
