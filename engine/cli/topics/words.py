"""Functions, words of formulas, and filters of messages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from stratagem.dsl.catalogue.formula_words import WORDS, FormulaWord
from stratagem.dsl.functions import FUNCTIONS, Function
from stratagem.dsl.templates.vocabulary import FILTERS, Filter
from stratagem.engine.cli.topics.entry import Entry
from stratagem.engine.present.blocks import Block, Heading, Pairs, Paragraph, Verbatim

MISSING = {
    "any": "Missing when any of its arguments is.",
    "all": "Missing only when all of its arguments are.",
}
SHAPES = {
    "same": "of the kind that its arguments have in common",
    "first": "of the kind of its first argument",
    "plain": "a number",
    "number": "a number",
    "share": "a share",
    "text": "text",
    "yes_no": "yes or no",
    "date": "a date",
}


def names() -> Iterator[str]:
    """What may be typed."""
    yield from (name for w in WORDS for name in (w.word, w.word.split()[0]))
    yield from installed()
    yield from FILTERS


def installed() -> dict[str, Function]:
    """All functions, those of plug-ins too."""
    from stratagem.engine.plug import doors

    doors.functions()
    return dict(FUNCTIONS)


def find(words: str) -> list[Entry]:
    """The word, function and filter of that name; `sum` finds `sum of`."""
    bare = words.removesuffix("()")
    functions = [function_entry(f) for name, f in installed().items() if name == bare]
    exact = [w for w in WORDS if w.word == words] or [w for w in WORDS if w.word.split()[0] == words]
    return [*map(word_entry, exact), *functions, *(filter_entry(f) for f in FILTERS.values() if f.name == bare)]


def word_entry(word: FormulaWord) -> Entry:
    """A word of formulas as an entry."""
    record = {"form": word.form, "example": word.example, "missing": word.unknown}
    facts = (("form", word.form), ("where nothing is known", word.unknown))
    return Entry("word", word.word, word.meaning, partial(_page, word.word, word, facts), lambda: record)


def function_entry(function: Function) -> Entry:
    """A function as an entry."""
    record = {
        "form": function.signature,
        "example": function.example,
        "missing": MISSING[function.missing],
        "parameters": [
            {"name": p.name, "kinds": [str(k) for k in p.kinds], "optional": p.optional} for p in function.parameters
        ],
        "gives": SHAPES[function.result],
    }
    takes = tuple((p.name, ", ".join(dict.fromkeys(map(str, p.kinds)))) for p in function.parameters)
    facts = (("form", function.signature), *takes, ("gives", SHAPES[function.result]),
             ("where nothing is known", MISSING[function.missing]))  # fmt: skip
    title = function.meaning
    return Entry("function", function.name, title, partial(_page, function.signature, function, facts), lambda: record)


def filter_entry(found: Filter) -> Entry:
    """A filter of messages as an entry."""
    example = f"{{{{ {found.example} }}}}"
    title = f"Shows a value {found.meaning}." if not found.meaning.startswith("what") else f"Says {found.meaning}."
    record: dict[str, Any] = {"form": _filter_form(found), "example": example, "arguments": list(found.arguments)}

    def page() -> Iterator[Block]:
        yield Heading(f"{found.name} (in messages)")
        yield Paragraph(title, flows=True)
        yield Pairs((("form", _filter_form(found)),))
        yield Heading("Example")
        yield Verbatim(example)

    return Entry("filter", found.name, title, page, lambda: record)


def _filter_form(found: Filter) -> str:
    """`default(any)`, with what may be left out in square brackets."""
    words = [a if n < found.needed else f"[{a}]" for n, a in enumerate(found.arguments)]
    return f"VALUE | {found.name}" + (f"({', '.join(words)})" if words else "")


def _page(heading: str, found: FormulaWord | Function, facts: tuple[tuple[str, str], ...]) -> Iterator[Block]:
    yield Heading(heading)
    yield Paragraph(found.meaning, flows=True)
    yield Pairs(facts)
    yield Heading("Example")
    yield Verbatim(found.example)
