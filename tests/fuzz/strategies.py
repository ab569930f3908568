"""Whole strategies from the catalogue, by seed: sources, facts, people, means, actions, questions, tests.

In: a seed and roughly how many lines. Out: a text, most often one that the checker accepts, and what is in it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from tests.fuzz import data_blocks, learning_blocks, means_blocks, people_blocks
from tests.fuzz.page import Lines, Page, indented
from tests.fuzz.symbols import World

FEW = -1


@dataclass(frozen=True)
class Drawn:
    """A strategy's text; `used` counts its statements, functions and operations."""

    seed: int
    text: str
    used: Counter[str]


def strategy(seed: int, size: int = 40) -> Drawn:
    """A strategy of a size: FEW makes 2 to 30 lines, 0 about 35, 10 about 75, 25 and more about 140.

    Three in ten have slips in them.
    """
    world = World(random.Random(f"strategy {seed}"))
    page = Page(world)
    page.formulas.slips = 0.03 if world.a(0.3) else 0.0
    blocks = _few_blocks(page) if size == FEW else _blocks(page, size)
    return Drawn(seed, _laid(page, blocks), world.used)


def _few_blocks(page: Page) -> list[Lines]:
    """The head of a strategy, and at most three blocks of the rest."""
    world = page.world
    some: tuple[Callable[[], list[Lines]], ...] = (
        lambda: data_blocks.sources(page, 0), lambda: data_blocks.facts(page, 1), lambda: [people_blocks.tiers(page)],
        lambda: [people_blocks.segment(page)], lambda: [business(page)], lambda: [means_blocks.resources(page)],
        lambda: [means_blocks.channel(page, world.new("channel"))], lambda: [means_blocks.policy(page)],
        lambda: [means_blocks.decide(page)],
    )  # fmt: skip
    head = page.line("language", {"language": "1"}) if world.a(0.9) else []
    blocks = [head, [*page.line("strategy"), *indented(page.line("strategy.currency"))]]
    for number in sorted(page.chance.sample(range(len(some)), page.chance.randint(0, 3))):
        blocks += some[number]()
    return [block for block in blocks if block]


def _blocks(page: Page, size: int) -> list[Lines]:
    """The blocks in the order people write them."""
    world, chance = page.world, page.chance
    parts = size // 25
    most = {"objective": 2, "function": 2, "stage": 4, "budget": 1, "offer": 1}
    for kind, count in most.items():
        for _ in range(chance.randint(0, count if parts else size // 10)):
            world.new(kind)
    data = data_blocks.sources(page, chance.randint(0, min(3, parts + size // 10)))
    header = [*page.line("strategy"), *indented(_header(page))]
    who = data_blocks.customer(page)
    facts = data_blocks.facts(page, chance.randint(0, parts + 2))
    people = [people_blocks.tiers(page) for _ in range(chance.randint(0, min(2, parts + size // 10)))]
    people += [people_blocks.segment(page) for _ in range(chance.randint(0, min(3, parts + size // 10)))]
    means = _means(page, parts, size)
    blocks = [
        page.line("language", {"language": "1"}),
        header,
        business(page) if size else [],
        who,
        *data,
        *facts,
        *people,
        *means,
    ]
    if world.a(0.2):
        chance.shuffle(blocks)
    return [block for block in blocks if block]


def _means(page: Page, parts: int, size: int) -> list[Lines]:
    """Everything about what is done."""
    world, chance = page.world, page.chance
    for kind in ("channel", "action", "goal"):
        for _ in range(chance.randint(0, min(3, parts + size // 10))):
            world.new(kind)
    channels = [means_blocks.channel(page, name) for name in world.names.get("channel", [])]
    blocks = [means_blocks.offer(page, name) for name in world.names.get("offer", [])]
    blocks.append(people_blocks.journey(page) if world.names.get("stage") else [])
    blocks += [people_blocks.goal(page, name) for name in world.names.get("goal", [])]
    blocks += [means_blocks.resources(page), *channels, means_blocks.policy(page) if world.a(0.5) else []]
    if world.names.get("channel"):
        blocks += [means_blocks.action(page, name) for name in world.names.get("action", [])]
    elif "action" in world.names:
        del world.names["action"]
    blocks.append(means_blocks.matrix(page) if world.names.get("action") else [])
    blocks.append(means_blocks.decide(page) if world.a(0.7) else [])
    return blocks + (learning_blocks.learning(page, parts) if size >= 10 or world.a(0.2) else [])


def _header(page: Page) -> Lines:
    lines = page.line("strategy.currency")
    return lines + page.below("strategy", {}, 0.4, ("strategy.currency",))


def business(page: Page) -> Lines:
    """Why there is a strategy."""
    world = page.world
    functions = world.names.get("function", [])
    lines = [f"functions {', '.join(functions)}"] if functions else []
    world.used["statement business.functions"] += bool(functions)
    for name in world.names.get("objective", []):
        lines += page.line("business.objective", {"name": name})
        if world.a(0.6):
            low, _, high = people_blocks.rising(page, page.chance.choice(["number", "share", "money"]))
            given = {"baseline": low, "target": high, "by": "2027-12-31"}
            lines += indented(page.line("objective.figures", given))
    lines += page.below("business", {}, 0.3, ("business.functions", "business.objective"))
    return [*page.line("business"), *indented(lines)]


def _laid(page: Page, blocks: list[Lines]) -> str:
    """The blocks as one text, with comments and documentation here and there."""
    chance = page.chance
    lines: Lines = []
    for block in blocks:
        lines += [""] * chance.choice([0, 1, 1, 1, 2])
        if page.world.a(0.1):
            lines.append(chance.choice(["# what follows", "#tight", "# ---- a part ----", "  # indented"]))
        if page.world.a(0.08):
            lines.append(chance.choice(["## Said of the block.", "##tight"]))
        lines += [line + "  # aside" if page.world.a(0.02) and '"""' not in "".join(block) else line for line in block]
    return "\n".join(lines).lstrip("\n") + "\n"
