"""Messages for channels that their action does not go through."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.model.base import Ref

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
                lacking = [name for name in used if name not in {m.channel.name for m in action.messages}]
                fixes = [_fix(message.channel, name) for name in lacking]
                yield RULE.at(
                    message.channel.at, labels=[label], fixes=fixes, name=action.name, channel=message.channel.name
                )


def _fix(ref: Ref, name: str) -> Fix:
    """A channel of the action that has no message."""
    return Fix(
        f"Write {name} (this assumes that the message is for this channel, which has none)", (Edit(ref.at, name),)
    )
