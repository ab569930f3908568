"""`stratagem decide`: decide for one customer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratagem.engine.cli.exits import FINE
from stratagem.engine.cli.opening import open_strategy
from stratagem.engine.cli.options import case_options, debug_option, fit_option, output_option
from stratagem.engine.cli.output import say
from stratagem.engine.present.blocks import Block, Column, Heading, Listing, Paragraph, Table
from stratagem.engine.present.figures import counted

if TYPE_CHECKING:
    from stratagem.engine.single import Answer


@click.command("decide")
@click.argument("path", metavar="PATH")
@click.option(
    "--customer", required=True, metavar="FILE|-|ID", help="A JSON file, JSON on standard input, or an id of the data."
)
@fit_option
@case_options
@output_option
@debug_option
def command(
    path: str,
    customer: str,
    fit: Path | None,
    data: Path | None,
    source: tuple[tuple[str, Path], ...],
    as_of: str | None,
    history: Path | None,
    output: str,
) -> int:
    """Decide for one customer: an object of JSON with the fields, or an id of the data.

    A customer given as JSON is decided for alone; tiers that are a share of all customers then need the cut-points of a
    plan (--fit), and the as-of moment is now. An id is decided for among all customers, as `plan` does.
    """
    opened = open_strategy(path)
    from stratagem.engine.cli import one_customer
    from stratagem.engine.cli.running import Case

    who = one_customer.asked(customer)
    with one_customer.fit_faults(path):
        found = one_customer.decided(opened, Case(data, source, as_of, history), who, one_customer.frozen_fit(fit))
    currency = opened.strategy.header.currency
    say(output, lambda: page(found, currency), lambda: found.model_dump(mode="json"))
    return FINE


def page(answer: Answer, currency: str | None) -> Iterator[Block]:
    """The list, and the gates that stopped every other action."""
    from stratagem.engine.cli.plan_page import reason_text, score_text

    sent = [d for d in answer.decisions if d.status != "withheld"]
    yield Heading(f"{answer.customer}, as of {answer.as_of}: {counted(len(sent), 'action')}")
    rows = tuple(
        (
            str(d.position), d.action, d.channel, score_text(d.score), f"{d.valid_to}",
            ", ".join(part for part in (d.hours, "held out: not sent" if d.status == "withheld" else "") if part),
            reason_text(d.model_dump(), currency),
        )
        for d in answer.decisions
    )  # fmt: skip
    columns = (
        Column("#", right=True), Column("action"), Column("channel"), Column("score", right=True), Column("until"),
        Column("note"), Column("reason"),
    )  # fmt: skip
    yield Table(columns, rows, empty="No action.")
    yield Heading("Not chosen")
    yield Table(
        (Column("action"), Column("stopped by")),
        tuple((action, ", ".join(gates)) for action, gates in answer.not_chosen.items()),
    )
    if answer.problems:
        yield Heading("Could not be read")
        yield Listing(answer.problems, "warning")
    if answer.not_chosen:
        yield Paragraph("stratagem explain says which conditions.", "quiet")
