"""Faults of kind and unit: money beside days, text that is added, a condition that is none."""

from __future__ import annotations

import re

from stratagem.dsl.expressions import syntax as x
from stratagem.dsl.nodes import Node
from stratagem.dsl.values import Duration, Money
from tests.faults.page import Page, Planted, parts


def _other(page: Page) -> str:
    return "JPY" if page.currency() != "JPY" else "CHF"


def money_plus_days(page: Page) -> Planted:
    """Money and days are added."""
    node = page.pick(n for n in page.of("action.worth") if " = " in page.line_of(n))
    return page.say(node, f"{page.line_of(node)} + 2 days")


def money_beside_a_number(page: Page) -> Planted:
    """Money is compared with a bare number."""
    literal = page.pick(page.compared(Money))
    return page.put(literal.span, "150")


def other_currency(page: Page) -> Planted:
    """Money is compared with money in another currency."""
    literal = page.pick(page.compared(Money))
    return page.put(literal.span, f"150 {_other(page)}")


def days_beside_months(page: Page) -> Planted:
    """Days are compared with months."""
    literal = page.pick(p for p in page.compared(Duration) if getattr(p.value, "family", "") == "days")
    return page.put(literal.span, "4 months")


def money_for_days(page: Page) -> Planted:
    """Days are compared with money."""
    return page.put(page.pick(page.compared(Duration)).span, f"40 {page.currency()}")


def chance_in_money(page: Page) -> Planted:
    """A chance is an amount of money."""
    node = page.pick(n for n in page.of("action.chance") if " = " in page.line_of(n))
    return page.say(node, f"chance = 12 {page.currency()}")


def worth_without_money(page: Page) -> Planted:
    """A worth is a bare number."""
    return page.say(page.pick(n for n in page.of("action.worth") if " = " in page.line_of(n)), "worth = 30")


def costs_in_days(page: Page) -> Planted:
    """A cost is a time."""
    return page.say(page.pick_of("channel.costs"), "costs 3 days")


def value_without_money(page: Page) -> Planted:
    """A customer's value is a count."""
    source = page.parent(page.pick_of("source.many")).value("name").text
    return page.add_after(page.of("value")[-1], f'value visits_paid "What visits are worth" = count of {source}')


def text_added_up(page: Page) -> Planted:
    """Texts are added up."""
    source, field = page.pick(_fields(page, "text"))
    return page.add_after(page.pick_of("measure"), f'measure all_of_it "All of it" = sum of {source}.{field}')


def _fields(page: Page, kind: str) -> list[tuple[str, str]]:
    """Fields of one kind in sources with many rows per customer."""
    found = []
    for source in page.of("source"):
        if any(c.statement.id == "source.many" for c in source.children):
            fields = [c for c in source.children if c.statement.id == "field"]
            same = [c for c in fields if getattr(c.value("type"), "kind", "") == kind]
            found += [(source.value("name").text, c.value("name").text) for c in same]
    return found


def window_without_dates(page: Page) -> Planted:
    """A window over a source whose rows have no date. Each line that needs the date may be blamed."""
    node = page.pick(n for n in page.of("source.dated_by") if _windows(page, page.parent(n).value("name").text))
    source = page.parent(node).value("name").text
    start, end = page.start(node), page.end(node)
    lines = frozenset(line if line < start else line - (end - start + 1) for line in _windows(page, source))
    return Planted(page.cut(node, page.parent(node)).text, lines)


def _windows(page: Page, source: str) -> set[int]:
    """Lines with an aggregate over a source that needs its rows' dates."""
    found = set()
    for node in page.rules:
        slots = [slot.value for slot in node.slots.values() if isinstance(slot.value, x.Syntax)]
        for top in (node.when, node.formula, *slots):
            for part in parts(top) if top else ():
                dated = isinstance(part, x.Aggregate) and (part.window or part.kind in ("first", "latest"))
                if isinstance(part, x.Aggregate) and dated and part.subject.path[0] == source:
                    found.add(part.span.line)
    return found


def no_condition_at_all(page: Page) -> Planted:
    """`unless` is followed by a figure."""
    source = page.parent(page.pick_of("source.many")).value("name").text
    return page.add_after(page.pick_of("action.owner"), f"unless count of {source}")


def threshold_in_another_unit(page: Page) -> Planted:
    """A tier starts at a bare number where its siblings start at money."""
    node = page.pick(n for n in page.of("tier.from") if _amount(page, n))
    return page.say(node, re.sub(r"[\d.,]+ [A-Z]{3}$", "12", page.line_of(node)))


def _amount(page: Page, node: Node) -> bool:
    return re.search(r"[\d.,]+ [A-Z]{3}$", page.line_of(node)) is not None


def wrong_argument(page: Page) -> Planted:
    """A function is given what it does not take."""
    return page.add_after(page.pick_of("measure"), f'measure its_month "Its month" = month(12 {page.currency()})')


def too_many_arguments(page: Page) -> Planted:
    """A function is given more than it takes."""
    return page.add_after(page.pick_of("measure"), 'measure rounded "Rounded" = abs(3, 4, 5)')


def pattern_of_another_kind(page: Page) -> Planted:
    """A text is matched with a pattern that looks ahead."""
    source, field = page.pick(_fields(page, "text"))
    line = f'measure looked_ahead "Looked ahead" = any {source} where {field} matches "a(?=b)"'
    return page.add_after(page.pick_of("measure"), line)


def cases_of_two_kinds(page: Page) -> Planted:
    """One case gives a share, another days."""
    tops = [n for n in page.of("action.chance") if isinstance(n.formula, x.Cases) and n.formula.otherwise]
    node = page.pick(tops)
    assert isinstance(node.formula, x.Cases) and node.formula.otherwise
    return page.put(node.formula.otherwise.span, "8 days")


def choice_beside_a_number(page: Page) -> Planted:
    """A choice is compared with a number."""
    fields = [n for n in page.of("field") if getattr(n.value("type"), "kind", "") == "one of"]
    one = [n for n in fields if any(c.statement.id == "source.one" for c in page.parent(n).children)]
    node = page.pick(one)
    name = f"{page.parent(node).value('name').text}.{node.value('name').text}"
    return page.add_after(page.pick_of("action.owner"), f"unless {name} >= 3")


def metric_about_one(page: Page) -> Planted:
    """A metric is about one customer instead of many."""
    metric = page.pick(n for n in page.of("metric") if " = " in page.line_of(n))
    fact = page.pick(n.value("name").text for n in page.of("measure"))
    return page.say(metric, f"{page.line_of(metric).split(' = ')[0]} = {fact}")


def goal_in_two_units(page: Page) -> Planted:
    """A goal starts at money and ends at a share."""
    node = page.pick(n for n in page.of("goal.figures") if "%" in page.line_of(n))
    return page.say(node, re.sub(r"from [\d.]+%", f"from 32 {page.currency()}", page.line_of(node)))


def milepost_in_another_unit(page: Page) -> Planted:
    """A milepost is in money where the metric is a share."""
    node = page.pick(n for n in page.of("goal.milepost") if "%" in page.line_of(n))
    return page.say(node, re.sub(r"milepost [\d.]+%", f"milepost 30 {page.currency()}", page.line_of(node)))


def limit_in_money(page: Page) -> Planted:
    """A contact limit is an amount of money."""
    return page.say(page.pick_of("channel.limit"), f"limit 2 {page.currency()} per 7 days")


def budget_without_money(page: Page) -> Planted:
    """A budget is a bare number per quarter."""
    node = page.pick_of("resources.budget")
    return page.say(node, re.sub(r" [A-Z]{3} per", " per", page.line_of(node)))


def rank_by_a_fact(page: Page) -> Planted:
    """The rank reads a word that is no part of a score."""
    return page.say(page.of("decide.rank")[0], "rank by chance * wroth - cost")


def silence_after_no_date(page: Page) -> Planted:
    """A silence starts at a count instead of a date."""
    source = page.parent(page.pick_of("source.many")).value("name").text
    node = page.of("policy")[0]
    return page.add_below(node, f"silence 5 days after count of {source}")
