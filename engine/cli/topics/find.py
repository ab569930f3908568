"""What was meant by the words after `docs`."""

from __future__ import annotations

from stratagem.engine.cli.topics import checks, codes, lists, statements, words
from stratagem.engine.cli.topics.entry import Entry

FAMILIES = (codes, lists, statements, words, checks)
"""In the order in which they answer; the checklists come last, since asking them loads plug-ins."""


def find(typed: str) -> list[Entry]:
    """All entries of that name: one for a code, several for a word such as `limit`, none for what is nothing."""
    name = " ".join(typed.split())
    lower = name.lower()
    if not name:
        return []
    found = codes.find(name) or codes.find(lower) or lists.find(lower)
    found = found or [*statements.find(lower), *words.find(lower)] or checks.find(name) or statements.starting(lower)
    found = found or statements.within(lower) or lists.holding(name)
    return found or (find(lower.replace("_", " ")) if "_" in lower else [])


def near_names(typed: str) -> tuple[str, ...]:
    """At most four names that a slip of the pen could have turned into this."""
    from stratagem.dsl.diagnostics.suggest import near

    name = " ".join(typed.split())
    known = list(dict.fromkeys(n for family in FAMILIES for n in family.names() if n))
    return near(name.lower(), known) or near(name.upper(), known)
