"""One customer of a run, explained: the list and the gates are the run's own, the conditions are looked at again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    record = _People(run).record(customer)
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


class _People:
    """The customers of a run as the row evaluator reads them, each with everyone of the groups it belongs to.

    Whom a group holds is read when it is asked for: a figure of one group may be made of figures of another, whose
    members are others.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self._records: dict[str, dict[str, Any]] = {}
        self._members: dict[tuple[str, str], list[dict[str, Any]]] = {}

    def record(self, customer: str) -> dict[str, Any]:
        """One customer."""
        return self._all([customer])[0]

    def members(self, group: str, customer: str) -> list[dict[str, Any]]:
        """Those who share the customer's group, in order of their ids; nobody where it is in none."""
        if (group, customer) not in self._members:
            names = list(_members(self.run, self.run.population.groups[group], customer))
            found = self._all(names)
            self._members |= {(group, name): found for name in (*names, customer)}
        return self._members[group, customer]

    def _all(self, names: list[str]) -> list[dict[str, Any]]:
        from stratagem.engine.data.frames import records_of

        new = sorted({name for name in names if name not in self._records})
        for record in records_of(self.run.population, new) if new else ():
            self._records[record[ID]] = {**record, "@groups": _Groups(self, record[ID])}
        return [self._records[name] for name in names]


class _Groups(Mapping[str, list[dict[str, Any]]]):
    """By the groups' names, who is in them with one customer."""

    def __init__(self, people: _People, customer: str) -> None:
        self._people, self._customer = people, customer

    def __getitem__(self, group: str) -> list[dict[str, Any]]:
        if group not in self._people.run.population.groups:
            raise KeyError(group)
        return self._people.members(group, self._customer)

    def __iter__(self) -> Iterator[str]:
        return iter(self._people.run.population.groups)

    def __len__(self) -> int:
        return len(self._people.run.population.groups)


def _members(run: Run, column: str, customer: str) -> Iterator[str]:
    """The ids of those who share the customer's value of a column; nobody where it is missing."""
    frame = run.customers.select(ID, column).sort(ID)
    key = frame.filter(frame.get_column(ID) == customer).get_column(column).item()
    if key is not None:
        yield from frame.filter(frame.get_column(column) == key).get_column(ID)
