"""One blank between words, none inside brackets: the text of a logical line, spaced."""

from __future__ import annotations

from stratagem.dsl.grammar.words import Token, tokens

_UNREADABLE = frozenset(("OTHER", "ODD_NUMBER", "TOO_MUCH", "FULL_STOP"))
_VALUES = frozenset(
    [
        "NAME",
        "DOTTED",
        "NUMBER",
        "SHARE",
        "MONEY",
        "DURATION",
        "RATE",
        "DATE",
        "TIMESTAMP",
        "TIME",
        "YES_NO",
        "STRING",
        "MISSING",
        "RIGHT",
        "KNOWN",
    ]
)
_BEFORE_LISTS = frozenset(("as",))
"""Words before a bracket that are no functions."""


def spaced(text: str) -> str:
    """The text with canonical blanks; as it is when it holds something that cannot be read, or several lines."""
    run = tokens(text)
    if "\n" in text or any(token.kind in _UNREADABLE for token in run):
        return text
    parts: list[str] = []
    for index, token in enumerate(run):
        if index and _apart(run, index):
            parts.append(" ")
        parts.append(token.text if token.kind in ("STRING", "LONG_TEXT") else " ".join(token.text.split()))
    made = "".join(parts)
    return made if _same(run, tokens(made)) else text


def _apart(run: tuple[Token, ...], index: int) -> bool:
    """Does a blank stand before this token."""
    before, token = run[index - 1], run[index]
    if before.kind == "LEFT" or token.kind in ("RIGHT", "COMMA"):
        return False
    if token.kind == "LEFT" and before.kind == "NAME":
        return before.text in _BEFORE_LISTS
    if before.kind == "MINUS" and _signs(run, index - 1):
        return False
    touching = before.end == token.start
    return not (touching and "OVER_SIGN" in (before.kind, token.kind) and "WORD" in _kinds(run, index))


def _signs(run: tuple[Token, ...], index: int) -> bool:
    """Is this minus the sign of what follows it: `max(-5, b)`, and `amount -5 EUR` in a row, where it is written so."""
    if not index or run[index - 1].kind not in _VALUES:
        return True
    return run[index - 1].end < run[index].start and run[index].end == run[index + 1].start


def _kinds(run: tuple[Token, ...], index: int) -> set[str]:
    """The kinds around a `/`: in `Europe/Berlin` it joins, in a formula it divides."""
    return {token.kind for token in run[max(0, index - 2) : index + 2]}


def _same(one: tuple[Token, ...], other: tuple[Token, ...]) -> bool:
    return [(t.kind, t.text.split()) for t in one] == [(t.kind, t.text.split()) for t in other]
