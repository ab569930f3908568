"""Stores of events: the same answers from memory and from a file, and a file that survives what may befall it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from stratagem.dsl.diagnostics.text import words
from stratagem.engine.data.problems import DataError
from stratagem.engine.history.events import Event, event_id_of
from stratagem.engine.history.file import FILE, FileHistory
from stratagem.engine.history.history import SCHEMA, History
from stratagem.engine.history.memory import MemoryHistory

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def contact(number: int, customer: str = "H1", minutes: int | None = None, **more: object) -> Event:
    """A contact, so many minutes after noon."""
    at = NOON + timedelta(minutes=number if minutes is None else minutes)
    return Event(event_id=f"e{number}", kind="contact", customer=customer, at=at, channel="email", **more)  # type: ignore[arg-type]


@pytest.fixture(params=["memory", "file"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], History]:
    """A way to open the same kind of store; of the file kind always the same one."""
    kept = MemoryHistory()
    return (lambda: kept) if request.param == "memory" else (lambda: FileHistory(tmp_path / "history"))


def test_events_come_back_as_they_were_written(make: Callable[[], History]) -> None:
    events = [
        contact(1, action="call", cost=1.25, currency="EUR"),
        Event(event_id="m", kind="stage_move", customer="Zoë\n\u2028", at=NOON, stage_to="buyer", decision_id="d1"),
        Event(event_id="o", kind="outcome", customer="H1", at=NOON, outcome="declined", action="call"),
        Event(event_id="d", kind="decision", customer="H2", at=NOON, status="withheld", action_kind="selling"),
    ]
    assert make().append(events) == 4
    again = make()
    assert sorted(again.events(), key=lambda e: e.event_id) == sorted(events, key=lambda e: e.event_id)
    assert dict(again.snapshot().schema) == SCHEMA
    assert again.snapshot()["event_id"].to_list() == ["e1", "m", "o", "d"]
    assert again.problems == ()


def test_an_event_is_kept_once(make: Callable[[], History]) -> None:
    store = make()
    assert store.append([contact(1), contact(1), contact(2)]) == 2
    assert store.append([contact(2), contact(3)]) == 1
    assert make().append([contact(1), contact(3)]) == 0
    assert make().snapshot().height == 3


def test_by_customer_and_time(make: Callable[[], History]) -> None:
    store = make()
    store.append([contact(1, minutes=30), contact(2, "H2"), contact(3, minutes=10), contact(4, minutes=10)])
    assert [e.event_id for e in store.events("H1")] == ["e3", "e4", "e1"]  # of one time in the order of writing
    assert [e.event_id for e in store.events(since=NOON + timedelta(minutes=10))] == ["e3", "e4", "e1"]
    assert [e.event_id for e in store.events("H3")] == []


def test_nothing_yet(make: Callable[[], History]) -> None:
    assert make().snapshot().height == 0
    assert list(make().events()) == []
    assert make().append([]) == 0


def test_times_are_kept_in_utc() -> None:
    local = datetime(2026, 7, 1, 14, 30, tzinfo=timezone(timedelta(hours=2)))
    assert Event(event_id="x", kind="contact", customer="a", at=local).at == datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    with pytest.raises(ValidationError):
        Event(event_id="x", kind="contact", customer="a", at=datetime(2026, 7, 1))  # no zone


@pytest.mark.parametrize("kind", ["stage_move", "outcome"])
def test_an_event_says_what_its_kind_needs(kind: str) -> None:
    with pytest.raises(ValidationError):
        Event(event_id="x", kind=kind, customer="a", at=NOON)  # type: ignore[arg-type]


def test_ids_made_of_what_an_event_is_about() -> None:
    assert event_id_of("a", "b") == event_id_of("a", "b")
    assert event_id_of("a", "b") != event_id_of("ab") != event_id_of("b", "a")


# ---- the file ----


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    FileHistory(tmp_path).append([contact(1)])
    first, second = (tmp_path / FILE).read_text().splitlines()
    assert json.loads(first) == {"format": "stratagem.history", "version": 1}
    assert json.loads(second)["at"] == "2026-11-02T12:01:00Z"


@settings(max_examples=30, deadline=None)
@given(cut=st.integers(1, 400))
def test_a_torn_last_line_is_left_out_and_cut_off(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    folder = tmp_path_factory.mktemp("torn")
    FileHistory(folder).append([contact(n) for n in range(4)])
    path = folder / FILE
    whole = path.read_bytes()
    torn = whole[: max(1, len(whole) - cut)]
    path.write_bytes(torn)
    survivors = max(0, torn.count(b"\n") - 1)
    store = FileHistory(folder)
    assert store.snapshot().height == survivors
    assert [d.code for d in store.problems] == ([] if torn.endswith(b"\n") else ["D181"])
    assert store.append([contact(n) for n in range(4)]) == 4 - survivors
    assert path.read_bytes() == whole  # as if nothing had happened
    assert store.problems == ()


def test_a_torn_line_longer_than_what_is_written_next(tmp_path: Path) -> None:
    FileHistory(tmp_path).append([contact(1)])
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'{"event_id":"' + b"x" * 5000)
    FileHistory(tmp_path).append([contact(2)])
    assert FileHistory(tmp_path).snapshot()["event_id"].to_list() == ["e1", "e2"]
    assert FileHistory(tmp_path).problems == ()


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FileHistory(tmp_path)
    store.append([contact(1)])
    before = (tmp_path / FILE).read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("stratagem.engine.history.file.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.append([contact(2)])
    assert (tmp_path / FILE).read_bytes() == before
    monkeypatch.undo()
    assert store.append([contact(2)]) == 1


def test_a_store_sees_what_another_has_written(tmp_path: Path) -> None:
    one, other = FileHistory(tmp_path), FileHistory(tmp_path)
    one.append([contact(1)])
    assert other.append([contact(1), contact(2)]) == 1
    assert one.append([contact(2), contact(3)]) == 1
    assert one.snapshot()["event_id"].to_list() == ["e1", "e2", "e3"]


def test_writers_at_the_same_time(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import UTC, datetime\n"
        "from stratagem.engine.history.file import FileHistory; from stratagem.engine.history.events import Event\n"
        "for n in range(25):\n"
        "    at = datetime(2026, 1, 1, tzinfo=UTC)\n"
        "    own = Event(event_id=f'{sys.argv[2]}-{n}', kind='contact', customer='a', at=at)\n"
        "    FileHistory(Path(sys.argv[1])).append([own, own.model_copy(update={'event_id': f'both-{n}'})])\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name]) for name in "ab"]
    assert [run.wait(60) for run in runs] == [0, 0]
    ids = FileHistory(tmp_path).snapshot()["event_id"]
    assert len(ids) == 75 and ids.n_unique() == 75
    assert (tmp_path / FILE).read_text().count('both-7"') == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"hello", "invalid"),
        (b'{"event_id":"x","kind":"contact","customer":"secret"}', "at: missing"),
        (b'{"event_id":"x","kind":"letter","customer":"secret","at":"2026-01-01T00:00:00Z"}', "kind"),
        (b'{"event_id":"x","kind":"contact","customer":"secret","at":"yesterday"}', "at"),
    ],
)
def test_a_damaged_line_is_named_and_not_shown(tmp_path: Path, line: bytes, reason: str) -> None:
    FileHistory(tmp_path).append([contact(1)])
    with (tmp_path / FILE).open("ab") as file:
        file.write(line + b"\n" + contact(2).model_dump_json().encode() + b"\n")
    for use in (lambda s: s.snapshot(), lambda s: s.append([contact(3)])):
        with pytest.raises(DataError) as error:
            use(FileHistory(tmp_path))
        (found,) = error.value.diagnostics
        assert found.code == "D183" and found.args["line"] == 3
        assert reason in words(found).reason and "secret" not in words(found).reason


def test_a_history_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"format":"stratagem.history","version":2}\n')
    with pytest.raises(DataError) as error:
        FileHistory(tmp_path).append([contact(1)])
    assert [d.code for d in error.value.diagnostics] == ["D182"]
    (tmp_path / FILE).write_text('{"customers":1}\n')
    with pytest.raises(DataError) as error:
        FileHistory(tmp_path).snapshot()
    assert [d.code for d in error.value.diagnostics] == ["D183"]
    assert (tmp_path / FILE).read_text() == '{"customers":1}\n'  # somebody else's file stays as it is
