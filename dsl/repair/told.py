"""What other lines of the strategy say of the block that a name stands in: who it is for, what it goes through.

In: the uses of a name that nothing is called, and what was built. Out: declared names that those lines speak for, the
likeliest first; only links are read, never the wording of a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from stratagem.dsl.model.build import Built
from stratagem.dsl.model.make.unit import names_in
from stratagem.dsl.nodes import Node, walk
from stratagem.dsl.repair.uses import Use
from stratagem.dsl.resolve.symbols import Symbol

MANY = 3
"""Names that are all offered where as much speaks for each."""
WHOM = 3
"""Lines that have to speak for those who are meant: a wrong guess would reach others."""
_Speaks = Callable[[Use, Built], Iterator[str]]


def told(uses: Sequence[Use], built: Built) -> list[str]:
    """Names for which most lines speak in the slots of these uses; none where as much speaks for too many."""
    found: Counter[str] = Counter()
    for use in uses:
        speaks = _SPEAKS.get(use.statement) if use.root is None else None
        taken = set(words_of(use.node))
        found.update(name for name in (speaks(use, built) if speaks is not None else ()) if name not in taken)
    most = max(found.values(), default=0)
    first = [name for name, count in found.items() if count == most]
    enough = WHOM if any(use.statement == "action.for" for use in uses) else 1
    return first if most >= enough and len(first) <= MANY else []


def linked_with(name: str, candidates: Iterable[Symbol], built: Built) -> set[str]:
    """Those of these things that speak of one that is declared by a name, or that it speaks of: the goals that support
    an objective, the actions that serve a goal, the change that uses people."""
    declared = {node.slots["name"].span: node for node, _ in _declarations(built)}
    own = next((node for node in declared.values() if name in words_of(node, "name")), None)
    spoken = _words_in(own) if own is not None else set[str]()
    return {s.name for s in candidates if s.name in spoken or name in _words_in(declared.get(s.span))}


def _declarations(built: Built) -> Iterator[tuple[Node, Node | None]]:
    for unit in built.units:
        yield from (pair for pair in walk((unit.node,)) if "name" in pair[0].slots)


def _words_in(node: Node | None) -> set[str]:
    """The names in the slots and the condition of a line, and in those below it."""
    nodes = [each for each, _ in walk((node,))] if node is not None else []
    said = {word for each in nodes for word in words_of(each, *(slot for slot in each.slots if slot != "name"))}
    return said | {found.path[-1] for each in nodes for found in names_in(each.when)}


def words_of(node: Node | None, *slots: str) -> Iterator[str]:
    """The names in the slots of a line; in all, where none are given."""
    if node is None:
        return
    for slot in slots or node.slots:
        yield from (text for word in node.words(slot) if isinstance(text := getattr(word, "text", None), str))


def said_in(block: Node | None, statement: str, *slots: str) -> Iterator[str]:
    """The names in the lines of a block that are of this statement."""
    for line in block.children if block is not None else ():
        if line.statement.id == statement:
            yield from words_of(line, *slots)


def lines_of(built: Built, *statements: str) -> list[tuple[Node, Node | None]]:
    """Every line of these kinds, with the block it stands in."""
    return [pair for unit in built.units for pair in walk((unit.node,)) if pair[0].statement.id in statements]


def _for_some_of(built: Built, statement: str, people: Iterable[str]) -> Iterator[str]:
    """The blocks whose line of this statement names one of these people."""
    wanted = set(people)
    for line, block in lines_of(built, statement):
        if wanted & set(words_of(line, "segments")):
            yield from words_of(block, "name")


def _under_some_of(built: Built, statement: str, slot: str, names: Iterable[str]) -> Iterator[str]:
    """What is declared by this statement under a line that has one of these names in a slot."""
    wanted = set(names)
    for line, parent in lines_of(built, statement):
        if wanted & set(words_of(parent, slot)):
            yield from words_of(line, "name")


def _block(built: Built, statement: str, name: str) -> Node | None:
    """The block of this kind and name."""
    found = (unit.node for unit in built.units if unit.node.statement.id == statement)
    return next((node for node in found if name in words_of(node, "name")), None)


_ASKED: Final[Mapping[str, str]] = {"service": "unhappy", "prospecting": "prospect", "retention": "lapsed"}
"""By the kind or capability of an action those whom it is made for."""


def _whom(use: Use, built: Built) -> Iterator[str]:
    """Those in whose cells of the matrix the action is a tactic, whom the goal it serves is for, and who are served and
    have no action; most of all the unhappy for a service, prospects for prospecting."""
    own = set(words_of(use.parent, "name"))
    lines = use.parent.children if use.parent is not None else ()
    kinds = {line.value(slot) for line in lines for slot in ("kind", "capability") if slot in line.slots}
    for cell, _ in lines_of(built, "matrix.tactic"):
        if own & set(words_of(cell, "actions")):
            yield from words_of(cell, "row", "column")
    for goal in said_in(use.parent, "action.serves"):
        yield from said_in(_block(built, "goal", goal), "goal.for", "segments")
    for_whom = {name for line, _ in lines_of(built, "action.for") for name in words_of(line, "segments")}
    for plan in (*built.strategy.segments, *(tier for block in built.strategy.tiers for tier in block.tiers)):
        if plan.served and plan.name not in for_whom:
            asked = {kind for kind, who in _ASKED.items() if who in plan.is_a} & kinds
            yield from (plan.name,) * (3 if asked else 1)


def _messages(use: Use, built: Built) -> Iterator[str]:
    """The channels that the action has messages for."""
    yield from said_in(use.parent, "action.message", "channel")


def _unsaid(use: Use, built: Built) -> Iterator[str]:
    """The channels the action goes through and has no message for."""
    messages = set(said_in(use.parent, "action.message", "channel"))
    yield from (name for name in said_in(use.parent, "action.through") if name not in messages)


def _cells(use: Use, built: Built) -> Iterator[str]:
    """The actions that are for one of the tiers of the cell."""
    yield from _for_some_of(built, "action.for", words_of(use.node, "row", "column"))


def _first(use: Use, built: Built) -> Iterator[str]:
    """The channels of the action that is expected first, or that contacted."""
    actions = [*words_of(use.node, "action"), *said_in(use.parent, "expect.first_action", "action")]
    for action in actions:
        yield from said_in(_block(built, "action", action), "action.through")


def _serving(use: Use, built: Built) -> Iterator[str]:
    """The goals for those whom the action is for."""
    yield from _for_some_of(built, "goal.for", said_in(use.parent, "action.for", "segments"))


def _standing(use: Use, built: Built) -> Iterator[str]:
    """The hurdles on the moves from the stages that the action is at."""
    yield from _under_some_of(built, "move.hurdle", "source", said_in(use.parent, "action.at", "stages"))


def _of_goal(use: Use, built: Built) -> Iterator[str]:
    """The metrics under those whom the goal is for."""
    yield from _under_some_of(built, "metric", "name", said_in(use.parent, "goal.for", "segments"))


_SPEAKS: Final[Mapping[str, _Speaks]] = {
    "action.for": _whom,
    "action.through": _messages,
    "action.message": _unsaid,
    "action.serves": _serving,
    "action.overcomes": _standing,
    "matrix.tactic": _cells,
    "expect.first_channel": _first,
    "given.contacted": _first,
    "goal.measured_by": _of_goal,
}
"""By the statement of a slot the lines that speak for a name in it."""
