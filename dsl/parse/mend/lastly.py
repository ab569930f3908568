"""What is tried before all search for a line, and what after it: a small letter first, another reading of all last.

In: a line and where it stands; what the search has found. Out: steps that write the whole line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from stratagem.dsl.parse.mend.say import Found
from stratagem.dsl.parse.mend.step import Step
from stratagem.dsl.parse.mend.trial import Place, read_text

S = TypeVar("S", bound=Found)
DOUBTFUL = 1.5
"""The cost from which another reading of the whole line is as likely."""


def small_letters(place: Place) -> tuple[Step, ...]:
    """A line whose first word has a capital, and which reads with a small one: it is that, and nothing is searched."""
    first = place.line.split(maxsplit=1)[0] if place.line else ""
    if place.kind != "statement" or not (first.istitle() and first.isalpha()):
        return ()
    trial = read_text(first.lower() + place.line[len(first) :], place)
    sound = trial.fault is None and not trial.strange
    return (Step(0, len(first), first.lower(), 0.1, "S153"),) if sound else ()


def doubtful(text: str, mended: str, cost: float) -> bool:
    """Is a line only put aside (made a remark, or a text), or mended in a way that is far-fetched."""
    return mended.startswith("# ") or quoted_away(text, mended) or cost >= DOUBTFUL


def likelier(text: str, found: Sequence[S], filled: Sequence[S]) -> list[S]:
    """Of what the search has found and what the line is about the one that assumes less; never a figure in a text."""
    left = [state for state in found if not quoted_away(text, state.text) and not state.text.startswith("# ")]
    surer = bool(left) and not _assumes(left[0]) and bool(filled) and _assumes(filled[0])
    if filled and not surer:
        return list(filled)
    return left or [state for state in found if not quoted_away(text, state.text)]


def _assumes(state: Found) -> bool:
    return any(step.assumes for step in state.steps)


def quoted_away(text: str, mended: str) -> bool:
    """Does a whole line with figures become a text behind a head that it did not have."""
    head = mended.split(maxsplit=1)[0]
    return '"' in mended and '"' not in text and head not in text and any(sign.isdigit() for sign in text)


def filling_steps(place: Place) -> Sequence[Step]:
    """What the line says by its names, figures and texts, whatever its words are."""
    from stratagem.dsl.parse.mend import filling  # only when nothing else is known: start-up time

    return filling.filling_steps(place)
