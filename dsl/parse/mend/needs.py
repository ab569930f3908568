"""Which words a pattern cannot do without: where a text holds none of them, there is no need to look for the pattern.

In: a regular expression. Out: some literals of which one at least is in every text that it matches, or nothing where
that cannot be said.
"""

from __future__ import annotations

import re

_SKIPPED = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\x[0-9a-f]{2}|\\[A-Za-z0-9]|[.^$]")
_GROUP = re.compile(r"\((\?:|\?[=!]|\?<[=!]|\?P<\w+>)?")
_FLAGS = re.compile(r"\(\?[a-z]+\)")
_QUANTIFIER = re.compile(r"(?:[*+?]|\{[^}]*\})[?+]?")

Needs = frozenset[str]


def needs(pattern: str) -> Needs:
    """Literals, in small letters, one of which every text that matches holds; none when nothing can be said."""
    return _Reading(_FLAGS.sub("", pattern)).options()


class _Reading:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def options(self) -> Needs:
        """What one of several alternatives needs, up to the closing bracket."""
        found = [self._sequence()]
        while self._here() == "|":
            self.at += 1
            found.append(self._sequence())
        return frozenset().union(*found) if all(found) else frozenset()

    def _here(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def _sequence(self) -> Needs:
        """The most telling of what the parts of a sequence need."""
        best: Needs = frozenset()
        run = ""
        while self._here() not in ("", "|", ")"):
            literal, inner = self._part()
            quantifier = _QUANTIFIER.match(self.pattern, self.at)
            self.at = quantifier.end() if quantifier else self.at
            if quantifier and quantifier.group()[0] != "+":
                literal, inner = "", frozenset()
            run += literal
            if quantifier or not literal:
                best = max(best, frozenset({run} if run else ()), inner, key=_tells)
                run = ""
        return max(best, frozenset({run} if run else ()), key=_tells)

    def _part(self) -> tuple[str, Needs]:
        """The next part: a letter or sign, or what a group needs; neither, where it says nothing."""
        skipped = _SKIPPED.match(self.pattern, self.at)
        if skipped:
            self.at = skipped.end()
            return "", frozenset()
        group = _GROUP.match(self.pattern, self.at)
        if group:
            self.at = group.end()
            inner = self.options()
            self.at += 1
            return "", frozenset() if group[1] and group[1][-1] in "=!" else inner
        self.at += 2 if self._here() == "\\" else 1
        return self.pattern[self.at - 1].lower(), frozenset()


def _tells(literals: Needs) -> tuple[int, int]:
    """How seldom a text holds one of them: long literals are rare, and few of them rarer."""
    return min(map(len, literals), default=0), -len(literals)
