"""Steps from the tables of phrases, and those that no row can say: calls of spreadsheets, lists, texts in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stratagem.dsl.parse.mend.comparisons import VALUE
from stratagem.dsl.parse.mend.likely import Rows
from stratagem.dsl.parse.mend.phrases import BARE_LISTS, CASES, ROWS
from stratagem.dsl.parse.mend.step import Step, compiled, finditer

_SPLIT = rf"\s*(?:,\s*(?:and|or|nor)\b|,|;|/|\||\bor\b|\bnor\b|\band\b)\s*(?={VALUE})"


_ROWS, _ROWS_OF_CASES, _LISTS = Rows(ROWS), Rows((*CASES, *ROWS)), Rows(BARE_LISTS)
"""What is looked for: in a case those of cases first."""


def make_ready() -> None:
    """Compile now what else is compiled when a line first asks for it."""
    for pattern, *_ in (*_ROWS_OF_CASES.rows, *_LISTS.rows):
        compiled(pattern)


def phrase_steps(text: str, mask: str, cases: bool = False) -> Iterator[Step]:
    """Every row that matches the text. Most are never looked for, so a pattern is compiled when it first is."""
    for _, (pattern, written, code, cost) in (_ROWS_OF_CASES if cases else _ROWS).likely(mask):
        for found in compiled(pattern).finditer(mask):
            if found.end() > found.start():
                yield _step(text, found, _expanded(text, found, written), code, cost)
    for _, (pattern, form) in _LISTS.likely(mask):
        for found in compiled(pattern).finditer(mask):
            items = _split(text, mask, found.start(1), found.end(1))
            if len(items) > 1 or form == "one of ({items})":
                yield _step(text, found, form.format(items=", ".join(items)), "S163", 0.5)


_CALL = r"\b(AND|OR|NOT|and|or|not)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)"
_GROUPS = r"(?<!is )(?<!not )\b(any|all|none|either|both|one) of\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)"
_GROUP_OF_LINES = r"(?<=when )(any|all|none) of:?\s+([^(\s][^,]*,.*)$"
_DATEDIF = r'(?i)\bdatedif\s*\(\s*([a-z]\w*)\s*[,;]\s*(?:today|now)\s*\(\s*\)\s*[,;]\s*"(\w)"\s*\)'
_QUOTED_LIST = r'[a-z]+(?: [a-z]+)?\s*([\[(]\s*"[a-z_]\w*"(?:\s*,\s*"[a-z_]\w*")*\s*[\])])$'
_LIKE = r"""\b(?i:(not\s+)?i?like)\s+(["'])([%*]?)([^"'%*]*)([%*]?)\2"""


def quoted_steps(text: str, mask: str) -> Iterator[Step]:
    """What rows cannot say: `AND(a, b)` of a spreadsheet, `like "a%"`, several texts in single quotes."""
    for found in finditer(r"\s*[-+*/]+\s*$", mask, *"-+*/"):
        yield Step(found.start(), found.end(), "", 0.9, "", f"that nothing was to follow `{found.group().strip()}`")
    for found in finditer(r"(?:(?<=\d [A-Z]{3} )|(?<=\d% ))per\s+(?=[a-z])", mask):
        for number, sign in enumerate("*/"):  # `5 EUR per seat`: so much for each of them
            yield Step(*found.span(), f"{sign} ", 0.8 + 0.02 * number, "S165", f"`{sign}`")
    for found in finditer(rf"\bbetween\s+({VALUE})(?:\s+and)?$", mask, "between"):
        written = f">= {text[slice(*found.span(1))]}"
        yield Step(found.start(), found.end(), written, 0.7, "", "that there is no upper end")
    for found in finditer(_CALL, mask, "("):
        items = [text[slice(*found.span(2))]] if found[1].lower() == "not" else _arguments(text, mask, found)
        joined = f" {found[1].lower()} ".join(items)
        alone = found.end() == len(text) or found[1].lower() == "and"
        written = f"not ({joined})" if found[1].lower() == "not" else joined if alone else f"({joined})"
        if len(items) > 1 or found[1] == "NOT":
            yield Step(found.start(), found.end(), written, 0.4, "S153")
    for found in (*finditer(_GROUPS, mask, " of"), *finditer(_GROUP_OF_LINES, mask, " of")):
        items = _arguments(text, mask, found)
        word = " and " if found[1] in ("all", "both") else " or "
        joined = word.join(f"({item})" if re.search(r"\b(?:and|or)\b", item) else item for item in items)
        alone = found.end() == len(text) and found[1] != "none"
        written = f"not ({joined})" if found[1] == "none" else joined if alone else f"({joined})"
        if len(items) > 1:
            yield Step(found.start(), found.end(), written, 0.3, "S153")
    for found in finditer(_DATEDIF, text, "("):
        unit = {"m": "months", "d": "days"}.get(found[2].lower())
        if unit:
            yield Step(found.start(), found.end(), f"{unit} since {found[1]}", 0.3, "S153")
    quoted = compiled(_QUOTED_LIST).match(text) if text.endswith((")", "]")) else None
    if quoted is not None:
        names = re.findall(r"[a-z_]\w*", quoted[1])
        yield Step(quoted.start(1), quoted.end(1), ", ".join(names), 0.4, "S153")
    for found in finditer(_LIKE, text, '"', "'"):
        word = {(True, True): "contains", (False, True): "starts with", (True, False): "ends with"}.get(
            (bool(found[3]), bool(found[5])), "is"
        )
        yield Step(found.start(), found.end(), f'{"not " * bool(found[1])}{word} "{found[4]}"', 0.3, "S153")
    singles = list(finditer(r"'([^'\x01]*)'", mask, "'"))
    if len(singles) > 1:
        start, end = singles[0].start(), singles[-1].end()
        yield Step(start, end, re.sub(r"'([^'\"]*)'", r'"\1"', text[start:end]), 0.4, "S153")


def _arguments(text: str, mask: str, call: re.Match[str]) -> list[str]:
    """What stands between the brackets of a call, cut at its own commas or semicolons."""
    pieces, depth, at = [], 0, call.start(2)
    for place in range(call.start(2), call.end(2)):
        depth += (mask[place] == "(") - (mask[place] == ")")
        if mask[place] in ",;" and not depth:
            pieces.append(text[at:place].strip())
            at = place + 1
    return [*pieces, text[at : call.end(2)].strip()]


def comma_steps(text: str, mask: str, used: Sequence[str]) -> Iterator[Step]:
    """`one of (a b c)`: words of a list side by side."""
    for found in finditer(r"\(([^()]*[a-z]\w*\s+[a-z]\w*[^()]*)\)", mask, "("):
        inner = text[found.start(1) : found.end(1)]
        split = re.sub(r"(?<=\w)\s+(?:and\s+|or\s+)?(?=\w)", ", ", inner)
        split = re.sub(r",\s*(?:and|or)\s+", ", ", split)
        if split != inner:
            likely = "," not in inner or any(word in used for word in re.findall(r"[a-z]\w*", inner))
            apart = "that a comma was left out" if re.search(r"[a-z]\w* +[a-z]\w*", inner) and "," in inner else ""
            yield Step(found.start(1), found.end(1), split, 0.6 if likely else 0.8, "S153", "" if likely else apart)


def _step(text: str, found: re.Match[str], written: str, code: str, cost: float) -> Step:
    """The step, without the blanks that stay as they are."""
    start, end = found.span()
    while start < end and written and text[start] == written[0] == " ":
        start, written = start + 1, written[1:]
    while start < end and written and text[end - 1] == written[-1] == " ":
        end, written = end - 1, written[:-1]
    written = written if start else written.lstrip()
    return Step(start, end, written, cost, code)


def _expanded(text: str, found: re.Match[str], written: str) -> str:
    """The row's text with the groups as they were written, quotes and all."""
    return re.sub(r"\\(\d)", lambda group: text[slice(*found.span(int(group[1])))], written)


def _split(text: str, mask: str, start: int, end: int) -> list[str]:
    pieces, at = [], start
    for found in compiled(_SPLIT).finditer(mask, start, end):
        pieces.append(text[at : found.start()].strip())
        at = found.end()
    pieces.append(text[at:end].strip())
    return [piece for piece in pieces if piece]
