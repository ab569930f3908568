"""A framework: a published checklist as data, and one small function a check.

The data is a TOML file: what the framework is called, the document it comes from, and for each check its code, its
question, its weight, the kinds of declaration it is about, and its gaps, each a sentence and a snippet with `$words`
(of which `$currency` is always there).
The functions stand in tables by code: `Judges` for what is judged without data, `DataJudges` for what the data adds.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from stratagem.engine.complete.amounts import DEFAULT_CURRENCY
from stratagem.engine.complete.finding import Gap, Lack, Verdict

if TYPE_CHECKING:
    from stratagem.engine.complete.facts import StrategyFacts
    from stratagem.engine.complete.figures import PopulationFacts

FRAMEWORK_VERSION = 1
"""Version of the door: what a framework is made of."""

Judge = Callable[["StrategyFacts"], Verdict]
DataJudge = Callable[["StrategyFacts", "PopulationFacts"], Verdict]


class Judges(dict[str, Judge]):
    """Functions that judge without data, by code; a decorator puts one in: `@declared("CSS1")`."""

    def __call__(self, code: str) -> Callable[[Judge], Judge]:
        def put(function: Judge) -> Judge:
            if code in self:
                raise ValueError(f"{code} has a function already")
            self[code] = function
            return function

        return put


class DataJudges(dict[str, DataJudge]):
    """Functions that the data can lower a status with, by code: `@measured("CSS3")`."""

    def __call__(self, code: str) -> Callable[[DataJudge], DataJudge]:
        def put(function: DataJudge) -> DataJudge:
            if code in self:
                raise ValueError(f"{code} has a function already")
            self[code] = function
            return function

        return put


@dataclass(frozen=True, slots=True)
class GapText:
    """A sentence and a snippet with `$words`; the snippet stands under a block of this phrase (empty: at the top)."""

    write: str
    under: str
    snippet: str

    def filled(self, found: Lack, currency: str = DEFAULT_CURRENCY) -> Gap:
        """In words, for one gap; `$currency` is the strategy's."""
        words = {"currency": currency, **dict(found.words)}
        return Gap(
            key=found.key,
            write=Template(self.write).substitute(words),
            under=Template(self.under).substitute(words),
            snippet=Template(self.snippet).substitute(words).strip("\n"),
            at=found.at,
        )


@dataclass(frozen=True, slots=True)
class Check:
    """One question of a checklist. `about` are the kinds of declaration it judges; `weight` how much it matters."""

    code: str
    asks: str
    about: tuple[str, ...]
    weight: float
    gaps: dict[str, GapText]


@dataclass
class Framework:
    """A checklist with its functions. ValueError when the data and the functions do not fit together."""

    name: str
    title: str
    source: str
    checks: tuple[Check, ...]
    judges: dict[str, Judge] = field(default_factory=dict)
    data_judges: dict[str, DataJudge] = field(default_factory=dict)
    version: int = FRAMEWORK_VERSION

    @classmethod
    def from_toml(cls, package: str, file: str, judges: list[Judges], measured: list[DataJudges]) -> Framework:
        """The framework that a TOML file of an installed package describes, with its functions."""
        return cls.from_data(tomllib.loads(files(package).joinpath(file).read_text("utf-8")), judges, measured)

    @classmethod
    def from_data(cls, data: dict[str, Any], judges: list[Judges], measured: list[DataJudges]) -> Framework:
        """The framework that the data describes; ValueError for data that is not a framework's."""
        try:
            checks = tuple(_check(code, found) for code, found in data["checks"].items())
            found = cls(data["name"], data["title"], data["source"], checks, version=data["version"])
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"the framework's data lacks or garbles {error}") from error
        for table in judges:
            found.judges.update(table)
        for more in measured:
            found.data_judges.update(more)
        return found

    def problems(self) -> list[str]:
        """What keeps the framework from being run, as sentences."""
        codes = {c.code for c in self.checks}
        found = [f"{code} has no function" for code in sorted(codes - set(self.judges))]
        found += [f"{code} is no check of it" for code in sorted((set(self.judges) | set(self.data_judges)) - codes)]
        if self.version != FRAMEWORK_VERSION:
            found.append(f"it is made for version {self.version} of the door, this is version {FRAMEWORK_VERSION}")
        return found


def _check(code: str, data: dict[str, Any]) -> Check:
    gaps = {
        key: GapText(gap["write"], gap.get("under", ""), gap.get("snippet", ""))
        for key, gap in data.get("gaps", {}).items()
    }
    return Check(code, data["asks"], tuple(data["about"]), float(data.get("weight", 1)), gaps)
