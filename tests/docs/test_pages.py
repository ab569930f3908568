"""Every code has a page, and every page shows what happens: its wrong example is found wrong, its right one is not."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stratagem.dsl.diagnostics.pages import Page, codes, page
from stratagem.dsl.diagnostics.pages.example import MAIN, assembled, bakery, unescaped
from stratagem.dsl.diagnostics.pages.page import read_page
from stratagem.dsl.diagnostics.text import texts
from stratagem.dsl.lines import read
from stratagem.dsl.pipeline import check_text
from stratagem.engine.cli.page_trial import Tried, tried
from tests.cli.run import run

DESCRIBED = {"S105"}
"""Codes about what no file can show: whose machine it is. Their examples are told, and held on such a machine."""
UNUSED = {"L040", "L041", "L042", "L043", "L044", "L045", "L046", "L047", "L048", "L051"}
"""Rules about what is declared and not used: the rest of a fragment's strategy would use it."""
SENTENCES = 6


def faults(shown: Page) -> list[str]:
    """What a page says that is not so."""
    code = shown.code
    wrong = [found for found in tries(shown, "wrong") if not found.shows(code)]
    found = [f"a wrong example does not give {code}: {sorted(each.codes)}" for each in wrong]
    for right in tries(shown, "right"):
        if code in right.codes:
            found.append(f"a right example gives {code}")
        found += [f"a right example gives {other}" for other in sorted(right.codes) if graver(other)]
        if "Traceback" in right.printed or "internal fault" in right.printed:
            found.append("a right example fails")
    return found


def tries(shown: Page, side: str) -> list[Tried]:
    return [tried(example) for example in getattr(shown, side) if not example.setting]


def graver(code: str) -> bool:
    """Would one mend it? A fragment that declares something may leave it unused; notes are no more than that."""
    return code in texts() and code not in UNUSED and texts()[code].severity != "note"


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert set(codes()) == set(texts())


def test_the_bakery_is_sound() -> None:
    found = check_text(bakery())
    assert found.diagnostics == () and found.strategy is not None


def test_only_what_no_file_can_show_is_told_and_not_run() -> None:
    assert {code for code in codes() if any(e.setting for e in (*page(code).wrong, *page(code).right))} == DESCRIBED


def test_what_is_told_of_a_locked_file_is_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    (tmp_path / MAIN).write_text(bakery(), "utf-8")
    monkeypatch.chdir(tmp_path)
    right = page("S105").right[0].setting.splitlines()[-1]
    assert run("check", MAIN).out.strip() == right
    monkeypatch.setattr(read, "open", locked, raising=False)
    wrong = page("S105").wrong[0].setting.partition("$ stratagem check bakery.strategy\n")[2]
    assert wrong.startswith("error S105:") and run("check", MAIN).out.startswith(wrong)


def by_code() -> list[Any]:
    """Every code; those are slow whose examples are programs of their own, or plug-ins."""
    return [pytest.param(code, marks=[pytest.mark.slow] if starts_a_process(page(code)) else []) for code in codes()]


def starts_a_process(shown: Page) -> bool:
    return any(f.name.endswith((".py", ".toml")) for e in (*shown.wrong, *shown.right) for f in e.files)


@pytest.mark.parametrize("code", by_code())
def test_a_page_shows_what_happens(code: str) -> None:
    assert faults(page(code)) == []


@pytest.mark.parametrize("code", codes())
def test_a_page_says_something(code: str) -> None:
    shown, text = page(code), texts()[code]
    assert 4 <= len(shown.title) <= 80 and not {"{", "}"} & set(shown.title) and shown.title[-1] != "."
    sentences = [s for s in shown.prose.replace("?", ".").split(". ") if s.strip()]
    assert 1 <= len(sentences) <= SENTENCES and shown.prose[-1] in ".?!", shown.prose
    assert len(shown.prose) > 60 and shown.prose not in (text.title, text.reason, text.help)


def test_right_examples_are_laid_out_as_fmt_lays_them_out() -> None:
    from stratagem.dsl.format import format_source
    from stratagem.dsl.source import SourceText

    examples = [(code, e.shown) for code in codes() for e in page(code).right if e.shown and not e.escaped]
    assert [code for code, shown in examples if format_source(SourceText(code, shown)) != shown] == []


def test_no_page_says_what_another_says() -> None:
    for said in (lambda p: p.title.lower(), lambda p: p.prose):
        told = [said(page(code)) for code in codes()]
        assert sorted({t for t in told if told.count(t) > 1}) == []


# ---- that these tests see something ----


@pytest.mark.parametrize("code", ["S130", "S101", "S301", "D109"])
def test_exchanged_examples_are_seen(code: str) -> None:
    shown = page(code)
    found = faults(replace(shown, wrong=shown.right, right=shown.wrong))
    assert any("does not give" in f for f in found) and f"a right example gives {code}" in found


def test_an_example_of_something_else_is_seen() -> None:
    assert faults(replace(page("S301"), wrong=page("S303").wrong)) == ["a wrong example does not give S301: ['S303']"]


def test_a_finding_elsewhere_does_not_count() -> None:
    """The code must stand on a line that the page gives, not somewhere in the bakery."""
    wrong = page("S263").wrong[0]
    assert not tried(replace(wrong, own=frozenset())).shows("S263") and tried(wrong).shows("S263")


@pytest.mark.parametrize(
    "text",
    [
        "# S204: Another code\n\nProse.\n\n## Wrong\n\n```strategy\na\n```\n\n## Right\n\n```strategy\na\n```\n",
        "# S101: No examples\n\nProse.\n\n## Wrong\n\n## Right\n\n",
        "# S101: An odd block\n\nProse.\n\n## Wrong\n\n```verse\na\n```\n\n## Right\n\n```strategy\na\n```\n",
        "# S101: Words at the end\n\nP.\n\n## Wrong\n\n```strategy\na\n```\n\n## Right\n\n```strategy\na\n```\nMore.\n",
    ],
)
def test_a_page_out_of_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"S101\.md"):
        read_page("S101", text)


# ---- how an example becomes a strategy ----


def test_a_block_takes_the_place_of_the_bakery_s_own() -> None:
    text, own = assembled('assume margin_rate = 55%\nmeasure cakes "Cakes" = 1\n')
    lines = text.splitlines()
    assert lines.index("assume margin_rate = 55%") == bakery().splitlines().index("assume margin_rate = 60%")
    assert lines[-1] == 'measure cakes "Cakes" = 1' and "assume margin_rate = 60%" not in lines
    assert {lines[n - 1] for n in own} == {"assume margin_rate = 55%", 'measure cakes "Cakes" = 1'}


def test_bytes_that_no_page_can_hold_are_spelled_out() -> None:
    assert unescaped(r"K\xF6ln\t\{3 ab}é") == b"K\xf6ln\tababab\xc3\xa9"
    assert unescaped("no line end\\\n") == b"no line end"
