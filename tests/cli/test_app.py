"""The frame around the commands: what loads, how faults end, settings."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from stratagem.engine.cli import app as app_module
from stratagem.engine.cli.app import COMMANDS, app
from stratagem.engine.cli.exits import Refused
from stratagem.engine.cli.settings import SETTINGS, read_settings
from tests.cli.run import run


def command(name: str) -> click.Command:
    found = app.get_command(click.Context(app), name)
    assert found is not None
    return found


def test_help_names_every_command_and_loads_none() -> None:
    code = "import sys; from stratagem.engine.cli.app import app\ntry: app.main(['--help'])\nexcept SystemExit: pass\n"
    code += "print([m for m in sys.modules if '.commands.' in m or m.split('.')[0] in ('polars', 'rich', 'lark')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    done = run(name, "--help")
    assert done.code == 0 and done.err == ""
    assert command(name).name == name
    for parameter in command(name).params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help, f"{name} {parameter.opts} says nothing of itself"


def test_nothing_typed_is_answered_with_help() -> None:
    done = run()
    assert done.code == 2 and done.err.startswith("Usage: stratagem ") and "help: see" not in done.err


def test_version() -> None:
    assert run("--version").out.startswith("stratagem 0.1.0, language 1, Python 3.")


def test_a_shell_completes_commands_and_options(monkeypatch: pytest.MonkeyPatch) -> None:
    def completed(words: str) -> list[str]:
        environment = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" ")), "_STRATAGEM_COMPLETE": "bash_complete"}
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return [line.partition(",")[2] for line in run().out.splitlines()]

    assert completed("stratagem d") == ["decide", "diagnose", "docs"]
    assert {"--out", "--out-dir", "--out-format", "--output"} == set(completed("stratagem plan --out"))


def test_an_unknown_command_and_an_unknown_option_are_wrong_use() -> None:
    done = run("plna")
    assert (done.code, done.out) == (2, "") and "did you mean 'plan'?" in done.err
    done = run("check", "--colour")
    assert done.code == 2 and "--colour" in done.err and "'stratagem check --help'" in done.err
    done = run("check", "--out")
    assert done.code == 2 and "'stratagem check --help'" in done.err


def planted(monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> None:
    """Let `stratagem init` fail in a way of our choosing."""

    def fail(*args: object, **more: object) -> None:
        raise fault

    monkeypatch.setattr(command("init"), "callback", fail)


def test_an_internal_fault_says_where_but_never_what_it_held(monkeypatch: pytest.MonkeyPatch) -> None:
    planted(monkeypatch, KeyError("ada@example.com"))
    done = run("init")
    assert done.code == 3
    assert "KeyError" in done.err and "test_app.py:" in done.err and "report it" in done.err
    assert "ada@example.com" not in done.err and "Traceback" not in done.err


def test_debug_shows_the_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    planted(monkeypatch, KeyError("x"))
    done = run("init", "--debug")
    assert done.code == 3 and "Traceback" in done.err


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), BrokenPipeError()], ids=["Ctrl-C", "broken pipe"])
def test_being_stopped_is_no_fault(fault: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    planted(monkeypatch, fault)
    monkeypatch.setattr(app_module, "_leave_the_pipe", lambda: None)
    done = run("init")
    assert done.code == 1 and "Traceback" not in done.err and "internal" not in done.err


def settings(folder: Path, text: str) -> dict[str, dict[str, object]]:
    (folder / "pyproject.toml").write_text(text)
    return read_settings(folder)


def test_settings_become_the_defaults_of_the_commands_that_have_the_option(tmp_path: Path) -> None:
    text = '[tool.stratagem]\npath = "s"\nas_of = 2026-11-02\nlimit = 5\n[tool.stratagem.require]\nfive_steps = 80\n'
    (tmp_path / "below").mkdir()
    (tmp_path / "pyproject.toml").write_text(text)
    found = read_settings(tmp_path / "below")
    assert found["plan"] == {"path": str(tmp_path / "s"), "as_of": "2026-11-02", "limit": 5}
    assert found["check"]["require"] == ["five_steps=80"]
    assert "as_of" not in found["graph"]


def test_every_setting_is_an_option_of_every_command_it_claims() -> None:
    for setting, (_, _, commands) in SETTINGS.items():
        for name in COMMANDS:
            has = setting in {parameter.name for parameter in command(name).params}
            assert has == (name in commands), f"{setting} and {name}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[tool.stratagem]\nas_off = "2026-01-01"', "did you mean 'as_of'?"),
        ("[tool.stratagem]\ndata = 3", "must be text, a folder"),
        ("[tool.stratagem]\nlimit = true", "must be a whole number"),
        ("[tool]\nstratagem = 3", "must be a table"),
        ("[tool.stratagem\n", "cannot be read"),
    ],
)
def test_wrong_settings_are_refused(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        settings(tmp_path, text)
    assert said in f"{refused.value.message} {refused.value.help}"
    assert "pyproject.toml" in refused.value.message


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("limit = -1", "plan shop", "'limit' under [tool.stratagem]: -1 is not"),
        ('as_of = "soon"', "plan shop", "'as_of' under [tool.stratagem] must be a date"),
        ("[tool.stratagem.require]\nfive_steps = 400", "check shop", "'require' under [tool.stratagem]: "),
    ],
)
def test_a_wrong_value_in_the_settings_names_their_file(
    text: str, line: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("plan", "x", "--limit", "-1").err.startswith("stratagem: Invalid value for '--limit'")
    (tmp_path / "pyproject.toml").write_text(f"[tool.stratagem]\n{text}\n")
    done = run(*line.split())
    assert done.code == 2 and "pyproject.toml: the setting" in done.err and said in done.err


def test_no_settings_are_no_trouble(tmp_path: Path) -> None:
    assert settings(tmp_path, "[tool.other]\nx = 1\n") == {}
