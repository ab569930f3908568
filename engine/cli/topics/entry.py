"""One thing that `docs` can tell about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from stratagem.engine.present.blocks import Block


@dataclass(frozen=True)
class Entry:
    """`kind`: code, check, statement, word, function, filter or list. `name`: what is typed for it. `title`: in a line.

    `page` makes what people read, `record` what programs do; neither is made before it is asked for.
    """

    kind: str
    name: str
    title: str
    page: Callable[[], Iterable[Block]]
    record: Callable[[], Mapping[str, Any]]

    def document(self) -> dict[str, Any]:
        """The record with what every entry has."""
        return {"kind": self.kind, "name": self.name, "title": self.title, **self.record()}
