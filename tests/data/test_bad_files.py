"""Files that are no data: each is answered by a diagnostic in plain words, never by a traceback."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import polars as pl
import pytest

from stratagem.dsl.diagnostics.text import words
from stratagem.engine.data.load import load
from stratagem.engine.data.places import Places
from stratagem.engine.data.problems import DataError
from tests.data.world import ORDERS, PEOPLE, at, csv, customer, put, strategy

GOOD = csv("id,city", "a,Bonn", "b,Ulm")

# what is in people.csv, the code, and what the message must say
CSV_FAULTS: dict[str, tuple[bytes, str, str]] = {
    "an empty file": (b"", "D102", "holds nothing"),
    "blanks and a byte order mark": (b"\xef\xbb\xbf  \n \n", "D102", "holds nothing"),
    "a spreadsheet under another name": (b"PK\x03\x04" + bytes(range(256)) * 20, "D104", "not a text file"),
    "a picture": (b"id,city\n" + bytes(range(1, 256)) * 20, "D104", "not a text file"),
    "Windows letters": ("id,city\na,Bonn\nb,Köln\n".encode("cp1252"), "D103", "at row 3"),
    "UTF-16": (GOOD.encode("utf-16"), "D103", "looks like UTF-16"),
    "a quotation mark left open": (b'id,city\na,Bonn\nb,"Ulm\nc,Kiel\n', "D106", "row 3, line 3"),
    "left open after a cell of two lines": (b'id,city\na,"Bo\nnn"\nb,"Ulm\nc,x\n', "D106", "row 3, line 4"),
    "left open after a doubled mark": (b'id,city\na,"say ""hi"""\nb,"Ulm\nc,x\n', "D106", "row 3, line 3"),
    "a mark inside a cell": (b'id,city\na,5" pipe\nb,x\n', "D108", "at row 2"),
    "too many cells": (b"id,city\na,Bonn\nb,Ulm,old town\n", "D109", "3 cells, and 2 headers"),
    "a header twice": (b"id,city,id\na,Bonn,b\n", "D123", "two headers `id`"),
    "no such column": (b"id,town\na,Bonn\n", "D121", "no such header"),
    "a column in other letters": (b"ID,City\na,Bonn\n", "D121", 'write `from "ID"`'),
    "a web page": (b"<html>\n<body>\n<p>Please, log in</p>\n</body>\n", "D121", "no such header"),
}


def faults(folder: Path, made: object, **places: object) -> list[tuple[str, str]]:
    """Codes and words of what keeps the data from being loaded."""
    with pytest.raises(DataError) as error:
        load(made, Places(folder, **places), at())  # type: ignore[arg-type]
    told = [words(d) for d in error.value.diagnostics]
    return [(d.code, f"{w.title}. {w.reason} {w.help}") for d, w in zip(error.value.diagnostics, told, strict=True)]


@pytest.mark.parametrize("name", CSV_FAULTS)
def test_a_bad_csv_is_named_by_its_fault(name: str, tmp_path: Path) -> None:
    content, code, saying = CSV_FAULTS[name]
    put(tmp_path, {"people.csv": content})
    (found, *_) = faults(tmp_path, strategy(customer(), PEOPLE))
    assert found[0] == code
    assert saying in found[1]


@pytest.mark.parametrize("name", CSV_FAULTS)
def test_so_is_a_compressed_one(name: str, tmp_path: Path) -> None:
    content, code, _ = CSV_FAULTS[name]
    put(tmp_path, {"people.csv.gz": gzip.compress(content)})
    (found, *_) = faults(tmp_path, strategy(customer(), PEOPLE))
    assert found[0] == code


def test_a_good_file_has_no_fault(tmp_path: Path) -> None:
    put(tmp_path, {"people.csv": GOOD})
    assert load(strategy(customer(), PEOPLE), Places(tmp_path), at()).report.customers == 2


def test_a_missing_file_says_where_it_was_looked_for(tmp_path: Path) -> None:
    made = strategy(customer(), PEOPLE, ORDERS)
    put(tmp_path, {"peple.csv": GOOD})
    data = tmp_path / "data"
    data.mkdir()
    found = faults(tmp_path, made, data=data)
    assert [code for code, _ in found] == ["D101", "D101"]  # every fault at once
    assert str(data / "people.csv") in found[0][1] and str(tmp_path / "people.csv") in found[0][1]
    with pytest.raises(DataError) as error:
        load(made, Places(tmp_path), at())
    assert error.value.diagnostics[0].near == ("peple.csv",)


def test_what_is_cut_in_half(tmp_path: Path) -> None:
    made = strategy(customer(), PEOPLE)
    pl.DataFrame({"id": ["a"], "city": ["x"]}).write_parquet(tmp_path / "people.parquet")
    whole = (tmp_path / "people.parquet").read_bytes()
    (tmp_path / "people.parquet").write_bytes(whole[: len(whole) // 2])
    assert faults(tmp_path, made)[0][0] == "D105"
    (tmp_path / "people.parquet").unlink()
    packed = gzip.compress(csv("id,city", *(f"{i},{os.urandom(8).hex()}" for i in range(5000))).encode())
    put(tmp_path, {"people.csv.gz": packed[: len(packed) // 2]})
    assert faults(tmp_path, made)[0][0] == "D105"


def test_a_damaged_page_of_a_parquet_file(tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": [str(i) for i in range(5000)], "city": [str(i * i) for i in range(5000)]})
    frame.write_parquet(tmp_path / "people.parquet", compression="zstd")
    whole = bytearray((tmp_path / "people.parquet").read_bytes())
    whole[100:400] = b"\x00" * 300
    (tmp_path / "people.parquet").write_bytes(bytes(whole))
    assert faults(tmp_path, strategy(customer(), PEOPLE))[0][0] == "D112"


@pytest.mark.parametrize("line", ['{"id":"b",', "[1,2]", "b", "1"])
def test_json_lines_that_are_none(line: str, tmp_path: Path) -> None:
    put(tmp_path, {"people.jsonl": '{"id":"a","city":"x"}\n' + line + "\n"})
    (found,) = faults(tmp_path, strategy(customer(), PEOPLE))
    assert found[0] == "D110" and "line 2" in found[1]


def test_names_that_nobody_can_mean(tmp_path: Path) -> None:
    made = strategy(customer(), PEOPLE)
    put(tmp_path, {"people.parquet": b"hello", "people.jsonl": "{}"})
    assert faults(tmp_path, made)[0][0] == "D115"
    put(tmp_path, {"people.xlsx": b"x", "other.csv": GOOD})
    assert faults(tmp_path, made, sources={"people": tmp_path / "people.xlsx"})[0][0] == "D113"
    assert faults(tmp_path, made, sources={"people": tmp_path / "nowhere.csv"})[0][0] == "D101"
    found = faults(tmp_path, made, sources={"people": tmp_path / "other.csv", "poeple": tmp_path / "other.csv"})
    assert [code for code, _ in found] == ["D118"]
    assert faults(tmp_path, made, sources={"people": tmp_path / "people.parquet"})[0][0] == "D111"


def test_a_row_as_long_as_a_book(tmp_path: Path) -> None:
    put(tmp_path, {"people.csv": csv("id,city", "a," + "x" * 5_000_000, "b,Ulm")})
    found = load(strategy(customer(), PEOPLE), Places(tmp_path), at())
    assert found.report.customers == 2


def test_a_file_with_headers_only_is_a_warning(tmp_path: Path) -> None:
    from stratagem.engine.data.findings import findings

    put(tmp_path, {"people.csv": "id,city\n"})
    made = strategy(customer(), PEOPLE)
    found = load(made, Places(tmp_path), at())
    assert found.report.customers == 0
    assert [d.code for d in findings(found.report, made)] == ["D125"]


def test_a_date_format_that_says_no_date(tmp_path: Path) -> None:
    made = strategy(customer(), PEOPLE + '  field born date as "%d.%m"\n')
    put(tmp_path, {"people.csv": csv("id,city,born", "a,x,01.02.")})
    assert [code for code, _ in faults(tmp_path, made)] == ["D119"]


def test_money_of_another_currency_is_an_error(tmp_path: Path) -> None:
    from stratagem.dsl.diagnostics.text import severity
    from stratagem.engine.data.findings import findings

    put(tmp_path, {"orders.csv": csv("id,on,amount", "a,2026-10-01,5 USD", "a,2026-10-01,5 EUR", "a,2026-10-01,five")})
    made = strategy(customer(), ORDERS)
    found = load(made, Places(tmp_path), at())
    told = {d.code: severity(d) for d in findings(found.report, made)}
    assert told == {"D132": "error", "D131": "warning"}
