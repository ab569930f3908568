"""`journey`: stages in order, the moves between them, hurdles and touchpoints."""

from stratagem.dsl.catalogue.statement import TOP, Statement

STATEMENTS = (
    Statement(
        "journey", (TOP,), "journey {name:name(journey)} [{label:text}]",
        "The way from a stranger to a loyal customer. One per strategy.",
        'journey path "From first sip to regular"',
        opens="journey", fills="journey", builds="Journey", once=True, children="statements", label=True,
    ),
    Statement(
        "journey.stage", ("journey",),
        "stage {name:name(stage)} [{label:text}] [is {step:choice(aware|trial|purchase|multiple_purchase|loyalty)}]",
        "A stage, and which of the five steps to loyalty it is.",
        'stage regular "Orders again" is multiple_purchase',
        opens="stage", fills="stages", builds="Stage", children="statements", label=True,
    ),
    Statement(
        "journey.move", ("journey",), "move {source:ref(stage)} to {target:ref(stage)}",
        "When a customer moves from one stage to another.",
        "move taster to buyer when count of orders >= 1",
        opens="move", fills="moves", builds="Move", tail="when", children="statements",
    ),
    Statement(
        "move.hurdle", ("move",),
        "hurdle {kind:choice(perception|process|product)} {name:name(hurdle)} [{label:text}]",
        "What holds customers back at this move, and who stands before it.",
        'hurdle product stale_beans "The beans arrived too old" when complaint_open',
        opens="hurdle", fills="hurdles", builds="Hurdle", tail="when?", children="statements", label=True,
    ),
    Statement(
        "journey.touchpoint", ("journey",),
        "touchpoint {when:choice(before|during|after)} {text:text} at {stage:ref(stage)} "
        "through {channel:ref(channel)}",
        "What the customer meets before, during or after a purchase.",
        'touchpoint after "How was the first bag?" at buyer through survey',
        opens="touchpoint", fills="touchpoints", builds="Touchpoint", children="statements",
    ),
    Statement(
        "touchpoint.owner", ("touchpoint",), "owner {owner:ref(function)}",
        "The function that answers for it.",
        "owner service",
        once=True,
    ),
    Statement(
        "touchpoint.answers", ("touchpoint",), "answers within {answers_within:duration}",
        "How soon the customer has an answer.",
        "answers within 2 days",
        once=True,
    ),
    Statement(
        "journey.starts_in", ("journey",), "starts in {starts_in:ref(field)}",
        "A field that says at which stage a customer is to begin with.",
        "starts in last_known_stage",
        once=True,
    ),
)  # fmt: skip
