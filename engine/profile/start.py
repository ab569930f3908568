"""A first strategy from data files: tiers, stages, a goal and two actions that run on the files at once.

In: roles, a name, a currency, a day. Out: the text of the strategy, and the day to plan for. Figures of the data decide
its thresholds; what no file can say (a margin, how many answer) stands as an assumption to be changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from stratagem.engine.profile import write
from stratagem.engine.profile.figures import COMMON, Rhythm, main_figures, number, rhythm, usual_amount
from stratagem.engine.profile.roles import Role, Roles
from stratagem.engine.profile.tables import Unusable

LISTED = 0.95
MARGIN, WIN_BACK = 0.3, 0.025
"""What is assumed of an amount to be left, and how many who stayed away answer: half of those who did not."""


@dataclass(frozen=True)
class Start:
    """The strategy's text, canonical, the day that its data speak of, and the files that it reads."""

    text: str
    as_of: date
    files: tuple[Path, ...] = ()


def first_strategy(roles: Roles, name: str, currency: str, today: date) -> Start:
    """A whole strategy. Raises Unusable where the files hold nothing that customers could be told apart by."""
    from stratagem.dsl.format import format_source
    from stratagem.dsl.source import SourceText

    events = [role for role in roles.of("many") if role.dated]
    main = max(events, key=lambda role: (bool(role.price), role.table.height), default=None)
    made = _OverTime(roles, main, name, currency, today) if main else _AtOnce(roles, name, currency, today)
    text = "\n".join(made.lines()) + "\n"
    read = tuple(role.table.path for role in roles.all if role.table.name in made.used)
    return Start(format_source(SourceText(name, text)), made.as_of, read)


class _Strategy:
    """What both kinds have in common."""

    roles: Roles
    name: str
    currency: str
    as_of: date
    used: dict[str, list[str]]
    """Fields that the strategy reads, by source."""
    listed: Role | None = None
    """The source that lists the customers, where one does."""

    def lines(self) -> Iterator[str]:
        yield "language 1"
        yield ""
        yield "## A first strategy, made from data files. What they could not say is assumed: see the lines `assume`."
        yield f'strategy {self.name} "{write.label(self.name)}"'
        yield f"  currency {self.currency}"
        yield ""
        yield from self.business()
        yield "# ---- What we know ----"
        yield ""
        yield from self.customers()
        for role in self.roles.all:
            if role.table.name in self.used:
                yield from write.source(role, self.roles, self.used[role.table.name])
                yield from _rest(role, self.used[role.table.name])
                yield ""
        yield from self.body()

    def business(self) -> Iterator[str]:
        yield "business"
        yield '  vision "Customers who stay because we know what they like" for more_return'
        yield '  objective more_return "More customers who come back"'
        low, high = self.share()
        yield f"    from {low}% to {high}% by {self.later(365)}"
        yield ""

    def customers(self) -> Iterator[str]:
        yield 'customer buyer "Someone in our files"'
        yield f"  identified by {self.roles.identity or 'row number'}"
        if self.listed is not None:
            yield f"  listed in {self.listed.table.name}"
        yield ""

    def channel(self) -> Iterator[str]:
        address = self.address()
        name, words, medium = ("mail", "E-mail", "online") if address else ("letter", "Letter", "post")
        yield f'channel {name} "{words}" outbound'
        yield f"  medium {medium}"
        if address:
            yield f"  address {address}"
        cost = min(0.02 if address else 0.50, self.dearest())
        yield f"  costs {cost:.6f}".rstrip("0").rstrip(".") + f" {self.currency}  # assumed"
        yield "  limit 1 per 7 days"
        yield ""

    def address(self) -> str:
        """The field with an e-mail address, where a file that describes customers has one."""
        for role in self.roles.of("one"):
            for name, column in role.table.columns.items():
                if column.personal == "email":
                    self.use(role, self.roles.identity, name)
                    return f"{role.table.name}.{name}"
        return ""

    def goal(self, condition: str) -> Iterator[str]:
        low, high = self.share()
        yield 'goal come_back "More customers come back" supports more_return'
        yield "  aims at retention"
        yield f"  measured by came_back = share of customers where {condition}"
        yield f"  from {low}% to {high}% by {self.later(365)}"
        yield f"  milepost {(low + high) / 2:g}% by {self.later(182)}"
        yield ""

    def action(self, name: str, words: str, more: list[str]) -> Iterator[str]:
        channel = "mail" if self.address() else "letter"
        yield f'action {name} "{words}"'
        yield "  serves come_back"
        yield from (f"  {line}" for line in more if not line.startswith(" "))
        yield f"  through {channel}"
        yield f"  message {channel}"
        yield f'    subject "{words}"'
        yield from (f"    {line.strip()}" for line in more if line.startswith(" "))
        yield ""

    def use(self, role: Role, *names: str) -> None:
        kept = self.used.setdefault(role.table.name, [])
        kept += [name for name in names if name and name not in kept]

    def later(self, days: int) -> date:
        return self.as_of + timedelta(days=days)

    def share(self) -> tuple[int, int]:
        """Where the goal stands and where it is to be, in percent."""
        raise NotImplementedError

    def dearest(self) -> float:
        """What a contact may cost at most to be worth it for the usual customer, in the strategy's currency."""
        return 1.0

    def body(self) -> Iterator[str]:
        raise NotImplementedError


class _OverTime(_Strategy):
    """From rows over time: how much, how often, how long ago."""

    def __init__(self, roles: Roles, main: Role, name: str, currency: str, today: date) -> None:
        self.roles, self.main, self.name, self.currency = roles, main, name, currency
        self.listed = next((role for role in roles.of("one") if _lists(role, main)), None)
        self.rhythm: Rhythm = rhythm(main, today, self.listed.table.height if self.listed else None)
        self.as_of = self.rhythm.last + timedelta(days=1)
        self.used = {}
        self.use(main, roles.identity, main.dated, main.transaction, main.quantity, main.price)
        if self.listed is not None:
            self.use(self.listed, roles.identity)
        self.address()
        self.source = main.table.name
        self.amount = write.amount(main) if main.price else ""

    def share(self) -> tuple[int, int]:
        return _target(self.rhythm.again)

    def dearest(self) -> float:
        usual = usual_amount(self.main) if self.amount else None
        return max(1e-6, float(f"{usual * WIN_BACK * MARGIN / 2:.1g}")) if usual else super().dearest()

    def body(self) -> Iterator[str]:
        count = f"number of different {self.source}.{self.main.transaction}" if self.main.transaction else ""
        gap, often = self.rhythm.gap, self.rhythm.often
        yield "# ---- What follows from it ----"
        yield ""
        yield "assume reply_rate = 5%  # assumed: how many of those we write to come back because of it"
        yield (
            f"assume margin = {MARGIN:.0%}" if self.amount else f"assume worth_of_a_visit = 40 {self.currency}"
        ) + "  # assumed"
        yield ""
        if self.amount:
            yield f'measure spent_so_far "Spent so far" = sum of {self.source}.{self.amount}'
        yield f'measure times_so_far "Times so far" = {count or f"count of {self.source}"}'
        yield f'measure quiet_days "Days since the last time" = days since latest of {self.source}.{self.main.dated}'
        yield ""
        yield from _tiers("spent_so_far" if self.amount else "times_so_far", "times_so_far >= 1")
        yield 'journey path "From the first time to a regular"'
        yield '  stage newcomer "Newcomer" is aware'
        yield '  stage came_once "Came once" is purchase'
        yield '  stage came_again "Came again" is multiple_purchase'
        yield '  stage regular "Regular" is loyalty'
        yield "  move newcomer to came_once when times_so_far >= 1"
        yield "  move came_once to came_again when times_so_far >= 2"
        yield f"  move came_again to regular when times_so_far >= {often}"
        yield ""
        yield from self.goal(f"times_so_far >= {self.rhythm.times}")
        yield "# ---- What we do ----"
        yield ""
        yield from self.channel()
        worth = "worth = spent_so_far / times_so_far * margin" if self.amount else "worth = worth_of_a_visit"
        yield from self.action(
            "reminder", "It is about time again",
            ["for best, good", "at came_again, regular", f"when quiet_days between {gap} days and {3 * gap} days",
             "chance = reply_rate", worth, f"rests {gap} days",
             '  body "You usually come by about now: have a look at what is new."'],
        )  # fmt: skip
        yield from self.action(
            "win_back", "We have missed you",
            ["for best, good, small", f"when quiet_days > {3 * gap} days", "chance = reply_rate / 2", worth,
             f"rests {3 * gap} days", '  body "It has been a while. Here is what you may have missed."'],
        )  # fmt: skip
        yield from self.tests(gap)

    def tests(self, gap: int) -> Iterator[str]:
        yield "decide"
        yield "  at most 1 actions per customer"
        yield ""
        for words, quiet, expected in (
            ("Who has been away for long is won back", 4 * gap, "first action is win_back"),
            ("Who came a moment ago is left in peace", 0, "no action win_back because quiet_days"),
        ):
            yield f'test "{words}"'
            yield f"  on {self.as_of}"
            yield "  given"
            yield "    value_tier = good"
            yield f"    quiet_days = {quiet} days"
            yield "    times_so_far = 4"
            if self.amount:
                yield f"    spent_so_far = 900 {self.currency}"
            yield "  expect"
            yield f"    {expected}"
            yield ""


class _AtOnce(_Strategy):
    """From one row for each customer: by the figure in which customers differ most."""

    def __init__(self, roles: Roles, name: str, currency: str, today: date) -> None:
        self.roles, self.name, self.currency, self.as_of = roles, name, currency, today
        figures, self.main = _described(roles)
        self.figure = figures[0]
        values = self.main.table.figures(self.figure)
        self.high = _round(number(values.quantile(0.75)) or 1.0)
        self.again = int((values >= self.high).sum()) / max(1, values.len())
        self.low = next((n for n in figures[1:] if self._is_zero_for_some(n)), self.figure)
        self.used = {}
        self.use(self.main, roles.identity, self.figure, self.low)
        self.address()

    def _is_zero_for_some(self, name: str) -> bool:
        values = self.main.table.figures(name)
        return 0 < (values <= 0).sum() < COMMON * values.len()

    def share(self) -> tuple[int, int]:
        return _target(self.again)

    def body(self) -> Iterator[str]:
        column = self.main.table.columns[self.figure]
        unit = f" {self.currency}" if column.kind == "money" else ""
        low_unit = f" {self.currency}" if self.main.table.columns[self.low].kind == "money" else ""
        source = self.main.table.name
        figure, low = f"{source}.{self.figure}", f"{source}.{self.low}"
        yield "# ---- What follows from it ----"
        yield ""
        yield "assume reply_rate = 5%  # assumed: how many of those we write to do what we ask"
        yield f"assume worth_of_a_reply = 20 {self.currency}  # assumed"
        yield ""
        yield from _tiers(figure, None)
        yield 'journey path "From known to strong"'
        yield '  stage newcomer "Newcomer" is aware'
        yield '  stage active "Active" is purchase'
        yield '  stage strong "Strong" is loyalty'
        yield f"  move newcomer to active when {low} > 0{low_unit}"
        yield f"  move active to strong when {figure} >= {self.high:,g}{unit}"
        yield ""
        yield from self.goal(f"{figure} >= {self.high:,g}{unit}")
        yield "# ---- What we do ----"
        yield ""
        yield from self.channel()
        worth = ["chance = reply_rate", "worth = worth_of_a_reply"]
        if self.roles.identity:  # who has only a row number has no history to rest by
            worth.append("rests 60 days")
        yield from self.action(
            "thanks", "A word of thanks",
            ["for best", *worth, '  body "You are one of those who make our work worth while. Thank you."'],
        )  # fmt: skip
        yield from self.action(
            "closer", "A little more of us",
            ["for good, small", "at newcomer, active", *worth,
             '  body "Here is something that others like you have come to like."'],
        )  # fmt: skip
        yield "decide"
        yield "  at most 1 actions per customer"
        yield ""
        for words, tier, expected in (
            ("The best are thanked", "best", "first action is thanks"),
            ("The best are not asked for more", "best", "no action closer because segment"),
        ):
            yield f'test "{words}"'
            yield f"  on {self.as_of}"
            yield "  given"
            yield f"    value_tier = {tier}"
            yield "  expect"
            yield f"    {expected}"
            yield ""


def _described(roles: Roles) -> tuple[list[str], Role]:
    """The first file that says of each customer a figure by which they differ, and those figures. Raises Unusable."""
    for role in roles.of("one"):
        if figures := main_figures(role.table, roles.identity):
            return figures, role
    names = " and ".join(role.table.path.name for role in roles.all if role.shape in ("one", "many"))
    several = len(roles.of("one") + roles.of("many")) > 1
    raise Unusable(
        f"{names} {'have' if several else 'has'} no figure by which customers differ, and no rows over time",
        "add a file with orders, visits or the like: one row for each, with its day and its customer.",
    )


def _lists(role: Role, main: Role) -> bool:
    """Does a file with a row for each customer have nearly all who came."""
    own, came = (r.table.rows[r.key].drop_nulls().cast(pl.String).unique() for r in (role, main))
    return came.is_in(own.implode()).sum() >= LISTED * came.len()


def _tiers(formula: str, condition: str | None) -> Iterator[str]:
    yield f'segments value_tier "By value" by {formula}' + (f" when {condition}" if condition else "")
    for name, words, bound, stance in (
        ("best", "Best", "top 20%", "invest"), ("good", "Good", "next 30%", "grow"),
        ("small", "Small", "otherwise", "keep"),
    ):  # fmt: skip
        yield f'  {name} "{words}" {bound}'
        yield f"    stance {stance}"
    yield ""


def _rest(role: Role, used: list[str]) -> Iterator[str]:
    """Columns that the strategy does not read yet."""
    rest = [column.header for name, column in role.table.columns.items() if name not in used]
    if rest:
        yield f"  # also in the file: {', '.join(rest)}"


def _target(share: float) -> tuple[int, int]:
    """Where a share stands, in whole percent, and a fifth of what is missing above it."""
    low = min(98, round(100 * share))
    return low, min(99, low + max(1, round((100 - low) / 5)))


def _round(value: float) -> float:
    """Two figures that say something: 1,536.52 is 1,500."""
    return float(f"{value:.2g}") if value else 1.0
