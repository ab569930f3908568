"""`# ignore CODE` of an error of the language (found by comments.py and settle.py)."""

from stratagem.dsl.lint.rule import Rule, Text

RULE = Rule(
    "L097",
    Text(
        "warning",
        "{ignored} cannot be ignored",
        "It is an error: what it blames cannot be run, whether it is shown or not.",
        "Mend what it blames, and take the comment out.",
    ),
)
