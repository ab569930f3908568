"""The search for a line as it was most likely meant: cheapest first, until a text reads without a fault."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Sequence
from itertools import count

from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.hints import Hints, Leaning, phrase_words
from stratagem.dsl.parse.mend import dates, lengths, numbers
from stratagem.dsl.parse.mend.closing import close_quote
from stratagem.dsl.parse.mend.dearest import DEAREST, dearest
from stratagem.dsl.parse.mend.declared import declared_steps
from stratagem.dsl.parse.mend.edits import head_steps, wanted_steps
from stratagem.dsl.parse.mend.formula_words import formula_word_steps
from stratagem.dsl.parse.mend.gaps import gap_steps
from stratagem.dsl.parse.mend.habits import LEFT_OUT
from stratagem.dsl.parse.mend.keeps import exchanged, keeps, lost
from stratagem.dsl.parse.mend.lastly import doubtful, filling_steps, likelier, small_letters
from stratagem.dsl.parse.mend.mended import Mended, MendedLine, further_lines
from stratagem.dsl.parse.mend.missing import headless_steps, put_back_steps
from stratagem.dsl.parse.mend.near import NOTHING, Near
from stratagem.dsl.parse.mend.order import bound_steps, order_steps
from stratagem.dsl.parse.mend.quotes import bare_steps, joined_steps
from stratagem.dsl.parse.mend.say import told
from stratagem.dsl.parse.mend.slips import slip_steps
from stratagem.dsl.parse.mend.spoken import comma_steps, phrase_steps, quoted_steps
from stratagem.dsl.parse.mend.step import Step, masked, twice
from stratagem.dsl.parse.mend.tidy import tidy_steps
from stratagem.dsl.parse.mend.tiers import tier_steps
from stratagem.dsl.parse.mend.trial import Kind, Place, Trial, read_text, unknown_words
from stratagem.dsl.parse.mend.turns import turn_steps
from stratagem.dsl.parse.mend.words import capital_steps, line_steps, row_steps, word_steps
from stratagem.dsl.record import record

LONGEST = 400
"""Characters of a line that is still mended."""
_WIDE = re.compile(r"\s{4,}").finditer
EXPANDING = 2
"""What it costs to look for steps from a text, in texts that are tried instead."""
LOSING = 0.8
"""What it costs to lose a name, a figure or a text of the line."""
REORDERING = 0.4
"""What it costs to exchange two texts or two figures."""
MOST_STEPS = 5
"""Changes of one line, one after the other."""
OTHER_WAYS = 6
"""Readings that are offered beside each other where a line may be meant in several."""


@record(slots=False, eq=False)
class _State:
    """A text that was read, or (with `further`) the next step from it that has yet to be tried."""

    rank: float
    number: int
    cost: float
    text: str
    steps: tuple[Step, ...]
    trial: Trial
    further: Sequence[Step] = ()
    next: int = 0

    def __lt__(self, other: _State) -> bool:
        """The likelier one first; of two the one that was met first."""
        return (self.rank, self.number) < (other.rank, other.number)


def mend_line(
    line: Line,
    found: Sequence[Diagnostic],
    kind: Kind,
    block: str,
    hints: Hints,
    taken: frozenset[str] = frozenset(),
    near: Near = NOTHING,
) -> Mended | None:
    """The line as it was most likely meant, or None when nothing near it reads. `found`: what is wrong with it."""
    faults = [diagnostic for diagnostic in found if severity(diagnostic) == "error"]
    if not faults or not hints.trials or "\n" in line.text:
        return None
    written, line = line, _narrow(line)
    if len(line.text) > LONGEST:
        return None
    if line.comment is not None and line.comment[:1].isdigit():
        return None  # `#200`: what is missing stands in the remark
    place = Place(kind, block, bool(line.children), hints, line.text, taken, near)
    if line.unclosed >= 0:
        return close_quote(line, place)
    cost = dearest(faults[0], block, line.text)
    ways = _whole(small_letters(place), place) or _searched(line.text, cost, place)
    if ways and ways[0].text == line.text:
        line = written  # only its blanks were too many
    if not ways or ways[0].text == line.text:
        return None
    first = ways[0].text.split("\n")[0]
    first = first[:cut] if (cut := masked(first).find(" # ")) > 0 else first
    guessed = any(step.assumes for step in ways[0].steps)
    further = further_lines(line, ways[0].text)
    return Mended(MendedLine(line, first), told(line, faults[0], ways[0], ways), guessed, further)


def _narrow(line: Line) -> Line:
    """The line with one blank for every wide gap outside its texts, as aligned columns have them; its places are those
    of the line as written. A pattern with several places for blanks would try each of them with each of the others."""
    mask = masked(line.text)
    gaps = list(_WIDE(mask))
    if not gaps:
        return line
    starts, ends = [0, *(gap.end() for gap in gaps)], [*(gap.start() for gap in gaps), len(mask)]
    text = " ".join(line.text[a:b] for a, b in zip(starts, ends, strict=True))
    return MendedLine(line, text) if len(text) <= LONGEST else line


_SEARCHED: dict[object, tuple[list[_State], Leaning]] = {}
"""What was found for a faulty line, and by what of its file; it is met again with each letter typed nearby."""
MOST_SEARCHED = 500


def _searched(text: str, dearest: float, place: Place) -> list[_State]:
    """The search, kept for as long as the file tells the same."""
    asked = (text, dearest, place.kind, place.block, place.children, place.taken, place.near)
    kept = _SEARCHED.get(asked)
    if kept is None or not place.hints.stands(kept[1]):
        if len(_SEARCHED) >= MOST_SEARCHED:
            _SEARCHED.clear()
        kept = _SEARCHED[asked] = place.hints.leaned(lambda: _search(text, dearest, place))
    return kept[0]


MOST_OTHERWISE = 12
"""Other wordings of one formula that are looked at."""
WORDING = 1.0
"""The cost above which another wording of a formula that reads is no longer believed."""


def said_otherwise(text: str, at: int, hints: Hints) -> list[tuple[str, tuple[Step, ...]]]:
    """For a formula that reads, but whose words at `at` mean nothing: what it may say in other languages, and in spoken
    English, with fewer such words; the likeliest first."""
    place = Place("condition", "", False, hints, text)
    first = read_text(text, place)
    if first.fault is not None or len(text) > LONGEST or not hints.trials or any(_WIDE(masked(text))):
        return []
    first.at = at
    search = _Search(place, WORDING, 0, "", spoken=True)
    return [(state.text, state.steps) for state in search.sound(_State(0.0, 0, 0.0, text, (), first))]


def _search(text: str, dearest: float, place: Place) -> list[_State]:
    """The cheapest sound texts: the best, then others that stand for another reading of the same thing."""
    first = read_text(text, place)
    search = _Search(place, dearest, _odd_words(first, place), _own_name(first))
    found = search.run(_State(0.0, 0, 0.0, text, (), first))
    if found and not doubtful(text, found[0].text, sum(step.cost for step in found[0].steps)):
        return found
    filled = _whole(filling_steps(place), place) if dearest == DEAREST else []  # not one of another block
    return likelier(text, found, filled)


def _whole(steps: Sequence[Step], place: Place) -> list[_State]:
    """Texts that were found at once, by one step each."""
    made = [(step, step.on(place.line)) for step in steps]
    return [
        _State(step.cost, n, step.cost, text, (step,), read_text(text, place)) for n, (step, text) in enumerate(made)
    ]


class _Search:
    """Best first: of all steps from all texts met so far the cheapest is tried next."""

    def __init__(self, place: Place, dearest: float, odd: int, own: str, spoken: bool = False) -> None:
        """`spoken`: only other wordings are tried."""
        self.place, self.dearest, self.odd, self.own, self.spoken = place, dearest, odd, own, spoken
        self.numbers = count(1)
        self.heap: list[_State] = []
        self.seen: set[str] = set()
        self.work = 0
        self.found: list[_State] = []

    def run(self, start: _State) -> list[_State]:
        """The texts found, the best first."""
        self.seen.add(start.text)
        self._expand(start)
        while self.heap:
            state = heapq.heappop(self.heap)
            if self.found and state.rank > self.found[0].cost + 0.3:
                break
            if state.further:
                self._try(state)
            elif state.trial.fault is not None:
                self._expand(state)
            elif self._ends(state):
                break
        return self.found

    def sound(self, start: _State) -> list[_State]:
        """The texts with fewer words that mean nothing, the best first."""
        self.seen.add(start.text)
        self._expand(start)
        while self.heap and len(self.found) < MOST_OTHERWISE:
            state = heapq.heappop(self.heap)
            if state.further:
                self._try(state)
                continue
            if state.trial.fault is None and state.trial.strange < start.trial.strange:
                if keeps(self.place, state.text, state.steps):
                    self.found.append(state)
            else:
                self._expand(state)
        return self.found

    def _ends(self, state: _State) -> bool:
        """Keep a sound text; is it the last that is looked for."""
        found = self.found
        if self.own and _own_name(state.trial, labelled=False) != self.own:
            return False
        if not keeps(self.place, state.text, state.steps):
            return False
        if found and (state.cost > found[0].cost + 0.2 or not _another_reading(state, found[0])):
            return True
        found.append(state)
        return len(found) == OTHER_WAYS or not state.steps[-1].assumes

    def _expand(self, state: _State) -> None:
        """All steps from a text, to be tried one by one."""
        if self.work >= self.place.hints.trials or len(state.steps) >= MOST_STEPS:
            return
        self.work += EXPANDING
        steps = tuple(_steps(state.trial, self.place, self.spoken))
        if steps:
            self._later(state, steps, 0)

    def _later(self, state: _State, steps: Sequence[Step], at: int) -> None:
        cost = state.cost + steps[at].cost + _distance(steps[at], state.trial)
        if cost <= self.dearest:
            made = _State(cost, next(self.numbers), state.cost, state.text, state.steps, state.trial, steps, at)
            heapq.heappush(self.heap, made)

    def _try(self, state: _State) -> None:
        """Read the text after one step, and put the one after that in line."""
        step = state.further[state.next]
        if state.next + 1 < len(state.further):
            self._later(state, state.further, state.next + 1)
        after = step.on(state.text)
        if state.steps and state.steps[-1].code == "S125" != step.code:
            return  # an order that does not read is none that was meant
        if after in self.seen or self.work >= self.place.hints.trials or twice(after) > twice(state.text):
            return
        self.seen.add(after)
        self.work += 1
        trial = read_text(after, self.place)
        strange = unknown_words(trial.tokens, self.place.hints) if self.spoken and trial.fault else trial.strange
        cost = state.rank + 0.9 * max(0, strange - self.odd)
        if trial.fault is None and not self.spoken and not any(each.knows for each in (*state.steps, step)):
            cost += LOSING * len(lost(self.place, after)) + REORDERING * exchanged(self.place, after)
        if cost > self.dearest or (trial.fault is not None and step.code == "S125" and state.steps):
            return
        ahead = 0.0 if trial.fault is None else 0.35 + 0.07 * max(0, len(trial.tokens) - trial.index)
        heapq.heappush(self.heap, _State(cost + ahead, next(self.numbers), cost, after, (*state.steps, step), trial))


def _own_name(trial: Trial, labelled: bool = True) -> str:
    """The name that the line declares, where a label follows it as it should: a mend leaves that alone."""
    for slot, start, end in trial.fits[0].captured if trial.fits else ():
        after = trial.tokens[end] if end < len(trial.tokens) else None
        if slot.kind == "name" and end - start == 1 and not (labelled and (after is None or after.kind != "STRING")):
            return trial.tokens[start].text
    return ""


def _odd_words(first: Trial, place: Place) -> int:
    """Words of the line as written that mean nothing in this file: so many may stay strange."""
    known = place.hints.words | phrase_words() | LEFT_OUT
    odd = sum(
        t.kind in ("NAME", "DOTTED", "WORD") and t.text not in known and t.text not in RESERVED for t in first.tokens
    )
    return odd if first.fits and first.fits[0].reached == len(first.tokens) else 0


def _another_reading(state: _State, best: _State) -> bool:
    """Is it the same stretch read in another way, each with an assumption."""
    return len(state.steps) == len(best.steps) and bool(state.steps[-1].assumes) and bool(best.steps[-1].assumes)


def _distance(step: Step, trial: Trial) -> float:
    """What lies far from the fault is less likely to be it."""
    if step.start <= trial.at <= step.end or trial.fault is None:
        return 0.0
    away = trial.at - step.end if step.end < trial.at else step.start - trial.at
    return min(0.6, 0.015 * away)


def _steps(trial: Trial, place: Place, spoken: bool) -> Iterator[Step]:
    """All steps from a text, the likely ones first."""
    text = trial.text
    mask = masked(text)
    made = list(_spoken_only(text, mask, place) if spoken else _all_steps(text, mask, trial, place))
    left = _sound_left(trial, place)
    made = [step for step in made if step.start >= left or step.end > left]
    made.sort(key=lambda step: step.cost + _distance(step, trial))
    yield from made[:90]


def _sound_left(trial: Trial, place: Place) -> int:
    """Where the formula starts that the fault is in: what stands before it reads, and is left alone."""
    if place.kind != "statement" or not trial.fits or not trial.fits[0].complete:
        return 0
    starts = [start for slot, start, end in trial.fits[0].captured if slot.kind in ("formula", "condition")]
    inside = [start for start in starts if start < len(trial.tokens) and trial.tokens[start].start <= trial.at]
    return trial.tokens[inside[-1]].start if inside else 0


def _spoken_only(text: str, mask: str, place: Place) -> Iterator[Step]:
    yield from tidy_steps(text, mask, place.hints)
    yield from _spoken_steps(text, mask, place)


def _spoken_steps(text: str, mask: str, place: Place) -> Iterator[Step]:
    """What says the same in other words, and in no others."""
    yield from numbers.number_steps(mask, place.hints.currency)
    yield from lengths.length_steps(mask)
    yield from lengths.rate_steps(mask)
    yield from slip_steps(mask, place.hints)
    yield from phrase_steps(text, mask, place.kind == "case")
    yield from quoted_steps(text, mask)


def _all_steps(text: str, mask: str, trial: Trial, place: Place) -> Iterator[Step]:
    yield from declared_steps(trial, place)
    yield from _offered(trial, place)
    yield from tidy_steps(text, mask, place.hints)
    yield from turn_steps(trial, mask, place)
    yield from _spoken_steps(text, mask, place)
    yield from numbers.share_steps(mask)
    yield from dates.impossible_day(mask)
    yield from dates.date_steps(mask, place.hints.month_first)
    if any(getattr(part, "kind", "") in ("time", "moment") for part in trial.wanted) or "quiet" in mask:
        yield from dates.time_steps(mask)
    yield from joined_steps(trial, place)
    yield from bare_steps(trial, place)
    yield from comma_steps(text, mask, place.orphans)
    yield from headless_steps(trial, place)
    yield from put_back_steps(trial, place)
    yield from formula_word_steps(trial, place)
    yield from head_steps(trial, place)
    yield from wanted_steps(trial, place)
    yield from gap_steps(trial, place)
    yield from word_steps(trial, place)
    yield from order_steps(trial, place)
    if place.block == TOP and '"' not in text and "=" not in text and not place.children and not _headed(trial):
        prose = sum(token.kind in ("NAME", "WORD") for token in trial.tokens) > 3
        yield Step(0, 0, "# ", 1.3 if prose else 2.2, "S197", "a remark")
    yield from row_steps(trial, place)
    yield from line_steps(trial, place)
    yield from bound_steps(trial, place)
    yield from tier_steps(trial, place)
    yield from capital_steps(trial, place)


def _headed(trial: Trial) -> bool:
    """Does the line start as a statement does, word by word."""
    return bool(trial.fits) and trial.fits[0].words > 0


def _offered(trial: Trial, place: Place) -> Iterator[Step]:
    """What the fault's own message offers."""
    for fix in trial.fault.fixes if trial.fault is not None else ():
        if trial.fault is not None and trial.fault.code == "S127" and place.kind == "statement":
            continue  # where a text ends is looked for by the words behind it
        if any("\n" in edit.text for edit in fix.edits) and len(fix.edits) > 1:
            continue
        edits = sorted(fix.edits, key=lambda edit: edit.span.column)
        first, last = edits[0].span.column - 1, edits[-1].span.end_column - 1
        made, at = "", first
        for edit in edits:
            made += trial.text[at : edit.span.column - 1] + edit.text
            at = edit.span.end_column - 1
        quoting = trial.fault is not None and trial.fault.code == "S199"
        stranger = trial.fault is not None and trial.fault.code == "S130"
        one = "that it is one choice" if quoting and " " in made.strip() else ""
        # A sign of money may be that of several currencies: what knows the strategy's own goes first.
        money = trial.fault is not None and trial.fault.code == "S170"
        opened = "that it goes with all before it" if made == "(" else ""
        cost = 0.75 if quoting else 0.65 if stranger or money else 0.0 if opened else 0.6
        yield Step(first, last, made, cost, "", one or opened)
