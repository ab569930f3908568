"""`business`: what the firm lives on, why it needs a strategy, and what keeps it from starting."""

from stratagem.dsl.catalogue.statement import TOP, Statement

STATEMENTS = (
    Statement(
        "business", (TOP,), "business",
        "The business that the customer strategy serves.",
        "business",
        opens="business", fills="business", builds="Business", once=True, children="statements",
    ),
    Statement(
        "business.vision", ("business",), "vision {text:text} [for {objectives:refs(objective)}]",
        "The vision, and the objectives it names.",
        'vision "Every cup at home tastes as if the roaster lived next door" for retention, growth',
        fills="vision", builds="Vision", once=True,
    ),
    Statement(
        "business.model", ("business",), "model {model:text}",
        "What the firm does, in a sentence.",
        'model "Monthly bean subscriptions, roasted to order"',
        once=True,
    ),
    Statement(
        "business.earns", ("business",), "earns {earns:text}",
        "What the firm earns its money with.",
        'earns "Margin on repeat deliveries"',
        once=True,
    ),
    Statement(
        "business.relationship", ("business",),
        "relationship {rhythm:choice(repeat|one_off)} {breadth:choice(mass|high_value)} "
        "[for {aims:choices(experience|advocacy|return|sales)}]",
        "Which kind of relationship it is: repeat or one-off, with many or with few of high value; and what it is for.",
        "relationship repeat mass for return",
        fills="relationship", builds="Relationship", once=True,
    ),
    Statement(
        "business.because", ("business",),
        "because {reasons:choices(competition|finite_customers|tight_budget|long_term_value)}",
        "Why a strategy is needed.",
        "because competition, tight_budget",
        fills="reasons",
    ),
    Statement(
        "business.functions", ("business",), "functions {functions:names(function)}",
        "The functions of the firm that meet the customer; owners are named among them.",
        "functions sales, service, support, partners",
        fills="functions",
    ),
    Statement(
        "business.objective", ("business",), "objective {name:name(objective)} [{label:text}]",
        "An objective of the firm. Its figures stand on the line below.",
        'objective growth "Two thousand new member households a year"',
        opens="objective", fills="objectives", builds="Objective", children="statements", label=True,
    ),
    Statement(
        "objective.figures", ("objective",), "from {baseline:figure} to {target:figure} by {by:date}",
        "Where the figure stands, where it is to be, and by when.",
        "from 1,400 to 2,000 by 2027-12-31",
        once=True,
    ),
    Statement(
        "business.obstacle", ("business",),
        "obstacle {text:text} [owner {owner:ref(function)}] [remedy {remedy:ref(action|change)}] [by {by:date}] "
        "[done {done:date}]",
        "What keeps us from starting; who sees to it, the action or change that removes it, and by when.",
        'obstacle "Nobody owns complaints" owner service remedy complaint_owner by 2026-12-01',
        opens="obstacle", fills="obstacles", builds="Obstacle", children="statements",
    ),
    Statement(
        "obstacle.done", ("obstacle", "change"), "done {done:date}",
        "The day on which it was done.",
        "done 2026-11-10",
        once=True,
    ),
)  # fmt: skip
