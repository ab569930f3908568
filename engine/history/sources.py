"""The history as sources: rows of contacts, decisions, outcomes and stage moves, as formulas and limits read them.

In: events, and a strategy. Out: frames with `@id`, `@row`, `at` on the strategy's wall clock, and the fields of
dsl.resolve.builtin. What went by a former name (`once called`) has the present one; a name that nothing bears now is
missing, as an unknown choice in a file is. Costs in another currency than the strategy's are missing.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from stratagem.dsl.model.actions import KINDS as ACTION_KINDS
from stratagem.dsl.model.base import Declared
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.resolve.builtin import FIELDS, OUTCOMES, STATUSES
from stratagem.engine.evaluate.population import Population
from stratagem.engine.history.history import History
from stratagem.engine.moment import Moment

EVENT_KIND = {"contacts": "contact", "decisions": "decision", "outcomes": "outcome", "stage_moves": "stage_move"}
_COLUMN = {"kind": "action_kind", "from_stage": "stage_from", "to_stage": "stage_to"}
STAGE_BEFORE = "@stage_before"


def history_rows(events: pl.DataFrame, strategy: Strategy, moment: Moment) -> dict[str, pl.LazyFrame]:
    """The rows of every built-in source, by its name, in the order they were appended. `events`: a snapshot."""
    actions, channels = _names(strategy.actions), _names(strategy.channels)
    stages = _names(strategy.journey.stages if strategy.journey else ())
    kinds = {a.name: a.kind for a in strategy.actions}
    local = pl.col("at").dt.convert_time_zone(moment.zone).dt.replace_time_zone(None)
    currency = strategy.header.currency
    action = _renamed("action", actions)
    read = events.lazy().select(
        pl.col("customer").alias("@id"),
        pl.col("kind").alias("@kind"),
        local.alias("at"),
        action.alias("action"),
        _renamed("channel", channels).alias("channel"),
        # A contact that does not say of what kind it was is of its action's kind.
        pl.coalesce(_one_of("action_kind", ACTION_KINDS), _mapped(action, kinds)).alias("kind"),
        pl.when(pl.col("currency") == pl.lit(currency)).then("cost").alias("cost"),
        _one_of("outcome", OUTCOMES).alias("outcome"),
        _one_of("status", STATUSES).alias("status"),
        _renamed("stage_from", stages).alias("from_stage"),
        _renamed("stage_to", stages).alias("to_stage"),
    )
    return {
        source: read.filter(pl.col("@kind") == EVENT_KIND[source])
        .with_row_index("@row")
        .select("@id", pl.col("@row").cast(pl.Int64), *fields)
        for source, fields in FIELDS.items()
    }


def _names(declared: Iterable[Declared]) -> dict[str, str]:
    """Present name by every name a thing has or had; a present name wins over a former one."""
    things = list(declared)
    former = {old: thing.name for thing in things for old in thing.once_called}
    return former | {thing.name: thing.name for thing in things}


def _renamed(column: str, names: dict[str, str]) -> pl.Expr:
    return _mapped(pl.col(column), names)


def _mapped(column: pl.Expr, names: dict[str, str]) -> pl.Expr:
    return column.replace_strict(names, default=None, return_dtype=pl.String) if names else pl.lit(None, pl.String)


def _one_of(column: str, known: Iterable[str]) -> pl.Expr:
    return pl.when(pl.col(column).is_in(list(known))).then(pl.col(column))


def last_stages(rows: dict[str, pl.LazyFrame], moment: Moment) -> pl.DataFrame:
    """Where history last put each customer: `@id`, `@stage_before`. Moves after the moment are not known yet."""
    latest = pl.lit(moment.micros).cast(pl.Datetime("us"))
    moves = rows["stage_moves"].filter(pl.col("at") <= latest).sort("at", "@row")
    return moves.group_by("@id").agg(pl.col("to_stage").last().alias(STAGE_BEFORE)).collect()


def with_history(population: Population, strategy: Strategy, history: History, moment: Moment) -> Population:
    """The population with the built-in sources and, for each customer, `@stage_before`."""
    rows = history_rows(history.snapshot(), strategy, moment)
    customers = population.customers.join(last_stages(rows, moment).lazy(), on="@id", how="left", maintain_order="left")
    return Population(customers, {**population.rows, **rows}, population.groups, population.dates)


def no_history(strategy: Strategy, population: Population, moment: Moment) -> Population:
    """The same when nothing ever happened."""
    from stratagem.engine.history.memory import MemoryHistory

    return with_history(population, strategy, MemoryHistory(), moment)
