"""The workflows that docs/ci.md shows: every stratagem command in them is run, and ends well."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

from stratagem.engine.cli.app import app
from tests.cli.run import run
from tests.docs.test_docs import files
from tests.tools.house import ROOT

PAGE = ROOT / "docs" / "ci.md"
WORKFLOWS = {name: text for name, text in files(PAGE).items() if name.endswith((".yml", ".yaml"))}
COMMAND = re.compile(r"(?:- run: |- |`)(stratagem [^`\n]+?)(?=`|\n|$)", re.MULTILINE)


def commands(text: str) -> list[str]:
    return [found for found in COMMAND.findall(text) if "$(" not in found and "…" not in found]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "strategies").symlink_to(ROOT / "strategies", target_is_directory=True)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_is_yaml_and_its_commands_run(name: str) -> None:
    assert yaml.safe_load(WORKFLOWS[name])
    for line in commands(WORKFLOWS[name]):
        done = run(*shlex.split(line)[1:])
        assert done.code == 0, f"{line}\n{done.out}{done.err}"


def test_the_workflows_hold_commands_and_the_hooks_are_those_there_are() -> None:
    assert len(commands(WORKFLOWS["github.yml"])) == 3 and len(commands(WORKFLOWS["gitlab.yml"])) == 2
    shown = yaml.safe_load(WORKFLOWS["pre-commit.yaml"])["repos"][0]["hooks"]
    there = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in shown] == [hook["id"] for hook in there]


def test_commands_in_running_text_exist() -> None:
    text = re.sub(r"^```.*?^```$", "", PAGE.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    found = commands(text)
    assert len(found) >= 5
    assert [line for line in found if not exists(line)] == []


def exists(line: str) -> bool:
    """Is there such a command, with these options."""
    name, *words = shlex.split(line)[1:]
    command = app.get_command(click.Context(app), name)
    known = {option for parameter in command.params for option in parameter.opts} if command else set()
    return command is not None and all(word in known for word in words if word.startswith("--"))


def test_a_command_that_is_none_is_seen() -> None:
    assert exists("stratagem check --fix x") and not exists("stratagem check --fic") and not exists("stratagem chek")
    found = commands("      - run: stratagem check x\n- stratagem test y --out z\n")
    assert found == ["stratagem check x", "stratagem test y --out z"]
