"""The language reference as Markdown, made from the catalogue, the function table and the reserved words.

In: the data of the language. Out: the text of `docs/language.md`; `make reference` writes it, a test holds it current.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.catalogue import STATEMENTS, TOP, Statement, below
from stratagem.dsl.catalogue.kinds import FIGURES, TYPES, Rows
from stratagem.dsl.catalogue.silent import RULES
from stratagem.dsl.functions import FUNCTIONS
from stratagem.dsl.grammar.line_grammar import RESERVED, TOGETHER
from stratagem.dsl.resolve.builtin import FIELDS, OUTCOMES
from stratagem.dsl.templates.vocabulary import FILTERS

HEAD = """# The language

Made from the statement catalogue; do not edit it by hand: `make reference` writes it.

A strategy is a two-space outline. Most lines are a phrase, then optionally `when CONDITION` or `= FORMULA`, then
optionally indented lines. `#` starts a comment; `##` above a block is documentation that travels with it. In the
phrases below, `NAME` stands for a name you give or refer to, `A|B` for a choice, `[…]` for what may be left out.
"""

KINDS = {
    "name": "NAME",
    "ref": "NAME",
    "refs": "NAMES",
    "text": '"…"',
    "longtext": '"""…"""',
    "number": "12",
    "integer": "1",
    "share": "38%",
    "money": "12.50 EUR",
    "date": "2026-10-01",
    "duration": "36 months",
    "rate": "2 per 7 days",
    "time": "20:00",
    "formula": "FORMULA",
    "condition": "CONDITION",
    "constant": "VALUE",
    "literal": "VALUE",
    "type": "TYPE",
    "zone": "Europe/Berlin",
    "currency": "EUR",
}
TAILS = {
    "none": "",
    "when": " when CONDITION",
    "when?": " [when CONDITION]",
    "formula": " = FORMULA",
    "= formula": " = FORMULA",
}
_SLOT = re.compile(r"\{(\w+):(\w+)(?:\(([^)]*)\))?\}")


def reference() -> str:
    """The whole page."""
    parts = (_blocks, _kinds, _words, _functions, _messages, _filters, _history, _silent)
    return "\n".join([HEAD, *(line for part in parts for line in part())]).rstrip() + "\n"


def phrase(statement: Statement) -> str:
    """The statement's form, as people read it: `limit RATE [across all]`."""
    return (_SLOT.sub(_slot, statement.pattern) + TAILS[statement.tail]).strip()


def _slot(match: re.Match[str]) -> str:
    _, kind, arguments = match.groups()
    if kind in ("choice", "choices", "flag"):
        return (arguments or "").replace("|", " | ")
    if kind == "refs" and arguments:
        return f"{arguments.upper().replace('|', '_OR_')}S"
    return KINDS.get(kind, kind.upper())


def _blocks() -> Iterator[str]:
    yield "## Statements\n"
    seen = [TOP, *dict.fromkeys(s.opens for s in STATEMENTS if s.opens)]
    for block in seen:
        statements = below(block)
        if statements:
            yield f"### {'At the left edge' if block == TOP else f'Below `{block}`'}\n"
            yield "| phrase | what it says | example |"
            yield "|---|---|---|"
            yield from (_row(s) for s in statements)
            yield ""


def _row(statement: Statement) -> str:
    example = statement.example.splitlines()[0].strip()
    cells = (f"`{phrase(statement)}`", statement.meaning, f"`{example}`")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _kinds() -> Iterator[str]:
    yield "## Types of fields\n"
    yield "What stands for TYPE in a `field` line. [Data](data.md) says what of a file fits each of them.\n"
    yield from _table(("type", "what it holds", "example"), TYPES)
    yield "## Figures, money, dates, lengths of time\n"
    yield "The two families of lengths neither compare nor mix: a month has no fixed number of days.\n"
    yield from _table(("written", "what it says", "example"), FIGURES)


def _table(heads: tuple[str, str, str], rows: Rows) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|---|---|---|"
    yield from (f"| `{written}` | {meaning} | `{example}` |" for written, meaning, example in rows)
    yield ""


def _words() -> Iterator[str]:
    yield "## Words of formulas\n"
    yield "Reserved, and so no names: " + ", ".join(f"`{w}`" for w in sorted(RESERVED)) + ".\n"
    yield "Read as one: " + ", ".join(f"`{w}`" for w in TOGETHER) + ".\n"


def _functions() -> Iterator[str]:
    yield "## Functions\n"
    yield "A result that is not a finite number is missing; so is one of a missing argument, unless stated."
    yield "What each of them takes, and the words of formulas, are in [Words and functions](functions.md).\n"
    yield "| function | what it gives | example |"
    yield "|---|---|---|"
    for function in FUNCTIONS.values():
        yield f"| `{function.signature}` | {function.meaning.replace('|', chr(92) + '|')} | `{function.example}` |"
    yield ""


MESSAGES = (
    ("{{ first_name }}", "the value, as people write it: `12.50 EUR`, `42 days`; nothing where it is missing"),
    ("{{ first_name | default('friend') }}", "the same, changed by filters; the list of them follows"),
    ("{{ 'again' if visits > 1 else 'first' }}", "one of two values"),
    ("{% if visits > 1 %}Back again?{% elif vip %}Welcome.{% else %}Hello.{% endif %}", "one of several texts"),
    ("{# not for customers #}", "nothing"),
)
"""What stands between braces, and what the customer reads there."""
_CONDITIONS = """
Conditions are written in the way of templates: `==`, `!=`, `<`, `<=`, `>`, `>=`, `is known`, `is missing`,
`in ('gold', 'silver')`, `and`, `or`, `not`. A tier, stage, choice or date stands in quotes (`tier == 'gold'`), an
amount without its currency (`spend >= 50`), a length of time in days, or in months where it counts months, a share as
a fraction (`0.25`). A name alone holds when it is yes, or, where it is no yes_no, when it is known. Between simple
quotes of a text, quotes are written `'…'` or `\\"…\\"`.

Beside the strategy's own names there are `action`, `channel` and `offer` (their labels), `customer` (the id), `as_of`.
"""


def _messages() -> Iterator[str]:
    yield "## What messages may hold\n"
    yield "Text, and between braces what differs from customer to customer. Messages do not reckon: what is worked out"
    yield "is a `measure`, and the message shows it.\n"
    yield "| written | what the customer reads |"
    yield "|---|---|"
    yield from (f"| `{written.replace('|', chr(92) + '|')}` | {read} |" for written, read in MESSAGES)
    yield _CONDITIONS


def _filters() -> Iterator[str]:
    yield "## Filters of messages\n"
    yield "They change how a value is shown between `{{` and `}}`; several follow each other, from left to right.\n"
    yield "| filter | shows a value | example |"
    yield "|---|---|---|"
    for found in FILTERS.values():
        yield f"| `{found.name}` | {found.meaning} | `{{{{ {found.example.replace('|', chr(92) + '|')} }}}}` |"
    yield ""


def _history() -> Iterator[str]:
    yield "## What every strategy can read of the history\n"
    yield "| source | fields |"
    yield "|---|---|"
    for source, fields in FIELDS.items():
        yield f"| `{source}` | {', '.join(f'`{name}` ({kind})' for name, kind in fields.items())} |"
    yield f"\nAn outcome is one of {', '.join(f'`{o}`' for o in OUTCOMES)}.\n"


def _silent() -> Iterator[str]:
    yield "## Decided where a line does not say it\n"
    for heading, rules in RULES.items():
        yield f"### {heading}\n"
        yield from (f"- {rule}" for rule in rules)
        yield ""


if __name__ == "__main__":
    import sys
    from pathlib import Path

    Path(sys.argv[1]).write_text(reference(), "utf-8")
