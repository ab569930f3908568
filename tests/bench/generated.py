"""Large strategies made up for measuring: varied, without errors, the same for the same seed and size.

In: how many lines and declared names are wanted, and a seed. Out: a strategy's text. It is built of units, each a few
blocks that lean on earlier ones, so that names are used far from where they are declared.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

HEAD = """language 1

## A strategy made up for measuring.
strategy made_up "A strategy made up for measuring"
  version 3 effective 2026-10-01
  owner "Head of Membership"
  currency EUR
  time zone Europe/Berlin
  reviewed 2026-09-15 every 3 months

business
  vision "Every customer is served as if they were the only one" for retention
  because competition, tight_budget
  model "Subscriptions and single orders"
  earns "Margin on repeat orders"
  relationship repeat mass for return
  functions marketing, sales, service
  objective retention "More profit from the customers we have"
    from 410,000 EUR to 460,000 EUR by 2027-12-31

customer person "A person who has ordered, or has asked to"
  identified by person_id
  matched on email, phone
  excluded when account_type is one of (staff, wholesale)
  group building by address_id

source people "Customer file" from "people.csv"
  one per customer by person_id
  dated by seen_on
  holds profile, behaviour
  shared with marketing, sales, service
  owner "CRM team"
  refreshed every 1 day
  retired after 36 months
  field person_id text
  field seen_on date
  field email text personal for "order confirmations"
  field phone text personal for "calls they agreed to"
  field first_name text personal for "greeting"
  field address_id text
  field account_type one of (private, staff, wholesale)
  field email_consent yes_no
  field phone_consent yes_no
"""

SOURCE = """
# ---- Data of unit {n} ----
source orders_{n} "Orders of shop {n}" from "orders_{n}.csv"
  many per customer by person_id
  dated by ordered_on
  holds transactions
  shared with marketing, sales
  owner "Shop {n}"
  refreshed every 1 day
  retired after 60 months
  field person_id text
  field ordered_on date
  field amount money
  field margin money
  field pieces number
  field kind one of (beans, gear, gift)
  field net money = amount - margin
"""

SURVEY = """
source survey_{n} "Survey {n}" from "survey_{n}.csv"
  one per customer by person_id
  dated by answered_{n}_on
  holds feedback
  shared with marketing
  retired after 18 months
  field person_id text
  field answered_{n}_on date
  field content_{n} number asked as "How content are you, from 0 to 10?"
  field reason_{n} one of (price, taste, delivery) asked as "Why?"
  field wants_{n} yes_no
"""

FACTS = """
assume rate_{n} = {percent}%
assume effort_{n} = {small} EUR per year

## What shop {n} took in a year.
measure spend_{n} "Spend in shop {n}" = sum of orders_{o}.amount in last 12 months
measure margin_{n} "Margin of shop {n}" = sum of orders_{o}.net in last {months} months
measure count_{n} "Orders in shop {n}" = count of orders_{o} where kind is not gift and amount > {small} EUR
measure quiet_{n} "Days since the last order there" = days since latest of orders_{o}.ordered_on
measure gift_{n} "Gave gifts" = any orders_{o} where kind is gift and pieces >= {few}
measure grade_{n} "How close they are"
  90 when content_{s} >= {few} and count_{n} >= 6
  60 when content_{s} >= 5 or count_{n} >= {few}
  30 when wants_{s} and spend_{m} > {money} EUR
  10 otherwise
value worth_{n} "What they earn us in shop {n}"{main} = margin_{n} * (1 + rate_{n}) - effort_{n} * 1 year
"""

TIERS = """
segments tier_{n} "Value in shop {n}" by worth_{n} when count_{n} >= 1
  high_{n} "High" from {money} EUR
    stance invest
    priority 1
    proposition "First pick of all"
    objective "Keep nine of ten" supports retention
    metric kept_{n} = share of customers where quiet_{n} <= {days} days
      target 90% by 2027-09-30
  middle_{n} "Middle" from {small} EUR
    stance grow
    priority 2
    portrait
      attitudes "Quality first, hates waste"
      need never_out_{n} "Never to run out"
  low_{n} "Low" otherwise
    stance keep
"""

SEGMENT = """
segment waiting_{n} "Wait for an answer"
  when any of
    gift_{n} and quiet_{m} > {days} days
    content_{s} is known and content_{s} <= {few}
    reason_{s} is price
  is unhappy
  stance keep
  priority 1
  metric mended_{n} = share of customers where not gift_{n}
    target 70% by 2027-03-31
"""

OFFER = """
offer bag_{n} "Bag {n}"
  feature "Roasted the day before it ships" benefit "Fresh before the last is gone"
  meets never_out_{t}
  price 24 EUR
  margin {few} EUR

goal fewer_{n} "Lose fewer of shop {n}" supports retention
  aims at retention
  for high_{t}, waiting_{w}
  measured by loss_{n} = share of customers where quiet_{n} > {days} days
  from 32% to 24% by 2027-09-30
  milepost 30% by 2026-12-31
"""

ACTION = """
## Written to when they fall silent.
action remind_{n} "Remind before they run out"
  kind {kind}
  offers bag_{b}
  serves fewer_{b}
  capability development
  owner marketing
  for high_{t}, middle_{t}, waiting_{w}
  at {stages}
  through {channels}
  when quiet_{n} between {days} days and 300 days and spend_{m} >= {small} EUR  # silent, but not gone
  unless gift_{m}
  chance
    {percent}% when grade_{n} >= 60
    25% when spend_{n} > {money} EUR
    10% otherwise
  worth = worth_{n} / 6 + {small} EUR{parts}
  paid from outreach
  costs {few}.20 EUR
  rests {days} days
  hold out 10%
  message email
    subject "Nearly out of beans?"
    body \"\"\"
      Hello {{{{ first_name | default('there') }}}}, your last bag shipped {{{{ quiet_{n} }}}} ago.
      {{% if gift_{n} %}}One click, and the next gift is roasted tomorrow.{{% endif %}}
      \"\"\"
"""

CALL = """
action call_{n} "Call them"
  kind marketing
  serves fewer_{b}
  for waiting_{w}
  through phone
  when all of
    quiet_{n} > {days} days
    worth_{n} >= {small} EUR
    tier_{t} is high_{t}
  chance = {percent}% if grade_{n} >= 60 else 5%
  worth = worth_{m}
  message phone
    body "Ask {{{{ first_name | default('them') }}}} what changed."
"""

QUESTION = """
question why_{n} "Why do they wait?"
  asks reason
  asked through web every 6 months
  answers survey_{s}.reason_{s}
  decides remind_{n}
  retired after 18 months

scenario dear_{n} "Beans get dearer"
  assume rate_{n} = 12%
"""

TEST = """
test "A quiet customer of shop {n} gets a call"
  on 2026-11-02
  given
    worth_{n} = 150 EUR
    quiet_{n} = 80 days
    content_{s} = 8
    email_consent = yes
    orders_{o}
      ordered_on 2026-08-14, amount 24 EUR, margin 11 EUR, kind beans
      ordered_on 2026-07-14, amount 44 EUR, margin 21 EUR, kind gear
  expect
    quiet_{n} >= {few} days
    spend_{n} = 68 EUR
"""

MATRIX = """
matrix asset_{n} "Matrix {n}" rows tier_{n} columns tier_{m}
{cells}
"""

MEANS = """
resources
  people agents "Two agents" 6,000 EUR per month and 800 EUR once
    hours 280 per month
  budget outreach 12,000 EUR per quarter

channel email "E-mail" outbound
  medium online
  address email
  costs 0.01 EUR
  limit 2 per 7 days
  allowed when email_consent
  managed well
channel phone "Phone call" outbound
  medium phone
  address phone
  uses agents
  costs 4.50 EUR
  takes 6 minutes
  limit 1 per 30 days
  capacity 300 per week
  allowed when phone_consent
  managed well
channel web "Site" inbound
  medium online
  managed well

contact policy "House rules"
  limit 3 per 7 days across all
  limit 2 per 7 days per building
  quiet from 20:00 to 09:00
  silence 14 days for selling, marketing after latest of orders_0.ordered_on

decide
  at most 3 actions per customer
  rank by chance * worth * weight - cost
  hold out 5%
  allocate within outreach
"""


PARTS = 12
"""Measures that are put in where more names are wanted."""


@dataclass
class _Made:
    """What stands so far; `names` counts declared names."""

    chance: random.Random
    parts: list[str] = field(default_factory=list)
    lines: int = 0
    names: int = 0

    def add(self, text: str, names: int = 0) -> None:
        self.parts.append(text)
        self.lines += text.count("\n")
        self.names += names


def generated(lines: int, declarations: int = 0, seed: int = 1) -> str:
    """A strategy of about so many lines (and, if said, of about so many declared names)."""
    made = _Made(random.Random(seed))
    made.add(HEAD, 14)
    made.add(MEANS, 8)
    unit = 0
    stages: list[int] = []
    while made.lines < lines - 120 - 3 * len(stages) or unit < 2:
        short = declarations * made.lines > lines * made.names
        for text, names in _unit(unit, made.chance, short):
            made.add(text, names)
        if unit % 4 == 0:
            stages.append(unit)
        unit += 1
    made.add(_journey(stages), 1 + 2 * len(stages))
    while made.lines < lines:
        made.add(f"# {made.lines + 1:,} lines\n")
    return "".join(made.parts)


def _unit(n: int, chance: random.Random, many_names: bool) -> Iterator[tuple[str, int]]:
    """The blocks of one unit with the names that each declares."""
    said = _figures(n, chance)
    if n % 3 == 0:
        yield SOURCE.format(**said), 8
    if n % 5 == 0:
        yield SURVEY.format(**said), 6
    yield FACTS.format(**said, main=" main" if n == 0 else ""), 9
    if n % 2 == 0:
        yield TIERS.format(**said), 6
    if n % 4 == 0:
        yield SEGMENT.format(**said), 2
    if n % 3 == 0:
        yield OFFER.format(**said), 3
    if many_names:
        yield _parts(n), PARTS
    yield ACTION.format(**said, parts=f" + part_{n}_{PARTS - 1}" if many_names else ""), 1
    if n % 6 == 1:
        yield CALL.format(**said), 1
    if n % 6 == 3:
        yield QUESTION.format(**said), 2
    if n % 4 == 2:
        yield TEST.format(**said), 0
    if n and n % 16 == 0:
        yield MATRIX.format(n=n, m=n - 2, cells=_cells(n, n - 2)), 1


def _figures(n: int, chance: random.Random) -> dict[str, object]:
    """Numbers, and earlier units to lean on: `m` any, `o` one with orders, `s` with a survey, `t` with tiers, …"""
    stage = n - n % 4
    return {
        "n": n,
        "m": chance.randrange(n + 1),
        "o": n - n % 3,
        "s": n - n % 5,
        "t": n - n % 2,
        "w": n - n % 4,
        "b": n - n % 3,
        "stages": f"stage_{chance.randrange(stage // 4 + 1) * 4}, stage_{stage}" if stage else "stage_0",
        "channels": chance.choice(["email", "phone, email", "email, phone"]),
        "kind": chance.choice(["selling", "marketing", "newsletter"]),
        "percent": chance.randrange(11, 90),
        "few": chance.randrange(2, 8),
        "small": chance.randrange(9, 60),
        "months": chance.choice([6, 12, 24]),
        "days": chance.randrange(20, 120),
        "money": chance.randrange(100, 400),
    }


def _parts(n: int) -> str:
    """A row of measures, each of which reads the one before it."""
    lines = [f'measure part_{n}_0 "Part 0" = spend_{n} * 10%']
    lines += [f'measure part_{n}_{k} "Part {k}" = part_{n}_{k - 1} + spend_{n} * {k}%' for k in range(1, PARTS)]
    return "\n".join(lines) + "\n"


def _cells(rows: int, columns: int) -> str:
    words = ("high", "middle", "low")
    return "\n".join(
        f'  tactic {row}_{rows}, {column}_{columns} nothing because "Nothing is planned for {row} and {column}"'
        for row in words
        for column in words
    )


def _journey(stages: list[int]) -> str:
    lines = ['\njourney path "From the first order to a regular"']
    lines += [f'  stage stage_{n} "Stage {n}"' for n in stages]
    for n, following in pairwise(stages):
        lines.append(f"  move stage_{n} to stage_{following} when count_{n} >= 2 and quiet_{n} <= 90 days")
    lines.append(f"  move stage_{stages[-1]} to stage_{stages[0]} when quiet_{stages[-1]} > 300 days")
    return "\n".join(lines) + "\n"
