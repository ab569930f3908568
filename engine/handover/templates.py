"""A template's text → a tree of what it shows and when, or a fault: the first fence.

Jinja2 parses the text to its syntax tree, and every node must be on the list of dsl/templates/vocabulary.py: names
that the strategy declares, listed filters with literal arguments, conditions of names and comparisons. The syntax tree
is only read; what is filled later is built from our own tree (columns.py, sandbox.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment, TemplateError, nodes

from stratagem.dsl.templates.kinds import Literal_, enough_places, fits_argument
from stratagem.dsl.templates.vocabulary import DEEPEST, FILTERS, LONGEST, TESTS
from stratagem.engine.handover.slots import Slot

_OPERATORS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
_PARSER = Environment(autoescape=False)  # noqa: S701 - it only parses; see sandbox.py for what fills


class TemplateFault(Exception):
    """A template holds something that is not on the list; the text says what."""


@dataclass(frozen=True, slots=True)
class Value:
    """A slot or a literal, with the filters it goes through."""

    slot: Slot | None
    literal: Literal_ | None = None
    filters: tuple[tuple[str, tuple[Literal_, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Holds:
    """A value that stands alone as a condition."""

    value: Value


@dataclass(frozen=True, slots=True)
class Compare:
    left: Value
    op: str
    right: Value


@dataclass(frozen=True, slots=True)
class Among:
    value: Value
    options: tuple[Literal_, ...]


@dataclass(frozen=True, slots=True)
class IsKnown:
    value: Value


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


@dataclass(frozen=True, slots=True)
class Both:
    """`and`; with `any_` it is `or`."""

    left: Condition
    right: Condition
    any_: bool = False


Condition = Holds | Compare | Among | IsKnown | Not | Both


@dataclass(frozen=True, slots=True)
class Choice:
    """The first branch whose condition is known to be true; else the last stretch."""

    branches: tuple[tuple[Condition, tuple[Part, ...]], ...]
    otherwise: tuple[Part, ...]


Part = str | Value | Choice
"""A stretch of text as it stands, a value to be shown, or a choice between stretches."""


@dataclass(frozen=True)
class Template:
    """`parts` in order. `slots`: every slot read, by name."""

    parts: tuple[Part, ...]
    slots: Mapping[str, Slot]


def read_template(text: str, known: Mapping[str, Slot]) -> Template:
    """The tree of a template. Raises TemplateFault for anything that is not on the list."""
    if len(text) > LONGEST:
        raise TemplateFault(f"it is longer than {LONGEST:,} characters")
    try:
        reader = _Reader(known)
        return Template(tuple(reader.parts(_PARSER.parse(text).body)), reader.met)
    except TemplateError as fault:
        raise TemplateFault(f"line {getattr(fault, 'lineno', 1)} cannot be read: {fault.message}") from fault
    except RecursionError as fault:
        raise TemplateFault("its brackets and conditions stand too deep in each other") from fault


class _Reader:
    def __init__(self, known: Mapping[str, Slot]) -> None:
        self._known = known
        self._depth = 0
        self.met: dict[str, Slot] = {}

    def parts(self, body: list[nodes.Node]) -> Iterator[Part]:
        for node in body:
            if isinstance(node, nodes.Output):
                for shown in node.nodes:
                    yield shown.data if isinstance(shown, nodes.TemplateData) else self._shown(shown)
            elif isinstance(node, nodes.If):
                yield self._choice(node)
            else:
                raise _unlisted(node)

    def _choice(self, node: nodes.If) -> Choice:
        self._depth += 1
        if self._depth > DEEPEST:
            raise TemplateFault("its conditions stand too deep in each other")
        cases = [(self.condition(each.test), tuple(self.parts(each.body))) for each in (node, *node.elif_)]
        if any(each.elif_ or each.else_ for each in node.elif_):
            raise _unlisted(node)
        found = Choice(tuple(cases), tuple(self.parts(node.else_)))
        self._depth -= 1
        return found

    def _shown(self, node: nodes.Node) -> Part:
        """`{{ A if CONDITION else B }}` is a choice; without `else` it may show nothing."""
        if not isinstance(node, nodes.CondExpr):
            return self.value(node)
        other = () if node.expr2 is None else (self._shown(node.expr2),)
        return Choice(((self.condition(node.test), (self._shown(node.expr1),)),), other)

    def value(self, node: nodes.Node) -> Value:
        """A declared name or a literal, with listed filters."""
        if isinstance(node, nodes.Filter):
            return self._filtered(node)
        if isinstance(node, nodes.Name | nodes.Getattr):
            return Value(self._slot(dotted(node)))
        return Value(None, _literal(node))

    def _filtered(self, node: nodes.Filter) -> Value:
        named = FILTERS.get(node.name)
        if named is None or node.node is None:
            raise TemplateFault(f"there is no filter {node.name!r}")
        values = tuple(_literal(argument) for argument in node.args)
        enough = named.needed <= len(values) <= len(named.arguments)
        fits = enough and all(
            fits_argument(wanted, value) for wanted, value in zip(named.arguments, values, strict=False)
        )
        if node.kwargs or node.dyn_args or node.dyn_kwargs or not fits or not enough_places(named, values):
            raise TemplateFault(f"the filter {node.name!r} is not given what it takes")
        inner = self.value(node.node)
        return Value(inner.slot, inner.literal, (*inner.filters, (named.name, values)))

    def _slot(self, name: str) -> Slot:
        slot = self._known.get(name)
        if slot is None:
            raise TemplateFault(f"nothing that it may show is called {name!r}")
        self.met[name] = slot
        return slot

    def condition(self, node: nodes.Node) -> Condition:
        """Names, comparisons, tests of being known, and what joins them."""
        if isinstance(node, nodes.Not):
            return Not(self.condition(node.node))
        if isinstance(node, nodes.And | nodes.Or):
            return Both(self.condition(node.left), self.condition(node.right), isinstance(node, nodes.Or))
        if isinstance(node, nodes.Test):
            return self._test(node)
        if isinstance(node, nodes.Compare):
            return self._compare(node)
        return Holds(self.value(node))

    def _test(self, node: nodes.Test) -> Condition:
        if node.name not in TESTS or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise TemplateFault(f"there is no test {node.name!r}")
        known = IsKnown(self.value(node.node))
        return Not(known) if node.name == "missing" else known

    def _compare(self, node: nodes.Compare) -> Condition:
        if len(node.ops) != 1:
            raise TemplateFault("it compares more than two values at once")
        [operand] = node.ops
        if operand.op in _OPERATORS:
            return Compare(self.value(node.expr), _OPERATORS[operand.op], self.value(operand.expr))
        if not isinstance(operand.expr, nodes.Tuple | nodes.List):
            raise TemplateFault("after `in` stands a list of values in brackets")
        among = Among(self.value(node.expr), tuple(_literal(item) for item in operand.expr.items))
        return Not(among) if operand.op == "notin" else among


def dotted(node: nodes.Node) -> str:
    """`source.field`, which the parser takes for the inside of a value."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{dotted(node.node)}.{node.attr}"
    raise _unlisted(node)


def _literal(node: nodes.Node) -> Literal_:
    if isinstance(node, nodes.Neg) and isinstance(node.node, nodes.Const):
        value = node.node.value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return -value
    if isinstance(node, nodes.Const) and isinstance(node.value, str | int | float):
        return node.value
    raise _unlisted(node)


def _unlisted(node: nodes.Node) -> TemplateFault:
    return TemplateFault(f"line {node.lineno} holds something that messages do not have ({type(node).__name__})")
