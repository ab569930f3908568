"""Lines to nodes: each line matched to a statement of its block, its slots read, its lines below read in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from stratagem.dsl.catalogue import below, first_words
from stratagem.dsl.catalogue.statement import Statement
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.grammar.driver import Refused, read
from stratagem.dsl.grammar.words import Token, tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.lines.scan import MOST_FAULTS
from stratagem.dsl.nodes import Node, Slot, label_for
from stratagem.dsl.parse.formulas import (
    read_cases,
    read_condition,
    read_constant,
    read_rows,
    takes_lines,
)
from stratagem.dsl.parse.match import Attempt, Captured, Tokens, attempt, looks_like
from stratagem.dsl.parse.near_miss import check_line
from stratagem.dsl.parse.slots import Report, read_slot
from stratagem.dsl.record import record

if TYPE_CHECKING:
    from stratagem.dsl.parse.hints import Hints

_LOGIC = ("condition", "formula")
_INSTEAD = (
    ("source.one", "source.row_number", "source.many", "source.lookup"),
    ("goal.measured_by", "goal.metric"),
    ("customer.identified_by", "customer.row_number"),
)
"""Statements of which a block says one."""
_ONE_BLOCK = ("strategy", "business", "customer", "journey")
"""Blocks of which a whole strategy has one, in whichever of its files: that is said when the files are together."""


@record(frozen=False, slots=False)
class Own:
    """What one line says by itself: its node, and the tokens with the slots that took them."""

    node: Node
    run: Tokens
    captured: Captured


def _nobody(diagnostic: Diagnostic) -> None:
    """For a line that is read a second time: what is wrong with it has been said."""


class Reader:
    """Reads the lines of one file into nodes, and collects what is wrong with them."""

    def __init__(self, hints: Hints | None) -> None:
        """`hints`: what the file tells about faulty lines, which then are mended; None: they are only reported."""
        self.hints = hints
        self.diagnostics: list[Diagnostic] = []
        self.stopped = False
        self.mended: set[int] = set()
        """Nodes of lines that were read as they were most likely meant."""
        self.beside: tuple[str, Sequence[Line]] = ("", ())
        self._once: tuple[Sequence[Line], dict[int, str], Counter[str]] | None = None
        """For the lines last looked at: which statement each is that may stand once, and how often each stands."""

    def report(self, diagnostic: Diagnostic) -> None:
        self.diagnostics.append(diagnostic)

    def block(self, lines: list[Line] | tuple[Line, ...], block: str, parent: Node | None) -> list[Node]:
        """The nodes of all lines of one block."""
        nodes = self.nodes(lines, block, parent)
        self.repeated(nodes)
        return nodes

    def nodes(self, lines: list[Line] | tuple[Line, ...], block: str, parent: Node | None) -> list[Node]:
        """The nodes of some lines of one block."""
        nodes: list[Node] = []
        waiting = list(reversed(lines))
        while waiting:
            line = waiting.pop()
            self.beside = (block, lines)
            if self._given_up(line):
                break
            node, astray = self.line(line, block, parent)
            if node is not None:
                nodes.append(node)
            waiting.extend(reversed(astray))
        return nodes

    def _given_up(self, line: Line) -> bool:
        """Have there been so many faults that reading on helps nobody. Said once."""
        if len(self.diagnostics) < MOST_FAULTS:
            return False
        if not self.stopped:
            self.stopped = True
            self.report(Diagnostic("S121", line.span, {"count": MOST_FAULTS}))
        return True

    def line(self, line: Line, block: str, parent: Node | None) -> tuple[Node | None, list[Line]]:
        """One line's node, and the lines below it that cannot be its own (they are read as its siblings)."""
        found: list[Diagnostic] = []
        further: list[Line] = []
        own = self.own(line, block, parent, found.append)
        if not found and line.children and self.hints is not None and _gathers(line):
            found.append(Diagnostic("S186", line.span, {"words": "all of"}))
        if found and self.hints is not None:
            from stratagem.dsl.parse.mend.near import near  # only when there is a fault: start-up time
            from stratagem.dsl.parse.mend.search import mend_line

            around = near(line, self.beside[1], block, parent, self.hints)
            mended = mend_line(line, found, "statement", block, self.hints, self._taken(line), around)
            if mended is not None:
                found, line, further = [mended.diagnostic], mended.line, list(mended.further)
                own = self.own(line, block, parent, _nobody)
                if own is not None:
                    own.node.broken |= mended.guessed
                    self.mended.add(id(own.node))
        for diagnostic in found:
            self.report(diagnostic)
        if own is None:
            return None, []
        return own.node, [*self._below(own, line), *further]

    def _taken(self, line: Line) -> frozenset[str]:
        """The statements that may stand once beside a line, and do."""
        block, lines = self.beside
        if self._once is None or self._once[0] is not lines:
            fits = ((other, best_fits(block, tokens(other.text))) for other in lines)
            found = {id(o): f[0].statement.id for o, f in fits if f and f[0].complete and f[0].statement.once}
            self._once = lines, found, Counter(found.values())
        _, own, counts = self._once
        return frozenset(name for name, times in counts.items() if times > (own.get(id(line)) == name))

    def own(self, line: Line, block: str, parent: Node | None, report: Report) -> Own | None:
        """What a line itself says, without the lines below it; None when nothing can be made of it."""
        run = check_line(line, tokens(line.text), report)
        fits = best_fits(block, run)
        best = fits[0] if fits else None
        if best is not None and best.complete:
            own = Own(Node(best.statement, line.span, doc=line.doc, broken=line.odd), run, best.captured)
        else:
            guessed = self._guessed(line, run, block, parent, fits, report)
            if guessed is None:
                return None
            own = guessed
        self._slots(own, line, report)
        return own

    def _guessed(
        self, line: Line, run: Tokens, block: str, parent: Node | None, fits: tuple[Attempt, ...], report: Report
    ) -> Own | None:
        """A line that fits no statement whole: say so once, and read it by the best guess."""
        from stratagem.dsl.parse.faults import line_fault  # only when there is one: start-up time

        fault = line_fault(line, run, block, parent, fits)
        if not line.odd:
            report(fault.diagnostic)
        line.odd = True
        if fault.guess is None:
            return None
        return Own(Node(fault.guess, line.span, doc=line.doc, broken=True), fault.run, fault.captured)

    def _slots(self, own: Own, line: Line, report: Report) -> None:
        """Read the slots that the phrase captured; conditions on the lines below wait."""
        for slot, start, end in own.captured:
            part = own.run[start:end]
            if slot.kind in _LOGIC:
                if not takes_lines(part):
                    self._store(own.node, slot.name, slot.kind, read_condition(line, part, report), line, part)
            elif slot.kind == "constant":
                self._store(own.node, slot.name, "constant", read_constant(line, part, report), line, part)
            else:
                value = read_slot(line, slot, part, report)
                if value is None:
                    own.node.broken = True
                else:
                    own.node.slots[slot.name] = value

    def _below(self, own: Own, line: Line) -> list[Line]:
        """Read the lines below a line. Returns those that are not its own."""
        node, run, captured = own.node, own.run, own.captured
        waiting = [(slot, run[start:end]) for slot, start, end in captured if slot.kind in _LOGIC]
        waiting = [(slot, part) for slot, part in waiting if takes_lines(part)]
        below = line.children
        if waiting:
            below, conditions = self._split(node, line, waiting[0][1][-1])
            for slot, part in waiting:
                read = read_condition(line, part, self.report, conditions, self.hints)
                self._store(node, slot.name, slot.kind, read, line, part)
        cases_below = node.statement.tail == "formula" and not any(slot.name == "formula" for slot, _, _ in captured)
        astray = self._lines_below(node, line, below, cases_below)
        self.wants(node, line, self.report)
        return astray

    def _store(self, node: Node, name: str, kind: str, read: object, line: Line, part: Tokens) -> None:
        """Put an expression where the node keeps it."""
        if read is None:
            node.broken = True
        elif kind == "condition":
            node.when = read  # type: ignore[assignment]
        elif name == "formula":
            node.formula = read  # type: ignore[assignment]
        else:
            node.slots[name] = Slot(read, line.place(part[0].start, part[-1].end))

    def _split(self, node: Node, line: Line, words: Token) -> tuple[list[Line], list[Line]]:
        """The lines below a line: statements and the like, and the conditions of the `all of` at its end."""
        statements = [child for child in line.children if _is_statement(child, node.statement.opens)]
        if statements and not line.odd:
            labels = (Label(statements[0].span, "stands beside the conditions"),)
            self.report(Diagnostic("S184", line.place(words.start, words.end), {"words": words.text}, labels))
        return statements, [child for child in line.children if child not in statements]

    def _lines_below(self, node: Node, line: Line, own: list[Line], cases_below: bool) -> list[Line]:
        """Read the lines below a line, but its conditions. Returns those that are not its own."""
        statement = node.statement
        if not own:
            return []
        if statement.children == "rows":
            node.rows = read_rows(own, self.report, self.hints)
            return []
        if cases_below:
            cases = [child for child in own if not _is_statement(child, statement.opens)]
            own = [child for child in own if child not in cases]
            if cases:
                node.formula = read_cases(line, cases, self.report, self.hints)
                node.broken |= node.formula is None
        if not statement.opens:
            if own:
                where = {"line": line.text[:60]}
                self.report(Diagnostic("S137", own[0].span, where, (Label(line.span, "takes no lines below"),)))
            return own
        node.children = self.block(own, statement.opens, node)
        self._hoist(node)
        return []

    def _hoist(self, node: Node) -> None:
        """A `when` on a line of its own is its parent's condition."""
        for child in [c for c in node.children if c.statement.hoists]:
            node.children.remove(child)
            if node.when is None:
                node.when = child.when
                node.broken |= child.broken
            else:
                labels = (Label(node.span, "already has a condition"),)
                self.report(Diagnostic("S144", child.span, {"phrase": "when"}, labels))

    def wants(self, node: Node, line: Line, report: Report) -> None:
        """Report a tail or a label that is wanted and not there."""
        statement = node.statement
        if node.broken or line.odd:
            return
        unconditional = statement.tail == "when" and node.when is None
        if unconditional or ("formula" in statement.tail and node.formula is None):
            phrase = " ".join(first_words(statement)) or statement.opens or "the line"
            args = {"phrase": phrase, "example": statement.example.split("\n")[0]}
            end = line.place(len(line.text), len(line.text))
            fixes = self._filled(statement, line, "when" if unconditional else "=")
            report(Diagnostic("S135" if unconditional else "S134", end, args, fixes=fixes))
            node.broken = True
        elif statement.label and "label" not in node.slots and "name" in node.slots:
            name = node.slots["name"]
            start = "".join(f"{word} " for word in first_words(statement))
            label = label_for(name.value.text)
            title = f'Write the label "{label}" (this assumes that it says the same)'
            fix = Fix(title, (Edit(name.span.after(), f' "{label}"'),))
            report(Diagnostic("S138", name.span, {"name": name.value.text, "start": start}, fixes=(fix,)))

    def _filled(self, statement: Statement, line: Line, word: str) -> tuple[Fix, ...]:
        """What may stand in the place of a condition or formula that is not written yet."""
        if self.hints is None or not self.hints.trials:
            return ()
        from stratagem.dsl.parse.mend.gaps import TO_BE_REPLACED, formulas  # only when there is a fault: start-up time

        end = line.place(len(line.text), len(line.text))
        texts = ("missing",) if word == "when" else formulas(statement, line.text, self.hints)
        what = "a condition that is to be replaced by your own" if word == "when" else TO_BE_REPLACED
        return tuple(
            Fix(f"Write: {line.text} {word} {text} (this assumes {what})", (Edit(end, f" {word} {text}"),))
            for text in texts
        )

    def repeated(self, nodes: Iterable[Node]) -> None:
        """Report statements that may stand once and stand twice."""
        first: dict[str, Node] = {}
        for node in nodes:
            if not node.statement.once or node.broken or node.statement.id in _ONE_BLOCK:
                continue
            if id(node) in self.mended:
                continue
            earlier = first.setdefault(one_of(node.statement.id)[0], node)
            if earlier is not node:
                phrase = " ".join(first_words(node.statement))
                labels = (Label(earlier.span, "said first here"),)
                self.report(Diagnostic("S144", node.span, {"phrase": phrase}, labels))


def _gathers(line: Line) -> bool:
    """Does a condition end like `when both of`, with the conditions that it brings together below it."""
    return line.text.removesuffix(" of").rsplit(maxsplit=1)[-1] in ("both", "either", "neither", "each", "one")


@cache
def _by_first_word(block: str) -> tuple[dict[str, list[Statement]], list[Statement]]:
    """The statements of a block by their first word, and those that start with a slot."""
    words: dict[str, list[Statement]] = {}
    others: list[Statement] = []
    for statement in below(block):
        first = first_words(statement)
        if first:
            words.setdefault(first[0], []).append(statement)
        else:
            others.append(statement)
    return words, others


def one_of(statement: str) -> tuple[str, ...]:
    """The statements that stand in each other's place, itself among them."""
    return next((several for several in _INSTEAD if statement in several), (statement,))


def best_fits(block: str, run: Tokens) -> tuple[Attempt, ...]:
    """How the statements of a block fit a line: whole with the most literal words first, then the furthest.

    `one per customer` breaks off a phrase of more literal words (`… by FIELD`), and is not read as another with a name.
    A condition that is no formula yields to a statement that the line starts like. Lines that differ only in names and
    figures fit alike, so each way a line can look is tried once.
    """
    looks = (block, looks_like(run))
    found = _FITS.get(looks)
    if found is None:
        if len(_FITS) > MOST_LOOKS:
            _FITS.clear()
        found = _FITS[looks] = _fits(block, run)
    return found


MOST_LOOKS = 50_000
_FITS: dict[tuple[str, tuple[str, ...]], tuple[Attempt, ...]] = {}


def _fits(block: str, run: Tokens) -> tuple[Attempt, ...]:
    if not run:
        return ()
    words, others = _by_first_word(block)
    fits = [attempt(statement, run) for statement in [*words.get(run[0].text, ()), *others]]
    fits.sort(key=lambda fit: (not fit.complete, -fit.words, -fit.reached))
    if len(fits) > 1 and fits[0].complete and not fits[0].words and isinstance(read(run, "formula"), Refused):
        started = [fit for fit in fits[1:] if fit.words]
        return tuple(started or fits)
    said = fits[0].words if fits and fits[0].complete else 0
    broken_off = [fit for fit in fits if said and fit.words > said and fit.reached == len(run)]
    return tuple(broken_off or fits)


def _is_statement(line: Line, block: str) -> bool:
    """Does a line among cases start as a statement does."""
    run = tokens(line.text)
    fits = best_fits(block, run) if block else ()
    return bool(fits) and (fits[0].words > 1 or (fits[0].complete and fits[0].words > 0))
