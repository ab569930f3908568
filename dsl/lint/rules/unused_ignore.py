"""`# ignore CODE` where nothing of that code is found (found by comments.py and settle.py)."""

from stratagem.dsl.lint.rule import Rule, Text

RULE = Rule(
    "L098",
    Text(
        "warning",
        "There is no {ignored} to ignore here",
        "Nothing of that kind is found {where}, so the comment only hides what may come.",
        "Delete it, or move it to the line it is about: at its end, or on a line of its own above.",
    ),
)
