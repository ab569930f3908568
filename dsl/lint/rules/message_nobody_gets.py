"""Messages for channels that their action does not go through."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Label
from stratagem.dsl.lint.rule import Rule, Text

RULE = Rule(
    "L049",
    Text(
        "warning",
        "`{name}` does not go through `{channel}`",
        "The message is never sent.",
        "Add the channel under `through`, or delete the message.",
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every message of every action that goes through a channel at all."""
    for action in c.strategy.actions:
        used = [ref.name for ref in action.channels]
        for message in action.messages if used else ():
            if message.channel.name not in used:
                label = Label(action.channels[0].at, "the channels it goes through")
                yield RULE.at(message.channel.at, labels=[label], name=action.name, channel=message.channel.name)
