"""pyproject.toml says what is there: the packages, what they import, what they start, and what is locked."""

import importlib
import re
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from typing import Any

import pytest

from tests.tools.house import FOLDERS, ROOT, package_names, product_modules
from tests.tools.rules import imports
from tests.tools.sync_packages import with_packages

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ["core", "test"]


def plain(name: str) -> str:
    """A distribution's name as registries compare it, without version or marker."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", name.strip())[0]).lower()


def declared(*extras: str) -> set[str]:
    optional = PROJECT["project"]["optional-dependencies"]
    return {plain(one) for one in [*PROJECT["project"]["dependencies"], *(d for e in extras for d in optional[e])]}


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")


def test_the_list_of_packages_is_the_folders() -> None:
    assert PROJECT["tool"]["setuptools"]["packages"] == package_names(), "make packages puts it right"


def test_the_list_can_be_written() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    changed = tomllib.loads(with_packages(text, ["stratagem", "stratagem.other"]))
    assert changed["tool"]["setuptools"].pop("packages") == ["stratagem", "stratagem.other"]
    before = tomllib.loads(text)
    del before["tool"]["setuptools"]["packages"]
    assert changed == before
    with pytest.raises(ValueError, match="0 packages lists"):
        with_packages("[tool.setuptools]\n", ["stratagem"])


def test_the_folders_are_mapped() -> None:
    assert PROJECT["tool"]["setuptools"]["package-dir"] == {name: folder for folder, name in FOLDERS.items()}


def test_every_module_lies_in_a_package() -> None:
    stray = [
        path.relative_to(ROOT).as_posix()
        for top in ("dsl", "engine", "plugins")
        for path in (ROOT / top).rglob("*.py")
        if not (path.parent / "__init__.py").exists()
    ]
    assert stray == [], "a folder without __init__.py is left out of the wheel"


def test_every_package_says_what_enters_and_what_leaves() -> None:
    silent = []
    for module in product_modules():
        if module.path.endswith("__init__.py"):
            said = [line for line in (importlib.import_module(module.name).__doc__ or "").splitlines() if line.strip()]
            if not 2 <= len(said) <= 8:
                silent.append(f"{module.path}: {len(said)} lines")
    assert silent == []


OF_EXTRAS = {f"stratagem.engine.editor.{name}" for name in ("answers", "convert", "protocol", "server")}
"""Modules that are nothing without an extra; others import them within functions only."""


@cache
def distributions() -> Mapping[str, list[str]]:
    """Which distributions bring a module, by its name."""
    return packages_distributions()


def undeclared(always: set[str], sometimes: set[str]) -> list[str]:
    """Imports of what is not declared: `always` may be imported anywhere, `sometimes` only within functions."""
    found = []
    for module in product_modules():
        for each in imports(module.tree):
            top = each.name.split(".")[0]
            if top in sys.stdlib_module_names or top == "stratagem" or module.name.startswith("stratagem.strategies."):
                continue
            names = {plain(one) for one in distributions().get(top, [top])}
            if not names & (always if each.always and module.name not in OF_EXTRAS else always | sometimes):
                found.append(f"{module.path}:{each.line} {each.name}")
    return found


def test_modules_of_an_extra_are_imported_when_they_are_needed() -> None:
    for module in product_modules():
        early = {each.name.rpartition(".")[0] for each in imports(module.tree) if each.always}
        assert module.name in OF_EXTRAS or not early & OF_EXTRAS, module.path


def test_what_is_imported_is_declared() -> None:
    extras = [extra for extra in PROJECT["project"]["optional-dependencies"] if extra != "test"]
    assert undeclared(declared(), declared(*extras)) == []


def test_an_undeclared_import_is_seen() -> None:
    breaches = undeclared(declared() - {"pydantic"}, set())
    assert any(breach.partition(" ")[2].startswith("pydantic.") for breach in breaches)


def test_every_entry_point_leads_somewhere() -> None:
    project = PROJECT["project"]
    for group in [project["scripts"], *project.get("entry-points", {}).values()]:
        for name, target in group.items():
            module, _, attribute = target.partition(":")
            found = importlib.import_module(module)
            assert not attribute or hasattr(found, attribute), f"{name} = {target}"


def test_an_install_without_isolation_has_what_building_needs() -> None:
    assert PROJECT["dependency-groups"]["build"] == PROJECT["build-system"]["requires"]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_and_no_address(name: str) -> None:
    requirements = re.split(r"\n(?=\S)", lock(name).strip())
    assert len(requirements) > 15
    assert [one for one in requirements if "--hash=sha256:" not in one] == []
    assert re.findall(r".*(?:://|--index|--find-links|\bfile:).*", lock(name)) == []


def test_the_locks_hold_what_is_declared() -> None:
    def locked(name: str) -> set[str]:
        return {plain(line) for line in lock(name).splitlines() if re.match(r"\w", line)}

    build = {plain(one) for one in PROJECT["build-system"]["requires"]}
    assert declared() | build <= locked("core")
    assert declared("test", "examples") | build <= locked("test")


def test_what_runs_is_tested_as_it_runs() -> None:
    """Both locks pin the same version of what they share: a test never runs against another than `make demo`."""
    pins = [set(re.findall(r"^(\S+==\S+)", lock(name), re.MULTILINE)) for name in LOCKS]
    assert pins[0] <= pins[1]
