"""Text kept beside the tests and compared to the letter. `UPDATE_SNAPSHOTS=1` writes what came; read the diff then."""

from __future__ import annotations

import os
from pathlib import Path

HERE = Path(__file__).parent / "snapshots"


def check_snapshot(name: str, text: str, folder: Path = HERE) -> None:
    """`text` is what `NAME.txt` in the folder holds."""
    file = folder / f"{name}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_text(text, "utf-8")
    assert file.exists(), f"no snapshot {file.name}: UPDATE_SNAPSHOTS=1 writes it"
    assert text == file.read_text("utf-8"), f"{file.name} differs"
