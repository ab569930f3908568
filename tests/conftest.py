"""What holds for all tests: their order, and that they leave nothing outside their own folders.

What takes longest comes first. Several processes share the tests file by file (`make test`). A file of minutes that
came last would be worked on by one process while the others have nothing left to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stratagem.engine.cli.kept import FOLDER_VARIABLE

HERE = Path(__file__).parent
LONGEST = ("fuzz/test_inputs_", "meaning/", "mistakes/")
"""How the paths of the longest files begin, below this folder."""


def longest(path: str) -> bool:
    """Is a file, as seen from this folder, one of those."""
    return path.startswith(LONGEST)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, all others as they stand."""
    items.sort(key=lambda item: not longest(item.path.relative_to(HERE).as_posix()))


@pytest.fixture(scope="session", autouse=True)
def kept_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Findings that checks keep do not come among those of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(tmp_path_factory.mktemp("kept")))
        yield
