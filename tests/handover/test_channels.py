"""Hand-over files: who is in them, with which address and message, and what never gets in."""

from __future__ import annotations

import html
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
import pytest

from stratagem.engine.handover import channels
from stratagem.engine.handover.channels import COLUMNS, write_channels
from stratagem.engine.handover.channels import missing_slots as missing_in
from stratagem.engine.handover.messages import MissingSlot
from stratagem.engine.plug import doors
from stratagem.engine.plug.registry import Found
from stratagem.plugins.channels.jsonl import FORMAT as JSON_LINES
from tests.handover.world import ADA, NOBODY, rows_of, run, strategy

GREETING = """
action hello "Say hello"
  kind required
  through mail
  message mail
    subject "Hello {{ first_name }}"
    body "Dear {{ first_name | default('friend') }}, you have {{ spend }}."
action ring "Ring up"
  kind required
  through phone
  message phone
    body "Ask {{ first_name }}."
action smile "Smile"
  kind required
  through counter
action letter "Write a letter"
  kind required
  through post
  message post
    body "Dear {{ tier }}"
"""
BOB = {**ADA, "id": "P3", "first_name": None, "email": "bob@example.org", "spend": None, "phone": None}


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_each_channel_that_is_used_has_its_file(tmp_path: Path) -> None:
    handed = write_channels(run(strategy(GREETING), [ADA, NOBODY]), tmp_path / "out")
    assert files_in(tmp_path / "out") == {"mail.csv", "phone.csv", "post.csv", "counter.csv", "handover.json"}
    assert [file.name for file in handed.files] == ["mail.csv", "phone.csv", "post.csv", "counter.csv", "handover.json"]
    [mail] = rows_of(tmp_path / "out/mail.csv")  # nobody's address is known of the other, so mail is not allowed
    assert list(mail) == list(COLUMNS)
    assert len(mail.pop("decision_id")) >= 16
    assert mail == {
        "customer": "P1",
        "address": "ada@example.org",
        "purpose": "mail they agreed to",
        "action": "hello",
        "subject": "Hello Ada",
        "body": "Dear Ada, you have 1,234.50 EUR.",
        "valid_from": "2026-11-02",
        "valid_to": "2026-11-08",
        "hours": "",
        "format_version": "1",
    }


def test_an_address_goes_to_the_channel_that_declares_it_and_nowhere_else(tmp_path: Path) -> None:
    write_channels(run(strategy(GREETING), [ADA]), tmp_path / "out", "jsonl")
    by_channel = {name: rows_of(tmp_path / f"out/{name}.jsonl")[0] for name in ("mail", "phone", "post", "counter")}
    assert by_channel["phone"]["address"] == ADA["phone"] and by_channel["phone"]["purpose"] == "calls they agreed to"
    assert by_channel["post"]["address"] is None and by_channel["post"]["purpose"] is None  # it declares no address
    assert by_channel["counter"]["address"] is None  # inbound: they come by
    for name, row in by_channel.items():
        text = json.dumps(row)
        assert (ADA["email"] in text, ADA["phone"] in text) == (name == "mail", name == "phone")


def test_the_index_says_which_personal_fields_a_file_holds_and_what_for(tmp_path: Path) -> None:
    write_channels(run(strategy(GREETING), [ADA]), tmp_path / "out")
    index = json.loads((tmp_path / "out/handover.json").read_text("utf-8"))
    assert index["format"] == "stratagem.handover" and index["format_version"] == 1
    found = {file["channel"]: (file["address"], file["personal"]) for file in index["channels"]}
    assert found["mail"] == ("people.email", {"people.first_name": "greeting"})
    assert found["post"] == (None, {})
    # The measure `cost` and the decision's own cost are two things.
    made = strategy(GREETING.replace("Dear {{ tier }}", "{{ cost }}"))
    write_channels(run(made, [ADA]), tmp_path / "out")
    assert rows_of(tmp_path / "out/post.csv")[0]["body"] == "24"


def test_withheld_decisions_are_not_handed_over(tmp_path: Path) -> None:
    held_out = strategy(GREETING.replace("  through mail\n  message", "  through mail\n  hold out 50%\n  message"))
    people = [{**ADA, "id": f"P{number}"} for number in range(40)]
    done = run(held_out, people)
    listed = done.decisions.list.filter(pl.col("channel") == "mail")
    withheld = set(listed.filter(pl.col("status") == "withheld")["customer"])
    assert 5 < len(withheld) < 35
    write_channels(done, tmp_path / "out")
    handed = {row["customer"] for row in rows_of(tmp_path / "out/mail.csv")}
    assert handed and handed == set(listed["customer"]) - withheld


def test_missing_slots_are_counted_and_stop_nothing(tmp_path: Path) -> None:
    done = run(strategy(GREETING), [ADA, BOB])
    handed = write_channels(done, tmp_path / "out")
    counted = (MissingSlot("hello", "mail", "first_name", 1, 2), MissingSlot("hello", "mail", "spend", 1, 2))
    assert handed.channels[0].missing == counted
    assert missing_in(done) == counted
    bob = next(row for row in rows_of(tmp_path / "out/mail.csv") if row["customer"] == "P3")
    assert (bob["subject"], bob["body"]) == ("Hello ", "Dear friend, you have .")


def test_a_slot_that_was_not_shown_is_not_missing() -> None:
    made = strategy(
        GREETING.replace("Hello {{ first_name }}", "{% if vip %}{{ patience }}{% else %}{{ spend }}{% endif %}")
    )
    people = [{**ADA, "patience": None}, {**BOB, "vip": False}, {**ADA, "id": "P4"}]
    found = {(slot.name, slot.messages) for slot in missing_in(run(made, people)) if slot.action == "hello"}
    assert found == {("patience", 1), ("spend", 1), ("first_name", 1)}


HEADER = "ada@example.org\r\nBcc: everyone@example.org"


@pytest.mark.parametrize(
    "address", [HEADER, "a\u2028b@example.org", "a\x00@example.org", "a\tb@example.org", "\u202eada"]
)
def test_an_address_with_a_line_break_is_left_out_and_counted(tmp_path: Path, address: str) -> None:
    handed = write_channels(run(strategy(GREETING), [{**ADA, "email": address}, BOB]), tmp_path / "out", "jsonl")
    rows = {row["customer"]: row for row in rows_of(tmp_path / "out/mail.jsonl")}
    assert handed.channels[0].unfit == 1
    assert rows["P1"]["address"] is None and rows["P1"]["purpose"] is None
    assert rows["P3"]["address"] == "bob@example.org"


def test_a_value_adds_no_line_to_a_subject(tmp_path: Path) -> None:
    person = {**ADA, "first_name": "Ada\r\nBcc: all@example.org\x0b\u2028x\x00"}
    write_channels(run(strategy(GREETING), [person]), tmp_path / "out", "jsonl")
    [row] = rows_of(tmp_path / "out/mail.jsonl")
    assert row["subject"] == "Hello Ada Bcc: all@example.org  x"
    assert row["body"].startswith("Dear Ada\nBcc: all@example.org\n\nx, you")  # a body may have lines


def test_values_are_plain_text_and_never_templates(tmp_path: Path) -> None:
    person = {**ADA, "first_name": "{{ spend }} & <b>{% if vip %}"}
    write_channels(run(strategy(GREETING), [person]), tmp_path / "out")
    assert rows_of(tmp_path / "out/mail.csv")[0]["subject"] == "Hello {{ spend }} & <b>{% if vip %}"


class Web(type(JSON_LINES)):  # type: ignore[misc]
    """A plug-in that hands over to something that shows HTML."""

    ending = ".html.jsonl"

    def escape(self, value: str) -> str:
        return html.escape(value)


class Short:
    """A plug-in that loses rows."""

    version, ending = 1, ".short"

    def escape(self, value: str) -> str:
        return value

    def write(self, columns: Sequence[str], rows: Iterable[Sequence[str | None]], to: BinaryIO) -> int:
        to.write(b"half")
        return 0


def plugged(monkeypatch: pytest.MonkeyPatch, name: str, form: Any) -> None:
    more = {**doors.channels().items, name: form}
    monkeypatch.setattr(doors, "channels", lambda: Found(more))


def test_a_format_escapes_values_and_not_the_strategists_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged(monkeypatch, "web", Web())
    made = strategy(GREETING.replace("Dear {{ first_name", "<p>{{ first_name | upper"))
    write_channels(run(made, [{**ADA, "first_name": "<b>&"}]), tmp_path / "out", "web")
    [row] = [json.loads(line) for line in (tmp_path / "out/mail.html.jsonl").read_text("utf-8").splitlines()]
    assert row["body"] == "<p>&lt;B&gt;&amp;, you have 1,234.50 EUR."


def test_cells_of_csv_start_no_formula(tmp_path: Path) -> None:
    made = strategy(GREETING.replace("Hello {{ first_name }}", "{{ first_name }}"))
    people = [{**ADA, "id": "=1+1", "first_name": "=cmd|' /C calc'!A0"}, {**ADA, "id": "-2", "first_name": "@x"}]
    write_channels(run(made, people), tmp_path / "out")
    cells = [
        cell for name in ("mail", "phone") for row in rows_of(tmp_path / f"out/{name}.csv") for cell in row.values()
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert {"'=1+1", "'-2", "'=cmd|' /C calc'!A0", "'+44 20 7946 0000"} <= set(cells)
    write_channels(run(made, people), tmp_path / "out", "jsonl")
    assert {row["customer"] for row in rows_of(tmp_path / "out/mail.jsonl")} == {"=1+1", "-2"}


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_format_writes_frames_as_it_writes_rows(form: str) -> None:
    found: Any = doors.channels().items[form]
    rows = [["P1", "=1", None, ""], ["ü", 'a "b",\nc', "-", "x"]]
    one, other = io.BytesIO(), io.BytesIO()
    assert found.write(list("abcd"), rows, one) == 2
    assert found.write_frame(pl.DataFrame(rows, schema=list("abcd"), orient="row"), other) == 2
    assert one.getvalue() == other.getvalue() != b""


def test_parquet_says_the_same_as_json_lines(tmp_path: Path) -> None:
    done = run(strategy(GREETING), [ADA, BOB])
    write_channels(done, tmp_path / "a", "parquet")
    write_channels(done, tmp_path / "b", "jsonl")
    for name in ("mail", "phone", "post", "counter"):
        assert pl.read_parquet(tmp_path / f"a/{name}.parquet").to_dicts() == rows_of(tmp_path / f"b/{name}.jsonl")


def test_an_earlier_hand_over_leaves_the_folder_and_nothing_else_does(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_channels(run(strategy(GREETING), [ADA]), folder)
    (folder / "notes.txt").write_text("mine")
    without_calls = strategy(GREETING[: GREETING.index("action ring")] + GREETING[GREETING.index("action smile") :])
    write_channels(run(without_calls, [ADA]), folder)
    assert files_in(folder) == {"mail.csv", "post.csv", "counter.csv", "handover.json", "notes.txt"}


def test_an_index_that_names_other_places_removes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (tmp_path / "precious.csv").write_text("mine")
    named = ["../precious.csv", str(tmp_path / "precious.csv"), "..", 3, None]
    index = {"format": "stratagem.handover", "channels": [{"file": name} for name in named]}
    (folder / "handover.json").write_text(json.dumps(index))
    write_channels(run(strategy(GREETING), [ADA]), folder)
    assert (tmp_path / "precious.csv").read_text() == "mine"


@pytest.mark.parametrize("there", [True, False], ids=["into a folder", "into a new folder"])
def test_a_failure_in_the_middle_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    folder = tmp_path / "out"
    if there:
        write_channels(run(strategy(GREETING), [ADA]), folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()} if there else {}
    real, calls = channels._written, []

    def breaks(form: Any, table: pl.DataFrame, file: BinaryIO) -> int:
        calls.append(1)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        return real(form, table, file)

    monkeypatch.setattr(channels, "_written", breaks)
    with pytest.raises(OSError, match="No space"):
        write_channels(run(strategy(GREETING), [BOB, ADA]), folder)
    after = {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}
    assert after == before and folder.exists() == there
    assert [path.name for path in tmp_path.iterdir()] == (["out"] if there else [])


def test_a_format_that_loses_rows_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugged(monkeypatch, "short", Short())
    with pytest.raises(ValueError, match="wrote 0 of 1"):
        write_channels(run(strategy(GREETING), [ADA]), tmp_path / "out", "short")
    assert list(tmp_path.iterdir()) == []


def test_a_format_nobody_offers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no channel format xlsx; there are csv, .*jsonl"):
        write_channels(run(strategy(GREETING), [ADA]), tmp_path / "out", "xlsx")


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    people = [{**ADA, "id": f"P{number}"} for number in range(20)]
    write_channels(run(strategy(GREETING), people), tmp_path / "a")
    write_channels(run(strategy(GREETING), people[::-1]), tmp_path / "b")
    assert {p.name: p.read_bytes() for p in (tmp_path / "a").iterdir()} == {
        p.name: p.read_bytes() for p in (tmp_path / "b").iterdir()
    }
