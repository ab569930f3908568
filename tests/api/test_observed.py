"""Both observers see the same: clause by clause, over the sample's households."""

from collections import Counter

import stratagem
from stratagem.engine.data.frames import records_of
from stratagem.engine.evaluate.columnar.observe import tally
from stratagem.engine.single import Single
from tests.tools.house import ROOT


def test_clauses_counted_in_columns_are_those_seen_row_by_row() -> None:
    engine = stratagem.Engine(stratagem.load(ROOT / "strategies" / "coffee"))
    run = engine.plan(as_of="2026-11-21")
    told = tally(run.population, run.plan.candidates, run.moment, run.fit)
    assert len(told) > 40
    assert all(t.true + t.false + t.unknown == 2005 - 24 for t in told)

    single = Single(engine.strategy, run.fit)
    excluded = set(run.customers.filter(run.customers["@excluded"])["@id"])
    seen: dict[tuple[str, int], Counter[bool | None]] = {}
    for record in records_of(run.population):
        if record["@id"] in excluded:
            continue
        observed = single.program.observe(record, run.moment, run.fit)
        for column, clauses in observed.observations.items():
            for number, clause in enumerate(clauses):
                seen.setdefault((column, number), Counter())[clause.truth] += 1
    numbers: Counter[str] = Counter()
    for t in told:
        counts = seen[t.column, numbers[t.column]]
        numbers[t.column] += 1
        assert (t.true, t.false, t.unknown) == (counts[True], counts[False], counts[None]), (t.column, t.span)
