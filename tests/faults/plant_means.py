"""Faults of what we do and with what: actions, channels, policy, offers, sources and who is a customer."""

from __future__ import annotations

import re

from stratagem.dsl.nodes import Node
from tests.faults.page import Page, Planted


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
    channel = page.pick(c for c in essential if not any(n.statement.id == "channel.remedy" for n in c.children))
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
