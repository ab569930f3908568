"""One completion: what is offered, what it puts in, and what it says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stratagem.engine.editor.declared import Thing

Sort = Literal["statement", "word", "name", "function", "operator", "unit", "value", "text"]
"""What is offered, for the editor's icon."""


@dataclass(slots=True)
class Item:
    """`label` is shown; `insert` put in place of the word (default: the label), with `${1:…}` where `snippet`.

    `detail`: a few words beside the label; `doc`: what it means, Markdown; `again`: ask for completions right after;
    `typed`: how much of the text before the cursor it takes the place of, when that is more than the word; `first`:
    the lower, the earlier in the list. `kind`: of a name, what it is the name of.
    """

    label: str
    sort: Sort
    insert: str = ""
    snippet: bool = False
    detail: str = ""
    doc: str = ""
    again: bool = False
    typed: str = ""
    first: int = 5
    kind: str = ""
    thing: Thing | None = None

    @property
    def text(self) -> str:
        """What is put in."""
        return self.insert or self.label


def plain(text: str) -> str:
    """A text without what snippets give a meaning to."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
