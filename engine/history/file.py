"""A history in one file of JSON lines: written whole lines at a time, forced to the disk, never changed afterwards.

In: a folder (made when missing). The first line of `history.jsonl` says format and version; every other is one Event.
A crash while writing can only tear the last line: it was never confirmed, so it is left out, reported, and cut off by
the next append. Appends of several processes wait for each other.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import polars as pl
from pydantic import ValidationError

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.engine.data.problems import DataError, fault
from stratagem.engine.history.events import EVENT_VERSION, KINDS, Event
from stratagem.engine.history.history import SCHEMA, frame_of, selected

FILE = "history.jsonl"
FORMAT = "stratagem.history"
_HEADER = json.dumps({"format": FORMAT, "version": EVENT_VERSION}, separators=(",", ":")).encode() + b"\n"
_TEXT = {name: pl.String() if name == "at" else dtype for name, dtype in SCHEMA.items()}


class FileHistory:
    """See `History`. Raises DataError when the file is damaged or of another version.

    What was read once stays in memory; later reads take in only what was appended since, by whomever.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._forget()

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """A torn last line, if there is one."""
        torn = self._caught_up()
        return (fault("D181", None, file=str(self.path), line=self._lines + 1),) if torn else ()

    def append(self, events: Iterable[Event]) -> int:
        """Write the new ones among the events; they are on the disk when this returns."""
        wanted = list(events)
        self._create()
        with self._locked("r+b", exclusive=True) as file:
            self._catch_up(file)
            new: dict[str, Event] = {}
            for event in wanted:
                if event.event_id not in self._ids:
                    new.setdefault(event.event_id, event)
            start = b"" if self._read_to else _HEADER  # torn before its first line was whole
            lines = start + b"".join(e.model_dump_json(exclude_none=True).encode() + b"\n" for e in new.values())
            if lines:
                _write(file, self._read_to, lines)
                self._catch_up(file)
        return len(new)

    def events(self, customer: str | None = None, since: datetime | None = None) -> Iterator[Event]:
        """By time, then as appended."""
        return selected(self.snapshot(), customer, since)

    def snapshot(self) -> pl.DataFrame:
        """As appended."""
        self._caught_up()
        return self._frame

    def _forget(self) -> None:
        self._frame = frame_of(())
        self._ids: set[str] = set()
        self._read_to = 0
        self._lines = 0

    def _create(self) -> None:
        if self.path.exists():
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self.path.open("xb") as file:
                file.write(_HEADER)
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:  # another process was quicker
            return
        _sync_folder(self.path.parent)

    def _caught_up(self) -> bool:
        """Read what is new; is there a torn line at the end?"""
        if not self.path.exists():
            self._forget()
            return False
        with self._locked("rb", exclusive=False) as file:
            return self._catch_up(file)

    def _catch_up(self, file: IO[bytes]) -> bool:
        """Take in the whole lines that were appended since we last looked; is there a torn line after them?"""
        size = file.seek(0, os.SEEK_END)
        if size < self._read_to:  # another file by the same name
            self._forget()
        file.seek(self._read_to)
        content = file.read()
        whole = content.rfind(b"\n") + 1
        lines = content[:whole]
        if lines and not self._read_to:
            header, _, lines = lines.partition(b"\n")
            self._check(header)
            self._lines = 1
        if lines:
            self._take(self._parsed(lines))
            self._lines += lines.count(b"\n")
        self._read_to += whole
        return whole < len(content)

    def _take(self, new: pl.DataFrame) -> None:
        new = new.unique("event_id", keep="first", maintain_order=True)
        unseen = pl.Series([event_id not in self._ids for event_id in new["event_id"]], dtype=pl.Boolean)
        self._frame = pl.concat([self._frame, new.filter(unseen)])
        self._ids |= set(new["event_id"])

    def _parsed(self, lines: bytes) -> pl.DataFrame:
        try:
            read = pl.read_ndjson(io.BytesIO(lines), schema=_TEXT)
        except pl.exceptions.PolarsError as error:
            raise self._damage(lines) or error from error
        frame = read.with_columns(pl.col("at").str.to_datetime("%+", strict=False, time_unit="us", time_zone="UTC"))
        required = ("event_id", "kind", "customer", "at")
        odd = pl.any_horizontal(pl.col(required).is_null()) | ~pl.col("kind").is_in(KINDS)
        if frame.select(odd.any()).item() and (found := self._damage(lines)) is not None:
            raise found
        return frame

    def _check(self, header: bytes) -> None:
        try:
            said = json.loads(header)
            version = said["version"] if said["format"] == FORMAT else None
        except (ValueError, TypeError, KeyError) as error:
            reason = "it does not say what the file is"
            raise DataError([fault("D183", None, file=str(self.path), line=1, reason=reason)]) from error
        if version != EVENT_VERSION:
            raise DataError([fault("D182", None, file=str(self.path), found=version, known=EVENT_VERSION)])

    def _damage(self, lines: bytes) -> DataError | None:
        """The first line that holds no event."""
        for number, line in enumerate(lines.split(b"\n")[:-1], self._lines + 1):
            try:
                Event.model_validate_json(line)
            except ValidationError as error:
                # Only which part is wrong: what stands there may be personal.
                first = error.errors(include_input=False)[0]
                where = ".".join(str(part) for part in first["loc"]) or "the line"
                reason = f"{where}: {first['type'].replace('_', ' ')}"
                return DataError([fault("D183", None, file=str(self.path), line=number, reason=reason)])
        return None

    @contextmanager
    def _locked(self, mode: str, *, exclusive: bool) -> Iterator[IO[bytes]]:
        with self.path.open(mode) as file:
            _lock(file, exclusive)
            yield file  # closing the file gives the lock back


def _write(file: IO[bytes], at: int, lines: bytes) -> None:
    """Write whole lines at the end of the last whole line, or nothing."""
    file.truncate(at)
    file.seek(at)
    try:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
    except OSError:  # the disk is full, say
        file.truncate(at)
        raise


def _lock(file: IO[bytes], exclusive: bool) -> None:
    """Wait for our turn. Systems without `fcntl` have no advisory locks; there one process writes."""
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(file, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)


def _sync_folder(folder: Path) -> None:
    """Make the new file's name itself durable, where folders can be opened."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
