"""What `plan` came to: the run and its completeness, as a page and as a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from stratagem.engine.cli import complete_page, metric_page, plan_page
from stratagem.engine.cli.running import Case, run_all
from stratagem.engine.present.blocks import Block

if TYPE_CHECKING:
    import polars as pl

    from stratagem.engine.cli.opening import Opened
    from stratagem.engine.cli.progress import Step
    from stratagem.engine.complete.report import CompletenessReport
    from stratagem.engine.handover.messages import MissingSlot
    from stratagem.engine.pipeline import Run


@dataclass
class Outcome:
    """One run, and what the strategy lacks in the light of it."""

    run: Run
    completeness: CompletenessReport

    @cached_property
    def missing(self) -> tuple[MissingSlot, ...]:
        """Slots of messages that had no value."""
        from stratagem.engine.handover.channels import missing_slots

        return missing_slots(self.run)

    @property
    def included(self) -> pl.DataFrame:
        """The customers who are not excluded, with the columns that say where they stand."""
        import polars as pl

        strategy, customers = self.run.strategy, self.run.customers
        tiers = [name for block in strategy.tiers for name in (block.name, f"{block.name}@open")]
        wanted = {*tiers, *(segment.name for segment in strategy.segments), "stage", "@id"}
        columns = [name for name in customers.columns if name in wanted]
        return customers.lazy().filter(~pl.col("@excluded").fill_null(False)).select(columns).collect()


def work_out(opened: Opened, case: Case) -> Outcome:
    """Read, decide, diagnose."""
    found: list[CompletenessReport] = []

    def finish(run: Run, say: Step) -> None:
        say("judging completeness")
        found.append(complete_page.diagnosed(run))

    return Outcome(run_all(opened, case, finish), found[0])


def page(outcome: Outcome, limit: int) -> Iterator[Block]:
    """All that the main job prints."""
    run = outcome.run
    currency = run.strategy.header.currency
    read = run.loaded.report.customers
    yield from plan_page.head(run.strategy, run.decisions, read)
    yield from plan_page.data_section(run.loaded.report)
    yield from plan_page.placed_section(run.strategy, outcome.included)
    yield from metric_page.metric_section(run, run.metrics)
    yield from metric_page.goal_section(run, run.metrics)
    if limit:
        yield from plan_page.list_section(run.decisions, currency, limit)
    yield from plan_page.action_section(run.decisions, currency)
    yield from plan_page.message_section(outcome.missing)
    yield from plan_page.supply_section(run.decisions, currency)
    yield from plan_page.ledger_section(run.decisions, read)
    yield from plan_page.quiet_section(run.strategy, run.decisions)
    yield from complete_page.summary_section(outcome.completeness)


def record(outcome: Outcome, limit: int, written: list[str]) -> dict[str, Any]:
    """The same for programs; `list` holds the first rows, `--out` writes them all."""
    run, decisions = outcome.run, outcome.run.decisions
    head = plan_page.first_rows(decisions, limit)
    best = decisions.allocation
    return {
        "strategy": decisions.strategy,
        "strategy_hash": decisions.strategy_hash,
        "as_of": str(decisions.moment),
        "customers": run.loaded.report.customers,
        "data": run.loaded.report.model_dump(mode="json"),
        "placed": [
            {"of": of, "kind": kind, "name": name, "customers": n}
            for of, kind, name, _, n in plan_page.placed(run.strategy, outcome.included)
        ],
        "metrics": metric_page.metric_records(run, run.metrics),
        "decisions": decisions.list.height,
        "list": [_plain(row) for row in head.iter_rows(named=True)],
        "by_action": decisions.by_action.to_dicts(),
        "messages": [asdict(slot) for slot in outcome.missing],
        "supplies": decisions.supplies.to_dicts(),
        "limits": decisions.limits.to_dicts(),
        "allocation": {"total": best.total, "bound": best.bound, "gap": best.gap} if best.bound else None,
        "ledger": dict(decisions.ledger.rows()),
        "completeness": complete_page.summary_record(outcome.completeness),
        "written": written,
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in row.items()}
