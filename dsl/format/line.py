"""One logical line in, its physical lines out, in canonical words and broken where it is too long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from stratagem.dsl.catalogue import below
from stratagem.dsl.format.breaking import broken_list, fits, parts_below
from stratagem.dsl.format.spacing import UNREADABLE, Words, of_one, of_statement, pieces
from stratagem.dsl.grammar.words import Token, tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.nodes import Node


class Laying:
    """Lays out the lines of one file.

    nodes: statements by their first line. unsafe: physical lines that stay as they were; faulty: those whose words
    stay. Asked for a line after the one above it.
    """

    def __init__(self, raw: Sequence[str], nodes: Mapping[int, Node], unsafe: Set[int], faulty: Set[int]) -> None:
        self.raw = raw
        self.nodes = nodes
        self.unsafe = unsafe
        self.faulty = faulty
        self.above: list[Line] = []
        """The line last laid out, after those it stands below."""

    def lines(self, line: Line) -> list[str]:
        """The physical lines of a logical line."""
        del self.above[line.level :]
        parent = self.above[-1] if self.above else None
        self.above.append(line)
        raw = list(self.raw[line.number - 1 : line.end_number])
        span = range(line.number, line.end_number + 1)
        if any(number in self.unsafe for number in span):
            return "\n".join(text.rstrip() for text in raw).rstrip("\n").split("\n")
        run = tokens(line.text)
        faulty = any(number in self.faulty for number in span)
        aside = line.comment is not None and len(raw) > 1
        words = None if faulty or aside or any(t.kind in UNREADABLE for t in run) else self._words(line, parent)
        if words is None:
            return self._moved(line, raw)
        comment = f"  # {line.comment}".rstrip() if line.comment is not None else ""
        return self._laid(line, words, comment)

    def _words(self, line: Line, parent: Line | None) -> Words | None:
        """The line's tokens with the slots of the catalogue that they fill."""
        run = tokens(line.text)
        node = self.nodes.get(line.number)
        if node is not None:
            return of_statement(node.statement, run)
        above = self.nodes.get(parent.number) if parent is not None else None
        if above is not None and above.statement.children == "rows":
            return of_one("row", run)
        return self._logic(run, parent)

    def _logic(self, run: tuple[Token, ...], parent: Line | None) -> Words:
        """A case, a part of a condition, or a `when` that its parent took."""
        marks = [n for n, token in enumerate(run) if token.kind == "WHEN"]
        start = marks[0] + 1 if marks else 0 if _ends_in_block(parent) else len(run)
        roles = ("formula",) * start + ("condition",) * (len(run) - start)
        return Words(run, roles, frozenset((0, start)))

    def _laid(self, line: Line, words: Words, comment: str) -> list[str]:
        indent = 2 * line.level
        text = " " * indent + "".join(pieces(words, indent))
        if comment or fits(text):
            return (text + comment).split("\n")
        hoist = bool(line.children) and self._hoists(line)
        if not line.children or hoist:
            found = _below(words, indent, hoist)
            if found is not None:
                return found
        return broken_list(words, indent) or text.split("\n")

    def _hoists(self, line: Line) -> bool:
        """May the condition of a line with lines below it stand on a line of its own."""
        node = self.nodes.get(line.number)
        opens = node.statement.opens if node is not None else ""
        own = any(self.nodes.get(child.number) is None for child in line.children)
        return not own and any(statement.hoists for statement in below(opens))

    def _moved(self, line: Line, raw: list[str]) -> list[str]:
        """A line whose words stay, moved to its place with all its lines."""
        indent = "  " * line.level
        first = raw[0]
        shift = len(indent) - (len(first) - len(first.lstrip()))
        return [indent + first.strip(), *(_shifted(text, shift) for text in raw[1:])]


def _below(words: Words, indent: int, hoist: bool) -> list[str] | None:
    """The line with its condition as a block below it; None when the condition is one part."""
    region = words.region("condition")
    found = parts_below(words, region) if region is not None and region[1] == len(words.run) else None
    if region is None or found is None:
        return None
    block, parts = found
    start = region[0]
    own = hoist and words.run[start - 1].kind == "WHEN"
    if hoist and not own:
        return None
    made = pieces(words, indent)
    head = " " * indent + "".join(made[: start - 1 if own else start])
    deeper = indent + 2 * own
    lines = [head, " " * deeper + f"when {block}"] if own else [f"{head} {block}" if start else head + block]
    for part in parts:
        lines.extend(_part(part, deeper + 2))
    return lines


def _part(words: Words, indent: int) -> list[str]:
    """One part of a condition on its own line, or as a block again."""
    text = " " * indent + "".join(pieces(words, indent))
    if fits(text):
        return text.split("\n")
    return _below(words, indent, False) or broken_list(words, indent) or text.split("\n")


def _ends_in_block(line: Line | None) -> bool:
    """Do the conditions of a line stand below it."""
    run = tokens(line.text) if line is not None else ()
    return bool(run) and run[-1].kind == "BLOCK"


def _shifted(text: str, by: int) -> str:
    """A further line of a logical line, moved with its first; blanks are never taken from words."""
    body = text.lstrip()
    if not body:
        return ""
    return " " * max(0, len(text) - len(body) + by) + body.rstrip()
