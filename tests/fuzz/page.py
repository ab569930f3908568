"""The lines of a strategy in the making: blocks with what stands below them, conditions and cases in every form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from stratagem.dsl.catalogue import STATEMENTS, below
from stratagem.dsl.catalogue.statement import Statement
from tests.fuzz.slots import Given, Phrases
from tests.fuzz.symbols import World

BY_ID = {statement.id: statement for statement in STATEMENTS}
Lines = list[str]
Filling = Mapping[str, Callable[[], Given | None]]
"""By statement, what is known of its slots; None says that it is to be left out."""


class Page:
    """Writes blocks."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chance = world.chance
        self.phrases = Phrases(world)
        self.formulas = self.phrases.formulas

    def line(self, statement_id: str, given: Given | None = None, tail: str = "") -> Lines:
        """One line; nothing where a name is lacking."""
        text = self.phrases.line(BY_ID[statement_id], given)
        return [text + tail] if text is not None else []

    def below(self, block: str, filling: Filling, rate: float = 0.3, skip: Iterable[str] = ()) -> Lines:
        """Lines that may stand in a block: each statement so often, at most once where it may stand once."""
        lines: Lines = []
        left_out = {*skip, "once_called"}
        for statement in self.chance.sample(below(block), len(below(block))):
            if statement.id in left_out or statement.hoists:
                continue
            times = 1 if statement.once else self.chance.choice([1, 1, 2])
            for _ in range(times if self.world.a(rate) else 0):
                lines += self._drawn(statement, filling)
        if self.world.a(0.03) and "once_called" not in skip and block in BY_ID["once_called"].under:
            lines += self.line("once_called")
        return lines

    def _drawn(self, statement: Statement, filling: Filling) -> Lines:
        given = filling[statement.id]() if statement.id in filling else {}
        if given is None:
            return []
        text = self.phrases.line(statement, given)
        if text is None:
            return []
        if statement.tail in ("when", "when?"):
            return self.when(text)
        lines = [text]
        if statement.opens in ("portrait", "market", "need", "touchpoint", "resource", "change"):
            lines += indented(self.below(statement.opens, filling, 0.25))
        return lines

    # ---- conditions and cases ----

    def when(self, head: str, depth: int = 2, own: Lines | None = None) -> Lines:
        """A line with its condition: in the line, below it, or on a line of its own where other lines follow."""
        form = self.chance.random()
        rest = own or []
        if form < 0.7:
            return [f"{head} when {self.formulas.draw('yes_no', depth)}".strip(), *indented(rest)]
        block = self.block(depth)
        if own is None:
            return [f"{head} when {block[0]}".strip(), *block[1:]]
        return [head, *indented([f"when {block[0]}", *block[1:], *rest])]

    def block(self, depth: int) -> Lines:
        """`all of` and the like, with its conditions; now and then one inside."""
        words = self.chance.choice(["all of", "any of", "none of"])
        self.world.used[words] += 1
        lines = [words]
        for _ in range(self.chance.randint(1, 3)):
            if depth > 1 and self.world.a(0.15):
                lines += indented(self.block(depth - 1))
            else:
                lines += indented([self.formulas.draw("yes_no", depth - 1)])
        return lines

    def formula(self, head: str, kind: str, depth: int = 2, draw: Callable[[], str] | None = None) -> Lines:
        """`= FORMULA`, or cases below the line."""
        value = draw or (lambda: self.formulas.draw(kind, depth))
        if self.world.a(0.75):
            return [f"{head} = {value()}"]
        self.world.used["cases"] += 1
        lines = [head]
        for _ in range(self.chance.randint(1, 3)):
            text = draw() if draw else self.formulas.wrapped(kind, 1, 1)
            lines += indented(self.when(text, 1))
        return [*lines, *indented([f"{value()} otherwise"])]


def indented(lines: Lines) -> Lines:
    """One step deeper."""
    return ["  " + line for line in lines]
