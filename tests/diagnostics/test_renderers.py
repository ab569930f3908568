"""Every renderer on the same diagnostics, to the letter; `UPDATE_SNAPSHOTS=1` writes what came, to be read then."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.diagnostics.render import concise, github, sarif, text
from stratagem.dsl.diagnostics.render import json as as_json
from stratagem.dsl.diagnostics.render.columns import WIDEST, shown, width
from stratagem.dsl.source import SourceText, Span
from stratagem.engine.cli.reports import junit, junit_findings
from tests.cli.snapshot import check_snapshot
from tests.diagnostics.sample import ALL, FAR_RIGHT, NO_PLACE, SOURCES, TWICE, TWO_FILES, WIDE

ROOT = PurePosixPath("/work")
SCENE = sarif.Scene(SOURCES, ROOT, "0.1.0")


def brief_sarif() -> str:
    """The SARIF file with the rules that are used only: all others are held by their own tests."""
    document = json.loads(sarif.render(ALL, SCENE))
    driver = document["runs"][0]["tool"]["driver"]
    wanted = {diagnostic.code for diagnostic in ALL}
    for part in ("shortDescription", "fullDescription", "help"):  # the pages' words
        for rule in driver["rules"]:
            rule[part] = "…"
    driver["rules"] = [rule for rule in driver["rules"] if rule["id"] in wanted]
    for result in document["runs"][0]["results"]:
        result["ruleIndex"] = "…"
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


RENDERED: dict[str, Callable[[], str]] = {
    "text": lambda: text.render(ALL, SOURCES),
    "concise": lambda: concise.render(ALL),
    "json": lambda: as_json.render(ALL) + "\n",
    "sarif": brief_sarif,
    "junit": lambda: junit.render(junit_findings.suites(ALL, SOURCES)),
    "github": lambda: github.render(ALL, ROOT),
}


@pytest.mark.parametrize("name", RENDERED)
def test_a_snapshot_of_each(name: str) -> None:
    check_snapshot(name, RENDERED[name](), Path(__file__).parent / "snapshots")


def test_marks_stand_below_what_they_mark() -> None:
    """Wide letters, tabs and long lines: the marks below a line cover what is blamed, counted as a terminal does."""
    for diagnostic, marked in ((TWICE, "kind service"), (FAR_RIGHT, "spnd"), (WIDE, "📞")):
        lines = text.render_one(diagnostic, SOURCES).split("\n")
        row = next(n for n, line in enumerate(lines) if "^" in line)
        start, end = lines[row].index("^"), lines[row].rindex("^") + 1
        above = next(line for line in reversed(lines[:row]) if line[:3].strip())
        columns = [sign for sign in above for _ in range(width(sign))]
        covered = "".join(dict.fromkeys(columns[start:end])) if marked == "📞" else "".join(columns[start:end])
        assert covered == marked


def test_every_place_is_shown_with_its_line_and_its_file() -> None:
    said = text.render_one(TWO_FILES, SOURCES)
    for words in ('spend "Again" = 2', 'spend "Spend" = 1', "spnd > 3", "read here", "the shop.strategy:3:"):
        assert words in said


def test_a_fix_is_shown_as_what_to_write() -> None:
    assert "Fix: Leave it out\n  2 +     kind selling\n" in text.render_one(TWICE, SOURCES)
    source = SourceText("f", "\n".join(f"\tline {n}" for n in range(1, 13)))
    edits = tuple(Edit(Span("f", n, 1, n, 2), "  ") for n in range(1, 13))
    long = Diagnostic("S142", Span("f", 1, 1, 1, 2), {"sign": "x"}, fixes=(Fix("Write blanks", edits, True),))
    said = text.render_one(long, {"f": source})
    assert " 6 +   line 6\n" in said and "line 7" not in said and "… and 6 more lines" in said
    gone = Fix("Gone", (Edit(Span("f", 99, 1, 99, 2), ""),))
    far = Diagnostic("S142", Span("f", 1, 1, 1, 2), {"sign": "x"}, fixes=(gone,))
    assert "Fix: Gone\n  More:" in text.render_one(far, {"f": source})


def test_a_page_is_named_once_for_each_code() -> None:
    assert text.render([TWICE, TWICE, NO_PLACE], SOURCES).count("More: stratagem docs S144") == 1
    assert text.render_one(TWICE, SOURCES).endswith("More: stratagem docs S144\n")


@pytest.mark.parametrize("line", ["", "x", "\t" * 80, "顧" * 300, "a" * 99 + "顧" * 9, "e\u0301" * 200, "\x1b[2J" * 40])
def test_a_line_is_shown_within_its_width_and_every_place_in_it(line: str) -> None:
    for mark in {0, len(line) // 2, len(line)}:
        part = shown(line, mark)
        assert width(part.text) <= WIDEST and part.text.isprintable()
        assert part.holds(mark) and part.column(mark) <= WIDEST
        assert list(part.offsets) == sorted(part.offsets)


def test_github_gets_each_finding_on_one_line_whatever_it_holds() -> None:
    said = github.render(ALL, ROOT)
    assert len(said.splitlines()) == len(ALL) and "\x1b" not in said
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in said.splitlines())
    for line in said.splitlines():
        properties = line.split("::")[1].partition(" ")[2]
        assert all(part.partition("=")[0].isalpha() for part in properties.split(",")), properties
    assert "file=shop/the shop.strategy,line=2,endLine=2,col=15,endColumn=26," in said


def test_json_holds_all_of_it() -> None:
    one = as_json.one(TWO_FILES)
    assert one["page"] == "stratagem docs S263" and len(one["labels"]) == 2
    assert as_json.one(NO_PLACE)["place"] is None


def test_a_label_at_the_blamed_place_stands_behind_its_marks() -> None:
    place = Span("f", 1, 1, 1, 3)
    found = Diagnostic("S142", place, {"sign": "x"}, (Label(place, "this"),))
    said = text.render_one(found, {"f": SourceText("f", "ab c")})
    assert "  1 | ab c\n    | ^^ this\n" in said
