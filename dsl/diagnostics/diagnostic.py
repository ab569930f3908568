"""A diagnostic as a value: a code and named arguments; its words are looked up when it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from stratagem.dsl.record import record
from stratagem.dsl.source import NOWHERE, Span

Severity = Literal["error", "warning", "note"]


@record
class Label:
    """A place that matters to a diagnostic, with what is to be seen there (already in the reader's words)."""

    span: Span
    text: str
    also: bool = False
    """The fault itself stands here too: a name that means nothing, in another place."""


@record
class Edit:
    """Replace what `span` covers by `text`."""

    span: Span
    text: str


@record
class Fix:
    """A repair a person or a program can apply; `safe` ones write the same another way, or leave out what
    says nothing."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False


@record(slots=False)
class Diagnostic:
    """One finding about a strategy.

    `code` names an entry of the text catalogue (see `texts/`), which holds severity, title, reason and help as
    templates; `args` fills them. `span` is the place blamed; `labels` are further places (two lines that disagree).
    `near` holds at most four names that exist and are close to what was written.
    """

    code: str
    span: Span = NOWHERE
    args: Mapping[str, object] = ()  # type: ignore[assignment]
    labels: tuple[Label, ...] = ()
    near: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    severity: Severity | None = None
    """As the settings have it; None: as the text catalogue has it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "args", dict(self.args))
