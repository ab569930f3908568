"""`resources`: people, processes and technology with their costs, changes, and budgets."""

from stratagem.dsl.catalogue.statement import TOP, Statement

_COSTS = (
    "[( {once:money} once [paid {paid:date}] [and {ongoing:rate}] "
    "| {ongoing:rate} [and {once:money} once [paid {paid:date}]] )]"
)


def _resource(word: str, kind: str, meaning: str, example: str) -> Statement:
    return Statement(
        f"resources.{word}", ("resources",), f"{word} {kind}{{name:name(resource)}} [{{label:text}}] {_COSTS}",
        meaning, example,
        opens="resource", fills="resources", builds="Resource", children="statements", sets={"kind": word}, label=True,
    )  # fmt: skip


STATEMENTS = (
    Statement(
        "resources", (TOP,), "resources",
        "What the strategy needs: people, processes, technology, changes, and money.",
        "resources",
        opens="resources", fills="resources", builds="Resources", children="statements",
    ),
    _resource(
        "people", "",
        "People, with what they cost once and per month.",
        'people retention_agents "Two retention agents" 6,000 EUR per month and 800 EUR once',
    ),
    _resource(
        "process", "",
        "A way of working, with what it costs once and per month.",
        'process complaint_promise "Two-day complaint promise" 4,000 EUR once and 300 EUR per month',
    ),
    _resource(
        "technology", "{technology:choice(software|hardware)} ",
        "Software or hardware, with what it costs once and per month.",
        'technology software mail_platform "Mail platform" 2,500 EUR once paid 2026-09-30 and 900 EUR per month',
    ),
    Statement(
        "resource.hours", ("resource",), "hours {hours:rate}",
        "The hours these people have; they bind the actions and channels that use them.",
        "hours 280 per month",
        once=True,
    ),
    Statement(
        "resource.paid", ("resource",), "paid {paid:date}",
        "The day on which the `once` cost was paid.",
        "paid 2026-09-30",
        once=True,
    ),
    Statement(
        "resources.change", ("resources",),
        "change {kind:choice(culture|organisation|process|skills)} {name:name(change)} [{label:text}] "
        "[owner {owner:ref(function)}] [by {by:date}] [done {done:date}]",
        "A change in the firm that the strategy needs, who sees to it, and by when.",
        'change culture listen_first "Everyone reads five complaints a month" owner service by 2026-12-31',
        opens="change", fills="changes", builds="Change", children="statements", label=True,
    ),
    Statement(
        "change.uses", ("change",), "uses {uses:refs(resource)}",
        "The resources it uses.",
        "uses retention_agents",
    ),
    Statement(
        "resources.budget", ("resources",), "budget {name:name(budget)} [{label:text}] {amount:rate}",
        "Money per calendar period; actions say from which budget they are paid.",
        "budget outreach 12,000 EUR per quarter",
        opens="budget", fills="budgets", builds="Budget", children="statements",
    ),
)  # fmt: skip
