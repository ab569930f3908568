"""`# ignore CODE` with a code or name that nothing has (found by comments.py and settle.py)."""

from stratagem.dsl.lint.rule import Rule, Text

RULE = Rule(
    "L096",
    Text(
        "warning",
        "There is no `{ignored}` to ignore",
        "The comment names the code of a warning or a lint rule, or the name of a rule.",
        "Correct it: each finding shows its code.",
        shows=True,
    ),
)
