"""Valid texts, spoilt: words swapped, lines moved, doubled and lost, other characters, other line ends, other sizes.

In: a text and a chance. Out: bytes as a file may have them. Every kind of change has a name, so that what was tried can
be counted.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

from stratagem.dsl.catalogue import STATEMENTS
from tests.fuzz.strategies import FEW, strategy
from tests.language.sample import placed
from tests.tools.house import ROOT

Change = Callable[[list[str], random.Random], None]
_PART = re.compile(r'\s+|"""|"[^"]*"|\w+|.')
SIGNS = (
    '"', "“", "”", "„", "'", '"""', "(", ")", ",", "=", "#", "##", "\\", "|", "{{", "{%", "/", "-", "–", "%", ".", ";",
    ":", "\u00a0", "\u200b", "\u202e", "\ufeff", "\u2028", "é", "e\u0301", "日本", "🙂", "\x1b[31m",
    "\x0b", "\x7f",
)  # fmt: skip
HUGE = (
    "9" * 30, "1e400", "0." + "1" * 60, "99999999999999 EUR", "9" * 400 + "%", "1,0,0", "10.000,50", "€12",
    "9999-12-31", "0001-01-01", "2026-02-30", "25:61", "999999999 months", "0 days", "-0", "1 per 0 days",
)  # fmt: skip


@cache
def library() -> tuple[str, ...]:
    """The strategies that come along and that tests are written on."""
    paths = [*(ROOT / "strategies").rglob("*.strategy"), *(ROOT / "tests").rglob("*.strategy")]
    return tuple(Path(path).read_text("utf-8") for path in sorted(paths))


@cache
def small() -> tuple[str, ...]:
    """Those among them that many may be tried of."""
    return tuple(text for text in library() if text.count("\n") < 300)


@cache
def vocabulary() -> tuple[str, ...]:
    """Words of the catalogue's examples and of the library."""
    text = "\n".join([*(s.example for s in STATEMENTS), *library()])
    return tuple(sorted(set(_PART.findall(text)) - {" "}))


LONGEST = 60_000
"""Characters of a spoilt text."""


def valid(chance: random.Random, seed: int) -> str:
    """A text to start from: generated, some neighbouring blocks of the library, or an example of the catalogue."""
    draw = chance.random()
    if draw < 0.6:
        return strategy(seed, chance.choice([FEW, FEW, FEW, 0, 0, 10])).text
    if draw < 0.8:
        blocks = re.split(r"\n(?=\S)", chance.choice(library()))
        start = chance.randrange(len(blocks))
        return "\n".join(blocks[start : start + chance.choice([1, 3, 6, 12])]) + "\n"
    statement = chance.choice(STATEMENTS)
    return "".join(placed(statement, block) for block in statement.under[:2])


def mutant(seed: int, used: Counter[str] | None = None) -> bytes:
    """A valid text with one to four changes, or a whole strategy of the library with one slip."""
    chance = random.Random(f"mutant {seed}")
    slip = chance.random() < 0.1
    lines = (chance.choice(small()) if slip else valid(chance, seed)).split("\n")
    for _ in range(1 if slip else chance.choice([1, 1, 2, 4])):
        name, change = chance.choice(list((SLIPS if slip else CHANGES).items()))
        change(lines, chance)
        if used is not None:
            used[name] += 1
    return _written("\n".join(lines)[:LONGEST], chance)


def _written(text: str, chance: random.Random) -> bytes:
    """The text as a file may have it."""
    match chance.randrange(24):
        case 0:
            text = text.replace("\n", "\r\n")
        case 1:
            text = text.replace("\n", "\r", 3)
        case 2:
            return b"\xef\xbb\xbf" + text.encode()
        case 3:
            return text.rstrip("\n").encode()
        case 4:
            data = bytearray(text.encode())
            for _ in range(chance.randint(1, 3)):
                data[chance.randrange(len(data)) if data else 0 :][:1] = bytes([chance.randrange(256)])
                if data:
                    data[chance.randrange(len(data))] = chance.choice(
                        [0, 0x80, 0xFF, 0x0D, 0x09, chance.randrange(256)]
                    )
            return bytes(data)
    return text.encode("utf-8", "surrogatepass")


# ---- changes ----


def _at(lines: list[str], chance: random.Random) -> int:
    return chance.randrange(len(lines))


def _parts(lines: list[str], chance: random.Random) -> tuple[int, list[str], int]:
    """A line, its parts, and one of them that is no blank; -1 where there is none."""
    at = _at(lines, chance)
    parts = _PART.findall(lines[at])
    words = [n for n, part in enumerate(parts) if part.strip()]
    return at, parts, chance.choice(words) if words else -1


def _word(edit: Callable[[list[str], int, random.Random], None]) -> Change:
    def change(lines: list[str], chance: random.Random) -> None:
        at, parts, word = _parts(lines, chance)
        if word >= 0:
            edit(parts, word, chance)
            lines[at] = "".join(parts)

    return change


def _swap_words(parts: list[str], at: int, chance: random.Random) -> None:
    other = chance.randrange(len(parts))
    parts[at], parts[other] = parts[other], parts[at]


def _other_word(parts: list[str], at: int, chance: random.Random) -> None:
    parts[at] = chance.choice(vocabulary())


def _more_words(parts: list[str], at: int, chance: random.Random) -> None:
    parts[at:at] = [chance.choice(vocabulary()), " "]


def _no_word(parts: list[str], at: int, chance: random.Random) -> None:
    del parts[at]


def _misspelt(parts: list[str], at: int, chance: random.Random) -> None:
    word, place = parts[at], chance.randrange(len(parts[at]))
    parts[at] = word[:place] + chance.choice(["", word[place] * 2, word[place].upper(), "x"]) + word[place + 1 :]


def _sign(parts: list[str], at: int, chance: random.Random) -> None:
    parts[at] = chance.choice([parts[at], ""]) + chance.choice(SIGNS)


def _huge(parts: list[str], at: int, chance: random.Random) -> None:
    numbers = [n for n, part in enumerate(parts) if part.isdigit()]
    parts[chance.choice(numbers) if numbers else at] = chance.choice(HUGE)


def _no_line(lines: list[str], chance: random.Random) -> None:
    if len(lines) > 1:
        del lines[_at(lines, chance)]


def _twice(lines: list[str], chance: random.Random) -> None:
    at = _at(lines, chance)
    lines[at:at] = [lines[at]] * chance.choice([1, 1, 3])


def _moved(lines: list[str], chance: random.Random) -> None:
    line = lines.pop(_at(lines, chance)) if len(lines) > 1 else ""
    lines.insert(_at(lines, chance), line)


def _from_elsewhere(lines: list[str], chance: random.Random) -> None:
    lines.insert(_at(lines, chance), chance.choice(chance.choice(library()).split("\n")))


def _indent(lines: list[str], chance: random.Random) -> None:
    at = _at(lines, chance)
    lines[at] = chance.choice(["", " ", "   ", "    ", "\t", " \t", "\u00a0 ", " " * 90]) + lines[at].lstrip()


def _tabs(lines: list[str], chance: random.Random) -> None:
    lines[:] = [re.sub("^(  )+", lambda found: "\t" * (len(found[0]) // 2), line) for line in lines]


def _steps_of_four(lines: list[str], chance: random.Random) -> None:
    lines[:] = [re.sub("^ +", lambda found: found[0] * 2, line) for line in lines]


def _deep(lines: list[str], chance: random.Random) -> None:
    at = _at(lines, chance)
    count = chance.choice([5, 30, 120])
    match chance.randrange(3):
        case 0:
            lines[at] += " " + "(" * count + "1" + ")" * chance.choice([count, count - 1])
        case 1:
            lines[at : at + 1] = [f"{'  ' * n}{lines[at].strip()}" for n in range(count)]
        case 2:
            lines[at] += " when " + "not (" * count + "yes" + ")" * count


def _long(lines: list[str], chance: random.Random) -> None:
    at = _at(lines, chance)
    words = chance.choice([" and yes", " + 1", ", a", " x", '"', "("])
    lines[at] += words * chance.choice([40, 400, 4_000])


def _joined(lines: list[str], chance: random.Random) -> None:
    at = _at(lines, chance)
    lines[at : at + 2] = [" ".join(lines[at : at + 2])]


def _split(lines: list[str], chance: random.Random) -> None:
    at, parts, word = _parts(lines, chance)
    if word > 0:
        indent = " " * chance.choice([0, 2, 4, 6])
        lines[at : at + 1] = ["".join(parts[:word]), indent + "".join(parts[word:])]


def _loose(lines: list[str], chance: random.Random) -> None:
    """Other blanks and comments: a text that says the same."""
    for at, line in enumerate(lines):
        if chance.random() < 0.3 and '"""' not in line:
            body = line.lstrip()
            lines[at] = line[: len(line) - len(body)] + re.sub(r'("[^"]*")|(?<=\S) (?=\S)', _blanks(chance), body)
        if chance.random() < 0.05:
            lines[at] += chance.choice(["  #x", " # aside", "   "])
    for _ in range(3):
        lines.insert(_at(lines, chance), chance.choice(["", "", "# between", "#tight", "## said", "  # deeper"]))


def _blanks(chance: random.Random) -> Callable[[re.Match[str]], str]:
    return lambda found: found[1] or " " * chance.choice([1, 2, 5])


CHANGES: dict[str, Change] = {
    "words swapped": _word(_swap_words), "another word": _word(_other_word), "a word more": _word(_more_words),
    "a word less": _word(_no_word), "a word misspelt": _word(_misspelt), "another sign": _word(_sign),
    "a huge number": _word(_huge), "a line less": _no_line, "a line twice": _twice, "a line moved": _moved,
    "a line from elsewhere": _from_elsewhere, "another indent": _indent, "tabs": _tabs,
    "steps of four": _steps_of_four,
    "deep nesting": _deep, "a long line": _long,
    "lines joined": _joined, "a line split": _split, "other blanks": _loose,
}  # fmt: skip
SLIPS = {
    name: CHANGES[name]
    for name in ("a word misspelt", "another word", "a word less", "a line less", "a line twice", "a line moved")
}
"""What a careful writer does: one of them in a whole strategy leaves it so far right that names are looked into."""
