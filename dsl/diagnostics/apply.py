"""Fixes put into texts, and only those that make them better.

In: the texts of a strategy, a way to check them, and whether fixes that assume something are wanted. Out: the texts as
they are to be, which fixes are in them, and which were tried and left out. Pure: nothing is read or written.

Fixes that touch the same text wait for the next round; the rounds are bounded. Lines that cannot be read are mended
before what they mean is judged, for only then is all of it seen. A fix is kept when what it was for is gone and nothing
graver came: not more lines that cannot be read, and, unless it mended such a line, not more errors.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.diagnostics.edits import NotInText, Texts, edited, line_starts, offset, overlap
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.record import record
from stratagem.dsl.source import NOWHERE, SourceText, Span

ROUNDS = 20
"""Each puts in all fixes that do not touch each other; a text that needs more is left as far as it came."""
STOPPED = "S121"
"""Said where there are too many faults to read on: what stands further down has not been seen."""


@record(slots=False)
class Verdict:
    """What a check says of texts: of their lines (`read`), and of all that they say (`found`, which holds `read`)."""

    read: tuple[Diagnostic, ...]
    found: tuple[Diagnostic, ...]


Check = Callable[[Texts], Verdict]


@record(slots=False)
class Repair:
    """A fix of a diagnostic; its places are those in the text as it stood when its turn came."""

    diagnostic: Diagnostic
    fix: Fix


@record(slots=False)
class Repaired:
    """The texts with the fixes in them, and what is still found there. `declined`: would have made things worse."""

    texts: Texts
    found: tuple[Diagnostic, ...]
    applied: tuple[Repair, ...] = ()
    declined: tuple[Repair, ...] = ()
    ended: bool = True
    """False when the rounds ran out with fixes left to put in."""


def repair(texts: Texts, check: Check, unsafe: bool = False, rounds: int = ROUNDS) -> Repaired:
    """Put in the safe fixes, or with `unsafe` every first fix of a diagnostic, until none is left or wanted."""
    state = _State(dict(texts), check(texts))
    applied: list[Repair] = []
    declined: list[Repair] = []
    for _ in range(rounds):
        batch = list(_batch(state, unsafe, declined))
        if not batch:
            return Repaired(state.texts, state.verdict.found, tuple(applied), tuple(declined))
        attempt = _Attempt(state, check)
        attempt.put_in(batch)
        applied += attempt.kept
        declined += attempt.declined
        state = attempt.now
    left = bool(list(_batch(state, unsafe, declined)))
    return Repaired(state.texts, state.verdict.found, tuple(applied), tuple(declined), not left)


def fix_of(diagnostic: Diagnostic, unsafe: bool) -> Fix | None:
    """The fix that would be put in: the first safe one, else with `unsafe` the first."""
    wanted = [fix for fix in diagnostic.fixes if fix.edits and fix.safe]
    if unsafe:
        wanted += [fix for fix in diagnostic.fixes if fix.edits]
    return wanted[0] if wanted else None


@record(frozen=False, slots=False)
class _State:
    texts: dict[str, SourceText]
    verdict: Verdict


def _batch(state: _State, unsafe: bool, declined: Sequence[Repair]) -> Iterator[Repair]:
    """Fixes that can go in together: of lines that cannot be read, else of the rest."""
    refused = {(d.diagnostic.code, d.fix.title, _words(d.diagnostic)) for d in declined}
    whole = {(d.code, d.span): d for d in reversed(state.verdict.found)}  # with what the whole strategy tells of it
    read = [_fuller(d, whole.get((d.code, d.span), d), unsafe) for d in state.verdict.read]
    for diagnostics in (read, state.verdict.found):
        taken: list[Span] = []
        some = False
        for diagnostic in diagnostics:
            fix = fix_of(diagnostic, unsafe)
            if fix is None or not all(edit.span.file in state.texts for edit in fix.edits):
                continue
            if (diagnostic.code, fix.title, _words(diagnostic)) in refused:
                continue
            if any(overlap(edit.span, span) for edit in fix.edits for span in taken):
                continue
            taken += [edit.span for edit in fix.edits]
            some = True
            yield Repair(diagnostic, fix)
        if some:
            return


def _fuller(line: Diagnostic, whole: Diagnostic, unsafe: bool) -> Diagnostic:
    """Of what the line alone and what the whole strategy tells: the whole, where it has a fix that may be put in."""
    return line if fix_of(whole, unsafe) is None else whole


def _words(diagnostic: Diagnostic) -> str:
    """What tells a diagnostic from others of its code when lines have moved."""
    return f"{diagnostic.span.file} {diagnostic.span.column} {sorted(diagnostic.args.items(), key=str)}"


class _Attempt:
    """One round: a batch goes in as a whole; when that does harm, without those on whose lines there is something wrong
    then, which wait for the next round; where that tells nothing, in halves, down to single fixes."""

    def __init__(self, before: _State, check: Check) -> None:
        self.before = before
        self.now = before
        self.check = check
        self.kept: list[Repair] = []
        self.declined: list[Repair] = []

    def put_in(self, batch: Sequence[Repair]) -> None:
        """Keep of the batch what does good, decline the rest."""
        trial = self._with([*self.kept, *batch])
        sound = list(self._sound(trial, batch)) if trial is not None and len(batch) > 1 else []
        whole = len(sound) == len(batch)
        if trial is not None and (self._fits(trial, batch) or (whole and self._reveals(trial, batch))):
            self.now = trial
            self.kept += batch
        elif len(batch) == 1:
            self.declined += batch
        elif 0 < len(sound) < len(batch):
            self.put_in(sound)
        else:
            middle = len(batch) // 2
            self.put_in(batch[:middle])
            self.put_in(batch[middle:])

    def _sound(self, trial: _State, batch: Sequence[Repair]) -> Iterator[Repair]:
        """The fixes of a batch on whose lines nothing is wrong once they are in."""
        reading = _of_reading(batch[0], self.now.verdict)
        found = trial.verdict.read if reading else trial.verdict.found
        wrong = {(d.span.file, line) for d in found if severity(d) == "error" for line in _rows(d.span)}
        edits = [edit for repair in (*self.kept, *batch) for edit in repair.fix.edits]
        moved = {name: _Moved(source, edits) for name, source in self.before.texts.items()}
        for repair in batch:
            spans = [repair.diagnostic.span, *(edit.span for edit in repair.fix.edits)]
            lines = {(s.file, line) for s in spans if s.file in moved for line in moved[s.file].lines(s)}
            if wrong.isdisjoint(lines):
                yield repair

    def _with(self, repairs: Sequence[Repair]) -> _State | None:
        """The texts with these fixes in them, checked; None when their edits point nowhere."""
        edits = [edit for repair in repairs for edit in repair.fix.edits]
        texts = dict(self.before.texts)
        try:
            for name in dict.fromkeys(edit.span.file for edit in edits):
                source = texts[name]
                mine = [edit for edit in edits if edit.span.file == name]
                texts[name] = SourceText(name, edited(source, mine), source.origin)
        except NotInText:
            return None
        return _State(texts, self.check(texts))

    def _fits(self, trial: _State, batch: Sequence[Repair]) -> bool:
        old, new = self.now.verdict, trial.verdict
        reading = _of_reading(batch[0], old)
        if len(batch) == 1:
            # Once a line can be read, more may be seen that was wrong with it all the time: that is no harm.
            worse = _errors(new.read) > _errors(old.read) or (not reading and _errors(new.found) > _errors(old.found))
            return not worse and not self._still_there(batch[0], trial)
        gone = _errors([repair.diagnostic for repair in batch])
        before, after = (old.read, new.read) if reading else (old.found, new.found)
        return _errors(after) <= _errors(before) - gone and _fewer(before, after, batch) and (
            _errors(new.read) <= _errors(old.read)
        )  # fmt: skip

    def _reveals(self, trial: _State, batch: Sequence[Repair]) -> bool:
        """Are there far fewer lines that cannot be read, though some that nobody looked at before are among them; or
        is read on where there were too many to go on.
        """
        before, after = self.now.verdict.read, trial.verdict.read
        stopped = any(diagnostic.code == STOPPED for diagnostic in before)
        fewer = _errors(after) <= _errors(before) - len(batch) / 2
        return _of_reading(batch[0], self.now.verdict) and (stopped or fewer)

    def _still_there(self, repair: Repair, trial: _State) -> bool:
        """Is the same said again where the diagnostic stood, or where its own fix has moved that place to."""
        span = repair.diagnostic.span
        if span == NOWHERE or span.file not in trial.texts:
            return False
        source = self.before.texts[span.file]
        before = [edit for kept in self.kept for edit in kept.fix.edits]
        moved = (_Moved(source, edits) for edits in (before, [*before, *repair.fix.edits]))
        places = {each.place(span.line, span.column) for each in moved}
        return any(
            other.code == repair.diagnostic.code
            and other.span.file == span.file
            and other.args == repair.diagnostic.args
            and (other.span.line, other.span.column) in places
            for other in trial.verdict.found
        )


def _of_reading(repair: Repair, verdict: Verdict) -> bool:
    """Was it a line that cannot be read: what the whole strategy tells of it may have given it another fix."""
    own = repair.diagnostic
    return any((own.code, own.span) == (other.code, other.span) for other in verdict.read)


def _rows(span: Span) -> range:
    return range(span.line, span.end_line + 1)


class _Moved:
    """Where the places of a text stand once edits are in."""

    def __init__(self, source: SourceText, edits: Sequence[Edit]) -> None:
        self.source = source
        own = [edit for edit in edits if edit.span.file == source.name]
        placed = sorted((offset(source, e.span.end_line, e.span.end_column), self._longer(e)) for e in own)
        self.ends = [end for end, _ in placed]
        self.by = list(accumulate((by for _, by in placed), initial=0))
        self.starts = line_starts(SourceText(source.name, edited(source, own)))

    def _longer(self, edit: Edit) -> int:
        start = offset(self.source, edit.span.line, edit.span.column)
        return len(edit.text) - (offset(self.source, edit.span.end_line, edit.span.end_column) - start)

    def place(self, line: int, column: int) -> tuple[int, int]:
        """Line and column, counted from 1, of a place of the text as it was."""
        before = offset(self.source, line, column)
        at = before + self.by[bisect_right(self.ends, before)]
        row = bisect_right(self.starts, at)
        return row, at - self.starts[row - 1] + 1

    def lines(self, span: Span) -> range:
        """The lines on which a stretch of the text stands."""
        first, last = self.place(span.line, span.column), self.place(span.end_line, span.end_column)
        return range(first[0], last[0] + 1)


def _fewer(before: Sequence[Diagnostic], after: Sequence[Diagnostic], batch: Sequence[Repair]) -> bool:
    """Of each code in each file, did at least as many go as there are fixes for it."""
    were, are = Counter(map(_kind, before)), Counter(map(_kind, after))
    wanted = Counter(_kind(repair.diagnostic) for repair in batch)
    return all(are[kind] <= were[kind] - count for kind, count in wanted.items())


def _kind(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.code, diagnostic.span.file


def _errors(diagnostics: Sequence[Diagnostic]) -> int:
    return sum(severity(diagnostic) == "error" for diagnostic in diagnostics)
