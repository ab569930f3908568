"""The published schemas hold what the commands print, for every strategy of the library, and nothing else."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from stratagem.engine.cli import library
from stratagem.engine.cli.reports import schemas
from tests.cli.run import run
from tests.diagnostics.sample import ALL
from tests.tools.house import ROOT

AS_OF = ["--as-of", "2026-11-01"]


@cache
def validator(name: str) -> Draft202012Validator:
    """Holds a document against what `stratagem schema NAME` prints."""
    done = run("schema", name)
    assert done.code == 0
    found: dict[str, Any] = json.loads(done.out)
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


def printed(*words: object) -> dict[str, Any]:
    done = run(*words, "--output", "json")
    assert done.code in (0, 1), done.err
    document: dict[str, Any] = json.loads(done.out)
    return document


def faults(name: str, document: object) -> list[str]:
    found = validator(name).iter_errors(document)
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in found]


def commands(strategy: str) -> list[tuple[str, list[object]]]:
    """Every command that prints JSON, as it can be run on a strategy of the library with the customers it brings."""
    path = ROOT / "strategies" / strategy
    found: list[tuple[str, list[object]]] = [("check", [path]), ("diagnose", [path, *AS_OF])]
    found += [("test", [path, "--coverage"] if strategy in ("starter", "coffee") else [path])]
    found += [("show", [path, "--stage", stage]) for stage in ("lines", "tree", "model", "graph", "plan")]
    if strategy in ("starter", "coffee"):
        customers = printed("plan", path, "--limit", "3", *AS_OF)["list"]
        who = customers[0]["customer"]
        found += [
            ("plan", [path, *AS_OF]), ("decide", [path, "--customer", who, *AS_OF]), ("explain", [path, who, *AS_OF]),
            ("diagnose", [path, "--data", path, *AS_OF]),
        ]  # fmt: skip
    return found


@pytest.mark.slow
@pytest.mark.parametrize("strategy", library.names())
def test_what_is_printed_is_what_is_published(strategy: str) -> None:
    for name, words in commands(strategy):
        assert faults(name, printed(name, *words)) == [], f"{name} {words}"


def test_what_docs_print_is_what_is_published() -> None:
    for topic in ([], ["S261"], ["action"], ["sum"], ["codes"], ["ASK3"]):
        assert faults("docs", printed("docs", *topic)) == [], topic


def test_profiles_of_files_are_published_too() -> None:
    files = sorted((ROOT / "strategies" / "coffee").glob("*.csv"))
    assert faults("profile", printed("profile", *files)) == []


def test_every_command_that_prints_json_has_a_schema() -> None:
    import click

    from stratagem.engine.cli.app import COMMANDS, app

    for name in COMMANDS:
        command = app.get_command(click.Context(app), name)
        assert command is not None
        formats = [p.type.choices for p in command.params if p.name == "output" and isinstance(p.type, click.Choice)]
        assert (name in schemas.ABOUT) == any("json" in choices for choices in formats), name
    listed = run("schema").out
    assert all(f"  {name} " in listed for name in schemas.ABOUT)


def test_findings_fixes_and_scores_are_published_too(shop: Path) -> None:
    from stratagem.dsl.diagnostics.render.json import as_data

    assert faults("check", as_data(ALL) | {"waived": [], "ignored": [], "files": [], "scores": [], "fixed": []}) == []
    (shop / "shop.strategy").write_text((shop / "shop.strategy").read_text() + "\nassume extra “Extra” = spnd\n")
    found = printed("check", "shop", "--fix")
    assert found["fixed"] and found["diagnostics"] and faults("check", found) == []
    (shop / "shop.strategy").write_text((shop / "shop.strategy").read_text().replace("spnd", "3"))
    scored = printed("check", "shop", "--require", "five_steps=50")
    assert scored["scores"] and faults("check", scored) == []


def test_a_test_that_fails_is_published_too(shop: Path) -> None:
    file = shop / "shop.strategy"
    file.write_text(file.read_text().replace("first action is remember", "first action is welcome"))
    found = printed("test", "shop")
    assert found["failed"] and faults("test", found) == []


def changed(document: Any) -> list[Any]:
    """The document with a key renamed, taken out or added, once for every object in it."""
    found: list[Any] = []

    def walk(part: Any, put: Any) -> None:
        if isinstance(part, dict):
            for key in part:
                rest = {k: v for k, v in part.items() if k != key}
                found.append(put({**rest, f"{key}_new": part[key]}))
                walk(part[key], lambda value, part=part, key=key, put=put: put({**part, key: value}))
            found.append(put({**part, "extra": 1}))
        elif isinstance(part, list) and part:
            walk(part[0], lambda value, part=part, put=put: put([value, *part[1:]]))

    walk(deepcopy(document), lambda value: value)
    return found


def test_a_changed_key_is_seen(shop: Path) -> None:
    document = printed("explain", "shop", "C05", "--action", "remember", *AS_OF)
    assert validator("explain").is_valid(document)
    variants = changed(document)
    assert len(variants) > 40 and not any(validator("explain").is_valid(variant) for variant in variants)


def test_a_changed_key_of_a_check_is_seen() -> None:
    from stratagem.dsl.diagnostics.render.json import as_data

    more: dict[str, Any] = {"waived": [], "ignored": [], "files": [], "scores": [], "fixed": []}
    variants = changed(as_data(ALL[:2]) | more)
    assert len(variants) > 40 and not any(validator("check").is_valid(variant) for variant in variants)


def test_a_wrong_name_is_refused_and_a_file_written(tmp_path: Path) -> None:
    done = run("schema", "chek")
    assert done.code == 2 and "did you mean 'check'?" in done.err
    assert run("schema", "--out", tmp_path / "x").code == 2
    run("schema", "check", "--out", tmp_path / "check.json")
    assert json.loads((tmp_path / "check.json").read_text())["title"] == "stratagem check"
