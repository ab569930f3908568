"""Emits the steps of a plan: computed columns, tiers, and the walk over the journey's stages.

In: steps in the order of the plan. Out: for each column a name that holds its value; references to columns, fields and
the moment are resolved here.
"""

from __future__ import annotations

from collections.abc import Sequence

from stratagem.dsl.expressions.tree import Aggregate as OwnRows
from stratagem.dsl.expressions.tree import (
    Expr,
    FieldRef,
    GroupAggregate,
    IdentityRef,
    Rounded,
    RowRef,
    Window,
)
from stratagem.dsl.expressions.types import Kind
from stratagem.engine.evaluate.cuts import UNFITTED, unfitted
from stratagem.engine.evaluate.population import Dates
from stratagem.engine.evaluate.row.clock import Clock, Cuts
from stratagem.engine.evaluate.row.groups import Compile, Groups
from stratagem.engine.evaluate.row.writer import Atom
from stratagem.engine.evaluate.walk import (
    IDENTITY,
    STAGE,
    STAGE_BEFORE,
    Shapes,
    column_of,
    open_column,
    path_column,
    step_exprs,
)
from stratagem.engine.plan.plan import Bound, Compute, StageMove, Staging, Step, Tiering


class Steps(Groups):
    """The whole emitter: `emit` each step, then read `columns`."""

    def __init__(self, steps: Sequence[Step], dates: Dates, fixed: frozenset[str], members: Compile) -> None:
        super().__init__(dates, Shapes())
        self.steps = steps
        self.fixed = fixed
        self.compile_members = members
        self.columns: dict[str, Atom] = {}
        self.clock = Clock()
        self.cuts = Cuts()
        self._moments: dict[tuple[Window | None, Kind], tuple[str, str]] = {}
        self._sources: dict[str, str] = {}
        self._given: dict[str, Atom] = {}
        exprs = [e for step in steps for e in step_exprs(step)]
        self.plan_rows(exprs)
        self.plan_groups(exprs)

    def emit(self, step: Step) -> None:
        """Add the lines that work out a step's columns."""
        match step:
            case Compute():
                self.columns[step.name] = self._fixed(step.name) or self._figure(step.expr)
            case Tiering():
                self._tiering(step)
            case Staging():
                self._staging(step)

    # ---- what formulas refer to ----

    def reference(self, expr: Expr) -> Atom:
        """A field, a column, or a field of the row at hand."""
        match expr:
            case RowRef():
                return self.row_field(expr)
            case FieldRef():
                return self._field(expr)
            case IdentityRef():
                return self._from_record(IDENTITY)
            case _:
                return self.column(column_of(expr) or "")

    def column(self, name: str) -> Atom:
        """A column made by an earlier step; one that no step makes is read from the record under its own name."""
        return self.columns.get(name) or self._fixed(name) or self._from_record(name)

    def _field(self, expr: FieldRef) -> Atom:
        key = f"{expr.source}.{expr.field}"
        if key not in self._given:
            source = self._sources.get(expr.source)
            if source is None:
                source = self._sources[expr.source] = self.fresh("s")
                empty: dict[str, object] = {}
                self.at_start(f"{source} = c.get({self.constant(expr.source)}) or {self.helper(empty)}")
            self._given[key] = self._first(f"{source}.get({self.constant(expr.field)})")
        return self._given[key]

    def _from_record(self, name: str) -> Atom:
        if name not in self._given:
            self._given[name] = self._first(f"c.get({self.constant(name)})")
        return self._given[name]

    def _fixed(self, name: str) -> Atom | None:
        """The value that a test gives for a column, instead of working it out."""
        if name not in self.fixed:
            return None
        if name not in self._given:
            self._given[name] = self._first(f"c[{self.constant('@fixed')}].get({self.constant(name)})")
        return self._given[name]

    def _first(self, text: str) -> Atom:
        name = self.fresh("f")
        self.at_start(f"{name} = {text}")
        return Atom(name, True)

    def rows_of(self, source: str) -> str:
        """The customer's rows of a source; none when the record has none."""
        return f"c.get({self.constant(source)}) or {self.helper(())}"

    def now(self, kind: Kind) -> str:
        """The name of the as-of day or microsecond."""
        return self._moment(None, kind)[0]

    def bound(self, window: Window, kind: Kind) -> tuple[str, str]:
        """The names of a window's low and high bound."""
        return self._moment(window, kind)

    def _moment(self, window: Window | None, kind: Kind) -> tuple[str, str]:
        key = window, kind
        if key not in self._moments:
            self.clock.ask(window, kind)
            self._moments[key] = self.fresh("w"), self.fresh("w")
        return self._moments[key]

    @property
    def moment_names(self) -> list[str]:
        """The names of all bounds, in the order the clock gives them."""
        return [name for pair in self._moments.values() for name in pair]

    # ---- steps ----

    def _figure(self, expr: Expr) -> Atom:
        """A column's value; a negative zero leaves as a zero."""
        atom = self.value(expr)
        counted = isinstance(expr, OwnRows | GroupAggregate) and expr.kind in ("count", "sum", "average", "different")
        if not expr.type.is_numeric or counted or isinstance(expr, Rounded):
            return atom
        return self.guard([atom], f"{atom.text} + 0.0")

    def _tiering(self, step: Tiering) -> None:
        tier, undecided = self._fixed(step.name), self.fresh("o")
        if tier is not None:
            self.columns |= {step.name: tier, open_column(step.name): Atom("False", False)}
            return
        value = self.value(step.formula)
        thresholds = [self.value(b.threshold) if b.threshold is not None else None for b in step.bounds]
        when = "True" if step.when is None else self.truth(step.when, True)
        name = self.fresh("t")
        self.put(f"{name} = None; {undecided} = False")
        with self.block(f"if {when}:"):
            self.put(f"if {f'{value.text} is None' if value.nullable else 'False'}: {undecided} = True")
            for bound, threshold in zip(step.bounds, thresholds, strict=True):
                if bound.kind == "otherwise":
                    self.put(f"else: {name} = {self.constant(bound.tier)}")
                    break
                self._bound(step.name, bound, threshold, value, name)
        self.columns |= {step.name: Atom(name, True), open_column(step.name): Atom(undecided, False)}

    def _bound(self, tiers: str, bound: Bound, threshold: Atom | None, value: Atom, name: str) -> None:
        tier = self.constant(bound.tier)
        if threshold is not None:
            op = ">=" if bound.kind == "from" else "<"
            known = f"{threshold.known} and " if threshold.nullable else ""
            self.put(f"elif {known}{value.text} {op} {threshold.text}: {name} = {tier}")
        else:
            cut = f"q{len(self.cuts.asked)}"
            self.cuts.asked.append((tiers, bound.tier))
            stop = f"{self.helper(unfitted)}({self.constant(tiers)}, {tier})"
            self.put(f"elif {cut} is {self.helper(UNFITTED)}: {stop}")
            self.put(f"elif {cut} is not None and {value.text} >= {cut}: {name} = {tier}")

    def _staging(self, step: Staging) -> None:
        given = self._fixed(STAGE)
        stage, path = self.fresh("t"), self.fresh("p")
        self.columns |= {STAGE: Atom(stage, True), path_column(): Atom(path, False)}
        if given is not None:
            self.put(f"{stage} = {given.text}; {path} = [{stage}]")
            return
        conditions = {id(m): "True" if m.condition is None else self.truth(m.condition, True) for m in step.moves}
        self._place(step, stage)
        self.put(f"{path} = [{stage}]")
        for name in step.stages:
            self._walk(name, [m for m in step.moves if m.source == name and m.forward], conditions, stage, path)
        self.put(f"{path}_fell = {stage}")
        for name in step.stages:
            falls = [m for m in step.moves if m.source == name and not m.forward]
            self._walk(name, falls, conditions, stage, path, at=f"{path}_fell")

    def _place(self, step: Staging, stage: str) -> None:
        """Where the walk starts: what the field says, what history says, else the first stage."""
        known = self.constant(frozenset(step.stages))
        start = self.value(step.start).text if step.start is not None else "None"
        self.put(f"{stage} = {start}")
        self.put(f"if {stage} not in {known}: {stage} = {self._from_record(STAGE_BEFORE).text}")
        self.put(f"if {stage} not in {known}: {stage} = {self.constant(step.stages[0])}")

    def _walk(
        self, name: str, moves: Sequence[StageMove], conditions: dict[int, str], stage: str, path: str, at: str = ""
    ) -> None:
        """Take the first of the moves from one stage that is true."""
        if not moves:
            return
        with self.block(f"if {at or stage} == {self.constant(name)}:"):
            for n, move in enumerate(moves):
                with self.block(f"{'elif' if n else 'if'} {conditions[id(move)]}:"):
                    self.put(f"{stage} = {self.constant(move.target)}; {path}.append({stage})")
