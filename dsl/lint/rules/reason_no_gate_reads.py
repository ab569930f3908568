"""Reasons that a test expects, and that cannot be why the action is stopped."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Block, Context, being
from stratagem.dsl.check.reads import Reads
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Label
from stratagem.dsl.expressions.tree import Expr
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.learning import Expectation, StrategyTest
from stratagem.dsl.model.make.references import GATES
from stratagem.dsl.model.means import ContactPolicy

RULE = Rule(
    "L060",
    Text(
        "warning",
        "Nothing of `{action}` reads `{name}`",
        "So it cannot be the reason why the action is stopped.",
        "Name a gate (segment, stage, when, unless …) or something that one of its gates reads.",
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every `no action A because NAME` of every test."""
    policies = tuple(block.stamp for block in c.blocks if isinstance(block.part, ContactPolicy))
    yield from c.each(_of_block, reads="names", also=policies, where=being(StrategyTest))


def _of_block(c: Context, block: Block) -> Iterator[Diagnostic]:
    for expectation in block.part.expectations if isinstance(block.part, StrategyTest) else ():
        yield from _because(c, expectation)


def _because(c: Context, expectation: Expectation) -> Iterator[Diagnostic]:
    because, action = expectation.because, c.strategy.action(expectation.action.name) if expectation.action else None
    if because is None or action is None or because.name in GATES:
        return
    named = {ref.name for ref in action.segments}
    if because.name not in named | c.once(_reads, reads="names").closure(*_gates(c, action, named)):
        label = Label(action.at, f"`{action.name}` is declared here")
        yield RULE.at(because.at, labels=[label], name=because.name, action=action.name)


def _reads(c: Context) -> Reads:
    return Reads(c.strategy)


def _gates(c: Context, action: Action, named: set[str]) -> list[Expr]:
    """Everything that may stop an action."""
    s = c.strategy
    formulas = [action.when, *action.unless, action.chance, action.worth, action.costs]
    formulas += [segment.condition for segment in s.segments if segment.name in named]
    for block in s.tiers:
        if named & {tier.name for tier in block.tiers}:
            formulas += [block.formula, block.condition]
    if action.stages and s.journey is not None:
        formulas += [move.condition for move in s.journey.moves]
    for ref in action.channels:
        channel = s.channel(ref.name)
        formulas += [allowed.condition for allowed in channel.allowed] if channel else []
    formulas += [silence.after for policy in s.policies for silence in policy.silences]
    formulas += [offer.available for offer in s.offers if offer.name in {ref.name for ref in action.offers}]
    return [formula.expr for formula in formulas if formula is not None]
