"""The grammar's tables: made by lark when the grammar changes (`make reference`), and kept beside it as plain data.

A run that finds tables of its own grammar there does not import lark at all; where they are of another grammar, lark
makes them anew in memory. A test holds the file to what lark makes. Nothing in it is ever executed.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from stratagem.dsl.digest import sha256
from stratagem.dsl.grammar.line_grammar import GRAMMAR, STARTS
from stratagem.dsl.record import record

FILE = Path(__file__).with_name("tables.json")
_LAYOUT = 2
"""Raise it when the plain data changes its layout."""


@record(slots=False)
class Tables:
    """LALR(1) tables and the pattern that cuts a line into tokens.

    `steps[state][symbol]` is a state to go to (shift a token, or go on after a rule), or, negative, -1 - the rule to
    reduce. `rules` are (left side, length, alias or ""). `kinds` are the patterns of the kinds of token, in the
    order in which they are tried; `keywords` are texts of NAME tokens with a kind of their own.
    """

    steps: list[dict[str, int]]
    rules: list[tuple[str, int, str]]
    starts: dict[str, int]
    ends: dict[str, int]
    kinds: dict[str, str]
    keywords: dict[str, str]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables, from the file if they are of this grammar, else from lark."""
    return Tables(**(_kept() or _build()))


def key() -> str:
    """What tables are made of: the same as long as the grammar is the same."""
    return sha256("\n".join([GRAMMAR, *STARTS, str(_LAYOUT)]).encode()).hexdigest()[:24]


def _kept() -> dict[str, Any] | None:
    try:
        found = json.loads(FILE.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or found.pop("key", None) != key():
        return None
    found["rules"] = [tuple(rule) for rule in found["rules"]]
    return found


def written() -> str:
    """The file as it should be: one line for each state and rule, so that a change shows where it is."""
    made = {"key": key(), **_build()}
    parts = []
    for name, value in made.items():
        rows = isinstance(value, list)
        inner = ",\n".join(json.dumps(row, ensure_ascii=False) for row in value) if rows else ""
        parts.append(f'"{name}": ' + (f"[\n{inner}\n]" if rows else json.dumps(value, ensure_ascii=False)))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _build() -> dict[str, Any]:
    from lark import Lark
    from lark.grammar import Rule
    from lark.lexer import TerminalDef

    made = Lark(GRAMMAR, start=list(STARTS), parser="lalr", lexer="basic")
    data, memo = made.memo_serialize([TerminalDef, Rule])
    table = data["parser"]["parser"]
    kinds, keywords = _words(made.terminals)
    entries = {at: entry for at, entry in memo.items() if "expansion" in entry}
    of = {at: (e["origin"]["name"], len(e["expansion"]), e["alias"] or "") for at, e in entries.items()}
    rules = sorted(set(of.values()))
    symbols = table["tokens"]

    def step(act: int, to: Any) -> int:
        return -1 - rules.index(of[to["@"]]) if act else to

    steps = {
        state: {symbols[s]: step(act, to) for s, (act, to) in row.items()} for state, row in table["states"].items()
    }
    order = _order(steps, table["start_states"])
    return {
        "steps": [{s: to if to < 0 else order[to] for s, to in sorted(steps[state].items())} for state in order],
        "rules": rules,
        "starts": {name: order[state] for name, state in sorted(table["start_states"].items())},
        "ends": {name: order[state] for name, state in sorted(table["end_states"].items())},
        "kinds": kinds, "keywords": dict(sorted(keywords.items())),
    }  # fmt: skip


def _order(steps: dict[int, dict[str, int]], starts: dict[str, int]) -> dict[int, int]:
    """States by the way that leads to them: lark numbers them another way in every run."""
    waiting = [starts[name] for name in sorted(starts)]
    found: dict[int, int] = {}
    for state in waiting:
        if state not in found:
            found[state] = len(found)
            waiting += [to for _, to in sorted(steps[state].items()) if to >= 0]
    return found


def _words(terminals: Any) -> tuple[dict[str, str], dict[str, str]]:
    """The pattern of each kind of token, in lark's own order, and the words that lark would tell apart from NAME."""
    name = re.compile(next(t for t in terminals if t.name == "NAME").pattern.to_regexp())
    keywords: dict[str, str] = {}
    kinds: dict[str, str] = {}
    ordered = sorted(terminals, key=lambda t: (-t.priority, -t.pattern.max_width, -len(t.pattern.value), t.name))
    for terminal in ordered:
        if terminal.pattern.type == "str" and name.fullmatch(terminal.pattern.value):
            keywords[terminal.pattern.value] = terminal.name
        elif terminal.name != "__IGNORE_0":
            kinds[terminal.name] = terminal.pattern.to_regexp()
    return kinds, keywords


if __name__ == "__main__":
    FILE.write_text(written(), "utf-8")
