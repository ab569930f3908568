"""Sound strategies by the hundred: `built(seed)`.

In: a seed. Out: a strategy as its top-level blocks, of a trade and with statements, styles and blocks chosen by lot.
Whatever is declared is used, and every figure can be met, so a check that has anything to say of one is wrong.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.mistakes.trades import TRADES, Trade


@dataclass
class Site:
    """A strategy while it is built: the dice, the trade, its blocks, and the names that must still be used."""

    dice: random.Random
    trade: Trade
    blocks: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    """Conditions over what is declared; each is used by an action or a segment."""

    def coin(self, chance: float = 0.5) -> bool:
        """Yes or no, by lot."""
        return self.dice.random() < chance

    def add(self, *lines: str) -> None:
        """A block, without its empty lines."""
        self.blocks.append("\n".join(line for line in lines if line))

    def maybe(self, line: str, chance: float = 0.5) -> str:
        """The line, or nothing."""
        return line if self.coin(chance) else ""

    def money(self, low: int, high: int) -> str:
        """An amount in the trade's currency."""
        return f"{self.dice.randrange(low, high):,} {self.trade.currency}"


def built(seed: int) -> list[str]:
    """The blocks of a strategy; the first is its `language` line."""
    dice = random.Random(seed)
    site = Site(dice, dice.choice(TRADES))
    _header(site)
    _data(site)
    _facts(site)
    _who(site)
    _means(site)
    _actions(site)
    _rest(site)
    return ["language 1", *site.blocks]


def _header(site: Site) -> None:
    trade, maybe = site.trade, site.maybe
    site.add(
        maybe(f"## What the {trade.name} wants of its customers, and they of it."),
        f'strategy {trade.name} "{trade.name.replace("_", " ").capitalize()}"',
        maybe(f"  version {site.dice.randrange(1, 9)} effective 2026-0{site.dice.randrange(1, 9)}-01"),
        maybe('  owner "Head of customers"'),
        f"  currency {trade.currency}",
        maybe(f"  time zone {trade.zone}", 0.9),
        maybe("  reviewed 2026-08-15 every 6 months"),
    )
    site.add(
        "business",
        f'  vision "Every {trade.customer.replace("_", " ")} comes back" for come_back',
        maybe('  model "What we sell, and to whom"'),
        maybe('  earns "A margin on every sale"'),
        maybe(f"  because {site.dice.choice(['competition', 'finite_customers', 'tight_budget, long_term_value'])}"),
        maybe("  relationship repeat mass for return"),
        "  functions marketing, service",
        '  objective come_back "More who come back"',
        "    from 40% to 50% by 2027-12-31",
    )
    site.add(f'customer {trade.customer} "Who deals with us"', f"  identified by {trade.id}")


def _data(site: Site) -> None:
    trade, maybe = site.trade, site.maybe
    aged = site.coin(0.3)
    site.add(
        f'source {trade.people} "Address book" from "{trade.people}.csv"',
        f"  one per customer by {trade.id}",
        "  dated by changed_on" if aged else "",
        maybe('  owner "Data office"'),
        maybe('  kept in "Customer database"'),
        maybe("  refreshed every 1 day"),
        "  retired after 48 months" if aged else "",
        f"  field {trade.id} text",
        "  field changed_on date" if aged else "",
        '  field email text personal for "mail they agreed to"',
        '  field first_name text personal for "greeting"',
        "  field mail_agreed yes_no" + maybe(' as ("J", "N")', 0.2),
        f"  field {trade.trait} one of ({', '.join(trade.traits)})" + maybe(' asked as "What suits you best?"', 0.3),
        "  field joined_on date" + maybe(' as "%d.%m.%Y"', 0.3),
        "  field household_size number" + maybe(" missing as (0, 99)", 0.3),
    )
    site.add(
        f'source {trade.rows} "{trade.row}s" from "{trade.rows}.csv"',
        f"  many per customer by {trade.id}",
        f"  dated by {trade.on}",
        maybe("  holds transactions"),
        maybe("  retired after 60 months"),
        f"  field {trade.id} text",
        f"  field {trade.on} date",
        f"  field {trade.amount} money",
        f"  field {trade.what} one of ({', '.join(trade.choices)})",
    )


def _facts(site: Site) -> None:
    trade, dice = site.trade, site.dice
    months = dice.choice([6, 12, 24])
    site.add("assume margin = " + dice.choice(["35%", "0.4", "22.5%"]))
    site.add(f'measure spend "Spent" = sum of {trade.rows}.{trade.amount} in last {months} months')
    site.add(f'measure times "How often" = count of {trade.rows} in last {months} months')
    site.add(f'measure quiet "Days since the last" = days since latest of {trade.rows}.{trade.on}')
    site.conditions += [f"spend >= {site.money(20, 400)}", f"times >= {dice.randrange(2, 6)}"]
    site.conditions.append(dice.choice(["quiet between 30 days and 200 days", "quiet <= 150 days"]))
    if site.coin():
        choice = dice.choice(trade.choices)
        site.add(f'measure likes "Has bought it" = any {trade.rows} where {trade.what} is {choice}')
        site.conditions.append("likes")
    if site.coin() or "likes" not in site.conditions:
        site.add(f'measure kinds "Different kinds" = number of different {trade.rows}.{trade.what} in last 2 years')
        site.conditions.append("kinds >= 2")
    if site.coin():
        site.add(f'measure largest "The largest" = largest of {trade.rows}.{trade.amount}')
        site.conditions.append(f"largest > {site.money(30, 200)}")
    site.conditions.append(_choice_condition(site))
    site.conditions.append(dice.choice(["joined_on < 2026-01-01", "months since joined_on >= 6 months"]))
    site.conditions.append(dice.choice(["household_size >= 2", "household_size between 1 and 4"]))
    worth = "spend * margin" + dice.choice(["", f" - {site.money(1, 5)}", " / 2"])
    site.add('value worth_to_us "What a customer earns us"' + site.maybe(" main") + f" = {worth}")


def _choice_condition(site: Site) -> str:
    trait, traits = site.trade.trait, site.trade.traits
    return site.dice.choice(
        [f"{trait} is {traits[0]}", f"{trait} is not {traits[1]}", f"{trait} is one of ({traits[0]}, {traits[1]})"]
    )


def _who(site: Site) -> None:
    dice, maybe = site.dice, site.maybe
    first = dice.choice(["top 10%", f"from {site.money(300, 400)}"])
    second = (
        dice.choice(["next 30%", f"from {site.money(50, 90)}"])
        if first.startswith("top")
        else "from " + (site.money(40, 90))
    )
    site.add(
        f'segments tier "Tiers" by worth_to_us{maybe(f" when count of {site.trade.rows} >= 1")}',
        f'  best "Best" {first}',
        "    stance invest",
        maybe("    priority 1"),
        maybe('    proposition "We know your name"'),
        f'  middle "Middle" {second}',
        "    stance grow",
        '  rest "All others" otherwise',
        "    stance keep",
    )
    parts = [_taken(site), _taken(site)]
    condition = ["  when all of", *(f"    {part}" for part in parts)]
    if site.coin():
        site.add('segment promising "Could become more"', *condition, "  stance grow")
    else:
        site.add(f'segment promising "Could become more" when {" and ".join(parts)}', "  stance grow")
    site.add(
        f'segment newcomers "Never came" when count of {site.trade.rows} is 0',
        "  is prospect",
        "  leads to middle",
        "  stance grow",
    )


def _taken(site: Site) -> str:
    return site.conditions.pop(site.dice.randrange(len(site.conditions)))


def _means(site: Site) -> None:
    trade, maybe = site.trade, site.maybe
    site.add(
        'goal again "More who come again" supports come_back',
        "  aims at retention",
        maybe("  for best, middle"),
        "  measured by came_again = share of customers where times >= 2",
        "  from 40% to 50% by 2027-12-31",
        maybe("  milepost 45% by 2027-06-30"),
        maybe("  weight 2"),
    )
    ruled = site.coin()
    limit = 1 if ruled else site.dice.randrange(1, 4)
    site.add(
        'channel email "E-mail" outbound',
        maybe("  medium online"),
        "  address email",
        f"  costs 0.0{site.dice.randrange(1, 9)} {trade.currency}",
        f"  limit {limit} per {site.dice.choice([7, 14, 30])} days",
        "  allowed when mail_agreed",
    )
    site.add('channel counter "At the counter" inbound', maybe("  medium person"))
    if ruled:
        site.add(
            'contact policy "House rules"',
            "  limit 2 per 90 days across all",
            maybe("  quiet from 20:00 to 09:00"),
            maybe(f"  silence 3 days after latest of {trade.rows}.{trade.on}", 0.3),
        )


def _actions(site: Site) -> None:
    trade, dice, maybe = site.trade, site.dice, site.maybe
    offered = site.coin()
    if offered:
        site.add(
            f'offer main_offer "{trade.offer}"',
            '  feature "All in one" benefit "No choosing"',
            f"  price {site.money(20, 60)}",
            f"  margin {site.money(5, 15)}",
        )
    budget = site.coin()
    if budget:
        site.add("resources", f"  budget outreach {dice.randrange(2, 20)},000 {trade.currency} per quarter")
    whom = ["newcomers", "promising", "best, middle"]
    for number, target in enumerate(whom):
        used = [_taken(site) for _ in range(min(len(site.conditions), dice.choice([1, 2])))]
        if number == len(whom) - 1:
            used = [part for part in [*used, *site.conditions] if not part.startswith("spend")]
        site.add(*_action(site, number, target, [] if target == "newcomers" else used, offered, budget))
        if target == "newcomers":
            site.conditions += used
    site.add(
        "decide",
        f"  at most {dice.randrange(1, 4)} actions per customer",
        maybe("  rank by chance * worth - cost", 0.3),
        maybe("  hold out 5%"),
        "  allocate within outreach" if budget else "",
    )


def _action(site: Site, number: int, target: str, used: list[str], offered: bool, budget: bool) -> list[str]:
    dice, maybe = site.dice, site.maybe
    return [
        f'action step_{number} "{["Say hello", "Show more", "Say thank you"][number]}"',
        f"  kind {'selling' if offered and number == 1 else dice.choice(['marketing', 'service'])}",
        "  offers main_offer" if offered and number == 1 else "",
        "  serves again",
        maybe("  owner marketing"),
        f"  for {target}",
        "  through " + ("email, counter" if number == 0 else dice.choice(["email", "counter, email"])),
        *_gate(site, used),
        *_chance(site, number),
        "  worth = " + (site.money(20, 60) if number == 0 else f"worth_to_us / {dice.randrange(2, 9)}"),
        f"  costs 0.5{number} {site.trade.currency}" if budget else "",
        "  paid from outreach" if budget else "",
        maybe(f"  rests {dice.choice(['30 days', '8 weeks', '3 months'])}", 0.8),
        maybe("  hold out 10%", 0.3),
        *(_message(site) if site.coin(0.8) or number == 0 else []),
    ]


def _gate(site: Site, used: list[str]) -> list[str]:
    if not used:
        return []
    if len(used) > 2:
        return ["  when any of", *(f"    {part}" for part in used)]
    return [f"  when {' or '.join(used)}"]


def _chance(site: Site, number: int) -> list[str]:
    if number == 0:
        return ["  chance = 5%"]
    style = site.dice.choice(["cases", "if", "plain"])
    if style == "cases":
        return ["  chance", "    12% when times >= 4", "    6% otherwise"]
    return ["  chance = 0.12 if times >= 4 else 0.06" if style == "if" else "  chance = 8%"]


def _message(site: Site) -> list[str]:
    body = "Hello {{ first_name | default('there') }}, come and see us."
    if site.coin(0.3):
        return ["  message email", '    subject "From us"', '    body """', f"      {body}", '      """']
    return ["  message email", '    subject "From us"', f'    body "{body}"']


def _rest(site: Site) -> None:
    trade = site.trade
    if not any("first_name |" in block for block in site.blocks):
        raise AssertionError("somebody must be greeted")
    if site.coin():
        site.add(
            'journey way "From first to regular"',
            '  stage new "New" is trial',
            '  stage met "Met" is purchase',
            '  stage regular "Regular" is loyalty',
            f"  move new to met when count of {trade.rows} >= 1",
            "  move met to regular when times >= 3",
            site.maybe("  move regular to met when quiet > 200 days"),
        )
    if site.coin(0.4):
        site.add('scenario lean "A lean year"', "  assume margin = 20%")
    if site.coin(0.4):
        site.add(
            'test "Who never came is greeted"',
            "  on 2026-11-02",
            "  given",
            *_cuts(site),
            "    mail_agreed = yes",
            "  expect",
            "    newcomers",
            "    first action is step_0",
        )


def _cuts(site: Site) -> list[str]:
    tiers = next(block for block in site.blocks if block.startswith("segments"))
    cuts = [("best", "top", 300), ("middle", "next", 100)]
    return [f"    tier {name} from {n} {site.trade.currency}" for name, how, n in cuts if f" {how} " in tiers]
