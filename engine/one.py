"""One customer's columns → list and gates, by the rules of the batch (see `engine/decide/single.py`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.decide.gates import truth
from stratagem.engine.decide.policy_words import policy_words
from stratagem.engine.decide.single import Usage, judge
from stratagem.engine.explain.explain import Settled
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Plan


def settle(
    plan: Plan,
    record: Mapping[str, Any],
    values: Mapping[str, Any],
    moment: Moment,
    usage: Usage | None = None,
) -> Settled:
    """Decides for this customer alone. The record's `contacts` and `outcomes` are the customer's history; those of the
    other members of its groups stand in the members' records under `@groups`, where they are known."""
    columns = {**values, "@id": record["@id"]}
    contacts, outcomes = record.get("contacts", ()), record.get("outcomes", ())
    groups = shared_contacts(plan.strategy, record, contacts)
    verdict = judge(plan, columns, moment, contacts, outcomes, groups, usage)
    gates = zip(plan.actions, verdict.gates, strict=True)
    return Settled(
        customer=verdict.customer,
        list=verdict.decisions,
        gates={a.action.name: truth(bits) for a, bits in gates},  # type: ignore[misc]
        ledger=verdict.ledger,
        policy=policy_words(plan, columns, verdict.past, moment),
    )


def shared_contacts(
    strategy: Strategy, record: Mapping[str, Any], own: Sequence[Mapping[str, Any]]
) -> dict[str, Sequence[Mapping[str, Any]]]:
    """By each group the customer is in: the contacts of all its members, as far as the record knows them."""
    members = record.get("@groups", {})
    found: dict[str, Sequence[Mapping[str, Any]]] = {}
    for group in strategy.customer.groups if strategy.customer else ():
        if group.name in members:
            found[group.name] = [c for m in members[group.name] for c in m.get("contacts", ())]
        elif _has_value(strategy, record, group.field.name):
            found[group.name] = own
    return found


def _has_value(strategy: Strategy, record: Mapping[str, Any], name: str) -> bool:
    owner, _, field = name.rpartition(".")
    held = (record.get(s.name) for s in strategy.sources if s.shape == "one" and owner in ("", s.name))
    return any(isinstance(h, Mapping) and h.get(field) is not None for h in held)
