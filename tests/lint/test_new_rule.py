"""`make rule`: tried in a copy of what it writes to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.house import FOLDERS, ROOT
from tests.tools.new_rule import CATALOGUE, Refused, new_rule

COPIED = ("dsl", "engine/_root", "tests/tools", "tests/check", "tests/lint")
NAME = "overdue-offer"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The folders that a rule belongs to, importable as they are in the repository."""
    for folder in COPIED:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    package = tmp_path / "links/stratagem"
    package.mkdir(parents=True)
    for file in (tmp_path / "engine/_root").iterdir():
        (package / file.name).symlink_to(file)
    for folder in FOLDERS:
        if "/" not in folder:
            (package / folder).symlink_to((tmp_path if folder == "dsl" else ROOT) / folder)
    return tmp_path


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join((str(copy / "links"), str(copy)))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, *arguments], cwd=copy, env=environment, capture_output=True, text=True)


def cases_pass(copy: Path) -> bool:
    done = run(
        copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib", "tests/lint/test_cases.py",
        "-k", "overdue_offer or L070",
    )  # fmt: skip
    assert "Error" not in done.stderr and (" passed" in done.stdout or " failed" in done.stdout), done.stdout
    return done.returncode == 0


def files(root: Path) -> dict[Path, str]:
    return {p: p.read_text("utf-8") for p in sorted(root.rglob("*")) if p.suffix in (".py", ".md") and p.is_file()}


def test_a_new_rule_runs_at_once_and_its_cases_fail_until_they_are_filled_in(copy: Path) -> None:
    done = run(copy, "tests/tools/new_rule.py", NAME)
    assert (done.returncode, done.stderr) == (0, "")
    rule, cases, page = (
        copy / "dsl/lint/rules/overdue_offer.py",
        copy / "tests/lint/cases/overdue_offer.md",
        copy / "dsl/diagnostics/pages/L070.md",
    )
    for file in (rule, cases, page):
        assert file.is_file() and "FILL IN" in file.read_text("utf-8")
        assert str(file.relative_to(copy)) in done.stdout

    checks = "from stratagem.dsl.pipeline import load_strategy as l; import sys; c = l(sys.argv[1]); "
    said = "print(c.diagnostics, 'stratagem.dsl.lint.rules.overdue_offer' in sys.modules)"
    assert run(copy, "-c", checks + said, "tests/lint/cases/sound.strategy").stdout == "() True\n"
    assert not cases_pass(copy)

    filled = rule.read_text("utf-8").replace("return False", "return action.owner is None")
    rule.write_text(filled, "utf-8")
    cases.write_text(
        "# L070 overdue-offer\n\n## Nobody owns it\n```diff\n-   owner service\n-   for top_tier, gold\n"
        '+   for top_tier, gold\n```\nfinds L070 at `call` in `action call "Call"`\n\n'
        "## Near: somebody else owns it\n```diff\n-   owner service\n-   for top_tier, gold\n+   owner sales\n"
        "+   for top_tier, gold\n```\nfinds nothing\n",
        "utf-8",
    )
    assert cases_pass(copy)


def test_a_second_rule_gets_the_next_code_and_stands_in_its_order(copy: Path) -> None:
    assert [new_rule(name, copy)[0] for name in (NAME, "late-milepost")] == ["L070", "L071"]
    text = (copy / CATALOGUE).read_text("utf-8")
    assert text.index('"L061"') < text.index('"L070": "overdue_offer"') < text.index('"L071"') < text.index('"L095"')


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("condition-always-true", "already"),
        ("condition_always_true", "already"),
        ("Overdue-Offer", "no name"),
        ("../evil", "no name"),
        ("", "no name"),
    ],
)
def test_what_exists_or_is_no_name_is_refused_and_nothing_is_written(copy: Path, name: str, reason: str) -> None:
    before = files(copy)
    with pytest.raises(Refused, match=reason):
        new_rule(name, copy)
    assert files(copy) == before


def test_a_page_that_is_there_is_never_written_over(copy: Path) -> None:
    (copy / "dsl/diagnostics/pages/L070.md").write_text("kept", "utf-8")
    before = files(copy)
    with pytest.raises(Refused, match=r"L070\.md"):
        new_rule(NAME, copy)
    assert files(copy) == before


def test_nothing_is_left_half_written(copy: Path) -> None:
    shutil.rmtree(copy / "tests/lint/cases")
    before = files(copy)
    with pytest.raises(OSError):
        new_rule(NAME, copy)
    assert files(copy) == before
