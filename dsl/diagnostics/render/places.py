"""Where a file is, as reports name it: relative to the folder in which the command runs, `/` between the parts."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePath
from urllib.parse import quote


@lru_cache(maxsize=1_000)
def within(name: str, root: PurePath) -> str | None:
    """A file's name relative to the folder `root`; None for one that lies outside it."""
    try:
        return _whole(name, root).relative_to(root).as_posix()
    except ValueError:
        return None


def uri(name: str) -> str:
    """A relative path as a relative URI: everything percent-encoded that may not stand in one."""
    try:
        data = name.encode("utf-8", "surrogateescape")  # how Python spells the bytes of a name that is no UTF-8
    except UnicodeEncodeError:
        data = name.encode("utf-8", "replace")
    # A colon in the first part would be read as the end of a scheme: like `?` and `#` it is encoded.
    return quote(data, safe="/~!$&'()*+,;=@-._") or "."


@lru_cache(maxsize=1_000)
def file_uri(name: str, root: PurePath) -> str:
    """An absolute `file:` URI."""
    path = _whole(name, root).as_posix()
    return "file://" + ("" if path.startswith("/") else "/") + uri(path)


def _whole(name: str, root: PurePath) -> PurePath:
    """The path from the top, without `.` and `..`; links are not followed."""
    path = root / name
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts and parts[-1] != path.anchor:
            parts.pop()
        elif part not in (".", ".."):
            parts.append(part)
    return type(root)(*parts)
