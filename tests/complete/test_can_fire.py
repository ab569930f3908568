"""What can fire: the prose cases of firing.md, and random ones held against customers that were drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.complete.can_fire import CanFire, Place
from tests.complete.test_gaps import read

HERE = Path(__file__).parent
TODAY = date(2026, 11, 2)
BASE = (HERE / "firing.strategy").read_text("utf-8")
HEAD = re.compile(r"(?P<says>can|cannot)(?: \((?P<gates>[\w, ]+)\))?: (?P<about>.+)")
FILLED_IN = {"through": "through shop", "chance": "chance = 0.5", "worth": "worth = 10 EUR"}


@dataclass
class Asked:
    """One case: the action's lines, where the customer stands, and the answer."""

    about: str
    can: bool
    gates: tuple[str, ...]
    lines: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        filled = [line for word, line in FILLED_IN.items() if not any(x.startswith(word) for x in self.lines)]
        return BASE + "".join(f"  {line}\n" for line in [*self.lines, *filled])


def read_asked() -> list[Asked]:
    found: list[Asked] = []
    for line in (HERE / "firing.md").read_text("utf-8").partition("\n## ")[2].splitlines()[1:]:
        head = HEAD.fullmatch(line)
        if head:
            gates = tuple(g.strip() for g in (head["gates"] or "").split(",") if g.strip())
            found.append(Asked(head["about"], head["says"] == "can", gates))
        elif line.startswith("  @ "):
            found[-1].place.append(line[4:])
        elif line.startswith("  "):
            found[-1].lines.append(line[2:])
        elif line and not line.startswith("#"):
            raise ValueError(f"no case: {line}")
    return found


def place_of(asked: Asked, strategy: Strategy) -> Place:
    says: dict[str, list[str]] = {}
    for line in asked.place:
        word, _, rest = line.partition(" ")
        says.setdefault(word, []).append(rest)
    hurdles = [(m, h) for m in strategy.journey.moves for h in m.hurdles] if strategy.journey else []
    before = [(m, h) for m, h in hurdles if h.name in says.get("before", [])]
    stages = tuple(says.get("stage", [])) + tuple(m.source.name for m, _ in before)
    return Place(
        members=tuple(says.get("member", [])),
        stages=stages or None,
        conditions=tuple(h.condition.expr for _, h in before if h.condition),
        within_days=int(says["within"][0]) if "within" in says else None,
    )


@pytest.mark.parametrize("asked", read_asked(), ids=lambda a: f"{'can' if a.can else 'cannot'}: {a.about}")
def test_it_can_or_cannot_fire(asked: Asked) -> None:
    strategy = read(asked.text)
    probe = strategy.action("probe")
    assert probe is not None
    found = CanFire(strategy, TODAY).action(probe, place_of(asked, strategy))
    assert found.possible == asked.can, found.gates
    assert set(found.gates) == set(asked.gates)
    assert found.possible or found.why
