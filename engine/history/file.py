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
    """See `History`. Raises DataError when the file is damaged or of another version."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._ids: set[str] = set()
        self._read_to = 0

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """A torn last line, if there is one."""
        if not self.path.exists():
            return ()
        with self._locked("rb", exclusive=False) as file:
            content = file.read()
        if content.endswith(b"\n") or not content:
            return ()
        return (fault("D181", None, file=str(self.path), line=content.count(b"\n") + 1),)

    def append(self, events: Iterable[Event]) -> int:
        """Write the new ones among the events; they are on the disk when this returns."""
        self._create()
        with self._locked("r+b", exclusive=True) as file:
            whole = self._catch_up(file)
            new: dict[str, Event] = {}
            for event in events:
                if event.event_id not in self._ids:
                    new.setdefault(event.event_id, event)
            lines = b"".join(e.model_dump_json(exclude_none=True).encode() + b"\n" for e in new.values())
            if lines:
                _write(file, whole, lines)
            self._ids |= new.keys()
            self._read_to = whole + len(lines)
        return len(new)

    def events(self, customer: str | None = None, since: datetime | None = None) -> Iterator[Event]:
        """By time, then as appended."""
        return selected(self.snapshot(), customer, since)

    def snapshot(self) -> pl.DataFrame:
        """As appended."""
        if not self.path.exists():
            return frame_of(())
        with self._locked("rb", exclusive=False) as file:
            content = file.read()
        return self._frame(content[: content.rfind(b"\n") + 1])

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

    def _catch_up(self, file: IO[bytes]) -> int:
        """Learn the ids written since we last looked; where the last whole line ends."""
        start = self._read_to
        file.seek(start)
        content = file.read()
        whole = content.rfind(b"\n") + 1
        if whole:
            lines = content[:whole] if start == 0 else _HEADER + content[:whole]
            self._ids |= set(self._frame(lines)["event_id"])
        elif start == 0:  # torn before the first line was whole
            file.seek(0)
            file.write(_HEADER)
            return len(_HEADER)
        return start + whole

    def _frame(self, content: bytes) -> pl.DataFrame:
        """Whole lines as a frame."""
        header, _, lines = content.partition(b"\n")
        if not content:
            return frame_of(())
        self._check(header)
        if not lines:
            return frame_of(())
        try:
            read = pl.read_ndjson(io.BytesIO(lines), schema=_TEXT)
        except pl.exceptions.PolarsError as error:
            raise self._damage(lines) or error from error
        frame = read.with_columns(pl.col("at").str.to_datetime("%+", strict=False, time_unit="us", time_zone="UTC"))
        required = ("event_id", "kind", "customer", "at")
        odd = pl.any_horizontal(pl.col(required).is_null()) | ~pl.col("kind").is_in(KINDS)
        if frame.select(odd.any()).item():
            found = self._damage(lines)
            if found is not None:
                raise found
        return frame.unique("event_id", keep="first", maintain_order=True)

    def _check(self, header: bytes) -> None:
        try:
            said = json.loads(header)
            version = said["version"] if said["format"] == FORMAT else None
        except (ValueError, TypeError, KeyError) as error:
            raise DataError(
                [fault("D183", None, file=str(self.path), line=1, reason="it does not say what the file is")]
            ) from error
        if version != EVENT_VERSION:
            raise DataError([fault("D182", None, file=str(self.path), found=version, known=EVENT_VERSION)])

    def _damage(self, lines: bytes) -> DataError | None:
        """The first line that holds no event."""
        for number, line in enumerate(lines.splitlines(), 2):
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
