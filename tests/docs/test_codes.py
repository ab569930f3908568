"""Every code that has words is said by some line of the product, and every code that is said has words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

import pytest

from stratagem.dsl.diagnostics.text import texts
from tests.tools.house import Module, product_modules

_CODE = re.compile(r"[SDPL]\d{3}")
ABOUT = ("stratagem.dsl.diagnostics.texts.", "stratagem.dsl.diagnostics.pages.")
"""Modules that hold words about codes, and say none."""
LISTS = frozenset({"frozenset", "set", "startswith", "endswith", "get"})
"""Calls whose arguments are compared with a code that somebody else has said."""


def said(module: Module) -> set[str]:
    """The codes that a module puts into findings: those it names otherwise than to compare them."""
    return set() if module.name.startswith(ABOUT) else set(_said(module.tree))


def _said(node: ast.AST) -> Iterator[str]:
    if isinstance(node, (ast.Compare, ast.MatchValue, ast.Subscript)) or _lists(node):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _said(child)


def _lists(node: ast.AST) -> bool:
    """Does it name codes only for others to look them up."""
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", getattr(node.func, "attr", "")) in LISTS
    listed = node.value if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) else None
    return isinstance(listed, (ast.Tuple, ast.Set)) and all(isinstance(each, ast.Constant) for each in listed.elts)


def unsaid(modules: Iterable[Module]) -> set[str]:
    return set(texts()) - set().union(*map(said, modules))


def test_every_code_is_said_somewhere() -> None:
    assert unsaid(product_modules()) == set()


def test_every_code_that_is_said_has_words() -> None:
    assert {code for module in product_modules() for code in said(module)} - set(texts()) == set()


def test_a_code_that_nobody_says_any_more_is_seen() -> None:
    """D122 is said in two modules; without them it is only compared."""
    sayers = ("stratagem.engine.data.headers", "stratagem.engine.data.findings")
    without = [module for module in product_modules() if module.name not in sayers]
    assert any("D122" in module.text for module in without) and "D122" in unsaid(without)


@pytest.mark.parametrize(
    "text",
    [
        'if finding.code == "S101":\n    pass',
        'KNOWN = frozenset(("S101", "S102"))',
        'KNOWN = ("S101", "S102")',
        'finding.code.startswith("S101")',
        'match code:\n    case "S101":\n        pass',
        'texts()["S101"]',
    ],
)
def test_to_compare_a_code_is_not_to_say_it(text: str) -> None:
    assert said(Module("planted.py", "stratagem.engine.planted", text)) == set()


@pytest.mark.parametrize(
    "text",
    [
        'findings.add("S101", span)',
        'yield fault("D121" if reads else "S101", field)',
        'rows: Rows = (("S101", told.rows),)\nfor code, count in rows:\n    yield fault(code)',
        'RULE = Rule("S101", text)',
        'code, args = "S101", {}',
        'def code(self):\n    return "S101"',
    ],
)
def test_to_put_a_code_into_a_finding_is_to_say_it(text: str) -> None:
    assert "S101" in said(Module("planted.py", "stratagem.engine.planted", text))
