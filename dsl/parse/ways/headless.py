"""Lines whose block's own line is missing above them: all that is said of them as one finding, and the line put there.

In: findings, and the files' texts. Out: the findings. Lines that follow each other, of which some do not belong where
they stand or say a second time what their block says, and all of which one block takes that is not there: its line
stands above the first. A block with a name gets the one that is read and declared nowhere; without one nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, count, takewhile

from stratagem.dsl.catalogue import below, first_words
from stratagem.dsl.catalogue.pattern import SlotPart, compile_pattern
from stratagem.dsl.catalogue.statement import TOP, Statement
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.nodes import label_for
from stratagem.dsl.parse.match import Attempt
from stratagem.dsl.parse.statements import best_fits
from stratagem.dsl.parse.ways.homes import beside, outline
from stratagem.dsl.parse.ways.text import around, indent, said, stretch
from stratagem.dsl.record import record
from stratagem.dsl.source import SourceText, Span

_ASTRAY = frozenset(("S130", "S131", "S137"))
"""Findings of lines that their block does not take."""
_AGAIN = frozenset(("S144",))
"""Findings of lines that their block says already."""
_UNKNOWN = frozenset(("S276", "S278", "S265", "S261"))
"""Findings of names that are declared nowhere."""
LABELS = 8
"""Lines that the finding shows besides the first."""
FEWEST = 2
"""Lines that tell a block which is not there."""
MOST = 12
"""Findings from which a missing line is looked for."""
_ANY_NAME = {
    "journey": ("way", "The way"), "customer": ("person", "Customer"), "question": ("asked", "What we ask"),
    "matrix": ("cells", "Matrix"),
}  # fmt: skip
"""Blocks whose name nothing else needs, with a name and a label for them."""
_REST = {"source": ' from "{0}.csv"', "channel": " outbound"}
"""What else the line of a block says that has to stand there, with an assumption."""


@record
class Missing:
    """The line that is missing: above which line, how deep, how it reads, the lines below it, the name it declares."""

    above: int
    depth: int
    text: str
    rows: tuple[int, ...]
    name: str
    block: str
    deeper: tuple[int, ...] = ()
    """The lines that stand as deep as the missing one, and go a step further in."""


def headed(found: Sequence[Diagnostic], sources: Mapping[str, SourceText]) -> list[Diagnostic]:
    """The findings, those of lines without their block's line brought together."""
    made = list(found)
    for first in [d for d in found if d.code in _ASTRAY | _AGAIN][:MOST]:
        source = sources.get(first.span.file)
        if source is None or not any(first is d for d in made):
            continue
        missing = _missing(first, source, made)
        if missing is not None:
            made = _together(missing, first, source, made)
    return made


def _missing(first: Diagnostic, source: SourceText, found: Sequence[Diagnostic]) -> Missing | None:
    lines, line = source.lines, first.span.line
    if not 0 < line <= len(lines) or not indent(lines[line - 1]):
        return None
    step, known = indent(lines[line - 1]), outline(tuple(lines)).rows
    at = {d.span.line for d in found if d.code in _ASTRAY | _AGAIN and d.span.file == source.name}
    for start in dict.fromkeys(n for n in (_paragraph(lines, line), line) if n):
        rows = tuple(_rows(lines, start, step))
        outer = next((n for n in range(start - 1, 0, -1) if _less(lines[n - 1], step - 2)), 0)
        block = TOP if step == 2 else known[outer].opens if outer in known else ""
        wrong = sum(row in at for row in rows)
        for opener in _openers(block, lines, rows, outer, wrong == len(rows)):
            text, name = _line(opener, lines, rows, found)
            told = bool(name) or (first.code in _ASTRAY and len(rows) >= FEWEST)
            several = start != line or wrong >= FEWEST or len(rows) >= FEWEST
            other = opener.opens == "message" and not _same(first, source)  # through the next channel
            if text and told and (first.code in _ASTRAY or several or other):
                return Missing(start, step - 2, text, rows, name, opener.opens)
    return _within(first, source, at)


def _same(first: Diagnostic, source: SourceText) -> bool:
    """Does a line say again what another one says, word by word."""
    lines = [source.lines[span.line - 1].strip() for span in (first.span, *(x.span for x in first.labels))]
    return len(set(lines)) == 1


def _within(first: Diagnostic, source: SourceText, at: AbstractSet[int]) -> Missing | None:
    """Lines right below what takes none of them, and takes a block that takes them all; one alone may come from such a
    block beside it."""
    lines, line, known = source.lines, first.span.line, outline(tuple(source.lines)).rows
    outer = around(lines, line)[:1]
    rows = tuple(takewhile(at.__contains__, _rows(lines, line, indent(lines[line - 1]))))
    if not rows or not outer or outer[0] not in known:
        return None
    near = {known[n].opens for n in beside(lines, line)} if len(rows) < FEWEST else set()
    for opener in _openers(known[outer[0]].opens, lines, rows, outer[0], True):
        text, name = _line(opener, lines, rows, ())
        if text and opener.opens not in near:
            deeper = tuple(_with_own(lines, rows, opener.opens))
            return Missing(line, indent(lines[line - 1]), text, rows, name, opener.opens, deeper)
    return None


def _with_own(lines: Sequence[str], rows: Sequence[int], block: str) -> Iterator[int]:
    """These lines, and those below them that belong to them: not those below a line that takes none."""
    for row in rows:
        takes = best_fits(block, tokens(said(lines[row - 1])))[0].statement.children != "none"
        yield from range(row, stretch(lines, row) + 1) if takes else (row,)


def _paragraph(lines: Sequence[str], line: int) -> int:
    """The first line behind the blank line above this one, where it stands as deep, with nothing less deep between."""
    step = indent(lines[line - 1])
    number = line
    while number > 1 and lines[number - 2].strip() and indent(lines[number - 2]) >= step:
        number -= 1
    return number if number > 1 and not lines[number - 2].strip() and indent(lines[number - 1]) == step else 0


def _rows(lines: Sequence[str], first: int, step: int) -> Iterator[int]:
    """The lines as deep as the first one, up to where a line stands less deep, or a blank one parts a paragraph."""
    for number in range(first, len(lines) + 1):
        text = lines[number - 1]
        if text.strip() and indent(text) < step:
            return
        if text.strip() and indent(text) == step and not text.lstrip().startswith("#"):
            yield number


def _less(line: str, most: int) -> bool:
    return bool(line.strip()) and indent(line) < most


def _openers(block: str, lines: Sequence[str], rows: Sequence[int], outer: int, all_wrong: bool) -> Iterator[Statement]:
    """The statements that open a block which takes all these lines, and, where it may stand once, is not there yet.
    `all_wrong`: none of them belongs where it stands; else one has to start with a word of the block."""
    runs = [tokens(said(lines[number - 1]).replace('"""', '""')) for number in rows]
    inner = outline(tuple(lines)).inner.get(outer if block != TOP else 0, {})
    for opener in below(block) if block else ():
        if not opener.opens or not first_words(opener) or ((_bare(opener) or opener.once) and opener.id in inner):
            continue
        fits = list(takewhile(_complete, (best_fits(opener.opens, run) for run in runs)))
        if len(fits) == len(runs) and (all_wrong or any(each[0].words for each in fits)):
            yield opener


def _complete(fits: Sequence[Attempt]) -> bool:
    return bool(fits) and fits[0].complete


def _bare(opener: Statement) -> bool:
    """Does a block need no name."""
    parts = [part for part in compile_pattern(opener.pattern) if isinstance(part, SlotPart)]
    return not parts


def _line(opener: Statement, lines: Sequence[str], rows: Sequence[int], found: Sequence[Diagnostic]) -> tuple[str, str]:
    """The line that opens the block, and the name it declares; empty where that is not known."""
    words = " ".join(first_words(opener))
    if _bare(opener) or opener.opens == "contact policy":
        return words, ""
    if opener.opens in _ANY_NAME:
        usual, label = _ANY_NAME[opener.opens]
        taken = {word for text in lines if text.startswith(words) for word in text.split()[1:2]}
        possible = chain((usual,), (f"{usual}_{number}" for number in count(2)))
        name = next(each for each in possible if each not in taken)
        return f'{words} {name} "{label}"{_tiers(lines, rows) if opener.opens == "matrix" else ""}', ""
    if opener.opens == "message":
        channel = _unsaid(lines, rows[0])
        return (f"message {channel}", channel) if channel else ("", "")
    slots = [part for part in compile_pattern(opener.pattern) if isinstance(part, SlotPart)]
    if not slots or slots[0].kind != "name" or (len(slots) > 1 and opener.opens not in _REST):
        return "", ""
    kinds = (opener.opens, "source") if opener.opens == "source" else (opener.opens,)
    names = {str(d.args.get("name", "")) for d in found if d.code in _UNKNOWN and _asks(d, kinds)}
    if len(names) != 1:
        return "", ""
    name = names.pop()
    return f'{words} {name} "{label_for(name)}"{_REST.get(opener.opens, "").format(name)}', name


def _tiers(lines: Sequence[str], rows: Sequence[int]) -> str:
    """The blocks whose tiers the cells of a matrix name first and second."""
    blocks = {tier: block for block, tiers in _blocks(lines).items() for tier in tiers}
    cells = [re.findall(r"\w+", lines[row - 1])[1:3] for row in rows]
    sides = [{blocks.get(cell[side], "") for cell in cells if len(cell) > side} - {""} for side in (0, 1)]
    return "".join(f" {word} {min(side)}" for word, side in zip(("rows", "columns"), sides, strict=True) if side)


def _blocks(lines: Sequence[str]) -> dict[str, list[str]]:
    """The tiers of each `segments` block."""
    heads = [n for n, text in enumerate(lines, 1) if re.match(r"segments\s+\w", text)]
    tier = re.compile(r'  ([a-z]\w*) "')
    inner = {n: map(tier.match, lines[n : stretch(lines, n)]) for n in heads}
    return {lines[n - 1].split()[1]: [found[1] for found in each if found] for n, each in inner.items()}


def _unsaid(lines: Sequence[str], line: int) -> str:
    """The first channel that an action goes through and has no message for."""
    outer = around(lines, line)
    if not outer:
        return ""
    inner = [said(lines[n - 1]) for n in range(outer[-1] + 1, stretch(lines, outer[-1]) + 1)]
    through = [text.removeprefix("through ") for text in inner if text.startswith("through ")]
    channels = [channel.strip() for text in through for channel in text.split(",")]
    return next((channel for channel in channels if f"message {channel}" not in inner), "")


def _asks(diagnostic: Diagnostic, kinds: Sequence[str]) -> bool:
    """Does a finding ask for something of these kinds."""
    if diagnostic.code != "S278":
        return "source" in kinds and diagnostic.code in ("S265", "S276")
    wanted = str(diagnostic.args.get("kinds", ""))
    return "field of" not in wanted and any(kind in wanted for kind in kinds)


def _together(missing: Missing, first: Diagnostic, source: SourceText, found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """One finding in the place of all those of the lines, and of the name."""
    last = stretch(source.lines, missing.rows[-1])
    at = Span(source.name, missing.above, 1, missing.above, 1)
    fix = Fix(f"Write above it: {missing.text}", (Edit(at, f"{' ' * missing.depth}{missing.text}\n"),))
    if missing.deeper:
        deeper = [Edit(Span(source.name, n, 1, n, 1), "  ") for n in missing.deeper]
        edits = (Edit(at, f"{fix.edits[0].text}  "), *deeper[1:])
        fix = Fix(f"{fix.title}, and indent the lines by one step", edits)
    column = indent(source.lines[missing.above - 1]) + 1
    place = Span(source.name, missing.above, column, missing.above, len(source.lines[missing.above - 1]) + 1)
    labels = tuple(Label(d.span, "and this", also=True) for d in found if d.code in _ASTRAY and d is not first)
    why = f"This line, and what follows it, belongs under `{missing.block}`, and stands under no such line."
    args = {"text": missing.text, "why": why}
    told = Diagnostic("S297", place, args, labels[:LABELS], fixes=(fix,))
    made: list[Diagnostic] = []
    for each in found:
        inside = each.span.file == source.name and missing.above <= each.span.line <= last
        named = missing.name and each.code in _UNKNOWN and each.args.get("name") == missing.name
        if each is first:
            made.append(told)
        elif not ((inside and severity(each) == "error") or named):
            made.append(each)
    return made
