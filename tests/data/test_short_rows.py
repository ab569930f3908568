"""Rows of a CSV file that end before all headers had a cell are counted, and the first is named by its line."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from stratagem.dsl.diagnostics.text import words
from stratagem.engine.data.findings import findings
from stratagem.engine.data.load import load
from stratagem.engine.data.places import Places
from tests.cli.run import run
from tests.data.world import HEAD, PEOPLE, at, csv, customer, put, strategy

HEADERS = "id,city,note"
# what stands below the headers; how many rows are short, and the line of the first
FILES: dict[str, tuple[tuple[str, ...], tuple[int, int]]] = {
    "none": (("a,Bonn,x", "b,Ulm,y"), (0, 0)),
    "empty cells are cells": (("a,Bonn,", "b,,", ",,"), (0, 0)),
    "one": (("a,Bonn,x", "b,Ulm"), (1, 3)),
    "several": (("a", "b,Ulm,y", "c", "d,Kiel"), (3, 2)),
    "blank lines are no rows, and count as lines": (("", "a,Bonn,x", "   ", ",", "b,Ulm", ""), (1, 6)),
    "separators in quotation marks are none": (('a,"Bonn, Rhine, Sieg",x', 'b,"Ulm, Donau"'), (1, 3)),
    "nothing but a cell in marks": (('"a"', '"b","Ulm","y"'), (1, 2)),
    "marks doubled inside a cell": (('a,"say ""hi, you""",x', 'b,"say ""hi, you"""'), (1, 3)),
    "a cell of two lines": (('a,"Bo\nnn",x', 'b,"U\nlm"', "c,Kiel,z"), (1, 4)),
    "a cell of two lines that hold separators": (('a,"Bo,\n,nn"', "b,Ulm,y"), (1, 2)),
    "a row torn in two": (("a,Bonn,first line", "and second line", "b,Ulm,y"), (1, 3)),
}


@pytest.mark.parametrize("ending", ["csv", "csv.gz"])
@pytest.mark.parametrize("name", FILES)
def test_short_rows_are_counted(name: str, ending: str, tmp_path: Path) -> None:
    rows, expected = FILES[name]
    content = csv(HEADERS, *rows).encode()
    put(tmp_path, {f"people.{ending}": gzip.compress(content) if ending == "csv.gz" else content})
    (told,) = load(strategy(customer(), PEOPLE), Places(tmp_path), at()).report.sources
    assert (told.rows_short, told.first_short_line) == expected


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators(separator: str, tmp_path: Path) -> None:
    put(tmp_path, {"people.csv": csv(HEADERS, "a,Bonn,x", "b,Ulm").replace(",", separator)})
    (told,) = load(strategy(customer(), PEOPLE), Places(tmp_path), at()).report.sources
    assert (told.rows_short, told.first_short_line) == (1, 3)


def test_it_is_said_with_file_number_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = strategy(customer(), PEOPLE)
    put(tmp_path, {"people.csv": csv("id,city", "a", "b,Ulm", "c"), "tiny.strategy": HEAD + customer() + PEOPLE})
    report = load(made, Places(tmp_path), at()).report
    (found,) = (d for d in findings(report, made) if d.code == "D126")
    told = words(found)
    assert told.severity == "warning" and told.title == "Fewer cells than headers: 2 rows of `people`"
    assert "line 2" in told.reason and "people.csv" in told.reason and found.span.line > 0
    monkeypatch.chdir(tmp_path)
    assert (
        "people: 2 rows with fewer cells than headers, the first in line 2"
        in run("plan", ".", "--as-of", "2026-11-02").out
    )


def test_what_no_row_can_lack_is_not_counted(tmp_path: Path) -> None:
    put(tmp_path, {"people.jsonl": '{"id":"a","city":"Bonn"}\n{"id":"b"}\n'})
    (told,) = load(strategy(customer(), PEOPLE), Places(tmp_path), at()).report.sources
    assert told.rows_short == 0
