"""What the rest of a file tells about a faulty line: its currency, and the names and labels that it declares.

Found by the look of the lines alone, as they may be faulty themselves; used to choose between ways to mend a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from stratagem.dsl.catalogue import STATEMENTS
from stratagem.dsl.catalogue.pattern import compile_pattern, slots
from stratagem.dsl.functions import FUNCTIONS

_CURRENCY = re.compile(r"^\s+currency\s+([A-Z]{3})\b", re.MULTILINE)
_WORD = re.compile(r"[a-z][a-z0-9_]*")
_TIER = re.compile(r'^\s+([a-z][a-z0-9_]*)(?:\s+"([^"]*)")?\s+(?:from|top|next|below|otherwise)\b', re.MULTILINE)
_FUNCTIONS = re.compile(r"^\s+functions\s+(.+)$", re.MULTILINE)
_BUILT_IN = {"source": ("contacts", "decisions", "outcomes", "stage_moves")}


class Hints:
    """Reads a file's lines when it is first asked."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.text = "\n".join(lines)

    @cached_property
    def currency(self) -> str:
        """The strategy's currency; EUR when this file does not say it."""
        found = _CURRENCY.search(self.text)
        return found[1] if found else "EUR"

    @cached_property
    def declared(self) -> dict[str, dict[str, str]]:
        """Names with their labels ("" without one), by kind of name."""
        found: dict[str, dict[str, str]] = {kind: dict.fromkeys(names, "") for kind, names in _BUILT_IN.items()}
        for kind, pattern in _declaring():
            for match in pattern.finditer(self.text):
                found.setdefault(kind, {})[match[1]] = match[2] or ""
        for match in _TIER.finditer(self.text):
            found.setdefault("tier", {})[match[1]] = match[2] or ""
        for match in _FUNCTIONS.finditer(self.text):
            found.setdefault("function", {}).update((word.strip(), "") for word in match[1].split(","))
        return found

    @cached_property
    def words(self) -> dict[str, int]:
        """How often each word stands in the file outside quotes."""
        found: dict[str, int] = dict.fromkeys(FUNCTIONS, 2)
        for word in _WORD.findall(re.sub(r'"[^"\n]*"', '""', self.text)):
            found[word] = found.get(word, 0) + 1
        return found

    @cached_property
    def paths(self) -> dict[str, tuple[str, ...]]:
        """The sources that declare a field of each name."""
        found: dict[str, tuple[str, ...]] = {}
        source = ""
        for match in re.finditer(r"^(?:source\s+([a-z]\w*)|\s+field\s+([a-z]\w*))", self.text, re.MULTILINE):
            if match[1]:
                source = match[1]
            elif source not in found.get(match[2], ()):
                found[match[2]] = (*found.get(match[2], ()), source)
        return found

    def named(self, kinds: Sequence[str]) -> dict[str, str]:
        """The names of some kinds, with their labels."""
        return {name: label for kind in kinds for name, label in self.declared.get(kind, {}).items()}


def _declaring() -> list[tuple[str, re.Pattern[str]]]:
    """A pattern a kind of name, for the lines that declare one after the phrase's first words."""
    found: dict[str, set[str]] = {}
    for statement in STATEMENTS:
        for slot in slots(compile_pattern(statement.pattern)):
            head = statement.pattern.split("{name:name(")[0] if slot.name == "name" and slot.kind == "name" else ""
            words = re.sub(r"\{[^}]*\}", "[a-z_]+", re.sub(r"[()\[\]]", "", head)).strip()
            if words and "name(" in statement.pattern:
                for option in words.split(" | "):
                    found.setdefault(slot.arguments[0], set()).add(option.strip())
    return [
        (kind, re.compile(rf'^\s*(?:{"|".join(sorted(heads))})\s+([a-z][a-z0-9_]*)(?:\s+"([^"]*)")?', re.MULTILINE))
        for kind, heads in found.items()
    ]
