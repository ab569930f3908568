"""The JSON schemas of what the commands print: written as types, published by `stratagem schema`, held by tests.

In: a command's name. Out: a schema of JSON Schema 2020-12. What a type does not name is not allowed, so that a key that
is changed and not written down here fails a test.
"""

from __future__ import annotations

import json
from typing import Any, Literal, NotRequired

from pydantic import ConfigDict, TypeAdapter
from typing_extensions import TypedDict

ABOUT = {
    "check": "the findings of `stratagem check`",
    "test": "the results of `stratagem test`",
    "plan": "what `stratagem plan` decided for all customers",
    "decide": "what `stratagem decide` decided for one",
    "explain": "why a customer gets an action, and not another",
    "diagnose": "what a strategy still lacks",
    "show": "a stage between text and plan",
    "profile": "what stands in data files, and how to declare it",
    "docs": "what a code, a statement or a word means",
}
"""Schema, which is called like its command → what it is of."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"
STRICT = ConfigDict(extra="forbid")


class Place(TypedDict):
    """Lines and columns count from 1; `end_column` is the column after the last character."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class Label(TypedDict):
    """A further place that matters."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    place: Place | None
    text: str


class Edit(TypedDict):
    """Replace what the place covers by the text."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    place: Place | None
    text: str


class Fix(TypedDict):
    """A repair. A safe one writes the same another way, or leaves out what says nothing."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    title: str
    safe: bool
    edits: list[Edit]


class Finding(TypedDict):
    """A diagnostic. `page`: the command that shows what its code is about."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    code: str
    severity: Literal["error", "warning", "note"]
    title: str
    reason: str
    help: str
    place: Place | None
    labels: list[Label]
    near: list[str]
    page: str
    fixes: list[Fix]


class Score(TypedDict):
    """A completeness score that --require asked for, in percent."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    strategy: NotRequired[str]
    framework: str
    score: float | None
    required: float
    met: bool


class FixedFinding(TypedDict):
    """A fix that --fix has put in. The place is that in the text before."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    code: str
    place: Place | None
    title: str
    safe: bool


class Check(TypedDict):
    """What `stratagem check --output json` prints."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    format_version: Literal[1]
    diagnostics: list[Finding]
    waived: list[str]
    ignored: list[str]
    files: list[str]
    scores: list[Score]
    fixed: list[FixedFinding]


def text(name: str) -> str:
    """The schema as JSON text. Raises KeyError for a name that is none of ABOUT."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def schema(name: str) -> dict[str, Any]:
    """The schema as plain values. Raises KeyError for a name that is none of ABOUT."""
    shape, added = _type(name)
    found = TypeAdapter(shape).json_schema(mode="serialization")
    _close(found)
    found["properties"] |= added
    found["required"] = [*found.get("required", []), *added]
    return {"$schema": DIALECT, "$id": f"stratagem:schema:{name}:1", **found, "title": f"stratagem {name}"}


def _type(name: str) -> tuple[Any, dict[str, Any]]:
    """The type of a command's document, and the keys that the command adds to it.

    Imported when asked for, since most belong to parts of the engine.
    """
    if name == "check":
        return Check, {}
    from stratagem.engine.cli.reports import documents

    return documents.TYPES[name], documents.ADDED.get(name, {})


def _close(part: Any) -> None:
    """Allow no key that is not named, in every object that names any."""
    if isinstance(part, dict):
        if "properties" in part:
            part.setdefault("additionalProperties", False)
        for each in part.values():
            _close(each)
    elif isinstance(part, list):
        for each in part:
            _close(each)
