"""How fast an editor is answered: one key in a strategy of 10,000 lines, and what may be written there.

In: how often. Out: rows of the table of `language`: reading what the key has changed and finding the completions, and
apart from it the other questions an editor asks often. Process time, as there.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator

from stratagem.engine.cli.commands.lsp import SELDOM
from stratagem.engine.editor.complete import completions
from stratagem.engine.editor.hover import hover
from stratagem.engine.editor.index import Index
from stratagem.engine.editor.references import references
from stratagem.engine.editor.tokens import coloured
from tests.bench.generated import generated
from tests.bench.language import Timed

COMPLETION, OTHER = 0.05, 0.3
"""Ceilings in seconds."""
NAME = "made_up.strategy"
TYPED = (
    ("completion of a name in a condition", "segment zz when m"),
    ("completion after an operator", "measure zz = sum of orders.amount in last 3 months + "),
    ("completion of a list", "action zz\n  for "),
    ("completion of a statement", "action zz\n  "),
)


def rows(runs: int) -> Iterator[Timed]:
    """Completion at a few places, then hover, references and the colours of a screen."""
    gc.set_threshold(*SELDOM)  # as the server does: else now and then a row holds a search for circles
    text = generated(10_000)
    middle = text.index("\nmeasure", len(text) // 2) + 1
    _ = Index({NAME: text}).names
    for what, typed in TYPED:
        timed = Timed(f"{what}, 10,000 lines", COMPLETION)
        for run in range(runs):
            made = f"{text[:middle]}# key {run}\n{typed}\n{text[middle:]}"
            line = made.count("\n", 0, middle) + 2 + typed.count("\n")
            column = len(typed.rpartition("\n")[2]) + 1
            timed.seconds.append(_seconds(lambda m=made, at=(line, column): completions(Index({NAME: m}), NAME, *at)))  # type: ignore[misc]
        yield timed
    yield from _others(text, runs)


def _others(text: str, runs: int) -> Iterator[Timed]:
    index = Index({NAME: text})
    line = text.count("\n", 0, text.index("\nmeasure")) + 2
    column = len("measure ") + 2
    questions: dict[str, Callable[[], object]] = {
        "hover": lambda: hover(index, NAME, line, column),
        "references": lambda: references(index, NAME, line, column),
        "colours of a screen": lambda: list(coloured(index, NAME, line, line + 60)),
    }
    for what, ask in questions.items():
        ask()
        yield Timed(f"{what}, 10,000 lines", OTHER, [_seconds(ask) for _ in range(runs)])


def _seconds(ask: Callable[[], object]) -> float:
    began = time.process_time()
    ask()
    return time.process_time() - began


if __name__ == "__main__":
    for row in rows(5):
        print(row)
