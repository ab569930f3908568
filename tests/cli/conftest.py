"""What the tests of the commands share."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratagem.engine.cli import library


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The starter strategy with its customers, in a folder `shop` of the working folder."""
    folder = tmp_path / "shop"
    folder.mkdir()
    for path, content in library.copy_of("starter", library.STARTER_IS_OF).items():
        (folder / path).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    return folder
