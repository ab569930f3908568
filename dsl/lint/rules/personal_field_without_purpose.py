"""Personal data that nobody says the purpose of."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Label
from stratagem.dsl.lint.rule import Rule, Text

RULE = Rule(
    "L050",
    Text(
        "warning",
        "`{field}` has no purpose",
        "Customers are matched on it, so it is personal data, and personal data needs a purpose.",
        'Write at the field: field {field} text personal for "…"',
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every field that customers are matched on."""
    for ref in c.strategy.customer.matched_on if c.strategy.customer else ():
        fields = [f for s in c.strategy.sources for f in s.fields if f.name == ref.name.rpartition(".")[2]]
        if fields and all(field.personal_for is None for field in fields):
            label = Label(fields[0].at, "declared here, without `personal for`")
            yield RULE.at(ref.at, labels=[label], field=fields[0].name)
