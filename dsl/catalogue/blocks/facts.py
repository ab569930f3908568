"""`assume`, `measure` and `value`: figures, facts about one customer, and what a customer is worth."""

from stratagem.dsl.catalogue.statement import TOP, Statement

STATEMENTS = (
    Statement(
        "assume", (TOP, "scenario"), "assume {name:name(fact)} [{label:text}]",
        "A figure that a scenario or a test may change.",
        "assume retention_rate = 72%",
        opens="assume", fills="assumptions", builds="Assumption", tail="formula", children="statements",
    ),
    Statement(
        "measure", (TOP,), "measure {name:name(fact)} [{label:text}]",
        "A fact about one customer, by a formula or by cases.",
        'measure spend "Spend in twelve months" = sum of orders.amount in last 12 months',
        opens="measure", fills="measures", builds="Measure", tail="formula", children="statements", label=True,
    ),
    Statement(
        "value", (TOP,), "value {name:name(fact)} [{label:text}] [{main:flag(main)}]",
        "What a customer is worth, in money. The first is the strategy's customer value, unless one says `main`.",
        'value lifetime_value "Three years of margin" main = yearly_margin * 3',
        opens="value", fills="values", builds="CustomerValue", tail="formula", children="statements", label=True,
    ),
)  # fmt: skip
