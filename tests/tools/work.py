"""How much work something is: the same figure on every machine, however busy, where a time would not be."""

from __future__ import annotations

import sys
from collections.abc import Callable


def work(deed: Callable[..., object], *given: object) -> int:
    """How many calls a deed takes with what it is given, of Python's functions and of those written in C."""
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        deed(*given)
    finally:
        sys.setprofile(before)
    return count
