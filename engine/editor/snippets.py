"""Statements of the catalogue as snippets: their words as they are, their slots as places to fill.

In: a statement, what is still to come of its phrase. Out: the text of a snippet, `priority ${1:1}`.
"""

from __future__ import annotations

from collections.abc import Callable

from stratagem.dsl.catalogue.pattern import Choice, Literal, Part, Sequence, SlotPart, compile_pattern
from stratagem.dsl.catalogue.statement import Statement
from stratagem.engine.editor.item import plain

_SHOWN = {
    "text": '"{}"',
    "longtext": '"{}"',
    "money": "{} EUR",
    "share": "{}",
}
_FILLED = {
    "text": "text", "longtext": "text", "number": "1", "integer": "1", "share": "10%", "money": "10", "figure": "10%",
    "duration": "30 days", "rate": "2 per 7 days", "time": "09:00", "currency": "EUR", "zone": "Europe/Berlin",
    "code": "CODE", "type": "number", "formula": "formula", "condition": "condition", "constant": "value",
    "format": '"%d.%m.%Y"', "constants": '("-")', "moment": "", "date": "",
}  # fmt: skip
MOST_CHOICES = 12


class Snippet:
    """Writes one snippet, numbering its places."""

    def __init__(self, today: str, currency: str) -> None:
        self.today = today
        self.currency = currency
        self.places = 0

    def statement(self, statement: Statement) -> str:
        """A whole statement: what it cannot do without, its label where one is wanted, its tail, room below."""
        parts = [*self._sequence(compile_pattern(statement.pattern), statement.label), *self._tail(statement)]
        text = " ".join(parts).replace(" , ", ", ")
        if statement.children in ("statements", "tiers", "rows"):
            return f"{text}\n  $0"
        return text

    def rest(self, sequence: Sequence) -> str:
        """What is still to come of a phrase, without what may be left out."""
        return " ".join(self._sequence(sequence, False)).replace(" , ", ", ")

    def _tail(self, statement: Statement) -> list[str]:
        if statement.tail == "when":
            return [f"when {self._place('condition')}"]
        return [f"= {self._place('formula')}"] if statement.tail in ("formula", "= formula") else []

    def _sequence(self, sequence: Sequence, label: bool) -> list[str]:
        found: list[str] = []
        for part in sequence:
            if isinstance(part, Literal):
                found.append(part.text)
            elif isinstance(part, SlotPart):
                found.append(self.slot(part))
            elif not part.optional or (label and _labels(part)):
                found.extend(self._sequence(part.options[0], label))
        return found

    def slot(self, slot: SlotPart) -> str:
        """One slot as a place to fill."""
        if slot.kind == "flag":
            return slot.arguments[0]
        if slot.kind in ("choice", "choices"):
            return self._choice(slot.arguments)
        if slot.kind in ("name", "names", "ref", "refs"):
            return self._place(slot.arguments[0] if slot.kind in ("ref", "refs") and slot.arguments else slot.name)
        filled = {"date": self.today, "moment": self.today, "currency": self.currency}.get(slot.kind)
        form = {**_SHOWN, "money": f"{{}} {self.currency}"}.get(slot.kind, "{}")
        return form.format(self._place(filled or _FILLED.get(slot.kind, slot.name)))

    def _choice(self, words: tuple[str, ...]) -> str:
        self.places += 1
        return f"${{{self.places}|{','.join(words[:MOST_CHOICES])}|}}"

    def _place(self, text: str) -> str:
        self.places += 1
        return f"${{{self.places}:{plain(text)}}}"


def _labels(part: Choice) -> bool:
    """Is it the label that may be left out."""
    return any(isinstance(p, SlotPart) and p.name == "label" for p in part.options[0])


def after(sequence: Sequence, wanted: Part) -> Sequence | None:
    """What of a phrase follows one of its parts; None when the part is not of it."""
    for number, part in enumerate(sequence):
        if part is wanted:
            return sequence[number + 1 :]
        if isinstance(part, Choice):
            for option in part.options:
                rest = after(option, wanted)
                if rest is not None:
                    return (*rest, *sequence[number + 1 :])
    return None


def literals(sequence: Sequence, keep: Callable[[str], bool] = lambda text: text[0].isalpha()) -> list[str]:
    """The words that a phrase starts with."""
    words = []
    for part in sequence:
        if not isinstance(part, Literal) or not keep(part.text):
            break
        words.append(part.text)
    return words
