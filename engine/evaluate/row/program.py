"""Steps → a program for one customer.

In: steps, dates, and the names that a record fixes. Out: `Program`. The emitted text holds only names of our own; the
strategy's texts go into the syntax tree as constants, and the compiled code sees no built-in functions.

A customer's record: `@id`; for each one-per-customer source a mapping of its fields (`key.field` for a look-up's); for
each many-per-customer source its rows in file order; `@stage_before`; `@groups` with, for each group, the records of
all members, oneself among them; `@fixed` with the values of fixed names. All values are in evaluated form.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from stratagem.engine.evaluate.population import HISTORY, Dates
from stratagem.engine.evaluate.row.groups import MemberProgram
from stratagem.engine.evaluate.row.steps import Steps
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Step

if TYPE_CHECKING:
    from stratagem.engine.evaluate.row.observe import Observed

Record = Mapping[str, Any]
Run = Callable[[Record, Moment, Fit | None], dict[str, Any]]


class Program:
    """The steps of a plan for one customer at a time.

    `program(customer, moment, fit)` gives every column by name: floats, days, microseconds, texts, yes/no, None for
    missing; `stage@path` is a list of stage names. MissingCutPoint when a population tier is reached that the fit does
    not state. `source` is the text of the program, for people to read.
    """

    def __init__(self, steps: Sequence[Step], dates: Dates, fixed: frozenset[str]) -> None:
        self.steps = tuple(steps)
        self.dates = dates
        self.fixed = fixed
        self._observer: Callable[[Record, Moment, Fit | None], Observed] | None = None

    def __call__(self, customer: Record, moment: Moment, fit: Fit | None = None) -> dict[str, Any]:
        """The value of every column for this customer."""
        return self._built[1](customer, moment, fit)

    @property
    def source(self) -> str:
        """The program's text."""
        return self._built[0]

    @cached_property
    def _built(self) -> tuple[str, Run]:
        """Compiled when first needed: who only observes needs another program."""
        return _build(self.steps, self.dates, self.fixed)

    def observe(self, customer: Record, moment: Moment, fit: Fit | None = None) -> Observed:
        """The same values, with what became of each clause. Compiled when first asked for."""
        if self._observer is None:
            from stratagem.engine.evaluate.row.observe import Observer

            self._observer = Observer(self.steps, self.dates, self.fixed)
        return self._observer(customer, moment, fit)


def compile_program(steps: Iterable[Step], dates: Dates = HISTORY, *, fixed: frozenset[str] = frozenset()) -> Program:
    """Compile steps, in the plan's order. `dates`: see `dates_of`. `fixed`: columns read from `record["@fixed"]`."""
    return Program(tuple(steps), dates, fixed)


def _build(steps: Sequence[Step], dates: Dates, fixed: frozenset[str]) -> tuple[str, Run]:
    def members(needed: Sequence[Step]) -> MemberProgram:
        return _members(needed, dates, fixed)

    emitter = Steps(steps, dates, fixed, members)
    for step in steps:
        emitter.emit(step)
    results = ", ".join(f"{emitter.constant(n)}: {a.text}" for n, a in emitter.columns.items())
    start = []
    if emitter.moment_names:
        start.append(f"    {', '.join(emitter.moment_names)} = {emitter.helper(emitter.clock)}(m)")
    if emitter.cuts.asked:
        names = ", ".join(f"q{n}" for n in range(len(emitter.cuts.asked)))
        start.append(f"    {names}, = {emitter.helper(emitter.cuts)}(fit)")
    lines = ["def program(c, m, fit):", *start, *emitter.start, *emitter.body, f"    return {{{results}}}"]
    source = "\n".join(lines)
    return source, _function(source, emitter.constants, emitter.helpers)


def _members(steps: Sequence[Step], dates: Dates, fixed: frozenset[str]) -> MemberProgram:
    """A program for group members: one that has fixed values uses them, the others are worked out in full."""
    plain = Program(steps, dates, frozenset())
    if not fixed:
        return plain
    given = Program(steps, dates, fixed)
    return lambda record, moment, fit: (given if "@fixed" in record else plain)(record, moment, fit)


class _Constants(ast.NodeTransformer):
    """Puts constants in the places of their names."""

    def __init__(self, constants: Mapping[str, object]) -> None:
        self.constants = constants

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A name that stands for a constant becomes it."""
        if node.id in self.constants:
            return ast.copy_location(ast.Constant(value=self.constants[node.id]), node)  # type: ignore[arg-type]
        return node


def _function(source: str, constants: Mapping[str, object], helpers: Mapping[str, object]) -> Run:
    module = _Constants(constants).visit(ast.parse(source))
    code = compile(module, "<strategy>", "exec")
    inner = next(c for c in code.co_consts if isinstance(c, CodeType))
    return FunctionType(inner, {"__builtins__": {}, "int": int, **helpers})
