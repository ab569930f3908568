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
    "L002": "stage_without_exit",
    "L003": "repeated_move",
    "L004": "stage_without_step",
    "L011": "condition_always_false",
    "L012": "condition_always_true",
    "L013": "case_that_never_wins",
    "L014": "action_that_never_fires",
    "L015": "redundant_term",
    "L016": "duplicate_condition",
    "L017": "repeated_choice",
    "L018": "condition_already_met",
    "L020": "gap_between_tiers",
    "L021": "overlapping_tiers",
    "L030": "goal_without_action",
    "L031": "hurdle_without_remedy",
    "L032": "objective_without_goal",
    "L040": "unused_segment",
    "L041": "unused_tiers",
    "L042": "unused_field",
    "L043": "unused_measure",
    "L044": "unused_value",
    "L045": "unused_assumption",
    "L046": "unused_offer",
    "L047": "unused_channel",
    "L048": "unused_budget",
    "L049": "message_nobody_gets",
    "L050": "personal_field_without_purpose",
    "L051": "unused_source",
    "L052": "missing_slot_without_default",
    "L055": "limit_that_never_binds",
    "L056": "second_contact_policy",
    "L057": "unit_written_twice",
    "L060": "reason_no_gate_reads",
    "L061": "unless_blocks_the_unanswered",
    "L095": "ignore_without_reason",
    "L096": "ignore_of_unknown_code",
    "L097": "ignore_of_error",
    "L098": "unused_ignore",
}
"""Code → file under `rules/`. Codes are never given twice, not even after a rule has gone."""
OF_COMMENTS: Final = ("L095", "L096", "L097", "L098")
"""Rules about `# ignore` comments: found where these are read (ignores.py), not in the strategy."""
OF_USE: Final = (
    "L030", "L031", "L032", "L040", "L041", "L042", "L043", "L044", "L045", "L046", "L047", "L048", "L051",
)  # fmt: skip
"""Rules that find what nothing uses."""


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
