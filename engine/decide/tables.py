"""From the pairs taken to the frames that people and programs read.

In: what a run kept. Out: `Decisions`. All sums of money are exact: they are added in millionths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import polars as pl

from stratagem.engine.decide import ledger
from stratagem.engine.decide.allocate import Allocation
from stratagem.engine.decide.capacity import exact_sum, to_units
from stratagem.engine.decide.contact_policy import allowed_hours
from stratagem.engine.decide.decision import Decisions
from stratagem.engine.decide.eligibility import Bools
from stratagem.engine.decide.hashing import Texts
from stratagem.engine.decide.identity import decision_ids, id_prefix
from stratagem.engine.decide.rules import MILLION, ActionRule, Rules
from stratagem.engine.decide.usage import limit_table, supply_table
from stratagem.engine.decide.validity import WHOLE, reason_head, valid_to

if TYPE_CHECKING:
    from stratagem.engine.decide.batch import Kept

LIST_TYPES: dict[str, Any] = {
    "customer": pl.String,
    "position": pl.Int32,
    "slot": pl.String,
    "action": pl.String,
    "channel": pl.String,
    "kind": pl.String,
    "status": pl.String,
    "score": pl.Float64,
    "chance": pl.Float64,
    "worth": pl.Float64,
    "weight": pl.Float64,
    "cost": pl.Float64,
    "goal": pl.String,
    "budget": pl.String,
    "decision_id": pl.String,
    "valid_from": pl.Date,
    "valid_to": pl.Date,
    "hours": pl.String,
    "reason": pl.String,
}
"""Columns of the list; the fields of `Decision`."""
BY_ACTION_TYPES: dict[str, Any] = {
    "action": pl.String,
    "label": pl.String,
    "kind": pl.String,
    "open_to": pl.Int64,
    "customers": pl.Int64,
    "withheld": pl.Int64,
    "cost": pl.Float64,
    "expected_worth": pl.Float64,
    "goal": pl.String,
    "budget": pl.String,
    "budget_left": pl.Float64,
}


class Tables:
    """The frames of one run."""

    def __init__(self, kept: Kept, ids: Texts, top: npt.NDArray[np.float64], allocation: Allocation) -> None:
        self.kept = kept
        self.rules: Rules = kept.rules
        self.ids = ids
        self.top = top
        self.allocation = allocation
        pairs = kept.pairs
        self.taken = np.flatnonzero(pairs.chosen >= 0)
        self.customer = pairs.customer[self.taken]
        self.action = pairs.action[self.taken]
        self.option = pairs.chosen[self.taken]
        self.held = pairs.withheld[self.taken]
        self.cost = np.zeros(len(self.taken))

    def decisions(self) -> Decisions:
        """All frames, with the ledger balanced."""
        listed = self._list()
        customers, balance = self._customers()
        strategy = self.rules.strategy
        sent = ~self.held
        supplies = supply_table(self.kept, self.allocation, self.customer, self.action, self.option, self.cost, sent)
        return Decisions(
            strategy=strategy.name,
            strategy_hash=strategy.hash,
            moment=self.kept.moment,
            list=listed,
            customers=customers,
            gates=self._gates(),
            ledger=balance,
            by_action=self._by_action(listed, supplies),
            supplies=supplies,
            limits=limit_table(self.kept, self.customer, self.action, self.option, sent),
            contacts_per_customer=_spread(customers),
            allocation=self.allocation,
            kept=self.kept,
        )

    def _list(self) -> pl.DataFrame:
        """The taken pairs, by customer and position."""
        taken = np.unique(self.action).tolist()
        if not taken:
            return pl.DataFrame(schema=LIST_TYPES)
        whole = pl.concat([self._listed(self.rules.actions[a]) for a in taken])
        whole = whole.sort("@row", "@late", "score", "@number", descending=[False, False, True, False], nulls_last=True)
        rows = whole.get_column("@row").to_numpy()
        first = np.r_[True, rows[1:] != rows[:-1]]
        starts = np.maximum.accumulate(np.where(first, np.arange(len(rows)), 0))
        position = pl.Series("position", np.arange(len(rows)) - starts + 1, dtype=pl.Int32)
        late = whole.get_column("@late").to_numpy()
        ranked = np.cumsum(late)
        place = np.where(late, ranked - (ranked - late)[starts], 0)
        whole = whole.with_columns(position, self._slot(place))
        return whole.select(pl.col(name).cast(kind) for name, kind in LIST_TYPES.items())

    def _slot(self, place: npt.NDArray[Any]) -> pl.Series:
        """The named place of each line; required actions have none, they stand before the places."""
        names = pl.Series(["", *self.rules.slots], dtype=pl.String)
        known = np.where(place < len(names), place, 0)
        return names.gather(known.astype(np.uint32)).alias("slot")

    def _listed(self, rule: ActionRule) -> pl.DataFrame:
        """One action's lines, with what varies by channel put together from its options."""
        index, moment = rule.plan.index, self.kept.moment
        here = np.flatnonzero(self.action == index)
        rows, option = self.customer[here], self.option[here]
        score, cost = self._through(rule, here, rows, option)
        self.cost[here] = cost
        channels = [o.channel for o in rule.options]
        ends = [valid_to(self.rules, rule, o, moment) for o in rule.options]
        hours = ["" if moment.time is not None else allowed_hours(o) for o in rule.options]
        action = rule.action
        status = np.where(self.held[here], 1, 2 if rule.required else 0)
        parts = {name: self._part(column, rows) for name, column in _parts(rule)}
        frame = pl.DataFrame({"@row": rows, "score": score, "cost": cost, **parts}).with_columns(
            pl.col("score", *parts).fill_nan(None),
            self.kept.candidates.ids.gather(rows.astype(np.uint32)).alias("customer"),
            _pick(channels, option).alias("channel"),
            _pick(["recommended", "withheld", "required"], status).alias("status"),
            _pick(ends, option).alias("valid_to"),
            _pick(hours, option).alias("hours"),
            decision_ids(id_prefix(self.rules.strategy.hash, moment, action.name), self.ids, rows),
            pl.lit(not rule.required).alias("@late"),
            pl.lit(index).alias("@number"),
            pl.lit(action.name).alias("action"),
            pl.lit(action.kind).alias("kind"),
            pl.lit(", ".join(ref.name for ref in action.serves)).alias("goal"),
            pl.lit(action.paid_from.name if action.paid_from else "").alias("budget"),
            pl.lit(moment.date).alias("valid_from"),
        )
        return frame.with_columns(_reason(rule).alias("reason"))

    def _part(self, column: str | None, rows: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        if column is None:
            return np.full(len(rows), np.nan)
        return np.asarray(self.kept.candidates.numbers(column)[rows])

    def _through(
        self, rule: ActionRule, here: npt.NDArray[Any], rows: npt.NDArray[Any], option: npt.NDArray[np.int8]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Score and cost through the channel each took."""
        score, cost = np.full(len(here), np.nan), np.zeros(len(here))
        for k, choice in enumerate(rule.options):
            mine = option == k
            cost[mine] = np.nan_to_num(self.kept.candidates.numbers(choice.cost)[rows[mine]], nan=0.0)
            if choice.score is not None:
                score[mine] = self.kept.candidates.numbers(choice.score)[rows[mine]]
        return score, cost

    def _customers(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        candidates = self.kept.candidates
        size = len(candidates)
        acted, held = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
        acted[self.customer[~self.held]] = True
        held[self.customer[self.held]] = True
        entries = ledger.entries(candidates.bits, candidates.excluded, held, acted)
        outbound = self._outbound() & ~self.held
        frame = pl.DataFrame({"customer": candidates.ids, "ledger": ledger.names(entries)})
        facts = [t.name for t in self.rules.strategy.tiers] + ["stage"]
        frame = frame.with_columns(
            *(candidates.frame.get_column(n) for n in facts if n in candidates.frame.columns),
            pl.Series("top_score", self.top).fill_nan(None),
            pl.Series("actions", np.bincount(self.customer[~self.held], minlength=size), dtype=pl.Int32),
            pl.Series("contacts", np.bincount(self.customer[outbound], minlength=size), dtype=pl.Int32),
        )
        return frame, ledger.balance(entries)

    def _outbound(self) -> Bools:
        table = np.zeros((len(self.rules.actions), max(1, self.rules.widest)), np.bool_)
        for a, rule in enumerate(self.rules.actions):
            for k, option in enumerate(rule.options):
                table[a, k] = option.outbound
        return table[self.action, self.option]

    def _gates(self) -> pl.DataFrame:
        bits = self.kept.candidates.bits
        columns = [pl.Series(r.action.name, b) for r, b in zip(self.rules.actions, bits, strict=True)]
        return pl.DataFrame([self.kept.candidates.ids.alias("customer"), *columns])

    def _by_action(self, listed: pl.DataFrame, supplies: pl.DataFrame) -> pl.DataFrame:
        """What each action comes to."""
        left = dict(supplies.filter(kind="budget").select("name", "left").rows())
        rows = []
        for a, rule in enumerate(self.rules.actions):
            mine, action = self.action == a, rule.action
            sent = mine & ~self.held
            paid = action.paid_from.name if action.paid_from else ""
            pairs = self.kept.pairs
            rows.append(
                {
                    "action": action.name,
                    "label": action.title,
                    "kind": action.kind,
                    "open_to": pairs.starts[a + 1] - pairs.starts[a],
                    "customers": int(sent.sum()),
                    "withheld": int((mine & self.held).sum()),
                    "cost": exact_sum(to_units(self.cost[sent])) / MILLION,
                    "expected_worth": self._expected(rule, self.customer[sent]),
                    "goal": ", ".join(ref.name for ref in action.serves),
                    "budget": paid,
                    "budget_left": left.get(paid),
                }
            )
        return pl.DataFrame(rows, schema=BY_ACTION_TYPES)

    def _expected(self, rule: ActionRule, rows: npt.NDArray[Any]) -> float | None:
        """Sum of chance × worth; missing for an action that declares neither."""
        if rule.plan.chance is None or rule.plan.worth is None:
            return None
        worth = self._part(rule.plan.chance, rows) * self._part(rule.plan.worth, rows)
        up, down = to_units(np.maximum(worth, 0)), to_units(np.maximum(-worth, 0))
        return (exact_sum(up) - exact_sum(down)) / MILLION


def _parts(rule: ActionRule) -> tuple[tuple[str, str | None], ...]:
    """The parts of the score that do not depend on the channel, with their columns."""
    return ("chance", rule.plan.chance), ("worth", rule.plan.worth), ("weight", rule.plan.weight)


def _pick(values: list[Any], which: npt.NDArray[Any]) -> pl.Series:
    """One of a few values a row."""
    return pl.Series(values if values else [None]).gather(np.asarray(which, np.uint32))


def _reason(rule: ActionRule) -> pl.Expr:
    """The text of `validity.reason_of`, for all rows at once."""
    parts: list[pl.Expr] = []
    for name in ("chance", "worth", "weight", "cost"):
        parts.append(pl.when(pl.col(name).is_not_null()).then(pl.format(name + " {}", _plain(pl.col(name)))))
    told = pl.concat_str(parts, separator=", ", ignore_nulls=True)
    head = reason_head(rule)
    return pl.format("{}; {}", pl.lit(head), told) if head else told


def _plain(value: pl.Expr) -> pl.Expr:
    """The text of `validity.plain`. By a constant Polars would multiply with its reciprocal; by a column it divides."""
    rounded = value.sign() * (value.abs() * 10_000 + 0.5).floor() / (value * 0 + 10_000)
    rounded = pl.when(rounded != 0.0).then(rounded).otherwise(rounded.abs())  # without the sign of a negative zero
    rounded = pl.when(value.abs() < WHOLE).then(rounded).otherwise(value)
    return rounded.cast(pl.String).str.strip_suffix(".0")


def _spread(customers: pl.DataFrame) -> pl.DataFrame:
    """How many customers get how many outbound contacts in this run."""
    return customers.group_by("contacts").agg(pl.len().cast(pl.Int64).alias("customers")).sort("contacts")
