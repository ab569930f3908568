"""The shortest line that declares something which is no fact: a goal, a stage, a hurdle, a budget and the like.

In: a name that nothing is called, with its uses. Out: a fix that adds the line where it belongs: beside its like, a
stage where its moves want it, a hurdle on the move from where it is overcome. Nothing is spent, nobody is stopped and
nobody is reached by what it adds until more is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix
from stratagem.dsl.model.build import Built
from stratagem.dsl.nodes import Node, end_of, label_for
from stratagem.dsl.repair.groups import Group
from stratagem.dsl.repair.told import lines_of, said_in, words_of
from stratagem.dsl.repair.uses import Use
from stratagem.dsl.resolve.symbols import Of


def line_for(group: Group, built: Built) -> Fix | None:
    """The line, where all uses want the same kind of thing and the name is nothing yet."""
    kinds = {kind for use in group.uses for kind in use.kinds}
    kind = next((kind for kind in _LINES if kind in kinds), "")
    if not kind or built.resolver.table.kinds_of(group.name) or not group.name.isidentifier():
        return None
    return _LINES[kind](group, built)


# ---- what the strategy holds ----


def _name(node: Node | None, slot: str = "name") -> str:
    return next(words_of(node, slot), "")


# ---- where it is put ----


def _below(node: Node, text: str, assumed: str = "", inner: bool = False) -> Fix:
    """The line behind a block, as deep as that; or as a line of it."""
    step = " " * (node.span.column - 1 + 2 * inner)
    gap = "\n" if not step else ""
    told = f" (this assumes {assumed})" if assumed else ""
    return Fix(f"Declare it: {text}{told}", (Edit(end_of(node).below(), f"{gap}{step}{text}\n"),))


def _above(node: Node, text: str, assumed: str) -> Fix:
    step = " " * (node.span.column - 1)
    at = node.span.on(node.span.line, 1, 1)
    return Fix(f"Declare it: {text} (this assumes {assumed})", (Edit(at, f"{step}{text}\n"),))


def _beside(built: Built, text: str, like: Sequence[str], block: str, assumed: str = "") -> Fix | None:
    """Below the last line of its like; else as the last line of the block that holds such lines."""
    found, blocks = lines_of(built, *like), lines_of(built, block)
    if found:
        return _below(found[-1][0], text, assumed)
    return _below(blocks[-1][0], text, assumed, inner=True) if blocks else None


# ---- what it is ----


def _block(keyword: str, rest: str = "") -> Callable[[Group, Built], Fix | None]:
    def made(group: Group, built: Built) -> Fix | None:
        text = f'{keyword} {group.name} "{label_for(group.name)}"{rest}'
        like = lines_of(built, keyword)
        return _below(like[-1][0] if like else built.units[-1].node, text)

    return made


def _objective(group: Group, built: Built) -> Fix | None:
    text = f'objective {group.name} "{label_for(group.name)}"'
    return _beside(built, text, ("business.objective",), "business")


def _stage(group: Group, built: Built) -> Fix | None:
    """Behind the stage that a move leads from to it, or above the one that a move leads to from it."""
    stages = {_name(node): node for node, _ in lines_of(built, "journey.stage")}
    text = f'stage {group.name} "{label_for(group.name)}"'
    ends = [(_name(move, "source"), _name(move, "target")) for move, _ in lines_of(built, "journey.move")]
    before = [stages[source] for source, target in ends if target == group.name and source in stages]
    after = [stages[target] for source, target in ends if source == group.name and target in stages]
    after = [node for node in after if not before or node.span.line > before[0].span.line]
    if before:
        return _below(before[0], text, f"that it comes after `{_name(before[0])}`")
    if after:
        return _above(after[0], text, f"that it comes before `{_name(after[0])}`")
    return _beside(built, text, ("journey.stage",), "journey", "that it is the last stage")


def _need(group: Group, built: Built) -> Fix | None:
    """Under the portrait of those for whom an action offers what meets it; else of the last one."""
    portraits = {_name(parent): node for node, parent in lines_of(built, "portrait") if parent is not None}
    offers = {_name(use.parent) for use in group.uses}
    actions = (node for node, _ in lines_of(built, "action") if offers & set(said_in(node, "action.offers", "offer")))
    whom = [name for node in actions for name in said_in(node, "action.for", "segments") if name in portraits]
    name = next(iter(whom), next(reversed(portraits), "")) if portraits else ""
    text = f'need {group.name} "{label_for(group.name)}"'
    return _below(portraits[name], text, f"that it is a need of `{name}`", inner=True) if name else None


def _hurdle(group: Group, built: Built) -> Fix | None:
    """On the move from the stages at which it is overcome; else on the first move."""
    at = {stage for use in group.uses for stage in said_in(use.parent, "action.at", "stages")}
    moves = [node for node, _ in lines_of(built, "journey.move")]
    move = next((node for node in moves if _name(node, "source") in at), next(iter(moves), None))
    if move is None:
        return None
    text = f'hurdle perception {group.name} "{label_for(group.name)}"'
    way = f"`{_name(move, 'source')}` to `{_name(move, 'target')}`"
    return _below(move, text, f"that it is in the way from {way}", inner=True)


def _budget(group: Group, built: Built) -> Fix | None:
    currency = built.resolver.currency
    if currency is None:
        return None
    text = f"budget {group.name} 0 {currency} per month"
    return _beside(built, text, ("resources.budget",), "resources", "a figure that is to be replaced by your own")


def _resource(group: Group, built: Built) -> Fix | None:
    """People, where the time that something takes is counted on it; else a process."""
    lines = {line.statement.id.rpartition(".")[2] for use in group.uses for line in _lines_of(use)}
    keyword = "people" if "takes" in lines else "process"
    text = f'{keyword} {group.name} "{label_for(group.name)}"'
    like = ("people", "process", "technology")
    return _beside(built, text, like, "resources", f"that it is {keyword if keyword == 'people' else 'a process'}")


def _lines_of(use: Use) -> Iterable[Node]:
    return use.parent.children if use.parent is not None else ()


def _tier(group: Group, built: Built) -> Fix | None:
    """The tier of all who are left, where the block that a matrix lays out has none such."""
    cells = [use for use in group.uses if use.statement == "matrix.tactic"]
    sides = {_name(use.parent, f"{slot}s") for use in cells for slot in ("row", "column") if _at(use, slot)}
    blocks = [node for node, _ in lines_of(built, "segments") if _name(node) in sides]
    if len(blocks) != 1 or not blocks[0].children:
        return None
    ids = {child.statement.id for child in blocks[0].children}
    if "tier.otherwise" in ids:
        return None
    text = f'{group.name} "{label_for(group.name)}" otherwise'
    return _below(blocks[0].children[-1], text, "that these are all who are left")


def _at(use: Use, slot: str) -> bool:
    return slot in use.node.slots and use.node.slots[slot].span == use.span


def _metric(group: Group, built: Built) -> Fix | None:
    """Written where a goal is measured by it."""
    use = next((use for use in group.uses if use.statement == "goal.measured_by"), None)
    if use is None:
        return None
    title = f"Write {group.name} = missing (this assumes a formula that is to be replaced by your own)"
    return Fix(title, (Edit(use.span, f"{group.name} = missing"),))


_LINES: Final[Mapping[str, Callable[[Group, Built], Fix | None]]] = {
    Of.GOAL.value: _block("goal"),
    Of.OFFER.value: _block("offer"),
    Of.CHANNEL.value: _block("channel", " outbound"),
    Of.OBJECTIVE.value: _objective,
    Of.STAGE.value: _stage,
    Of.NEED.value: _need,
    Of.HURDLE.value: _hurdle,
    Of.BUDGET.value: _budget,
    Of.RESOURCE.value: _resource,
    Of.TIER.value: _tier,
    Of.METRIC.value: _metric,
}
"""By the kind of thing the line that declares it, the shortest that is sound."""
