"""The judge: what the real check says of a mistake, held against what a strategist needs to hear.

In: a `Mistake`. Out: a `Verdict`: right line, right reason, a fix that leads where it should, nothing else said.
The fixes tried are those on offer; failing them, a near name put over the blamed word, and the text after `Write:` (or
`Write below it:`) pasted over (below) the blamed place. What still holds a word in capitals such as FIELD is no fix.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit
from stratagem.dsl.diagnostics.text import severity, words
from stratagem.dsl.pipeline import Checked, load_strategy
from stratagem.dsl.source import Span
from tests.mistakes.corpus import Mistake, base_text

Check = Callable[[str, str], Checked]
"""A text and its encoding → what the check says."""

ROUNDS = 12
"""At most so many fixes one after the other: a fault over four lines may need four."""


@dataclass(frozen=True)
class Found:
    """One finding, in the reader's words."""

    code: str
    line: int
    grave: bool
    message: str


@dataclass(frozen=True)
class Verdict:
    """What came out for one mistake."""

    mistake: Mistake
    found: tuple[Found, ...]
    fixed_by: str
    """What was pasted, "" when nothing on offer led to a strategy that checks and says what was meant."""
    fix_passes: bool
    """Whether something on offer at least made the check pass."""

    @property
    def line(self) -> bool:
        """Something is found, and the first of it stands where the mistake is."""
        return bool(self.found) and _gravest(self.found).line in self.mistake.blamed

    @property
    def reason(self) -> bool:
        """The code is one whose words were read and found good for this mistake."""
        return bool(self.found) and _gravest(self.found).code in self.mistake.reasons

    @property
    def fix(self) -> bool:
        """A fix on offer, pasted, leads to what was meant."""
        return self.fixed_by != ""

    @property
    def spurious(self) -> tuple[Found, ...]:
        """Findings beside the one: on other lines, or a second one on a line."""
        extra, lines = [], set()
        for found in sorted(self.found, key=lambda f: f is not _gravest(self.found)):
            if found.line not in self.mistake.blamed or found.line in lines:
                extra.append(found)
            lines.add(found.line)
        return tuple(extra)

    @property
    def right(self) -> bool:
        """All four."""
        return self.line and self.reason and self.fix and not self.spurious


def _gravest(found: Sequence[Found]) -> Found:
    return next((f for f in found if f.grave), found[0])


def judge(mistake: Mistake, checker: Check | None = None) -> Verdict:
    """Check the strategy with the mistake in it, and try what is offered. `checker`: another than the real check."""
    checker = checker or check
    checked = checker(mistake.text, mistake.encoding)
    found = tuple(_found(d) for d in checked.diagnostics)
    fixed_by, passes = _repair(mistake, checked, checker)
    return Verdict(mistake, found, fixed_by, passes)


def check(text: str, encoding: str = "utf-8") -> Checked:
    """The check that `stratagem check` runs, on a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "strategy.strategy"
        path.write_bytes(text.encode(encoding))
        return load_strategy(path)


def _found(diagnostic: Diagnostic) -> Found:
    said = words(diagnostic)
    near = f"Did you mean {' or '.join(diagnostic.near)}?" if diagnostic.near else ""
    message = " | ".join(filter(None, (said.title, said.reason, near, said.help)))
    return Found(diagnostic.code, diagnostic.span.line, severity(diagnostic) == "error", message)


def _repair(mistake: Mistake, checked: Checked, checker: Check) -> tuple[str, bool]:
    """The first offer that leads where it should, and whether any offer made the check pass."""
    passes = False
    if not checked.diagnostics:
        return "", False
    for title, text in offers(checked, mistake.text):
        mended = _carry_on(text, "" if checked.errors else checked.diagnostics[0].code, checker)
        if mended is None or mended == mistake.text:
            continue
        passes = True
        if leads(mistake, mended):
            return title, True
    return "", passes


def _carry_on(text: str, warned: str, checker: Check) -> str | None:
    """The text once every further finding had its first fix too; None when errors, or what was warned of, remain."""
    before: int | None = None
    for _ in range(ROUNDS):
        checked = checker(text, "utf-8")
        errors = len(checked.errors) + sum(d.code == warned for d in checked.diagnostics)
        if not errors:
            return text
        if before is not None and errors >= before:
            return None
        before = errors
        nearest = next(offers(checked, text), None)
        if nearest is None:
            return None
        text = nearest[1]
    return None


def leads(mistake: Mistake, text: str) -> bool:
    """Whether a mended text says what was meant: all that the base says, or a wanted line once more than before."""
    base = base_text(mistake.base)
    if not mistake.leads_to or _lines(text) == _lines(base):
        return True
    if outline(text) == outline(base) != outline(mistake.text):
        return True
    before, after = _squeezed(mistake.text), _squeezed(text)
    return any(after.count(_squeezed(w)) > before.count(_squeezed(w)) for w in mistake.leads_to)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().split("\n")]


def _squeezed(text: str) -> str:
    return "\n" + "\n".join(" ".join(line.split()) for line in text.split("\n")) + "\n"


def outline(text: str) -> Counter[tuple[str, ...]]:
    """Each line with the lines it stands below: what a strategy says, whatever the order of its lines."""
    found: Counter[tuple[str, ...]] = Counter()
    above: list[tuple[int, str]] = []
    for line in filter(str.strip, text.split("\n")):
        depth = len(line) - len(line.lstrip())
        above = [(deep, said) for deep, said in above if deep < depth] + [(depth, " ".join(line.split()))]
        found[tuple(said for _, said in above)] += 1
    return found


def offers(checked: Checked, text: str) -> Iterator[tuple[str, str]]:
    """What the first finding offers, each with the text that comes of it: fixes, near names, then `Write:`."""
    first = next(iter(checked.errors or checked.diagnostics))
    for fix in first.fixes:
        if not _placeholder("".join(edit.text for edit in fix.edits)):
            yield f"fix: {fix.title}", applied(text, fix.edits)
    for name in first.near:
        yield f"near: {name}", applied(text, (Edit(first.span, name),))
    yield from _written(first, text)


def _written(diagnostic: Diagnostic, text: str) -> Iterator[tuple[str, str]]:
    """What the help says to write, pasted over the blamed place, over the blamed line, or below it."""
    match = re.match(r"Write( below[^:]*)?: (.+)", words(diagnostic).help)
    if match is None or _placeholder(match[2]):
        return
    span = diagnostic.span
    lines = text.split("\n")
    line = lines[span.line - 1]
    indent = line[: len(line) - len(line.lstrip())]
    if match[1]:
        places = [(Span(span.file, span.line, len(line) + 1, span.line, len(line) + 1), f"\n{indent}  {match[2]}")]
    else:
        whole = Span(span.file, span.line, len(indent) + 1, span.line, len(line) + 1)
        places = [(span, match[2]), (whole, match[2])]
    for place, new in places:
        yield f"write: {match[2]}", applied(text, (Edit(place, new),))


def _placeholder(text: str) -> bool:
    """Whether it has a word in capitals that a person must fill in, or a gap."""
    plain = re.sub(r'"[^"\n]*"', "", text)
    return "…" in plain or any(
        word not in CURRENCIES for word in re.findall(r"\b[A-Z]{4,}(?:_[A-Z]+)*\b|\b[A-Z]\b", plain)
    )


CURRENCIES = frozenset({"EUR", "USD", "GBP", "CHF"})


def applied(text: str, edits: Sequence[Edit]) -> str:
    """The text with the edits made, the last first."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def at(line: int, column: int) -> int:
        return min(starts[min(line, len(lines)) - 1] + column - 1, len(text))

    for edit in sorted(edits, key=lambda e: (e.span.line, e.span.column), reverse=True):
        span = edit.span
        text = text[: at(span.line, span.column)] + edit.text + text[at(span.end_line, span.end_column) :]
    return text
