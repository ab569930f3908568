"""The index of all codes as Markdown: `docs/codes.md`.

In: the pages and the texts. Out: the text of the file; `make reference` writes it, a test holds it current.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stratagem.dsl.diagnostics.pages import codes, page
from stratagem.dsl.diagnostics.text import texts
from stratagem.dsl.lint.catalogue import RULES, name_of

HEAD: Final = """# Codes

Every finding has a code, and every code a page with a wrong and a right example, both of which are tried in tests:
`stratagem docs S301` shows it, with the message as it is today. Errors keep a strategy from being carried out; warnings
can be accepted with `waive CODE because "…"`, rules of the linter also in place and in the settings.

Made from the pages; do not edit it by hand: `make reference` writes it.
"""

FAMILIES: Final = (
    ("S1", "Files, lines, statements and formulas"),
    ("S2", "Names, and what they refer to"),
    ("S3", "Kinds and units"),
    ("S4", "The strategy as a whole"),
    ("L", "Rules of the linter"),
    ("D", "Data and history"),
    ("P", "Plug-ins"),
)
"""Beginnings of codes with what such codes are about; together they hold every code once."""


def index() -> str:
    """The whole file."""
    return "\n".join([HEAD, *_families()]).rstrip() + "\n"


def _families() -> Iterator[str]:
    known = texts()
    for start, about in FAMILIES:
        mine = [code for code in codes() if code.startswith(start)]
        if not mine:
            continue
        rules = any(code in RULES for code in mine)
        yield f"## {about}\n"
        yield f"| code | severity | {'rule | ' if rules else ''}title |"
        yield f"|---|---|---|{'---|' if rules else ''}"
        for code in mine:
            rule = f"`{name_of(code)}` | " if rules else ""
            severity = known[code].severity if code in known else ""
            title = page(code).title.replace("|", "\\|")
            yield f"| [{code}](../dsl/diagnostics/pages/{code}.md) | {severity} | {rule}{title} |"
        yield ""


if __name__ == "__main__":
    import sys
    from pathlib import Path

    Path(sys.argv[1]).write_text(index(), "utf-8")
