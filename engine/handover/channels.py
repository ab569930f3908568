"""One hand-over file for each channel: whom to reach, with which message, until when.

In: a run's decisions, its customers with their columns, a folder. Out: a file for each channel that an action goes
through, in one of the formats behind the channel door (a channel that nobody is to be reached through has a file with
a heading only, so that no older one is taken for it); and how often a message had a slot without a value. Withheld
decisions are not handed over. An address stands in a file only where its field says what it may be used for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.model.actions import Action, Message
from stratagem.dsl.model.means import Channel
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.templates.names import Meaning, meanings
from stratagem.engine.decide.decision import Decisions
from stratagem.engine.handover.conditions import NotAllowed
from stratagem.engine.handover.files import whole_file
from stratagem.engine.handover.templates import fill, names_in
from stratagem.engine.handover.values import Column
from stratagem.engine.moment import Moment
from stratagem.engine.plug.channels import ChannelFormat

HANDOVER_VERSION = 1
COLUMNS = (
    "customer",
    "address",
    "action",
    "subject",
    "body",
    "valid_from",
    "valid_to",
    "hours",
    "decision_id",
    "format_version",
)
DTYPES: dict[Kind, pl.DataType] = {
    Kind.YES_NO: pl.Boolean(),
    Kind.DATE: pl.Date(),
    Kind.TIMESTAMP: pl.Datetime("us"),
}


@dataclass(frozen=True)
class Gap:
    """A slot of a message that had no value for so many customers; they saw its default, or nothing."""

    action: str
    channel: str
    part: str
    slot: str
    customers: int


@dataclass
class HandedOver:
    """`files` written, `rows` by channel, and the `gaps` in messages."""

    files: list[Path] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)


def write_channels(decisions: Decisions, customers: pl.DataFrame, folder: Path, form: str = "csv") -> HandedOver:
    """Writes the files. `customers`: one row each, with `@id`, fields and facts (a run's own frame).

    `form`: the name of a channel format. ValueError for a format that nobody offers, NotAllowed (a ValueError) for a
    template that the check would have refused, OSError where a file cannot be written.
    """
    written = _format(form)
    strategy = decisions.kept.rules.strategy
    sent = decisions.list.filter(pl.col("status") != "withheld")
    folder.mkdir(parents=True, exist_ok=True)
    result = HandedOver()
    used = {ref.name for action in strategy.actions for ref in action.channels}
    for channel in (c for c in strategy.channels if c.name in used):
        rows = sent.filter(pl.col("channel") == channel.name)
        page = _Page(strategy, channel, decisions.moment, written.escape)
        table = page.table(rows, customers)
        path = folder / f"{channel.name}{written.ending}"
        with whole_file(path) as part, part.open("wb") as file:
            result.rows[channel.name] = written.write(COLUMNS, table.iter_rows(), file)
        result.files.append(path)
        result.gaps += page.gaps()
    return result


def _format(name: str) -> ChannelFormat:
    from stratagem.engine.plug import doors

    known = doors.channels().items
    if name not in known:
        raise ValueError(f"nobody offers the channel format {name}; there are {', '.join(sorted(known))}")
    return known[name]


class _Page:
    """One channel's file, while it is put together."""

    def __init__(self, strategy: Strategy, channel: Channel, moment: Moment, escape: Callable[[str], str]) -> None:
        self.strategy = strategy
        self.channel = channel
        self.moment = moment
        self.escape = escape
        self.meanings = meanings(strategy)
        self.missing: Counter[tuple[str, str, str]] = Counter()

    def table(self, rows: pl.DataFrame, customers: pl.DataFrame) -> pl.DataFrame:
        """The rows with addresses and messages, in the order of the list."""
        rows = rows.with_row_index("@line")
        wanted = [name for name in dict.fromkeys(self._columns()) if name in customers.columns and name != "@id"]
        people = customers.select(pl.col("@id").cast(pl.String), *wanted)
        joined = rows.select("@line", "customer", "action").join(
            people, left_on="customer", right_on="@id", how="left", maintain_order="left"
        )
        parts = [self._messages(action, joined) for action in self.strategy.actions]
        if rows.is_empty():
            return pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))
        told = pl.concat([part for part in parts if part is not None]).sort("@line")
        whole = pl.concat([rows, told.drop("@line")], how="horizontal").with_columns(
            pl.lit(HANDOVER_VERSION).alias("format_version")
        )
        return whole.select(pl.col(name).cast(pl.String) for name in COLUMNS)

    def gaps(self) -> Iterator[Gap]:
        """Slots that had no value."""
        for (action, part, slot), count in self.missing.items():
            yield Gap(action, self.channel.name, part, slot, count)

    def _columns(self) -> Iterator[str]:
        """Columns of the customers that addresses and messages read."""
        address = self._address()
        if address is not None:
            yield address
        for action in self.strategy.actions:
            message = self._message(action)
            for text in (message.subject, message.body) if message else ():
                for name in sorted(names_in(text)):
                    meaning = self._meaning(name)
                    if meaning.refers != "always":
                        yield _column(meaning)

    def _address(self) -> str | None:
        """The column of the channel's address, where its field has a purpose."""
        if self.channel.address is None:
            return None
        owner, _, name = self.channel.address.name.rpartition(".")
        for source in self.strategy.sources:
            found = source.field(name)
            if found is not None and source.shape == "one" and owner in ("", source.name):
                return f"{source.name}.{name}" if found.personal_for is not None else None
        return None

    def _message(self, action: Action) -> Message | None:
        return next((m for m in action.messages if m.channel.name == self.channel.name), None)

    def _meaning(self, name: str) -> Meaning:
        listed = self.meanings.get(name, ())
        if len(listed) != 1:
            raise NotAllowed(f"`{name}` is no name that messages may show, or may mean several things")
        return listed[0]

    def _messages(self, action: Action, joined: pl.DataFrame) -> pl.DataFrame | None:
        """Address, subject and body of the rows of one action."""
        mine = joined.filter(pl.col("action") == action.name)
        if mine.is_empty():
            return None
        message, address = self._message(action), self._address()
        nothing = pl.repeat(None, len(mine), dtype=pl.String, eager=True)
        known = mine.get_column(address) if address in mine.columns else nothing
        columns = [mine.get_column("@line"), known.cast(pl.String).alias("address")]
        for part in ("subject", "body"):
            text: str = getattr(message, part) if message is not None else ""
            columns.append((self._filled(action, part, text, mine) if text else nothing).alias(part))
        return pl.DataFrame(columns)

    def _filled(self, action: Action, part: str, text: str, mine: pl.DataFrame) -> pl.Series:
        names = {name: self._value(action, name, mine) for name in names_in(text)}
        filled = fill(text, names, len(mine), self.escape)
        for slot, count in filled.missing.items():
            self.missing[action.name, part, slot] += count
        return filled.text

    def _value(self, action: Action, name: str, mine: pl.DataFrame) -> Column:
        """What a name means, as a column of these customers."""
        meaning = self._meaning(name)
        if meaning.refers == "always":
            return Column(self._always(action, name, mine), meaning.type)
        column = "customer" if meaning.refers == "identity" else _column(meaning)
        if column in mine.columns:
            values = mine.get_column(column)
        else:
            values = pl.repeat(None, len(mine), dtype=_dtype(meaning.type), eager=True)
        return Column(values, meaning.type, values.is_null())

    def _always(self, action: Action, name: str, mine: pl.DataFrame) -> pl.Series:
        """Labels, the customer's id, the as-of date."""
        if name == "customer":
            return mine.get_column("customer")
        offers = [self.strategy.offer(ref.name) for ref in action.offers]
        told: Mapping[str, str | date] = {
            "action": action.title,
            "channel": self.channel.title,
            "offer": ", ".join(offer.title for offer in offers if offer),
            "as_of": self.moment.date,
        }
        return pl.repeat(told[name], len(mine), eager=True)


def _column(meaning: Meaning) -> str:
    return "@id" if meaning.refers == "identity" else meaning.path


def _dtype(kind: Type) -> pl.DataType:
    return pl.Float64() if kind.is_numeric else DTYPES.get(kind.kind, pl.String())
