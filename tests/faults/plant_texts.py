"""Faults in message templates and in `test` blocks."""

from __future__ import annotations

import re

from stratagem.dsl.nodes import Node
from tests.faults.page import Page, Planted, slip


def _body(page: Page, addition: str) -> Planted:
    """Something more at the end of a message."""
    node = page.pick(n for n in page.of("message.body") if n.span.line == n.span.end_line)
    return page.say(node, page.line_of(node)[:-1] + f' {addition}"')


def _fact(page: Page) -> str:
    return page.pick(page.names("measure"))


def unknown_name_in_a_message(page: Page) -> Planted:
    """A message shows a name that is not declared."""
    return _body(page, "{{ frist_nmae }}")


def unknown_filter(page: Page) -> Planted:
    """A message uses a filter that does not exist."""
    return _body(page, "{{ " + _fact(page) + " | sparkle }}")


def braces_left_open(page: Page) -> Planted:
    """A message opens two braces and does not close them."""
    return _body(page, "{{ " + _fact(page))


def loop_in_a_message(page: Page) -> Planted:
    """A message runs a loop."""
    return _body(page, "{% for a in (1, 2) %}a{% endfor %}")


def inside_of_a_value(page: Page) -> Planted:
    """A message reaches into the inside of a value."""
    return _body(page, "{{ " + _fact(page) + ".__class__ }}")


def call_in_a_message(page: Page) -> Planted:
    """A message calls a value as if it were a function."""
    return _body(page, "{{ " + _fact(page) + "() }}")


def if_left_open(page: Page) -> Planted:
    """A message starts an `if` and does not end it."""
    return _body(page, "{% if " + _fact(page) + " %} more")


def row_field_in_a_message(page: Page) -> Planted:
    """A message shows a field of which a customer has many."""
    source = page.parent(page.pick_of("source.many"))
    field = page.pick(c.value("name").text for c in source.children if c.statement.id == "field")
    return _body(page, "{{ " + f"{source.value('name').text}.{field}" + " }}")


# ---- test blocks ----


def _given(page: Page) -> Node:
    return page.pick_of("test.given")


def unknown_given(page: Page) -> Planted:
    """A test gives what the strategy does not know."""
    return page.add_below(_given(page), "moonlight = 3")


def given_in_another_unit(page: Page) -> Planted:
    """A test gives days where the strategy has money."""
    free = [(node, v) for node in page.of("test.given") for v in page.names("value") if not _gives(node, v)]
    node, value = page.pick(free)
    return page.add_below(node, f"{value} = 3 days")


def _gives(node: Node, name: str) -> bool:
    """Does a test give this fact already."""
    return any(c.value("name").text == name for c in node.children if c.statement.id == "given.is")


def given_unknown_stage(page: Page) -> Planted:
    """A test places its customer at a stage that does not exist."""
    node = page.pick(n for n in page.of("test.given") if not re.search("stage = ", "\n".join(page.block(n))))
    return page.add_below(node, "stage = nowhere_at_all")


def cut_point_of_a_fixed_tier(page: Page) -> Planted:
    """A test states a cut-point for a tier whose figure the strategy states itself."""
    tier = page.pick_of("tier.from")
    block = page.parent(tier).value("name").text
    bound = page.line_of(tier).rsplit(" from ", 1)[1]
    return page.add_below(_given(page), f"{block} {tier.value('name').text} from {bound}")


def row_of_no_source(page: Page) -> Planted:
    """A test gives rows of a source that is not declared."""
    return page.add_below(_given(page), "moon_phases", "  phase 3")


def _row(page: Page) -> tuple[Node, int]:
    node = page.pick(n for n in page.of("given.rows") if n.rows)
    return node, page.pick(row.span.line for row in node.rows)


def row_with_an_unknown_field(page: Page) -> Planted:
    """A row of a test has a field that its source does not have."""
    _, number = _row(page)
    return page.rewrite(number, page.lines[number - 1] + ", colour 3")


def row_in_another_unit(page: Page) -> Planted:
    """A row of a test has money where its source has a date."""
    rows = [
        r
        for n in page.of("given.rows")
        for r in n.rows
        if re.search(r"_(on|at|date) \d{4}", page.lines[r.span.line - 1])
    ]
    number = page.pick(rows).span.line
    dated = r"(_(?:on|at|date)) \d{4}-\d\d-\d\d( \d\d:\d\d)?"
    return page.rewrite(number, re.sub(dated, rf"\1 7 {page.currency()}", page.lines[number - 1]))


def row_broken_off(page: Page) -> Planted:
    """A row of a test ends after a field's name."""
    _, number = _row(page)
    kept, comma, last = page.lines[number - 1].rpartition(", ")
    return page.rewrite(number, kept + comma + last.split()[0] if comma else page.lines[number - 1].rsplit(" ", 1)[0])


def unknown_expected_action(page: Page) -> Planted:
    """A test expects an action that is not declared."""
    node = page.pick_of("expect.first_action", "expect.no_action")
    word = node.value("action")
    return page.put(word.span, slip(word.text, page.chance) + "_x")


def unknown_expected_channel(page: Page) -> Planted:
    """A test expects a channel that is not declared."""
    word = page.pick_of("expect.first_channel").value("channel")
    return page.put(word.span, "pigeon_post")


def unknown_gate(page: Page) -> Planted:
    """A test names a gate or a name that nothing knows as the reason."""
    node = page.pick(n for n in page.of("expect.no_action") if n.value("because"))
    return page.put(node.value("because").span, "bad_luck")


def expected_in_another_unit(page: Page) -> Planted:
    """A test expects money where the strategy has days, or the other way round."""
    return page.add_below(page.pick_of("test.expect"), f"{page.names('value')[0]} >= 3 days")


def unknown_expectation(page: Page) -> Planted:
    """A test expects something of a name that is not declared."""
    return page.add_below(page.pick_of("test.expect"), "moonlight >= 3")


def tier_of_another_block(page: Page) -> Planted:
    """A test expects a tier of another `segments` block."""
    one, other = page.chance.sample(page.of("segments"), 2)
    own = {c.value("name").text for c in one.children if c.statement.id.startswith("tier.")}
    names = [c.value("name").text for c in other.children if c.statement.id.startswith("tier.")]
    wrong = page.pick(n for n in names if n not in own)
    return page.add_below(page.pick_of("test.expect"), f"{one.value('name').text} is {wrong}")


def nothing_expected(page: Page) -> Planted:
    """A test expects nothing."""
    node = page.pick_of("test.expect")
    return page.cut(node, page.parent(node))


def no_day(page: Page) -> Planted:
    """A test has no day."""
    node = page.pick_of("test.on")
    return page.cut(node, page.parent(node))


def channel_as_first_action(page: Page) -> Planted:
    """A test expects a channel as the first action."""
    word = page.pick_of("expect.first_action").value("action")
    return page.put(word.span, page.pick(sorted(set(page.names("channel")) - set(page.names("action")))))


def given_twice(page: Page) -> Planted:
    """A test gives the same thing twice. Either line may be blamed."""
    node = page.pick(n for n in page.of("given.is") if n.slots.get("value") is not None)
    planted = page.add_after(node, page.line_of(node))
    return Planted(planted.text, planted.lines | {node.line})
