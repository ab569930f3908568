"""Small strategies put together by hand, and frames of customers for them, without the language in between.

In: a few words on actions, channels and limits. Out: a plan as the plan builder would make it, and a population
whose columns a test fills as it likes: every gate is open and every score 1 unless it says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import DATE, NUMBER, TEXT, YES_NO
from stratagem.dsl.model.actions import Action, After, Decide, HoldOut, Message, Minimum, PlanSlot, Rest, SpendCap
from stratagem.dsl.model.base import Formula, Ref
from stratagem.dsl.model.business import Header
from stratagem.dsl.model.data import Customer, Group, Source, SourceField
from stratagem.dsl.model.facts import Segment
from stratagem.dsl.model.means import Budget, Channel, ContactPolicy, Limit, Offer, Quiet, Resource, Resources, Silence
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.values import Date, Duration, Money, Number, Rate, Share, TimeOfDay
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import ActionPlan, Compute, Plan, SilencePlan

AS_OF = Moment.parse("2026-11-04")
"""A Wednesday."""


PLAIN = Decide()


def refs(names: str) -> tuple[Ref, ...]:
    return tuple(Ref(name=n.strip()) for n in names.split(",") if n.strip())


def ref(name: str | None) -> Ref | None:
    return Ref(name=name) if name else None


def lasts(text: str) -> Duration:
    """`7 days`, `1 month`, `6 minutes`."""
    count, unit = text.split()
    return Duration(Decimal(count), unit.rstrip("s"))  # type: ignore[arg-type]


def rate(text: str) -> Rate:
    """`2 per 7 days`, `100 EUR per quarter`."""
    amount, _, per = text.partition(" per ")
    period = per if per[0].isdigit() else f"1 {per}"
    value = Money(Decimal(amount.split()[0]), "EUR") if "EUR" in amount else Number(Decimal(amount))
    return Rate(value, lasts(period))


def formula(kind: Any = NUMBER, value: Any = 1.0) -> Formula:
    return Formula(text=str(value), tree=tree.Constant(type=kind, value=value))


def limit(text: str, scope: str = "channel", kinds: str = "") -> Limit:
    group = scope[6:] if scope.startswith("group:") else None
    kind_names = tuple(k.strip() for k in kinds.split(",") if k.strip())
    return Limit(rate=rate(text), scope=scope.partition(":")[0], group=ref(group), kinds=kind_names)


def channel(name: str, *limits: str, direction: str = "outbound", **more: Any) -> Channel:
    """`takes`, `capacity` as text; `uses` as names."""
    found: dict[str, Any] = {"limits": tuple(limit(text) for text in limits)}
    for key, value in more.items():
        found[key] = {"takes": lasts, "capacity": rate, "uses": refs, "address": ref}.get(key, lambda v: v)(value)
    return Channel(name=name, direction=direction, **found)


def action(name: str, through: str = "email", **more: Any) -> Action:
    """Any field of an action, periods and names as text; `rests`, `declined`, `hold_out` as text and share."""
    found: dict[str, Any] = {}
    made = {
        "offers": refs,
        "uses": refs,
        "serves": refs,
        "not_with": refs,
        "stages": refs,
        "segments": refs,
        "takes": lasts,
        "every": lasts,
        "paid_from": ref,
        "hold_out": lambda v: Share(Decimal(v)),
        "starts": Date,
        "ends": Date,
    }
    rests = []
    for key, value in more.items():
        if key in ("rests", "declined"):
            rests.append(Rest(period=lasts(value), after_declined=key == "declined"))
        elif key == "after":
            first, _, within = value.partition(" within ")
            found["after"] = After(action=Ref(name=first), within=lasts(within))
        elif key == "messages":
            found[key] = tuple(Message(channel=Ref(name=c), subject=s, body=b) for c, s, b in value)
        else:
            found[key] = made.get(key, lambda v: v)(value)
    return Action(name=name, channels=refs(through), rests=tuple(rests), **found)


def decide(at_most: int | None = None, **more: Any) -> Decide:
    """`hold_out="0.1"`, `minimums={"phone": 2}`, `caps=[("0.3", "budget", "segments")]`, `allocate="budget"`."""
    found: dict[str, Any] = {"at_most": at_most}
    for key, value in more.items():
        if key == "hold_out":
            found[key] = HoldOut(share=Share(Decimal(value)))
        elif key == "minimums":
            found[key] = tuple(Minimum(count=Number(Decimal(n)), channel=Ref(name=c)) for c, n in value.items())
        elif key == "caps":
            found["spend_caps"] = tuple(
                SpendCap(share=Share(Decimal(share)), budget=Ref(name=b), segments=refs(s)) for share, b, s in value
            )
        elif key == "slots":
            found[key] = tuple(PlanSlot(name=n, takes=k) for n, k in value)
        else:
            found[key] = refs(value) if key == "allocate" else value
    return Decide(**found)


def strategy(
    actions: Sequence[Action],
    channels: Sequence[Channel],
    deciding: Decide = PLAIN,
    limits: Sequence[Limit] = (),
    quiet: Sequence[tuple[Any, Any]] = (),
    silences: Sequence[tuple[str, str]] = (),
    groups: Sequence[str] = (),
    budgets: Mapping[str, str] | None = None,
    people: Mapping[str, str] | None = None,
    stock: Mapping[str, str] | None = None,
    segments: Sequence[str] = (),
    once_called: tuple[str, ...] = (),
    fields: Sequence[SourceField] = (),
) -> Strategy:
    """`groups` are fields of the source `people`, by which households and the like are formed."""
    own = [SourceField(name=g, type=TEXT) for g in groups]
    silent = tuple(
        Silence(period=lasts(p), after=formula(DATE), kinds=tuple(k.strip() for k in kinds.split(",") if k.strip()))
        for p, kinds in silences
    )
    stilled = tuple(Quiet(start=TimeOfDay(a), end=TimeOfDay(b)) for a, b in quiet)
    return Strategy(
        header=Header(name="club", currency="EUR", once_called=once_called),
        customer=Customer(name="person", groups=tuple(Group(name=g, field=Ref(name=g)) for g in groups)),
        sources=(Source(name="people", file="people.csv", shape="one", fields=(*own, *fields)),),
        segments=tuple(Segment(name=s, condition=formula(YES_NO, True)) for s in segments),
        offers=tuple(Offer(name=n, stock=rate(r)) for n, r in (stock or {}).items()),
        resources=Resources(
            budgets=tuple(Budget(name=n, amount=rate(r)) for n, r in (budgets or {}).items()),
            resources=tuple(Resource(name=n, kind="people", hours=rate(r)) for n, r in (people or {}).items()),
        ),
        channels=tuple(channels),
        policies=(ContactPolicy(limits=tuple(limits), quiet=stilled, silences=silent),),
        decide=deciding,
        actions=tuple(actions),
        hash="0f" * 16,
    )


def plan_of(given: Strategy, gates: str = "") -> Plan:
    """The plan; every action has the columns of `gates` (say `segment, when, unless`), and those of its channels."""
    named = [g.strip() for g in gates.split(",") if g.strip()]
    plans = []
    for index, each in enumerate(given.actions):
        names = tuple(r.name for r in each.channels)
        scored = each.kind != "required"
        plans.append(
            ActionPlan(
                index=index,
                action=each,
                segment=f"{each.name}@segment" if "segment" in named else None,
                stage=f"{each.name}@stage" if "stage" in named else None,
                dates=f"{each.name}@dates" if "dates" in named else None,
                when=f"{each.name}@when" if "when" in named else None,
                unless=(f"{each.name}@unless:1",) if "unless" in named else (),
                chance=f"{each.name}@chance" if scored else None,
                worth=f"{each.name}@worth" if scored else None,
                weight=f"{each.name}@weight" if scored else None,
                channels=names,
                allowed=tuple(f"{n}@allowed:{each.kind}" for n in names),
                cost=tuple(f"{each.name}@cost:{n}" for n in names),
                score=tuple(f"{each.name}@score:{n}" if scored else None for n in names),
            )
        )
    silences = [s for p in given.policies for s in p.silences]
    columns = tuple(f"policy@silence:{i}" for i in range(1, len(silences) + 1))
    default = ("selling", "marketing", "service", "newsletter")
    return Plan(
        strategy=given,
        facts=(),
        candidates=tuple(Compute(c, tree.Constant(type=DATE, value=None), "policy") for c in columns),
        actions=tuple(plans),
        silences=tuple(SilencePlan(c, s.period, s.kinds or default) for c, s in zip(columns, silences, strict=True)),
        hurdles=(),
        metrics=(),
    )


def people(plan: Plan, ids: Sequence[str], **columns: Sequence[Any]) -> pl.DataFrame:
    """One row a customer. Columns by name, `@` written `__`, `:` `_to_` and `.` `_dot_`: `call__score_to_phone`."""
    size = len(ids)
    found: dict[str, Any] = {"@id": list(ids), "@excluded": [False] * size}
    for each in plan.actions:
        gates = (each.segment, each.stage, each.dates, each.when)
        found |= {g: [True] * size for g in gates if g}
        found |= {g: [False] * size for g in each.unless}
        found |= {a: [True] * size for a in each.allowed if a}
        found |= {c: [0.0] * size for c in each.cost}
        found |= {p: [1.0] * size for p in (each.chance, each.worth, each.weight, *each.score) if p}
    groups = plan.strategy.customer.groups if plan.strategy.customer else ()
    found |= {f"people.{g.name}": [None] * size for g in groups}
    found |= {s.name: [False] * size for s in plan.strategy.segments}
    found |= {s.column: [None] * size for s in plan.silences}
    found |= {_column(name): list(values) for name, values in columns.items()}
    return typed(found)


def typed(columns: Mapping[str, Any]) -> pl.DataFrame:
    """The columns with the types the evaluators give."""
    types: dict[str, Any] = {}
    for name in columns:
        part = name.partition("@")[2].partition(":")[0]
        if name == "@id" or name.startswith("people."):
            types[name] = pl.String
        elif part in ("cost", "score", "chance", "worth", "weight"):
            types[name] = pl.Float64
        elif part == "silence":
            types[name] = pl.Date
        else:
            types[name] = pl.Boolean
    return pl.DataFrame(dict(columns), schema=types)


def _column(word: str) -> str:
    return word.replace("_to_", ":").replace("_dot_", ".").replace("__", "@")
