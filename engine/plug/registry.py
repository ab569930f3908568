"""What is behind a door: every entry point of its group, loaded and looked at, none trusted.

A plug-in that cannot be imported, is not what the door is for, is made for another version of the door, or takes a name
that is taken, is left out and reported by its distribution's name; it never stops the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Generic, TypeVar

from stratagem.dsl.diagnostics.diagnostic import Diagnostic

T = TypeVar("T")

OURS = "stratagem"
"""The distribution whose plug-ins keep their names."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A plug-in that is left out. `code` is the diagnostic's."""

    code: str
    group: str
    name: str
    distribution: str
    reason: str

    def diagnostic(self) -> Diagnostic:
        """The problem as a diagnostic, which names the distribution."""
        words = {"group": self.group, "name": self.name, "distribution": self.distribution, "reason": self.reason}
        return Diagnostic(self.code, args=words)

    @property
    def text(self) -> str:
        """In one line."""
        return f"{self.code}: plug-in {self.name} of {self.distribution} ({self.group}) is left out: {self.reason}"


@dataclass(frozen=True)
class Found(Generic[T]):
    """What is behind a door, by name, and what was left out."""

    items: dict[str, T]
    problems: tuple[Problem, ...] = ()
    origins: dict[str, str] = field(default_factory=dict)
    """The distribution each item comes from."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The problems as diagnostics."""
        return tuple(p.diagnostic() for p in self.problems)


class WrongKind(Exception):
    """Raised by a door's `take` for an object that is not what the door is for; the text says why."""


class WrongVersion(WrongKind):
    """The object is made for another version of the door."""


@dataclass(frozen=True)
class Door(Generic[T]):
    """A group of entry points. `take` looks at a loaded object and gives it back as what it is, or raises WrongKind."""

    group: str
    version: int
    take: Callable[[object], T]
    entries: Callable[[str], Iterable[EntryPoint]] = field(default=lambda group: entry_points(group=group))

    def open(self) -> Found[T]:
        """Everything behind the door: our own first, then others, each by name."""
        items: dict[str, T] = {}
        problems: list[Problem] = []
        origins: dict[str, str] = {}
        for entry in sorted(self.entries(self.group), key=lambda e: (distribution(e) != OURS, e.name, distribution(e))):
            try:
                if entry.name in items:
                    raise _Taken(f"the name {entry.name} is taken by another plug-in")
                items[entry.name] = self.take(entry.load())
                origins[entry.name] = distribution(entry)
            except Exception as error:
                problems.append(_problem(self.group, entry, error))
        return Found(items, tuple(problems), origins)


class _Taken(Exception):
    pass


def distribution(entry: EntryPoint) -> str:
    """The distribution that an entry point comes from."""
    return entry.dist.name if entry.dist is not None else "an unknown distribution"


def _problem(group: str, entry: EntryPoint, error: Exception) -> Problem:
    code = "P101"
    reason = f"{type(error).__name__}: {error}"
    if isinstance(error, WrongVersion):
        code, reason = "P103", str(error)
    elif isinstance(error, WrongKind):
        code, reason = "P102", str(error)
    elif isinstance(error, _Taken):
        code, reason = "P104", str(error)
    return Problem(code, group, entry.name, distribution(entry), reason)


def check_version(found: object, version: int) -> None:
    """Raises WrongVersion unless the object says it is made for this version of the door."""
    made_for = getattr(found, "version", None)
    if made_for != version:
        raise WrongVersion(f"it is made for version {made_for} of the door, and this is version {version}")


_FOUND: dict[str, Found[Any]] = {}


def opened(door: Door[T]) -> Found[T]:
    """`Door.open`, done once a process for each door."""
    if door.group not in _FOUND:
        _FOUND[door.group] = door.open()
    return _FOUND[door.group]


def was_opened(door: Door[T]) -> bool:
    """Has anybody asked yet what is behind the door."""
    return door.group in _FOUND
