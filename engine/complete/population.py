"""The figures that the checks ask for, worked out over a run's frames.

In: what `plan` leaves (customers with their facts, the data report, decisions). Out: `PopulationFacts`. Each figure is
worked out when it is first asked for. No personal value is among them: counts, means, ages, and the spread of answers
that are choices, yes/no or figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.complete.figures import (
    ActionFigures,
    AnswerFigures,
    Cell,
    FieldFigures,
    HurdleFigures,
    IdentityFigures,
    PlanFigures,
)
from stratagem.engine.data.report import DataReport
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Plan

if TYPE_CHECKING:
    import polars as pl

    from stratagem.engine.decide.decision import Decisions
    from stratagem.engine.evaluate.population import Population
    from stratagem.engine.pipeline import Run

MOST_ANSWERS = 20
"""At most so many different answers are listed for a question."""
LISTED_KINDS = frozenset({Kind.CHOICE, Kind.YES_NO, Kind.NUMBER, Kind.CHANNEL})


@dataclass
class FramesOfRun:
    """`PopulationFacts` over frames with the column names of engine/plan/plan.py.

    `frame`: one row a customer, with `@id` and every fact. `decisions` None: nothing was planned.
    """

    strategy: Strategy
    plan_of: Plan
    moment: Moment
    population: Population
    frame: pl.DataFrame
    fit: Fit | None = None
    report: DataReport | None = None
    decisions: Decisions | None = None

    # --- Whom --------------------------------------------------------------------------------------------------

    @cached_property
    def people(self) -> pl.DataFrame:
        """Customers who are not excluded, with their fields and facts; what only deciding reads is left out."""
        import polars as pl

        told = [c for c in self.frame.columns if "@" not in c[1:] or c.endswith("@open")]
        lazy = self.frame.lazy().select(told)
        if "@excluded" in told:
            lazy = lazy.filter(~pl.col("@excluded"))
        return lazy.collect()

    @property
    def customers(self) -> int:
        return self.people.height

    def _has(self, *columns: str) -> bool:
        return set(columns) <= set(self.frame.columns)

    def _in_group(self, name: str) -> pl.Expr | None:
        """Membership of a segment or tier, as a column; None where it was not worked out."""
        import polars as pl

        tier = next((t for t in self.strategy.all_tiers if t.name == name), None)
        if tier is not None:
            return pl.col(tier.tiers) == name if self._has(tier.tiers) else None
        return pl.col(name) if self._has(name) else None

    def _count(self, condition: pl.Expr | None) -> int | None:
        if condition is None:
            return None
        return int(self.people.select(condition.fill_null(False).sum()).item())

    def group(self, name: str) -> int | None:
        return self._count(self._in_group(name))

    def untold(self, tiers: str) -> int | None:
        import polars as pl

        return self._count(pl.col(f"{tiers}@open")) if self._has(f"{tiers}@open") else None

    def nowhere(self, tiers: str) -> int | None:
        import polars as pl

        if not self._has(tiers, f"{tiers}@open"):
            return None
        segments = [pl.col(s.name).fill_null(False) for s in self.strategy.segments if self._has(s.name)]
        placed = pl.any_horizontal(pl.col(tiers).is_not_null(), pl.col(f"{tiers}@open").fill_null(False), *segments)
        return self._count(~placed)

    def stage(self, name: str, group: str | None = None) -> int | None:
        import polars as pl

        if not self._has("stage"):
            return None
        member = self._in_group(group) if group is not None else pl.lit(True)
        return self._count((pl.col("stage") == name) & member) if member is not None else None

    # --- How much ----------------------------------------------------------------------------------------------

    def known(self, fact: str) -> float | None:
        import polars as pl

        if not self._has(fact) or not self.customers:
            return None
        return (self._count(pl.col(fact).is_not_null()) or 0) / self.customers

    def mean(self, fact: str, group: str | None = None, stages: tuple[str, ...] | None = None) -> float | None:
        import polars as pl

        if not self._has(fact) or (stages is not None and not self._has("stage")):
            return None
        member = self._in_group(group) if group is not None else pl.lit(True)
        if member is None:
            return None
        at_stage = pl.col("stage").is_in(list(stages)) if stages is not None else pl.lit(True)
        return _number(self.people.select(pl.col(fact).filter(member & at_stage).mean()).item())

    def cell(self, rows: str, row: str, columns: str, column: str) -> Cell | None:
        import polars as pl

        if not self._has(rows, columns):
            return None
        inside = (pl.col(rows) == row) & (pl.col(columns) == column)
        count = self._count(inside) or 0
        value = self.strategy.main_value
        if value is None or not self._has(value.name):
            return Cell(count, None)
        known = pl.col(value.name).filter(inside).drop_nulls()
        total, n = self.people.select(known.sum(), known.len().alias("n")).row(0)
        return Cell(count, _number(total) if n else None)

    @cached_property
    def _hurdles(self) -> pl.DataFrame:
        """Stage and every hurdle's condition, for the customers who are not excluded, once there are stages."""
        from stratagem.engine.evaluate.columnar import add_columns

        whole = self.population.with_customers(self.people.lazy())
        columns = ["stage", *(step.name for step in self.plan_of.hurdles)]
        return add_columns(whole, self.plan_of.hurdles, self.moment, self.fit).select(columns).collect()

    def hurdle(self, name: str, stage: str, beyond: tuple[str, ...]) -> HurdleFigures | None:
        import polars as pl

        column = f"{name}@hurdle"
        if not self._has("stage") or column not in self._hurdles.columns:
            return None
        here = self._hurdles.filter(pl.col("stage") == stage).get_column(column)
        past = sum(self.stage(s) or 0 for s in beyond)
        reached = past + here.len()
        return HurdleFigures(
            at_stage=here.len(),
            before=int(here.fill_null(False).sum()),
            unknown=here.null_count(),
            conversion=past / reached if reached else None,
        )

    @cached_property
    def _metrics(self) -> dict[str, float | None]:
        from stratagem.engine.evaluate.columnar import metrics

        wanted = {m.name: m.expr for m in self.plan_of.metrics}
        whole = self.population.with_customers(self.frame.lazy())
        found = metrics(whole, wanted, self.moment, self.fit) if wanted else {}
        return {name: _number(value.value) for name, value in found.items()}

    def metric(self, name: str) -> float | None:
        return self._metrics.get(name)

    # --- What is on file ---------------------------------------------------------------------------------------

    @property
    def identity(self) -> IdentityFigures | None:
        if self.report is None:
            return None
        shapes = {s.name: s.shape for s in self.strategy.sources}
        found = [s for s in self.report.sources if shapes.get(s.name) in ("one", "many")]
        lost = sum(s.orphans + s.unmatched + s.ambiguous + s.rows_without_identity for s in found)
        orphans = sum(s.orphans for s in found)
        kept = sum(s.rows_kept - s.orphans for s in found)
        return IdentityFigures(
            customers=self.report.customers,
            matched=kept / (kept + lost) if kept + lost else None,
            orphans=orphans,
            duplicates=sum(s.duplicates for s in found),
        )

    def field(self, source: str, field: str) -> FieldFigures | None:
        found = self.report.source(source) if self.report else None
        known = found.field(field) if found else None
        if found is None or known is None:
            return None
        newest = date.fromisoformat(found.newest[:10]) if found.newest else None
        return FieldFigures(rows=found.rows_kept, filled=known.known or 0.0, newest=newest)

    def answers(self, source: str, field: str) -> AnswerFigures | None:
        answered = self._answered(source, field)
        if answered is None:
            return None
        groups: dict[str, int] = {}
        for treated in self.strategy.served:
            member = self._in_group(treated.name)
            if member is not None:
                groups[treated.name] = int(answered.select(member.fill_null(False).sum()).item())
        ages = answered.get_column("@age").drop_nulls()
        return AnswerFigures(
            count=answered.height,
            by_group=groups,
            spread=self._spread(answered, source, field),
            median_age=_number(ages.median()),
            oldest=_number(ages.max()),
        )

    def _answered(self, source: str, field: str) -> pl.DataFrame | None:
        """One row for each customer with an answer: the facts, `@answer`, and `@age` in days where it is dated."""
        import polars as pl

        declared = self.strategy.source(source)
        if declared is None or declared.field(field) is None:
            return None
        dated = declared.dated_by.name if declared.dated_by else None
        if declared.shape == "many":
            rows = self._latest_rows(source, field, dated)
            frame = self.people.join(rows, on="@id", how="inner") if rows is not None else None
        else:
            names = {"@answer": f"{source}.{field}", "@when": f"{source}.{dated}"}
            there = {new: pl.col(old) for new, old in names.items() if self._has(old)}
            frame = (
                self.people.with_columns(**there).filter(pl.col("@answer").is_not_null())
                if "@answer" in there
                else None
            )
        if frame is None:
            return None
        when = pl.col("@when").cast(pl.Date) if "@when" in frame.columns else pl.lit(None, pl.Date)
        return frame.with_columns((pl.lit(self.moment.date) - when).dt.total_days().alias("@age"))

    def _latest_rows(self, source: str, field: str, dated: str | None) -> pl.DataFrame | None:
        import polars as pl

        if source not in self.population.rows:
            return None
        columns = [pl.col("@id"), pl.col("@row"), pl.col(field).alias("@answer")]
        columns += [pl.col(dated).alias("@when")] if dated else []
        rows = self.population.rows[source].select(columns).filter(pl.col("@answer").is_not_null()).collect()
        order = ["@when", "@row"] if dated else ["@row"]
        return rows.sort(order).unique("@id", keep="last", maintain_order=True).drop("@row")

    def _spread(self, answered: pl.DataFrame, source: str, field: str) -> dict[str, int]:
        """How often each answer was given, the most frequent first; nothing for personal data and free text."""
        declared = self.strategy.source(source)
        found = declared.field(field) if declared else None
        if found is None or found.personal_for is not None or found.type.kind not in LISTED_KINDS:
            return {}
        counted = answered.get_column("@answer").value_counts(sort=True)
        pairs = sorted(counted.iter_rows(), key=lambda pair: (-pair[1], str(pair[0])))
        return {_answer(value): count for value, count in pairs[:MOST_ANSWERS]}

    # --- What is planned ---------------------------------------------------------------------------------------

    @cached_property
    def plan(self) -> PlanFigures | None:
        import polars as pl

        if self.decisions is None:
            return None
        actions = {row["action"]: _action_figures(row) for row in self.decisions.by_action.iter_rows(named=True)}
        contacts = list(self.decisions.contacts_per_customer.iter_rows())
        everyone = sum(n for _, n in contacts)
        supplies = self.decisions.supplies
        money = supplies.filter(pl.col("kind") == "budget")
        hours = supplies.filter(pl.col("kind") == "hours")
        return PlanFigures(
            actions=actions,
            contacts_mean=sum(c * n for c, n in contacts) / everyone if everyone else 0.0,
            contacts_most=max((c for c, n in contacts if n), default=0),
            spent=_by_name(money, "used"),
            budgets=_there(money),
            hours=_by_name(hours, "used"),
            hours_there=_there(hours),
        )


def of_run(run: Run) -> FramesOfRun:
    """The figures of a whole run."""
    return FramesOfRun(
        strategy=run.strategy,
        plan_of=run.plan,
        moment=run.moment,
        population=run.population,
        frame=run.customers,
        fit=run.fit,
        report=run.loaded.report,
        decisions=run.decisions,
    )


def _action_figures(row: dict[str, Any]) -> ActionFigures:
    worth = row["expected_worth"]
    profit = None if worth is None else float(worth) - float(row["cost"] or 0.0)
    return ActionFigures(customers=int(row["customers"]), cost=float(row["cost"] or 0.0), profit=profit)


def _by_name(supplies: pl.DataFrame, column: str) -> dict[str, float]:
    return {row["name"]: float(row[column]) for row in supplies.iter_rows(named=True)}


def _there(supplies: pl.DataFrame) -> dict[str, float]:
    """What was left of each supply before the plan."""
    pairs: Iterable[dict[str, Any]] = supplies.iter_rows(named=True)
    return {row["name"]: float(row["amount"]) - float(row["used_before"]) for row in pairs}


def _answer(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _number(value: object) -> float | None:
    """A figure of a frame as a float; None for missing, for yes/no and for texts."""
    if value is None or isinstance(value, (bool, str)) or not hasattr(value, "__float__"):
        return None
    return float(value)
