"""Each place of sound strategies spoiled in each likely way: `python -m tests.mistakes slips --base B --every N`.

In: strategies, dice, how many places to leave out. Out: for each slip whether the FIRST fix on offer gives the file
back. A slip of which nothing is said does not count when its word stands nowhere else (a name that nothing reads may be
called anything). A declaration written otherwise is given back too when its uses are written like it.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Fix
from tests.mistakes.judge import Check, applied, check, outline
from tests.mistakes.mutants import said_lines
from tests.mistakes.slip_ways import WAYS, Way, masked

SOUND, BACK, OTHER, BROKEN, NO_FIX, SILENT, CRASH = "sound", "back", "other", "broken", "no fix", "silent", "crash"
KINDS = (SOUND, BACK, OTHER, BROKEN, NO_FIX, SILENT, CRASH)
"""It is none; the file is back; it checks and says something else; it does not check; nothing offered; nothing said; a
fault of the check."""

PLURAL = re.compile(r"\b(day|week|month|minute)s\b")

Fixer = Callable[[Diagnostic], Fix | None]
"""Which fix of a finding is put in."""


@dataclass(frozen=True)
class Slip:
    """A strategy with one line spoiled; `line` counts from 1."""

    base: str
    way: str
    line: int
    before: str
    after: str
    sound: str
    text: str


@dataclass(frozen=True)
class Answer:
    """What came of it: one of `KINDS`, and in words what is not the file."""

    slip: Slip
    kind: str
    told: str


def slips(bases: Mapping[str, str], seed: int, every: int, ways: Iterable[Way] = WAYS) -> Iterator[Slip]:
    """One in `every` places of each way, at least one of each base where it can happen."""
    for base, sound in bases.items():
        for way in ways:
            dice = random.Random(f"{seed} {base} {way.name}")
            mine = list(_of(base, sound, way, dice))
            yield from dice.sample(mine, -(-len(mine) // every))


def _of(base: str, sound: str, way: Way, dice: random.Random) -> Iterator[Slip]:
    lines = sound.split("\n")
    for at in said_lines(lines):
        for new in way.spoil(lines[at], dice):
            text = "\n".join([*lines[:at], new, *lines[at + 1 :]])
            yield Slip(base, way.name, at + 1, lines[at], new, sound, text)


def _no_slip(slip: Slip) -> bool:
    """Whether what was spoiled is a word that stands in the strategy once, or a unit that lost its plural."""
    if PLURAL.sub(r"\1", slip.before) == PLURAL.sub(r"\1", slip.after):
        return True
    gone = _words(slip.before) - _words(slip.after)
    known = Counter(word for line in slip.sound.split("\n") for word in re.findall(r"\w+", masked(line)))
    return len(gone) == 1 and known[gone.pop()] == 1


def _words(line: str) -> set[str]:
    return set(re.findall(r"\w+", masked(line)))


def first(diagnostic: Diagnostic) -> Fix | None:
    """The fix that is offered first."""
    return diagnostic.fixes[0] if diagnostic.fixes else None


def answer(slip: Slip, checker: Check = check, fixer: Fixer = first) -> Answer:
    """Check a slip, put the first fix in, and compare."""
    try:
        checked = checker(slip.text, "utf-8")
    except Exception as fault:  # what no text may do; it is counted, and told
        return Answer(slip, CRASH, repr(fault))
    if not checked.diagnostics:
        return Answer(slip, SOUND if _no_slip(slip) else SILENT, "")
    finding = (checked.errors or checked.diagnostics)[0]
    fix = fixer(finding)
    if fix is None:
        return Answer(slip, NO_FIX, finding.code)
    mended = applied(slip.text, fix.edits)
    if same(slip, mended):
        return Answer(slip, BACK, "")
    kind = BROKEN if checker(mended, "utf-8").errors else OTHER
    return Answer(slip, kind, f"{finding.code} → {_news(slip.sound, mended)}")


def same(slip: Slip, mended: str) -> bool:
    """Whether it says what the sound strategy said; a thing renamed wherever it stands is the same."""
    if _lines(mended) == _lines(slip.sound) or outline(mended) == outline(slip.sound) != outline(slip.text):
        return True
    old, new = _words(slip.before) - _words(slip.after), _words(slip.after) - _words(slip.before)
    if len(old) != 1 or len(new) != 1:
        return False
    return _lines(re.sub(rf"\b{new.pop()}\b", old.pop(), mended)) == _lines(slip.sound)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().split("\n")]


def _news(sound: str, mended: str) -> str:
    known = set(_lines(sound))
    return " ⏎ ".join(line.strip() for line in _lines(mended) if line not in known)[:160] or "the line is gone"


def answers(bases: Mapping[str, str], seed: int, every: int, match: str = "") -> list[Answer]:
    """Every answer; `match`: only ways whose name holds this."""
    chosen = [way for way in WAYS if match in way.name]
    return [answer(slip) for slip in slips(bases, seed, every, chosen)]


def share(found: list[Answer]) -> float:
    """How many files the first fix gives back."""
    counted = [a for a in found if a.kind != SOUND]
    return sum(a.kind == BACK for a in counted) / max(1, len(counted))


def report(found: list[Answer]) -> str:
    """The table by way, and every slip that is not given back."""
    rows = [f"{'way':40}{'slips':>7}" + "".join(f"{kind:>8}" for kind in KINDS)]
    for way in [*dict.fromkeys(a.slip.way for a in found), "all"]:
        counted = Counter(a.kind for a in found if way in (a.slip.way, "all"))
        rows.append(f"{way:40}{sum(counted.values()):>7}" + "".join(f"{counted[kind]:>8}" for kind in KINDS))
    left = [
        f"{a.kind:7} {a.slip.base}:{a.slip.line} {a.slip.way}\n        {a.slip.after.strip()[:140]}\n        {a.told}"
        for a in found
        if a.kind not in (SOUND, BACK)
    ]
    return "\n".join([*rows, f"given back: {100 * share(found):.1f}%", "", *left])
