"""One-fault mutants of sound strategies: `python -m tests.mistakes mutants --seed S`.

In: a seed. Out: for each mutant the line that was changed, and where the check's first finding stands.

A mutant counts when the check says something it did not say before; one that stays sound (it may mean something else
now) does not count. It is *on the right line* when the first new finding, errors before warnings, stands on the changed
line, or carries a label there: where the change renames a declaration, the line that uses the old name now disagrees,
and both places must be shown.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.text import severity, words
from tests.mistakes.corpus import base_names, base_text
from tests.mistakes.judge import Check, check

TOKEN = re.compile(r'"""|"[^"\n]*"|[A-Za-z_][A-Za-z0-9_]*|\d[\d,.:-]*%?|[^\sA-Za-z0-9_]')
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*$")
LIBRARY = Path(__file__).parents[2] / "strategies"

Change = Callable[[random.Random, list[str], int], str | None]
"""A dice, a text's lines and the number (from 0) of the one to change → the line as changed, or None."""


@dataclass(frozen=True)
class Mutant:
    """A sound strategy with one line changed, or doubled. `line` counts from 1; `last` is the double's."""

    base: str
    change: str
    line: int
    last: int
    before: str
    text: str

    @property
    def after(self) -> str:
        """The changed line."""
        return self.text.split("\n")[self.line - 1]


@dataclass(frozen=True)
class Outcome:
    """What the check said of a mutant; `first` is None when it said nothing new."""

    mutant: Mutant
    first: Diagnostic | None
    elsewhere: int
    """New findings that neither stand on the changed line nor show it."""

    @property
    def right(self) -> bool:
        """Whether the first new finding shows the changed line."""
        return self.first is not None and shows(self.first, self.mutant)


def shows(diagnostic: Diagnostic, mutant: Mutant) -> bool:
    """Whether a finding stands on the changed line, or carries a label there."""
    spans = [diagnostic.span, *(label.span for label in diagnostic.labels)]
    return any(span.line <= mutant.last and mutant.line <= span.end_line for span in spans)


def sound() -> dict[str, str]:
    """The strategies that are changed: the corpus's bases and the library."""
    library = {path.stem: path.read_text("utf-8") for path in sorted(LIBRARY.glob("*/*.strategy"))}
    return {**{name: base_text(name) for name in base_names()}, **library}


def _spans(lines: list[str], at: int) -> list[tuple[int, int]]:
    return [match.span() for match in TOKEN.finditer(lines[at])]


def _one(dice: random.Random, lines: list[str], at: int, wanted: Callable[[str], bool]) -> tuple[int, int] | None:
    spans = [span for span in _spans(lines, at) if wanted(lines[at][slice(*span)])]
    return dice.choice(spans) if spans else None


def _in_word(edit: Callable[[random.Random, str], str]) -> Change:
    def change(dice: random.Random, lines: list[str], at: int) -> str | None:
        span = _one(dice, lines, at, lambda t: bool(WORD.match(t)) and len(t) > 2)
        if span is None:
            return None
        line = lines[at]
        return line[: span[0]] + edit(dice, line[slice(*span)]) + line[span[1] :]

    return change


def _drop(dice: random.Random, word: str) -> str:
    n = dice.randrange(len(word))
    return word[:n] + word[n + 1 :]


def _swap(dice: random.Random, word: str) -> str:
    n = dice.randrange(len(word) - 1)
    return word[:n] + word[n + 1] + word[n] + word[n + 2 :]


def _double(dice: random.Random, word: str) -> str:
    n = dice.randrange(len(word))
    return word[:n] + word[n] + word[n:]


def _near(dice: random.Random, word: str) -> str:
    ends = [word + "s", word.rstrip("s") if word.endswith("s") else word + "_1", word.replace("_", ""), word.title()]
    return dice.choice([end for end in ends if end != word])


def number(dice: random.Random, lines: list[str], at: int) -> str | None:
    """A figure of a number dropped, doubled, or a letter o for a nought."""
    span = _one(dice, lines, at, lambda t: t[0].isdigit())
    if span is None:
        return None
    written = lines[at][slice(*span)]
    new = dice.choice([_drop, _swap, _double])(dice, written) if len(written) > 1 else written + "o"
    return lines[at][: span[0]] + new + lines[at][span[1] :]


def token_deleted(dice: random.Random, lines: list[str], at: int) -> str | None:
    """A word, number, text or sign taken away."""
    span = _one(dice, lines, at, lambda t: t != '"""')
    if span is None:
        return None
    line = lines[at][: span[0]].rstrip(" ") + lines[at][span[1] :]
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    return indent + line.lstrip() if line.strip() else None


def tokens_swapped(dice: random.Random, lines: list[str], at: int) -> str | None:
    """Two neighbours exchanged."""
    spans = _spans(lines, at)
    if len(spans) < 2:
        return None
    n = dice.randrange(len(spans) - 1)
    (a, b), (c, d) = spans[n], spans[n + 1]
    line = lines[at]
    return line[:a] + line[c:d] + line[b:c] + line[a:b] + line[d:]


def indent(dice: random.Random, lines: list[str], at: int) -> str | None:
    """The line one, two or three blanks further in or out."""
    line = lines[at]
    steps = [n for n in (-3, -2, -1, 1, 2, 3, 4) if n > 0 or line.startswith(" " * -n)]
    step = dice.choice(steps)
    return " " * step + line if step > 0 else line[-step:]


def tab(dice: random.Random, lines: list[str], at: int) -> str | None:
    """A step of the indent as a tab."""
    return "\t" + lines[at][2:] if lines[at].startswith("  ") else None


def _sign_gone(signs: str) -> Change:
    def change(dice: random.Random, lines: list[str], at: int) -> str | None:
        places = [n for n, character in enumerate(lines[at]) if character in signs]
        if not places or '"""' in lines[at]:
            return None
        n = dice.choice(places)
        return lines[at][:n] + lines[at][n + 1 :]

    return change


def comma_doubled(dice: random.Random, lines: list[str], at: int) -> str | None:
    """A comma said twice."""
    places = [n for n, character in enumerate(lines[at]) if character == ","]
    return lines[at][: (n := dice.choice(places))] + "," + lines[at][n:] if places else None


def line_doubled(dice: random.Random, lines: list[str], at: int) -> str | None:
    """The line said twice."""
    return f"{lines[at]}\n{lines[at]}"


CHANGES: dict[str, Change] = {
    "letter dropped": _in_word(_drop),
    "letters swapped": _in_word(_swap),
    "letter doubled": _in_word(_double),
    "near name": _in_word(_near),
    "number": number,
    "token deleted": token_deleted,
    "tokens swapped": tokens_swapped,
    "indent": indent,
    "tab": tab,
    "quote gone": _sign_gone('"'),
    "bracket gone": _sign_gone("()"),
    "comma gone": _sign_gone(","),
    "comma doubled": comma_doubled,
    "line doubled": line_doubled,
}


def mutants(seed: int) -> Iterator[Mutant]:
    """Mutants without end, each of another place."""
    dice = random.Random(seed)
    strategies = sound()
    places = {name: said_lines(text.split("\n")) for name, text in strategies.items()}
    seen: set[tuple[str, str]] = set()
    while True:
        base, change = dice.choice(list(strategies)), dice.choice(list(CHANGES))
        lines = strategies[base].split("\n")
        at = dice.choice(places[base])
        new = CHANGES[change](dice, lines, at)
        if new is None or new == lines[at]:
            continue
        text = "\n".join([*lines[:at], new, *lines[at + 1 :]])
        if (base, text) not in seen:
            seen.add((base, text))
            yield Mutant(base, change, at + 1, at + 1 + new.count("\n"), lines[at], text)


def said_lines(lines: list[str]) -> list[int]:
    """The lines that say something: no comments, no blank ones, nothing inside a long text."""
    found, inside = [], False
    for n, line in enumerate(lines):
        if not inside and line.strip() and not line.lstrip().startswith("#"):
            found.append(n)
        inside ^= line.count('"""') % 2 == 1
    return found


def outcomes(seed: int, count: int) -> list[Outcome]:
    """The first `count` mutants of a seed that count, and those that stayed sound on the way."""
    known = {name: _keys(check(text).diagnostics) for name, text in sound().items()}
    found: list[Outcome] = []
    counted = 0
    for mutant in mutants(seed):
        if counted == count:
            return found
        outcome = observe(mutant, known[mutant.base])
        counted += outcome.first is not None
        found.append(outcome)
    return found


def observe(mutant: Mutant, known: Counter[tuple[str, str]], checker: Check = check) -> Outcome:
    """Check a mutant. `known`: the findings its base has already, which are not the fault's."""
    left = Counter(known)
    new = []
    for diagnostic in checker(mutant.text, "utf-8").diagnostics:
        key = _key(diagnostic)
        if left[key]:
            left[key] -= 1
        else:
            new.append(diagnostic)
    first = next((d for d in new if severity(d) == "error"), new[0] if new else None)
    return Outcome(mutant, first, sum(not shows(d, mutant) for d in new))


def _keys(found: tuple[Diagnostic, ...]) -> Counter[tuple[str, str]]:
    return Counter(map(_key, found))


def _key(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.code, words(diagnostic).title


def report(found: list[Outcome]) -> str:
    """The table by kind of change, and every mutant that is not on the right line."""
    rows = [f"{'change':18}{'sound':>7}{'counted':>9}{'right':>7}{'share':>9}{'elsewhere':>11}"]
    for change in [*CHANGES, "all"]:
        mine = [o for o in found if change in (o.mutant.change, "all")]
        counted = [o for o in mine if o.first is not None]
        right = sum(o.right for o in counted)
        share = f"{100 * right / len(counted):.1f}%" if counted else "-"
        besides = sum(o.elsewhere > 0 for o in counted)
        rows.append(f"{change:18}{len(mine) - len(counted):>7}{len(counted):>9}{right:>7}{share:>9}{besides:>11}")
    wrong = [_told(o) for o in found if o.first is not None and not o.right]
    return "\n".join([*rows, "", *wrong])


def _told(outcome: Outcome) -> str:
    mutant, first = outcome.mutant, outcome.first
    assert first is not None
    return (
        f"{mutant.base}:{mutant.line} {mutant.change}\n- {mutant.before}\n+ {mutant.after}\n"
        f"  {first.code} line {first.span.line}: {words(first).title}\n"
    )


def share(found: list[Outcome]) -> float:
    """How many of the mutants that count are on the right line."""
    counted = [o for o in found if o.first is not None]
    return sum(o.right for o in counted) / max(1, len(counted))
