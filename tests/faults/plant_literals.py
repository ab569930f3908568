"""Faults in literals, signs and choices: what stands there is not a date, an amount, an operator or a known word."""

from __future__ import annotations

import re

from stratagem.dsl.expressions import syntax as x
from stratagem.dsl.values import Money
from tests.faults.page import Page, Planted, slip

DATED = ("goal.milepost", "goal.figures", "objective.figures", "strategy.version", "market.as_of", "test.on")
DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def equals_for_is(page: Page) -> Planted:
    """`=` stands where `is` compares."""
    is_ = page.pick(p for p in page.conditions() if isinstance(p, x.Is) and not p.negated)
    line = page.lines[is_.span.line - 1]
    between = line[is_.left.span.end_column - 1 : is_.right.span.column - 1]
    start = is_.left.span.end_column - 1
    return page.rewrite(is_.span.line, line[:start] + between.replace("is", "=") + line[is_.right.span.column - 1 :])


def _compare(page: Page, sign: str) -> Planted:
    found = page.pick(p for p in page.conditions() if isinstance(p, x.Compare) and p.op in (">=", "<="))
    line = page.lines[found.span.line - 1]
    start, end = found.left.span.end_column - 1, found.right.span.column - 1
    return page.rewrite(found.span.line, f"{line[:start]} {sign} {line[end:]}")


def signs_swapped(page: Page) -> Planted:
    """`=>` stands for `>=`."""
    return _compare(page, "=>")


def not_equal_sign(page: Page) -> Planted:
    """`!=` stands for `is not`."""
    return _compare(page, "!=")


def words_for_a_sign(page: Page) -> Planted:
    """`is greater than` stands for `>`."""
    return _compare(page, "is greater than")


def nothing_to_compare_with(page: Page) -> Planted:
    """A condition ends after its sign."""
    found = page.pick(
        p
        for p in page.conditions()
        if isinstance(p, x.Compare) and page.lines[p.span.line - 1].rstrip()[p.span.end_column - 1 :] == ""
    )
    return page.rewrite(found.span.line, page.lines[found.span.line - 1][: found.right.span.column - 1].rstrip())


def ampersands(page: Page) -> Planted:
    """`&&` stands for `and`."""
    node = page.pick(n for n in page.of("action.kind"))
    name = page.pick(page.names("segment"))
    return page.add_after(node, f"unless {name} && not {name}")


def if_without_else(page: Page) -> Planted:
    """`A if CONDITION` has no `else`."""
    name = page.pick(page.names("segment"))
    return page.add_after(page.pick_of("measure"), f'measure half_said "Said by half" = 3 if {name}')


def no_such_day(page: Page) -> Planted:
    """A date that no calendar has."""
    node = page.pick_of(*DATED)
    return page.say(node, DATE.sub(r"\1-02-30", page.line_of(node)))


def day_first(page: Page) -> Planted:
    """A date with the day first."""
    node = page.pick_of(*DATED)
    return page.say(node, DATE.sub(r"\3.\2.\1", page.line_of(node)))


def no_such_hour(page: Page) -> Planted:
    """A time that no clock shows."""
    node = page.pick_of("policy.quiet")
    return page.say(node, re.sub(r"\d\d:", "25:", page.line_of(node), count=1))


def currency_first(page: Page) -> Planted:
    """Money with its sign first: `€24`."""
    node = page.pick_of("offer.price", "offer.margin")
    return page.say(node, re.sub(r"([\d.,]+) [A-Z]{3}", "\u20ac\\1", page.line_of(node)))


def no_such_currency(page: Page) -> Planted:
    """The strategy's currency is no ISO code."""
    return page.say(page.of("strategy.currency")[0], "currency EUX")


def no_such_zone(page: Page) -> Planted:
    """The strategy's time zone is on no map."""
    node = page.of("strategy.currency", "strategy.owner")[0]
    zone = next((n for n in page.nodes if n.statement.id == "strategy.time_zone"), None)
    return page.say(zone, "time zone Europe/Atlantis") if zone else page.add_after(node, "time zone Europe/Atlantis")


def decimal_comma(page: Page) -> Planted:
    """A comma where the decimal point stands."""
    node = page.pick_of("offer.margin", "offer.price")
    return page.say(node, re.sub(r"[\d.,]+ ([A-Z]{3})", r"12,5 \1", page.line_of(node)))


def comma_in_a_list(page: Page) -> Planted:
    """`(1,200)`: one number or two."""
    fields = (n for n in page.of("field") if page.line_of(n) == f"field {n.value('name').text} number")
    places = list(fields) or [n for n in page.of("field") if getattr(n.value("type"), "kind", "") == "number"]
    node = page.pick(places)
    line = re.sub(r"(number(?: from \"[^\"]*\")?)", r"\1 missing as (1,200)", page.line_of(node), count=1)
    return page.say(node, line)


def slipped_unit(page: Page) -> Planted:
    """A unit of time with a slip of the pen."""
    node = page.pick_of("action.rests", "touchpoint.answers", "question.retired", "source.retired")
    *words, unit = page.line_of(node).split()
    return page.say(node, " ".join([*words, slip(unit, page.chance)]))


def money_for_time(page: Page) -> Planted:
    """An amount of money where a time is wanted."""
    node = page.pick_of("action.rests", "touchpoint.answers", "question.retired", "source.retired")
    *words, _, _ = page.line_of(node).split()
    return page.say(node, " ".join([*words, "12", page.currency()]))


def share_without_a_sign(page: Page) -> Planted:
    """A share without `%`."""
    return page.say(page.pick_of("action.hold_out"), "hold out 10")


def unknown_choice_word(page: Page) -> Planted:
    """A word that is none of those a statement takes."""
    node = page.pick_of("treated.stance", "action.kind", "channel.medium", "goal.aims_at", "action.capability")
    return page.say(node, page.line_of(node).rsplit(" ", 1)[0] + " splendid")


def unknown_field_type(page: Page) -> Planted:
    """A field of a type that does not exist."""
    plain = re.compile(r"field \w+ (text|number|money|date)")
    node = page.pick(n for n in page.of("field") if plain.fullmatch(page.line_of(n)))
    return page.say(node, page.line_of(node).rsplit(" ", 1)[0] + " string")


def money_without_currency(page: Page) -> Planted:
    """A price without its currency."""
    node = page.pick_of("offer.price", "offer.margin", "market.price")
    return page.say(node, re.sub(r" [A-Z]{3}$", "", page.line_of(node)))


def other_currency_in_a_slot(page: Page) -> Planted:
    """A price in a currency that is not the strategy's."""
    other = "JPY" if page.currency() != "JPY" else "CHF"
    node = page.pick(
        n for n in page.of("offer.price", "offer.margin") if isinstance(n.value(n.statement.id[6:]), Money)
    )
    return page.say(node, re.sub(r"[A-Z]{3}$", other, page.line_of(node)))
