"""Strategy text made from the catalogue's examples, for tests that want all of the language at hand."""

from __future__ import annotations

from stratagem.dsl.catalogue import STATEMENTS, TOP, Statement

HEADS = {
    "goal metric": "measured by m = count of customers where a",
    "rows": "orders",
    "segment": 'segment s "S" when a',
}
"""Lines that open a block, where the example of its first statement would not do."""


def example(statement: Statement, indent: int = 0) -> list[str]:
    """The lines of a statement's example, indented by so many steps."""
    return ["  " * indent + line for line in statement.example.split("\n")]


def opener(block: str) -> Statement:
    """A statement that opens a block."""
    return next(s for s in STATEMENTS if s.opens == block)


def inside(block: str) -> list[str]:
    """The lines that lead into a block, outermost first, each one step deeper."""
    if block == TOP:
        return []
    head = opener(block)
    before = inside(head.under[0])
    return [*before, "  " * len(before) + HEADS.get(block, head.example.split("\n")[0])]


def placed(statement: Statement, block: str) -> str:
    """A statement's example as it stands in one of its blocks, with the lines that lead there."""
    before = inside(block)
    return "\n".join([*before, *example(statement, len(before))]) + "\n"
