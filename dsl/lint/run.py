"""All rules over one strategy."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from stratagem.dsl.lint.catalogue import OF_COMMENTS, RULES, WHATEVER_ELSE, module

if TYPE_CHECKING:
    from stratagem.dsl.check.context import Context

ALWAYS = tuple(code for code in RULES if code in WHATEVER_ELSE)
WHEN_SOUND = tuple(code for code in RULES if code not in (*WHATEVER_ELSE, *OF_COMMENTS))


def lint(context: Context, codes: tuple[str, ...], off: Container[str] = ()) -> None:
    """Run these rules, without those that are off, and put what they find with the other findings."""
    for code in codes:
        if code not in off:
            for diagnostic in module(code).find(context):
                context.findings.keep(diagnostic)
