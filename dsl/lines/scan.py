"""Physical lines to logical ones: quotes, brackets, comments and documentation; no indentation yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cached_property

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.lines.line import Line
from stratagem.dsl.lines.long_text import (
    INDENT,
    MARKS,
    OPENING,
    closing,
    ends_alike,
    far_out,
    indent_of,
    indented,
    other_marks,
)
from stratagem.dsl.record import record
from stratagem.dsl.source import START, Anchor, Span

LONGEST_LINE = 20_000
"""Characters of one physical line."""
LONGEST_LOGICAL = 200_000
"""Characters of one logical line, long texts included."""
MOST_IN_VAIN = 4
"""Times the text's length that may be read in vain, in looking for where an open bracket is closed."""
MOST_BLANKS = 200
"""Odd blanks of one line that its message mends."""
MOST_FAULTS = 300
"""Faults after which a file is read no further: it is then no strategy, or one cause has made them all."""

_ODD_BLANKS = "\u00a0\u2007\u202f\u200b\ufeff\u00ad"
_LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u03bf\u03bd"
    + "".join(chr(0xFF10 + n) for n in range(10)) + "".join(chr(0xFF41 + n) for n in range(26))
    + "".join(chr(0x660 + n) for n in range(10)) + "".join(chr(0x6F0 + n) for n in range(10)),
    "aeopcyxijshdov" + "0123456789" + "abcdefghijklmnopqrstuvwxyz" + "0123456789" * 2,
) | str.maketrans("＝％，：＜＞＋－＊／．（）‐‑‒", "=%,:<>+-*/.()---")  # fmt: skip
"""Letters and figures of other alphabets that look like those of the language, or are its figures written wide."""
_ALIEN = "".join(map(chr, _LOOKALIKES))
_ODD_MARKS = f"{_ODD_BLANKS}{_ALIEN}"
_NO_WIDTH = "\u200b\ufeff\u00ad"
_CURLY = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2036\u02ba\u02dd\uff02\u301d\u301e\u301f"
_SPECIAL = f'["#(){_CURLY}{_ODD_MARKS}]'
_PLAIN = re.compile(f'(?:[^"#(){_CURLY}{_ODD_MARKS}]++|"(?!"")[^"\\\\]*+")*+')
"""A line that is read as it stands: nothing special in it but texts in quotes."""
_WORD = r'[^\s"#()]*'
_TEXT = r'"(?:[^"\\\n]|\\.)*"'
_CURLY_END = f'["{_CURLY}]'
_BESIDE = r"(?<=[a-z_]),(?=[a-z_])"
"""A comma between two items of a list without a blank."""
_THOUSANDS = r"\d[\u00a0\u2007\u202f]\d{3}(?!\d)"
"""A hard blank between the figures of one number."""
_SIGNS = r"(?:`{3,}\w*|~{3,}|[-=*_+]{3,}|[{}\[\];,|<>]+|(?:<{5,}|={5,}|>{5,}|\|{5,})(?: \S.*)?)\s*"
"""A line that holds no word, or that a program wrote which could not bring two versions together."""
_MAIL = r"(?:> ?)+[ \t]*(?=\S)"
"""How a mail marks the lines that it answers."""


@record(frozen=False, slots=False)
class Scan:
    """What the scan of a stretch of one file collects on its way: `raw` are its physical lines."""

    file: str
    raw: Sequence[str]
    anchor: Anchor = START
    doc: list[str] = field(default_factory=list)
    """Documentation lines that wait for the line below them."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    tabbed: list[int] = field(default_factory=list)
    """Numbers of the lines whose indentation holds a tab."""
    vain: int = 0
    """Characters that open brackets led on to without being closed there, so that they were read once more."""

    @cached_property
    def patience(self) -> int:
        """How many such characters there may be: each again and again would be as many as their square."""
        return MOST_IN_VAIN * sum(map(len, self.raw))

    def report(self, code: str, line: int, start: int, end: int, *fixes: Fix, **args: object) -> None:
        """Note a fault at columns start..end (from 0) of a physical line."""
        self.diagnostics.append(Diagnostic(code, self.at(line, start, end), args, fixes=fixes))

    def at(self, line: int, start: int, end: int) -> Span:
        return Span(self.file, line, start + 1, line, end + 1, self.anchor)


def logical_lines(scan: Scan) -> Iterator[tuple[Line, int]]:
    """Each logical line with the width of its indentation in blanks (a tab counts as two)."""
    raw, doc = scan.raw, scan.doc
    index = 0
    while index < len(raw):
        text = raw[index]
        start = len(text) - len(text.lstrip(" "))
        begins = text[start : start + 1].isalnum()  # as most lines do: then it is indented by blanks alone
        if not begins:
            quoted = re.match(_MAIL, text) if text[:1] == ">" and not re.fullmatch(_SIGNS, text) else None
            start = (quoted or INDENT.match(text)).end()  # type: ignore[union-attr]
        if start == len(text):
            index += 1
            continue
        if len(scan.diagnostics) >= MOST_FAULTS:
            scan.report("S121", index + 1, start, len(text), count=MOST_FAULTS)
            return
        if len(text) > LONGEST_LINE:
            scan.report("S104", index + 1, 0, 1, length=f"{len(text):,}", bound=f"{LONGEST_LINE:,}")
            index += 1
            continue
        if text[start] == "#":
            if text.startswith("##", start):
                doc.append(text[start + 2 :].strip())
            index += 1
            continue
        if not begins and re.compile(_SIGNS).fullmatch(text, start):
            _no_line(scan, index, start)
            index += 1
            continue
        width = start if begins else _width(scan, index, text[:start])
        line = _line(scan, index, start)
        index = line.last
        yield line, width


def _line(scan: Scan, index: int, start: int) -> Line:
    """The logical line that starts in a physical one."""
    text, doc = scan.raw[index], "\n".join(scan.doc)
    scan.doc.clear()
    if _PLAIN.fullmatch(text, start) and not (plain := text[start:].rstrip()).endswith(MARKS):
        number = index + 1
        return Line(scan.file, number, start + 1, plain, number, doc=doc, anchor=scan.anchor)
    return _Reader(scan, index, start).line(doc)


def _no_line(scan: Scan, index: int, start: int) -> None:
    """A line of signs alone, as a heading underlined or a fence brings it along; it is read over."""
    text, last = scan.raw[index], len(scan.raw) - 1
    end = len(text.rstrip())
    line = Span(scan.file, index + 1, 1, index + 2, 1, scan.anchor)
    gone = line if index < last else scan.at(index + 1, 0, len(text))
    fix = Fix("Take this line out, as it says nothing", (Edit(gone, ""),))
    scan.report("S142", index + 1, start, end, fix, sign=text[start:end][:20])


def _width(scan: Scan, index: int, indent: str) -> int:
    if "\t" in indent:
        scan.tabbed.append(index + 1)
    if indent[:1] == ">":
        plain = indent.replace(">", " ")
        fix = Fix("Write blanks in its place", (Edit(scan.at(index + 1, 0, len(indent)), plain),))
        scan.report("S129", index + 1, 0, len(indent.rstrip()), fix, written=indent.strip())
        indent = plain
    if not indent.isascii():
        plain = "".join("" if c in _NO_WIDTH else c if c == "\t" else " " for c in indent)
        fix = Fix("Write ordinary blanks", (Edit(scan.at(index + 1, 0, len(indent)), plain),), True)
        scan.report("S115", index + 1, 0, len(indent), fix)
        indent = plain
    return len(indent.replace("\t", "  "))


class _Reader:
    """Reads one logical line, from its first physical line on."""

    def __init__(self, scan: Scan, index: int, start: int) -> None:
        self.scan = scan
        self.index = self.first = index
        self.start = start
        self.raw = scan.raw
        self.indent = start - self.raw[index].startswith('"""', start)
        """What stands deeper belongs to an open text: below three quotes alone, what stands beside them, too."""
        self.parts: list[str] = []
        self.comment: str | None = None
        self.open: list[tuple[int, int]] = []
        self.odd = False
        self.unclosed = -1
        self.added = 0
        self.length = 0

    def line(self, doc: str) -> Line:
        """The logical line that starts here."""
        alone = self._physical(self.start)
        text, one = alone, (self.index, self.comment, self.odd, self.unclosed, self.added, len(self.scan.diagnostics))
        while self.open and self._goes_on():
            text = self._no_longer(text)
            self.parts.append(text + "\n")
            self.length += len(text) + 1
            self.index += 1
            self.added = 0
            text = self._physical(0)
        if self.open and self.parts:
            self._only_first(alone, one)
        else:
            self.parts.append(text.rstrip())
        return Line(
            self.scan.file, self.first + 1, self.start + 1, "".join(self.parts), self.index + 1,
            comment=self.comment, doc=doc, odd=self.odd, anchor=self.scan.anchor, unclosed=self.unclosed,
            added=self.added,
        )  # fmt: skip

    def _no_longer(self, text: str) -> str:
        """A physical line that others follow, no longer than it was written: so its end is a place in the file."""
        written = len(self.raw[self.index]) - (self.start if self.index == self.first else 0)
        if self.added != 1 or "\n" in text or len(text) <= written:
            return text
        return text[:-2] + ('"' if text[:-2].count('"') % 2 else " ")

    def _only_first(self, alone: str, one: tuple[int, str | None, bool, int, int, int]) -> None:
        """Take back the lines that an open bracket led on to without closing it: they speak for themselves."""
        self.index, self.comment, self.odd, self.unclosed, self.added, reported = one
        del self.scan.diagnostics[reported:]
        self.parts = [alone.rstrip()]
        self.scan.vain += self.length

    def _fault(self, code: str, number: int, start: int, end: int, *fixes: Fix, **args: object) -> None:
        self.odd = True
        self.scan.report(code, number, start, end, *fixes, **args)

    def _goes_on(self) -> bool:
        """May the open bracket run on: the next line stands deeper, or starts with the closing bracket."""
        if self.index + 1 >= len(self.raw) or self.length > LONGEST_LOGICAL:
            return False
        if self.scan.vain > self.scan.patience:
            return False
        following = self.raw[self.index + 1]
        start = INDENT.match(following).end()  # type: ignore[union-attr]
        if len(following) > LONGEST_LINE:
            return False
        closes = start >= self.indent and following.startswith(")", start)
        return start == len(following) or start > self.indent or closes

    def _physical(self, position: int) -> str:
        """One physical line from `position`, cleaned; keeps its length. Ends on a later line after a long text."""
        text = self.raw[self.index]
        done: list[str] = []
        if (opening := OPENING.search(text)) is not None:
            read = self._other_quotes(text, position, opening)
            if read is not None:
                return read
        special = re.compile(_SPECIAL)
        while found := special.search(text, position):
            done.append(text[position : found.start()])
            position = found.start()
            mark = text[position]
            if mark == "#":
                self.comment = text[position + 1 :].strip()
                done.append(" " * (len(text) - position))
                return "".join(done)
            if mark == '"' and text.startswith('"""', position):
                text, position = self._long_text(text, position, done)
            elif mark == '"':
                position = self._quoted(text, position, done)
            elif mark in _CURLY:
                position = self._curly(text, position, done)
            elif mark in _ALIEN:
                position = self._alien(text, position, done)
            else:
                position = self._bracket_or_blank(text, position, done)
        done.append(text[position:])
        return "".join(done)

    def _bracket_or_blank(self, text: str, position: int, done: list[str]) -> int:
        mark = text[position]
        if mark == "(":
            self.open.append((self.index + 1, position))
        elif mark == ")" and self.open:
            self.open.pop()
        elif mark != ")":
            place, thin = self.scan.at(self.index + 1, position, position + 1), mark in _NO_WIDTH
            title = "Leave it out" if thin else "Write an ordinary blank"
            edit = Edit(place, "" if thin else "," if re.compile(_THOUSANDS).match(text, max(position - 1, 0)) else " ")
            before = self._said_before("S115")
            if before is not None and len(before.fixes[0].edits) < MOST_BLANKS:
                edits = (*before.fixes[0].edits, edit)
                fix = Fix("Write ordinary blanks" if not thin else "Leave them out", edits, True)
                self.scan.diagnostics[-1] = Diagnostic("S115", before.span, {}, fixes=(fix,))
            elif before is None:
                self._fault("S115", self.index + 1, position, position + 1, Fix(title, (edit,), edit.text != ","))
            mark = edit.text or " "
        done.append(mark)
        return position + 1

    def _said_before(self, code: str) -> Diagnostic | None:
        """What was said of an odd sign further left on this line: one message speaks for all of its kind."""
        last = self.scan.diagnostics[-1] if self.scan.diagnostics else None
        own = last is not None and last.code == code and last.span == self.scan.at(
            self.index + 1, last.span.column - 1, last.span.end_column - 1
        )  # fmt: skip
        return last if own and last is not None and last.span.column > self.start else None

    def _alien(self, text: str, position: int, done: list[str]) -> int:
        """A word or number with a character that only looks like one of the language's; read as it looks."""
        begun = re.search(r'[^\s"#()]*$', text[:position])
        start = begun.start() if begun else position
        end = max(re.compile(_WORD).match(text, position).end(), position + 1)  # type: ignore[union-attr]
        plain = re.sub(_BESIDE, ", ", text[start:end].translate(_LOOKALIKES))
        edit = Edit(self.scan.at(self.index + 1, start, end), plain)
        done.append(text[position:end].translate(_LOOKALIKES))
        before = self._said_before("S109")
        if before is None:
            said = {"written": text[start:end], "seen": text[position], "plain": text[position].translate(_LOOKALIKES)}
            self._fault("S109", self.index + 1, start, end, Fix(f"Write {plain}", (edit,), True), **said, instead=plain)
        elif len(before.fixes[0].edits) < MOST_BLANKS:
            fix = Fix(f"{before.fixes[0].title} … {plain}", (*before.fixes[0].edits, edit), True)
            instead = f"{before.args['instead']} … {plain}"[:80]
            args = {**before.args, "instead": instead}
            self.scan.diagnostics[-1] = Diagnostic("S109", before.span, args, fixes=(fix,))
        return end

    def _quoted(self, text: str, position: int, done: list[str]) -> int:
        found = re.compile(_TEXT).match(text, position)
        if found:
            done.append(found.group())
            return found.end()
        rest = text[position:].rstrip()
        if close := re.compile(_CURLY_END).search(text, position + 1):
            return self._ended(text, position, close.end(), done)
        if not self.parts:
            self.unclosed = position - self.start
        else:
            end = self.scan.at(self.index + 1, position + len(rest), position + len(rest))
            fix = Fix("Close the quote", (Edit(end, '"'),))
            self._fault("S116", self.index + 1, position, position + len(rest), fix)
        done.append(rest.replace("\\", "/") + '"')
        self.added = 1
        return len(text)

    def _curly(self, text: str, position: int, done: list[str]) -> int:
        """Text between curly quotes, read as if they were straight."""
        close = re.compile(_CURLY_END).search(text, position + 1)
        return self._ended(text, position, close.end() if close else len(text.rstrip()), done, bool(close))

    def _ended(self, text: str, position: int, end: int, done: list[str], close: bool = True) -> int:
        """Text from one quote to another of which one at least is curly."""
        inner = text[position + 1 : end - 1] if close else text[position + 1 : end]
        bare = inner.strip() if inner[:1].isspace() and inner[-1:].isspace() and inner.strip() else inner
        self.added = 0 if close else 1
        if not close and not self.parts:
            self.unclosed = position - self.start
        span = self.scan.at(self.index + 1, position, end)
        straight = '"' + bare.replace('"', "'").replace("\\", "/") + '"'
        fix = Fix("Write straight quotes", (Edit(span, straight),), True)
        self._fault("S111", self.index + 1, position, end, fix, written=text[position:end][:40])
        done.append(straight + " " * (len(inner) - len(bare)))
        return end

    def _long_text(self, text: str, position: int, done: list[str]) -> tuple[str, int]:
        """A text in triple quotes; it may end on a later line, which then is the current one."""
        close = text.find('"""', position + 3)
        opened = self.index
        if close < 0:
            done.append(text[position:])
            while close < 0 and self._inside(self.index + 1):
                self.index += 1
                text, position = self.raw[self.index], 0
                close = text.find('"""')
                done.append("\n" + (text if close < 0 else text[: close + 3]))
            if close >= 0:
                return text, close + 3
            end = len(self.raw[opened].rstrip())
            last = far_out(self.raw, self.index)
            edits = indented(self.scan, self.indent, opened + 1, last) if last else ()
            if edits:  # else a line of it was too long to read on
                fix = Fix(f"Indent the text by {len(edits[0].text)} blanks more", edits)
                self._fault("S117", opened + 1, end - 3, end, fix)
                done.extend("\n" + self.raw[n] for n in range(self.index + 1, last))
                self.index = last
                close = self.raw[last].index('"""') + 3
                done.append("\n" + self.raw[last][:close])
                return self.raw[last], close
            self._fault("S117", opened + 1, end - 3, end, *closing(self.scan, opened, self.index))
            done.append('"""')
            self.added = 3
            return "", 0
        done.append(text[position : close + 3])
        return text, close + 3

    def _other_quotes(self, text: str, position: int, opening: re.Match[str]) -> str | None:
        """A long text between other marks than three double quotes, each at a line's end or on a line of its own; None
        when it does not end."""
        last = ends_alike(self.raw, self.index, opening[1])
        if not last:
            return None
        fix = other_marks(self.scan, self.indent, self.index, opening, last)
        self._fault("S153", self.index + 1, *opening.span(1), fix, written=opening[1], instead='"""')
        inner = (line.replace('"""', "'''") for line in self.raw[self.index + 1 : last])
        self.index = last
        end = " " * indent_of(self.raw[last])
        return "\n".join([text[position : opening.start(1)] + '"""', *inner, end + '"""'])

    def _inside(self, index: int) -> bool:
        """Can this physical line still belong to the long text: blank, or deeper than the line that opened it."""
        if index >= len(self.raw) or len(self.raw[index]) > LONGEST_LINE:
            return False
        text = self.raw[index]
        start = INDENT.match(text).end()  # type: ignore[union-attr]
        return start == len(text) or start > self.indent or text.startswith('"""', start)
