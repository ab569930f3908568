"""One hand-over file for each channel: whom to reach, with which message, until when.

In: a run, a folder. Out: a file for each channel that was used, in one of the formats behind the channel door, and
`handover.json`, which names them. Withheld decisions are not handed over. An address is handed over only to the channel
that declares it, with the purpose its field states; of the customers' other fields a file holds what messages show.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import polars as pl

from stratagem.dsl.model.data import SourceField
from stratagem.dsl.model.means import Channel
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.handover.clean import address
from stratagem.engine.handover.files import whole_folder
from stratagem.engine.handover.messages import MessageFault, MissingSlot, Templates
from stratagem.engine.handover.slots import of_customer
from stratagem.engine.plug.channels import ChannelFormat, FrameFormat

if TYPE_CHECKING:
    from stratagem.engine.pipeline import Run

HANDOVER_VERSION = 1
INDEX = "handover.json"
"""Names the files of a hand-over; it is written last, and what it does not name is no part of it."""
FORMAT = "csv"
COLUMNS = (
    "customer",
    "address",
    "purpose",
    "action",
    "subject",
    "body",
    "valid_from",
    "valid_to",
    "hours",
    "decision_id",
    "format_version",
)
"""The columns of every file, all of them texts. `purpose`: what the address may be used for."""
TAKEN = ("customer", "action", "channel", "valid_from", "valid_to", "hours", "decision_id")
"""The columns of the list that are handed over, or needed on the way."""
_OURS = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9]+)+", re.ASCII)


@dataclass(frozen=True)
class ChannelFile:
    """One file. `unfit`: addresses that hold a line break or the like, and are left out of it.

    `personal`: fields that messages show, each with its purpose.
    """

    channel: str
    file: str
    rows: int
    sha256: str
    address: str | None
    purpose: str | None
    unfit: int
    personal: dict[str, str]
    missing: tuple[MissingSlot, ...]


@dataclass(frozen=True)
class HandedOver:
    """The files of a folder, in declared order of their channels."""

    folder: Path
    channels: tuple[ChannelFile, ...] = field(default=())

    @property
    def files(self) -> list[Path]:
        """Every file written, the index last."""
        return [self.folder / name for name in (*(c.file for c in self.channels), INDEX)]


def formats() -> tuple[str, ...]:
    """The names of all formats that hand-over files may have."""
    from stratagem.engine.plug.doors import channels

    return tuple(channels().items)


def write_channels(run: Run, folder: Path, form: str = FORMAT) -> HandedOver:
    """Write a file for each channel used, all of them or none.

    `form`: the name of a channel format (csv, jsonl, parquet, or a plug-in's). Files of an earlier hand-over into the
    same folder go. ValueError for a format that nobody offers, MessageFault (a ValueError) for a template that the
    check would refuse, OSError from the disk.
    """
    written = _format(form)
    templates = Templates(run.strategy, run.moment)
    with whole_folder(folder, INDEX, _earlier(folder)) as staging:
        files = tuple(_files(run, templates, written, staging))
        (staging / INDEX).write_text(json.dumps(_index(run, form, files), ensure_ascii=False, indent=2) + "\n", "utf-8")
    return HandedOver(folder, files)


def missing_slots(run: Run) -> tuple[MissingSlot, ...]:
    """What `write_channels` would count, without writing. Raises MessageFault."""
    templates = Templates(run.strategy, run.moment)
    found: list[MissingSlot] = []
    for channel, rows in _used(run):
        found += templates.filled(_joined(run, rows, templates.fields(channel.name)), channel.name, None).missing
    return tuple(found)


def _format(name: str) -> ChannelFormat:
    from stratagem.engine.plug.doors import channels

    known = channels().items
    if name not in known:
        raise ValueError(f"there is no channel format {name}; there are {', '.join(known)}")
    return known[name]


def _used(run: Run) -> Iterator[tuple[Channel, pl.DataFrame]]:
    """The channels that have something to hand over, with their rows in the order of the list."""
    listed = run.decisions.list.filter(pl.col("status") != "withheld").select(TAKEN)
    for channel in run.strategy.channels:
        rows = listed.filter(pl.col("channel") == channel.name)
        if rows.height:
            yield channel, rows


def _joined(run: Run, rows: pl.DataFrame, fields: set[str]) -> pl.DataFrame:
    """The rows, each with these columns of its customer."""
    wanted = [name for name in run.customers.columns if name in fields]
    if not wanted:
        return rows
    people = run.customers.select(pl.col("@id"), *(pl.col(name).alias(of_customer(name)) for name in wanted))
    return rows.join(people, left_on="customer", right_on="@id", how="left", maintain_order="left")


def _files(run: Run, templates: Templates, written: ChannelFormat, staging: Path) -> Iterator[ChannelFile]:
    for channel, rows in _used(run):
        column, declared = _address(run.strategy, channel)
        read = templates.fields(channel.name)
        joined = _joined(run, rows, read | ({column} if column else set()))
        messages = templates.filled(joined, channel.name, written.escape)
        table, unfit = _table(messages.rows, column, declared)
        path = staging / f"{channel.name}{written.ending}"
        with path.open("wb") as file:
            count = _written(written, table, file)
        if count != rows.height:
            raise ValueError(f"the format of {path.name} wrote {count} of {rows.height} rows")
        yield ChannelFile(
            channel=channel.name,
            file=path.name,
            rows=count,
            sha256=_digest(path),
            address=column,
            purpose=declared.personal_for if declared else None,
            unfit=unfit,
            personal=_personal(run.strategy, read),
            missing=messages.missing,
        )


def _written(form: ChannelFormat, table: pl.DataFrame, file: BinaryIO) -> int:
    if isinstance(form, FrameFormat):
        return form.write_frame(table, file)
    return form.write(table.columns, table.iter_rows(), file)


def _address(strategy: Strategy, channel: Channel) -> tuple[str | None, SourceField | None]:
    """The column of the channel's address and its field; none for an inbound channel: there the customer comes by."""
    if channel.address is None or not channel.outbound:
        return None, None
    owner, _, name = channel.address.name.rpartition(".")
    for source in strategy.sources:
        found = source.field(name) if source.shape == "one" and owner in ("", source.name) else None
        if found is not None and found.personal_for:
            return f"{source.name}.{name}", found
    raise MessageFault(f"the address of `{channel.name}` is no field that says what it may be used for")


def _table(rows: pl.DataFrame, column: str | None, declared: SourceField | None) -> tuple[pl.DataFrame, int]:
    """The columns of the file, and how many addresses were left out as unfit."""
    nobody = pl.Series([None], dtype=pl.String).new_from_index(0, rows.height)
    there = column is not None and of_customer(column) in rows.columns
    known = rows.get_column(of_customer(column)).cast(pl.String) if column and there else nobody
    addresses = pl.Series("address", [None if a is None else address(a) for a in known.to_list()], pl.String)
    purpose = pl.when(pl.col("address").is_not_null()).then(pl.lit(declared.personal_for if declared else None))
    whole = rows.with_columns(addresses).with_columns(
        purpose.alias("purpose"), pl.lit(str(HANDOVER_VERSION)).alias("format_version")
    )
    unfit = int((known.is_not_null() & (known.str.strip_chars(" ") != "") & addresses.is_null()).sum())
    return whole.select(pl.col(name).cast(pl.String) for name in COLUMNS), unfit


def _personal(strategy: Strategy, read: set[str]) -> dict[str, str]:
    """The personal fields among these, each with its purpose."""
    fields = ((f"{source.name}.{f.name}", f.personal_for) for source in strategy.sources for f in source.fields)
    return {name: purpose for name, purpose in fields if purpose and name in read}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _index(run: Run, form: str, files: tuple[ChannelFile, ...]) -> dict[str, Any]:
    decisions = run.decisions
    return {
        "format": "stratagem.handover",
        "format_version": HANDOVER_VERSION,
        "strategy": decisions.strategy,
        "strategy_hash": decisions.strategy_hash,
        "as_of": str(decisions.moment),
        "written_as": form,
        "columns": list(COLUMNS),
        "channels": [asdict(file) for file in files],
    }


def _earlier(folder: Path) -> list[str]:
    """The files of an earlier hand-over into this folder, by its index; nothing else is ever removed."""
    try:
        said = json.loads((folder / INDEX).read_text("utf-8"))
        names = [each["file"] for each in said["channels"]] if said["format"] == "stratagem.handover" else []
    except (OSError, ValueError, TypeError, KeyError):
        return []
    return [name for name in names if isinstance(name, str) and _OURS.fullmatch(name)]
