"""A text through the formatter: the same statements, the same comments, the same strategy, and only once.

In: a text. Out: the complaints, in words. The comparison here is not the formatter's own: it looks at every value of
the nodes and of the checked model but at no place, and finds comments by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.format import format_source
from stratagem.dsl.parse import parse
from stratagem.dsl.pipeline import Checked, check_text
from stratagem.dsl.source import SourceText, Span

OF_LAYOUT = {"S110", "S111", "S112", "S113", "S115", "S120"}
_ASIDE = ("_places", "broken")
"""Places, and whether a line was odd, which a formatter mends."""
_ASIDE_OF_WORDS = re.compile(r"^[#\s]+|[#\s]+$")
_COMMENT = re.compile(r'"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|#([^\n]*)')


@dataclass(frozen=True)
class Trip:
    """What came of one text."""

    made: str
    complaints: tuple[str, ...]
    changed: bool
    readable: bool
    """Nothing was wrong with its lines."""


def round_trip(text: str, checked: Checked | None = None) -> Trip:
    """Format a text, and look at what came out."""
    source = SourceText("f", text)
    before = parse(source, mend=False)
    made = format_source(source)
    after = parse(SourceText("f", made), mend=False)
    readable = all(severity(d) != "error" for d in before.diagnostics)
    complaints = []
    if bare(before.nodes) != bare(after.nodes):
        complaints.append("other statements")
    if format_source(SourceText("f", made)) != made:
        complaints.append("not the same when formatted twice")
    if _codes(before.diagnostics) - _codes(after.diagnostics):
        complaints.append("findings of the lines went away")
    if readable:
        complaints += _of_readable(text, made, checked or check_text(text))
    return Trip(made, tuple(complaints), made != text, readable)


def _of_readable(text: str, made: str, checked: Checked) -> list[str]:
    """What else holds of a text whose lines can be read."""
    complaints = []
    again = check_text(made)
    if comments(text) != comments(made):
        complaints.append("other comments")
    if Counter(d.code for d in checked.diagnostics) != Counter(d.code for d in again.diagnostics):
        complaints.append("other findings")
    if bare(checked.strategy) != bare(again.strategy):
        complaints.append("another strategy")
    if any(line != line.rstrip() for line in made.split("\n") if '"""' not in made) or "\n\n\n" in made:
        complaints.append("blanks left over")
    return complaints


def comments(text: str) -> list[str]:
    """The words of every comment, in order; white space of any sort is none of them."""
    return [_ASIDE_OF_WORDS.sub("", found[1]) for found in _COMMENT.finditer(text) if found[1] is not None]


def bare(value: object) -> object:
    """A value without its places: comparable."""
    if isinstance(value, Span):
        return None
    if isinstance(value, (list, tuple)):
        return [bare(item) for item in value]
    if isinstance(value, dict):
        return {key: bare(item) for key, item in value.items()}
    fields = getattr(value, "__dataclass_fields__", None)
    if fields is None or getattr(value, "pattern", None) is not None:
        return value
    return type(value).__name__, [bare(getattr(value, name)) for name in fields if name not in _ASIDE]


def _codes(diagnostics: tuple) -> Counter[str]:  # type: ignore[type-arg]
    return Counter(d.code for d in diagnostics if d.code not in OF_LAYOUT)
