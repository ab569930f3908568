"""The order of all tests, and nothing else: what takes longest comes first.

Several processes share the tests file by file (`make test`). A file of minutes that came last would be worked on by one
process while the others have nothing left to do.
"""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
LONGEST = ("fuzz/test_inputs_", "meaning/", "mistakes/")
"""How the paths of the longest files begin, below this folder."""


def longest(path: str) -> bool:
    """Is a file, as seen from this folder, one of those."""
    return path.startswith(LONGEST)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, all others as they stand."""
    items.sort(key=lambda item: not longest(item.path.relative_to(HERE).as_posix()))
