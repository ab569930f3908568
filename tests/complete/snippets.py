"""Puts a snippet under a block of the kind it belongs to, so that it can be read as part of a strategy."""

from __future__ import annotations

from stratagem.dsl.parse import parse
from stratagem.dsl.source import SourceText

SEGMENT = ('segment some "Some" when count of orders >= 1',)
BLOCKS: dict[str, tuple[str, ...]] = {
    "": (),
    "action": ('action some "Some"',),
    "business": ("business",),
    "change": ("resources", 'change culture some "Some"'),
    "channel": ('channel some "Some" outbound',),
    "contact": ('contact policy "Some"',),
    "customer": ('customer some "Some"',),
    "decide": ("decide",),
    "goal": ('goal some "Some"',),
    "journey": ('journey some "Some"',),
    "market": (*SEGMENT, "market"),
    "matrix": ("matrix some rows a columns b",),
    "metric": (*SEGMENT, "metric some = share of customers where count of orders >= 1"),
    "move": ('journey some "Some"', "move a to b when count of orders >= 1"),
    "objective": ("business", 'objective some "Some"'),
    "offer": ('offer some "Some"',),
    "people": ("resources", 'people some "Some" 1 EUR once'),
    "question": ('question some "Some"',),
    "resources": ("resources",),
    "segment": SEGMENT,
    "source": ('source some "Some" from "some.csv"',),
    "strategy": ('strategy some "Some"',),
    "technology": ("resources", 'technology software some "Some" 1 EUR once'),
    "tier": ('segments some "Some" by worth', 'best "Best" from 1 EUR'),
    "touchpoint": ('journey some "Some"', 'touchpoint before "Some" at a through b'),
}


def wrapped(under: str, snippet: str) -> str:
    """A text in which the snippet stands under a block like the one it is for."""
    outer = BLOCKS[under.partition(" ")[0]]
    lines = ["  " * n + line for n, line in enumerate(outer)]
    lines += ["  " * len(outer) + line for line in snippet.splitlines()]
    return "language 1\n" + "\n".join(lines) + "\n"


def faults(under: str, snippet: str) -> list[str]:
    """What is wrong with a snippet where it stands; none is good."""
    found = parse(SourceText("snippet", wrapped(under, snippet))).diagnostics
    return [f"{d.code} {dict(d.args)}" for d in found]
