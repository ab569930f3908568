"""Words, signs and literals that are nearly right: said once a line, with what to write instead."""

from __future__ import annotations

import re
from itertools import pairwise

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.grammar.words import Token
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.match import Tokens
from stratagem.dsl.parse.slots import Report
from stratagem.dsl.parse.spelt import only_spelt
from stratagem.dsl.parse.spoken import UNITS
from stratagem.dsl.source import Span

_LOOK = frozenset(("OTHER", "ODD_NUMBER", "FULL_STOP", "TOO_MUCH"))
_LOOKED_AT = _LOOK | {"MONEY", "RATE", "NUMBER", "WORD", "EQUALS", "OVER_SIGN", "MINUS"}
"""Kinds of which one alone on a line may be wrong."""
_BRACKETS = frozenset(("LEFT", "RIGHT"))
_CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
_NUMBERS = frozenset(["NUMBER", "SHARE", "MONEY", "DURATION", "RATE", "ODD_NUMBER"])
_INSTEAD = {
    "≥": ">=", "≤": "<=", "≠": "is not", "×": "*", "·": "*", "÷": "/", "–": "-", "−": "-", "—": "-",
    "[": "(", "]": ")", "‘": '"', "’": '"', "'": '"',
}  # fmt: skip
_DAY_FIRST = r"(\d{1,2})\.(\d{1,2})\.(\d{4})\W*"
_OTHER_DATE = r"(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4})\W*"
_YEAR_FIRST = r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})\W*"
_POINTS = r"(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?\W*"
_COMMA = r"(\d+),(\d{1,2})\W*"
_PERIOD = r"(minute|hour|day|week|month|quarter|year)s?"
_ROUND = r"([1-9]\d{0,2})\.(\d\d0)(?:\s+([A-Z]{3}))?(?:\s+(per\s.+))?"
"""A number, an amount or a rate with three places, the last of them a nought."""
_HALF_DAY = r"(1[0-2]|[1-9])(?:[.:]([0-5]\d))?([aApP])[mM]"
_GLUED = r"([\d,.]*\d)([A-Za-z]+)\W*"


def _bulleted(run: Tokens) -> bool:
    """Does a line start as an item of a list, with a blank after its sign; a figure by itself may be negative."""
    if len(run) < 2 or run[0].kind != "MINUS" or run[0].end == run[1].start:
        return False
    figure = run[1].kind in ("LEFT", "NUMBER", "MONEY", "DURATION", "SHARE", "RATE", "MINUS")
    return not figure or any(token.kind in ("WHEN", "OTHERWISE") for token in run)


def check_line(line: Line, run: Tokens, report: Report) -> Tokens:
    """Report the first sign or literal of a line that the language does not know; then the line counts as odd.

    Returns the tokens to read: a `:` or `;` at the line's end is left out, so that the rest can be.
    """
    if line.odd:
        return run
    if line.unclosed >= 0:
        _open_quote(line, report)
        return run
    kinds = [token.kind for token in run]
    if kinds and kinds[0] in ("MINUS", "OVER_SIGN") and (rest := _begun(line, run, report)) is not None:
        return rest
    if kinds.count("STRING") > 1 or not _LOOKED_AT.isdisjoint(kinds):
        rest = _each(line, run, report)
        if rest is not None:
            return rest
    return run if _BRACKETS.isdisjoint(kinds) else _balanced(line, run, report)


def _begun(line: Line, run: Tokens, report: Report) -> Tokens | None:
    """A line that starts with a sign, as a comment or an item of a list elsewhere: reported, and the tokens to read."""
    if len(run) > 1 and run[1].text in "-/*" and run[0].end == run[1].start:
        report(_instead("S197", line, run[0], run[1], "#"))
        line.odd = True
        return run
    if not _bulleted(run) or "\n" in line.text:
        return None
    gone = Edit(line.place(run[0].start, run[1].start), "")
    fix = Fix("Leave it out", (gone,))
    report(Diagnostic("S129", line.place(run[0].start, run[0].end), {"written": "-"}, fixes=(fix,)))
    line.odd = True
    return run[1:]


def _each(line: Line, run: Tokens, report: Report) -> Tokens | None:
    """Report the first token of a line that the language does not know, and make the line odd; the tokens to read."""
    _thousands(line, run, report)
    for index, token in enumerate(run):
        kind, found = token.kind, None
        if kind == "STRING":
            found = _inner_quote(line, run, index)
        elif kind not in _LOOKED_AT:
            continue
        elif kind in _LOOK:
            found = _unknown(line, run, index)
        elif kind == "EQUALS":
            found = _double_sign(line, run, index) if index + 1 < len(run) else None
        elif kind in ("OVER_SIGN", "MINUS"):
            found = _date_like(line, run, index) or _range(line, run, index) or _two_figures(line, run, index)
            found = found or _slashed(line, run, index)
        elif kind == "WORD":
            first = index + 1 < len(run) and run[index + 1].kind == "NUMBER"
            found = _code_first(line, run, index) if first else None
        else:
            found = _figure(line, run, index, report)
        if found is not None:
            report(found)
            line.odd = True
            return (*run[:index], *run[index + 1 :]) if found.code in ("S141", "S196") else run
    return None


def _figure(line: Line, run: Tokens, index: int, report: Report) -> Diagnostic | None:
    """A number, amount or rate: with thousands after a point, without its unit, or with commas of a list in it."""
    token = run[index]
    if token.kind != "NUMBER":
        return None
    if index + 1 < len(run) and run[index + 1].text in UNITS:
        return _unit(line, run, index)
    if "," in token.text:
        _list_comma(line, run, index, report)
    return None


def _thousands(line: Line, run: Tokens, report: Report) -> None:
    """`42.000 EUR per month`: read as 42, and hardly meant so. Several on one line are told of once."""
    figures = (token for token in run if token.kind in ("NUMBER", "MONEY", "RATE") and "." in token.text)
    found = [(token, said) for token in figures if (said := re.fullmatch(_ROUND, token.text))]
    if not found:
        return
    spans = [line.place(token.start, token.end) for token, _ in found]
    tails = ["".join(f" {part}" for part in said.groups()[2:] if part) for _, said in found]
    many = [f"{said[1]},{said[2]}{tail}" for (_, said), tail in zip(found, tails, strict=True)]
    few = [f"{float(f'{said[1]}.{said[2]}'):g}{tail}" for (_, said), tail in zip(found, tails, strict=True)]
    fixes = tuple(
        Fix(f"Write {' and '.join(texts)} (this assumes that {what} meant)", tuple(map(Edit, spans, texts)))
        for texts, what in ((many, "thousands are"), (few, f"{few[0]} is"))
    )
    args = {"written": found[0][0].text, "value": few[0], "thousands": many[0]}
    report(Diagnostic("S100", spans[0], args, fixes=fixes))


def _open_quote(line: Line, report: Report) -> None:
    """A quote that is not closed on its line."""
    end = line.place(len(line.text) - 1, len(line.text) - 1)
    span = line.place(line.unclosed, len(line.text) - 1)
    report(Diagnostic("S116", span, fixes=(Fix("Close the quote", (Edit(end, '"'),)),)))
    line.odd = True


def _inner_quote(line: Line, run: Tokens, index: int) -> Diagnostic | None:
    """`"whose "own" bed"`: a text that ends right before a word, with another one that starts right behind one."""
    last = next((n for n in range(len(run) - 1, index, -1) if run[n].kind == "STRING"), index)
    if last == index or not run[index + 1].text[0].isalnum() or not run[last - 1].text[0].isalnum():
        return None
    if run[index].end != run[index + 1].start or run[last - 1].end != run[last].start:
        return None
    start, end = run[index].start, run[last].end
    written = line.text[start:end]
    return _instead("S107", line, run[index], run[last], '"' + written[1:-1].replace('"', "'") + '"')


def _slashed(line: Line, run: Tokens, index: int) -> Diagnostic | None:
    """`9 USD/month`: an amount for each month, and no division."""
    before, after = run[index - 1], run[index + 1] if index + 1 < len(run) else run[index]
    unit = re.fullmatch(_PERIOD, after.text)
    if not index or run[index].text != "/" or unit is None or before.kind not in ("NUMBER", "MONEY"):
        return None
    return _instead("S198", line, before, after, f"{before.text} per {unit[1]}")


def _range(line: Line, run: Tokens, index: int) -> Diagnostic | None:
    """`is 20-90 days`: a bare number up to an amount; as a subtraction it could mean nothing."""
    before, after = run[index - 1], run[index + 1] if index + 1 < len(run) else run[index]
    if index < 2 or before.kind != "NUMBER" or after.kind not in ("DURATION", "MONEY"):
        return None
    if run[index - 2].kind != "IS" or before.end != run[index].start or run[index].end != after.start:
        return None
    unit = after.text.split()[-1]
    return _instead("S153", line, run[index - 2], after, f"between {before.text} {unit} and {after.text}")


_WITH_UNIT = frozenset(("MONEY", "SHARE", "DURATION", "RATE"))
_BEFORE_VALUES = frozenset(("EQUALS", "LEFT", "ELSE", "COMMA", "WHEN", "NAME"))


def _two_figures(line: Line, run: Tokens, index: int) -> Diagnostic | None:
    """`costs 5-6 EUR`, `chance = 50-60%`: from the one to the other; as a subtraction it would be less than nothing."""
    before, after = run[index - 1], run[index + 1] if index + 1 < len(run) else run[index]
    if not index or run[index].kind != "MINUS" or after.kind not in _WITH_UNIT:
        return None
    if before.kind not in ("NUMBER", after.kind):
        return None
    first = index < 2 or run[index - 2].kind in _BEFORE_VALUES
    glued = before.end == run[index].start and run[index].end == after.start
    low, high = (float(re.sub(r"[^\d.]", "", token.text.split()[0])) for token in (before, after))
    if not first or low >= high or not (glued or (before.kind == "NUMBER" and after.kind != "SHARE")):
        return None
    unit = after.text.removeprefix(after.text.split()[0].rstrip("%"))
    figures = (after.text, before.text if before.kind == after.kind else before.text + unit)
    span = line.place(before.start, after.end)
    fixes = tuple(
        Fix(f"Write {text} (this assumes that the {which} of the two is meant)", (Edit(span, text),))
        for text, which in zip(figures, ("greater", "smaller"), strict=True)
    )
    return Diagnostic("S200", span, {"written": line.text[before.start : after.end]}, fixes=fixes)


def _unopened(line: Line, run: Tokens, index: int, span: Span) -> tuple[Fix, ...]:
    """A bracket that closes nothing goes; where a factor follows it, it more likely lacks the one that opens it."""
    gone = Fix("Leave it out", (Edit(span, ""),))
    starts = [n for n in range(index) if run[n].kind == "EQUALS"]
    factor = index + 1 < len(run) and run[index + 1].kind in ("TIMES", "OVER_SIGN")
    if not factor or not starts or starts[-1] + 2 >= index:
        return (gone,)
    first = line.place(run[starts[-1] + 1].start, run[starts[-1] + 1].start)
    return Fix("Open it before the formula (this assumes that it goes with all before it)", (Edit(first, "("),)), gone


def _balanced(line: Line, run: Tokens, report: Report) -> Tokens:
    """Report a bracket that is not closed, or not opened; the run without it, or with it closed at the end."""
    opened: list[Token] = []
    for index, token in enumerate(run):
        if token.kind == "LEFT":
            opened.append(token)
        elif token.kind == "RIGHT" and not opened:
            span = line.place(token.start, token.end)
            report(Diagnostic("S119", span, fixes=_unopened(line, run, index, span)))
            line.odd = True
            return (*run[:index], *run[index + 1 :])
        elif token.kind == "RIGHT":
            opened.pop()
    if not opened:
        return run
    end = len(line.text)
    fix = Fix("Close it", (Edit(line.place(end, end), ")" * len(opened)),))
    report(Diagnostic("S118", line.place(opened[0].start, opened[0].end), fixes=(fix,)))
    line.odd = True
    return (*run, *(Token("RIGHT", ")", end, end) for _ in opened))


def _within_a_word(text: str, token: Token) -> bool:
    """`isn't`: its sign opens no text."""
    return token.text in "'’" and text[: token.start][-1:].isalpha() and text[token.end : token.end + 1].isalpha()


def _unknown(line: Line, run: Tokens, index: int) -> Diagnostic | None:
    token = run[index]
    span = line.place(token.start, token.end)
    if token.kind == "TOO_MUCH":
        return Diagnostic("S160", span)
    if token.kind == "ODD_NUMBER":
        return _number(line, token)
    text = token.text
    if text in _CURRENCIES:
        return _currency(line, run, index)
    if text == "%" and index and run[index - 1].kind == "NUMBER":
        return _instead("S172", line, run[index - 1], token, run[index - 1].text + "%")
    if index == len(run) - 1 and text in ":;.{,!?":
        fix = Fix("Leave it out", (Edit(span, ""),), True)
        return Diagnostic("S141", span, {"sign": text}, fixes=(fix,))
    if text in ":;":
        glued = 0 < index < len(run) - 1 and run[index - 1].end == token.start and run[index + 1].start == token.end
        return Diagnostic("S196", span, {"sign": text}, fixes=(Fix("Leave it out", (Edit(span, " " * glued),)),))
    if text == "!" and index + 1 < len(run) and run[index + 1].kind == "EQUALS":
        return _instead("S153", line, token, run[index + 1], "is not")
    if text in "&|":
        last = run[index + 1] if index + 1 < len(run) and run[index + 1].text == text else token
        return _instead("S154", line, token, last, "and" if text == "&" else "or")
    if text in _INSTEAD and not _within_a_word(line.text, token):
        return _instead("S153", line, token, token, _INSTEAD[text])
    return Diagnostic("S142", span, {"sign": text})


def _instead(code: str, line: Line, first: Token, last: Token, text: str) -> Diagnostic:
    """A diagnostic that says what to write for the text from one token to another."""
    span = line.place(first.start, last.end)
    args = {"written": line.text[first.start : last.end], "instead": text}
    fix = Fix(f"Write {text}", (Edit(span, text),), only_spelt(args["written"], text, code))
    return Diagnostic(code, span, args, fixes=(fix,))


def _currency(line: Line, run: Tokens, index: int) -> Diagnostic:
    """`€12` or `12€`: money is written with its code."""
    sign = run[index]
    code = _CURRENCIES[sign.text]
    for other, first, last in ((index + 1, index, index + 1), (index - 1, index - 1, index)):
        if 0 <= other < len(run) and run[other].kind == "NUMBER":
            return _instead("S170", line, run[first], run[last], f"{run[other].text} {code}")
    if index and run[index - 1].text == "currency":
        return _instead("S153", line, sign, sign, code)
    args = {"written": sign.text, "instead": f"12 {code}"}
    return Diagnostic("S170", line.place(sign.start, sign.end), args)


def _unit(line: Line, run: Tokens, index: int) -> Diagnostic | None:
    """`5 mins`, `10 percent`, `3 euros`."""
    number, word = run[index], run[index + 1]
    if index + 2 < len(run) and run[index + 2].kind == "LEFT":
        return None
    unit = UNITS[word.text]
    code = "S170" if unit.isupper() else "S172" if unit == "%" else "S198"
    return _instead(code, line, number, word, number.text + ("" if unit == "%" else " ") + unit)


def _code_first(line: Line, run: Tokens, index: int) -> Diagnostic | None:
    """`EUR 3.20`."""
    code, number = run[index], run[index + 1]
    if len(code.text) != 3 or not code.text.isupper() or not code.text.isascii():
        return None
    return _instead("S170", line, code, number, f"{number.text} {code.text}")


def _number(line: Line, token: Token) -> Diagnostic:
    """A thing that starts with a digit and is no literal of the language."""
    text = token.text.rstrip(",.")
    token = Token(token.kind, text, token.start, token.start + len(text))
    if found := re.fullmatch(_DAY_FIRST, text):
        day, month, year = found.groups()
        return _instead("S173", line, token, token, f"{year}-{int(month):02}-{int(day):02}")
    if found := re.fullmatch(_YEAR_FIRST, text):
        year, month, day = found.groups()
        return _instead("S173", line, token, token, f"{year}-{int(month):02}-{int(day):02}")
    span = line.place(token.start, token.end)
    if re.fullmatch(_OTHER_DATE, text):
        return Diagnostic("S173", span, {"written": text, "instead": "2026-10-01"})
    if found := re.fullmatch(_POINTS, text):
        whole = found[1].replace(".", ",")
        return _instead("S171", line, token, token, whole + (f".{found[2]}" if found[2] else ""))
    if found := re.fullmatch(_COMMA, text):
        percent = "%" if text.endswith("%") else ""
        return _instead("S171", line, token, token, f"{found[1]}.{found[2]}{percent}")
    if found := re.fullmatch(_HALF_DAY, text):
        hour = int(found[1]) % 12 + 12 * (found[3] in "pP")
        return _instead("S195", line, token, token, f"{hour:02}:{found[2] or '00'}")
    if found := re.fullmatch(_GLUED, text):
        return _instead("S176", line, token, token, f"{found[1]} {found[2]}")
    return Diagnostic("S177", span, {"written": text})


def _date_like(line: Line, run: Tokens, index: int) -> Diagnostic | None:
    """`2026/10/01` and `2026-1-5`: by the grammar sums, and never meant so."""
    five = run[index - 1 : index + 4] if index else ()
    kinds = [token.kind for token in five]
    if len(five) < 5 or kinds != ["NUMBER", kinds[1], "NUMBER", kinds[1], "NUMBER"]:
        return None
    touching = all(one.end == other.start for one, other in pairwise(five))
    written = line.text[five[0].start : five[-1].end]
    if not touching or not re.fullmatch(_OTHER_DATE, written):
        return None
    whole = Token("ODD_NUMBER", written, five[0].start, five[-1].end)
    return _number(line, whole)


def _double_sign(line: Line, run: Tokens, index: int) -> Diagnostic | None:
    """`==`, `=>`, `=<`."""
    token, following = run[index], run[index + 1]
    if following.start != token.end:
        return None
    if following.kind == "EQUALS":
        return _instead("S152", line, token, following, "is")
    if following.kind == "COMPARE" and following.text in "<>":
        return _instead("S153", line, token, following, following.text + "=")
    return None


def _list_comma(line: Line, run: Tokens, index: int, report: Report) -> None:
    """`(1,200)`: one number, though it looks like a list of two."""
    before = run[index - 1].kind if index else ""
    after = run[index + 1].kind if index + 1 < len(run) else ""
    if before in ("LEFT", "COMMA") and after in ("RIGHT", "COMMA"):
        token = run[index]
        args = {"number": token.text, "list": token.text.replace(",", ", "), "plain": token.text.replace(",", "")}
        report(Diagnostic("S175", line.place(token.start, token.end), args))
