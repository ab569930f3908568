"""The message for a line that was mended: what was wrong, in the words that say it best, and the fixes.

In: the line as written, its first fault, and the texts found for it with the steps that led there. Out: one diagnostic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.diagnostics.text import text_of
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.faults import snake
from stratagem.dsl.parse.mend.step import Change, Step, changes
from stratagem.dsl.parse.spelt import only_spelt
from stratagem.dsl.record import replace
from stratagem.dsl.source import Span


class Found(Protocol):
    """A text that reads, and the steps from the line as written."""

    @property
    def text(self) -> str:
        """The whole line as it should be."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """What was changed, in order."""


def told(line: Line, fault: Diagnostic, best: Found, found: Sequence[Found]) -> Diagnostic:
    """The first fault's message, or that of the step that says better what was wrong; with the tested fixes."""
    safe = len(found) == 1 and _spelt(line.text, best.steps)
    fixes = tuple(_fix(line, state, safe) for state in found)
    mended = {} if any(step.assumes for step in best.steps) else {"mended": best.text}
    named = [step for step in best.steps[:1] if step.code]
    if not named and _beside(line, fault, best):
        named = [_change(line, best, changes(line.text, best.text), fault.code)]
    if named and _step_says_more(fault, named[0], line):
        step = _whole(line, best, named[0])
        span = line.place(step.start, max(step.end, step.start))
        written, instead = line.text[step.start : step.end].strip(), step.text.strip()
        if step.code == "S153" and not instead:
            step = replace(step, code="S126")
        if not written and step.code in _LITERALS:
            step, span, written, instead = _with_token_before(line, step)
        written = written or (line.text[:60] if step.code == "S197" else "this")
        said = dict.fromkeys(("written", "seen", "period", "sign", "words", "before", "rate"), written)
        said["phrase"] = str(fault.args.get("phrase", line.text.split(maxsplit=1)[0]))
        said["second"] = best.text.partition("\n")[2].strip() or "it"
        said |= dict.fromkeys(("instead", "name", "wanted"), best.text if step.code == "S125" else instead)
        told = {**fault.args, **said, "line": line.text[:80], "after": written, **mended, "fault": fault}
        if text_of(step.code).arguments <= told.keys():
            return Diagnostic(step.code, span, told, fixes=fixes)
    args = {**fault.args, **mended, "fault": fault}
    if fault.code in _LITERALS and "instead" in fault.args and not _as_said(line, fault, best):
        found_here = changes(line.text, best.text)
        args["instead"] = best.text[found_here[0].new_start : found_here[-1].new_end].strip()
        start, end = found_here[0].start, found_here[-1].end
        if line.text[start:end].strip() and end - start <= _ONE_PLACE:
            args["written"] = line.text[start:end].strip()
            return Diagnostic(fault.code, line.place(start, end), args, fault.labels, fault.near, fixes)
    return Diagnostic(fault.code, fault.span, args, fault.labels, fault.near, fixes)


def _spelt(text: str, steps: Sequence[Step]) -> bool:
    """Does each step, one after the other, only spell what is written another way."""
    for step in steps:
        if step.assumes or not only_spelt(text[step.start : step.end], step.text, step.code):
            return False
        text = step.on(text)
    return True


def _with_token_before(line: Line, step: Step) -> tuple[Step, Span, str, str]:
    """Something is added to a figure: the figure with it, which is what is written another way."""
    start = max((t.start for t in tokens(line.text) if t.start < step.start), default=step.start)
    whole = Step(start, step.end, line.text[start : step.start] + step.text, step.cost, step.code, step.assumes)
    return whole, line.place(start, step.end), line.text[start : step.end].strip(), whole.text.strip()


def _beside(line: Line, fault: Diagnostic, best: Found) -> bool:
    """Does the fault's own message speak of something else than what is changed."""
    if fault.code in ("S139", "S153"):
        return not _as_said(line, fault, best)
    found = changes(line.text, best.text)
    if fault.code in _SUITS and not best.text.startswith("#"):
        return bool(found) and not re.search(_SUITS[fault.code], best.text[found[0].new_start : found[-1].new_end])
    if fault.code not in _OF_TOKENS or not found:
        return False
    if fault.code == "S168":
        return bool(line.text[found[0].start : found[-1].end].strip())
    start, end = fault.span.column - line.column, fault.span.end_column - line.column
    return fault.span.line == fault.span.end_line and (found[-1].end + 1 < start or end + 1 < found[0].start)


def _as_said(line: Line, fault: Diagnostic, best: Found) -> bool:
    """Does the mended line do what the fault's own message says."""
    text = line.text
    for edit in (edit for fix in fault.fixes[:1] for edit in sorted(fix.edits, key=_column, reverse=True)):
        start, end = edit.span.column - line.column, edit.span.end_column - line.column
        text = text[:start] + edit.text + text[end:]
    return text == best.text


def _column(edit: Edit) -> int:
    return edit.span.column


_ONE_PLACE = 30
"""Characters within which several changes are shown as one."""
_OF_FIGURES = frozenset(("S145", "S171", "S176", "S198"))
"""Messages that a part of a name gives cause to, where the name is written with a blank or a hyphen."""
_LITERALS = frozenset(("S170", "S171", "S172", "S173", "S174", "S176", "S195", "S198"))
"""Messages about how figures, dates and times are written, which say what to write."""
_SUITS = {
    "S156": r"\b(?:if|else)\b",
    "S164": r"\b(?:count|sum|average|smallest|largest|first|latest|share) of\b|\bdifferent\b",
}
"""Messages about one form of the language, with what a mend then writes."""
_FILLING = re.compile(r"[A-Za-z ]+")
"""What a line reads without, and is not another way to write something: words alone."""
_OF_TOKENS = frozenset(("S132", "S133", "S142", "S150", "S168", "S169", "S199", "S180", "S189"))
"""Messages about the words at which reading stops."""
_OF_A_PLACE = frozenset(("S139", "S153", "S126", "S128", "S164", "S163"))
"""Messages that show what is written and what to write for it: it must be what the fix does."""


def _whole(line: Line, best: Found, step: Step) -> Step:
    """All that is changed as one step, where the first one alone is not the whole of it, or did not stay as made."""
    found = changes(line.text, best.text)
    if step.code in _LITERALS and found and len({each.code for each in best.steps}) > 1:
        whole = _change(line, best, found, step.code)
        near = found[-1].end - found[0].start <= _ONE_PLACE
        return whole if near and whole.text != step.text else step
    if step.code not in _OF_A_PLACE or not found:
        return step
    cut = step.code in ("S153", "S126") and len(found) == 1 and found[0].new_start == found[0].new_end
    cut = cut and (step.code == "S126" or _FILLING.fullmatch(line.text[found[0].start : found[0].end]) is not None)
    if len(best.steps) == 1 and not cut and (step.code != "S139" or _spells(line.text[step.start : step.end], step)):
        return step
    far = found[-1].end - found[0].start > 40 and len(found) > 1
    return step if far and step.on(line.text) in best.text else _change(line, best, found, step.code)


def _change(line: Line, best: Found, found: tuple[Change, ...], code: str = "") -> Step:
    start, end = found[0].start, found[-1].end
    new_start, new_end = found[0].new_start, found[-1].new_end
    if new_start == new_end and line.text[start:end].strip():
        start += len(line.text[start:end]) - len(line.text[start:end].lstrip())
        return Step(start, start + len(line.text[start:end].rstrip()), "", code="S126")
    if not line.text[start:end].strip() or not best.text[new_start:new_end].strip():
        end = next((token.end for token in tokens(line.text) if token.start >= end), end)
        new_end = next((token.end for token in tokens(best.text) if token.start >= new_end), new_end)
    glued = 0 < start < len(line.text) and not line.text[start - 1].isspace()
    if glued and new_start and best.text[new_start - 1].isalnum():
        start = max((t.start for t in tokens(line.text) if t.start < start), default=start)
        new_start = max((t.start for t in tokens(best.text) if t.start < new_start), default=new_start)
    text, written = best.text[new_start:new_end], line.text[start:end]
    whole = Step(start, end, text, code=code)
    if code == "S139" and _spells(written, whole):
        return whole
    if code == "S164" and text.strip() and written.strip():
        return Step(start, end, text, code=code)
    plain = "S153" if text.strip() and written.strip() else "S128" if text.strip() else "S126"
    return Step(start, end, text, code=plain)


def _spells(written: str, step: Step) -> bool:
    """Is it one name that is only spelt another way: with capitals, blanks, signs, letters with marks."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", step.text):
        return False
    letters = [re.sub(r"[^a-z0-9]", "", text.lower()) for text in (written, snake(written), step.text)]
    one = re.fullmatch(r"[^\W\d][\w'’-]*", written) is not None and not written.islower()
    return one or letters[2] in letters[:2] or not written.isascii()


_SAYS_WHY = frozenset((
    "S111", "S112", "S113", "S115", "S116", "S117", "S118", "S119", "S143", "S148", "S155", "S156", "S157", "S162",
    "S163",
    "S164", "S178", "S183", "S179", "S188", "S197",
))  # fmt: skip
"""Messages that say why a line does not read, whatever mends it; the others say where it stops making sense."""
_VAGUE = frozenset(("S132", "S133", "S136", "S142", "S150", "S151", "S168", "S180", "S130", "S189", "S199", "S139"))
_WEAK = frozenset(("S126", "S128", "S139"))
"""Messages of steps that say little more than what is done."""


def _step_says_more(fault: Diagnostic, step: Step, line: Line) -> bool:
    if fault.code == "S153" or (fault.code, step.code) == ("S162", "S156"):
        return True
    if fault.code in _SUITS and (step.code == "S126" or not re.search(_SUITS[fault.code], step.text)):
        return True
    if fault.code == "S183" and step.code in _LITERALS:
        return True
    if (fault.code == "S188" and step.code == "S153") or (fault.code in _OF_FIGURES and step.code == "S139"):
        return True
    if fault.code in _SAYS_WHY or step.code == fault.code or (step.assumes and fault.code == "S142"):
        return False
    if fault.code in _VAGUE or step.code in _WEAK:
        return fault.code in _VAGUE
    return fault.args.get("instead") != step.text


def _fix(line: Line, state: Found, safe: bool) -> Fix:
    """The whole change as edits of the line as written, and a title that says what to write."""
    edits = []
    for change in changes(line.text, state.text):
        text = state.text[change.new_start : change.new_end]
        edits.append(Edit(line.place(change.start, change.end), text.replace("\n", "\n" + " " * (line.column - 1))))
    assumed = [step.assumes for step in state.steps if step.assumes]
    title = f"Write: {state.text}" if len(state.text) < 90 else f"Write: {_short(line, state)}"
    if assumed:
        title += f" (this assumes {', '.join(dict.fromkeys(assumed))})"
    return Fix(title.replace("\n", " ⏎ "), tuple(edits), safe)


def _short(line: Line, state: Found) -> str:
    """The part of the mended line that differs, with a word on either side."""
    found = changes(line.text, state.text)
    start, end = found[0].new_start, found[-1].new_end
    words = tokens(state.text)
    first = max((t.start for t in words if t.start < start), default=0)
    last = min((t.end for t in words if t.end > end), default=len(state.text))
    return ("… " if first else "") + state.text[first:last] + (" …" if last < len(state.text) else "")
