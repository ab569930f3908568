"""What a condition or formula is worked out from, through every name: so that it is seen at once what cannot touch.

In: an expression. Out: marks of the quantities at the bottom of it. Of two expressions without a mark in common none
settles the other, but for what rows of one source may say of each other.
"""

from __future__ import annotations

from stratagem.dsl.expressions import tree
from stratagem.dsl.possible.terms import Definitions

Marks = frozenset[object]


class Reading:
    """Reads the formulas of one strategy; each name once."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self._named: dict[tuple[str, str], Marks] = {}
        self._deep: dict[int, Marks] = {}
        self._near: dict[int, Marks] = {}

    def of(self, expr: tree.Expr) -> Marks:
        """The marks of all that it reads."""
        place = self.definitions.key(expr)
        if place not in self._deep:
            self._deep[place] = self._of(expr)
        return self._deep[place]

    def _of(self, expr: tree.Expr) -> Marks:
        found: set[object] = set()
        for part in expr.walk():
            match part:
                case tree.FactRef(name=name):
                    found |= self._behind("fact", name, self.definitions.formulas.get(name))
                case tree.SegmentRef(segment=name):
                    found |= self._behind("segment", name, self.definitions.conditions.get(name))
                case tree.InTier(tiers=name) | tree.TierRef(tiers=name):
                    found |= self._tiers(name)
                case tree.Aggregate():
                    found.add(("figure", self.definitions.key(part)))
                case tree.FieldRef(source=source, field=field):
                    found.add(("field", source, field))
                case tree.StageRef():
                    found.add("stage")
                case tree.GroupAggregate() | tree.PopulationAggregate():
                    found.add(("group", self.definitions.key(part)))
        return frozenset(found)

    def surface(self, expr: tree.Expr) -> Marks:
        """The figures that it names itself, or through a segment or tier; behind a measure, an aggregate at most."""
        place = self.definitions.key(expr)
        if place not in self._near:
            self._near[place] = self._surface(expr)
        return self._near[place]

    def _surface(self, expr: tree.Expr) -> Marks:
        found: set[object] = set()
        for part in expr.walk():
            match part:
                case tree.FactRef(name=name):
                    formula = self.definitions.formulas.get(name)
                    if isinstance(formula, (tree.Aggregate, tree.Since, tree.FieldRef)):
                        found.add(self.definitions.key(formula))
                    else:
                        found.add(name)
                case tree.SegmentRef(segment=name) if name in self.definitions.conditions:
                    found |= self._surface_of_segment(name) | {("segment", name)}
                case tree.InTier(tiers=name) | tree.TierRef(tiers=name) if name in self.definitions.tiers:
                    block = self.definitions.tiers[name]
                    found |= self.surface(block.formula.expr) | {("tiers", name)}
                    found |= self.surface(block.condition.expr) if block.condition is not None else set()
                case tree.Aggregate() | tree.FieldRef() | tree.Since():
                    found.add(self.definitions.key(part))
        return frozenset(found)

    def _surface_of_segment(self, name: str) -> Marks:
        if ("surface", name) not in self._named:
            self._named["surface", name] = frozenset()  # what reads itself, which is an error, ends here
            self._named["surface", name] = self.surface(self.definitions.conditions[name])
        return self._named["surface", name]

    def _behind(self, kind: str, name: str, formula: tree.Expr | None) -> Marks:
        if (kind, name) not in self._named:
            self._named[kind, name] = frozenset()  # what reads itself, which is an error, ends here
            self._named[kind, name] = frozenset() if formula is None else self.of(formula)
        return self._named[kind, name]

    def _tiers(self, name: str) -> Marks:
        block = self.definitions.tiers.get(name)
        if block is None:
            return frozenset()
        condition = self._behind("tiers when", name, block.condition.expr if block.condition is not None else None)
        return self._behind("tiers", name, block.formula.expr) | condition | {("tiers", name)}
