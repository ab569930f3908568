"""The case files beside this test: strategy text, and on each line the messages that it must get, no others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from stratagem.dsl.diagnostics.render.text import render
from stratagem.dsl.diagnostics.text import texts, words
from stratagem.dsl.parse import parse
from stratagem.dsl.source import SourceText

CASES = Path(__file__).parent / "cases"
_BLOCK = re.compile(r"^```strategy\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"\s*#!((?: [A-Z]\d{3})+)$")
_ABOVE = re.compile(r"#\^((?: [A-Z]\d{3})+)$")


@dataclass(frozen=True)
class CaseText:
    """One block of a case file: its text as parsed, and the codes expected on each line."""

    where: str
    text: str
    expected: list[tuple[int, str]]


def read_cases(path: Path) -> list[CaseText]:
    found = []
    for block in _BLOCK.finditer(path.read_text("utf-8")):
        start = path.read_text("utf-8")[: block.start()].count("\n") + 2
        lines, expected = [], []
        for line in block[1].split("\n")[:-1]:
            if above := _ABOVE.fullmatch(line):
                expected += [(len(lines), code) for code in above[1].split()]
                continue
            mark = _MARK.search(line)
            lines.append(line[: mark.start()] if mark else line)
            expected += [(len(lines), code) for code in mark[1].split()] if mark else []
        found.append(CaseText(f"{path.name}:{start}", "\n".join(lines) + "\n", sorted(expected)))
    return found


ALL = [case for path in sorted(CASES.glob("*.md")) for case in read_cases(path)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.where)
def test_lines_get_the_messages_that_the_case_says(case: CaseText) -> None:
    source = SourceText(case.where, case.text)
    parsed = parse(source)
    found = sorted((d.span.line, d.code) for d in parsed.diagnostics)
    assert found == case.expected, "\n" + render(parsed.diagnostics, {source.name: source})
    assert all(words(d).title for d in parsed.diagnostics)


def test_every_message_about_one_file_has_a_case() -> None:
    """Codes of reading and loading files have tests of their own."""
    of_files = {"S101", "S102", "S103", "S104", "S105", "S121", "S159", "S160", "S190", "S191", "S192", "S193", "S194"}
    shown = {code for case in ALL for _, code in case.expected}
    of_reading = {code for code in texts() if code.startswith("S1")} | {"S200"}  # all of S1 are given
    assert of_reading == shown | of_files


def test_a_wrong_expectation_is_noticed() -> None:
    """The negative control: a case that expects a message on a sound line does not pass."""
    case = CaseText("control", 'measure a "A" = 1\n', [(1, "S150")])
    parsed = parse(SourceText(case.where, case.text))
    assert [(d.span.line, d.code) for d in parsed.diagnostics] != case.expected
