"""The hooks for pre-commit, run by pre-commit itself in a repository of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from stratagem.engine.cli import library
from tests.tools.house import ROOT

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
HERE = Path(sys.executable).parent


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(HERE), os.environ["PATH"]])
    author = {f"GIT_{who}_{what}": "nobody" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    cache = str(folder.parent / "cache")
    environment = {**os.environ, "PATH": path, "PRE_COMMIT_HOME": cache, "NO_COLOR": "1", **author}
    for name in [name for name in environment if name.startswith(("GIT_DIR", "GIT_INDEX", "GIT_WORK"))]:
        del environment[name]
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)


def pre_commit(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(folder, sys.executable, "-m", "pre_commit", *words)


def command(*words: str, cwd: Path) -> None:
    run(cwd, sys.executable, "-m", "stratagem", *words).check_returncode()


def hooks() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(MANIFEST.read_text("utf-8"))
    return found


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a strategy in one file, and one in a folder of three; its hooks run what is installed here."""
    folder = tmp_path / "work"
    for path, content in library.copy_of("starter", library.STARTER_IS_OF).items():
        file = folder / "shop" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    club = folder / "club"
    club.mkdir()
    (club / "club.strategy").write_text('language 1\nstrategy club "A club"\n  currency EUR\n')
    (club / "one.strategy").write_text("assume a = b\n")
    (club / "two.strategy").write_text("assume b = 1\n")
    here = [{**hook, "language": "system"} for hook in hooks()]
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": here}]}))
    command("fmt", "shop", "club", cwd=folder)
    run(folder, "git", "init", "-q")
    run(folder, "git", "add", ".")
    return folder


def test_the_manifest_is_one(tmp_path: Path) -> None:
    assert pre_commit(ROOT, "validate-manifest", str(MANIFEST)).returncode == 0
    assert [hook["id"] for hook in hooks()] == ["stratagem-check", "stratagem-fmt", "stratagem-test"]
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(MANIFEST.read_text().replace("entry:", "entri:"))
    assert pre_commit(ROOT, "validate-manifest", str(wrong)).returncode != 0


@pytest.mark.slow
def test_the_hooks_run(repository: Path) -> None:
    done = pre_commit(repository, "run", "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Passed") == 3


@pytest.mark.slow
def test_a_part_stands_for_its_strategy(repository: Path) -> None:
    """Only one file of three is handed over; by itself it would name what is declared in another."""
    changed = ["--files", "club/one.strategy"]
    assert pre_commit(repository, "run", "stratagem-check", *changed).returncode == 0
    (repository / "club" / "two.strategy").write_text("assume c = 1\n")
    done = pre_commit(repository, "run", "stratagem-check", "--files", "club/two.strategy")
    assert done.returncode == 1 and "club/one.strategy:1:12" in done.stdout and done.stdout.count("S261") <= 2


@pytest.mark.slow
def test_a_mistake_a_layout_and_a_failing_test_are_seen(repository: Path) -> None:
    file = repository / "shop" / "shop.strategy"
    good = file.read_text()
    file.write_text(good.replace("first action is remember", "first action is welcome"))
    assert pre_commit(repository, "run", "stratagem-test", "--all-files").returncode == 1
    assert "assume margin = 40%" in good
    file.write_text(good.replace("assume margin = 40%", "assume   margin=40%"))
    done = pre_commit(repository, "run", "stratagem-fmt", "--all-files")
    assert done.returncode == 1 and "files were modified by this hook" in done.stdout
    assert file.read_text() == good
