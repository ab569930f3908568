"""The grammar's tables: made once by lark, then kept as plain data in the user's cache folder.

A run that finds them there does not import lark at all. The file's name holds a hash of the grammar, lark's version
and Python's; its first bytes are a hash of the rest, so a damaged file is made anew. Nothing in it is ever executed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import os
import re
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from stratagem.dsl.grammar.line_grammar import GRAMMAR, STARTS
from stratagem.dsl.record import record

_LAYOUT = 1
"""Raise it when the plain data changes its layout."""


@record(slots=False)
class Tables:
    """LALR(1) tables and the pattern that cuts a line into tokens.

    `steps[state][symbol]` is a state to go to (shift a token, or go on after a rule), or, negative, -1 - the rule to
    reduce. `rules` are (left side, length, alias or ""). `pattern` has one named group a token kind; `keywords` are
    texts of NAME tokens with a kind of their own.
    """

    steps: list[dict[str, int]]
    rules: list[tuple[str, int, str]]
    starts: dict[str, int]
    ends: dict[str, int]
    pattern: str
    keywords: dict[str, str]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables, from the cache folder if they are there, else from lark."""
    path = _cache_file()
    found = _load(path)
    if found is None:
        found = _build()
        _store(path, found)
    return Tables(**found)


def cache_folder() -> Path:
    """Where this user's caches stand: XDG_CACHE_HOME, or the platform's usual place."""
    if os.environ.get("XDG_CACHE_HOME"):
        base = Path(os.environ["XDG_CACHE_HOME"])
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path.home() / ".cache"
    return base / "stratagem"


def _cache_file() -> Path | None:
    text = "\n".join([GRAMMAR, *STARTS, _lark_version(), sys.version, str(_LAYOUT)])
    key = hashlib.sha256(text.encode()).hexdigest()[:24]
    try:
        return cache_folder() / f"line-grammar-{key}.bin"
    except RuntimeError:  # no home folder
        return None


def _lark_version() -> str:
    """Lark's version, read without importing it."""
    spec = importlib.util.find_spec("lark")
    if spec is None or spec.origin is None:
        return "unknown"
    found = re.search(r'__version__[^"\n]*"([^"]+)"', Path(spec.origin).read_text("utf-8"))
    return found.group(1) if found else "unknown"


def _load(path: Path | None) -> dict[str, Any] | None:
    try:
        data = path.read_bytes() if path else b""
    except OSError:
        return None
    digest, payload = data[:32], data[32:]
    if not payload or hashlib.sha256(payload).digest() != digest:
        return None
    found: dict[str, Any] = marshal.loads(payload)  # plain data only; its hash was just checked
    return found


def _store(path: Path | None, data: dict[str, Any]) -> None:
    """Write whole or not at all; a folder that cannot be written to costs time, nothing else."""
    if path is None:
        return
    import tempfile  # only when there is something to write: start-up time

    payload = marshal.dumps(data)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent)
    except OSError:
        return
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(payload).digest() + payload)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)


def _build() -> dict[str, Any]:
    from lark import Lark
    from lark.grammar import Rule
    from lark.lexer import TerminalDef

    made = Lark(GRAMMAR, start=list(STARTS), parser="lalr", lexer="basic")
    data, memo = made.memo_serialize([TerminalDef, Rule])
    table = data["parser"]["parser"]
    pattern, keywords = _words(made.terminals)
    rules: list[tuple[str, int, str]] = []
    numbers: dict[int, int] = {}
    for key, entry in memo.items():
        if "expansion" in entry:
            numbers[key] = len(rules)
            rules.append((entry["origin"]["name"], len(entry["expansion"]), entry["alias"] or ""))
    symbols = table["tokens"]
    steps = []
    for state in range(len(table["states"])):
        row = table["states"][state].items()
        steps.append({symbols[s]: (-1 - numbers[to["@"]] if act else to) for s, (act, to) in row})
    return {
        "steps": steps, "rules": rules, "starts": dict(table["start_states"]), "ends": dict(table["end_states"]),
        "pattern": pattern, "keywords": keywords,
    }  # fmt: skip


def _words(terminals: Any) -> tuple[str, dict[str, str]]:
    """The master pattern, in lark's own order, and the words that lark would tell apart from NAME."""
    name = re.compile(next(t for t in terminals if t.name == "NAME").pattern.to_regexp())
    keywords: dict[str, str] = {}
    patterns = []
    ordered = sorted(terminals, key=lambda t: (-t.priority, -t.pattern.max_width, -len(t.pattern.value), t.name))
    for terminal in ordered:
        if terminal.pattern.type == "str" and name.fullmatch(terminal.pattern.value):
            keywords[terminal.pattern.value] = terminal.name
        elif terminal.name != "__IGNORE_0":
            patterns.append(f"(?P<{terminal.name}>{terminal.pattern.to_regexp()})")
    return "|".join(patterns), keywords
