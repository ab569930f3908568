"""Fills message templates, column by column: every piece of a template is worked out for all customers at once.

In: a template's text, a strategy's names, the customers. Out: one text for each customer, and how often each slot had no
value. The text is parsed by Jinja into a syntax tree and nothing more; each node of it must be one that the vocabulary
names, and is worked out here. No template code ever runs, so there is nothing that a template could call.

Values go through the channel's `escape` before they stand in a message. Messages are plain text: whoever sends them as
HTML escapes them for HTML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl
from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from stratagem.dsl.expressions.types import TEXT, Type
from stratagem.dsl.templates import kinds
from stratagem.dsl.templates.vocabulary import FILTERS, LONGEST
from stratagem.engine.handover import filters
from stratagem.engine.handover.conditions import NotAllowed, Value, truth
from stratagem.engine.handover.values import Column, each

Text = str | pl.Series
"""The same text for everyone, or one by row."""
Names = Mapping[str, Column]
_ENVIRONMENT = SandboxedEnvironment()


@dataclass
class Filled:
    """`text` by row; `missing`: by name, how many rows showed nothing or a default in its place."""

    text: pl.Series
    missing: Counter[str] = field(default_factory=Counter)


def names_in(text: str) -> frozenset[str]:
    """Every name that a template shows or asks, dotted ones whole. NotAllowed where it cannot be read."""
    tree = _parsed(text)
    dotted = [d for node in tree.find_all(nodes.Getattr) if (d := _dotted(node))]
    inner = {id(node.node) for node in tree.find_all(nodes.Getattr)}
    bare = [node.name for node in tree.find_all(nodes.Name) if id(node) not in inner]
    return frozenset([*dotted, *bare])


def fill(text: str, names: Names, size: int, escape: Callable[[str], str]) -> Filled:
    """The template for `size` customers. `names`: a column for each name it reads. NotAllowed for what may not be."""
    filler = _Filler(names, size, escape)
    found = filler.body(_parsed(text).body, None)
    return Filled(pl.repeat(found, size, eager=True) if isinstance(found, str) else found, filler.missing)


def _parsed(text: str) -> nodes.Template:
    if len(text) > LONGEST:
        raise NotAllowed("the template is too long")
    try:
        return _ENVIRONMENT.parse(text)
    except (TemplateSyntaxError, RecursionError) as error:
        raise NotAllowed("the template cannot be read") from error


def _dotted(node: nodes.Expr) -> str | None:
    """`source.field` as written; None where it does not begin with a name."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        front = _dotted(node.node)
        return None if front is None else f"{front}.{node.attr}"
    return None


class _Filler:
    """Walks one template. `path`: the rows that a stretch of text is for; None for all."""

    def __init__(self, names: Names, size: int, escape: Callable[[str], str]) -> None:
        self.names = names
        self.size = size
        self.escape = escape
        self.missing: Counter[str] = Counter()

    def body(self, parts: Iterable[nodes.Node], path: pl.Series | None) -> Text:
        """The stretches one after the other."""
        found: list[Text] = []
        for part in parts:
            if isinstance(part, nodes.Output):
                found += [self._shown(node, path) for node in part.nodes]
            elif isinstance(part, nodes.If):
                found.append(self._if(part, path))
            else:
                raise NotAllowed(f"messages have no `{type(part).__name__.lower()}`")
        return self._joined(found)

    def _joined(self, found: list[Text]) -> Text:
        if all(isinstance(text, str) for text in found):
            return "".join(str(text) for text in found)
        columns = [pl.lit(text) if isinstance(text, str) else text for text in found]
        return pl.select(pl.concat_str(columns).alias("text")).to_series()

    def _if(self, part: nodes.If, path: pl.Series | None) -> Text:
        """The first branch whose condition is known to hold."""
        held: list[tuple[pl.Series, Text]] = []
        rest = path if path is not None else pl.repeat(True, self.size, eager=True)
        for branch in (part, *part.elif_):
            holds = rest & truth(branch.test, self.value, self.size).fill_null(False)
            held.append((holds, self.body(branch.body, holds)))
            rest = rest & ~holds
        chosen: pl.Expr = _expression(self.body(part.else_, rest))
        for holds, text in reversed(held):
            chosen = pl.when(holds).then(_expression(text)).otherwise(chosen)
        return pl.select(chosen.alias("text")).to_series()

    def _shown(self, node: nodes.Expr, path: pl.Series | None) -> Text:
        if isinstance(node, nodes.TemplateData):
            return node.data
        value = self._choice(node, path)
        if not isinstance(value, Column):
            return self.escape(_literal_text(value))
        return each(value.texts(), lambda text: self.escape(str(text)), pl.String).fill_null("")

    def _choice(self, node: nodes.Expr, path: pl.Series | None) -> Value:
        """A value, or `A if CONDITION else B`; what is missing on the way is counted where it is shown."""
        if not isinstance(node, nodes.CondExpr):
            value = self.value(node)
            self._count(node, value, path)
            return value
        if node.expr2 is None:
            raise NotAllowed("`if` between braces needs an `else`")
        holds = truth(node.test, self.value, self.size).fill_null(False)
        whole = path if path is not None else pl.repeat(True, self.size, eager=True)
        one, other = self._choice(node.expr1, whole & holds), self._choice(node.expr2, whole & ~holds)
        chosen = pl.when(holds).then(_expression(_texts(one))).otherwise(_expression(_texts(other)))
        return Column(pl.select(chosen.alias("text")).to_series(), TEXT)

    def _count(self, node: nodes.Expr, value: Value, path: pl.Series | None) -> None:
        if isinstance(value, Column) and value.missing is not None:
            counted = value.missing if path is None else value.missing & path
            number = int(counted.sum())
            if number:
                self.missing[_name_of(node)] += number

    def value(self, node: nodes.Expr) -> Value:
        """A name or a literal, with its filters."""
        literal = _literal(node)
        if literal is not None:
            return literal
        name = _dotted(node)
        if name is not None:
            if name not in self.names:
                raise NotAllowed(f"`{name}` is no name that messages may show")
            return self.names[name]
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._filtered(node)
        raise NotAllowed(f"messages have no `{type(node).__name__.lower()}`")

    def _filtered(self, node: nodes.Filter) -> Value:
        named = FILTERS.get(node.name)
        arguments = tuple(_literal(argument) for argument in node.args)
        given = tuple(a for a in arguments if a is not None)
        if named is None or node.kwargs or node.dyn_args or node.dyn_kwargs or len(given) != len(arguments):
            raise NotAllowed(f"messages have no filter `{node.name}` with these arguments")
        fits = named.needed <= len(given) <= len(named.arguments) and kinds.enough_places(named, given)
        if not fits or not all(map(kinds.fits_argument, named.arguments, given)):
            raise NotAllowed(f"the filter `{node.name}` does not take these arguments")
        assert node.node is not None
        value = self.value(node.node)
        if not isinstance(value, Column):
            kind = kinds.written("", value).type or TEXT
            value = Column(pl.repeat(value, self.size, eager=True), kind)
        if kinds.not_taken(named, kinds.Meant("", value.type)) is not None:
            raise NotAllowed(f"the filter `{node.name}` is not for this value")
        return filters.apply(node.name, value, given)


def _literal(node: nodes.Expr) -> kinds.Literal_ | None:
    """A text, number or yes/no that is written out; None for anything else."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str | int | float | bool):
        return node.value
    if isinstance(node, nodes.Neg) and isinstance(node.node, nodes.Const) and isinstance(node.node.value, int | float):
        return -node.node.value
    return None


def _name_of(node: nodes.Expr) -> str:
    """The name that a value with filters comes from."""
    while isinstance(node, nodes.Filter) and node.node is not None:
        node = node.node
    return _dotted(node) or ""


def _literal_text(value: kinds.Literal_) -> str:
    """A literal as it is shown."""
    return Column(pl.Series([value]), _type_of(value)).texts()[0] if not isinstance(value, str) else value


def _type_of(value: kinds.Literal_) -> Type:
    return kinds.written("", value).type or TEXT


def _texts(value: Value) -> Text:
    return value.texts() if isinstance(value, Column) else _literal_text(value)


def _expression(text: Text) -> pl.Expr:
    return pl.lit(text)
