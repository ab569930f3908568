"""`portrait` and `market` of a segment or tier."""

from stratagem.dsl.catalogue.blocks.segments import BOTH
from stratagem.dsl.catalogue.statement import Statement


def _side(word: str, meaning: str, text: str) -> Statement:
    """One side of the portrait: a text of its own."""
    return Statement(
        f"portrait.{word}", ("portrait",), f"{word} {{{word}:text}}", meaning, f'{word} "{text}"', once=True
    )


STATEMENTS = (
    Statement(
        "portrait", BOTH, "portrait",
        "Who its members are.",
        "portrait",
        opens="portrait", fills="portrait", builds="Portrait", once=True, children="statements",
    ),
    _side("demographics", "Age, income, household, place.", "Thirty to fifty-five, two incomes, towns"),
    _side("social_grade", "Their social grade.", "B and C1"),
    _side("attitudes", "What they think about what we sell.", "Quality first, hates waste"),
    _side("perceptions", "What they think about us.", "Good, a little dear"),
    _side("behaviour", "What they do.", "Orders every second month, reads the newsletter"),
    _side("motivation", "Why they buy.", "A small daily luxury"),
    _side("places", "Where they are to be found.", "Farmers' markets, design shops"),
    _side("associates", "With whom they spend their time.", "Friends who cook"),
    _side("technologies", "What they use to reach us and others.", "Phone first, grinder at home"),
    _side("spending", "What else they spend money on.", "Weekend trips, books"),
    Statement(
        "portrait.need", ("portrait",), "need {name:name(need)} [{label:text}]",
        "Something they need; offers say which needs they meet.",
        'need never_out "Never to run out; variety without effort"',
        opens="need", fills="needs", builds="Need", children="statements", label=True,
    ),
    Statement(
        "market", BOTH, "market",
        "The market that the segment is.",
        "market",
        opens="market", fills="market", builds="Market", once=True, children="statements",
    ),
    Statement(
        "market.population", ("market",), "population {population:number}",
        "How many there are, ours or not.",
        "population 40,000",
        once=True,
    ),
    Statement(
        "market.frequency", ("market",), "frequency {frequency:rate}",
        "How often one of them buys.",
        "frequency 10 per year",
        once=True,
    ),
    Statement(
        "market.price", ("market",), "price {price:money}",
        "What they pay for one purchase.",
        "price 24 EUR",
        once=True,
    ),
    Statement(
        "market.competitor", ("market",),
        "competitor {text:text} [because {because:text}] [attracts by {attracts_by:text}]",
        "From whom they buy today, why, and how that competitor attracts them.",
        'competitor "Supermarket capsules" because "always at hand" attracts by "Price and shelf space"',
        fills="competitors", builds="Competitor",
    ),
    Statement(
        "market.selling_point", ("market",), "selling point {text:text}",
        "Why they would buy from us.",
        'selling point "Roasted the day before it ships"',
        fills="selling_points",
    ),
    Statement(
        "market.share", ("market",), "share aimed at {share_aimed_at:share}",
        "The share of the market we aim at.",
        "share aimed at 5%",
        once=True,
    ),
    Statement(
        "market.as_of", ("market",), "as of {as_of:date}",
        "The day these figures were true.",
        "as of 2026-09-01",
        once=True,
    ),
)  # fmt: skip
