"""A text over several lines without three quotes: bare, in one pair of quotes, each line in its own, half of the signs.

In: a line that takes a text, and the lines that go on with it. Out: the line as it reads with the whole text, and the
message whose fix writes it between three quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from stratagem.dsl.catalogue import STATEMENTS, below, first_words
from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.lines.long_text import QUOTES
from stratagem.dsl.parse.fitting import fits, opens
from stratagem.dsl.parse.joined import JoinedLine
from stratagem.dsl.parse.parted import TextLine
from stratagem.dsl.parse.statements import best_fits
from stratagem.dsl.parse.stranger import all_below
from stratagem.dsl.record import record
from stratagem.dsl.source import Span

MOST_LINES = 60
"""Lines of such a text, at most."""
LONGEST_HEAD = 40
"""Characters of a line that lacks nothing but its text."""
_SIGN = re.compile(r"\s*(?::|=|[|>][-+]?|:\s*[|>][-+]?)?$")
"""What other languages write before a text that stands below."""
_QUOTED = re.compile(r'(?:[-+&*]\s*)?"([^"\\]*)"\s*[+,&\\]?')
_SINGLE = ("'", "`", "‘")


@record
class Prose:
    """A line with its whole text, the message, how many of the lines after it belong to the text, and all that do."""

    line: Line
    told: Diagnostic
    taken: int
    lines: tuple[Line, ...]


@record
class _Text:
    """`head`: what stands before the text; `said`: what of it stands beside that, up to `end`; `lines`: those of the
    rest, each with where the text begins and ends in it."""

    head: str
    said: str
    end: int
    lines: tuple[tuple[Line, int, int], ...]


def prose(line: Line, after: Sequence[Line], block: str) -> Prose | None:
    """The line with its text, where the lines after it or below it are most likely that."""
    if "\n" in line.text or not (line.children or after):
        return None
    if line.unclosed >= 0:
        return _unclosed(line, after, block)
    below_it = all_below(line)
    if len(below_it) > MOST_LINES or any("\n" in x.text for x in below_it):
        return None
    if _QUOTED.search(line.text) and line.text[-1] in '"+,&\\':
        return _each_quoted(line, below_it or _strings(after), block)
    if not below_it or fits(line, block) or any(fits(x, k) for x in below_it for k in opens(line, block)):
        return None
    return _bare(line, below_it, block)


def at_the_edge(lines: Sequence[Line]) -> list[Line]:
    """Lines at the left edge that start no block, hung below the line whose text they go on with, where it is open."""
    made: list[Line] = []
    number = 0
    while number < len(lines):
        made.append(lines[number])
        number += 1
        path = _last_path(made[-1])
        if not path[-1].level or not _is_open(path[-1]):
            continue
        run = _run(lines[number : number + MOST_LINES])
        ending = _ending(run)
        count = len(run) if path[-1].unclosed < 0 else 0 if ending is None else ending + 1
        if count:
            path[-1].children.extend(run[:count])
            number += count
            _put_back(run[count - 1], path)
    return made


def _last_path(line: Line) -> list[Line]:
    """A line, the last one below it, the last one below that, to the end."""
    path = [line]
    while path[-1].children:
        path.append(path[-1].children[-1])
    return path


def _run(lines: Sequence[Line]) -> list[Line]:
    """The first of some lines that start no block, up to one that seems to have lines below it."""
    run: list[Line] = []
    for line in lines:
        if fits(line, TOP) or (run and run[-1].children):
            break
        run.append(line)
    return run


def _put_back(last: Line, path: Sequence[Line]) -> None:
    """What stands below the last line of a text at the left edge goes on with the block around it."""
    for child in last.children:
        child.level = min((child.column - 1) // 2, len(path) - 1)
        path[max(child.level - 1, 0)].children.append(child)
    last.children = []


def _is_open(line: Line) -> bool:
    """Does a text begin in a line, or is it all that the line lacks."""
    if line.unclosed < 0 and len(line.text) > LONGEST_HEAD:
        return False
    head = line.text[: line.unclosed] if line.unclosed >= 0 else _SIGN.sub("", line.text)
    words = tuple(head.split())
    return any(first_words(s) == words and takes_text(head.strip(), s.under[0]) for s in STATEMENTS)


def _bare(line: Line, below_it: Sequence[Line], block: str) -> Prose | None:
    """`body` with the text below it, or its first words beside it."""
    for head in (" ".join(first_words(s)) for s in below(block) if not s.opens and first_words(s)):
        rest = line.text[len(head) :]
        begins = line.text.startswith(head) and (rest[:1] in ("", " ") or _SIGN.match(rest) is not None)
        if not begins or '"' in rest or not takes_text(head, block):
            continue
        strings = _strings(below_it)
        if 0 < len(strings) < max(len(below_it), 2):
            return None  # the parts of one statement, each on a line of its own
        spans = [_span(x) for x in below_it]
        said = "" if _SIGN.fullmatch(rest) else rest.lstrip(": =")
        if said[:1] in _SINGLE and below_it[-1].text[-1] in "'`’":
            said, spans[-1] = said[1:], (below_it[-1], 0, len(below_it[-1].text) - 1)
        return _told(line, _Text(head, said, len(line.text), tuple(spans)), 0, "S124" if strings else "S127")
    return None


def takes_text(head: str, block: str) -> bool:
    """Is a text all that is missing behind some words."""
    run = tokens(f'{head} "x"')
    found = best_fits(block, run)
    captured = found[0].captured if found and found[0].complete and not found[0].statement.opens else ()
    return bool(captured) and captured[-1][0].kind == "text" and captured[-1][2] == len(run)


def _strings(after: Sequence[Line]) -> list[Line]:
    """The lines at the start of some that are nothing but a text in quotes."""
    return list(takewhile(lambda x: x.unclosed < 0 and _QUOTED.fullmatch(x.text) is not None, after))


def _span(line: Line) -> tuple[Line, int, int]:
    """A line of a text without the quotes that are its own, and what joins them to others."""
    found = _QUOTED.fullmatch(line.text)
    return (line, *found.span(1)) if found is not None else (line, 0, len(line.text))


def _each_quoted(line: Line, lines: Sequence[Line], block: str) -> Prose | None:
    """`body "One,"` and `"two."` below or beside it."""
    found = re.match(r"(.*?)\s+" + _QUOTED.pattern + "$", line.text)
    if not lines or len(_strings(lines)) < len(lines) or found is None or not takes_text(found[1], block):
        return None
    text = _Text(found[1], found[2], len(line.text), tuple(map(_span, lines)))
    return _told(line, text, 0 if line.children else len(lines), "S124")


def _unclosed(line: Line, after: Sequence[Line], block: str) -> Prose | None:
    """`body "One,` with the text's end and its quote on a line further on."""
    head = line.text[: line.unclosed].rstrip()
    if not takes_text(head, block):
        return None
    lines, taken = all_below(line), 0
    while (not lines or _ending(lines) is None) and taken < len(after) and len(lines) < MOST_LINES:
        lines += [after[taken], *all_below(after[taken])]
        taken += 1
    last = _ending(lines)
    if last is None or last != len(lines) - 1 or any(fits(x, block) for x in lines[:last]):
        return None
    spans = [*map(_span, lines[:-1]), (lines[-1], 0, lines[-1].unclosed)]
    said = line.text[line.unclosed + 1 : -1]
    return _told(line, _Text(head, said, len(line.text) - line.added, tuple(spans)), taken)


def _ending(lines: Sequence[Line]) -> int | None:
    """Which of some lines ends with the quote that closes a text, and is the first with a quote."""
    last = next((n for n, each in enumerate(lines) if '"' in each.text), None)
    return last if last is not None and lines[last].unclosed == len(lines[last].text) - 2 >= 0 else None


def _told(line: Line, text: _Text, taken: int, code: str = "S116") -> Prose:
    """The text between three quotes, or in one line where it stands on two."""
    indent = " " * (line.column + 1)
    parts = [each.text[start:end] for each, start, end in text.lines]
    joined = " ".join(part for part in (text.said, *parts) if part)
    opened, (last, _, end) = line.place(len(text.head), text.end), text.lines[-1]
    if len(parts) == 1 and '"' not in joined:
        shown = f'{text.head} "{joined}"'
        title = f"Write in one line: {shown}"
        edits = [Edit(opened.to(last.place(len(last.text), len(last.text))), f' "{joined}"')]
    else:
        shown = f"{text.head} {QUOTES} …"
        title = f"Write the text between three quotes: {shown}"
        begun = f"\n{indent}{text.said}" if text.said else ""
        edits = [Edit(opened, f" {QUOTES}{begun}"), *_stripped(text.lines, indent)]
        closing = ("\n" + indent if parts[-1] else "") + QUOTES
        edits.append(Edit(last.place(end, len(last.text)), closing))
    plain = joined.replace('"', "'")
    made = TextLine(JoinedLine((line, *(each for each, _, _ in text.lines)), between=" "), f'{text.head} "{plain}"')
    args = {"mended": shown, "written": joined[:60], "instead": shown}
    told = Diagnostic(code, line.span, args, fixes=(Fix(title, tuple(edits)),))
    return Prose(made, told, taken, (line, *(each for each, _, _ in text.lines)))


def _stripped(lines: Sequence[tuple[Line, int, int]], indent: str) -> Iterator[Edit]:
    """What puts each line of a text where it belongs, without quotes of its own."""
    for number, (each, start, end) in enumerate(lines, 1):
        if each.column - 1 < len(indent):
            yield Edit(Span(each.file, each.first, 1, each.first, each.column, each.anchor), indent)
        if start:
            yield Edit(each.place(0, start), "")
        if end < len(each.text) and number < len(lines):
            yield Edit(each.place(end, len(each.text)), "")
