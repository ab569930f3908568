"""The head of the strategy: its language, currency, time zone, and the names things had before."""

from __future__ import annotations

import re
from collections import Counter

from stratagem.dsl.check.context import Block, Context
from stratagem.dsl.currencies import CURRENCIES
from stratagem.dsl.diagnostics.diagnostic import Edit, Fix, Label
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.base import Declared
from stratagem.dsl.record import names, values
from stratagem.dsl.source import Span
from stratagem.dsl.values import Money, Rate

LANGUAGE = 1
"""The version of the language that this checker reads."""


def complete(c: Context) -> None:
    """There is a strategy block, with a currency where there is money."""
    head = c.strategy.header
    if not head.name:
        file = next(iter(c.built.sources), "strategy")
        first = c.built.nodes[0].span if c.built.nodes else Span(file, 1, 1, 1, 1)
        c.findings.add("S402", first)
    elif head.currency is None:
        _no_currency(c)


def header(c: Context) -> None:
    """What the head says is in a language we read, with a currency and a time zone that exist."""
    head = c.strategy.header
    if not head.name:
        return
    if c.strategy.language != LANGUAGE:
        c.findings.add("S403", c.strategy.place("language"), version=c.strategy.language, known=LANGUAGE)
    if head.time_zone is not None and not _zone_exists(head.time_zone):
        close, at = _near_zones(head.time_zone), head.place("time_zone")
        said = " (this assumes that it is the zone meant)"
        fixes = [Fix(f"Write {zone}{said}", (Edit(at, zone),)) for zone in close]
        c.findings.add("S404", at, fixes=fixes, zone=head.time_zone, near=close)
    if head.currency is not None and head.currency not in CURRENCIES:
        at, most = head.place("currency"), _of_amounts(c)
        fixes = [Fix(f"Write {most} (this assumes the currency of the amounts)", (Edit(at, most),))] if most else []
        close = tuple(code for code in near(head.currency, CURRENCIES) if code == most or not most)
        c.findings.add("S405", at, fixes=fixes, currency=head.currency, near=close)


def _of_amounts(c: Context) -> str:
    """The currency in which most amounts of the strategy are written; empty where there is none."""
    written = (code for source in c.built.sources.values() for code in re.findall(r"\d ([A-Z]{3})\b", source.text))
    found = Counter(code for code in written if code in CURRENCIES)
    return found.most_common(1)[0][0] if found else ""


def _zone_exists(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


_ZONES = {
    "CET": "Europe/Berlin", "CEST": "Europe/Berlin", "MEZ": "Europe/Berlin", "GMT+1": "Europe/Berlin",
    "BST": "Europe/London", "IST": "Asia/Kolkata", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles",
    "PT": "America/Los_Angeles", "EDT": "America/New_York", "EST": "America/New_York", "ET": "America/New_York",
    "CST": "America/Chicago", "CDT": "America/Chicago", "MDT": "America/Denver", "MSK": "Europe/Moscow",
    "JST": "Asia/Tokyo", "SGT": "Asia/Singapore", "HKT": "Asia/Hong_Kong", "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney", "NZST": "Pacific/Auckland", "SAST": "Africa/Johannesburg", "BRT": "America/Sao_Paulo",
}  # fmt: skip
"""A city of the zone that letters mean most often; they mean others as well."""


def _near_zones(name: str) -> tuple[str, ...]:
    """The zone of a town, of letters, or the names that are a slip away."""
    from zoneinfo import available_timezones

    letters = _ZONES.get(name.upper().replace("UTC", "GMT"))
    if letters is not None:
        return (letters,)
    known = sorted(available_timezones())
    town = name.rsplit("/", 1)[-1].replace(" ", "_").lower()
    found = [zone for zone in known if "/" in zone and zone.rsplit("/", 1)[-1].lower() == town]
    return tuple(found[:1]) or near(name, [zone for zone in known if "/" in zone])


def _renamed(block: Block) -> tuple[Declared, ...]:
    """The parts that had another name before."""
    return tuple(part for part in block.parts if isinstance(part, Declared) and part.once_called)


def _no_currency(c: Context) -> None:
    """Money is used, and nothing says in which currency."""
    span, currency = _first_money(c)
    if span is None:
        return
    label = Label(span, "money is used here")
    code = currency or "EUR"
    fix = Fix(f"Add the line: currency {code}", (Edit(c.strategy.header.at.below(), f"  currency {code}\n"),))
    c.findings.add("S406", c.strategy.header.at, labels=[label], fixes=[fix], currency=code)


def _first_money(c: Context) -> tuple[Span | None, str | None]:
    for source in c.strategy.sources:
        for field in source.fields:
            if field.type.kind is Kind.MONEY:
                return field.at, None
    for part in c.parts:
        for name, value in zip(names(part), values(part), strict=True):
            amount = value.amount if isinstance(value, Rate) else value
            if isinstance(amount, Money):
                return part.place(name), amount.currency
    for formula in c.formulas:
        for expr in formula.nodes:
            if expr.type.kind is Kind.MONEY and expr.type.currency is not None:
                return expr.span, expr.type.currency
    return None, None


def former_names(c: Context) -> None:
    """`once called OLD` where OLD is still the name of something else of that kind."""
    renamed = [part for parts in c.of_each(_renamed) for part in parts]
    if not renamed:
        return
    living: dict[tuple[str, str], Declared] = {}
    for part in c.all(Declared):
        living.setdefault((type(part).__name__, part.name), part)
    for part in renamed:
        for old in part.once_called:
            other = living.get((type(part).__name__, old))
            if other is not None:
                label = Label(other.at, f"`{old}` is declared here")
                c.findings.add("S408", part.place("once_called"), labels=[label], name=part.name, old=old)
