"""Texts between other signs than straight double quotes: doubled ones of a spreadsheet, brackets, single quotes.

In: a line. Out: the line with straight quotes around each such text; steps that make one text of several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stratagem.dsl.parse.mend.step import Step, compiled
from stratagem.dsl.parse.mend.trial import Place, Trial

_PAIRS = (
    "「」", "『』", "«»", "»«", "‹›", "〈〉", "《》", "“”", "„“", "““", "””", "**", "``", "'" * 2, "'" * 4, '"' * 4,
    "``" + "'" * 2,
)  # fmt: skip
"""What stands around a text, before and behind, in halves."""


def straight(text: str) -> Iterator[str]:
    """The line as it is meant, for each kind of sign that some text of it stands between."""
    for pair in _PAIRS:
        left, right = pair[: len(pair) // 2], pair[len(pair) // 2 :]
        if left in text:
            inside = rf"(?!\s)([^\x22{re.escape(pair)}]+?)(?<!\s)"
            around = rf"(?<!\w){re.escape(left)}{inside}{re.escape(right)}(?!\w)"
            mended = compiled(around).sub(r'"\1"', text)
            if mended != text:
                yield mended


def single(text: str) -> bool:
    """Does a text start with a single quote or backtick: signs that other languages write a text with."""
    return compiled(r"\(?(?:'(?!')|`(?!`))").match(text) is not None


_SEVERAL = r'"[^"\n]*"(?:\s*(?:[,;+&/.]|\band\b)?\s*"[^"\n]*")+'
"""Texts side by side, where one may stand."""
_WITH = {",": ", ", "&": " & ", "and": " and "}
"""What stands between two of them, as it stands in the one text."""


_QUOTED_FIGURE = r'"\d[\d,.]*%?(?: [A-Za-z]+)?"'
_GIVEN = r"([a-z]\w*(?:\.\w+)?)\s*=\s*([^\"\s=][^\"]*)$"
_CHOICES = r"\bone of\s*\(([^()]*\"[^()]*)\)"


def bare_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """Texts without quotes: what a field of texts is given, a choice of a field that is no name; cells of a table."""
    found = compiled(_GIVEN).match(trial.text) if place.block == "given" and trial.text == place.line else None
    declared = rf"(?m)^\s+field {found[1].split('.')[-1]} text\b" if found is not None else ""
    if found is not None and any(re.search(declared, text) for text in place.hints.holding(found[1])):
        yield Step(found.start(2), len(trial.text), f'"{found[2].strip("<> ")}"', 0.3, "S127")
    if place.kind in ("statement", "condition", "case") and " is " in trial.text:
        low = trial.text.lower()
        for said in (choice for choice in _choices(place.hints.texts) if choice.lower() in low):
            for place_of in re.finditer(rf'(?i)(?<![\w"]){re.escape(said)}(?![\w"])', trial.text):
                yield Step(place_of.start(), place_of.end(), f'"{said}"', 0.3, "S127")
    if "|" in trial.text and place.kind == "statement":
        cells = " ".join(cell.strip() for cell in trial.text.split("|") if cell.strip())
        yield Step(0, len(trial.text), cells, 0.4, "S126")
    for number in range(trial.formula_from, len(trial.tokens)):
        token = trial.tokens[number]
        if token.kind == "STRING" and compiled(_QUOTED_FIGURE).fullmatch(token.text):
            yield Step(token.start, token.end, token.text[1:-1], 0.3, "S153")
    left = trial.tokens[trial.index : trial.index + 1]
    outside = trial.formula_from > trial.index and bool(trial.fits) and trial.fits[0].ended
    if left and left[0].kind == "STRING" and left[0].end == len(trial.text) and outside:
        yield Step(left[0].start, left[0].end, f" # {left[0].text[1:-1]}", 0.9, "", "that it is a remark")


@lru_cache(maxsize=4)
def _choices(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The choices of fields that stand in quotes."""
    sources = (text for text in texts if text.startswith("source "))
    listed = (found[1] for text in sources for found in compiled(_CHOICES).finditer(text))
    return tuple(choice for choices in listed for choice in compiled('"([^"]+)"').findall(choices))


def joined_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """`body "One." "Two."`: several texts where one stands."""
    if trial.text.count('"') < 4 or trial.text.count('"') != place.line.count('"'):
        return
    for found in compiled(_SEVERAL).finditer(trial.text):
        if found.start() - 2 <= trial.at <= found.end():
            texts = compiled('"([^"]*)"').findall(found.group())
            if any(text.endswith((".csv", ".csv.gz", ".csv.zst")) for text in texts):
                continue  # a file's name is no part of a text
            parts = compiled(r'"([^"]*)"\s*(,|&|and\b)?').findall(found.group())
            said = [(text.strip(), "" if text.strip().endswith((".", "!", "?")) else sign) for text, sign in parts]
            whole = "".join(f"{text}{_WITH.get(sign, ' ')}" for text, sign in said if text).strip()
            yield Step(found.start(), found.end(), f'"{whole}"', 0.5, "", "that they are one text")
