"""A name where it is declared, written otherwise than where it is read: `hurdle product no-slot`, `measure no shows`.

In: a line that declares something, and the names that other lines read and nothing declares. Out: the step to the one
of them that what stands there spells.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from stratagem.dsl.catalogue import below, first_words
from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.parse.faults import snake
from stratagem.dsl.parse.mend.step import Step
from stratagem.dsl.parse.mend.trial import Place, Trial

_ENDS = frozenset(("STRING", "EQUALS", "WHEN", "LONG_TEXT"))
_WORDS = frozenset(("NAME", "WORD", "ODD_NUMBER"))
MOST_WORDS = 6


def declared_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """What stands between the head of a line and its label or formula, as the name that is read elsewhere."""
    run = trial.tokens
    if place.kind != "statement" or trial.text != place.line:
        return
    end = next((n for n, token in enumerate(run) if token.kind in _ENDS), len(run))
    for head in _heads(place.block):
        if tuple(token.text for token in run[: len(head)]) != head:
            continue
        for first in range(len(head), min(len(head) + 2, end)):
            if end - first > MOST_WORDS:
                continue
            written = trial.text[run[first].start : run[end - 1].end]
            for name in (snake(written), snake("".join(written.split()))):
                again = head == ("assume",) and name in place.hints.words  # a scenario sets it too
                if (name in place.orphans or again) and name != written:
                    yield Step(run[first].start, run[end - 1].end, name, 0.1, "S139")
            words = run[first:end]
            if end < len(run) and len(words) > 1 and all(t.kind in _WORDS and t.text not in RESERVED for t in words):
                yield Step(run[first].start, run[end - 1].end, snake(written), 0.35, "S139")


@cache
def _heads(block: str) -> tuple[tuple[str, ...], ...]:
    """The first words of the lines of a block that declare a name."""
    return tuple(dict.fromkeys(first_words(s) for s in below(block) if "{name:name(" in s.pattern and first_words(s)))
