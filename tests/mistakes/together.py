"""Several slips in one strategy, and what `check --fix --unsafe` does about them: `python -m tests.mistakes together`.

In: a sound strategy, dice, how many slips. Out: how many of the slips' lines were blamed, what was blamed beside them,
and whether the strategy checks again, and is what it was.
"""

from __future__ import annotations

import difflib
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stratagem.dsl.diagnostics.apply import Repaired, Verdict, repair
from stratagem.dsl.diagnostics.edits import Texts
from stratagem.dsl.parse import parse
from stratagem.dsl.pipeline import check_text
from stratagem.dsl.source import SourceText
from tests.mistakes.slips import WAYS, Slip, slips

NAME = "strategy"
Mender = Callable[[str], str]


@dataclass(frozen=True)
class Outcome:
    """What came of several slips in one text."""

    slips: tuple[Slip, ...]
    blamed: int
    """Lines of slips that a finding stands at, or shows."""
    beside: int
    """Findings that neither stand at one nor show one."""
    sound: bool
    """It checks."""
    same: bool
    """It is the sound strategy again, to the letter."""
    left: tuple[str, ...]
    """How it differs."""


def outcomes(base: str, sound: str, each: int, count: int, seed: int) -> Iterator[Outcome]:
    """So many texts with so many slips `each`, on lines of their own."""
    ways: dict[int, list[Slip]] = defaultdict(list)
    for slip in slips({base: sound}, seed, 1, [way for way in WAYS if way.known]):
        ways[slip.line].append(slip)
    for number in range(count):
        dice = random.Random(f"{seed} {base} {number}")
        yield outcome(sound, tuple(dice.choice(ways[line]) for line in dice.sample(sorted(ways), each)))


def outcome(sound: str, chosen: tuple[Slip, ...], mended: Mender | None = None) -> Outcome:
    """What is found, and what is left once all is mended."""
    lines = sound.split("\n")
    for slip in chosen:
        lines[slip.line - 1] = slip.after
    text, wrong = "\n".join(lines), {slip.line for slip in chosen}
    shown = [{d.span.line, *(label.span.line for label in d.labels)} for d in check_text(text, NAME).diagnostics]
    end = (mended or all_mended)(text)
    left = list(difflib.unified_diff(sound.split("\n"), end.split("\n"), lineterm="", n=0))[2:]
    blamed = len(wrong & {line for lines_shown in shown for line in lines_shown})
    beside = sum(not lines_shown & wrong for lines_shown in shown)
    return Outcome(chosen, blamed, beside, not check_text(end, NAME).errors, not left, tuple(left))


def all_mended(text: str) -> str:
    """The text with every first fix in it."""
    done: Repaired = repair({NAME: SourceText(NAME, text)}, _verdict, unsafe=True)
    return done.texts[NAME].text


def _verdict(texts: Texts) -> Verdict:
    source = texts[NAME]
    return Verdict(parse(source).diagnostics, check_text(source.text, NAME).diagnostics)


def report(found: list[Outcome]) -> str:
    """The sums, and every text that is not what it was."""
    made = sum(len(one.slips) for one in found)
    lines = [
        f"{len(found)} texts, {made} slips: {sum(o.blamed for o in found)} of their lines blamed, "
        f"{sum(o.beside for o in found)} findings beside them; "
        f"mended {sum(o.sound for o in found)} check, {sum(o.same for o in found)} are what they were"
    ]
    for one in found:
        if not one.same:
            lines += ["", "checks" if one.sound else "DOES NOT CHECK"]
            lines += [f"  {slip.way}: {slip.before.strip()} → {slip.after.strip()}" for slip in one.slips]
            lines += [f"    {line}" for line in one.left if not line.startswith("@@")]
    return "\n".join(lines)
