"""No file names a place of the machine it was written on, or the host of a package registry."""

import re

import pytest

from tests.tools.house import ROOT, own_files

# Written in pieces, so that this file itself stays clean.
PLACES = re.compile(
    "|".join(
        [
            r"/wor" r"k/(?:main|shared|steering|brief|\.library|\.mirror)\b",
            r"/ro" r"ot/\.",
            r"/opt/py" r"pi",
            r"py" r"pi\.org",
            r"files\.python" r"hosted",
            r"registry\.np" r"mjs",
            r"deb\.deb" r"ian\.org",
        ]
    )
)


def places(text: str) -> list[str]:
    return [found.group() for found in PLACES.finditer(text)]


def test_no_file_names_a_machine_or_a_registry() -> None:
    found, read = [], 0
    for path in own_files():
        data = (ROOT / path).read_bytes()
        if b"\0" not in data[:8000]:
            read += 1
            found += [f"{path}: {place}" for place in places(data.decode("utf-8", "replace"))]
    assert read > 20
    assert found == []


@pytest.mark.parametrize("text", ["/wor" "k/main/x.py", "see https://py" "pi.org/simple", "/ro" "ot/.pyenv/bin"])
def test_a_place_is_seen(text: str) -> None:
    assert len(places(text)) == 1


def test_ordinary_words_are_not_blamed() -> None:
    assert places("the work/main road; pypi; a registry; /workshop/main") == []
