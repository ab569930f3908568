"""Files that a strategy shares with others, by `use`: what they declare may be used elsewhere.

In: statements. Out: the names of those files, as diagnostics call them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from stratagem.dsl.nodes import Node


def libraries(nodes: Iterable[Node]) -> frozenset[str]:
    """Every file that another one uses."""
    uses = (node for node in nodes if node.statement.id == "use" and "file" in node.slots)
    return frozenset(used_file(node, node.span.file) for node in uses)


def used_file(node: Node, file: str) -> str:
    """The file that a `use` names. `file`: the one it stands in."""
    named = str(node.slots["file"].value.value).replace("\\", "/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), named))
