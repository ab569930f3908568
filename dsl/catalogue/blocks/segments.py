"""`segments`, their tiers, `segment`, and how one of them is treated."""

from stratagem.dsl.catalogue.statement import TOP, Statement

BOTH = ("segment", "tier")
_TIER = "{name:name(tier)} [{label:text}] "


def _tier(bound: str, rest: str, meaning: str, example: str) -> Statement:
    return Statement(
        f"tier.{bound}", ("segments",), _TIER + rest, meaning, example,
        opens="tier", fills="tiers", builds="Tier", children="statements", sets={"bound": bound}, label=True,
    )  # fmt: skip


STATEMENTS = (
    Statement(
        "segments", (TOP,), "segments {name:name(tiers)} [{label:text}] by {formula:formula}",
        "Tiers: each customer is in exactly one, the first whose line holds. With `when` only those are tiered.",
        'segments tier "Value tiers" by lifetime_value when count of orders >= 1',
        opens="segments", fills="tiers", builds="Tiers", tail="when?", children="tiers", label=True,
    ),
    _tier("from", "from {threshold:formula}", "Customers at or above this figure.", 'gold "Gold" from 240 EUR'),
    _tier(
        "top", "top {share:share}",
        "The best so many per cent of the customers that are tiered, ties included.",
        'platinum "Platinum" top 5%',
    ),
    _tier("next", "next {share:share}", "The so many per cent after the tiers above.", 'silver "Silver" next 20%'),
    _tier("below", "below {threshold:formula}", "Customers below this figure.", 'losing "Costs us money" below 0 EUR'),
    _tier("otherwise", "otherwise", "Everyone that no line above took.", 'cool "Cool" otherwise'),
    Statement(
        "segment", (TOP,), "segment {name:name(segment)} [{label:text}]",
        "A group of customers that may overlap others.",
        'segment prospects "Asked, but never bought" when count of orders is 0',
        opens="segment", fills="segments", builds="Segment", tail="when", children="statements", label=True,
    ),
    Statement(
        "when", ("segment", "segments", "move"), "",
        "The condition on a line of its own, for a block that has other lines below it.",
        "when complaint_open",
        tail="when", once=True, hoists=True,
    ),
    Statement(
        "treated.ideal", BOTH, "{ideal:flag(ideal)}",
        "These are the customers we want most.",
        "ideal",
        once=True,
    ),
    Statement(
        "treated.is", BOTH, "is {is_a:choices(prospect|unhappy|lapsed)}",
        "What its members are to us.",
        "is prospect",
        fills="is_a",
    ),
    Statement(
        "treated.leads_to", BOTH, "leads to {leads_to:refs(segment|tier)}",
        "The segment its members are meant to move to.",
        "leads to gold",
    ),
    Statement(
        "treated.stance", BOTH, "stance {stance:choice(invest|grow|keep|harvest|do_not_serve)}",
        "How we treat its members; a segment with a stance other than `do_not_serve` is a served one.",
        "stance grow",
        once=True,
    ),
    Statement(
        "treated.priority", BOTH, "priority {priority:integer}",
        "Its place in reports.",
        "priority 1",
        once=True,
    ),
    Statement(
        "treated.proposition", BOTH, "proposition {proposition:text}",
        "What we promise its members.",
        'proposition "Fresh beans before you run out"',
        once=True,
    ),
    Statement(
        "treated.proposition_at", BOTH, "proposition at {stage:ref(stage)} {text:text}",
        "What we promise them at one stage.",
        'proposition at buyer "A second bag at the price of a capsule"',
        fills="stage_propositions", builds="StageProposition",
    ),
    Statement(
        "treated.earns_loyalty", BOTH, "earns loyalty by {earns_loyalty_by:text}",
        "What earns more of their loyalty.",
        'earns loyalty by "A named roaster, and a tasting twice a year"',
        fills="earns_loyalty_by",
    ),
    Statement(
        "treated.customisation", BOTH,
        "customisation {level:choice(low|medium|high)} [costing {cost:rate}]",
        "How much is made to measure, and what that costs per customer.",
        "customisation high costing 6 EUR per year",
        fills="customisation", builds="Customisation", once=True,
    ),
    Statement(
        "treated.objective", BOTH, "objective {text:text} [supports {supports:ref(objective)}]",
        "What we want to reach with its members, and the objective of the firm it supports.",
        'objective "One more order a year" supports retention',
        fills="objectives", builds="SegmentObjective",
    ),
    Statement(
        "metric", BOTH, "metric {name:name(metric)} [{label:text}]",
        "A figure over its members.",
        "metric gold_orders = average of orders_12m",
        opens="metric", fills="metrics", builds="Metric", tail="= formula", children="statements",
    ),
    Statement(
        "metric.target", ("metric",),
        "target [(at least | {at_most:flag(at most)})] {value:figure} [by {by:date}]",
        "What the figure is to be, at least unless it says `at most`, and by when.",
        "target at least 90% by 2027-09-30",
        fills="target", builds="Target", once=True,
    ),
)  # fmt: skip
