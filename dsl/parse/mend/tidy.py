"""All figures of a line at once: dates, money, percentages, lengths of time, words about how exact they are.

In: a line's text, and what the file tells. Out: one step that writes each of them in the language's way, where several
are written another way: `from €410k to €460k by end of Nov 2027`. One alone is what the single tables are for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from stratagem.dsl.parse.hints import Hints
from stratagem.dsl.parse.mend import dates, lengths, numbers
from stratagem.dsl.parse.mend.comparisons import COMPARISONS, KNOWN, RANGES, UNIT
from stratagem.dsl.parse.mend.likely import Rows
from stratagem.dsl.parse.mend.phrases import JOINS, NEGATIONS, WINDOWS
from stratagem.dsl.parse.mend.said import SAID
from stratagem.dsl.parse.mend.step import Step, compiled, finditer, has_figure, looked_up, masked, search, with_figures

SURE = 0.75
"""What a single step may cost that is taken together with others."""
_ABOUT = (
    r"(?i)(?<![\w.])(?:approx(?:imately)?|about|around|roughly|circa|ca|c|some|nearly|almost|say|"
    r"est(?:imated)?(?: at)?|abt|ungefähr|etwa|rund|environ|zowat|ongeveer)\b\.?\s*(?=[€$£¥]?\d)|"
    r"[~≈≃±]\s*(?=[€$£¥]?\s?\d)|\+/-\s*(?=\d)"
)
_OR_SO = r"(?i)(?<=[\d%])(?:\s?-?ish\b|\s+or so\b|\s+or thereabouts\b|\s*\(?approx(?:imately|\.)?\)?(?=\s|$))"
_DOWN = r"\b(?:down|up|on|over|onwards?)\s+to\b(?=\s*[~≈±€$£¥\d])|\s*(?:->|=>|→|>>)\s*(?=[~≈±€$£¥\d])"
_CLOCK = r"(?i)\d\s?(?:[ap]\.?m\b|uhr|h\b|o'?clock)|^(?:quiet|do not disturb|no (?:contact|calls))"
_SHORT = r"(?i)(?<![\w.])(max|min|no|nr|qty|ref|incl|excl|tel|dept|temp|avg|num|vs)\.(?=\s)"


@looked_up
def about_steps(mask: str) -> Iterator[Step]:
    """`~60%`, `approx. 60%`, `60% or so`: the figure alone; `max.` without its point."""
    for found in finditer(r"^[a-z]+(?: [a-z]+)?(\s*:)(?=\s)", mask, ":"):
        yield Step(found.start(1), found.end(1), "", 0.3, "S196")
    for pattern in (_ABOUT, _OR_SO):
        for found in with_figures(pattern, mask):
            yield Step(found.start(), found.end(), "", 0.3, "S126")
    for found in finditer(_SHORT, mask, ". "):
        yield Step(found.end() - 1, found.end(), "", 0.2, "S142")


def tidy_steps(text: str, mask: str, hints: Hints) -> Iterator[Step]:
    """One step for all figures that are written another way, where there are several; and one more for the line with
    what is said around them, too."""
    yield from about_steps(mask)
    spoken = tuple(_every(mask))
    yield from spoken
    if spoken or has_figure(mask):
        yield from numbers.range_steps(mask)
    tidied, made = _figures(mask, [], hints)
    if len(made) > 1:
        yield _whole(text, tidied, made, 0.5)
    said, steps = _lines(tidied, list(made))
    if len(steps) > len(made):
        said, steps = _figures(said, steps, hints)
        said, steps = _lines(said, steps)
    if len(steps) > max(1, len(made)):
        yield _whole(text, said, steps, 0.4)


def all_figures(text: str, hints: Hints) -> str:
    """A text with every figure outside its quotes as it should be."""
    return restored(_figures(masked(text), [], hints)[0], text)


def _figures(mask: str, made: list[Step], hints: Hints) -> tuple[str, list[Step]]:
    """The text with every figure as it should be, and what was done."""
    for way in _WAYS:
        steps = _apart(way(mask, hints))
        made = [*made, *steps]
        for step in reversed(steps):
            mask = step.on(mask)
    return mask, made


def _lines(mask: str, made: list[Step]) -> tuple[str, list[Step]]:
    """The text with what is said for whole phrases as they should be."""
    step, next_row = None, 0
    while next_row < len(_TOGETHER.rows):
        step, next_row = _first(mask, next_row)
        if step is not None:
            made.append(step)
            mask = step.on(mask)
    return mask, made


def _first(mask: str, first: int) -> tuple[Step | None, int]:
    """What the first row from that one on makes of a text, and the row after it."""
    for number, (pattern, written, code, cost) in _TOGETHER.likely(mask):
        found = compiled(pattern).search(mask) if number >= first else None
        if found is not None and (instead := found.expand(written)) != found.group():
            return Step(*found.span(), instead, cost, code), number + 1
    return None, len(_TOGETHER.rows)


_SURE = (row for row in (*NEGATIONS, *COMPARISONS, *RANGES, *KNOWN, *JOINS, *WINDOWS) if row[3] <= 0.5)
_TOGETHER = Rows((*SAID, *_SURE))
"""The rows that are sure enough to be taken together with others."""


def _whole(text: str, mended: str, made: list[Step], cost: float) -> Step:
    start, end, written = differing(text, restored(mended, text))
    assumed = " and ".join(dict.fromkeys(step.assumes for step in made if step.assumes))
    assumed = assumed.replace(f"{dates.FIRST} and {dates.LAST}", "that the first day and the last are meant")
    code = min(((step.start, step.code) for step in made if step.code != "S126"), default=(0, ""))[1]
    return Step(start, end, written, cost, code, assumed)


def _down_to(mask: str) -> Iterator[Step]:
    """`from 32% down to 24%`, `32% -> 24%`."""
    for found in with_figures(_DOWN, mask):
        blank = "" if found.group()[0].isalpha() else " "
        yield Step(found.start(), found.end(), f"{blank}to{blank}", 0.4, "S153")


_BEFORE_A_COUNT = (
    r"(?:at\s+(?:the\s+)?(?:most|least)|max(?:imum|\.)?|min(?:imum|\.)?|up\s+to|(?:more|less|fewer|older|longer)\s+"
    r"than|over|under|exactly|"
    r"limit|takes?|weight|phase|priority|every|per|last|next|after|for|within|rests?|past|in|top|between|is|equals|[<>]=?|=)"
)
_COUNTED = (
    rf"(?:^|(?<!\w){_BEFORE_A_COUNT}\s+)({'|'.join(numbers.COUNTS)})(?=\s+({UNIT}\b)|\s+(?!of\b|per\s+customer\s+by"
    rf"|row)|$)"
)


def _every(mask: str) -> Iterator[Step]:
    """`every quarter`, `every three months`, `at most two actions`."""
    for found in finditer(r"\bevery (?=(?:hour|day|week|month|quarter|year)\b)", mask, "every "):
        yield Step(found.end(), found.end(), "1 ", 0.4, "S198")
    if numbers.COUNTS.keys().isdisjoint(mask.split()):
        return
    for found in finditer(_COUNTED, mask):
        yield Step(*found.span(1), numbers.COUNTS[found[1]], 0.4, "S198" if found[2] else "S153")


def _times(mask: str, hints: Hints) -> Iterable[Step]:
    return dates.time_steps(mask) if "quiet" in mask and search(_CLOCK, mask) else ()


_WAYS: tuple[Callable[[str, Hints], Iterable[Step]], ...] = (
    lambda mask, hints: about_steps(mask),
    lambda mask, hints: dates.date_steps(mask, hints.month_first),
    lambda mask, hints: numbers.spread_steps(mask),
    _times,
    lambda mask, hints: numbers.money_steps(mask, hints.currency),
    lambda mask, hints: numbers.share_steps(mask),
    lambda mask, hints: numbers.scale_steps(mask),
    lambda mask, hints: lengths.rate_steps(mask),
    lambda mask, hints: lengths.length_steps(mask),
    lambda mask, hints: _down_to(mask),
    lambda mask, hints: _every(mask),
)
"""What is looked for, one after the other, each in what the one before has left."""


def _apart(steps: Iterable[Step]) -> list[Step]:
    """The likely steps that do not overlap, from left to right; of two that do the longer, then the cheaper one."""
    found: list[Step] = []
    likely = [step for step in steps if step.cost < SURE]
    for step in sorted(likely, key=lambda step: (step.start - step.end, step.cost)):
        if all(step.end <= other.start or other.end <= step.start for other in found):
            found.append(step)
    return sorted(found, key=lambda step: step.start) if found else found


def restored(mask: str, text: str) -> str:
    """The text with its quoted parts readable again."""
    quoted = iter(re.findall(r'"{3}[\s\S]*?"{3}|"(?:[^"\\\n]|\\.)*"', text))
    return compiled(r'"\x01*"').sub(lambda found: next(quoted), mask)


def differing(old: str, new: str) -> tuple[int, int, str]:
    """Where two texts differ, and what the new one has there."""
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most = min(len(old), len(new)) - start
    tail = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    start = max(old.rfind(" ", 0, start) + 1, 0)
    tail -= max((old[len(old) - tail :] + " ").find(" "), 0)
    return start, len(old) - tail, new[start : len(new) - tail]
