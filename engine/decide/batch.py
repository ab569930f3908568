"""Decides for a whole population.

In: a plan; one row per customer with the plan's columns (`@id`, `@excluded`, gates, scores, costs); the moment; the
history. Out: `Decisions`. The steps are those of the language reference: candidates, contact policy, rank, allocate,
hold out; the ledger is checked to balance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from stratagem.engine.decide.capacity import means_of
from stratagem.engine.decide.compile_rules import rules_of
from stratagem.engine.decide.contact_policy import Standing, stand
from stratagem.engine.decide.contest import contest_of
from stratagem.engine.decide.decision import Decisions
from stratagem.engine.decide.eligibility import Candidates, collect
from stratagem.engine.decide.hashing import Texts
from stratagem.engine.decide.past import History, Past, look_back
from stratagem.engine.decide.rank import Pairs, pair_up
from stratagem.engine.decide.rules import Rules
from stratagem.engine.decide.run import Run
from stratagem.engine.decide.score import screen
from stratagem.engine.decide.serve import USUAL, Pace
from stratagem.engine.decide.tables import Tables
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Plan

NO_HISTORY = History()


@dataclass
class Kept:
    """What a run keeps, so that one customer can be looked into afterwards."""

    plan: Plan
    rules: Rules
    candidates: Candidates
    pairs: Pairs
    standing: Standing
    past: Past
    moment: Moment
    fit: Fit | None


def decide_batch(
    plan: Plan,
    population: pl.LazyFrame | pl.DataFrame,
    moment: Moment,
    history: History = NO_HISTORY,
    fit: Fit | None = None,
    groups: Mapping[str, str] | None = None,
    pace: Pace = USUAL,
) -> Decisions:
    """Decides for everyone in `population`.

    `history`: contacts and outcomes up to now. `fit` is only kept, for records. `groups`: the column that holds each
    declared group's value, where it is not the field the strategy names. ValueError where a column lacks, or an id
    stands twice.
    """
    rules = rules_of(plan)
    candidates = collect(plan, rules, population, groups)
    past = look_back(rules, candidates, history, moment)
    standing = stand(rules, candidates, past, moment)
    ids = Texts(candidates.ids)
    found = screen(rules, candidates, standing)
    top = _top_scores(found.first, len(candidates))
    pairs = pair_up(rules, candidates, found, ids)
    del found
    means = means_of(rules, candidates, past.used)
    allocation = Run(rules, candidates, pairs, contest_of(rules, standing, means), pace).decide()
    _mark(candidates, pairs)
    kept = Kept(plan, rules, candidates, pairs, standing, past, moment, fit)
    return Tables(kept, ids, top, allocation).decisions()


def _top_scores(first: list[np.ndarray], size: int) -> np.ndarray:
    """Each customer's best score among the open pairs; not-a-number where there is none."""
    top = np.zeros(size)
    for scores in first:
        top = np.maximum(top, np.where(np.isfinite(scores), scores, 0.0))
    return np.where(top > 0, top, np.nan)


def _mark(candidates: Candidates, pairs: Pairs) -> None:
    """What the run itself stopped, back to the gates of each pair."""
    for a in range(len(candidates.bits)):
        mine = slice(pairs.starts[a], pairs.starts[a + 1])
        bits = candidates.bits[a]
        bits[pairs.customer[mine]] |= pairs.why[mine].astype(np.uint32)
