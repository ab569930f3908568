"""Moves three blocks of a strategy to places where they mean the same, and sets a comment and a blank line.

What may move past its siblings: statements whose order the language gives no meaning to. Stages, moves, tiers,
cases, actions (they break ties) and a test's rows stay in their order.
"""

from __future__ import annotations

import random

from stratagem.dsl.nodes import Node
from tests.faults.page import Page

_FREE = """
measure assume segment offer goal channel question scenario test source matrix policy resources waive field
market.population market.price market.frequency portrait.need portrait.attitudes portrait.behaviour
treated.stance treated.priority treated.customisation treated.proposition journey.touchpoint matrix.tactic
matrix.nothing action.kind action.serves action.overcomes action.owner action.paid_from action.rests
action.hold_out action.unless action.message channel.uses channel.costs channel.medium channel.managed
source.owner source.kept_in source.holds source.shared_with source.refreshed source.retired source.dated_by
business.because business.model business.earns business.functions strategy.owner strategy.currency goal.aims_at
goal.weight goal.for question.asks question.decides question.retired given.is
"""
FREE = frozenset(_FREE.split())
"""Catalogue ids of statements that may stand before or after any sibling of these ids."""


def move_three(text: str, chance: random.Random) -> str:
    """The same strategy with three statements elsewhere, one more comment and one more blank line."""
    for _ in range(3):
        text = _move_one(Page(text, chance))
    return _blank(_comment(text, chance), chance)


def _move_one(page: Page) -> str:
    siblings: dict[int, list[Node]] = {}
    for node in page.nodes:
        if node.statement.id in FREE:
            siblings.setdefault(id(page.parents[id(node)]), []).append(node)
    group = page.pick(group for group in siblings.values() if len(group) > 1)
    moved, target = page.chance.sample(group, 2)
    start, end = page.start(moved), page.end(moved)
    block = page.lines[start - 1 : end]
    place = page.start(target) - 1
    if place < start:
        lines = page.lines[:place] + block + page.lines[place : start - 1] + page.lines[end:]
    else:
        lines = page.lines[: start - 1] + page.lines[end:place] + block + page.lines[place:]
    return "\n".join(lines)


def _comment(text: str, chance: random.Random) -> str:
    page = Page(text, chance)
    node = page.pick(page.nodes)
    line = page.start(node) - 1
    return "\n".join([*page.lines[:line], "# set here by chance", *page.lines[line:]])


def _blank(text: str, chance: random.Random) -> str:
    page = Page(text, chance)
    line = page.start(page.pick(page.nodes)) - 1
    return "\n".join([*page.lines[:line], "", *page.lines[line:]])
