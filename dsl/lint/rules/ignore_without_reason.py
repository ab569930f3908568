"""`# ignore CODE` that does not say why (found by comments.py and settle.py)."""

from stratagem.dsl.lint.rule import Rule, Text

RULE = Rule(
    "L095",
    Text(
        "warning",
        "{ignored} is ignored without a reason",
        "Whoever reads this line later cannot tell whether it still may be ignored.",
        "Write why: # ignore {ignored} because …",
        shows=True,
    ),
)
