"""What formulas read, through all the facts in between.

In: a strategy. Out: names: of facts, segments and `segments` blocks, of fields (bare and as `source.field`), and of
sources.
"""

from __future__ import annotations

from functools import cached_property

from stratagem.dsl.expressions.tree import (
    Aggregate,
    Expr,
    FactRef,
    FieldRef,
    GroupAggregate,
    IdentityRef,
    InTier,
    RowRef,
    SegmentRef,
    StageRef,
    TierRef,
)
from stratagem.dsl.model.facts import Assumption, CustomerValue, Measure, Tiers
from stratagem.dsl.model.strategy import Strategy


class Reads:
    """Answers what an expression reads, itself and by what it names."""

    def __init__(self, strategy: Strategy) -> None:
        self.strategy = strategy

    @cached_property
    def _formulas(self) -> dict[str, list[Expr]]:
        """The expressions behind each name of the shared space; `stage` for the journey."""
        s = self.strategy
        found: dict[str, list[Expr]] = {}
        figures: tuple[Assumption | Measure | CustomerValue, ...] = (*s.assumptions, *s.measures, *s.values)
        for fact in figures:
            found[fact.name] = [fact.formula.expr]
        for segment in s.segments:
            found[segment.name] = [segment.condition.expr]
        for block in s.tiers:
            bounds = [t.threshold.expr for t in block.tiers if t.threshold]
            found[block.name] = [block.formula.expr, *bounds, *([block.condition.expr] if block.condition else [])]
        if s.journey is not None:
            found["stage"] = [m.condition.expr for m in s.journey.moves if m.condition]
        return found

    @cached_property
    def _assumed(self) -> frozenset[str]:
        return frozenset(a.name for a in self.strategy.assumptions)

    def direct(self, expr: Expr) -> set[str]:
        """Names that the expression itself holds."""
        found: set[str] = set()
        for part in expr.walk():
            match part:
                case FactRef(name=name) | SegmentRef(segment=name) | TierRef(tiers=name):
                    found.add(name)
                case InTier(tiers=name, names=names):
                    found.update((name, *names))
                case FieldRef(source=source, field=field):
                    found.update((f"{source}.{field}", field, source))
                case RowRef(source=source, path=path):
                    found.update((f"{source}.{'.'.join(path)}", path[-1], source))
                case Aggregate(source=source):
                    found.add(source)
                case GroupAggregate(group=group):
                    found.add(group)
                case StageRef():
                    found.add("stage")
                case IdentityRef():
                    found.update(x.key.name for x in self.strategy.sources if x.key)
        return found

    def closure(self, *exprs: Expr) -> set[str]:
        """Names that the expressions read, themselves or through others."""
        found: set[str] = set()
        waiting = list(exprs)
        while waiting:
            for name in self.direct(waiting.pop()) - found:
                found.add(name)
                waiting.extend(self._formulas.get(name, ()))
        return found

    def facts(self, expr: Expr) -> set[str]:
        """Measures, values and fields that an expression holds itself."""
        found: set[str] = set()
        for part in expr.walk():
            if isinstance(part, FactRef):
                found.add(part.name)
            elif isinstance(part, FieldRef):
                found.add(f"{part.source}.{part.field}")
        return found - self._assumed

    def closure_of_tiers(self, block: Tiers) -> set[str]:
        """All that decides who is in which tier of a block."""
        return self.closure(block.formula.expr, *([block.condition.expr] if block.condition else []))
