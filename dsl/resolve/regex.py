"""Is a pattern of `matches` one that RE2 takes: read without RE2, which the checker does not load.

In: the pattern. Out: what is wrong with it, in words, or None. What RE2 leaves out (looking around, going back to a
group, possessive repeats) is refused by name; the rest of the grammar is that of Python's own parser.
"""

from __future__ import annotations

import re
import warnings

_REFUSED = (
    (re.compile(r"\(\?<?[=!]"), "looking ahead or behind, `(?=` `(?!` `(?<=` `(?<!`, is not in RE2"),
    (re.compile(r"\(\?P=|\(\?\(|\\[1-9]"), "going back to a group, as `\\1` does, is not in RE2"),
    (re.compile(r"\(\?>|(?:[*+?]|\{\d+(?:,\d*)?\})\+"), "possessive and atomic repeats are not in RE2"),
    (re.compile(r"\(\?#"), "comments, `(?#`, are not in RE2"),
)
_ESCAPED = re.compile(r"\\(?:\\|[^1-9])")
_CLASS = re.compile(r"\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]")
_REPEAT = re.compile(r"\{(\d+)(?:,(\d*))?\}")
_OWN = ((re.compile(r"\\[pP](?:\w|\{\^?\w+\})"), "x"), (re.compile(r"\\z"), r"\\Z"), (re.compile(r"\[:\^?\w+:\]"), "x"))
MOST_REPEATS, LONGEST = 1000, 1000


def fault(pattern: str) -> str | None:
    """What RE2 would not take, or None."""
    if len(pattern) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    bare = _CLASS.sub("x", _ESCAPED.sub("x", pattern))
    for refused, reason in _REFUSED:
        if refused.search(bare):
            return reason
    counts = [int(n) for found in _REPEAT.finditer(bare) for n in found.groups() if n]
    if any(n > MOST_REPEATS for n in counts):
        return f"it repeats more than {MOST_REPEATS} times"
    return _python_fault(pattern)


def _python_fault(pattern: str) -> str | None:
    for own, stand_in in _OWN:
        pattern = own.sub(stand_in, pattern)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as problem:
        return str(getattr(problem, "msg", "it cannot be read"))
    return None
