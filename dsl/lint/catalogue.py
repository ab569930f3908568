"""The list of all rules: code and file, so that a rule is imported only when it runs or is asked about.

In: a code or a name. Out: the rule's module, its text, its name. No folder is searched: what is not listed is no rule,
and a test holds list and folder together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, cast

if TYPE_CHECKING:
    from stratagem.dsl.check.context import Context
    from stratagem.dsl.diagnostics.diagnostic import Diagnostic
    from stratagem.dsl.lint.rule import Rule

RULES: Final = {
    "L001": "unreachable_stage",
    "L011": "condition_always_false",
    "L012": "condition_always_true",
    "L095": "ignore_without_reason",
    "L096": "ignore_of_unknown_code",
    "L097": "ignore_of_error",
    "L098": "unused_ignore",
}
"""Code → file under `rules/`. Codes are never given twice, not even after a rule has gone."""
OF_COMMENTS: Final = ("L095", "L096", "L097", "L098")
"""Rules about `# ignore` comments: found where these are read (ignores.py), not in the strategy."""
WHATEVER_ELSE: Final = ("L011",)
"""Rules that also run while the strategy has errors: what they find can be told from one place alone."""


class RuleModule(Protocol):
    """A file under `rules/`; those of OF_COMMENTS have no `find`."""

    RULE: Rule
    find: Callable[[Context], Iterable[Diagnostic]]


@cache
def module(code: str) -> RuleModule:
    """The rule's file. Raises KeyError for a code that no rule has."""
    return cast(RuleModule, import_module(f"stratagem.dsl.lint.rules.{RULES[code]}"))


def name_of(code: str) -> str:
    """The rule's name: that of its file, with hyphens."""
    return RULES[code].replace("_", "-")


def code_of(word: str) -> str | None:
    """The code that a code or a rule's name stands for; None where no rule is called so."""
    if word in RULES:
        return word
    return next((code for code in RULES if name_of(code) == word), None)
