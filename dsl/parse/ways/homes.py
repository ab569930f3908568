"""Where a line that stands in a wrong block belongs, as far as the rest of the file tells.

In: the lines of a file, and one of them. Out: the lines that open blocks which take it and do not say it yet, and the
one among them for which most speaks: it stands right beside it, all blocks like it say such a thing, there is one of
its kind alone, or other lines read in it what this line declares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from stratagem.dsl.catalogue import STATEMENTS, below, first_words
from stratagem.dsl.catalogue.statement import TOP, Statement
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.parse.statements import best_fits, one_of
from stratagem.dsl.parse.ways.text import around, indent, said, stretch
from stratagem.dsl.record import record

LIKE = 0.5
"""The share of statements that two blocks have in common from which on they are alike."""
MANY = 40
"""Blocks that take a line, beyond which nothing speaks for one of them but what it declares."""
_ALONE = frozenset(s.opens for s in below(TOP) if s.opens and (s.once or "{name" not in s.pattern)) - {"test"}
_ALONE |= {"strategy"}
"""Blocks of which a strategy has one."""
_OF_SEVERAL = 0.5
"""How much of a link counts where several blocks have it."""
_ASKS = ("for", "at", "when", "unless")
"""First words of lines that mean something by not being there: everybody is meant."""


@record
class Row:
    """What a line is: the statement it is most likely of, and the line it stands below (0: none)."""

    statement: Statement | None
    parent: int

    @property
    def opens(self) -> str:
        """The block that it opens, if any."""
        return self.statement.opens if self.statement is not None else ""


@record
class Outline:
    """Every line that says something, by its number, and what the lines right below each say."""

    rows: dict[int, Row]
    inner: dict[int, dict[str, int]]
    """By the line that opens a block: the statements in it, each with the line that says it first."""


@lru_cache(maxsize=1)
def outline(lines: Sequence[str]) -> Outline:
    """All lines as statements of the blocks they stand in."""
    rows: dict[int, Row] = {}
    inner: dict[int, dict[str, int]] = {}
    above: list[tuple[int, int, str]] = []
    for number, text in enumerate(lines, 1):
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        step = indent(text)
        while above and above[-1][0] >= step:
            above.pop()
        parent, block = (above[-1][1], above[-1][2]) if above else (0, TOP)
        found = best_fits(block, tokens(said(text))) if block else ()
        read = found[0].statement if found and (found[0].complete or found[0].words) else None
        rows[number] = Row(read, parent)
        if read is not None and found[0].complete:
            inner.setdefault(parent, {}).setdefault(read.id, number)
        above.append((step, number, rows[number].opens))
    return Outline(rows, inner)


@lru_cache(maxsize=500)
def taking(text: str) -> dict[str, Statement]:
    """The blocks that take a line of this text, each with the statement it is there."""
    run = tokens(text)
    found = {block: best_fits(block, run) for block in sorted({under for s in STATEMENTS for under in s.under})}
    whole = {block: fits[0] for block, fits in found.items() if fits and fits[0].complete}
    said_so = {b: fit.statement for b, fit in whole.items() if first_words(fit.statement)}
    return said_so or {b: fit.statement for b, fit in whole.items() if b == "segments"}


def homes(lines: Sequence[str], line: int) -> list[int]:
    """The lines that open a block which takes this line, and does not say it yet; the nearest first."""
    known, said_as = outline(tuple(lines)), taking(said(lines[line - 1]))
    below_it, outer = range(line, stretch(lines, line) + 1), around(lines, line)
    found = []
    for number, row in known.rows.items():
        statement = said_as.get(row.opens)
        if statement is None or number in below_it or number in outer[:1] or _unlike(lines, line, number):
            continue
        if not (_once_said if statement.once else _said_so)(lines, line, number, statement, known):
            found.append(number)
    return sorted(found, key=lambda home: abs(home - line) + 0.5 * (home > line))


_FIGURE = re.compile(r"^(?:from|milepost|target)\b[^\d]*[\d,.]+(%| [A-Z]{3}\b|)")


def _unlike(lines: Sequence[str], line: int, head: int) -> bool:
    """Are the figures of a line of another kind than those of the block: money, and shares."""
    own = _FIGURE.match(said(lines[line - 1]))
    there = (_FIGURE.match(said(text)) for text in lines[head : stretch(lines, head)]) if own else ()
    return own is not None and any(found is not None and found[1] != own[1] for found in there)


def _once_said(lines: Sequence[str], line: int, head: int, statement: Statement, known: Outline) -> bool:
    """Does the block say this already, or what stands in its place."""
    inner = known.inner.get(head, {})
    if statement.hoists and re.search(r"\bwhen\b", _plain(lines[head - 1])):
        return True
    return any(inner.get(other, line) != line for other in one_of(statement.id))


def _said_so(lines: Sequence[str], line: int, head: int, statement: Statement, known: Outline) -> bool:
    """Does the block say the very same, or declare the same name so."""
    text, name = said(lines[line - 1]), _declared(lines[line - 1])
    rows = (n for n in range(head + 1, stretch(lines, head) + 1) if n != line and n in known.rows)
    own = [n for n in rows if known.rows[n].parent == head and known.rows[n].statement is statement]
    return any(said(lines[n - 1]) == text or (name and _declared(lines[n - 1]) == name) for n in own)


def home(lines: Sequence[str], line: int, found: Sequence[int]) -> int:
    """The one of these for which most speaks; 0 where nothing speaks for one, or as much for another."""
    worth = spoken_for(lines, line, found)
    first, *others = worth or [0]
    return first if worth and worth[first] >= 1 and not any(worth[other] >= worth[first] for other in others) else 0


def spoken_for(lines: Sequence[str], line: int, found: Sequence[int]) -> dict[int, float]:
    """How much speaks for each of these, the one with most first, else the nearest."""
    known, said_as = outline(tuple(lines)), taking(said(lines[line - 1]))
    read = _reading(lines, line, found, known) if found else {}
    if len(found) > MANY and not read:
        return {}
    edges, asks = beside(lines, line), lines[line - 1].split()[0] in _ASKS
    named = {each: link for each in found if (link := linked(lines, line, each))}
    worth: dict[int, float] = {}
    for each in found:
        own = known.rows[each].opens
        lacking, few = _lacks(each, said_as[own], known) if own in said_as else (0.0, False)
        near = 1.0 * (each in edges and not (few and asks))
        link = named.get(each, 0) * (1 if len(named) == 1 and not asks else _OF_SEVERAL)
        told = 2 * read.get(each, 0) + link + mentioned(lines, line, each)
        worth[each] = max(lacking * (not asks), own in _ALONE) + near + told
    return dict(sorted(worth.items(), key=lambda each: -each[1]))


def alone(lines: Sequence[str], head: int) -> bool:
    """Is it a block of which a strategy has one."""
    row = outline(tuple(lines)).rows.get(head)
    return row is not None and row.opens in _ALONE


def lacks(lines: Sequence[str], line: int, to: int) -> bool:
    """Do all blocks like this one say what the line says."""
    known, said_as = outline(tuple(lines)), taking(said(lines[line - 1]))
    statement = said_as.get(known.rows[to].opens)
    return statement is not None and _lacks(to, statement, known)[0] == 1


def _lacks(head: int, statement: Statement, known: Outline) -> tuple[float, bool]:
    """How much speaks for it that a block does not say this: all blocks that say much the same do, or there is no other
    of its kind; and do only few of its kind."""
    wanted = set(one_of(statement.id))
    kind, own = known.rows[head].opens, set(known.inner.get(head, {})) - wanted
    kin = [set(known.inner.get(n, {})) for n, row in known.rows.items() if row.opens == kind and n != head]
    if not kin:
        return 1.0 if statement.once else 0.5, False
    like = [said_there for said_there in kin if _alike(own, said_there - wanted) >= LIKE]
    saying = sum(not wanted.isdisjoint(said_there) for said_there in kin)
    return float(bool(like) and all(not wanted.isdisjoint(each) for each in like)), saying * 2 < len(kin)


def _alike(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def beside(lines: Sequence[str], line: int) -> set[int]:
    """The blocks that the line stands right at the edge of: it is the last of its block, or the first."""
    rows, outer = outline(tuple(lines)).rows, around(lines, line)
    if not outer:
        return set()
    own, last = outer[0], stretch(lines, line)
    found = {next((n for n in rows if n > last), 0)} - {0}
    if not any(own < n < line and rows[n].parent == own for n in rows):
        above = [n for n in rows if n < own and indent(lines[n - 1]) == indent(lines[own - 1])]
        found.update(above[-1:])
    return found


def _reading(lines: Sequence[str], line: int, found: Sequence[int], known: Outline) -> dict[int, float]:
    """By the blocks: does one of its lines, or a line that names it, read what the line declares; each of them less
    than the most read one by its share."""
    name = _declared(lines[line - 1])
    if not name:
        return {}
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    reads = [n for n in known.rows if n != line and word.search(_plain(lines[n - 1]))]
    reading = [n for n in reads if said(lines[n - 1]).split()[:2] != ["field", name]]
    counts: dict[int, float] = {}
    for each in found:
        own = _declared(lines[each - 1])
        of_it = re.compile(rf"(?<![\w.]){re.escape(own)}(?!\w)") if own else None
        inner = range(each + 1, stretch(lines, each) + 1)
        counts[each] = sum(n in inner or bool(of_it and of_it.search(_plain(lines[n - 1]))) for n in reading)
    most = max(counts.values(), default=0)
    if not most and reading:  # read by its name alone: of who there is once, most of all where most is said of them
        once = sorted((each for each in found if _once(lines, each)), key=lambda each: each - stretch(lines, each))
        return {each: 1.0 / n for n, each in enumerate(once, 1)}
    return {each: count / most for each, count in counts.items() if most}


def _once(lines: Sequence[str], head: int) -> bool:
    inner = (said(lines[n - 1]) for n in range(head + 1, stretch(lines, head) + 1))
    return any(text.startswith("one per customer") for text in inner)


@lru_cache(maxsize=2_000)
def _declared(line: str) -> str:
    """The name that a line declares, which is its second word, or its third."""
    run = tokens(said(line))
    found = (best_fits(block, run) for block in _declaring().get(run[0].text if run else "", ()))
    for fits in found:
        if fits and fits[0].complete:
            for slot, start, end in fits[0].captured:
                if slot.kind == "name":
                    return run[start].text if end - start == 1 else ""
    return ""


@cache
def _declaring() -> dict[str, tuple[str, ...]]:
    """By first word, the blocks with a statement that starts so and declares a name."""
    found: dict[str, tuple[str, ...]] = {}
    for statement in STATEMENTS:
        if ":name(" in statement.pattern:
            word = statement.pattern.split()[0]
            found[word] = (*found.get(word, ()), *statement.under)
    return found


@lru_cache(maxsize=2_000)
def _plain(line: str) -> str:
    """A line without its texts, but with what they show."""
    return re.sub(r'"[^"]*"?', '""', said(line)) + " ".join(re.findall(r"\{\{(.*?)\}\}", line))


def linked(lines: Sequence[str], line: int, home: int) -> float:
    """How much one of two blocks speaks of the other: the one names the other, or what stands in it; or the home
    declares what the line reads. Within one block that counts most where the home opens."""
    outer = around(lines, line)
    if not outer:
        return 0
    if outer[-1] < home <= stretch(lines, outer[-1]):
        return 2.5 * _in(_declared(lines[outer[0] - 1]), lines[home - 1 : home])
    there, here = range(home, stretch(lines, home) + 1), range(outer[0], stretch(lines, outer[0]) + 1)
    own = [name for each in (outer[0], outer[-1]) if (name := _declared(lines[each - 1]))]
    declared = {name for n in there if (name := _declared(lines[n - 1]))}
    if lines[home - 1].startswith("source ") and any(_in(name, lines[line - 1 : line]) for name in declared):
        return 2.5
    if any(_in(name, (lines[n - 1] for n in there)) for name in own):
        return 1.0
    return 1.0 * any(_in(name, (lines[n - 1] for n in here if n != line)) for name in declared)


def _in(name: str, lines: Iterable[str]) -> bool:
    """Does a name stand in these lines."""
    word = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)")
    return bool(name) and any(word.search(_plain(text)) for text in lines)


def declared_and_read(lines: Sequence[str], line: int) -> bool:
    """Does a line declare a name that another one reads."""
    name = _declared(lines[line - 1])
    return _in(name, (text for n, text in enumerate(lines, 1) if n != line and name in text))


def mentioned(lines: Sequence[str], line: int, head: int) -> bool:
    """`message sms`: does the block name elsewhere what alone stands behind the line's first word."""
    words = said(lines[line - 1]).split()
    if len(words) != 2 or not words[1].isidentifier() or words[0] in _ASKS:
        return False
    word = re.compile(rf"(?<![\w.]){words[1]}(?!\w)")
    return any(word.search(_plain(lines[n - 1])) for n in range(head + 1, stretch(lines, head) + 1) if n != line)
