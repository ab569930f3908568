"""The four doors. Each opens once a process; what is broken behind one is among its problems."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from stratagem.engine.plug import channels as channel_door
from stratagem.engine.plug import functions as function_door
from stratagem.engine.plug.channels import ChannelFormat
from stratagem.engine.plug.functions import FunctionPlugin
from stratagem.engine.plug.registry import Door, Found, Problem, WrongKind, check_version, opened, was_opened

if TYPE_CHECKING:
    from stratagem.engine.complete.framework import Framework
    from stratagem.engine.data.readers import Reader

READER_VERSION = 1


def take_framework(found: object) -> Framework:
    """The object as a framework; WrongKind when it is none, or when its data and functions do not fit together."""
    from stratagem.engine.complete.framework import FRAMEWORK_VERSION, Framework

    if not isinstance(found, Framework):
        raise WrongKind("it is not a Framework")
    check_version(found, FRAMEWORK_VERSION)
    problems = found.problems()
    if problems:
        raise WrongKind("; ".join(problems))
    return found


def take_reader(found: object) -> Reader:
    """The object as a reader of data files; WrongKind when it is none."""
    from stratagem.engine.data.readers import Reader

    if not isinstance(found, Reader):
        raise WrongKind("it is not a Reader: it lacks endings or open()")
    if getattr(found, "version", READER_VERSION) != READER_VERSION:
        check_version(found, READER_VERSION)
    return found


FRAMEWORKS: Door[Framework] = Door("stratagem.frameworks", 1, take_framework)
READERS: Door[Reader] = Door("stratagem.readers", READER_VERSION, take_reader)
FUNCTIONS: Door[tuple[FunctionPlugin, ...]] = Door("stratagem.functions", 1, function_door.take)
CHANNELS: Door[ChannelFormat] = Door("stratagem.channels", 1, channel_door.take)


def frameworks() -> Found[Framework]:
    """Every completeness framework. Two that share a code: the later one is left out."""
    found = opened(FRAMEWORKS)
    codes: dict[str, str] = {}
    kept: dict[str, Framework] = {}
    problems = list(found.problems)
    for name, framework in found.items.items():
        taken = [c.code for c in framework.checks if c.code in codes]
        if taken or framework.name in kept:
            why = (
                f"code {taken[0]} is taken by {codes[taken[0]]}" if taken else f"there is a framework {framework.name}"
            )
            problems.append(Problem("P104", FRAMEWORKS.group, name, found.origins[name], why))
            continue
        kept[framework.name] = framework
        codes.update({c.code: framework.name for c in framework.checks})
    return Found(kept, tuple(problems), found.origins)


def readers() -> Found[Reader]:
    """Every reader of data files."""
    return opened(READERS)


def functions() -> Found[tuple[FunctionPlugin, ...]]:
    """Every function of formulas; to ask puts them into the tables of checker and evaluators."""
    return opened(FUNCTIONS)


def channels() -> Found[ChannelFormat]:
    """Every format in which a channel's contacts are handed over."""
    return opened(CHANNELS)


def codes() -> tuple[str, ...]:
    """The codes of all installed frameworks, which `waive` may name."""
    return tuple(c.code for f in frameworks().items.values() for c in f.checks)


def problems() -> tuple[Problem, ...]:
    """Everything that is broken behind any door."""
    return (*readers().problems, *functions().problems, *channels().problems, *frameworks().problems)


def problems_met() -> tuple[Problem, ...]:
    """What is broken behind the doors that were opened so far; to ask opens none."""
    asked: tuple[tuple[Door[Any], Callable[[], Found[Any]]], ...] = (
        (READERS, readers), (FUNCTIONS, functions), (CHANNELS, channels), (FRAMEWORKS, frameworks),
    )  # fmt: skip
    return tuple(problem for door, found in asked if was_opened(door) for problem in found().problems)
