"""Settings: `[tool.stratagem]` of the nearest pyproject.toml, at or above the working folder.

A setting is the default of the option of the same name, in every command that has it. Paths count from the folder of
the pyproject.toml. What is typed wins. A setting that does not exist is refused: it would silently do nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from stratagem.dsl.pipeline import NO_RULES, Rules
from stratagem.dsl.record import record
from stratagem.engine.cli.exits import Refused

FILE = "pyproject.toml"
TABLE = "[tool.stratagem]"


def _path(value: object, home: Path) -> str | None:
    return _near(home / value) if isinstance(value, str) else None


def _near(path: Path) -> str:
    """A path as it would be typed: relative where it lies below the working folder, as reports are to name it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _paths(value: object, home: Path) -> list[str] | None:
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        return None
    return [f"{name}={_near(home / path)}" for name, path in value.items()]


def _moment(value: object, home: Path) -> str | None:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    with suppress(ValueError, TypeError):
        datetime.fromisoformat(value)  # type: ignore[arg-type]
        return str(value)
    return None


def _shares(value: object, home: Path) -> list[str] | None:
    fits = isinstance(value, dict) and all(type(v) in (int, float) for v in value.values())
    return [f"{name}={share}" for name, share in value.items()] if fits else None  # type: ignore[attr-defined]


def _flag(value: object, home: Path) -> bool | None:
    return value if isinstance(value, bool) else None


def _word(value: object, home: Path) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: object, home: Path) -> int | None:
    return value if type(value) is int else None


Reader = Callable[[object, Path], object]
SETTINGS: dict[str, tuple[Reader, str, tuple[str, ...]]] = {
    "path": (
        _path,
        "text, the strategy's file or folder",
        ("check", "fmt", "test", "plan", "decide", "explain", "diagnose", "graph", "show"),
    ),
    "data": (_path, "text, a folder", ("check", "plan", "decide", "explain", "diagnose")),
    "source": (_paths, "a table of source names and file names", ("check", "plan", "decide", "explain", "diagnose")),
    "as_of": (_moment, "a date, or a time as text", ("check", "plan", "decide", "explain", "diagnose")),
    "history": (_path, "text, a folder", ("plan", "decide", "explain", "diagnose")),
    "require": (_shares, "a table of framework names and percentages", ("check",)),
    "strict": (_flag, "true or false", ("check",)),
    "limit": (_whole, "a whole number", ("plan",)),
    "output": (
        _word,
        "a format that one of the commands writes",
        ("check", "test", "plan", "decide", "explain", "diagnose", "show", "profile", "docs"),
    ),
}
"""Setting → how it is read, what it must be, and the commands that have the option."""
RULES = "rules"
"""The setting that is no option: codes and rules with the severity they are to have."""
SEVERAL = {("path", "check"), ("path", "fmt"), ("path", "test")}
"""Settings of one value that a command takes a list of."""
FORMATS = {
    "check": ("text", "concise", "json", "sarif", "junit", "github"),
    "test": ("text", "json", "junit", "github"),
}
"""What `--output` of a command may be, where it is more than text and JSON. A setting counts where it is possible."""


@record
class Settings:
    """The table as it stands in `file`; an empty one when there is none."""

    file: Path | None = None
    table: Mapping[str, Any] = field(default_factory=dict)

    def defaults(self) -> dict[str, dict[str, Any]]:
        """Defaults by command, for click. Raises Refused for wrong settings."""
        defaults: dict[str, dict[str, Any]] = {}
        for name, value in self.table.items():
            if name == RULES or self.file is None:
                continue
            read, wanted, commands = _setting(name, self.file)
            setting = read(value, self.file.parent)
            fits = [c for c in commands if name != "output" or setting in FORMATS.get(c, ("text", "json"))]
            if setting is None or not fits:
                raise Refused(f"{self.file}: the setting {name!r} under {TABLE} must be {wanted}.")
            for command in fits:
                defaults.setdefault(command, {})[name] = [setting] if (name, command) in SEVERAL else setting
        return defaults

    def rules(self) -> Rules:
        """The severities of `[tool.stratagem.rules]`. Raises Refused for wrong ones."""
        if RULES not in self.table or self.file is None:
            return NO_RULES
        from stratagem.engine.cli.rules import read_rules

        return read_rules(self.table[RULES], self.file)


def find_settings(start: Path | None = None) -> Settings:
    """Those of the nearest pyproject.toml. Raises Refused when it cannot be read."""
    folder = (start or Path.cwd()).absolute()
    found = next((home for home in (folder, *folder.parents) if (home / FILE).is_file()), None)
    return Settings() if found is None else Settings(found / FILE, _table(found / FILE))


def read_settings(start: Path | None = None) -> dict[str, dict[str, Any]]:
    """Defaults by command, for click; empty when no pyproject.toml has the table. Raises Refused for wrong ones."""
    return find_settings(start).defaults()


def _table(file: Path) -> dict[str, Any]:
    import tomllib

    try:
        text = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise Refused(f"{file} cannot be read: {fault}.") from fault
    tool = text.get("tool")
    table = tool.get("stratagem", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise Refused(f"{file}: {TABLE} must be a table.")
    return table


def _setting(name: str, file: Path) -> tuple[Reader, str, tuple[str, ...]]:
    if name in SETTINGS:
        return SETTINGS[name]
    from difflib import get_close_matches

    near = get_close_matches(name, SETTINGS, 1)
    raise Refused(
        f"{file}: there is no setting {name!r} under {TABLE}.",
        f"did you mean {near[0]!r}?" if near else f"the settings are {', '.join(SETTINGS)}.",
    )
