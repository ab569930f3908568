"""Sixty errors in one file of 2,000 lines: `python -m tests.mistakes sixty`.

In: a seed. Out: which of the planted lines are blamed by an error, and which errors stand elsewhere.

The file is the grocery strategy with its actions, measures, tests … copied under further names until it has 2,000
lines. Each error is one that people make, on a line of a block of its own; a line is right when an error stands on it
(or shows it by a label); an error that neither stands on a planted line nor shows one is spurious.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.text import words
from tests.mistakes.clean import _blocks
from tests.mistakes.judge import Check, check
from tests.mistakes.mutants import sound

LINES = 2000
ERRORS = 60
COPIED = re.compile(r"(action|measure|question|scenario|segment) ([a-z0-9_]+)|test \"")
OWN_NAMES = re.compile(r"^( +(?:metric|need) )([a-z0-9_]+)(?= |$)")
OWN_TEXTS = re.compile(r'^((?:action|measure|question|scenario|segment) [a-z0-9_]+ "|test ")')

TAB = "tab"
"""Planted once: one finding speaks for all the tabs of a file, and its fix mends them all."""

SLIPS: tuple[tuple[str, str, str], ...] = (
    ("keyword misspelled", r"^  through ", "  trough "),
    ("keyword with a capital", r"^  chance\b", "  Chance"),
    ("another word for a keyword", r"^  owner ", "  responsible "),
    ("top keyword misspelled", r"^action ", "acton "),
    ("top keyword with a capital", r"^test ", "Test "),
    ("colon", r"^(  for \w+)$", r"\1:"),
    ("semicolon", r"^(  rests .*)$", r"\1;"),
    ("if for when", r"^  when ", "  if "),
    ("= for is", r"^([^\"]* (?:when|where) \w+) is (?!one|not|missing|known)", r"\1 = "),
    ("greater than", r" >= ", " greater than or equal to "),
    ("=>", r" >= ", " => "),
    ("&&", r"^(  (?:when|unless) [^\"]*?) and ", r"\1 && "),
    ("euro sign", r"(\d+) EUR\b", r"€\1"),
    ("no currency", r"^(  worth = \d+) EUR$", r"\1"),
    ("percent apart", r"(\d)%", r"\1 percent"),
    ("decimal comma", r"\b0\.(\d)", r"0,\1"),
    ("unit glued", r"(\d+) days", r"\1days"),
    ("unit missing", r"^(  rests \d+) days", r"\1"),
    ("German date", r"\b(20\d\d)-(\d\d)-(\d\d)\b", r"\3.\2.\1"),
    ("no such day", r"\b(20\d\d)-(\d\d)-\d\d\b", r"\1-\2-32"),
    ("curly quotes", r'^(\w+ [a-z0-9_]+) "([^"]*)"', r"\1 “\2”"),
    ("quote not closed", r'^(    (?:subject|body) "[^"]+)"$', r"\1"),
    ("quotes missing", r'^  (incentive|owner) "([^"]*)"$', r"  \1 \2"),
    ("bracket not closed", r"\(([^()]*)\)", r"(\1"),
    ("unknown channel", r"^  through (\w+)", r"  through \1_x"),
    ("unknown goal", r"^  serves (\w)(\w)", r"  serves \2\1"),
    ("unknown name", r"(when|unless) (\w+)_(\w+)", r"\1 \2\3"),
    ("hyphen in a name", r"^  serves (\w+)_(\w+)", r"  serves \1-\2"),
    (TAB, r"^  (capability|kind) ", "\t\\1 "),
    ("three blanks", r"^  (capability|kind|hold out) ", r"   \1 "),
    ("bullet", r"^  (capability|kind|through) ", r"  - \1 "),
    ("of missing", r"(count|sum|latest) of (?=[a-z])", r"\1 "),
    ("line of another block", r"^  capability .*$", "  milepost 30% by 2027-01-31"),
    ("operator missing", r" / (\d)", r" \1"),
    ("operand missing", r" / \d+$", " /"),
    ("kind that is none", r"^  kind \w+$", "  kind advertisement"),
)


@dataclass(frozen=True)
class Planted:
    """One error: what it is, its line (from 1), and the line as it was."""

    slip: str
    line: int
    before: str
    after: str


def large() -> str:
    """A sound strategy of 2,000 lines."""
    blocks = _blocks(sound()["grocery"])
    whole = list(blocks)
    copy = 2
    while True:
        for block in blocks:
            if sum(b.count("\n") + 1 for b in whole) >= LINES:
                return "\n".join(whole) + "\n"
            if COPIED.match(block):
                whole.append(_copied(block, copy))
        copy += 1


def _copied(block: str, number: int) -> str:
    lines = block.split("\n")
    lines[0] = (
        re.sub(r"^(\w+ )([a-z0-9_]+)(?= )", rf"\g<1>\g<2>_{number}", lines[0]) if lines[0][:5] != "test " else lines[0]
    )
    lines[0] = OWN_TEXTS.sub(rf"\g<1>{number}: ", lines[0])
    return "\n".join([lines[0], *(OWN_NAMES.sub(rf"\g<1>\g<2>_{number}", line) for line in lines[1:])])


def planted(seed: int, count: int = ERRORS) -> tuple[str, list[Planted]]:
    """The large strategy with so many errors, each in a block of its own, spread over all kinds of slip."""
    dice = random.Random(seed)
    lines = large().split("\n")
    blocks = _stretches(lines)
    dice.shuffle(blocks)
    found: list[Planted] = []
    slips = dice.sample(SLIPS, len(SLIPS))
    for slip, pattern, new in slips * 4:
        places = [(b, n) for b in blocks for n in b if re.search(pattern, lines[n])]
        if not places or len(found) == count or (slip == TAB and any(p.slip == TAB for p in found)):
            continue
        block, n = dice.choice(places)
        blocks.remove(block)
        after = re.sub(pattern, new, lines[n], count=1)
        found.append(Planted(slip, n + 1, lines[n], after))
        lines[n] = after
    return "\n".join(lines), found


def _stretches(lines: Sequence[str]) -> list[list[int]]:
    """The numbers (from 0) of the lines of each copied block: nothing else refers to what it declares."""
    found: list[list[int]] = []
    for n, line in enumerate(lines):
        if line and line[0] not in " #)":
            found.append([])
        if found and line.strip() and not line.lstrip().startswith("#"):
            found[-1].append(n)
    return [b for b in found if re.match(r"(action|question|scenario|segment|measure) \w+_\d+ |test \"\d", lines[b[0]])]


@dataclass(frozen=True)
class Result:
    """How the check did: errors planted, those on the right line, and errors that stand elsewhere."""

    planted: tuple[Planted, ...]
    missed: tuple[Planted, ...]
    spurious: tuple[Diagnostic, ...]


def observed(seed: int, count: int = ERRORS, checker: Check = check) -> Result:
    """Plant, and check."""
    text, errors = planted(seed, count)
    found = checker(text, "utf-8").errors
    lines = {error.line for error in errors}
    shown = [(d, _lines(d) & lines) for d in found]
    hit = set().union(*(on for _, on in shown)) if shown else set()
    return Result(
        tuple(errors),
        tuple(error for error in errors if error.line not in hit),
        tuple(d for d, on in shown if not on),
    )


def _lines(diagnostic: Diagnostic) -> set[int]:
    spans = [diagnostic.span, *(label.span for label in diagnostic.labels)]
    return {n for span in spans for n in range(span.line, span.end_line + 1)}


def report(seed: int, count: int = ERRORS) -> str:
    """The figures, and what was missed or said besides."""
    result = observed(seed, count)
    right = len(result.planted) - len(result.missed)
    told = [
        f"{len(result.planted)} errors in {large().count(chr(10)):,} lines (seed {seed}): {right} on the right line, "
        f"{len(result.spurious)} spurious"
    ]
    told += [f"missed {e.slip}, line {e.line}\n- {e.before}\n+ {e.after}" for e in result.missed]
    told += [f"spurious {d.code} line {d.span.line}: {words(d).title}" for d in result.spurious]
    return "\n".join(told)
