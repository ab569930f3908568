"""The statements of each block, one module a block.

In: nothing. Out: `ALL`, every statement in the order of the reference.
"""

from stratagem.dsl.catalogue.blocks import (
    action,
    business,
    channel,
    customer,
    decide,
    facts,
    goal,
    journey,
    learning,
    offer,
    portrait,
    resources,
    segments,
    source,
    strategy,
    tests,
)
from stratagem.dsl.catalogue.statement import Statement

ALL: tuple[Statement, ...] = (
    *strategy.STATEMENTS,
    *business.STATEMENTS,
    *customer.STATEMENTS,
    *source.STATEMENTS,
    *facts.STATEMENTS,
    *segments.STATEMENTS,
    *portrait.STATEMENTS,
    *offer.STATEMENTS,
    *journey.STATEMENTS,
    *goal.STATEMENTS,
    *resources.STATEMENTS,
    *channel.STATEMENTS,
    *action.STATEMENTS,
    *decide.STATEMENTS,
    *learning.STATEMENTS,
    *tests.STATEMENTS,
)
