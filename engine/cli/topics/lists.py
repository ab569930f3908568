"""Lists of what there is: codes, statements, functions, units, words, filters, checklists, plug-ins, the bakery."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from stratagem.engine.cli.topics.entry import Entry
from stratagem.engine.present.blocks import Block, Column, Heading, Paragraph, Table, Verbatim
from stratagem.engine.present.colours import STRATEGY

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class _List:
    """One list: its columns, and what makes its rows."""

    title: str
    columns: tuple[str, ...]
    rows: Callable[[], Rows]
    after: str = ""


def names() -> Iterator[str]:
    """What may be typed."""
    yield from LISTS
    yield "bakery"


def find(words: str) -> list[Entry]:
    """The list of that name."""
    if words == "bakery":
        return [_bakery()]
    return [_entry(words, LISTS[words])] if words in LISTS else []


def holding(words: str) -> list[Entry]:
    """The lists with a row of that name: `money` is a type of fields, `EUR` a unit."""
    wanted = words.casefold()
    return [
        _entry(name, LISTS[name])
        for name in BY_THEIR_ROWS
        if any(wanted in re.split(r"[ ,()]+", row[0].casefold()) for row in LISTS[name].rows())
    ]


def _entry(name: str, shown: _List) -> Entry:
    def page() -> Iterable[Block]:
        yield Heading(shown.title)
        yield Table(tuple(Column(title) for title in shown.columns), shown.rows())
        if shown.after:
            yield Paragraph(shown.after, "quiet")

    def record() -> dict[str, Any]:
        return {"rows": [dict(zip(shown.columns, row, strict=True)) for row in shown.rows()]}

    return Entry("list", name, shown.title, page, record)


def _bakery() -> Entry:
    from stratagem.dsl.diagnostics.pages.example import bakery

    title = "The strategy that the examples of all pages are parts of"
    page = (Heading(title), Verbatim(bakery(), language=STRATEGY))
    return Entry("list", "bakery", title, lambda: page, lambda: {"strategy": bakery()})


def code_rows() -> Rows:
    """Every code with its severity and the title of its page."""
    from stratagem.dsl.diagnostics.text import texts

    return tuple((code, text.severity, _title(code)) for code, text in sorted(texts().items()))


def _title(code: str) -> str:
    """The title of a code's page; "" for one that has none (a test sees to it that there is none such)."""
    from stratagem.dsl.diagnostics.pages import codes, page

    return page(code).title if code in codes() else ""


def _rules() -> Rows:
    from stratagem.dsl.diagnostics.text import text_of
    from stratagem.dsl.lint.catalogue import RULES, name_of

    return tuple((code, name_of(code), text_of(code).severity, _title(code)) for code in RULES)


def _blocks() -> Rows:
    from stratagem.dsl.catalogue import STATEMENTS
    from stratagem.dsl.catalogue.reference import phrase

    return tuple((s.id, phrase(s), s.meaning) for s in STATEMENTS if s.opens)


def _statements() -> Rows:
    from stratagem.dsl.catalogue import STATEMENTS
    from stratagem.dsl.catalogue.reference import phrase

    return tuple((s.id, phrase(s), s.meaning) for s in STATEMENTS)


def _functions() -> Rows:
    from stratagem.engine.cli.topics.words import installed

    return tuple((f.signature, f.meaning, f.example) for f in installed().values())


def _words() -> Rows:
    from stratagem.dsl.catalogue.formula_words import WORDS

    return tuple((w.word, w.meaning, " / ".join(w.example.split("\n"))) for w in WORDS)


def _filters() -> Rows:
    from stratagem.dsl.templates.vocabulary import FILTERS

    return tuple((f.name, f.meaning, f"{{{{ {f.example} }}}}") for f in FILTERS.values())


def _units() -> Rows:
    from stratagem.dsl.catalogue.kinds import FIGURES

    return FIGURES


def _types() -> Rows:
    from stratagem.dsl.catalogue.kinds import TYPES

    return TYPES


def _reserved() -> Rows:
    from stratagem.dsl.grammar.line_grammar import RESERVED, TOGETHER

    return (*((w, "a word by itself") for w in sorted(RESERVED)), *((w, "read as one word") for w in TOGETHER))


def _history() -> Rows:
    from stratagem.dsl.resolve.builtin import FIELDS

    return tuple((s, ", ".join(f"{name} ({kind})" for name, kind in fields.items())) for s, fields in FIELDS.items())


def _checklists() -> Rows:
    from stratagem.engine.cli.topics.checks import frameworks

    return tuple((c.code, c.asks, f.name) for f in frameworks().values() for c in f.checks)


def _settings() -> Rows:
    from stratagem.engine.cli.settings import SETTINGS

    return tuple((name, wanted, ", ".join(commands)) for name, (_, wanted, commands) in SETTINGS.items())


def _plugins() -> Rows:
    from stratagem.engine.plug import doors

    there = (
        ("readers", doors.readers().origins), ("functions", doors.functions().origins),
        ("channels", doors.channels().origins), ("frameworks", doors.frameworks().origins),
    )  # fmt: skip
    rows = [(kind, name, package, "") for kind, origins in there for name, package in origins.items()]
    rows += [(p.group.partition(".")[2], p.name, p.distribution, f"{p.code}: {p.reason}") for p in doors.problems()]
    return tuple(rows)


LISTS: dict[str, _List] = {
    "codes": _List("All codes of findings", ("code", "severity", "title"), code_rows),
    "rules": _List("Rules of the linter", ("code", "rule", "severity", "title"), _rules),
    "blocks": _List("Blocks of a strategy", ("name", "form", "meaning"), _blocks,
                    "stratagem docs NAME says what may stand below one."),
    "statements": _List("All statements", ("name", "form", "meaning"), _statements),
    "words": _List("Words of formulas", ("word", "meaning", "example"), _words),
    "functions": _List("Functions of formulas", ("form", "meaning", "example"), _functions),
    "types": _List("Types of fields", ("type", "what it holds", "example"), _types),
    "units": _List("Figures, money, dates, lengths of time", ("written", "meaning", "example"), _units),
    "reserved": _List("Words that name nothing", ("word", "how"), _reserved,
                      "A choice of such a word is written in quotes."),
    "filters": _List("Filters of messages", ("filter", "shows a value", "example"), _filters),
    "history": _List("What every strategy can read of its history", ("source", "fields"), _history),
    "checks": _List("Questions of the completeness checklists", ("code", "asks", "checklist"), _checklists),
    "settings": _List("Settings under [tool.stratagem] of pyproject.toml", ("setting", "value", "commands"), _settings,
                      "Severities of rules stand in [tool.stratagem.rules]: unused-field = \"off\"."),
    "plugins": _List("What is plugged in, and from which package", ("kind", "name", "package", "problem"), _plugins),
}  # fmt: skip
"""By the name that is typed."""
BY_THEIR_ROWS = ("types", "units", "settings", "history")
"""Lists whose rows have no entry of their own."""
