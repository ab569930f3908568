"""No pattern tries a text in ever more ways: a line that nothing matches is answered, however it goes on and on.

Each pattern is given what it wants up to one of its repeats, then what is repeated there, in several ways, as long as
a line is that is still looked at, and an end that it does not want. A pattern whose ways double with every sign would
not come to an end within the lifetime of the machine; the alarm only makes a failure of it.
"""

from __future__ import annotations

import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import FrameType
from typing import Any

import pytest

import stratagem.dsl as dsl
from stratagem.dsl.parse.mend import needs
from stratagem.dsl.parse.mend.search import LONGEST

_reader: Any = import_module("re._parser")
pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="an alarm needs signals")
_ENDLESS = 20
"""Seconds of computing for all texts of a pattern, of which a sound one needs thousandths."""
_LONG = 3_000
"""Characters for patterns that read lines of any length."""
_BESIDE = ("{0}", "{0} ", ", {0}", "{0},", "{0}, {0} or ")


def patterns() -> dict[str, int]:
    """Every pattern of the language's modules, and how long the texts may be that it meets."""
    found: dict[str, int] = {}
    for module in pkgutil.walk_packages(dsl.__path__, "stratagem.dsl."):
        values = vars(import_module(module.name)).items()
        for value in (value for name, value in values if not name.startswith("__")):
            own = getattr(value, "__self__", value)
            if isinstance(own, re.Pattern) and isinstance(own.pattern, str):
                found.setdefault(own.pattern, _LONG)
    return found | dict.fromkeys(needs.patterns(), LONGEST)


def texts(pattern: str, length: int) -> Iterator[str]:
    """What goes on and on at each repeat of a pattern, and then is not what it wants."""
    for before, again in _repeats(_reader.parse(pattern), ""):
        for way in _BESIDE:
            part = way.format(again)
            part = part if part.strip() or length > LONGEST else "   a"  # wide gaps are narrowed before
            yield before + part * ((length - len(before)) // len(part)) + "\x00"


def _repeats(parsed: Any, before: str) -> Iterator[tuple[str, str]]:
    """For each repeat without an end: a text that comes as far, and what is repeated."""
    for at, (operation, value) in enumerate(parsed):
        name, upto = str(operation), before + _sample(parsed[:at])
        if name == "BRANCH":
            for option in value[1]:
                yield from _repeats(option, upto)
        elif name == "SUBPATTERN":
            yield from _repeats(value[3], upto)
        elif name == "ATOMIC_GROUP":
            yield from _repeats(value, upto)
        elif name.endswith("_REPEAT"):
            if value[1] == _reader.MAXREPEAT and name != "POSSESSIVE_REPEAT":
                yield upto, _sample(value[2]) or "a"
            yield from _repeats(value[2], upto)


def _sample(parsed: Any) -> str:
    """A text that a part of a pattern matches, more or less."""
    made = ""
    for operation, value in parsed:
        name = str(operation)
        if name == "LITERAL":
            made += chr(value)
        elif name in ("ANY", "NOT_LITERAL"):
            made += "a"
        elif name == "IN":
            made += _member(value)
        elif name == "BRANCH":
            made += _sample(value[1][0])
        elif name == "SUBPATTERN":
            made += _sample(value[3])
        elif name == "ATOMIC_GROUP":
            made += _sample(value)
        elif name.endswith("_REPEAT"):
            made += _sample(value[2]) * max(value[0], 1)
    return made


def _member(members: Any) -> str:
    kind, value = members[0]
    if str(kind) == "LITERAL":
        return chr(value)
    if str(kind) == "RANGE":
        return chr(value[0])
    return {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " "}.get(str(value), "a")


@contextmanager
def alarm(pattern: str, seconds: float) -> Iterator[None]:
    """Stop what does not end, and say which pattern it is."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"this pattern tries a text in too many ways: {pattern}")

    kept = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, kept)


def look_for(pattern: str, length: int, seconds: float = _ENDLESS) -> None:
    """Look for a pattern in all that is made from it."""
    compiled = re.compile(pattern)
    with alarm(pattern, seconds):
        for text in texts(pattern, length):
            for _ in compiled.finditer(text):
                pass


def test_every_pattern_comes_to_an_end() -> None:
    found = patterns()
    assert len(found) > 500
    for pattern, length in found.items():
        look_for(pattern, length)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bnone of\s+(?P<first>[^()]+?)(?P<more>(?:\s*,\s*[^(),]+?)*)\s*,?\s*\b(?:nor|or|and)\s+(?P<last>[^()]+?)$",
        r"\(((?:\d[\d,.]*|[a-z]\w*)(?:\s*(?:,|;)\s*(?:\d[\d,.]*|[a-z]\w*))+)\)",
    ],
)
def test_a_pattern_that_does_not_is_caught(pattern: str) -> None:
    with pytest.raises(AssertionError, match="too many ways"):
        look_for(pattern, LONGEST, seconds=1)
