"""Steps for a name as people write it: with capitals, blanks, hyphens or quotes, or the label in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from stratagem.dsl.catalogue import first_words
from stratagem.dsl.catalogue.pattern import SlotPart
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.parse.faults import snake
from stratagem.dsl.parse.mend.step import Step
from stratagem.dsl.parse.mend.trial import Place, Trial
from stratagem.dsl.record import record

MOST_PIECES = 6
"""Pieces of a line that are taken together for one name."""
_PARTS = frozenset(("NAME", "WORD", "MINUS", "NUMBER", "ODD_NUMBER", "FULL_STOP", "OTHER"))


def name_steps(slot: SlotPart, trial: Trial, place: Place, at: int) -> Iterator[Step]:
    """A name with capitals, blanks, hyphens or quotes; the label in place of the name. `at`: where the name belongs."""
    declares = slot.kind in ("name", "names")
    known = {} if declares else place.hints.named(slot.arguments)
    labels = {label.lower(): name for name, label in known.items() if label}
    for first in (at, at - 1):
        for count in range(1, MOST_PIECES + 1):
            if first < 0 or first + count > len(trial.tokens):
                continue
            stretch = _Stretch(trial, at, first, count)
            if stretch.is_no_name():
                if stretch.written.lower() in labels:
                    yield stretch.to(labels[stretch.written.lower()], 0.4)
            elif not declares:
                yield from _called(stretch, place, labels, known)
            elif count == 1 or at - first <= 1:
                yield from _declared(stretch, place)


@record(slots=False)
class _Stretch:
    """Some pieces of a line, side by side, which may be a name."""

    trial: Trial
    at: int
    first: int
    count: int

    def __post_init__(self) -> None:
        self.pieces = self.trial.tokens[self.first : self.first + self.count]
        self.start, self.end = self.pieces[0].start, self.pieces[-1].end
        self.written = self.trial.text[self.start : self.end]
        self.plain = self.written.strip("\"'`").strip()
        rest = self.trial.tokens[self.first + self.count :]
        self.behind = rest[0] if rest else None

    def to(self, name: str, cost: float, code: str = "", assumes: str = "") -> Step:
        """The step that writes a name for it."""
        return Step(self.start, self.end, name, cost, code, assumes)

    def is_no_name(self) -> bool:
        """Are there pieces among them that no name is made of, with a blank somewhere."""
        odd = any(piece.kind not in _PARTS or piece.text in RESERVED for piece in self.pieces)
        return self.count > 1 and odd and any(sign.isspace() for sign in self.written)

    def may_be_spelt(self) -> bool:
        """Does it begin with a letter, and is no text among several pieces."""
        texts = any(piece.kind == "STRING" for piece in self.pieces) and self.count > 1
        return bool(self.plain) and self.plain[0].isalpha() and not texts

    def cost(self) -> float:
        """How far-fetched it is that these are the name."""
        return 0.5 + 0.15 * (self.count - 1) + 0.2 * (self.first != self.at)


def _called(stretch: _Stretch, place: Place, labels: Mapping[str, str], known: Mapping[str, str]) -> Iterator[Step]:
    """What is declared: by its label, or spelt another way."""
    if not stretch.may_be_spelt():
        return
    plain, name, cost = stretch.plain.lower(), snake(stretch.plain), stretch.cost()
    if plain in labels:
        yield stretch.to(labels[plain], cost - 0.1)
    if name == stretch.written or name in RESERVED:
        return
    if name in known:
        yield stretch.to(name, cost)
        return
    near_label, close = near(plain, labels), near(name, known)
    yield from (stretch.to(other, cost + 0.3) for other in close[:1])
    yield from (stretch.to(labels[label], cost + 0.2) for label in near_label[:1])
    yield stretch.to(name, cost + 0.6)


def _declared(stretch: _Stretch, place: Place) -> Iterator[Step]:
    """What is declared here: as other lines use it, made from the label, or spelt another way."""
    yield from _wanted(stretch, place)
    if stretch.count == 1:
        yield from _from_a_label(stretch, place)
    name = snake(stretch.plain)
    if stretch.may_be_spelt() and name != stretch.written and name not in RESERVED:
        yield stretch.to(name, stretch.cost() - 0.3 * (name in place.orphans))


def _wanted(stretch: _Stretch, place: Place) -> Iterator[Step]:
    """The names that other lines use and nothing declares."""
    trial, at, behind = stretch.trial, stretch.at, stretch.behind
    here = stretch.first == at or (at < len(trial.tokens) and stretch.first + stretch.count > at)
    whole = here and trial.text == place.line and place.orphans and stretch.count < MOST_PIECES
    if whole and behind is not None and behind.kind in ("STRING", "EQUALS"):
        for word in _declared_here(stretch.written, place, stretch.first == at):
            code = "S140" if stretch.written in RESERVED else ""
            yield stretch.to(word, 0.25, code, f"the name `{word}`, which other lines use")
    classes = len(stretch.written) == 1 and any(len(x) == 1 for x in (place.near.before, place.near.after))
    capital = stretch.count == 1 and stretch.pieces[0].kind == "WORD" and not classes
    if capital and behind is not None and behind.kind == "STRING":
        said = snake(behind.text.strip('"'))
        if said in place.orphans:
            yield stretch.to(said, 0.2, "", f"the name `{said}`, which other lines use")


def _declared_here(written: str, place: Place, whole: bool) -> tuple[str, ...]:
    """The names that other lines use and nothing declares, which a name written so most likely is. `whole`: nothing of
    it stands before the fault."""
    name = snake(written)
    if name in place.orphans or not whole:
        return (name,) if name in place.orphans else ()
    if re.fullmatch(r"[^\W\d][\w -]*", written) and written not in RESERVED:
        return near(name, place.orphans) if len(name) > 2 else ()
    return place.orphans if len(place.orphans) < 3 else ()


def _from_a_label(stretch: _Stretch, place: Place) -> Iterator[Step]:
    """A name made from the label that stands in its place, or behind a word that no name may be."""
    trial, first, piece = stretch.trial, stretch.first, stretch.pieces[0]
    wanted = (fit for fit in trial.fits if fit.reached == first and any(_is_name(part) for part in fit.wanted))
    headed = first == 0 or any(trial.tokens[first - 1].text in first_words(fit.statement) for fit in trial.fits)
    headed = headed or any(wanted)
    if first == stretch.at and piece.kind == "STRING" and headed:
        name, labelled = snake(stretch.plain), stretch.behind is not None and stretch.behind.kind == "STRING"
        read = name in place.orphans and name != stretch.plain and not labelled
        yield Step(stretch.start, stretch.start, f"{name if read else _shortened(name)} ", 0.15 if read else 0.4)
    if piece.text in RESERVED:
        label = stretch.behind if stretch.behind is not None and stretch.behind.kind == "STRING" else None
        name = _shortened(snake(label.text)) if label is not None else f"{piece.text}_1"
        name = f"{name}_1" if name in RESERVED else name
        yield stretch.to(name, 1.6 if label is None else 0.5, "S140", f"the name `{name}`")


def _is_name(part: object) -> bool:
    return isinstance(part, SlotPart) and part.kind == "name"


def _shortened(name: str) -> str:
    """A name of at most four words."""
    return "_".join(name.split("_")[:4])
