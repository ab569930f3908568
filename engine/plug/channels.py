"""The door for channels: how what is handed over to a channel is escaped and written.

A plug-in is a `ChannelFormat`. The hand-over (engine/handover) fills a message's slots with values that went through
`escape`, and gives the rows of one channel to `write` (or to `write_frame`, where a format has it); it sees to it that
the file is there whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

from stratagem.engine.plug.registry import WrongKind, check_version

if TYPE_CHECKING:
    import polars as pl

CHANNEL_VERSION = 1


@runtime_checkable
class ChannelFormat(Protocol):
    """`ending`: of the file's name, with the dot. `version`: of this door, `CHANNEL_VERSION`."""

    version: int
    ending: str

    def escape(self, value: str) -> str:
        """A value as it may stand inside a message of this format."""
        ...

    def write(self, columns: Sequence[str], rows: Iterable[Sequence[str | None]], to: BinaryIO) -> int:
        """Write the rows, each as long as `columns`, None for an empty cell; gives back how many there were."""
        ...


@runtime_checkable
class FrameFormat(ChannelFormat, Protocol):
    """A format that can also take all rows at once, which is quicker for very many. It must write the same bytes."""

    def write_frame(self, frame: pl.DataFrame, to: BinaryIO) -> int:
        """Write a frame of texts, null for an empty cell; gives back how many rows there were."""
        ...


def take(found: object) -> ChannelFormat:
    """The object as a format; WrongKind when it is none."""
    if not isinstance(found, ChannelFormat):
        raise WrongKind("it is not a ChannelFormat: it lacks ending, version, escape() or write()")
    check_version(found, CHANNEL_VERSION)
    if not found.ending.startswith("."):
        raise WrongKind(f"its ending {found.ending!r} does not begin with a dot")
    return found
