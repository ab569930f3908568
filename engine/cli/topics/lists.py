"""Lists of what there is: codes, statements, functions, units, words, filters, checklists, plug-ins, the bakery."""

from __future__ import annotations

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
    return (
        ("minute, hour, day, week", "lengths of one family: 1 week is 7 days", "90 days"),
        ("month, quarter, year", "lengths of the other: 1 year is 4 quarters or 12 months", "36 months"),
        ("per", "with a length, after money or a count: a rate", "6,000 EUR per month"),
        ("%", "right after a number: a share; 38% is 0.38", "38%"),
        ("EUR, USD, …", "a currency's ISO code, after a number and a blank: money", "12.50 EUR"),
        ("year-month-day", "a date, with hours and minutes if wanted", "2026-10-01 20:00"),
        ("hours:minutes", "a time of day, for quiet hours", "20:00"),
    )


def _types() -> Rows:
    return (
        ("text", "names, codes, addresses, remarks", "field product text"),
        ("number", "figures; in the file 12.50 or 1,234.50", "field pieces number"),
        ("share", "a part of a whole; in the file 38% or 0.38", "field discount share"),
        ("money", "an amount in the strategy's currency", "field amount money"),
        ("money per P", "an amount for each such time", "field fee money per month"),
        ("number per P", "a count for each such time", "field calls number per 14 days"),
        ("duration", "a length of time; in the file 3 days", "field patience duration"),
        ("date", "a day; with `as` in another spelling than 2026-10-01", 'field held_on date as "%d.%m.%Y"'),
        ("timestamp", "a day and a time", "field seen_at timestamp"),
        ("yes_no", "yes/no, true/false, 1/0; with `as` two other words", 'field came yes_no as ("x", "-")'),
        ("one of (…)", "one of the choices listed, written as in the file", "field kind one of (bread, cake)"),
        ("channel", "one of the strategy's channels", "field came_through channel"),
    )


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
    "units": _List("Units, money, dates", ("written", "meaning", "example"), _units),
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
