"""One small change of a line's text, and the stretch of text that is worth looking at for changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import lru_cache, wraps
from typing import ParamSpec, cast

from stratagem.dsl.parse.mend.likely import likely
from stratagem.dsl.record import record

P = ParamSpec("P")
_FIGURE = re.compile(r"\d").search
_TEXT = re.compile(r'"{3}[\s\S]*?"{3}|"(?:[^"\\\n]|\\.)*"')


@lru_cache(maxsize=2_000)
def compiled(pattern: str) -> re.Pattern[str]:
    """Kept: the patterns of this folder are some hundreds, and a few are made of the names of a file."""
    return re.compile(pattern)


def finditer(pattern: str, text: str, *words: str) -> Iterator[re.Match[str]]:
    """As in `re`. `words`: one of which every match holds; where the text has none, or not what the pattern needs (see
    `likely`), nothing is compiled."""
    if not likely(pattern, text) or (words and not any(word in text for word in words)):
        return iter(())
    return compiled(pattern).finditer(text)


def with_figures(pattern: str, text: str, *words: str) -> Iterator[re.Match[str]]:
    """The same for a pattern of which every match holds a figure, too."""
    return finditer(pattern, text, *words) if has_figure(text) else iter(())


def match(pattern: str, text: str) -> re.Match[str] | None:
    """As in `re`; compiled only where the text has what the pattern needs."""
    return compiled(pattern).match(text) if likely(pattern, text) else None


def search(pattern: str, text: str) -> re.Match[str] | None:
    """The same, anywhere in the text."""
    return compiled(pattern).search(text) if likely(pattern, text) else None


def fullmatch(pattern: str, text: str) -> re.Match[str] | None:
    """The same for the whole of it."""
    return compiled(pattern).fullmatch(text) if likely(pattern, text) else None


def sub(pattern: str, instead: str, text: str) -> str:
    """The text with another in the place of each match."""
    return compiled(pattern).sub(instead, text) if likely(pattern, text) else text


@lru_cache(maxsize=4)
def has_figure(text: str) -> bool:
    """Does a text hold a figure of any script. Kept, as many patterns in a row ask the same."""
    return _FIGURE(text) is not None


@record
class Step:
    """Write `text` for what stands from `start` to `end`.

    `cost`: how far-fetched it is, 1 being usual. `code`: the message that says what was wrong, when that of the first
    fault says it less well. `assumes`: what has been guessed about the meaning, for the fix's title. `knows`: what it
    leaves out is said elsewhere in the file.
    """

    start: int
    end: int
    text: str
    cost: float = 1.0
    code: str = ""
    assumes: str = ""
    knows: bool = False

    def on(self, text: str) -> str:
        """The text with the change made."""
        return text[: self.start] + self.text + text[self.end :]


@record(slots=False)
class Change:
    """A stretch of the line as written, and what stands there in the line as mended."""

    start: int
    end: int
    new_start: int
    new_end: int


def looked_up(table: Callable[P, Iterable[Step]]) -> Callable[P, tuple[Step, ...]]:
    """A table whose steps from the last few texts are kept, as several ask for them one after the other."""

    @lru_cache(maxsize=32)
    def steps(*given: Hashable) -> tuple[Step, ...]:
        return tuple(table(*given))  # type: ignore[call-arg, arg-type]

    return cast("Callable[P, tuple[Step, ...]]", wraps(table)(steps))


def masked(text: str) -> str:
    """The text with what stands between quotes made unreadable, so that no pattern meets it; keeps the length."""
    return _TEXT.sub(lambda found: '"' + "\x01" * (len(found.group()) - 2) + '"', text)


@lru_cache(maxsize=64)
def twice(text: str) -> int:
    """How many words stand twice side by side: no line that reads has more of them than was written."""
    return len(compiled(r"\b([a-z]+) (?=\1\b)").findall(text))


def changes(old: str, new: str) -> tuple[Change, ...]:
    """What differs between two texts, word by word."""
    from difflib import SequenceMatcher

    before, after = _words(old), _words(new)
    matcher = SequenceMatcher(None, [t for t, _, _ in before], [t for t, _, _ in after], autojunk=False)
    found = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            start, end = _stretch(before, a, b, len(old))
            found.append(Change(start, end, *_stretch(after, c, d, len(new))))
    return tuple(found)


def _words(text: str) -> list[tuple[str, int, int]]:
    return [(m.group(), m.start(), m.end()) for m in re.finditer(r'"(?:[^"\\\n]|\\.)*"|\w+|\s+|[^\w\s]', text)]


def _stretch(words: list[tuple[str, int, int]], first: int, last: int, length: int) -> tuple[int, int]:
    start = words[first][1] if first < len(words) else length
    return start, words[last - 1][2] if last > first else start
