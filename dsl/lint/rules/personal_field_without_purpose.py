"""Personal data that nobody says the purpose of."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Label
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.model.base import Ref
from stratagem.dsl.substance import says_something

RULE = Rule(
    "L050",
    Text(
        "warning",
        "`{field}` has no purpose",
        "{why}, so it is personal data, and personal data needs a purpose.",
        'Write at the field what it is for: personal for "…"',
        shows=True,
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Fields that customers are matched on, and fields whose purpose is still to be written."""
    for ref in c.strategy.customer.matched_on if c.strategy.customer else ():
        yield from _matched(c, ref)
    for source in c.strategy.sources:
        for field in source.fields:
            purpose = field.personal_for
            if purpose is not None and purpose.strip() and not says_something(purpose):
                yield RULE.at(field.place("personal_for"), field=field.name, why="The line says `personal for`")


def _matched(c: Context, ref: Ref) -> Iterator[Diagnostic]:
    name = ref.name.rpartition(".")[2]
    fields = [field for source in c.strategy.sources for field in source.fields if field.name == name]
    if fields and all(field.personal_for is None for field in fields):
        label = Label(fields[0].at, "declared here, without `personal for`")
        yield RULE.at(ref.at, labels=[label], field=name, why="Customers are matched on it")
