"""`check --output`: every format on the same mistakes, into a file or a pipe, with the same exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest

from stratagem.engine.cli import checking
from stratagem.engine.cli.app import app
from stratagem.engine.cli.settings import FORMATS
from tests.cli.run import run
from tests.diagnostics import junit_rules, sarif_schema

SHAPES = {
    "text": r"error S\d+: ",
    "concise": r"^shop/shop\.strategy:\d+:\d+: S\d+ ",
    "json": r'"format_version": 1',
    "sarif": r'"version": "2\.1\.0"',
    "junit": r"<testsuites tests=",
    "github": r"^::error file=shop/shop\.strategy,line=\d+",
}


def spoil(shop: Path) -> None:
    file = shop / "shop.strategy"
    file.write_text(file.read_text().replace("for best, steady", "for best, stedy"))


@pytest.mark.parametrize("output", FORMATS["check"])
def test_a_format_to_a_pipe_and_to_a_file(output: str, shop: Path) -> None:
    assert run("check", "shop", "--output", output).code == 0
    spoil(shop)
    done = run("check", "shop", "--output", output)
    assert (done.code, done.err) == (1, "") and re.search(SHAPES[output], done.out, re.MULTILINE)
    written = run("check", "shop", "--output", output, "--out", "report")
    assert (written.code, written.out, written.err) == (1, "", "Wrote report.\n")
    assert Path("report").read_text("utf-8") == done.out


def test_formats_are_those_that_the_settings_know() -> None:
    assert set(checking.FORMATS) == set(FORMATS["check"])
    for name, formats in FORMATS.items():
        command = app.get_command(click.Context(app), name)
        assert command is not None
        (choices,) = [p.type.choices for p in command.params if isinstance(p.type, click.Choice) and p.name == "output"]
        assert tuple(choices) == formats


def test_files_for_servers_are_taken_by_them(shop: Path) -> None:
    spoil(shop)
    assert sarif_schema.breaches(run("check", "shop", "--output", "sarif").out) == []
    xml = run("check", "shop", "--output", "junit", "--require", "five_steps=90").out
    assert junit_rules.breaches(xml) == []
    assert len(ElementTree.fromstring(xml).findall(".//failure")) == 1  # no score is asked of what cannot be read


def test_scores_fail_in_every_format(shop: Path) -> None:
    for output in FORMATS["check"]:
        done = run("check", "shop", "--require", "five_steps=90", "--output", output)
        assert done.code == 1 and "90" in done.out + done.err, f"{output} does not say why"
        assert run("check", "shop", "--require", "five_steps=1", "--output", output).code == 0


def test_data_findings_come_in_every_format(shop: Path) -> None:
    (shop / "orders.csv").write_text("customer_id,ordered_on,amount\nC01,2026-02-31,12.00\n")
    for output in FORMATS["check"]:
        done = run("check", "shop", "--data", "shop", "--as-of", "2026-11-01", "--output", output)
        assert done.code == 0 and "D131" in done.out
        strict = run("check", "shop", "--data", "shop", "--as-of", "2026-11-01", "--output", output, "--strict")
        assert strict.code == 1 and strict.out == done.out


def test_a_file_is_written_whole_or_not_at_all(shop: Path) -> None:
    assert run("check", "shop", "--out", "no/folder/x").code == 2
    assert run("check", "shop", "--out", "shop").code == 2
    Path("report").write_text("as it was")
    done = run("check", "nowhere", "--out", "report")
    assert done.code == 2 and Path("report").read_text() == "as it was"


def test_an_internal_fault_is_3_in_every_format(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object, **more: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(checking, "read", fail)
    monkeypatch.setattr(checking, "check_all", fail)
    for output in FORMATS["check"]:
        done = run("check", "shop", "--output", output, "--out", "report")
        assert done.code == 3 and done.out == "" and not Path("report").exists()


def test_the_output_setting_holds_where_it_can(shop: Path) -> None:
    Path("pyproject.toml").write_text('[tool.stratagem]\noutput = "sarif"\n')
    assert json.loads(run("check", "shop").out)["version"] == "2.1.0"
    assert run("test", "shop").out.startswith("passed")
    assert "sarif" not in run("check", "shop", "--output", "concise").out
    Path("pyproject.toml").write_text('[tool.stratagem]\noutput = "pdf"\n')
    assert run("check", "shop").code == 2


def test_severities_of_the_settings_hold(shop: Path) -> None:
    text = (shop / "shop.strategy").read_text() + '\nsegment nobody "Nobody" when spend < 0 EUR and spend > 1 EUR\n'
    (shop / "shop.strategy").write_text(text)
    found = {d["code"]: d for d in json.loads(run("check", "shop", "--output", "json").out)["diagnostics"]}
    assert found, "the line is to be found fault with"
    code, one = next(iter(found.items()))
    assert one["severity"] != "error"
    Path("pyproject.toml").write_text(f'[tool.stratagem.rules]\n{code} = "error"\n')
    now = {d["code"]: d for d in json.loads(run("check", "shop", "--output", "json").out)["diagnostics"]}
    assert now[code]["severity"] == "error" and run("check", "shop").code == 1


def test_broken_plugins_that_a_check_meets_are_said(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from stratagem.engine.plug import doors
    from stratagem.engine.plug.registry import Problem

    problem = Problem("P101", "stratagem.readers", "odf", "stratagem-odf", "ImportError: no odf")
    monkeypatch.setattr(doors, "problems_met", lambda: (problem,))
    for output in FORMATS["check"]:
        done = run("check", "shop", "--output", output)
        assert done.code == 0 and "P101" in done.out
    assert sarif_schema.breaches(run("check", "shop", "--output", "sarif").out) == []
    assert run("check", "shop", "--strict").code == 1


def test_check_loads_no_renderer_that_it_does_not_use(shop: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from stratagem.engine.cli.app import app\n"
        "try: app.main(['check', 'shop'])\nexcept SystemExit: pass\n"
        "unwanted = ('sarif', 'github', 'junit', 'concise', 'fixing', 'watch', 'schemas', 'check_more', 'doors')\n"
        "print([m for m in sys.modules if m.split('.')[-1] in unwanted and m.startswith('stratagem')"
        " or m.split('.')[0] in ('polars', 'numpy', 'networkx', 'rich', 'jinja2', 'xml')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_what_is_lacking_goes_to_a_file_too(shop: Path) -> None:
    for output in ("text", "json"):
        shown = run("diagnose", "shop", "--as-of", "2026-11-01", "--output", output)
        done = run("diagnose", "shop", "--as-of", "2026-11-01", "--output", output, "--out", "report")
        assert (done.code, done.out) == (0, "") and Path("report").read_text("utf-8") == shown.out
    assert run("diagnose", "shop", "--out", "no/folder/x").code == 2
