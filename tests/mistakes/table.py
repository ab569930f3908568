"""The table of verdicts by family, and the misses in words.

In: verdicts. Out: lines of text, or a Markdown page of the misses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.mistakes.judge import Verdict

COLUMNS = ("line", "reason", "fix", "nothing else", "all")


def scores(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """The share that is right, by column."""
    return {name: sum(marks(v)[name] for v in verdicts) / max(1, len(verdicts)) for name in COLUMNS}


def marks(verdict: Verdict) -> dict[str, bool]:
    """What of a verdict is right, by column."""
    return {
        "line": verdict.line,
        "reason": verdict.reason,
        "fix": verdict.fix,
        "nothing else": not verdict.spurious,
        "all": verdict.right,
    }


def table(verdicts: Sequence[Verdict]) -> str:
    """A line for each family, and one for all."""
    families = list(dict.fromkeys(v.mistake.family for v in verdicts))
    rows = [_row("family", "mistakes", COLUMNS)]
    for family in families:
        rows.append(_scored(family, [v for v in verdicts if v.mistake.family == family]))
    rows.append(_scored("all", verdicts))
    return "\n".join(rows)


def _scored(name: str, verdicts: Sequence[Verdict]) -> str:
    return _row(name, str(len(verdicts)), [f"{100 * share:.1f}%" for share in scores(verdicts).values()])


def _row(name: str, number: str, cells: Iterable[str]) -> str:
    return f"{name:16}{number:>9}" + "".join(f"{cell:>14}" for cell in cells)


def misses(verdicts: Sequence[Verdict]) -> str:
    """Every mistake that is not answered well: the diff, what came out, what should."""
    return "\n".join(_miss(v) for v in verdicts if not v.right)


def _miss(verdict: Verdict) -> str:
    mistake = verdict.mistake
    wrong = ", ".join(name for name, right in marks(verdict).items() if not right and name != "all")
    lines = mistake.text.split("\n")
    blamed = " or ".join(f"{n} `{lines[n - 1].strip()}`" for n in sorted(mistake.blamed))
    wanted = " or ".join(f"`{text}`" for text in mistake.leads_to) or "any strategy that checks"
    said = [f"- {f.code} line {f.line}{'' if f.grave else ' (not an error)'}: {f.message}" for f in verdict.found]
    poor = [f"- poor: {code}: {why}" for code, why in mistake.poor if code in {f.code for f in verdict.found}]
    fix = f"fix: {verdict.fixed_by}" if verdict.fix else "no fix" + (", only one elsewhere" * verdict.fix_passes)
    return "\n".join(
        [
            f"## {mistake.name}",
            f"Wrong: {wrong}",
            f"```diff\n{mistake.diff}```",
            *(said or ["- nothing is said"]),
            *poor,
            f"- {fix}",
            f"Should: line {blamed}; leads to {wanted}",
            "",
        ]
    )
