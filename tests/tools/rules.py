"""The house rules that can be read off a module's syntax: whom it imports, and how long it is.

In: a module (see `house.Module`). Out: one sentence for each breach, with the file and the line; none is good.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.tools.house import Module

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60

#: Which part of the product may import which; a part always may import itself.
MAY_IMPORT = {
    "stratagem": {"engine"},
    "dsl": set[str](),
    "engine": {"dsl"},
    "plugins": {"engine", "dsl"},
    "strategies": set[str](),
}
#: Leaves: nothing imports them but they themselves, each other and `python -m stratagem`.
SURFACES = ("stratagem.engine.cli", "stratagem.engine.http", "stratagem.engine.editor")
#: What the product's own code may take from the package's face; the rest of the face is for users.
FACE_FOR_OURSELVES = "stratagem.__version__"


@dataclass(frozen=True)
class Import:
    """One name that a module brings in. `always`: on import of the module, not within a function or for types only."""

    name: str
    line: int
    always: bool


@cache
def imports(tree: ast.Module) -> tuple[Import, ...]:
    """Everything that `tree` imports, wherever it stands; `from a import b` counts as `a.b`."""
    return tuple(_imports(tree))


def _imports(tree: ast.Module) -> Iterator[Import]:
    later = {id(inner) for node in ast.walk(tree) if _is_put_off(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        always = id(node) not in later
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, always)
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            for alias in node.names:
                yield Import(f"{start}.{alias.name}", node.lineno, always)


def _is_put_off(node: ast.AST) -> bool:
    """Whether what stands in `node` does not run when the module is imported."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return True
    if not isinstance(node, ast.If):
        return False
    return any("TYPE_CHECKING" in (getattr(part, "id", ""), getattr(part, "attr", "")) for part in ast.walk(node.test))


def wrong_imports(module: Module) -> list[str]:
    """Imports of `module` that go against the one direction, name a surface, or are not absolute."""
    return [f"{module.path}:{line} {why}" for line, why in _wrong(module)]


def _wrong(module: Module) -> Iterator[tuple[int, str]]:
    part = _part(module.name)
    for each in [*imports(module.tree), *_spelled_out(module.tree)]:
        top = each.name.split(".")[0]
        if each.name.startswith("."):
            yield each.line, "imports relatively"
        elif (top in MAY_IMPORT and top != "stratagem") or top in ("tests", "_root"):
            yield each.line, f"imports {each.name}, a folder of the repository, not a package"
        elif top == "stratagem":
            yield from ((each.line, why) for why in _wrong_within(module.name, part, each.name))


def _wrong_within(importer: str, part: str, name: str) -> Iterator[str]:
    target = _part(name)
    if target == "stratagem":
        if part != "stratagem" and name != FACE_FOR_OURSELVES:
            yield f"imports {name}: the face is for users"
    elif target != part and target not in MAY_IMPORT[part]:
        yield f"imports {name}: {part} may not import {target}"
    surface = next((s for s in SURFACES if (name + ".").startswith(s + ".")), None)
    if surface and importer != "stratagem.__main__" and not importer.startswith(SURFACES):
        yield f"imports {name}: nothing imports a surface"


def _spelled_out(tree: ast.Module) -> Iterator[Import]:
    """Module names in text, such as `import_module("stratagem.plugins.readers")`: an import all the same."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            parts = node.value.partition(":")[0].split(".")
            named = len(parts) > 1 and parts[0] == "stratagem" and parts[1] in MAY_IMPORT
            # The resources of the strategies are opened by the package's name, which imports no code.
            if named and parts[1] != "strategies" and all(part.isidentifier() for part in parts):
                yield Import(".".join(parts), node.lineno, False)


def _part(name: str) -> str:
    """Which part of the product a dotted name belongs to: engine, dsl, plugins, strategies, or the face."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in MAY_IMPORT else "stratagem"


def too_long(module: Module) -> list[str]:
    """The module and the functions in it that are longer than the house allows."""
    found = []
    lines = module.text.count("\n")
    if lines > LONGEST_MODULE:
        found.append(f"{module.path} has {lines} lines, more than {LONGEST_MODULE}")
    for node in ast.walk(module.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                where = f"{module.path}:{node.lineno} {node.name}"
                found.append(f"{where} has {length} lines, more than {LONGEST_FUNCTION}")
    return found
