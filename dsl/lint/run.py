"""All rules over one strategy."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from stratagem.dsl.lint.catalogue import OF_COMMENTS, OF_USE, RULES, module
from stratagem.dsl.lint.shared import libraries

if TYPE_CHECKING:
    from stratagem.dsl.check.context import Context

CODES = tuple(code for code in RULES if code not in OF_COMMENTS)


def lint(context: Context, off: Container[str] = ()) -> None:
    """Run the rules that are not off, and put what they find with the other findings.

    Only a strategy without errors is looked at: what seems unused or impossible may otherwise just be misspelt. What
    stands in a shared library may be used by another strategy.
    """
    shared = libraries(context.built.nodes)
    for code in CODES:
        if code not in off:
            for diagnostic in module(code).find(context):
                if code not in OF_USE or diagnostic.span.file not in shared:
                    context.findings.keep(diagnostic)
