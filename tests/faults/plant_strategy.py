"""Faults of the strategy itself: every line can be read, and together they cannot be right."""

from __future__ import annotations

import re

from stratagem.dsl.nodes import Node
from tests.faults.page import Page, Planted

AMOUNT = re.compile(r"(-?[\d.,]+)( [A-Z]{3}| days?)?$")


def _neighbours(page: Page, ids: tuple[str, ...]) -> list[tuple[Node, Node]]:
    """Tiers of these bounds that follow each other."""
    found = []
    for block in page.of("segments"):
        tiers = [c for c in block.children if c.statement.id.startswith("tier.")]
        found += [(a, b) for a, b in zip(tiers, tiers[1:], strict=False) if {a.statement.id, b.statement.id} <= set(ids)]
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
    last = page.pick(
        n for n in page.of("tier.otherwise") if page.parent(n).children[-2].statement.id == "tier.from"
    )
    before = page.parent(last).children[-2]
    unit = AMOUNT.search(page.line_of(before)).group(2) or ""  # type: ignore[union-attr]
    bound = f"-5{unit}" if AMOUNT.search(page.line_of(before)).group(1) == "0" else f"0.5{unit}"  # type: ignore[union-attr]
    planted = page.say(last, page.line_of(last).replace(" otherwise", f" from {bound}"))
    return Planted(planted.text, planted.lines | {page.parent(last).line})


def shares_over_everyone(page: Page) -> Planted:
    """The shares of tiers add up to more than everyone."""
    node = page.pick(
        n
        for n in page.of("segments")
        if n.children and n.children[0].statement.id == "tier.top"
    )
    tier = node.children[0]
    planted = page.say(tier, re.sub(r"top \d+%", "top 105%", page.line_of(tier)))
    return planted


def unreachable_stage(page: Page) -> Planted:
    """No move leads to a stage any more."""
    stages = page.of("journey.stage")
    moves = page.of("journey.move")
    into = {s.value("name").text: [m for m in moves if m.value("target").text == s.value("name").text] for s in stages}
    stage = page.pick(s for s in stages[1:] if len(into[s.value("name").text]) == 1)
    name = stage.value("name").text
    [move] = into[name]
    source = move.value("source").text
    other = page.pick(s.value("name").text for s in stages if s.value("name").text not in (name, source))
    planted = page.put(move.value("target").span, other)
    return Planted(planted.text, frozenset({stage.line}))


def move_to_itself(page: Page) -> Planted:
    """A move ends where it starts."""
    move = page.pick_of("journey.move")
    return page.put(move.value("source").span, move.value("target").text)


def second_journey(page: Page) -> Planted:
    """There is a second journey."""
    step = '  stage arrived "Arrived" is aware'
    return page.add_after(page.of("journey")[0], 'journey second "A second journey"', step)


def no_channel(page: Page) -> Planted:
    """An action goes through no channel."""
    node = page.pick(n for n in page.of("action.through") if not _first_in_test(page, page.parent(n)))
    return page.cut(node, page.parent(node))


def _first_in_test(page: Page, action: Node) -> bool:
    """Is a test about this action."""
    return any(n.value("action").text == action.value("name").text for n in page.of("expect.first_action"))


def no_chance(page: Page) -> Planted:
    """An action has no chance, so nothing to be ranked by."""
    node = page.pick_of("action.chance")
    return page.cut(node, page.parent(node))


def no_worth(page: Page) -> Planted:
    """An action has no worth, so nothing to be ranked by."""
    node = page.pick_of("action.worth")
    return page.cut(node, page.parent(node))


def chance_above_one(page: Page) -> Planted:
    """A chance is more than certain."""
    node = page.pick(n for n in page.of("action.chance") if " = " in page.line_of(n))
    return page.say(node, "chance = 140%")


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


def dates_reversed(page: Page) -> Planted:
    """An action ends before it starts."""
    node = page.pick(
        n for n in page.of("action.owner") if not any(c.statement.id == "action.dates" for c in page.parent(n).children)
    )
    return page.add_after(node, "from 2030-05-01 to 2030-04-01")


def never_holds(page: Page) -> Planted:
    """A condition can never hold: at least ten and less than five."""
    source = page.parent(page.pick_of("source.many")).value("name").text
    many = f'measure how_many_rows "How many rows" = count of {source}'
    planted = page.add_after(page.of("measure")[0], many)
    page = Page(planted.text, page.chance)
    node = page.pick_of("segment")
    line = 'segment nobody_at_all "Nobody at all" when how_many_rows >= 10 and how_many_rows < 5'
    return page.add_after(node, line)


def bounds_reversed(page: Page) -> Planted:
    """`between` has its higher bound first."""
    node = page.pick_of("segment")
    source = page.parent(page.pick_of("source.many")).value("name").text
    line = f'segment back_to_front "Back to front" when (count of {source}) between 20 and 10'
    return page.add_after(node, line)


def weak_and_essential(page: Page) -> Planted:
    """A channel we cannot do without is managed poorly, and nothing is done about it."""
    essential = [page.parent(n) for n in page.of("channel.essential")]
    channel = page.pick(
        c for c in essential if not any(n.statement.id == "channel.remedy" for n in c.children)
    )
    managed = next(c for c in channel.children if c.statement.id == "channel.managed")
    planted = page.say(managed, "managed poorly")
    return Planted(planted.text, planted.lines | {channel.line})


def address_without_a_purpose(page: Page) -> Planted:
    """A channel's address is a field that states no purpose. The address or the field may be blamed."""
    fields = [n for n in page.of("field") if re.fullmatch(r"field \w+ \w+( from \"\w+\")?", page.line_of(n))]
    one = [n for n in fields if any(c.statement.id == "source.one" for c in page.parent(n).children)]
    key = page.of("source.one")[0].value("key").text
    field = page.pick(n for n in one if n.value("name").text != key)
    name = f"{page.parent(field).value('name').text}.{field.value('name').text}"
    channel = page.pick(
        n for n in page.of("channel") if not any(c.statement.id == "channel.address" for c in n.children)
    )
    planted = page.add_below(channel, f"address {name}")
    at = min(planted.lines)
    return Planted(planted.text, planted.lines | {field.line + (field.line >= at)})


def cell_twice(page: Page) -> Planted:
    """A cell of the matrix is filled twice."""
    node = page.pick_of("matrix.tactic", "matrix.nothing")
    row, column = node.value("row").text, node.value("column").text
    last = page.parent(node).children[-1]
    return page.add_after(last, f'tactic {row}, {column} nothing because "Said once more, otherwise"')


def everyone_held_out(page: Page) -> Planted:
    """A holdout takes more than everyone."""
    return page.say(page.pick_of("action.hold_out"), "hold out 120%")


def not_with_itself(page: Page) -> Planted:
    """An action excludes itself."""
    node = page.pick_of("action.owner")
    return page.add_after(node, f"not with {page.parent(node).value('name').text}")


def after_itself(page: Page) -> Planted:
    """An action waits for itself."""
    node = page.pick_of("action.owner")
    return page.add_after(node, f"after {page.parent(node).value('name').text} within 30 days")


def after_each_other(page: Page) -> Planted:
    """Two actions wait for each other. Either may be blamed."""
    first, second = page.chance.sample(page.of("action"), 2)
    names = [n.value("name").text for n in (first, second)]
    one = page.add_below(first, f"after {names[1]} within 30 days")
    again = Page(one.text, page.chance)
    other = again.add_below(next(n for n in again.of("action") if n.value("name").text == names[1]),
                            f"after {names[0]} within 30 days")  # fmt: skip
    moved = {line + (line >= min(other.lines)) for line in one.lines}
    return Planted(other.text, other.lines | moved)


def no_action_at_all(page: Page) -> Planted:
    """Every customer gets at most no action."""
    return page.say(page.of("decide.at_most")[0], "at most 0 actions per customer")


def limit_of_none(page: Page) -> Planted:
    """A channel's limit lets nothing through."""
    node = page.pick_of("channel.limit")
    return page.say(node, re.sub(r"limit \d+ per", "limit 0 per", page.line_of(node)))


def two_main_values(page: Page) -> Planted:
    """Two values are marked `main`."""
    name = page.names("value")[0]
    return page.add_after(page.of("value")[-1], f'value rival "A rival" main = {name} * 2')


def quiet_for_no_time(page: Page) -> Planted:
    """Quiet hours end when they start."""
    return page.say(page.pick_of("policy.quiet"), "quiet from 20:00 to 20:00")


def survey_without_dates(page: Page) -> Planted:
    """Answers have no date, so they never grow old. The source, or its `retired after`, may be blamed."""
    surveys = [page.parent(n) for n in page.of("source.one")]
    dated = [c for s in surveys for c in s.children if c.statement.id == "source.dated_by"]
    node = page.pick(dated)
    planted = page.cut(node, page.parent(node))
    retired = next(c for c in page.parent(node).children if c.statement.id == "source.retired")
    return Planted(planted.text, planted.lines | {retired.line - (retired.line > node.line)})


def two_stages_of_a_name(page: Page) -> Planted:
    """A stage has the name of another."""
    node = page.pick_of("journey.stage")
    last = page.of("journey.stage")[-1]
    return page.add_after(last, f'stage {node.value("name").text} "Once more" is loyalty')
