"""One token in, its canonical text out: numbers grouped, units in number, times with two digits, quotes only if needed.

What a token may be rewritten to depends on the slot of the catalogue that it stands in: `1400` is grouped where the
catalogue says that an amount stands there, and left alone where it may be a code.
"""

from __future__ import annotations

import re

from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.grammar.literals import long_text, quoted
from stratagem.dsl.grammar.words import Token, tokens

AMOUNTS = frozenset(("number", "money", "share", "figure", "rate", "duration"))
"""Kinds of slot whose bare number counts something."""
_WHOLE = re.compile(r"[1-9]\d{3,}(?![\d,])")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


def piece(token: Token, role: str, indent: int) -> str:
    """The canonical text of a token. `role`: the kind of slot it stands in; `indent`: blanks before its line."""
    if role == "zone":
        return " ".join(token.text.split())
    match token.kind:
        case "STRING":
            return _choice(token.text) if role == "type" else token.text
        case "LONG_TEXT":
            return _long(token.text, indent + 2)
        case "MONEY":
            amount, unit = token.text.split()
            return f"{_grouped(amount)} {unit}"
        case "DURATION":
            return _duration(token.text)
        case "RATE":
            return _rate(token.text)
        case "NUMBER":
            return _grouped(token.text) if role in AMOUNTS else token.text
        case "TIME":
            return token.text.rjust(5, "0")
        case "TIMESTAMP":
            return f"{token.text[:10]} {token.text[11:].rjust(5, '0')}"
    return " ".join(token.text.split())


def _grouped(number: str) -> str:
    """`12000.50` as `12,000.50`; a number that starts with 0 stays."""
    found = _WHOLE.match(number)
    return number if found is None else f"{int(found.group()):,}{number[found.end() :]}" if found.end() < 20 else number


def _duration(text: str) -> str:
    count, unit = text.split()
    return f"{_grouped(count)} {unit.removesuffix('s')}{'' if count == '1' else 's'}"


def _rate(text: str) -> str:
    """`6000 EUR per 1 month` as `6,000 EUR per month`."""
    amount, period = re.split(r"\s+per\s+", text)
    number, *currency = amount.split()
    *count, unit = period.split()
    length = unit.removesuffix("s") if count in ([], ["1"]) else _duration(f"{count[0]} {unit}")
    return " ".join([_grouped(number), *currency, "per", length])


def _choice(text: str) -> str:
    """A choice without its quotes where it needs none."""
    inner = quoted(text)
    plain = _NAME.match(inner) and inner not in RESERVED and [t.kind for t in tokens(inner)] == ["NAME"]
    return inner if plain else text


def _long(text: str, indent: int) -> str:
    """A long text moved to its place below its line; what it says stays the same to the byte."""
    if "\n" not in text:
        return text
    first, *rest = text[3:-3].split("\n")
    widths = [len(line) - len(line.lstrip()) for line in rest if line.strip()]
    shared = min(widths, default=0)
    pad = " " * indent
    moved = [pad + line[shared:].rstrip() if line.strip() else "" for line in rest]
    if not rest[-1].strip():
        moved[-1] = pad
    made = '"""' + "\n".join([first.strip(), *moved]) + '"""'
    return made if long_text(made) == long_text(text) else text
