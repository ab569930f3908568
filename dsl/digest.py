"""SHA-256 as `hashlib` has it, without OpenSSL, which takes longer to load than a short strategy takes to read.

Python's own module for it has another name from 3.12 on; where there is neither, `hashlib` is asked after all (the
standard library's `random` goes the same way).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Protocol


class Digest(Protocol):
    """A sum that grows with each text."""

    def update(self, data: bytes, /) -> None: ...
    def hexdigest(self) -> str: ...


def _found() -> Callable[[bytes], Digest]:
    for name in ("_sha2", "_sha256"):
        try:
            found: Callable[[bytes], Digest] = import_module(name).sha256
        except ImportError:
            continue
        return found
    from hashlib import sha256 as slow

    return slow


sha256 = _found()
"""The sum of some bytes."""
