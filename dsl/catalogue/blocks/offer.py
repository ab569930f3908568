"""`offer` and `matrix`: what is sold, and the customer asset matrix."""

from stratagem.dsl.catalogue.statement import TOP, Statement

_CELL = "tactic {row:ref(tier)} , {column:ref(tier)} "

STATEMENTS = (
    Statement(
        "offer", (TOP,), "offer {name:name(offer)} [{label:text}]",
        "Something we sell.",
        'offer refill "Next bag"',
        opens="offer", fills="offers", builds="Offer", children="statements", label=True,
    ),
    Statement(
        "offer.feature", ("offer",), "feature {text:text} [benefit {benefit:text}]",
        "A feature, and what it is good for.",
        'feature "Roasted the day before it ships" benefit "Fresh beans before the last are gone"',
        fills="features", builds="Feature",
    ),
    Statement(
        "offer.meets", ("offer",), "meets {meets:refs(need)}",
        "The needs it meets.",
        "meets no_gap, never_out",
    ),
    Statement("offer.price", ("offer",), "price {price:money}", "Its price.", "price 24 EUR", once=True),
    Statement("offer.margin", ("offer",), "margin {margin:money}", "What it earns us.", "margin 9 EUR", once=True),
    Statement(
        "offer.stock", ("offer",), "stock {stock:rate}",
        "How many there are per period.",
        "stock 200 per month",
        once=True,
    ),
    Statement(
        "offer.available", ("offer",), "available",
        "The customers it is to be had by.",
        "available when account_type is private",
        fills="available", tail="when", once=True,
    ),
    Statement(
        "matrix", (TOP,),
        "matrix {name:name(matrix)} [{label:text}] rows {rows:ref(tiers)} columns {columns:ref(tiers)}",
        "The customer asset matrix: how much customers value us against how much we value them.",
        'matrix asset "Customer asset matrix" rows bond columns tier',
        opens="matrix", fills="matrices", builds="Matrix", children="statements",
    ),
    Statement(
        "matrix.tactic", ("matrix",), _CELL + "[{text:text}] by {actions:refs(action)}",
        "What is done for the customers in one cell, and by which actions.",
        'tactic warm, gold "Grow: delivery that follows use" by refill_reminder',
        fills="tactics", builds="Tactic",
    ),
    Statement(
        "matrix.nothing", ("matrix",), _CELL + "nothing because {because:text}",
        "Nothing is done for the customers in this cell, and why.",
        'tactic cool, unserved nothing because "They cost more than they earn"',
        fills="tactics", builds="Tactic", sets={"nothing": True},
    ),
)  # fmt: skip
