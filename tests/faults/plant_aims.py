"""Faults of whom we treat how and where we want to be: tiers, journey, goals and the matrix."""

from __future__ import annotations

import re
from itertools import pairwise

from stratagem.dsl.nodes import Node
from tests.faults.page import Page, Planted

AMOUNT = re.compile(r"(-?[\d.,]+)( [A-Z]{3}| days?)?$")


def _neighbours(page: Page, ids: tuple[str, ...]) -> list[tuple[Node, Node]]:
    """Tiers of these bounds that follow each other."""
    found = []
    for block in page.of("segments"):
        tiers = [c for c in block.children if c.statement.id.startswith("tier.")]
        found += [(a, b) for a, b in pairwise(tiers) if {a.statement.id, b.statement.id} <= set(ids)]
    return found


def tiers_out_of_order(page: Page) -> Planted:
    """The lower of two tiers comes first and takes all: nobody is left for the other."""
    first, second = page.pick(
        [p for p in _neighbours(page, ("tier.from",)) if {p[0].statement.id, p[1].statement.id} == {"tier.from"}]
    )
    bounds = [page.line_of(n).rsplit(" from ", 1)[1] for n in (first, second)]
    lines = list(page.lines)
    for node, bound in zip((first, second), reversed(bounds), strict=True):
        lines[node.line - 1] = lines[node.line - 1].rsplit(" from ", 1)[0] + f" from {bound}"
    return Planted("\n".join(lines), frozenset({second.line}))


def tiers_alike(page: Page) -> Planted:
    """Two tiers start at the same figure."""
    first, second = page.pick(_neighbours(page, ("tier.from",)))
    bound = page.line_of(first).rsplit(" from ", 1)[1]
    return page.say(second, page.line_of(second).rsplit(" from ", 1)[0] + f" from {bound}")


def tier_after_the_rest(page: Page) -> Planted:
    """A tier follows the one that takes everyone."""
    last = page.pick_of("tier.otherwise")
    unit = next(p for p in _blocks_unit(page, page.parent(last)))
    return page.add_after(last, f'nobody_left "Nobody is left for it" from 1{unit}')


def _blocks_unit(page: Page, block: Node) -> list[str]:
    return [
        AMOUNT.search(page.line_of(c)).group(2) or ""  # type: ignore[union-attr]
        for c in block.children
        if c.statement.id in ("tier.from", "tier.below")
    ]


def gap_between_tiers(page: Page) -> Planted:
    """The last tier no longer takes the rest: some customers are in none. The block or its last tier may be blamed."""
    last = page.pick(n for n in page.of("tier.otherwise") if page.parent(n).children[-2].statement.id == "tier.from")
    before = page.parent(last).children[-2]
    unit = AMOUNT.search(page.line_of(before)).group(2) or ""  # type: ignore[union-attr]
    bound = f"-5{unit}" if AMOUNT.search(page.line_of(before)).group(1) == "0" else f"0.5{unit}"  # type: ignore[union-attr]
    planted = page.say(last, page.line_of(last).replace(" otherwise", f" from {bound}"))
    return Planted(planted.text, planted.lines | {page.parent(last).line})


def shares_over_everyone(page: Page) -> Planted:
    """The shares of tiers add up to more than everyone."""
    node = page.pick(n for n in page.of("segments") if n.children and n.children[0].statement.id == "tier.top")
    tier = node.children[0]
    planted = page.say(tier, re.sub(r"top \d+%", "top 105%", page.line_of(tier)))
    return planted


def next_before_top(page: Page) -> Planted:
    """A block of tiers starts with `next`."""
    tier = page.pick(n for n in page.of("tier.top"))
    return page.say(tier, page.line_of(tier).replace(" top ", " next ", 1))


def unreachable_stage(page: Page) -> Planted:
    """No move leads to a stage any more."""
    stages = page.of("journey.stage")
    moves = page.of("journey.move")
    into = {s.value("name").text: [m for m in moves if m.value("target").text == s.value("name").text] for s in stages}
    stage = page.pick(s for s in stages[1:] if len(into[s.value("name").text]) == 1)
    name = stage.value("name").text
    [move] = into[name]
    later = stages[stages.index(stage) + 1 :] or [
        s for s in stages[:-1] if s.value("name").text != move.value("source").text
    ]
    other = page.pick(later).value("name").text
    planted = page.put(move.value("target").span, other)
    return Planted(planted.text, frozenset({stage.line}))


def move_to_itself(page: Page) -> Planted:
    """A move ends where it starts."""
    move = page.pick_of("journey.move")
    stage = move.value("target").text
    return page.add_after(move, f"move {stage} to {stage} when {page.pick(page.names('segment'))}")


def move_twice(page: Page) -> Planted:
    """A move is declared twice, condition and all."""
    move = page.pick_of("journey.move")
    return page.add_after(move, page.line_of(move))


def steps_out_of_order(page: Page) -> Planted:
    """A later stage is an earlier step of the way. Either of the two may be blamed."""
    stages = page.of("journey.stage")
    n = page.chance.randrange(1, len(stages) - 1)
    steps = [s.value("step") for s in stages[n : n + 2]]
    lines = list(page.lines)
    for stage, old, new in zip(stages[n : n + 2], steps, reversed(steps), strict=True):
        lines[stage.line - 1] = re.sub(rf"is {old}$", f"is {new}", lines[stage.line - 1])
    return Planted("\n".join(lines), frozenset(s.line for s in stages[n : n + 2]))


def second_journey(page: Page) -> Planted:
    """There is a second journey."""
    step = '  stage arrived "Arrived" is aware'
    return page.add_after(page.of("journey")[0], 'journey second "A second journey"', step)


def two_stages_of_a_name(page: Page) -> Planted:
    """A stage has the name of another."""
    node = page.pick_of("journey.stage")
    last = page.of("journey.stage")[-1]
    return page.add_after(last, f'stage {node.value("name").text} "Once more" is loyalty')


def milepost_beyond_target(page: Page) -> Planted:
    """A milepost is further than the goal itself."""
    node = page.pick(n for n in page.of("goal.milepost"))
    target = next(c for c in page.parent(node).children if c.statement.id == "goal.figures")
    start, end = (float(t) for t in re.findall(r"([\d.]+)%", page.line_of(target))[:2])
    beyond = round(end + (end - start) / 2, 1)
    return page.say(node, re.sub(r"milepost [\d.]+%", f"milepost {beyond}%", page.line_of(node)))


def milepost_after_the_end(page: Page) -> Planted:
    """A milepost is due after the goal itself."""
    node = page.pick_of("goal.milepost")
    return page.say(node, re.sub(r"by \d{4}", "by 2039", page.line_of(node)))


def mileposts_that_go_back(page: Page) -> Planted:
    """The later of two mileposts is further from the target. Either may be blamed."""
    goal = page.pick(
        g for g in page.of("goal") if len([c for c in g.children if c.statement.id == "goal.milepost"]) > 1
    )
    first, second = [c for c in goal.children if c.statement.id == "goal.milepost"][:2]
    lines = list(page.lines)
    for one, other in ((first, second), (second, first)):
        figure = re.findall(r"[\d.]+%", page.line_of(other))[0]
        lines[one.line - 1] = re.sub(r"[\d.]+%", figure, page.lines[one.line - 1])
    return Planted("\n".join(lines), frozenset({first.line, second.line}))


def goal_that_changes_nothing(page: Page) -> Planted:
    """A goal ends where it starts."""
    node = page.pick(n for n in page.of("goal.figures") if "%" in page.line_of(n))
    start = re.findall(r"[\d.]+%", page.line_of(node))[0]
    return page.say(node, re.sub(r"to [\d.]+%", f"to {start}", page.line_of(node)))


def goal_in_the_past(page: Page) -> Planted:
    """A goal is over before the strategy starts."""
    node = page.pick_of("metric.target", "objective.figures")
    return page.say(node, re.sub(r"by \d{4}", "by 2009", page.line_of(node)))


def share_above_all(page: Page) -> Planted:
    """A metric that is a share is to be more than all."""
    node = page.pick(n for n in page.of("metric.target") if "%" in page.line_of(n))
    return page.say(node, re.sub(r"[\d.]+%", "140%", page.line_of(node)))


def goal_nobody_serves(page: Page) -> Planted:
    """No action serves a goal."""
    node = page.of("goal")[-1]
    metric = page.pick(page.names("metric"))
    objective = node.value("supports") or node.words("supports")[0]
    name = objective.text if hasattr(objective, "text") else objective[0].text
    lines = [f'goal unserved_goal "A goal nobody serves" supports {name}', f"  measured by {metric}"]
    return page.add_after(node, *lines)


def cell_twice(page: Page) -> Planted:
    """A cell of the matrix is filled twice."""
    node = page.pick_of("matrix.tactic", "matrix.nothing")
    row, column = node.value("row").text, node.value("column").text
    last = page.parent(node).children[-1]
    return page.add_after(last, f'tactic {row}, {column} nothing because "Said once more, otherwise"')


def cell_left_out(page: Page) -> Planted:
    """A cell of the matrix is left out."""
    node = page.pick_of("matrix.tactic", "matrix.nothing")
    return page.cut(node, page.parent(node))


def matrix_of_one_side(page: Page) -> Planted:
    """A matrix has the same tiers as rows and columns."""
    node = page.of("matrix")[0]
    return page.put(node.value("columns").span, node.value("rows").text)
