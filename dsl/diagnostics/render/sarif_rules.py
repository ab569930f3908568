"""The codes as SARIF rules: what each is about, how grave it is by default, and its page as help."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from stratagem.dsl.diagnostics.render.text import page
from stratagem.dsl.diagnostics.text import Text, texts

PAGES = Path(__file__).parents[1] / "pages"
FAMILIES = {"S": "language", "L": "linter", "D": "data", "P": "plug-ins"}
"""The first letter of a code → the tag by which servers filter."""
SHORT = 255
LONG = 1024
"""Characters of a title and of a description; GitHub takes no more."""


@cache
def rules(language: str = "en") -> list[dict[str, Any]]:
    """Every code there is, sorted: they are the same in each report, whatever was found. Not to be changed."""
    found: Mapping[str, Text] = texts(language)
    return [rule(code, found[code]) for code in sorted(found)]


def rule(code: str, text: Text) -> dict[str, Any]:
    """One code as a reportingDescriptor."""
    title, prose, written = _page(code)
    reason = prose or without_arguments(text.reason)
    described: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": cut(title or without_arguments(text.title), SHORT)},
        "fullDescription": {"text": cut(reason or without_arguments(text.title), LONG)},
        "help": {"text": f"{without_arguments(text.help) or reason} More: {page(code)}"},
        "defaultConfiguration": {"level": text.severity},
        "properties": {
            "tags": [FAMILIES[code[0]]],
            "problem.severity": "recommendation" if text.severity == "note" else text.severity,
        },
    }
    if written:
        described["help"]["markdown"] = written
    return described


def without_arguments(template: str) -> str:
    """A template as it reads for no diagnostic in particular: `…` for each argument."""
    return "".join(said + ("…" if name is not None else "") for said, name, _, _ in Formatter().parse(template))


def cut(text: str, most: int) -> str:
    """At most so many characters, the last one `…` where something went."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _page(code: str) -> tuple[str, str, str]:
    """The title of a code's page, what it says before its examples, and all of it as Markdown; empty without one.

    The page's form is held by its own reader; here the three are cut out, for nobody waits for 300 pages to be read.
    """
    try:
        written = (PAGES / f"{code}.md").read_text("utf-8")
    except OSError:
        return "", "", ""
    first, _, rest = written.partition("\n")
    prose = rest.partition("\n## ")[0]
    return first.partition(":")[2].strip(), " ".join(prose.split()), rest.strip()
