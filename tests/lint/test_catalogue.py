"""The list of rules, the files of the rules, and the page made from them are one and the same list."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from stratagem.dsl.diagnostics.text import text_of, texts
from stratagem.dsl.lint.catalogue import OF_COMMENTS, RULES, code_of, module, name_of
from stratagem.dsl.lint.rules_page import GROUPS, rules_page
from tests.tools.house import ROOT

FOLDER = ROOT / "dsl/lint/rules"


def test_every_file_is_listed_and_every_listed_rule_is_a_file() -> None:
    assert sorted(RULES.values()) == sorted(file.stem for file in FOLDER.glob("*.py") if file.stem != "__init__")
    assert list(RULES) == sorted(RULES)


@pytest.mark.parametrize("code", RULES)
def test_a_rule_is_one_file_with_its_code_its_words_and_what_finds_it(code: str) -> None:
    found = module(code)
    assert found.RULE.code == code and text_of(code) is found.RULE.text is texts()[code]
    assert hasattr(found, "find") is (code not in OF_COMMENTS)
    assert code_of(code) == code_of(name_of(code)) == code
    said = ast.get_docstring(ast.parse((FOLDER / f"{RULES[code]}.py").read_text("utf-8"))) or ""
    assert 20 < len(said) < 200 and "FILL IN" not in said


def test_the_page_is_current_and_has_every_rule_once() -> None:
    page = rules_page()
    assert (ROOT / "docs/rules.md").read_text("utf-8") == page, "run `make reference`"
    assert [code for code in RULES if page.count(f"| [{code}](../dsl/diagnostics/pages/{code}.md) |") != 1] == []
    assert all(any(code.startswith(start) for start, _ in GROUPS) for code in RULES)


def test_the_words_of_one_rule_load_no_other() -> None:
    """A finding is put into words without the other rules, the reasoner, or anything from the engine."""
    lines = (
        "import sys",
        "from stratagem.dsl.diagnostics.text import text_of",
        "text_of('L030')",
        "rules = [m for m in sys.modules if m.startswith('stratagem.dsl.lint.rules.')]",
        "heavy = {'networkx', 'polars', 'numpy', 'jinja2', 'stratagem.engine', 'stratagem.dsl.possible'}",
        "print(rules, sorted(heavy & set(sys.modules)))",
    )
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    assert done.stdout == "['stratagem.dsl.lint.rules.goal_without_action'] []\n"


def test_an_unknown_code_has_no_text() -> None:
    with pytest.raises(KeyError):
        text_of("L999")
    assert code_of("no-such-rule") is None
