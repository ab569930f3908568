"""Actions that no customer can ever get."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from stratagem.dsl.check.context import Block, Context, being
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Label
from stratagem.dsl.lint.gates import Gate, beyond, days, fires, gates
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.lint.scores import never_positive
from stratagem.dsl.model.actions import Action

RULE = Rule(
    "L014",
    Text(
        "warning",
        "`{name}` can never fire",
        "{why}.",
        "{help}",
    ),
)
MOST_TOGETHER = 3
"""Gates that are tried together when it is asked which ones exclude each other."""


def find(c: Context) -> Iterator[Diagnostic]:
    """Every action: its gates, its score, and what shuts it for everybody."""
    yield from c.each(_of_block, reads="names", also=beyond(c), where=being(Action))


def _of_block(c: Context, block: Block) -> Iterator[Diagnostic]:
    if not isinstance(block.part, Action):
        return
    action = block.part
    shut = _shut(c, action)
    if shut is not None:
        yield shut
        return
    if not fires(c, action):
        yield from _contradicting(c, action, gates(c, action))
    elif never_positive(c, action):
        label = Label(action.worth.at, "what it is worth") if action.worth is not None else None
        why = "What it costs is never less than what it is likely to be worth, so its score is never above zero"
        yield RULE.at(action.at, labels=[label], name=action.name, why=why, help="Look at chance, worth and costs.")


def _contradicting(c: Context, action: Action, asked: tuple[Gate, ...]) -> Iterator[Diagnostic]:
    reasoner, when = c.reasoner, days(action)
    if any(not reasoner.possible(alone) for gate in asked for alone in gate.alone):
        return  # that condition never holds for anybody, which is found where it stands
    blamed = _fewest(c, action, asked)
    labels = [gate.label for gate in blamed]
    names = " and ".join(f"`{name}`" for name in dict.fromkeys(gate.name for gate in blamed))
    why = f"Nobody can be {names}" if len(blamed) == 1 else f"What it says at {names} can never hold together"
    if reasoner.possible(*(gate.asks for gate in blamed)) and not reasoner.possible(
        *(gate.asks for gate in blamed), days=when
    ):
        why += " on any day from its first to its last"
    help_ = "Look at the lines shown; one of them excludes all that the others allow."
    yield RULE.at(action.at, labels=labels, name=action.name, why=why, help=help_)


def _fewest(c: Context, action: Action, asked: tuple[Gate, ...]) -> tuple[Gate, ...]:
    """The fewest gates that cannot hold together."""
    for size in range(1, MOST_TOGETHER + 1):
        for some in combinations(asked, size):
            if not c.reasoner.possible(*(gate.asks for gate in some), days=days(action)):
                return some
    return asked


def _shut(c: Context, action: Action) -> Diagnostic | None:
    """What keeps it from everybody, whoever they are."""
    if action.hold_out is not None and action.hold_out.value >= 1:
        label = Label(action.place("hold_out"), "all of them")
        why = "Everyone is held out of it"
        return RULE.at(action.at, labels=[label], name=action.name, why=why, help="Hold out fewer.")
    for ref in action.offers:
        offer = c.strategy.offer(ref.name)
        if offer is not None and offer.stock is not None and offer.stock.amount.value == 0:
            label = Label(offer.place("stock"), "none of them")
            why = f"There is nothing of `{offer.name}` to offer"
            return RULE.at(action.at, labels=[label], name=action.name, why=why, help="Correct the stock.")
    return None
