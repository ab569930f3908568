"""`test`, `plan`, `decide`, `explain`, `diagnose`: what customers get, on the starter's sixteen."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from stratagem.engine.api import Engine, load
from stratagem.engine.explain.binding import in_the_way
from tests.cli.run import run
from tests.cli.snapshot import check_snapshot

WHEN = ("--as-of", "2026-11-01")


def as_json(*args: object) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(*args, "--output", "json").out)
    assert document["format_version"] == 1
    return document


def spoil(shop: Path, old: str, new: str) -> None:
    text = (shop / "shop.strategy").read_text()
    assert text.count(old) == 1
    (shop / "shop.strategy").write_text(text.replace(old, new))


# --- test ---------------------------------------------------------------------------------------------------


def test_tests_that_pass(shop: Path) -> None:
    done = run("test", "shop")
    assert (done.code, done.err) == (0, "")
    check_snapshot("test_passed", done.out)


def test_a_test_that_fails_says_what_came_and_why(shop: Path) -> None:
    spoil(shop, "first action is remember", "first action is welcome\n    quiet_days = 3 days")
    done = run("test", "shop")
    assert done.code == 1
    check_snapshot("test_failed", done.out)
    found = as_json("test", "shop")
    assert (found["tests"], found["failed"]) == (2, 1)
    assert [f["expected"] for f in found["results"][0]["failures"]] == [
        "first action is welcome",
        "quiet_days = 3 days",
    ]


def test_tests_are_chosen_by_their_title(shop: Path) -> None:
    assert "1 test passed" in run("test", "shop", "-k", "NONE").out
    assert run("test", "shop", "-k", "no such title").code == 2


# --- plan ---------------------------------------------------------------------------------------------------


def test_the_main_job(shop: Path) -> None:
    done = run("plan", "shop", *WHEN)
    assert (done.code, done.err) == (0, "")
    before, _, completeness = done.out.partition("\nCompleteness\n")
    check_snapshot("plan", before + "\n")
    assert "seven_elements" in completeness and "What matters most now" in completeness
    assert completeness.count("\n  1. ") == completeness.count("\n  3. ") == 1


def test_the_same_twice(shop: Path) -> None:
    assert run("plan", "shop", *WHEN).out == run("plan", "shop", *WHEN).out


def test_the_record_of_a_plan_balances(shop: Path) -> None:
    found = as_json("plan", "shop", *WHEN, "--limit", "2")
    assert sum(found["ledger"].values()) == found["customers"] == 16
    assert len(found["list"]) == 2 and found["decisions"] == 6
    assert {p["name"]: p["customers"] for p in found["placed"] if p["kind"] == "stage"} == {
        "looking": 4, "first_order": 10, "regular": 2,
    }  # fmt: skip
    assert {f["name"] for f in found["completeness"]["frameworks"]} >= {"seven_elements", "five_steps"}


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_the_whole_list_is_written_with_its_fit(ending: str, shop: Path) -> None:
    done = run("plan", "shop", *WHEN, "--out", f"actions.{ending}")
    assert done.code == 0 and f"Wrote actions.{ending}." in done.err and "Wrote actions.fit.json." in done.err
    read = {"parquet": pl.read_parquet, "csv": pl.read_csv, "jsonl": pl.read_ndjson}[ending]
    frame = read(f"actions.{ending}")
    assert frame.height == 6 and {"customer", "action", "channel", "score", "reason", "decision_id"} <= set(
        frame.columns
    )
    fit = json.loads(Path("actions.fit.json").read_text())
    assert fit["format_version"] == 1 and fit["cuts"]["tier"]["best"]["customers"] == 12
    assert sorted(p.name for p in Path.cwd().iterdir()) == sorted(["actions.fit.json", f"actions.{ending}", "shop"])


def test_a_parquet_file_says_what_it_is(shop: Path) -> None:
    run("plan", "shop", *WHEN, "--out", "actions.parquet")
    about = pl.read_parquet_metadata("actions.parquet")
    assert (about["format_version"], about["strategy"], about["as_of"]) == ("1", "shop", "2026-11-01")


def test_a_spreadsheet_is_given_no_formulas(shop: Path) -> None:
    people = (shop / "people.csv").read_text().replace("C14,", "=cmd()|x,").replace("C15,", "@C15,")
    (shop / "people.csv").write_text(people)
    run("plan", "shop", *WHEN, "--out", "actions.csv")
    with open("actions.csv", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=cmd()|x" in cells and "'@C15" in cells
    assert not [c for c in cells if c.startswith(("=", "@", "+"))]


def test_a_file_for_each_channel(shop: Path) -> None:
    done = run("plan", "shop", *WHEN, "--out-dir", "out")
    assert done.code == 0 and "Wrote out/email.csv." in done.err
    with open("out/email.csv", newline="") as file:
        rows = {row["customer"]: row for row in csv.DictReader(file)}
    assert rows["C05"]["address"] == "elif@example.com" and rows["C05"]["body"].startswith("Hello Elif, ")
    assert {"valid_from", "valid_to", "decision_id"} <= set(rows["C05"]) and len(rows) == 6
    assert "elif@example.com" not in done.out + done.err
    assert run("plan", "shop", *WHEN, "--out-dir", "lines", "--out-format", "jsonl").code == 0
    assert len(Path("lines/email.jsonl").read_text().splitlines()) == 6


def test_a_message_without_a_value_is_counted(shop: Path) -> None:
    people = (shop / "people.csv").read_text().replace("C05,Elif,", "C05,,")
    (shop / "people.csv").write_text(people)
    done = run("plan", "shop", *WHEN, "--out-dir", "out")
    assert "first_name had no value in 1 of 3 messages of remember" in done.err


def test_what_the_data_holds_is_said(shop: Path) -> None:
    (shop / "orders.csv").write_text(
        "customer_id,ordered_on,amount,shop\nC01,2026-02-31,12.00,Linz\n,2026-10-01,5,Linz\nC02,2026-10-01,ten,Linz\n"
    )
    out = run("plan", "shop", *WHEN).out
    assert "orders: rows not kept: 1 without an identity" in out
    assert "orders: values that could not be read: ordered_on 1, amount 1" in out
    assert "orders: columns that no field declares: shop" in out


def test_another_folder_another_file(shop: Path) -> None:
    other = shop.parent / "other"
    other.mkdir()
    (shop / "orders.csv").rename(other / "orders.csv")
    assert run("plan", "shop", *WHEN).code == 1
    assert run("plan", "shop", *WHEN, "--data", "other").code == 0
    (other / "orders.csv").rename(other / "export.csv")
    assert run("plan", "shop", *WHEN, "--source", "orders=other/export.csv").code == 0


def test_what_was_done_before_counts(shop: Path) -> None:
    from datetime import UTC, datetime

    from stratagem.engine.history.events import Event
    from stratagem.engine.history.file import FileHistory

    at = datetime(2026, 10, 29, 9, tzinfo=UTC)
    FileHistory(Path("past")).append(
        [Event(event_id="1", kind="contact", customer="C05", at=at, action="remember", channel="email")]
    )
    found = as_json("plan", "shop", *WHEN, "--history", "past")
    assert "C05" not in [row["customer"] for row in found["list"]] and found["ledger"]["limited by policy"] == 1
    assert "policy" in run("explain", "shop", "C05", *WHEN, "--history", "past").out


def test_a_time_that_the_clock_skips_is_said(shop: Path) -> None:
    said = run("decide", "shop", "--customer", "C01", "--as-of", "2026-03-29 02:30").err
    assert "The clocks of Europe/Berlin skip 2026-03-29 02:30: it is taken as it is written" in said
    assert "skip" not in run("decide", "shop", "--customer", "C01", "--as-of", "2026-03-29 03:30").err


def test_a_plan_within_quiet_hours_says_so(shop: Path) -> None:
    text = (shop / "shop.strategy").read_text()
    policy = '\ncontact policy "Evenings"\n  quiet from 20:00 to 09:00\n  quiet from 13:00 to 14:00 for newsletter\n'
    (shop / "shop.strategy").write_text(text + policy)
    night = run("plan", "shop", "--as-of", "2026-11-01 20:30").out
    assert "No action for anyone." in night
    said = "It is 20:30 in Europe/Berlin, within the quiet hours from 20:00 to 09:00"
    assert f"{said}: nothing bound by them goes out now." in " ".join(night.split())
    assert "nothing of kind newsletter goes out" in run("plan", "shop", "--as-of", "2026-11-01 13:00").out
    for loud in ("2026-11-01 09:00", "2026-11-01 14:00", "2026-11-01"):
        assert "within the quiet hours" not in run("plan", "shop", "--as-of", loud).out


def test_what_stands_in_the_way_is_named_with_its_line(shop: Path) -> None:
    text = (shop / "shop.strategy").read_text()
    policy = '\ncontact policy "Evenings"\n  quiet from 20:00 to 09:00\n  limit 5 per 7 days across all for required\n'
    (shop / "shop.strategy").write_text(text + policy)
    line = (text + policy).splitlines().index("  quiet from 20:00 to 09:00") + 1

    def notes(*when: str) -> str:
        found = as_json("explain", "shop", "C05", "--action", "remember", *when)
        return "".join(g["note"] for g in found["actions"][0]["gates"] if g["gate"] == "policy")

    night = notes("--as-of", "2026-11-01 20:30")
    assert "it is within the quiet hours" in night
    assert "5 per 7 days" not in night, "a limit of another kind binds nothing here"
    assert notes("--as-of", "2026-11-01 12:00") == ""
    plan = Engine(load(shop)).plan(shop, as_of="2026-11-01 20:30").plan
    remember = next(a for a in plan.actions if a.action.name == "remember")
    among = in_the_way(plan, remember, {}, "2026-11-01 20:30")
    assert "`quiet from 20:00 to 09:00`" in among and f".strategy:{line})" in among and "5 per 7 days" not in among
    assert "quiet from" not in in_the_way(plan, remember, {}, "2026-11-01 12:00")


def test_rows_yet_to_come_are_told(shop: Path) -> None:
    said = "orders: 1 row dated after the as-of moment: read only where a rule says `in next`"
    assert said not in run("plan", "shop", *WHEN).out
    rows = (shop / "orders.csv").read_text().splitlines()
    day = next(i for i, cell in enumerate(rows[1].split(",")) if cell[:2] == "20" and cell.count("-") == 2)
    later = rows[1].split(",")
    later[day] = "2027-03-01"
    (shop / "orders.csv").write_text("\n".join([*rows, ",".join(later)]) + "\n")
    assert said in " ".join(run("plan", "shop", *WHEN).out.split())


def test_settings_stand_for_what_is_not_typed(shop: Path) -> None:
    Path("pyproject.toml").write_text('[tool.stratagem]\npath = "shop"\nas_of = 2026-11-01\nlimit = 1\n')
    out = run("plan").out
    assert "as of 2026-11-01" in out and "the first 1 of 6" in out
    assert "as of 2026-10-01" in run("plan", "--as-of", "2026-10-01").out


def test_no_personal_value_is_printed(shop: Path) -> None:
    people = [line.split(",") for line in (shop / "people.csv").read_text().splitlines()[1:]]
    personal = {cell for row in people for cell in row[1:3] if cell}
    said = [run("plan", "shop", *WHEN), run("plan", "shop", *WHEN, "--output", "json")]
    said += [run("explain", "shop", row[0], *WHEN) for row in people[:4]]
    said += [run("check", "shop", "--data", "shop", *WHEN)]
    for done in said:
        assert [word for word in personal if word in done.out + done.err] == []


# --- decide and explain -------------------------------------------------------------------------------------

NEW = {
    "customer_id": "N1", "mail_agreed": True, "email": "ada@example.com", "first_name": "Ada",
    "orders": [{"ordered_on": "2026-08-01", "amount": "210.00"}, {"ordered_on": "2026-02-01", "amount": 90}],
}  # fmt: skip


def test_one_of_the_data_gets_what_the_plan_says(shop: Path) -> None:
    listed = {row["customer"]: row["action"] for row in as_json("plan", "shop", *WHEN, "--limit", "100")["list"]}
    found = as_json("decide", "shop", "--customer", "C05", *WHEN)
    assert [d["action"] for d in found["decisions"]] == [listed["C05"]] == ["remember"]
    done = run("decide", "shop", "--customer", "C05", *WHEN)
    assert done.code == 0
    check_snapshot("decide", done.out)


def test_one_given_as_json_needs_the_plans_fit(shop: Path) -> None:
    done = run("decide", "shop", "--customer", "-", *WHEN, stdin=json.dumps(NEW))
    assert done.code == 2 and "best" in done.err and "--fit" in done.err
    run("plan", "shop", *WHEN, "--fit", "cuts.json")
    found = json.loads(
        run(
            "decide", "shop", "--customer", "-", *WHEN, "--fit", "cuts.json", "--output", "json", stdin=json.dumps(NEW)
        ).out
    )
    assert found["customer"] == "N1" and [d["action"] for d in found["decisions"]] == ["remember"]
    spoil(shop, "assume margin = 40%", "assume margin = 41%")
    Path("n1.json").write_text(json.dumps(NEW))
    done = run("decide", "shop", "--customer", "n1.json", *WHEN, "--fit", "cuts.json")
    assert done.code == 2 and "has changed" in done.err


def test_why_this_and_why_not_that(shop: Path) -> None:
    done = run("explain", "shop", "C05", *WHEN)
    assert done.code == 0
    check_snapshot("explain", done.out)
    done = run("explain", "shop", "C02", "--action", "remember", *WHEN)
    check_snapshot("explain_action", done.out)


def test_an_explanation_for_programs(shop: Path) -> None:
    found = as_json("explain", "shop", "C02", "--action", "remember", *WHEN)
    [action] = found["actions"]
    stopped = {g["gate"]: g for g in action["gates"] if g["standing"] != "passed"}
    assert action["status"] == "not chosen" and stopped
    assert all(clause["truth"] in ("true", "false", "unknown") for g in stopped.values() for clause in g["clauses"])


def test_an_explanation_of_one_given_as_json(shop: Path) -> None:
    run("plan", "shop", *WHEN, "--fit", "cuts.json")
    done = run("explain", "shop", "--customer", "-", "--fit", "cuts.json", *WHEN, stdin=json.dumps(NEW))
    assert done.code == 0 and "remember" in done.out and "recommended" in done.out
    assert "ada@example.com" not in done.out and "Ada" not in done.out


# --- diagnose -----------------------------------------------------------------------------------------------


def test_what_the_strategy_lacks(shop: Path) -> None:
    done = run("diagnose", "shop", *WHEN)
    assert done.code == 0 and "Judged without customers" in done.err
    assert "SEV2   met" in done.out and "Scores\n" in done.out
    [line] = [line for line in done.out.splitlines() if line.startswith("ICP1 ")]
    assert line.split()[1] == "missing"


def test_one_checklist_alone(shop: Path) -> None:
    done = run("diagnose", "shop", "--framework", "five_steps", *WHEN)
    assert "FIV1" in done.out and "SEV1" not in done.out
    found = as_json("diagnose", "shop", "--framework", "five_steps", *WHEN)
    assert [f["name"] for f in found["frameworks"]] == ["five_steps"]
    done = run("diagnose", "shop", "--framework", "five_step")
    assert done.code == 2 and "five_steps" in done.err


def test_ci_may_ask_for_a_score(shop: Path) -> None:
    done = run("check", "shop", "--require", "five_steps=0", *WHEN)
    assert done.code == 0 and "met." in done.out
    done = run("check", "shop", "--require", "five_steps=99", *WHEN)
    assert done.code == 1 and "NOT MET" in done.out
    assert as_json("check", "shop", "--require", "five_steps=99")["scores"][0]["met"] is False


def test_broken_plugins_that_a_run_meets_are_said(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from stratagem.engine.plug import doors
    from stratagem.engine.plug.registry import Problem

    problem = Problem("P101", "stratagem.readers", "odf", "stratagem-odf", "ImportError: no odf")
    monkeypatch.setattr(doors, "problems_met", lambda: (problem,))
    done = run("plan", shop, "--as-of", "2026-11-01")
    assert done.code == 0 and "P101: plug-in odf of stratagem-odf" in done.err and "P101" not in done.out
