"""`language`, `use`, `waive`, the `strategy` block, and `once called`, which any named thing may say."""

from stratagem.dsl.catalogue.statement import TOP, Statement

NAMED = (
    "strategy", "objective", "customer", "group", "source", "field", "assume", "measure", "value", "segments", "tier",
    "segment", "need", "metric", "offer", "matrix", "journey", "stage", "hurdle", "goal", "goal metric", "resource",
    "change", "budget", "channel", "action", "question", "scenario",
)  # fmt: skip
"""The blocks of things with a name of their own."""

STATEMENTS = (
    Statement(
        "language", (TOP,), "language {language:integer}",
        "Which version of the language the file is written in. Stands first.",
        "language 1",
        once=True,
    ),
    Statement(
        "use", (TOP,), "use {file:text}",
        "Brings in another strategy file, named relative to this one.",
        'use "shared/calendar.strategy"',
    ),
    Statement(
        "waive", (TOP,), "waive {code:code} because {because:text}",
        "Accepts a known gap: the completeness check or warning of that code shows as waived, with the reason.",
        'waive STG4 because "Acquisition cost is measured from next quarter on"',
        fills="waivers", builds="Waiver",
    ),
    Statement(
        "strategy", (TOP,), "strategy {name:name(strategy)} [{label:text}]",
        "The strategy's name, and under it who owns it, since when it holds, its currency and its time zone.",
        'strategy bean_club "Bean Club customer strategy"',
        opens="strategy", fills="header", builds="Header", children="statements", label=True,
    ),
    Statement(
        "strategy.version", ("strategy",), "version {version:integer} [effective {effective:date}]",
        "The version, and the day from which it holds.",
        "version 3 effective 2026-10-01",
        once=True,
    ),
    Statement(
        "strategy.owner", ("strategy",), "owner {owner:text}",
        "Who answers for the strategy.",
        'owner "Head of Membership"',
        once=True,
    ),
    Statement(
        "strategy.currency", ("strategy",), "currency {currency:currency}",
        "The currency of all money in the strategy, as its ISO 4217 code.",
        "currency EUR",
        once=True,
    ),
    Statement(
        "strategy.time_zone", ("strategy",), "time zone {time_zone:zone}",
        "The time zone of all dates and times, as its IANA name.",
        "time zone Europe/Berlin",
        once=True,
    ),
    Statement(
        "strategy.reviewed", ("strategy",), "reviewed {last:date} every {every:duration}",
        "When the strategy was last reviewed, and how often it is to be.",
        "reviewed 2026-09-15 every 3 months",
        fills="reviewed", builds="Review", once=True,
    ),
    Statement(
        "once_called", NAMED, "once called {once_called:name(any)}",
        "A former name: history, holdouts, waivers and baselines follow it.",
        "once called spring_mailing",
        fills="once_called",
    ),
)  # fmt: skip
