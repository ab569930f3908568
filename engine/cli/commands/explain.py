"""`stratagem explain`: why a customer gets this action, and not that one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratagem.engine.cli.exits import FINE, Refused
from stratagem.engine.cli.opening import open_strategy
from stratagem.engine.cli.options import case_options, debug_option, fit_option, output_option
from stratagem.engine.cli.output import say
from stratagem.engine.present.blocks import Block, Column, Heading, Pairs, Paragraph, Table, Tone

if TYPE_CHECKING:
    from stratagem.engine.explain.explanation import ActionTold, Clause, Explanation, GateTold

Cells = tuple[str, str, str, str]
"""Condition, what it is, the values it read, its line."""
TONES: dict[str, Tone] = {"passed": "", "stopped": "bad", "unknown": "warning"}


@click.command("explain")
@click.argument("path", metavar="PATH")
@click.argument("customer_id", metavar="[ID]", required=False)
@click.option("--customer", metavar="FILE|-", help="A customer that is not in the data, as JSON.")
@click.option("--action", metavar="NAME", help="This action only, with every condition.")
@fit_option
@case_options
@output_option
@debug_option
def command(
    path: str,
    customer_id: str | None,
    customer: str | None,
    action: str | None,
    fit: Path | None,
    data: Path | None,
    source: tuple[tuple[str, Path], ...],
    as_of: str | None,
    history: Path | None,
    output: str,
) -> int:
    """Say why a customer gets these actions and not the others.

    For each action: what stopped it, condition by condition, with the values read and the lines; of a chosen one,
    what let it in. An ID is looked up in the data and explained as `plan` decides; --customer explains one alone.
    """
    if (customer_id is None) == (customer is None):
        raise Refused("name one customer.", "give an ID of the data, or --customer with a JSON file.")
    opened = open_strategy(path)
    if action is not None and opened.strategy.action(action) is None:
        from stratagem.dsl.diagnostics.suggest import near

        close = near(action, [a.name for a in opened.strategy.actions])
        raise Refused(f"the strategy has no action {action!r}.", f"did you mean {close[0]!r}?" if close else "")
    from stratagem.engine.cli import one_customer
    from stratagem.engine.cli.running import Case

    who = one_customer.Asked(name=customer_id) if customer_id is not None else one_customer.asked(str(customer))
    with one_customer.fit_faults(path):
        found = one_customer.explained(opened, Case(data, source, as_of, history), who, one_customer.frozen_fit(fit))
    if action is not None:
        found = found.model_copy(update={"actions": tuple(a for a in found.actions if a.action == action)})
    say(output, lambda: page(found, action is not None), lambda: found.model_dump(mode="json"))
    return FINE


def page(told: Explanation, whole: bool) -> Iterator[Block]:
    """Who it is, what gets chosen, and what stopped the rest; `whole` shows what did not stop it too."""
    yield Heading(f"{told.customer}, as of {told.as_of}")
    yield Pairs(tuple(_standing(told)))
    if told.facts:
        yield Heading("What is known")
        yield Pairs(tuple((fact.name, fact.value) for fact in told.facts))
    for action in sorted(told.actions, key=lambda a: (a.position is None, a.position or 0)):
        yield from _action(action, whole)


def _standing(told: Explanation) -> Iterator[tuple[str, str]]:
    if told.ledger:
        yield "ledger", told.ledger
    if told.stage:
        yield "stage", told.stage + (f" (by way of {', '.join(told.path[:-1])})" if len(told.path) > 1 else "")
    for tier in told.tiers:
        yield tier.name, tier.value
    yield "segments", ", ".join(told.segments) or "none"


def _action(told: ActionTold, whole: bool) -> Iterator[Block]:
    yield Heading(f"{told.action} ({told.label}): {_status(told)}")
    yield Paragraph(f"{told.at}  " + ", ".join(f"{part.name} {part.value}" for part in told.parts), "quiet", indent=1)
    rows: list[tuple[str, ...]] = []
    tones: list[Tone] = []
    for gate in told.gates:
        if told.position is None and gate.standing == "passed" and not whole:
            continue
        for number, cells in enumerate(_conditions(gate, whole)):
            rows.append((*((gate.gate, gate.standing) if number == 0 else ("", "")), *cells))
            tones.append(TONES[gate.standing])
    columns = tuple(Column(title) for title in ("gate", "", "condition", "is", "values read", "line"))
    yield Table(columns, tuple(rows), empty="nothing stands in its way", tones=tuple(tones))


def _status(told: ActionTold) -> str:
    if told.position is None:
        return "not chosen"
    place = f"{told.status}, number {told.position} by {told.channel}"
    return f"{place}: kept back to measure what it does" if told.status == "withheld" else place


def _conditions(gate: GateTold, whole: bool) -> list[Cells]:
    """The conditions of a gate; of one that stopped an action only those that did, unless all are wanted."""
    shown = gate.clauses
    if gate.standing != "passed" and not whole:
        stops = "true" if gate.gate == "unless" else "false"
        shown = tuple(c for c in gate.clauses if c.truth in (stops, "unknown")) or gate.clauses
    if shown:
        return [_clause(clause) for clause in shown]
    if gate.standing == "passed":
        return []
    return [(gate.note, "", "", "")]


def _clause(clause: Clause) -> Cells:
    """Its words, what it is, what it read, where it stands."""
    reads = ", ".join(f"{read.name} {read.value}" for read in clause.reads)
    return clause.text, clause.truth, reads, clause.at.rpartition("/")[2]
