"""One customer of a run, explained: the list and the gates are the run's own, the conditions are looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from stratagem.engine.explain.explain import Settled, explain
from stratagem.engine.explain.explanation import Standing

if TYPE_CHECKING:
    from stratagem.engine.explain.explanation import Explanation
    from stratagem.engine.pipeline import Run

ID = "@id"


def explain_customer(run: Run, customer: str) -> Explanation:
    """Why this customer of the run gets what the list says. Raises KeyError for an id that is not in the run."""
    from stratagem.engine.decide.compile_rules import rules_of
    from stratagem.engine.decide.own_past import own_past
    from stratagem.engine.decide.policy_words import policy_words
    from stratagem.engine.evaluate.population import dates_of
    from stratagem.engine.evaluate.row import compile_program
    from stratagem.engine.one import shared_contacts

    settled = _settled(run, customer)
    plan = run.plan
    program = compile_program((*plan.facts, *plan.candidates), dates_of(run.strategy))
    record = _record(run, customer)
    observed = program.observe(record, run.moment, run.fit)
    past = own_past(
        rules_of(plan),
        run.moment,
        record.get("contacts", ()),
        record.get("outcomes", ()),
        shared_contacts(run.strategy, record, record.get("contacts", ())),
    )
    policy = policy_words(plan, observed.values, past, run.moment)
    return explain(plan, observed, replace(settled, policy=policy), str(run.moment))


def _settled(run: Run, customer: str) -> Settled:
    from stratagem.engine.decide.gates import truth

    decisions = run.decisions
    gates = decisions.gates.filter(decisions.gates.get_column("customer") == customer)
    if gates.is_empty():
        raise KeyError("no such customer in this run")
    bits = gates.row(0, named=True)
    ledger = decisions.customers.filter(decisions.customers.get_column("customer") == customer).get_column("ledger")
    standings = {a.action.name: cast("dict[str, Standing]", truth(bits[a.action.name])) for a in run.plan.actions}
    return Settled(customer, decisions.of(customer), standings, str(ledger.item()))


def _record(run: Run, customer: str) -> dict[str, Any]:
    """The customer as the row evaluator reads one, with everyone of the groups it belongs to."""
    from stratagem.engine.data.frames import records_of

    groups = {name: list(_members(run, column, customer)) for name, column in run.population.groups.items()}
    wanted = {customer, *(member for members in groups.values() for member in members)}
    records = {record[ID]: record for record in records_of(run.population, sorted(wanted))}
    record = records[customer]
    return {**record, "@groups": {name: [records[m] for m in members] for name, members in groups.items()}}


def _members(run: Run, column: str, customer: str) -> Iterator[str]:
    """The ids of those who share the customer's value of a column; nobody where it is missing."""
    frame = run.customers.select(ID, column)
    key = frame.filter(frame.get_column(ID) == customer).get_column(column).item()
    if key is not None:
        yield from frame.filter(frame.get_column(column) == key).get_column(ID)
