"""Each place of sound strategies spoiled in each likely way: `python -m tests.mistakes slips --base B --every N`.

In: strategies, dice, how many places to leave out. Out: for each slip whether the FIRST fix on offer gives the file
back. A slip of which nothing is said does not count when its word stands nowhere else (a name that nothing reads may be
called anything). A declaration written otherwise is given back too when its uses are written like it.

Where something was taken away, or moved, that nobody can know (a name, a figure, which of two blocks), it is as good
when the strategy checks and has lost nothing that was written; and nothing counts that leaves a sound strategy. Such
slips are counted apart.
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
from tests.mistakes.slip_moves import MOVES, Move
from tests.mistakes.slip_ways import WAYS as OF_SIGNS
from tests.mistakes.slip_ways import Way, masked
from tests.mistakes.slip_words import ENDS, WORDS

WAYS: tuple[Way, ...] = (*OF_SIGNS, *WORDS, *ENDS)
"""The ways to spoil a line."""
ALL: tuple[Way | Move, ...] = (*WAYS, *MOVES)
SOUND, BACK, MENDED, OTHER, BROKEN = "sound", "back", "mended", "other", "broken"
NO_FIX, SILENT, CRASH = "no fix", "silent", "crash"
KINDS = (SOUND, BACK, MENDED, OTHER, BROKEN, NO_FIX, SILENT, CRASH)
"""It is none; the file is back; it checks and has lost nothing, where more cannot be known; it checks and says another
thing; it does not check; nothing offered; nothing said; a fault of the check."""

PLURAL = re.compile(r"\b(day|week|month|minute)s\b")
WORD = re.compile(r'"[^"\n]*"|[\w.%]+')
COMMA = re.compile(r"(\d),(?=\d{3}\b)")
CENTS = re.compile(r"(?<=\d)\.00\b")

Fixer = Callable[[Diagnostic], Fix | None]
"""Which fix of a finding is put in."""


@dataclass(frozen=True)
class Slip:
    """A strategy with one line spoiled, or moved; `line` counts from 1. `known`: what it was can be known."""

    base: str
    way: str
    known: bool
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


def slips(bases: Mapping[str, str], seed: int, every: int, ways: Iterable[Way | Move] = WAYS) -> Iterator[Slip]:
    """One in `every` places of each way, at least one of each base where it can happen."""
    for base, sound in bases.items():
        for way in ways:
            dice = random.Random(f"{seed} {base} {way.name}")
            mine = list(_of(base, sound, way, dice))
            yield from dice.sample(mine, -(-len(mine) // every))


def _of(base: str, sound: str, way: Way | Move, dice: random.Random) -> Iterator[Slip]:
    lines = sound.split("\n")
    for at in said_lines(lines):
        if isinstance(way, Move):
            for moved in way.spoil(lines, at):
                yield Slip(base, way.name, way.known, at + 1, lines[at], lines[at], sound, "\n".join(moved))
            continue
        for new in way.spoil(lines[at], dice):
            text = "\n".join([*lines[:at], new, *lines[at + 1 :]])
            yield Slip(base, way.name, way.known, at + 1, lines[at], new, sound, text)


def _no_slip(slip: Slip) -> bool:
    """Whether another sound strategy may be left, or one that says the same.

    A word was misspelled that stands in the strategy once; a unit lost its plural, a thousand its comma; a line was
    moved to where it says the same.
    """
    if not slip.known or (slip.before == slip.after and outline(slip.text) == outline(slip.sound)):
        return True
    if any(part.sub(r"\1", slip.before) == part.sub(r"\1", slip.after) for part in (PLURAL, COMMA)):
        return True
    gone, new = _words(slip.before) - _words(slip.after), _words(slip.after) - _words(slip.before)
    known = Counter(word for line in slip.sound.split("\n") for word in re.findall(r"\w+", masked(line)))
    return len(gone) == 1 <= len(new) and known[gone.pop()] == 1


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
    told = f"{finding.code} → {_news(slip.sound, mended)}"
    if checker(mended, "utf-8").errors:
        return Answer(slip, BROKEN, told)
    return Answer(slip, MENDED if not slip.known and keeps(slip, mended) else OTHER, told)


def same(slip: Slip, mended: str) -> bool:
    """Whether it says what the sound strategy said; a thing renamed wherever it stands is the same."""
    if _lines(mended) == _lines(slip.sound) or outline(mended) == outline(slip.sound) != outline(slip.text):
        return True
    old, new = _words(slip.before) - _words(slip.after), _words(slip.after) - _words(slip.before)
    if len(old) != 1 or len(new) != 1:
        return False
    return _lines(re.sub(rf"\b{new.pop()}\b", old.pop(), mended)) == _lines(slip.sound)


def keeps(slip: Slip, mended: str) -> bool:
    """Whether all that the slip left is there still, at its place: words in their order, what lines start with.

    Or the lines are those of the sound strategy, remarks included, whatever their order.
    """
    if _set_of_lines(mended) == _set_of_lines(slip.sound):
        return True
    starts = _starts(slip.text) - _starts(mended)
    if starts - (_starts(slip.after) if _starts(slip.before) != _starts(slip.after) else Counter()):
        return False
    words = iter(WORD.findall(mended))
    return all(word in words for word in WORD.findall(slip.text))


def _starts(text: str) -> Counter[str]:
    return Counter(line.split()[0] for line in text.split("\n") if line.strip())


def _set_of_lines(text: str) -> Counter[str]:
    return Counter(line.strip().removeprefix("# ") for line in text.split("\n"))


def _lines(text: str) -> list[str]:
    return [CENTS.sub("", line.rstrip()) for line in text.rstrip().split("\n")]


def _news(sound: str, mended: str) -> str:
    known = set(_lines(sound))
    return " ⏎ ".join(line.strip() for line in _lines(mended) if line not in known)[:160] or "the line is gone"


def answers(bases: Mapping[str, str], seed: int, every: int, match: str = "") -> list[Answer]:
    """Every answer; `match`: only ways whose name holds this."""
    chosen = [way for way in ALL if match in way.name]
    return [answer(slip) for slip in slips(bases, seed, every, chosen)]


def share(found: list[Answer]) -> float:
    """How many files the first fix gives back, of those that can be known."""
    counted = [a for a in found if a.kind != SOUND and a.slip.known]
    return sum(a.kind == BACK for a in counted) / max(1, len(counted))


def share_of_rest(found: list[Answer], *kinds: str) -> float:
    """How many slips of those that cannot be known come to one of these kinds."""
    counted = [a for a in found if a.kind != SOUND and not a.slip.known]
    return sum(a.kind in kinds for a in counted) / max(1, len(counted))


def report(found: list[Answer]) -> str:
    """The table by way, and every slip that is not given back."""
    rows = [f"{'way':44}{'slips':>7}" + "".join(f"{kind:>8}" for kind in KINDS)]
    for way in [*dict.fromkeys(a.slip.way for a in found), "all"]:
        counted = Counter(a.kind for a in found if way in (a.slip.way, "all"))
        rows.append(f"{way:44}{sum(counted.values()):>7}" + "".join(f"{counted[kind]:>8}" for kind in KINDS))
    left = [
        f"{a.kind:7} {a.slip.base}:{a.slip.line} {a.slip.way}\n        {a.slip.after.strip()[:140]}\n        {a.told}"
        for kind in (CRASH, SILENT, OTHER, BROKEN, NO_FIX, MENDED)
        for a in found
        if a.kind == kind
    ]
    good, bad = (100 * share_of_rest(found, *kinds) for kinds in ((BACK, MENDED), (OTHER,)))
    shares = f"given back: {100 * share(found):.1f}%; of what cannot be known: {good:.1f}%, another thing {bad:.1f}%"
    return "\n".join([*rows, shares, "", *left])
