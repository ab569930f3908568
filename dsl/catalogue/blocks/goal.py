"""`goal`: what is to be reached, measured by what, on the way by when."""

from stratagem.dsl.catalogue.statement import TOP, Statement

STATEMENTS = (
    Statement(
        "goal", (TOP,), "goal {name:name(goal)} [{label:text}] [supports {supports:refs(objective)}]",
        "A goal, and the objective of the firm that it supports.",
        'goal fewer_leavers "Lose fewer regular households" supports retention',
        opens="goal", fills="goals", builds="Goal", children="statements", label=True,
    ),
    Statement(
        "goal.aims_at", ("goal",), "aims at {aims_at:choices(retention|acquisition|growth|service|advocacy)}",
        "What kind of goal it is.",
        "aims at retention",
    ),
    Statement(
        "goal.for", ("goal",), "for {segments:refs(segment|tier)} [as at {cohort_at:date}]",
        "Whom it is measured over: the members of any of these; with `as at` those who were members on that day.",
        "for platinum, gold as at 2026-10-01",
        once=True,
    ),
    Statement(
        "goal.measured_by", ("goal",), "measured by {measured_by:ref(metric)}",
        "The metric that measures it, declared elsewhere.",
        "measured by second_order",
        once=True,
    ),
    Statement(
        "goal.metric", ("goal",), "measured by {name:name(metric)} [{label:text}]",
        "The metric that measures it, declared here.",
        "measured by attrition = share of customers where quiet_days > 120 days",
        opens="goal metric", fills="metric", builds="Metric", tail="= formula", children="statements", once=True,
    ),
    Statement(
        "goal.figures", ("goal",), "from {baseline:figure} to {target:figure} by {by:date}",
        "Where the metric stands, where it is to be, and by when.",
        "from 32% to 24% by 2027-09-30",
        once=True,
    ),
    Statement(
        "goal.milepost", ("goal",), "milepost {value:figure} by {by:date}",
        "Where the metric is to be on the way.",
        "milepost 30% by 2026-12-31",
        fills="mileposts", builds="Milepost",
    ),
    Statement(
        "goal.weight", ("goal",), "weight {weight:number}",
        "How much it counts when actions are ranked; 1 unless it says otherwise.",
        "weight 2",
        once=True,
    ),
)  # fmt: skip
