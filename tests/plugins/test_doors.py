"""The doors themselves: what comes in, in which order, and what is refused."""

from __future__ import annotations

import io
import json
import tomllib
from collections.abc import Iterable
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from stratagem.dsl.diagnostics.text import words
from stratagem.engine.plug import doors
from stratagem.engine.plug.channels import ChannelFormat
from stratagem.engine.plug.registry import Door, Found, WrongKind, check_version
from tests.tools.house import ROOT


class Entry:
    """An entry point that needs no installed distribution."""

    def __init__(self, name: str, distribution: str, value: object) -> None:
        self.name, self.value = name, value
        self.dist = type("Dist", (), {"name": distribution})()

    def load(self) -> object:
        if isinstance(self.value, Exception):
            raise self.value
        return self.value


def take(found: object) -> int:
    if not isinstance(found, int):
        raise WrongKind("it is no number")
    return found


def opened(*entries: Entry) -> Found[int]:
    def of(group: str) -> Iterable[EntryPoint]:
        assert group == "numbers"
        found: Any = entries
        return found

    return Door("numbers", 1, take, of).open()


def test_what_ships_comes_in_by_the_doors() -> None:
    shipped = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
    assert set(doors.readers().items) == set(shipped["stratagem.readers"]) >= {"csv", "jsonl", "parquet"}
    assert set(doors.channels().items) == set(shipped["stratagem.channels"]) >= {"csv", "jsonl"}
    assert set(doors.frameworks().items) == set(shipped["stratagem.frameworks"])
    assert len(doors.frameworks().items) == 7
    names = {p.function.name for group in doors.functions().items.values() for p in group}
    assert {"min", "coalesce", "weekday"} <= names
    assert doors.problems() == ()
    assert len(doors.codes()) == 62


def test_our_own_stand_first_and_keep_their_names() -> None:
    found = opened(Entry("b", "another", 2), Entry("a", "stratagem", 1), Entry("a", "another", 3))
    assert list(found.items.items()) == [("a", 1), ("b", 2)]
    assert [(p.code, p.name, p.distribution) for p in found.problems] == [("P104", "a", "another")]


def test_each_fault_is_told_in_words_that_name_the_distribution() -> None:
    found = opened(Entry("a", "one", "text"), Entry("b", "two", OSError("gone")), Entry("c", "three", 3))
    assert found.items == {"c": 3}
    told = [words(d) for d in found.diagnostics]
    assert [w.severity for w in told] == ["warning", "warning"]
    assert ["one" in w.title and "no number" in w.reason for w in told] == [True, False]
    assert "two" in told[1].title and "OSError: gone" in told[1].reason


def test_another_version_of_a_door_is_refused() -> None:
    class Old:
        version = 0

    with pytest.raises(WrongKind, match="version 0"):
        check_version(Old(), 1)
    with pytest.raises(WrongKind, match="version None"):
        check_version(object(), 1)


ROWS = [["P1", "=1+1", None], ["P2", 'said "no",\nthen', "-5"]]


def written(name: str) -> str:
    found: ChannelFormat = doors.channels().items[name]
    file = io.BytesIO()
    assert found.write(["customer", "body", "address"], ROWS, file) == 2
    return file.getvalue().decode("utf-8")


def test_csv_is_harmless_to_a_spreadsheet() -> None:
    assert written("csv") == 'customer,body,address\nP1,\'=1+1,\nP2,"said ""no"",\nthen",\'-5\n'
    file = io.BytesIO()
    doors.channels().items["csv"].write(["a", "b"], [["@x", "x=1"], ["\tx", None]], file)
    assert file.getvalue() == b"a,b\n'@x,x=1\n'\tx,\n"


def test_json_lines_hold_every_cell() -> None:
    assert [json.loads(line) for line in written("jsonl").splitlines()] == [
        {"customer": "P1", "body": "=1+1", "address": None},
        {"customer": "P2", "body": 'said "no",\nthen', "address": "-5"},
    ]


def test_values_in_messages_lose_what_could_break_a_line() -> None:
    for name in ("csv", "jsonl"):
        found = doors.channels().items[name]
        assert found.escape("Ada\x00\x1b[31m\nLove") == "Ada[31m\nLove"
