"""Messages that write a unit beside a value that is shown with its unit already."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.check.context import Block, Context, being
from stratagem.dsl.check.templates import where
from stratagem.dsl.currencies import SIGNS
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.expressions.speak import SPANS
from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.model.actions import Action, Message
from stratagem.dsl.resolve.wording import say
from stratagem.dsl.source import Span

RULE = Rule(
    "L057",
    Text(
        "warning",
        "`{unit}` is shown twice",
        "`{name}` is {kind}, which is shown with its unit.",
        "Write {{{{ {name} | number }}}} for the bare figure, or leave `{unit}` out.",
        shows=True,
    ),
)

_SLOT = re.compile(
    r"\{\{-?\s*(?P<shown>(?P<name>[A-Za-z_][\w.]*)(?:\s*\|\s*(?:round|abs)\b(?:\s*\([^()]*\))?)*)"
    r"(?P<default>\s*\|\s*default\s*\((?:\"[^\"]*\"|'[^']*'|[^()\"'])*\))?\s*-?\}\}"
)
"""A name that is shown with its unit: no filter makes a text of it."""
_TIMES = "|".join(rf"{unit}(?:s|'s|s')?" for unit in (*(unit for unit, _ in SPANS), "month", "year"))
_SIGN = f"[{re.escape(''.join(SIGNS))}]"


def find(c: Context) -> Iterator[Diagnostic]:
    """Every message of every action."""
    yield from c.each(_of_block, reads="names", where=being(Action))


def _of_block(c: Context, block: Block) -> Iterator[Diagnostic]:
    for message in block.part.messages if isinstance(block.part, Action) else ():
        for field in ("subject", "body"):
            yield from _of_text(c, message, field)


def _of_text(c: Context, message: Message, field: str) -> Iterator[Diagnostic]:
    text: str = getattr(message, field)
    for slot in _SLOT.finditer(text) if "{{" in text else ():
        meant = c.meanings.get(slot["name"], ())
        found = _beside(text, slot, meant[0].type) if len(meant) == 1 else None
        if found is not None:
            stretches = (found.span("unit"), found.span(), slot.span("shown"))
            unit, gap, shown = (where(c, message.place(field), text, *each) for each in stretches)
            less = _less(gap, found) if slot["default"] is None else None  # `a few days` would lose its days
            fixes = [less, _bare(shown, slot)]
            yield RULE.at(unit, fixes=fixes, unit=found["unit"], name=slot["name"], kind=say(meant[0].type))


def _beside(text: str, slot: re.Match[str], kind: Type) -> re.Match[str] | None:
    """The unit that is written on one side of the slot, with the blanks between."""
    after, before = _units(kind)
    found = re.compile(rf"[^\S\n]*-?(?P<unit>{after})", re.I).match(text, slot.end()) if after else None
    if found is None and before:
        found = re.compile(rf"(?P<unit>{before})[^\S\n]*\Z").search(text, 0, slot.start())
    return found


def _units(kind: Type) -> tuple[str, str]:
    """What is its unit after the figure, and before it, as patterns; "" for none."""
    if kind.is_rate:
        return "", ""
    match kind.kind:
        case Kind.DURATION:
            return rf"(?:{_TIMES})\b", ""
        case Kind.SHARE:
            return r"%|per ?cent\b", ""
        case Kind.MONEY:
            code = re.escape(kind.currency or "money")
            return rf"{code}\b|{_SIGN}", rf"\b{code}|{_SIGN}"
        case _:
            return "", ""


def _less(gap: Span, found: re.Match[str]) -> Fix | None:
    """Without the unit that is written."""
    return Fix(f"Leave `{found['unit']}` out", (Edit(gap, ""),)) if _plain(gap, found.group()) else None


def _bare(shown: Span, slot: re.Match[str]) -> Fix | None:
    """The figure alone, before the unit that is written."""
    if not _plain(shown, slot["shown"]):
        return None
    return Fix(f"Show the bare figure of `{slot['name']}`", (Edit(shown.after(), " | number"),))


def _plain(span: Span, text: str) -> bool:
    """Could the stretch be found in the file as it stands."""
    return span.line == span.end_line and span.end_column - span.column == len(text)
