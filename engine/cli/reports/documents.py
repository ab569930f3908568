"""The documents of the commands that decide, explain and test, as types; see `schemas`."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from pydantic import ConfigDict
from typing_extensions import TypedDict

from stratagem.dsl.model.schema import pydantic_model
from stratagem.engine.cli.topics.document import Docs
from stratagem.engine.complete.report import CompletenessReport
from stratagem.engine.data.report import DataReport
from stratagem.engine.decide.decision import LEDGER, Decision
from stratagem.engine.explain.explanation import Explanation
from stratagem.engine.single import Answer

STRICT = ConfigDict(extra="forbid")


class Failure(TypedDict):
    """An expectation that did not hold. `at`: file:line."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    at: str
    expected: str
    got: str
    why: list[str]


class Result(TypedDict):
    """One `test` block. `error`: why it could not be run at all."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    label: str
    at: str
    passed: bool
    expectations: int
    error: str | None
    failures: list[Failure]


class Condition(TypedDict):
    """A condition, and in how many tests it was true, false and unknown."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    at: str
    text: str
    true: int
    false: int
    unknown: int


class Reached(TypedDict):
    """Declared things of a kind, and those that no test came to."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    kind: Literal["tier", "stage", "move", "action"]
    declared: int
    missing: list[str]


class Covered(TypedDict):
    """What the tests of a strategy have tried; `percent` of the conditions' sides."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    strategy: str
    percent: float
    conditions: list[Condition]
    reached: list[Reached]


class Mutant(TypedDict):
    """A small mistake made in the strategy, and the first test that noticed it."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    at: str
    text: str
    what: str
    noticed_by: str | None


class Mutated(TypedDict):
    """All mutants of a strategy; `percent` of them were noticed (null where there are none)."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    strategy: str
    percent: float | None
    mutants: list[Mutant]


class Test(TypedDict):
    """What `stratagem test --output json` prints."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    format_version: Literal[1]
    tests: int
    failed: int
    results: list[Result]
    coverage: list[Covered] | None
    mutants: list[Mutated] | None


class Placed(TypedDict):
    """How many customers a tier, segment or stage has."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    of: str
    kind: str
    name: str
    customers: int


class Metric(TypedDict):
    """A metric over its population. `target`: as written, where there is one."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    metric: str
    over: str
    over_kind: str
    value: float | str | bool | None
    known: int
    unknown: int
    target: str | None


class ByAction(TypedDict):
    """What an action comes to. Money is in the strategy's currency."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    action: str
    label: str
    kind: str
    open_to: int
    customers: int
    withheld: int
    cost: float
    expected_worth: float | None
    goal: str | None
    budget: str | None
    budget_left: float | None


class Slot(TypedDict):
    """A slot that had no value in some of an action's messages."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    action: str
    channel: str
    name: str
    messages: int
    of: int


class Supply(TypedDict):
    """A budget, capacity or stock. `price`: what one more unit would be worth."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    name: str
    kind: str
    unit: str
    per: str
    amount: float | None
    used_before: float
    used: float
    left: float | None
    price: float | None


class Limit(TypedDict):
    """A contact limit, and how many customers have reached it."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    limit: str
    contacts_before: int
    contacts: int
    reached_before: int
    reached: int


class Allocation(TypedDict):
    """How near the list is to the best there could be."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    total: float
    bound: float
    gap: float


class ChecklistScore(TypedDict):
    """A checklist's score in percent, and how many of its checks have each status."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    name: str
    score: float | None
    met: int
    partly: int
    missing: int
    waived: int
    not_applicable: int
    not_measured: int


class Gap(TypedDict):
    """One of the gaps that matter most, and what to write."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    code: str
    status: str
    write: str


class Completeness(TypedDict):
    """What the strategy lacks, in short."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    with_data: bool
    frameworks: list[ChecklistScore]
    top_gaps: list[Gap]
    problems: list[str]


Ledger = TypedDict("Ledger", dict.fromkeys(LEDGER, int))  # type: ignore[misc]
Ledger.__pydantic_config__ = STRICT  # type: ignore[attr-defined]


Many = list
"""`Plan` has a key called list."""


class Plan(TypedDict):
    """What `stratagem plan --output json` prints. `list`: the first rows; `decisions`: how many there are."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    format_version: Literal[1]
    strategy: str
    strategy_hash: str
    as_of: str
    customers: int
    data: DataReport
    placed: Many[Placed]
    metrics: Many[Metric]
    decisions: int
    list: Many[Decision]
    by_action: Many[ByAction]
    messages: Many[Slot]
    supplies: Many[Supply]
    limits: Many[Limit]
    allocation: Allocation | None
    ledger: Ledger
    completeness: Completeness
    written: Many[str]


class Line(TypedDict):
    """A logical line."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    at: str
    depth: int
    text: str


class Statement(TypedDict):
    """A statement: which of the catalogue, what is in its slots, and whether a condition or formula follows."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    at: str
    depth: int
    statement: str
    slots: dict[str, str]
    holds: list[str]


GraphNode = TypedDict("GraphNode", {"node": str, "label": str, "at": str, "from": dict[str, str]})
GraphNode.__pydantic_config__ = STRICT  # type: ignore[attr-defined]


class Step(TypedDict):
    """A step of the plan."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    phase: str
    column: str
    why: str
    formula: str


class Show(TypedDict):
    """What `stratagem show --output json` prints: the stage, and under its name what it consists of."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    format_version: Literal[1]
    stage: Literal["lines", "tree", "model", "graph", "plan"]
    lines: NotRequired[list[Line]]
    tree: NotRequired[list[Statement]]
    graph: NotRequired[list[GraphNode]]
    plan: NotRequired[list[Step]]
    model: NotRequired[pydantic_model()]  # type: ignore[valid-type]


class ProfiledField(TypedDict):
    """A column as a field. `filled` is a share; `line` what to write."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    name: str
    header: str
    kind: Literal["number", "money", "date", "timestamp", "text", "yes_no", "choice"]
    line: str
    filled: float
    different: int
    personal: Literal["email", "phone", "person"] | None


class ProfiledFile(TypedDict):
    """A file: what it tells of customers, and its fields. `left_out`: headers that are not looked at."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    file: str
    source: str
    shape: Literal["one", "many", "lookup", "unused"]
    rows: int
    key: str | None
    dated_by: str | None
    fields: list[ProfiledField]
    left_out: list[str]


class Profile(TypedDict):
    """What `stratagem profile --output json` prints. `identity`: the field that names the customer, if one does."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    format_version: Literal[1]
    identity: str | None
    remarks: list[str]
    files: list[ProfiledFile]


TYPES: dict[str, Any] = {
    "test": Test, "plan": Plan, "decide": Answer, "explain": Explanation, "diagnose": CompletenessReport,
    "show": Show, "docs": Docs, "profile": Profile,
}  # fmt: skip
ADDED: dict[str, dict[str, Any]] = {
    "diagnose": {"top_gaps": {"type": "array", "items": {"type": "string"}, "title": "Codes of the greatest gaps"}}
}
"""Keys that a command adds to its type's own."""
