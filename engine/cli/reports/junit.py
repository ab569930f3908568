"""JUnit XML as CI servers read it: suites of cases, each with what became of it.

It keeps to the schema of Jenkins's xUnit plug-in (`junit-10.xsd`), the strictest that is in use. Nothing in it depends
on the clock or the machine, unless a case is given its seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

Kind = Literal["passed", "failed", "error", "skipped"]
TAGS: dict[Kind, str] = {"failed": "failure", "error": "error", "skipped": "skipped"}
LONGEST = 8000
"""Characters of a message or a detail; servers show far fewer, and a report of many must stay small."""


@dataclass(frozen=True)
class Outcome:
    """What became of a case. `message` is one line, `detail` the rest; `type` sorts failures (a diagnostic's code).

    "failed": what was asked did not hold. "error": it could not be asked. "skipped": it was not asked.
    """

    kind: Kind = "passed"
    message: str = ""
    detail: str = ""
    type: str = ""


PASSED = Outcome()


@dataclass(frozen=True)
class Case:
    """One thing that was looked at. `group` is what servers sort by: a file, a block. `seconds`: how long it took."""

    name: str
    group: str
    outcome: Outcome = PASSED
    seconds: float | None = None


@dataclass(frozen=True)
class Suite:
    """Cases that belong together."""

    name: str
    cases: Sequence[Case]

    def count(self, kind: Kind) -> int:
        """How many of its cases ended so."""
        return sum(case.outcome.kind == kind for case in self.cases)


def render(suites: Iterable[Suite]) -> str:
    """The file's text, with an XML declaration and a line break at the end."""
    suites = list(suites)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f"<testsuites{_counts(suites)}>")
    for suite in suites:
        lines.append(f"  <testsuite{_attributes(name=suite.name)}{_counts([suite], skipped=True)}>")
        for case in suite.cases:
            lines.extend(_case(case))
        lines.append("  </testsuite>")
    lines.append("</testsuites>")
    return "\n".join(lines) + "\n"


def _counts(suites: Sequence[Suite], skipped: bool = False) -> str:
    counts = {
        "tests": sum(len(suite.cases) for suite in suites),
        "failures": sum(suite.count("failed") for suite in suites),
        "errors": sum(suite.count("error") for suite in suites),
    }
    if skipped:
        counts["skipped"] = sum(suite.count("skipped") for suite in suites)
    return _attributes(**{name: str(count) for name, count in counts.items()})


def _case(case: Case) -> list[str]:
    time = {} if case.seconds is None else {"time": f"{case.seconds:.3f}"}
    opening = f"    <testcase{_attributes(classname=case.group, name=case.name, **time)}"
    outcome = case.outcome
    if outcome.kind == "passed":
        return [opening + "/>"]
    more = {"type": outcome.type} if outcome.type else {}
    tag = TAGS[outcome.kind]
    result = f"      <{tag}{_attributes(message=outcome.message, **more)}"
    detail = escape(fit(outcome.detail))
    result += f">{detail}</{tag}>" if detail else "/>"
    return [opening + ">", result, "    </testcase>"]


def _attributes(**named: str) -> str:
    return "".join(f" {name}={quoteattr(fit(text))}" for name, text in named.items())


def fit(text: str) -> str:
    """Text that XML 1.0 can hold, of bounded length: what it cannot hold is shown as U+FFFD."""
    kept = "".join(c if _allowed(c) else "\N{REPLACEMENT CHARACTER}" for c in text)
    return kept if len(kept) <= LONGEST else kept[: LONGEST - 1] + "…"


def _allowed(sign: str) -> bool:
    code = ord(sign)
    return sign in "\t\n" or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
