"""The messages of a run: every row of a channel with its subject and body filled, and the slots that had no value.

In: a strategy, the rows of a list with their customers' columns. Out: the rows with `subject` and `body`, and a count
of missing slots by action, channel and name. A message is a mail's, a letter's or a phone script's, by the same rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

import polars as pl

from stratagem.dsl.model.actions import Action, Message
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.handover.clean import many_lines, one_line
from stratagem.engine.handover.columns import FilledColumn, fill
from stratagem.engine.handover.slots import Slot, slots
from stratagem.engine.handover.templates import Template, TemplateFault, read_template
from stratagem.engine.moment import Moment

Escape = Callable[[str], str]
CLEAN: dict[str, Callable[[str], str]] = {"subject": one_line, "body": many_lines}
"""The parts of a message, and what is done to every text that goes into one."""


class MessageFault(ValueError):
    """A message cannot be filled; the text says which, where it stands and why."""


@dataclass(frozen=True, slots=True)
class MissingSlot:
    """In `messages` of the `of` messages of an action through a channel, `name` was to be shown and had no value.

    They show its default, or nothing; the action goes out all the same.
    """

    action: str
    channel: str
    name: str
    messages: int
    of: int


@dataclass(frozen=True)
class Messages:
    """Rows with their messages. `rows`: as they came, with the columns `subject` and `body`."""

    rows: pl.DataFrame
    missing: tuple[MissingSlot, ...]


class Templates:
    """Every template of a strategy, read once. Raises MessageFault for one that the check would have refused."""

    def __init__(self, strategy: Strategy, moment: Moment) -> None:
        self._strategy = strategy
        self._as_of = moment.date
        known = slots(strategy)
        self._read = {
            (action.name, message.channel.name): _read(action, message, known)
            for action in strategy.actions
            for message in action.messages
        }

    def fields(self, channel: str) -> set[str]:
        """The columns of customers that the channel's messages read."""
        read = (t for (_, to), parts in self._read.items() if to == channel for t in parts.values())
        return {slot.field for template in read for slot in template.slots.values() if slot.field}

    def filled(self, rows: pl.DataFrame, channel: str, escape: Escape | None) -> Messages:
        """The rows of one channel with their messages, in the same order.

        `rows` has customers' columns as `of_customer` calls them. Without `escape` only what is missing is counted.
        """
        numbered = rows.with_row_index("@line")
        found = [
            self._action(part, str(name), channel, escape)
            for (name,), part in numbered.partition_by("action", as_dict=True, maintain_order=True).items()
        ]
        if not found:
            return Messages(rows.with_columns(pl.lit(None, pl.String).alias(part) for part in CLEAN), ())
        whole = pl.concat([messages.rows for messages in found]).sort("@line").drop("@line")
        return Messages(whole, tuple(slot for messages in found for slot in messages.missing))

    def _action(self, rows: pl.DataFrame, action: str, channel: str, escape: Escape | None) -> Messages:
        """The rows of one action."""
        parts = self._read.get((action, channel), {})
        declared = self._strategy.action(action)
        offer = declared.offers[0].name if declared and declared.offers else None
        seen = rows.with_columns(pl.lit(offer, pl.String).alias("@offer"), pl.lit(self._as_of, pl.Date).alias("@as_of"))
        filled = {
            part: fill(template, seen, _finish(part, escape) if escape else None) for part, template in parts.items()
        }
        nothing = pl.Series([None], dtype=pl.String).new_from_index(0, rows.height)
        texts = [(filled[part].texts if part in filled else nothing).alias(part) for part in CLEAN]
        missing = tuple(MissingSlot(action, channel, name, n, rows.height) for name, n in _counted(filled.values()))
        return Messages(rows.with_columns(texts), missing)


def _finish(part: str, escape: Escape) -> Callable[[str], str]:
    """A value is cleaned before it is escaped: what the format adds is not touched again."""
    clean = CLEAN[part]
    return lambda text: escape(clean(text))


def _counted(parts: Iterable[FilledColumn]) -> Iterator[tuple[str, int]]:
    """By name, in how many messages it was missing, whether in the subject, the body or both."""
    by_name: dict[str, list[pl.Series]] = {}
    for part in parts:
        for name, rows in part.missing.items():
            by_name.setdefault(name, []).append(rows)
    for name, each in by_name.items():
        count = int(reduce(lambda one, other: one | other, each).sum())
        if count:
            yield name, count


def _read(action: Action, message: Message, known: dict[str, Slot]) -> dict[str, Template]:
    """Subject and body, as far as they are written."""
    read = {}
    for part, clean in CLEAN.items():
        text: str = getattr(message, part)
        if text:
            try:
                read[part] = read_template(clean(text), known)
            except TemplateFault as fault:
                at = message.place(part)
                where = f"{at.file}:{at.line}: " if at.file else ""
                raise MessageFault(
                    f"{where}the {part} of `{action.name}` through `{message.channel.name}`: {fault}"
                ) from fault
    return read
