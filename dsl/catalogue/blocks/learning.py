"""`question` and `scenario`: what there is to learn, and what would be if."""

from stratagem.dsl.catalogue.statement import TOP, Statement

_Q = ("question",)

STATEMENTS = (
    Statement(
        "question", (TOP,), "question {name:name(question)} [{label:text}]",
        "Something we want to learn about customers.",
        'question why_pause "Why do households pause?"',
        opens="question", fills="questions", builds="Question", children="statements", label=True,
    ),
    Statement(
        "question.asks", _Q, "asks {asks:choices(origin|satisfaction|need|reason|other)}",
        "What kind of question it is.",
        "asks reason",
    ),
    Statement(
        "question.asked", _Q, "asked through {channel:ref(channel)} [every {every:duration}]",
        "Through which channel it is asked, and how often.",
        "asked through survey every 6 months",
        once=True,
    ),
    Statement(
        "question.answers", _Q, "answers {answers:ref(field)}",
        "The field that the answers are kept in.",
        "answers taste_survey.pause_reason",
        once=True,
    ),
    Statement(
        "question.decides", _Q, "decides {decides:refs(action|segment|tier)}",
        "What the answer decides.",
        "decides roast_date, win_back_call",
    ),
    Statement(
        "question.incentive", _Q, "incentive {incentive:text}",
        "What the customer gets for answering.",
        'incentive "A sample bag"',
        once=True,
    ),
    Statement(
        "question.retired", _Q, "retired after {retired_after:duration}",
        "How old an answer may grow before it is asked anew.",
        "retired after 18 months",
        once=True,
    ),
    Statement(
        "scenario", (TOP,), "scenario {name:name(scenario)} [{label:text}]",
        "What changes when these assumptions hold instead.",
        'scenario squeeze "Green coffee gets dearer"',
        opens="scenario", fills="scenarios", builds="Scenario", children="statements", label=True,
    ),
)  # fmt: skip
