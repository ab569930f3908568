"""Figures in slots: shares within 0–100 %, durations and limits above nothing, amounts of the kind their slot takes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from stratagem.dsl.check.context import Block, Context
from stratagem.dsl.check.lengths import size
from stratagem.dsl.diagnostics.diagnostic import Edit, Fix
from stratagem.dsl.model.actions import Action, Decide, HoldOut, PlanSlot, SpendCap
from stratagem.dsl.model.base import Part, literal_text
from stratagem.dsl.model.facts import Customisation, Market
from stratagem.dsl.model.means import Budget, Channel, Limit, Offer, Quiet, Resource
from stratagem.dsl.record import names, values
from stratagem.dsl.values import Duration, Money, Rate, Share

SHARES: dict[type[Part], tuple[str, ...]] = {
    Action: ("hold_out",),
    HoldOut: ("share",),
    SpendCap: ("share",),
    Market: ("share_aimed_at",),
}
RATES: dict[type[Part], dict[str, str]] = {
    Limit: {"rate": "number"},
    Channel: {"capacity": "number"},
    Offer: {"stock": "number"},
    Resource: {"hours": "number", "ongoing": "money"},
    Budget: {"amount": "money"},
    Market: {"frequency": "number"},
    Customisation: {"cost": "money"},
}
"""Of each rate, whether it counts or costs."""
WHOLE: dict[type[Part], str] = {Decide: "at_most", PlanSlot: "takes"}


_LENGTHS = frozenset((Duration, Rate))


def figures(c: Context) -> None:
    """Every literal of every part."""
    c.through(_figures, reads="own")


def _figures(c: Context, block: Block) -> None:
    for part in block.parts:
        for field in SHARES.get(type(part), ()):
            _share(c, part, field)
        for field, wanted in RATES.get(type(part), {}).items():
            _rate(c, part, field, wanted)
        found = values(part)
        if not _LENGTHS.isdisjoint(map(type, found)):
            for field, value in zip(names(part), found, strict=True):
                if isinstance(value, (Duration, Rate)):
                    _above_nothing(c, part, field, value)
        if isinstance(part, Quiet) and part.start == part.end:
            c.findings.add("S464", part.place("end"))
        counted = WHOLE.get(type(part))
        count = getattr(part, counted) if counted is not None else None
        if counted is not None and isinstance(count, int) and count < 1:
            c.findings.add("S481", part.place(counted), count=count)


def _share(c: Context, part: Part, field: str) -> None:
    value = getattr(part, field)
    if isinstance(value, Share) and not 0 <= value.value <= 1:
        lower = [literal_text(Share(value.value / n)) for n in (10, 100) if 0 < value.value / n <= 1]
        place = part.place(field)
        fixes = [Fix(f"Write {text} (this assumes that a point was lost)", (Edit(place, text),)) for text in lower]
        c.findings.add("S486", place, fixes=fixes, value=literal_text(value))


def _above_nothing(c: Context, part: Part, field: str, value: Duration | Rate) -> None:
    figure = size(value)
    lowest = Decimal(0)
    may_be_none = isinstance(value, Rate) and not isinstance(part, Limit)
    if figure is not None and (figure < lowest or (figure == lowest and not may_be_none)):
        place, text = part.place(field), literal_text(value)
        one = f"1{text[1:]}" if text.startswith("0 ") else ""
        fix = Fix(f"Write {one} (this assumes that the least is meant)", (Edit(place, one),)) if one else None
        c.findings.add("S465", place, fixes=[fix], value=text)


def _rate(c: Context, part: Part, field: str, wanted: str) -> None:
    value = getattr(part, field)
    if not isinstance(value, Rate):
        return
    costs = isinstance(value.amount, Money)
    if costs is not (wanted == "money"):
        should = "an amount of money per period" if wanted == "money" else "a number per period, not money"
        fixes = [_in_money(c, part, field)]
        c.findings.add("S466", part.place(field), fixes=fixes, value=literal_text(value), should=should)
    elif isinstance(part, Budget):
        _calendar(c, part, value)


def _in_money(c: Context, part: Part, field: str) -> Fix | None:
    """The same figure with the strategy's currency, or without one."""
    value, place, code = getattr(part, field), part.place(field), c.strategy.header.currency
    amount, _, period = literal_text(value).partition(" per ")
    if isinstance(value.amount, Money):
        figure = amount.split(" ")[0]
        return Fix(f"Write {figure} per {period} (this assumes that a number is meant)",
                   (Edit(place, f"{figure} per {period}"),))  # fmt: skip
    if code is None:
        return None
    new = f"{amount} {code} per {period}"
    return Fix(f"Write {new} (this assumes {code})", (Edit(place, new),))


def _calendar(c: Context, part: Part, value: Any) -> None:
    """Budgets run by calendar weeks, months, quarters or years."""
    if value.per.count != 1 or value.per.unit not in ("day", "week", "month", "quarter", "year"):
        c.findings.add("S467", part.place("amount"), value=literal_text(value))
