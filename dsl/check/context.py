"""What a pass is given: the strategy, the names it was built with, and where to put findings."""

from __future__ import annotations

from dataclasses import dataclass

from stratagem.dsl.model.build import Built
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.resolve.findings import Findings
from stratagem.dsl.resolve.symbols import Table


@dataclass(frozen=True)
class Context:
    """The strategy as built, the findings, and the codes that `waive` may name beside the built-in ones."""

    built: Built
    findings: Findings
    known_codes: frozenset[str] = frozenset()

    @property
    def strategy(self) -> Strategy:
        return self.built.strategy

    @property
    def table(self) -> Table:
        return self.built.resolver.table
