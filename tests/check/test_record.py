"""Records behave as frozen dataclasses do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import shutil
import subprocess
import sys
from dataclasses import field
from pathlib import Path

import pytest

from stratagem.dsl.record import FEW, Record, fields, names, record, replace, values
from tests.tools.house import ROOT


@record
class Point:
    x: int
    y: int = 0


@record(kw_only=True)
class Node:
    at: str = "here"


@record(kw_only=True)
class Leaf(Node):
    value: int


@record(slots=False)
class Source:
    name: str
    origin: str | None = field(default=None, compare=False)
    seen: list[int] = field(default_factory=list, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name.strip())


class Base(Record):
    at: int = 0
    tags: tuple[str, ...] = ()


class Named(Base):
    name: str


def test_made_by_place_or_name_with_defaults() -> None:
    assert Point(1) == Point(x=1, y=0)
    assert Leaf(value=2).at == "here"
    assert Named(name="a").tags == ()
    with pytest.raises(TypeError):
        Point()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Leaf(2)  # type: ignore[misc,call-arg]
    with pytest.raises(TypeError):
        Point(1, z=3)  # type: ignore[call-arg]


def test_equal_by_value_and_only_to_its_own_class() -> None:
    assert Point(1, 2) == Point(1, 2) != Point(2, 1)
    assert hash(Point(1, 2)) == hash(Point(1, 2))
    assert Point(1, 2) != (1, 2)
    assert Source("a", "x") == Source("a", "y")
    assert len({Named(name="a"), Named(name="a"), Named(name="b")}) == 2


def test_nothing_is_added_to_one() -> None:
    with pytest.raises(AttributeError):
        Point(1).other = 2  # type: ignore[attr-defined]


CHANGES = """
from record import Record, record

@record
class Point:
    x: int

class Part(Record):
    name: str

@record(frozen=False)
class Open:
    x: int

Point(1).x = 2
Part(name="a").name = "b"
Open(1).x = 2
"""


def test_the_type_checker_lets_nothing_change_one(tmp_path: Path) -> None:
    shutil.copy(ROOT / "dsl" / "record.py", tmp_path / "record.py")
    (tmp_path / "changes.py").write_text(CHANGES)
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path / "cache"), "changes.py"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout.splitlines()
    assert [line.split(":")[1] for line in said if "read-only" in line] == ["15", "16"], said


def test_factories_and_what_follows_the_making() -> None:
    one, other = Source(" a "), Source("a")
    assert one.name == "a"
    one.seen.append(1)
    assert other.seen == []


def test_the_first_ones_and_those_made_later_are_alike() -> None:
    @record(slots=False)
    class Thing:
        name: str
        size: int = 1
        seen: list[int] = field(default_factory=list)

    made = [Thing("a", size=n % 3) for n in range(3 * FEW)]
    assert [list(vars(thing).items()) for thing in made] == [
        [("name", "a"), ("size", n % 3), ("seen", [])] for n in range(3 * FEW)
    ]
    assert made[0] == made[-3] != made[1]
    assert made[0].seen is not made[-3].seen


@pytest.mark.parametrize("before", [0, 1, FEW, 3 * FEW])
@pytest.mark.parametrize("wrong", ["Thing()", "Thing(1, 2, 3)", "Thing(1, x=2)", "Thing(1, z=3)", "Thing(y=1)"])
def test_wrong_arguments_are_refused_however_many_there_were_before(before: int, wrong: str) -> None:
    @record
    class Thing:
        x: int
        y: int = 0

    for _ in range(before):
        Thing(1)
    with pytest.raises(TypeError):
        eval(wrong, {"Thing": Thing})  # noqa: S307 (texts of this test)
    assert Thing(1, 2).y == 2


def test_it_is_shown_matched_copied_and_pickled() -> None:
    assert repr(Point(1, 2)) == "Point(x=1, y=2)"
    match Point(3, 4):
        case Point(x, y):
            assert (x, y) == (3, 4)
    for one in (Point(1, 2), Leaf(value=3), Source("a", "b"), Named(name="n", tags=("t",))):
        assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one  # noqa: S301


def test_the_standard_library_takes_it_for_a_dataclass() -> None:
    assert dataclasses.is_dataclass(Point)
    assert [f.name for f in fields(Leaf)] == ["at", "value"]
    assert names(Named) == ("at", "tags", "name")
    assert values(Named(name="a")) == (0, (), "a") and values(Leaf(value=1)) == ("here", 1)
    assert replace(Point(1, 2), y=5) == Point(1, 5) == dataclasses.replace(Point(1, 0), y=5)  # type: ignore[type-var]
    assert replace(Named(name="a"), at=3) == Named(name="a", at=3)
