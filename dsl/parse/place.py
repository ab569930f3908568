"""Lines that stand a step too far left or right, hung where they were meant, so that they and what is near them read.

In: a tree of lines in which something does not fit. Out: a copy of it, with the odd lines moved to the block that takes
them, and one message for each run of such lines, with the edits that move them.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import field
from functools import cache
from itertools import islice

from stratagem.dsl.catalogue import below, first_words
from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.lines.long_text import QUOTES
from stratagem.dsl.parse.fitting import CASES, CONDITIONS, ROWS, fits, opens
from stratagem.dsl.parse.hints import Hints
from stratagem.dsl.parse.joined import OneLine, deeper, goes_on, listed, may_go_on, wholes
from stratagem.dsl.parse.levels import shift
from stratagem.dsl.parse.parted import headless, one_text, parted
from stratagem.dsl.parse.prose import MOST_LINES, at_the_edge, prose
from stratagem.dsl.parse.statements import best_fits
from stratagem.dsl.parse.stranger import all_below, astray, meant_here, said_for, stranger
from stratagem.dsl.record import record


@record
class _Home:
    """Where a line belongs: below `line`, in `block`."""

    line: Line
    block: str


@record(frozen=False, slots=False)
class Moves:
    """The tree as it was meant, and the messages about lines that were moved in it."""

    lines: list[Line]
    hints: Hints
    diagnostics: list[Diagnostic] = field(default_factory=list)
    placed: list[Line] = field(default_factory=list)
    """Lines of odd layout that stand where they were written after all, or were moved: their layout is told of."""
    texts: list[Line] = field(default_factory=list)
    """Lines that are part of a text: their signs and layout are nobody's business."""

    def settle(self) -> None:
        """Move what stands a step off, from the outermost lines in."""
        odd = [(line, line.level) for first in self.lines for line in (first, *all_below(first)) if line.odd]
        self.lines = self._block(at_the_edge(self.lines), TOP, ())
        self.placed = [line for line, level in odd if line.level != level]

    def _block(self, lines: list[Line], block: str, outer: tuple[str, ...]) -> list[Line]:
        """The lines of one block in order, those that belong elsewhere moved there."""
        done: list[Line] = []
        waiting = deque(lines)
        while waiting:
            line = self._whole(self._joined(waiting.popleft(), waiting, block), block, done)
            waiting.extendleft(reversed(self._inside(line, block, outer)))
            empty = bool(done) and not done[-1].children and opens(done[-1], block) == ("scenario",)
            empty = empty and fits(line, "scenario")
            home = None if (fits(line, block) and not empty) or not done else _below(done[-1], block, line)
            if home is not None and _starts_like(line, block) and _weak(line, home.block):
                home = None
            if home is not None and home.block == CONDITIONS and self._headless(line, block):
                home = None
            if home is None:
                done.append(line)
                continue
            run = [line]
            while waiting and (empty or not fits(waiting[0], block)) and fits(waiting[0], home.block):
                run.append(waiting.popleft())
            self._adopt(home, run, done[-1])
        return done

    def _headless(self, line: Line, block: str) -> bool:
        """Is a line a bare name that stands elsewhere behind the first words of a line of this block, or is a choice of
        one: then it is no condition, but such a line without them."""
        if not re.fullmatch(r"[a-z]\w*", line.text) or block in (CASES, CONDITIONS, ROWS):
            return False
        heads = {" ".join(first_words(s)) for s in below(block)}
        elsewhere = re.compile(rf"^ +([a-z]+(?: [a-z]+)?) {line.text}$", re.M)
        said = (m[1] for text in self.hints.texts if line.text in text for m in elsewhere.finditer(text))
        return any(head in heads for head in said) or any(
            re.search(rf"[(|]{line.text}[|)]", statement.pattern) for statement in below(block)
        )

    def _whole(self, line: Line, block: str, done: Sequence[Line]) -> Line:
        """The line, parted where it is two, with its first word where a block lacks it."""
        if fits(line, block):
            return self._grouped(line, block)
        made = parted(line, block, fits, opens)
        if made is not None and (
            self._names_another(made[0], (block,)) or self._names_another(made[0].children[0], opens(made[0], block))
        ):
            return line
        if made is None and block == TOP and not opens(line, TOP):
            made = headless(line, fits)
        if made is None:
            return line
        self.diagnostics.append(made[1])
        return made[0]

    def _names_another(self, line: Line, kinds: Sequence[str]) -> bool:
        """Does a line name nothing but what is declared as something else than it takes: `for OBJECTIVE`."""
        run = tokens(line.text)
        kind = next((kind for kind in kinds if fits(line, kind)), CASES)
        found = best_fits(kind, run)[:1] if kind not in (CASES, CONDITIONS, ROWS) else ()
        return any(
            token.text in self.hints.words and token.text not in self.hints.named(slot.arguments)
            for fit in found
            for slot, start, end in fit.captured
            for token in (run[start:end] if slot.kind in ("ref", "refs") else ())
        )

    def _grouped(self, line: Line, block: str) -> Line:
        """The line; where it ends with `when all of`, and other lines stand beside the conditions, without that: it
        stands on a line of its own above them."""
        run = tokens(line.text) if line.children and block not in (CASES, CONDITIONS, ROWS) else ()
        if len(run) < 3 or run[-1].kind != "BLOCK" or run[-2].kind != "WHEN":
            return line
        kinds = [kind for kind in opens(line, block) if kind != CONDITIONS]
        others = [child for child in line.children if any(fits(child, k) and not _weak(child, k) for k in kinds)]
        conditions = line.children[: len(line.children) - len(others)]
        if not others or not conditions or line.children[len(conditions) :] != others:
            return line
        start, text = run[-2].start, line.text[run[-2].start :]
        group = Line(line.file, line.first, line.column + start, text, line.last, line.level + 1, anchor=line.anchor)
        group.children = conditions
        gap = line.place(run[-3].end, start)
        edits = [Edit(gap, "\n" + "  " * group.level)]
        for child in conditions:
            shift(child, group.level + 1, edits)
        fix = Fix(f"Write on a line of its own below it: {text}", tuple(edits))
        labels = (Label(others[0].span, "stands beside the conditions"),)
        place, words = line.place(run[-1].start, run[-1].end), {"words": run[-1].text}
        self.diagnostics.append(Diagnostic("S184", place, words, labels, fixes=(fix,)))
        return line.copied(text=line.text[: run[-3].end], children=[group, *others])

    def _joined(self, line: Line, after: deque[Line], block: str) -> Line:
        """The line, with the next one where the two are one line that was broken, or with the items of its list."""
        several = prose(line, [*islice(after, MOST_LINES)], block)
        if several is not None:
            for _ in range(several.taken):
                after.popleft()
            self.diagnostics.append(several.told)
            self.texts.extend(several.lines)
            return several.line
        if line.children and not fits(line, block):
            return self._with_items(line, block)
        text = one_text(line, after[0], block, fits) if after and not line.children else None
        if text is not None:
            del after[0]
            self.diagnostics.append(text[1])
            return text[0]
        return self._broken(line, after, block)

    def _broken(self, line: Line, after: deque[Line], block: str) -> Line:
        following = line.children or after
        other = following[0] if following else line
        several = "\n" in line.text or ("\n" in other.text and not other.text.startswith(QUOTES))
        if other is line or line.unclosed >= 0 or other.children or several:
            return line
        kinds = opens(line, block) if line.children else (block,)
        if any(_is_bare_head(other, kind) for kind in kinds):
            return line  # two lines without what they say
        inner = opens(line, block)  # one that belongs below it is no part of it
        if any(fits(other, kind) for kind in (*kinds, *(inner if fits(line, block) else ()))):
            return line
        if fits(line, block) and not goes_on(other, line, block):
            return line
        if not may_go_on(line, block):
            return line
        whole = next((each for each in wholes(line, other, kinds) if fits(each, block)), None)
        if whole is None:
            return line
        if line.children:
            line.children = [*whole.children]
        else:
            after.remove(other)
        text = " ".join(part.text for part in whole.parts).split("\n")[0]
        fix = Fix(f"Write: {text}", (*whole.edits(), *deeper(other, line)))
        odd = line if line.text.endswith((",", " and", " or")) else other
        self.diagnostics.append(Diagnostic("S124", odd.span, {"mended": text}, fixes=(fix,)))
        return whole

    def _with_items(self, line: Line, block: str) -> Line:
        """A line whose list stands below it, an item a line, with the list in it."""
        made = listed(line)
        if made is None or line.unclosed >= 0:
            return self._broken(line, deque(), block)
        text, edits = made
        whole = line.copied(text=text, last=line.first, children=[])
        if not fits(whole, block):
            return self._broken(line, deque(), block)
        fix = Fix(f"Write: {text}", edits)
        self.diagnostics.append(Diagnostic("S124", line.span, {"mended": text}, fixes=(fix,)))
        return OneLine(line, whole)

    def _inside(self, line: Line, block: str, outer: tuple[str, ...]) -> list[Line]:
        """Settle the lines below a line. Returns those that belong beside it, or further out."""
        kinds = opens(line, block)
        stay: list[Line] = []
        strangers: list[Line] = []
        for number, child in enumerate(line.children):
            if any(fits(child, kind) for kind in kinds) or not self._leaves(child, kinds, block, outer):
                stay.append(child)
                continue
            later = line.children[number + 1 :]
            home = (block == TOP or not fits(child, block)) and not _takes_on(child, later)
            if home and later and all(any(fits(x, kind) for kind in kinds) for x in later):
                strangers.append(child)
                self.diagnostics.append(stranger(child, line))
                continue
            alone = later and not child.children and not _takes_on(child, later, block)
            if alone and all(self._only_here(x, kinds, block) for x in (*stay, *later)):
                strangers.append(child)
                self.diagnostics.append(astray(child, line))
                continue
            rest = line.children[number:]
            line.children = self._settled(stay, kinds, block, outer)
            return [*strangers, *self._moved_out(rest, block, line)]
        line.children = self._settled(stay, kinds, block, outer)
        return strangers

    def _only_here(self, line: Line, kinds: Sequence[str], block: str) -> bool:
        """Is a line one of these kinds, and none of the block around them."""
        return any(fits(line, kind) for kind in kinds) and not fits(line, block)

    def _settled(self, lines: list[Line], kinds: Sequence[str], block: str, outer: tuple[str, ...]) -> list[Line]:
        statements = [kind for kind in kinds if kind not in (CASES, CONDITIONS, ROWS)]
        inner = statements[0] if statements else kinds[0] if kinds else ""
        return self._block(lines, inner, (*outer, block)) if inner else lines

    def _leaves(self, child: Line, kinds: Sequence[str], block: str, outer: tuple[str, ...]) -> bool:
        """Does a line fit only further out than it stands."""
        metric = child.text.startswith("measure ") and any(takes_metrics(kind) for kind in kinds)
        if metric and (block != TOP or _of_customers(child)):
            return False
        if ROWS in kinds:
            return False
        if block != TOP and fits(child, block):
            return True
        said = any(" ".join(child.text.split()[:2]) in said_for(kind) for kind in kinds)  # `value proposition "…"`
        said = said or any(meant_here(child, kind) for kind in kinds)
        return TOP in (block, *outer) and fits(child, TOP) and _is_head(child) and not said

    def _moved_out(self, rest: list[Line], block: str, parent: Line) -> list[Line]:
        """Lines that stood too deep, each with those after it that belong below it."""
        first, *after = rest
        target = block if fits(first, block) else TOP
        moved = [first]
        kinds = opens(first, target)
        while after and any(fits(after[0], kind) for kind in kinds) and not fits(after[0], target):
            first.children.append(after.pop(0))
        while after and fits(after[0], target):
            moved.append(after.pop(0))
            while after and not fits(after[0], target) and any(fits(after[0], k) for k in opens(moved[-1], target)):
                moved[-1].children.append(after.pop(0))
        level = parent.level if target == block else 0
        self._tell("S123", moved, level, parent)
        return [*moved, *after]

    def _adopt(self, home: _Home, run: list[Line], before: Line) -> None:
        """Put lines below the line that takes them."""
        placed: list[Line] = []
        for line in run:
            kinds = opens(line, home.block)
            cut = next((n for n, child in enumerate(line.children) if _rather(child, home.block, kinds)), None)
            own = [child for child in line.children[:cut] if any(fits(child, kind) for kind in kinds)]
            kept = set(map(id, own))
            beside = [child for child in line.children if id(child) not in kept]
            if beside and fits(beside[0], home.block):
                line.children = own
            else:
                beside = []
            placed.extend([line, *beside])
        home.line.children = self._block([*home.line.children, *placed], home.block, ())
        self._tell("S122", placed, home.line.level + 1, home.line)

    def _tell(self, code: str, lines: list[Line], level: int, other: Line) -> None:
        """One message for lines that now stand at `level`, with the edits that put them there."""
        edits: list[Edit] = []
        for line in lines:
            shift(line, level, edits)
        if not edits:
            return
        first = lines[0]
        title = f"Indent by {level * 2} blanks" if level else "Write it at the left edge"
        if len(edits) > 1:
            title += f", and the {len(edits) - 1} after it" if len(edits) > 2 else ", and the one after it"
        label = "takes it, one step deeper" if code == "S122" else "takes no such line below it"
        text = other.text.split("\n")[0]
        args = {"line": text if len(text) <= 60 else f"{text[:59]}…", "meant": level * 2, "mended": first.text}
        args["where"] = f"{level * 2} blanks in" if level else "at the left edge"
        if (blanks := first.column - 1) % 2:
            code, args = "S112", {**args, "blanks": "one blank" if blanks == 1 else f"{blanks} blanks"}
        self.diagnostics.append(
            Diagnostic(
                code, first.span, args,
                (Label(other.span, label),), fixes=(Fix(title, tuple(edits), False),),
            )
        )  # fmt: skip


def _rather(line: Line, block: str, kinds: Sequence[str]) -> bool:
    """Is a line one of this block by its words, and of other kinds only because names may stand anywhere."""
    return fits(line, block) and not _weak(line, block) and all(_weak(line, k) for k in kinds if fits(line, k))


def _takes_on(line: Line, later: Sequence[Line], block: str = TOP) -> bool:
    """Is a line the head of a block, at the left edge or in this block, whose lines follow beside it."""
    return not line.children and bool(later) and any(fits(later[0], kind) for kind in opens(line, block))


_OVER = re.compile(r"\bcustomers\b|\b(?:average|sum|largest|smallest) of \w+(?![\w.])")


def _of_customers(line: Line) -> bool:
    """Is a `measure` a figure over customers: by its formula, or as it has a target."""
    return _OVER.search(line.text) is not None or any(child.text.startswith("target ") for child in line.children)


def takes_metrics(block: str) -> bool:
    """Is a `measure` among the lines of a block most likely a `metric`."""
    return any(first_words(statement) == ("metric",) for statement in below(block))


def _starts_like(line: Line, block: str) -> bool:
    """Does a line start nearly as one of the block does: its head misspelt, or said another way."""
    if block in (CASES, CONDITIONS, ROWS):
        return False
    run = tokens(line.text)
    words = [token.text.lower() for token in run[:3]]
    phrases = [" ".join(first_words(s)) for s in below(block)]
    spoken = any(" ".join(words[:n]) in said_for(block) for n in (1, 2, 3))
    return spoken or bool(run and near(words[0], [p for p in phrases if p and " " not in p]))


def _weak(line: Line, block: str) -> bool:
    """Does a line fit a block only because names may stand anywhere."""
    found = best_fits(block, tokens(line.text)) if block not in (CASES, CONDITIONS, ROWS) else ()
    return not found or not found[0].words


def _is_bare_head(line: Line, block: str) -> bool:
    """Is a line nothing but the first words of a line of the block."""
    return block not in (CASES, CONDITIONS, ROWS) and tuple(line.text.split()) in _heads(block)


@cache
def _heads(block: str) -> frozenset[tuple[str, ...]]:
    return frozenset(map(first_words, below(block)))


def _below(line: Line, block: str, wanted: Line) -> _Home | None:
    """The line in the last row of a block's tree that takes `wanted` below it; the outermost such."""
    while True:
        kinds = opens(line, block)
        for kind in kinds:
            if fits(wanted, kind):
                return _Home(line, kind)
        if not line.children or not kinds:
            return None
        block = next((k for k in kinds if fits(line.children[-1], k)), kinds[-1])
        line = line.children[-1]


def _is_head(line: Line) -> bool:
    """Does a line of the left edge say more than a word that other blocks use too."""
    run = tokens(line.text)
    found = best_fits(TOP, run)
    says = any(token.kind in ("STRING", "EQUALS", "WHEN") for token in run) or bool(line.children)
    return bool(found) and found[0].complete and found[0].words > 0 and says
