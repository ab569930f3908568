"""Every long run keeps the form that `make long-NAME` calls it by."""

import importlib
import inspect
from pathlib import Path

import pytest

main = importlib.import_module("tests.long.__main__")


def test_every_long_run_takes_a_seed_and_minutes_and_says_what_it_does() -> None:
    for name, said in main.runs().items():
        module = importlib.import_module(f"tests.long.{name.replace('-', '_')}")
        assert list(inspect.signature(module.main).parameters) == ["seed", "minutes"], name
        assert said, name


def test_a_run_is_started_with_what_was_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "two_steps.py").write_text('"""Looks twice."""\ndef main(seed, minutes): return seed * minutes\n')
    monkeypatch.setattr(main, "FOLDER", tmp_path)
    monkeypatch.setattr(importlib.import_module("tests.long"), "__path__", [str(tmp_path)])
    assert main.main(["two-steps", "--seed", "3", "--minutes", "2"]) == 6
    assert "found something (exit 6)" in capsys.readouterr().out


def test_an_unknown_run_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["no-such-run"]) == 2
    assert "There is no long run 'no-such-run'." in capsys.readouterr().out
