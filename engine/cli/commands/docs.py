"""`stratagem docs`: the page of a code, a statement, a word of formulas, a function, a checklist's question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from stratagem.engine.cli.exits import FINE, Refused
from stratagem.engine.cli.options import debug_option, output_option
from stratagem.engine.cli.output import say
from stratagem.engine.present.blocks import Block, Heading, Pairs, Paragraph

if TYPE_CHECKING:
    from stratagem.engine.cli.topics.entry import Entry

EXAMPLES = (
    ("S301", "a code, as check prints it"),
    ("unreachable-stage", "a rule of the linter, by its name"),
    ("action", "a block, and what may stand in it"),
    ("action.rests", "a statement; also by its words: docs rests"),
    ("sum", "a word of formulas"),
    ("round", "a function, or a filter of messages"),
    ("ASK3", "a question of a completeness checklist"),
)


@click.command("docs")
@click.argument("topic", nargs=-1, metavar="[TOPIC]...")
@click.option("--list", "listed", is_flag=True, help="List all codes with their severity and title.")
@output_option
@debug_option
def command(topic: tuple[str, ...], listed: bool, output: str) -> int:
    """Say what a code, a statement, a word or a function means, with examples that were tried just now.

    TOPIC is a code (S301), a rule's name, a block or statement (action, action.rests, "hold out"), a word of formulas
    (sum, between), a function (round), a checklist or its question (ASK3), or a list (docs alone names them).
    """
    if listed and topic:
        raise Refused("--list and a topic do not go together.", "stratagem docs --list, or stratagem docs S301.")
    if listed:
        topic = ("codes",)
    if not topic:
        say(output, overview, lambda: {"topics": dict(_lists()), "examples": dict(EXAMPLES)})
        return FINE
    from stratagem.engine.cli.topics.find import find

    found = find(" ".join(topic)) or _several(topic)
    say(output, lambda: (block for entry in found for block in entry.page()),
        lambda: {"entries": [entry.document() for entry in found]})  # fmt: skip
    return FINE


def _several(topic: tuple[str, ...]) -> list[Entry]:
    """The entries of several codes, as of a list that was copied. Refused when one of the words is none."""
    from stratagem.engine.cli.topics.find import find

    found = [[entry for entry in find(word) if entry.kind in ("code", "check")] for word in topic]
    if len(topic) == 1 or not any(found):
        raise _unknown(" ".join(topic))
    for word, entries in zip(topic, found, strict=True):
        if not entries:
            raise _unknown(word)
    return [entry for entries in found for entry in entries]


def overview() -> Iterator[Block]:
    """What can be asked."""
    yield Heading("stratagem docs TOPIC")
    yield Pairs(EXAMPLES)
    yield Heading("Lists")
    yield Pairs(tuple(_lists()))
    yield Paragraph("The language reference is docs/language.md.", "quiet")


def _lists() -> Iterator[tuple[str, str]]:
    from stratagem.engine.cli.topics import lists

    for name in lists.names():
        yield name, lists.find(name)[0].title


def _unknown(typed: str) -> Refused:
    from stratagem.engine.cli.topics.find import near_names

    close = near_names(typed)
    help = f"did you mean {' or '.join(close)}?" if close else "stratagem docs names the topics."
    return Refused(f"nothing is called {typed!r}.", help)
