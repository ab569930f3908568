"""Python's search for circles of objects, kept out of the way of work that makes many objects and no circles.

While a strategy of thousands of lines is read, that search goes through all that was read so far, again and again: it
took a fifth of the time, and now and then most of the time of a check after an edit.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """No search for circles within; afterwards as it was before."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def set_aside() -> None:
    """What there is now is here to stay, so later searches need not go through it."""
    gc.freeze()
