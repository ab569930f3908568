"""Write the list of packages in pyproject.toml from the folders: `make packages`.

In: the folders that hold an `__init__.py`, and pyproject.toml. Out: the same pyproject.toml with its
`packages` list in step; the rest of the file keeps every character.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a script, from any folder

from tests.tools.house import ROOT, package_names

LIST = re.compile(r"^packages = \[\n(?:    .*\n)*\]$", re.MULTILINE)


def with_packages(text: str, packages: list[str]) -> str:
    """`text` (a pyproject.toml) with its packages list replaced by `packages`; ValueError when it has none."""
    lines = "".join(f'    "{package}",\n' for package in packages)
    changed, count = LIST.subn(lambda _: f"packages = [\n{lines}]", text)
    if count != 1:
        raise ValueError(f"pyproject.toml has {count} packages lists in the expected shape, not one")
    return changed


def main() -> None:
    """Bring pyproject.toml up to date, and say whether anything changed."""
    file = ROOT / "pyproject.toml"
    before = file.read_text("utf-8")
    after = with_packages(before, package_names())
    if after == before:
        print("packages: already in step")
        return
    fresh = file.with_suffix(".toml.new")
    fresh.write_text(after, "utf-8")
    os.replace(fresh, file)
    print(f"packages: {len(package_names())} written to pyproject.toml")


if __name__ == "__main__":
    main()
