"""What the repository consists of: its folders, its Python modules, and the files that belong to it.

In: nothing but the place of this file. Out: paths and dotted names, for the tests that hold the house rules
and for the tools that keep the packaging in step.
"""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Folder in the repository -> the package it is installed as. The first is the package's face.
FOLDERS = {
    "engine/_root": "stratagem",
    "dsl": "stratagem.dsl",
    "engine": "stratagem.engine",
    "plugins": "stratagem.plugins",
    "strategies": "stratagem.strategies",
}


@dataclass(frozen=True)
class Module:
    """One Python file of the product: where it is, what it is called, and what its text says."""

    path: str
    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)


def dotted(path: Path) -> str:
    """The name under which the file `path` (relative to the repository) is imported."""
    parts = path.with_suffix("").parts
    for folder, package in FOLDERS.items():
        home = Path(folder).parts
        if parts[: len(home)] == home:
            rest = [part for part in parts[len(home) :] if part != "__init__"]
            return ".".join([package, *rest])
    raise ValueError(f"{path} is in none of {', '.join(FOLDERS)}")


@cache
def product_modules() -> tuple[Module, ...]:
    """Every Python file that belongs to a package, in path order; read once."""
    packages = {Path(folder_of(package)) for package in package_names()}
    found = []
    for top in sorted({folder.split("/")[0] for folder in FOLDERS}):
        for path in sorted((ROOT / top).rglob("*.py")):
            relative = path.relative_to(ROOT)
            if relative.parent in packages:
                found.append(Module(relative.as_posix(), dotted(relative), path.read_text("utf-8")))
    return tuple(found)


def package_names() -> list[str]:
    """The package of every folder that holds an `__init__.py`, sorted, `stratagem` first."""
    found = {"stratagem"}
    for top in sorted({folder.split("/")[0] for folder in FOLDERS}):
        for init in (ROOT / top).rglob("__init__.py"):
            found.add(dotted(init.relative_to(ROOT)))
    return sorted(found)


def folder_of(package: str) -> str:
    """The folder, relative to the repository, that is installed as `package`."""
    if package == "stratagem":
        return "engine/_root"
    return package.removeprefix("stratagem.").replace(".", "/")


def own_files() -> Iterator[Path]:
    """Files that are, or would be, under version control: all but those that .gitignore names."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in sorted(filter(None, listed.split("\0"))):
        if (ROOT / name).is_file():
            yield Path(name)
