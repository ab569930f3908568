"""The tokens that a slot took, read as the slot's value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any, cast

from stratagem.dsl.catalogue.pattern import SlotPart
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.grammar.literals import LARGEST, LITERALS, BadLiteral, literal, quoted
from stratagem.dsl.grammar.words import Token
from stratagem.dsl.lines.line import Line
from stratagem.dsl.nodes import Slot, Word, WrittenType
from stratagem.dsl.parse.match import Tokens
from stratagem.dsl.record import replace
from stratagem.dsl.values import Duration, Money, Number, Rate, Share, Text, Unit, Value

Report = Callable[[Diagnostic], None]


def read_slot(line: Line, slot: SlotPart, run: Tokens, report: Report) -> Slot | None:
    """The value of any slot but formulas and conditions; None when it was reported as no value at all."""
    span = line.place(run[0].start, run[-1].end)
    value: Any
    match slot.kind:
        case "name" | "ref":
            value = word(line, run[0])
        case "names" | "refs" | "choices":
            value = tuple(word(line, token) for token in run if token.kind != "COMMA")
        case "choice" | "currency" | "code":
            value = run[0].text
        case "flag":
            value = True
        case "zone":
            value = " ".join(line.text[run[0].start : run[-1].end].split())
        case "integer":
            value = _integer(line, run[0], report)
        case "type":
            value = _type(line, run, report)
        case "format" | "constants":
            value = _listed(line, run, report)
        case _:
            value = read_literal(line, run, report)
    return None if value is None else Slot(value, span)


def _integer(line: Line, token: Token, report: Report) -> int | None:
    """A whole number; Python itself refuses to read one of thousands of digits."""
    digits = token.text.replace(",", "")
    if len(digits) > len(str(LARGEST)):
        report(Diagnostic("S178", line.place(token.start, token.end), {"number": digits[:40]}))
        return None
    return int(digits)


def word(line: Line, token: Token) -> Word:
    """A name with its place."""
    return Word(token.text, line.place(token.start, token.end))


def read_literal(line: Line, run: Tokens, report: Report) -> Value | None:
    """A literal, with the minus before it if there is one."""
    try:
        value = literal(run[-1])
    except BadLiteral as fault:
        report(Diagnostic(fault.code, line.place(run[0].start, run[-1].end), fault.args_))
        return None
    return _negative(value) if len(run) == 2 else value


def _negative(value: Value) -> Value:
    match value:
        case Number() | Share():
            return replace(value, value=-value.value)
        case Money():
            return replace(value, amount=-value.amount)
        case Duration():
            return replace(value, count=-value.count)
        case Rate():
            return replace(value, amount=cast("Number | Money", _negative(value.amount)))
    return value


def _type(line: Line, run: Tokens, report: Report) -> WrittenType:
    if run[0].kind != "ONE_OF":
        return WrittenType(run[0].text, per=_period(run[1:]))
    return WrittenType("one of", tuple(_options(line, run[2:-1], report)))


def _options(line: Line, run: Tokens, report: Report) -> Iterator[Word]:
    """The choices between the commas. One of several words or with capitals is read as if it stood in quotes."""
    if len(run) == 1 and run[0].kind == "STRING" and "," in run[0].text:
        run = _taken_apart(line, run[0], report)
    for comma, item in groupby(run, lambda token: token.kind == "COMMA"):
        if comma:
            continue
        tokens = tuple(item)
        span = line.place(tokens[0].start, tokens[-1].end)
        text = line.text[tokens[0].start : tokens[-1].end]
        if len(tokens) > 1 or tokens[0].kind == "WORD":
            quotes = Fix("Put it in quotes", (Edit(span, f'"{text}"'),))
            report(Diagnostic("S199", span, {"written": text}, fixes=(quotes,) if '"' not in text else ()))
            yield Word(text, span)
        else:
            yield _option(line, tokens[0])


def _taken_apart(line: Line, token: Token, report: Report) -> Tokens:
    """`("low, middle, high")`: one text that holds all choices; each stands for itself."""
    span = line.place(token.start, token.end)
    items = [item.strip() for item in quoted(token.text).split(",") if item.strip()]
    plain = [item if re.fullmatch(r"[a-z][a-z0-9_]*", item) else f'"{item}"' for item in items]
    said = {"written": token.text, "instead": ", ".join(plain)}
    report(Diagnostic("S153", span, said, fixes=(Fix(f"Write: {said['instead']}", (Edit(span, said["instead"]),)),)))
    kinds = [Token("STRING" if item[0] == '"' else "NAME", item, token.start, token.end) for item in plain]
    comma = Token("COMMA", ",", token.end, token.end)
    return tuple(part for item in kinds for part in (item, comma))[:-1]


def _period(run: Tokens) -> Duration | None:
    if not run:
        return None
    if run[1].kind == "DURATION":
        return cast(Duration, literal(run[1]))
    return Duration(Decimal(1), cast(Unit, run[1].text))


def _option(line: Line, token: Token) -> Word:
    text = quoted(token.text) if token.kind == "STRING" else token.text
    return Word(text, line.place(token.start, token.end))


def _listed(line: Line, run: Tokens, report: Report) -> tuple[Value, ...] | None:
    """`"%d.%m.%Y"`, `("1", "0")`, `(-1, unknown)`: the literals, bare words read as text."""
    found: list[Value | None] = []
    for apart, tokens in groupby(run, lambda token: token.kind in ("COMMA", "LEFT", "RIGHT")):
        item = () if apart else tuple(tokens)
        if item:
            parts = [part for part in _signed(item) if _stands_for_itself(part[-1])]
            found.extend(_value(line, part, report) for part in parts)
            if len(parts) != 1 or len(parts[0]) != len(item):
                said = ", ".join(line.text[part[0].start : part[-1].end] for part in parts)
                _joined_otherwise(line, item, said, report)
    return None if None in found else tuple(value for value in found if value is not None)


def _signed(item: Tokens) -> Iterator[Tokens]:
    """The values between two commas: one, if nothing is wrong; a minus belongs to the figure after it."""
    for number, token in enumerate(item):
        if token.kind == "MINUS" and item[number + 1 : number + 2] and item[number + 1].kind in LITERALS:
            continue
        yield item[number - 1 : number + 1] if number and item[number - 1].kind == "MINUS" else (token,)


def _stands_for_itself(token: Token) -> bool:
    return token.kind in LITERALS or (token.text.isidentifier() and token.kind not in ("AND", "OR"))


def _value(line: Line, part: Tokens, report: Report) -> Value | None:
    return read_literal(line, part, report) if part[-1].kind in LITERALS else Text(part[-1].text)


def _joined_otherwise(line: Line, item: Tokens, instead: str, report: Report) -> None:
    """Values that nothing, or something else than a comma, stands between."""
    span = line.place(item[0].start, item[-1].end)
    fixes = (Fix(f"Write: {instead}", (Edit(span, instead),)),) if instead else ()
    written = line.text[item[0].start : item[-1].end]
    report(Diagnostic("S153", span, {"written": written, "instead": instead}, fixes=fixes))
