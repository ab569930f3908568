"""`stratagem plan --out-dir`: the hand-over from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.run import run
from tests.handover.test_channels import GREETING
from tests.handover.world import CHANNELS, HEAD


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The shop with two customers in files, one of whom has no first name and an odd address."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "shop.strategy").write_text(HEAD + CHANNELS + GREETING, "utf-8")
    columns = "id,email,phone,first_name,kind,vip,visits,spend,discount,patience,born_on,seen_at,town\n"
    ada = "P1,ada@example.org,,Ada,private,yes,12,20 EUR,10%,3 days,1990-12-10,2026-11-01 14:05,Rome\n"
    bob = 'P2,"bob@example.org\nBcc: x",,,private,no,1,30 EUR,10%,3 days,1990-12-10,2026-11-01 14:05,Rome\n'
    (folder / "people.csv").write_text(columns + ada + bob, "utf-8")
    (folder / "survey.csv").write_text("id,town\nP1,Rome\n", "utf-8")
    return folder


def test_plan_counts_what_messages_lack_and_writes_the_files(shop: Path, tmp_path: Path) -> None:
    done = run("plan", shop, "--as-of", "2026-11-02", "--out-dir", tmp_path / "out", "--out-format", "jsonl")
    assert done.code == 0, done.err
    assert "Messages with something missing" in done.out
    line = next(line for line in done.out.splitlines() if line.split()[:3] == ["hello", "mail", "first_name"])
    assert line.split()[3:] == ["1", "2"]
    assert "mail.jsonl: 1 address left out" in done.err
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "mail.jsonl", "post.jsonl", "counter.jsonl", "handover.json",
    }  # fmt: skip
    assert all(f"Wrote {path}." in done.err for path in (tmp_path / "out").iterdir())


def test_plan_says_it_to_programs_too(shop: Path, tmp_path: Path) -> None:
    done = run("plan", shop, "--as-of", "2026-11-02", "--output", "json")
    said = json.loads(done.out)["messages"]
    assert {"action": "hello", "channel": "mail", "name": "first_name", "messages": 1, "of": 2} in said


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--out-dir", "{home}/shop/people.csv"], "it is a file"),
        (["--out-dir", "{home}/none/out"], "no folder"),
        (["--out-dir", "{home}/out", "--out-format", "xlsx"], "no channel format 'xlsx'"),
    ],
)
def test_what_cannot_be_written_is_refused_before_any_work(
    shop: Path, tmp_path: Path, more: list[str], words: str
) -> None:
    done = run("plan", shop, "--as-of", "2026-11-02", *(word.format(home=tmp_path) for word in more))
    assert done.code == 2 and words in done.err and done.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["shop"]
