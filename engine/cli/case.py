"""The case a command is about: which files, what moment, what came before. Typed words in, values out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from stratagem.engine.cli.exits import Refused
from stratagem.engine.cli.output import notice
from stratagem.engine.moment import Moment

if TYPE_CHECKING:
    from stratagem.dsl.model.strategy import Strategy
    from stratagem.engine.cli.opening import Opened
    from stratagem.engine.data.places import Places


def zone_of(strategy: Strategy) -> str:
    """The strategy's time zone; UTC where it names none."""
    return strategy.header.time_zone or "UTC"


def moment_of(text: str | None, strategy: Strategy, with_time: bool = False) -> Moment:
    """The as-of moment that was typed, else today in the strategy's zone; `with_time`: else this very moment."""
    zone = zone_of(strategy)
    if text is None:
        return Moment.now(zone) if with_time else Moment.today(zone)
    try:
        moment = Moment.parse(text, zone)
    except (ValueError, OverflowError) as fault:
        raise Refused(
            f"{text!r} is no date and no moment.", "write --as-of 2026-11-02, or --as-of '2026-11-02 14:30'."
        ) from fault
    if moment.skipped:
        notice(f"The clocks of {zone} skip {moment}: it is taken as it is written, after the hour before it.")
    return moment


def places_of(opened: Opened, data: Path | None, sources: Iterable[tuple[str, Path]]) -> Places:
    """Where the sources' files are looked for. Refused for a folder that is not there."""
    from stratagem.engine.data.places import Places

    if data is not None and not data.is_dir():
        raise Refused(f"there is no folder {str(data)!r}.", "--data names the folder that the sources' files are in.")
    return Places(opened.folder, data, dict(sources))
