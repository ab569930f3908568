"""What `stratagem docs --output json` prints, as types: published by `stratagem schema docs`."""

from __future__ import annotations

from typing import Literal, NotRequired

from pydantic import ConfigDict
from typing_extensions import TypedDict

STRICT = ConfigDict(extra="forbid")


class ExampleShown(TypedDict):
    """An example of a code's page. `strategy`: what the page gives of it, whole or as blocks of the bakery's strategy;
    `said`: what is said of a wrong one, at this moment; `setting`: what no file can show."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    strategy: str
    whole: bool
    files: NotRequired[dict[str, str]]
    command: NotRequired[str]
    setting: NotRequired[str]
    said: NotRequired[str]


class CodeShown(TypedDict):
    """A code. `rule`: the rule's name, where it is one of the linter's."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    kind: Literal["code"]
    name: str
    title: str
    severity: Literal["error", "warning", "note"]
    rule: str | None
    prose: str
    wrong: list[ExampleShown]
    right: list[ExampleShown]
    related: list[str]
    statements: list[str]


class StatementShown(TypedDict):
    """A statement of the catalogue. `below`: the ids of what may stand below it."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    kind: Literal["statement"]
    name: str
    title: str
    form: str
    example: str
    under: list[str]
    once: bool
    below: list[str]
    children: Literal["none", "statements", "tiers", "rows"]


class Takes(TypedDict):
    """An argument of a function: the kinds it may be of."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    name: str
    kinds: list[str]
    optional: bool


class WordShown(TypedDict):
    """A word of formulas, a function, or a filter of messages. `missing`: what it gives where nothing is known."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    kind: Literal["word", "function", "filter"]
    name: str
    title: str
    form: str
    example: str
    missing: NotRequired[str]
    parameters: NotRequired[list[Takes]]
    gives: NotRequired[str]
    arguments: NotRequired[list[str]]


class GapShown(TypedDict):
    """What is written where a checklist's question is not answered; `$words` stand for the strategy's names."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    write: str
    under: str
    snippet: str


class CheckShown(TypedDict):
    """A question of a checklist."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    kind: Literal["check"]
    name: str
    title: str
    framework: str
    source: str
    about: list[str]
    weight: float
    gaps: list[GapShown]


class Question(TypedDict):
    """A question in its checklist."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    code: str
    asks: str
    weight: float


class ChecklistShown(TypedDict):
    """A checklist."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    kind: Literal["checklist"]
    name: str
    title: str
    source: str
    checks: list[Question]


class ListShown(TypedDict):
    """A list: rows of texts by column, or the bakery's strategy."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    kind: Literal["list"]
    name: str
    title: str
    rows: NotRequired[list[dict[str, str]]]
    strategy: NotRequired[str]


Shown = CodeShown | StatementShown | WordShown | CheckShown | ChecklistShown | ListShown


class Docs(TypedDict):
    """What a topic means: every entry of that name; without a topic, what may be asked."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    format_version: Literal[1]
    entries: NotRequired[list[Shown]]
    topics: NotRequired[dict[str, str]]
    examples: NotRequired[dict[str, str]]
