"""`check`, `show` and `graph`: what needs no customers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.cli.run import run
from tests.cli.snapshot import check_snapshot


def as_json(*args: object) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(*args, "--output", "json").out)
    assert document["format_version"] == 1
    return document


def spoil(shop: Path, old: str, new: str) -> None:
    text = (shop / "shop.strategy").read_text()
    assert text.count(old) == 1
    (shop / "shop.strategy").write_text(text.replace(old, new))


def test_a_path_that_leads_nowhere_brings_what_is_near(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("notes.strategy.txt", "club.strategy", "other.csv"):
        (tmp_path / name).write_text("", "utf-8")
    for typed, meant in (
        ("notes.strategy", "did you mean notes.strategy.txt?"), ("club", "did you mean club.strategy?"),
        ("clubb.strategy", "did you mean club.strategy?"), ("other2.csv", "give a strategy file"),
        ("no/where", "give a strategy file"),
    ):  # fmt: skip
        for command in ("check", "fmt", "plan"):
            done = run(command, typed)
            assert done.code == 2 and meant in done.err, (command, typed, done.err)


def test_a_good_strategy(shop: Path) -> None:
    done = run("check", "shop")
    assert (done.code, done.err) == (0, "")
    check_snapshot("check_good", done.out)


def test_mistakes_are_shown_in_their_lines(shop: Path) -> None:
    spoil(shop, "yearly_margin / 4", "yearly_margin / 4 days")
    spoil(shop, "for best, steady", "for best, stedy")
    done = run("check", "shop")
    assert done.code == 1
    check_snapshot("check_mistakes", done.out)
    found = as_json("check", "shop")
    assert [d["place"]["line"] for d in found["diagnostics"]] == sorted(
        d["place"]["line"] for d in found["diagnostics"]
    )
    assert found["files"] == ["shop/shop.strategy"] and found["diagnostics"][0]["severity"] == "error"


def test_a_text_on_standard_input(shop: Path) -> None:
    text = (shop / "shop.strategy").read_text()
    assert run("check", "-", stdin=text).code == 0
    done = run("check", "-", stdin=text.replace("mail_agreed yes_no", "mail_agreed maybe"))
    assert done.code == 1 and "standard input" in done.out


def test_data_is_held_against_the_strategy(shop: Path) -> None:
    (shop / "orders.csv").write_text(
        "customer_id,ordered_on,amount,shop\nC01,2026-02-31,12.00,Linz\nC02,2026-10-01,ten,Linz\n"
    )
    done = run("check", "shop", "--data", "shop", "--as-of", "2026-11-01")
    assert done.code == 0 and run("check", "shop", "--data", "shop", "--as-of", "2026-11-01", "--strict").code == 1
    check_snapshot("check_data", done.out)


def test_no_colour_in_a_pipe_and_no_orders_to_the_terminal(shop: Path) -> None:
    spoil(shop, '"Value tiers"', '"Value\x1b[31m tiers" of')
    done = run("check", "shop")
    assert done.code == 1 and "\x1b" not in done.out


def test_colour_is_only_colour(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from stratagem.engine.cli.findings import rendered
    from stratagem.engine.cli.opening import read

    spoil(shop, "for best, steady", "for best, stedy")
    checked = read("shop")
    coloured = rendered(checked.diagnostics, checked.sources, True)
    bare = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert "\x1b[1;31m" in coloured and bare == rendered(checked.diagnostics, checked.sources, False)


@pytest.mark.parametrize("stage", ["lines", "tree", "graph", "plan"])
def test_stages(stage: str, shop: Path) -> None:
    done = run("show", "shop", "--stage", stage)
    assert done.code == 0
    check_snapshot(f"show_{stage}", done.out)
    document = as_json("show", "shop", "--stage", stage)
    assert document["stage"] == stage and len(document[stage]) > 10


def test_the_model_is_json_of_the_published_schema(shop: Path) -> None:
    from stratagem.dsl.model.strategy import Strategy
    from stratagem.dsl.record import names

    shown = json.loads(run("show", "shop").out)
    assert shown["header"]["name"] == "shop" and [a["name"] for a in shown["actions"]] == ["welcome", "remember"]
    whole = as_json("show", "shop", "--stage", "model")["model"]
    assert set(whole) == set(names(Strategy)) - {"_places"}


def test_lines_are_shown_even_of_a_broken_strategy(shop: Path) -> None:
    spoil(shop, "decide\n", "decide (\n")
    assert run("show", "shop", "--stage", "lines").code == 0
    assert run("show", "shop", "--stage", "plan").code == 1


def test_a_picture_in_each_form(shop: Path) -> None:
    svg = ElementTree.fromstring(run("graph", "shop").out)
    assert "A shop's first customer strategy" in " ".join(svg.itertext())
    assert run("graph", "shop", "--format", "mermaid").out.startswith("flowchart LR\n")
    assert 'id="measure:spend"' in run("graph", "shop", "--format", "graphml").out
    done = run("graph", "shop", "--out", "rules.graphml")
    assert (done.code, done.out) == (0, "") and Path("rules.graphml").read_text().startswith("<graphml")


def test_a_picture_of_one_thing(shop: Path) -> None:
    whole, part = (run("graph", "shop", *more).out for more in ([], ["--focus", "spend"]))
    assert "Days since the last order" in whole and "Days since the last order" not in part
    assert "yearly_margin" in part and "around spend" in part
    done = run("graph", "shop", "--focus", "spent")
    assert done.code == 2 and "near it: spend" in done.err
    done = run("graph", "shop", "--focus", "customer_id")
    assert done.code == 2 and "field:people.customer_id or field:orders.customer_id" in done.err
