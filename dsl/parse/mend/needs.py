"""Which words a pattern cannot do without: where a text lacks them, there is no need to look for the pattern.

In: a regular expression. Out: sets of literals; of each set one at least is in every text that the pattern matches.
What the rows of `phrases` need is kept beside them as plain data (`make reference` writes it, a test holds it current);
a row that is not found there is read when it is first looked for.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from stratagem.dsl.parse.mend.step import compiled

FILE = Path(__file__).with_name("needs.json")
FIGURE = "\\d"
"""Stands for any figure among the literals."""
MOST = 4
"""Sets of literals that are kept of a pattern."""
_CLASS = r"\[(\^?\]?(?:\\.|[^\]\\])*)\]"
_SKIPPED = r"\\x[0-9a-f]{2}|\\[A-Za-z0-9]|[.^$]"
_GROUP = r"\((\?:|\?[=!]|\?<[=!]|\?P<\w+>|\?[a-z]+:)?"
_FLAGS = r"\(\?[a-z]+\)"
_QUANTIFIER = r"(?:[*+?]|\{[^}]*\})[?+]?"
_NOT_PLAIN = r"[\\^-]"

Words = frozenset[str]
Needs = tuple[Words, ...]


def needs(pattern: str) -> Needs:
    """Sets of literals, in small letters, the rarest first; none when nothing can be said."""
    found = dict.fromkeys(_Reading(compiled(_FLAGS).sub("", pattern)).options())
    return tuple(sorted(found, key=_tells, reverse=True)[:MOST])


@cache
def kept(pattern: str) -> Needs:
    """The same, from the file where it tells of the pattern. Kept without a bound: the rows are a few hundred."""
    found = _file().get(pattern)
    return needs(pattern) if found is None else tuple(map(frozenset, found))


@cache
def _file() -> dict[str, list[list[str]]]:
    try:
        found = json.loads(FILE.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def written() -> str:
    """The file as it should be: a line for each row."""
    from stratagem.dsl.parse.mend.phrases import BARE_LISTS, CASES, ROWS

    patterns = dict.fromkeys([row[0] for row in (*CASES, *ROWS)] + [row[0] for row in BARE_LISTS])
    found = {pattern: [sorted(words) for words in needs(pattern)] for pattern in patterns}
    lines = (f"{json.dumps(pattern)}: {json.dumps(words, ensure_ascii=False)}" for pattern, words in found.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


class _Reading:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def options(self) -> list[Words]:
        """What one of several alternatives needs, up to the closing bracket."""
        found = [self._sequence()]
        while self._here() == "|":
            self.at += 1
            found.append(self._sequence())
        if len(found) == 1:
            return found[0]
        return [frozenset[str]().union(*(max(each, key=_tells) for each in found))] if all(found) else []

    def _here(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def _sequence(self) -> list[Words]:
        """What the parts of a sequence need, one by one."""
        found: list[Words] = []
        run = ""
        while self._here() not in ("", "|", ")"):
            literal, inner = self._part()
            quantifier = compiled(_QUANTIFIER).match(self.pattern, self.at)
            self.at = quantifier.end() if quantifier else self.at
            if quantifier and (quantifier.group()[0] in "*?" or quantifier.group()[:2] in ("{0", "{,")):
                literal, inner = "", []
            run += literal
            if quantifier or not literal:
                found += [frozenset({run})] if run else []
                found += inner
                run = ""
        return [*found, frozenset({run})] if run else found

    def _part(self) -> tuple[str, list[Words]]:
        """The next part: a letter or sign, or what a group or class needs; neither, where it says nothing."""
        several = compiled(_CLASS).match(self.pattern, self.at)
        if several:
            self.at = several.end()
            return "", [] if compiled(_NOT_PLAIN).search(several[1]) else [frozenset(several[1].lower())]
        skipped = compiled(_SKIPPED).match(self.pattern, self.at)
        if skipped:
            self.at = skipped.end()
            return "", [frozenset({FIGURE})] if skipped.group() == FIGURE else []
        group = compiled(_GROUP).match(self.pattern, self.at)
        if group:
            self.at = group.end()
            inner = self.options()
            self.at += 1
            return "", [] if group[1] and group[1][-1] in "=!" else inner
        self.at += 2 if self._here() == "\\" else 1
        return self.pattern[self.at - 1].lower(), []


def _tells(literals: Words) -> tuple[int, int]:
    """How seldom a text holds one of them: long literals are rare, and few of them rarer."""
    return min(len(word) if word != FIGURE else 1 for word in literals), -len(literals)


if __name__ == "__main__":
    FILE.write_text(written(), "utf-8")
