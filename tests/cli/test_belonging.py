"""Files as a hook hands them over stand for the strategies they belong to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stratagem.engine.cli.belonging import strategies_of
from tests.cli.run import run

HEAD = 'language 1\nstrategy {0} "S"\n  currency EUR\n'


def lay(files: dict[str, str]) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lay(
        {
            "folder/main.strategy": HEAD.format("folder"),
            "folder/parts.strategy": "assume a = b\n",
            "folder/more.strategy": "assume b = 1\n",
            "two/one.strategy": HEAD.format("one") + 'use "../shared/deep.strategy"\n',
            "two/two.strategy": HEAD.format("two") + 'use "common.strategy"\n',
            "two/common.strategy": "assume c = 1\n",
            "shared/deep.strategy": 'use "deeper.strategy"\n',
            "shared/deeper.strategy": "assume d = 1\n",
            "alone/only.strategy": HEAD.format("only"),
            "nobodys/part.strategy": "assume e = 1\n",
            "slips/sound.strategy": HEAD.format("sound") + "customer a\n",
            "slips/misspelt.strategy": HEAD.format("misspelt").replace("strategy", "stratgey") + "customer b\n",
            "slips/capital.strategy": HEAD.format("capital").replace("strategy", "Strategy"),
            "slips/colon.strategy": HEAD.format("colon").replace("strategy ", " strategy: "),
        }
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["folder/parts.strategy", "folder/main.strategy", "folder/more.strategy"], ["folder"]),
        (["folder", "./folder/main.strategy"], ["folder"]),
        (["alone/only.strategy"], ["alone/only.strategy"]),
        (["two/one.strategy", "two/two.strategy"], ["two/one.strategy", "two/two.strategy"]),
        (["two/common.strategy"], ["two/two.strategy"]),
        (["shared/deep.strategy"], ["two/one.strategy"]),
        (["shared/deeper.strategy"], ["two/one.strategy"]),
        (["nobodys/part.strategy"], ["nobodys/part.strategy"]),
        (["slips/misspelt.strategy"], ["slips/misspelt.strategy"]),
        (["slips/sound.strategy"], ["slips/sound.strategy"]),
        (["slips/capital.strategy", "slips/colon.strategy"], ["slips/capital.strategy", "slips/colon.strategy"]),
        (["-"], ["-"]),
        (["not/there.strategy", "README.md"], ["not/there.strategy", "README.md"]),
    ],
)
def test_what_paths_stand_for(typed: list[str], meant: list[str]) -> None:
    assert strategies_of(typed) == meant


def test_files_of_one_strategy_are_checked_together_and_once() -> None:
    done = run("check", "folder/main.strategy", "folder/parts.strategy", "folder/more.strategy")
    assert done.code == 0 and "\n3 files checked: " in f"\n{done.out}"
    done = run("check", "folder/parts.strategy", "alone")
    assert done.code == 0 and "\n4 files checked: " in f"\n{done.out}"


def test_what_two_strategies_share_is_reported_once() -> None:
    one = HEAD.format("one") + 'use "common.strategy"\n'
    lay({"two/one.strategy": one, "two/common.strategy": "assume c = spnd\n"})
    done = run("check", "two/common.strategy", "--output", "concise")
    assert done.code == 1 and len(done.out.splitlines()) == 1 and done.out.startswith("two/common.strategy:1:12: S261")


def test_a_fault_in_one_of_several_is_a_fault() -> None:
    lay({"alone/only.strategy": "strategi only\n"})
    assert run("check", "folder", "alone").code == 1 and run("check", "folder", "two/one.strategy").code == 0


def test_standard_input_stands_alone() -> None:
    assert run("check", "-", "folder", stdin="").code == 2


def test_the_settings_path_is_where_no_path_is_typed() -> None:
    Path("pyproject.toml").write_text('[tool.stratagem]\npath = "folder"\n')
    assert json.loads(run("check", "--output", "json").out)["files"][0] == "folder/main.strategy"
    assert json.loads(run("check", "alone", "--output", "json").out)["files"] == ["alone/only.strategy"]
