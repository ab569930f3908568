"""The as-of moment: everything a strategy says is relative to it. The clock is injected here, nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

EPOCH = date(1970, 1, 1)
LAST_YEAR = "8999"
Clock = Callable[[], datetime]
"""Gives the present as an aware time."""


def system_clock() -> datetime:
    """The machine's present, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, or a date with a time of day, on the wall clock of the strategy's time zone.

    Without a time, a row dated on that day counts whatever its hour, and quiet hours do not apply.
    """

    date: date
    time: time | None = None
    zone: str = "UTC"

    @classmethod
    def now(cls, zone: str = "UTC", clock: Clock = system_clock) -> Moment:
        """This very moment in the zone."""
        local = clock().astimezone(ZoneInfo(zone)).replace(microsecond=0)
        return cls(local.date(), local.time(), zone)

    @classmethod
    def today(cls, zone: str = "UTC", clock: Clock = system_clock) -> Moment:
        """Today's date in the zone, without a time of day."""
        return cls(cls.now(zone, clock).date, None, zone)

    @classmethod
    def parse(cls, text: str, zone: str = "UTC") -> Moment:
        """`2026-11-02` or `2026-11-02 14:30[:00]`, with a blank or a T; ValueError for anything else.

        `20261102` too is refused: it would be read as midnight, when quiet hours stop everything. So are the last
        years of the calendar, where no window would have an end.
        """
        cleaned = text.strip()
        if cleaned[4:5] != "-" or "W" in cleaned or cleaned[:4] > LAST_YEAR:
            raise ValueError(text)
        if len(cleaned) == 10:
            return cls(date.fromisoformat(cleaned), None, zone)
        at = datetime.fromisoformat(cleaned)
        if at.tzinfo is not None:
            at = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        return cls(at.date(), at.time().replace(microsecond=0), zone)

    @property
    def skipped(self) -> bool:
        """Is it a time of day that the clock skips on that day, when summer time begins."""
        if self.time is None:
            return False
        local = datetime.combine(self.date, self.time, ZoneInfo(self.zone))
        try:
            back = local.astimezone(UTC).astimezone(local.tzinfo)
        except OverflowError:  # at the calendar's very beginning
            return False
        return back.replace(tzinfo=None) != local.replace(tzinfo=None)

    @property
    def day(self) -> int:
        """Whole days since 1970-01-01."""
        return (self.date - EPOCH).days

    @property
    def micros(self) -> int:
        """Microseconds since 1970-01-01 00:00 on the wall clock; the day's last microsecond without a time."""
        if self.time is None:
            return (self.day + 1) * 86_400_000_000 - 1
        seconds = self.time.hour * 3600 + self.time.minute * 60 + self.time.second
        return (self.day * 86_400 + seconds) * 1_000_000

    @property
    def utc(self) -> datetime:
        """The moment in UTC (start of day without a time)."""
        local = datetime.combine(self.date, self.time or time(0), ZoneInfo(self.zone))
        return local.astimezone(UTC)

    def __str__(self) -> str:
        return self.date.isoformat() if self.time is None else f"{self.date} {self.time.isoformat('minutes')}"
