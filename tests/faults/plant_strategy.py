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
    later = stages[stages.index(stage) + 1 :] or [s for s in stages[:-1] if s.value("name").text != move.value("source").text]
    other = page.pick(later).value("name").text
    planted = page.put(move.value("target").span, other)
    return Planted(planted.text, frozenset({stage.line}))


def move_to_itself(page: Page) -> Planted:
    """A move ends where it starts."""
    move = page.pick_of("journey.move")
    stage = move.value("target").text
    return page.add_after(move, f"move {stage} to {stage} when {page.pick(page.names('segment'))}")


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
    fields = [n for n in page.of("field") if re.match(r"field \w+ text(?!.* personal for)", page.line_of(n))]
    one = [n for n in fields if any(c.statement.id == "source.one" for c in page.parent(n).children)]
    field = page.pick(one)
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


def steps_out_of_order(page: Page) -> Planted:
    """A later stage is an earlier step of the way. Either of the two may be blamed."""
    stages = page.of("journey.stage")
    n = page.chance.randrange(1, len(stages) - 1)
    steps = [s.value("step") for s in stages[n : n + 2]]
    lines = list(page.lines)
    for stage, old, new in zip(stages[n : n + 2], steps, reversed(steps), strict=True):
        lines[stage.line - 1] = re.sub(rf"is {old}$", f"is {new}", lines[stage.line - 1])
    return Planted("\n".join(lines), frozenset(s.line for s in stages[n : n + 2]))


def move_twice(page: Page) -> Planted:
    """A move is declared twice, condition and all."""
    move = page.pick_of("journey.move")
    return page.add_after(move, page.line_of(move))


def goal_that_changes_nothing(page: Page) -> Planted:
    """A goal ends where it starts."""
    node = page.pick(n for n in page.of("goal.figures") if "%" in page.line_of(n))
    start = re.findall(r"[\d.]+%", page.line_of(node))[0]
    return page.say(node, re.sub(r"to [\d.]+%", f"to {start}", page.line_of(node)))


def mileposts_that_go_back(page: Page) -> Planted:
    """The later of two mileposts is further from the target. Either may be blamed."""
    goal = page.pick(g for g in page.of("goal") if len([c for c in g.children if c.statement.id == "goal.milepost"]) > 1)
    first, second = [c for c in goal.children if c.statement.id == "goal.milepost"][:2]
    lines = list(page.lines)
    for one, other in ((first, second), (second, first)):
        figure = re.findall(r"[\d.]+%", page.line_of(other))[0]
        lines[one.line - 1] = re.sub(r"[\d.]+%", figure, page.lines[one.line - 1])
    return Planted("\n".join(lines), frozenset({first.line, second.line}))


def goal_in_the_past(page: Page) -> Planted:
    """A goal is over before the strategy starts."""
    node = page.pick_of("metric.target", "objective.figures")
    return page.say(node, re.sub(r"by \d{4}", "by 2009", page.line_of(node)))


def share_above_all(page: Page) -> Planted:
    """A metric that is a share is to be more than all."""
    node = page.pick(n for n in page.of("metric.target") if "%" in page.line_of(n))
    return page.say(node, re.sub(r"[\d.]+%", "140%", page.line_of(node)))


def margin_above_price(page: Page) -> Planted:
    """An offer earns more than it costs its buyer."""
    priced = [page.parent(n) for n in page.of("offer.price") if n.value("price").amount > 0]
    margin = page.pick(c for offer in priced for c in offer.children if c.statement.id == "offer.margin")
    return page.say(margin, f"margin 9,000 {page.currency()}")


def retired_before_renewed(page: Page) -> Planted:
    """Data is dropped sooner than it is made anew."""
    node = page.pick(n for n in page.of("source.retired") if _renewed(page, n))
    return page.say(node, "retired after 1 hour")


def _renewed(page: Page, node: Node) -> bool:
    """Does its source say how often it is made anew, and by what its rows grow old."""
    beside = {c.statement.id for c in page.parent(node).children}
    return {"source.refreshed", "source.dated_by"} <= beside


def choice_twice(page: Page) -> Planted:
    """A field lists a choice twice."""
    node = page.pick(n for n in page.of("field") if getattr(n.value("type"), "kind", "") == "one of")
    last = node.value("type").options[-1]
    written = page.lines[last.span.line - 1][last.span.column - 1 : last.span.end_column - 1]
    return page.put(last.span, f"{written}, {written}")


def identity_of_another_name(page: Page) -> Planted:
    """A source is joined by a field that is not the customers' identity."""
    sources = [n for n in page.of("source.many") if _other_text(page, n)]
    node = page.pick(sources)
    return page.say(node, f"many per customer by {page.pick(_other_text(page, node))}")


def _other_text(page: Page, shape: Node) -> list[str]:
    """Text fields of its source that are no identity and no key."""
    keys = {w.text for n in page.of("source.one", "source.many", "source.lookup") for w in n.words("key")}
    fields = [c for c in page.parent(shape).children if c.statement.id == "field"]
    kinds = {c.value("name").text: getattr(c.value("type"), "kind", "") for c in fields}
    return [name for name, kind in kinds.items() if kind in ("text", "one of") and name not in keys]


def next_before_top(page: Page) -> Planted:
    """A block of tiers starts with `next`."""
    tier = page.pick(n for n in page.of("tier.top"))
    return page.say(tier, page.line_of(tier).replace(" top ", " next ", 1))


def matrix_of_one_side(page: Page) -> Planted:
    """A matrix has the same tiers as rows and columns."""
    node = page.of("matrix")[0]
    return page.put(node.value("columns").span, node.value("rows").text)


def cell_left_out(page: Page) -> Planted:
    """A cell of the matrix is left out."""
    node = page.pick_of("matrix.tactic", "matrix.nothing")
    return page.cut(node, page.parent(node))


def goal_nobody_serves(page: Page) -> Planted:
    """No action serves a goal."""
    node = page.of("goal")[-1]
    metric = page.pick(page.names("metric"))
    objective = node.value("supports") or node.words("supports")[0]
    name = objective.text if hasattr(objective, "text") else objective[0].text
    lines = [f'goal unserved_goal "A goal nobody serves" supports {name}', f"  measured by {metric}"]
    return page.add_after(node, *lines)


def address_of_the_wrong_kind(page: Page) -> Planted:
    """A channel's address is a figure."""
    field = page.pick(
        n
        for n in page.of("field")
        if re.match(r"field \w+ number", page.line_of(n))
        and any(c.statement.id == "source.one" for c in page.parent(n).children)
    )
    channel = page.pick(
        n for n in page.of("channel") if not any(c.statement.id == "channel.address" for c in n.children)
    )
    return page.add_below(channel, f"address {page.parent(field).value('name').text}.{field.value('name').text}")


def former_name_in_use(page: Page) -> Planted:
    """A thing was once called what another is called now."""
    first, second = page.chance.sample(page.of("offer"), 2)
    return page.add_below(first, f"once called {second.value('name').text}")


def group_named_as_a_source(page: Page) -> Planted:
    """A group has the name of a source."""
    customer = page.of("customer")[0]
    source = page.pick(page.parent(n).value("name").text for n in page.of("source.many"))
    field = page.pick(sorted(_customer_fields(page)))
    return page.add_below(customer, f"group {source} by {field}")


def _customer_fields(page: Page) -> set[str]:
    found = set()
    for source in page.of("source"):
        keys = [w.text for c in source.children if c.statement.id == "source.one" for w in c.words("key")]
        if keys:
            found |= {c.value("name").text for c in source.children if c.statement.id == "field"} - set(keys)
    return found


def no_identity(page: Page) -> Planted:
    """The customer block does not say what identifies a customer."""
    node = page.of("customer.identified_by")[0]
    return page.cut(node, page.parent(node))
