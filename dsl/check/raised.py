"""A figure of a scenario that is said by itself: `assume cost = cost * 1.2`.

The scenario's figure takes the place of the usual one, so it would read itself. What is meant is worked out.
"""

from __future__ import annotations

from decimal import Decimal

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Edit, Fix, Label
from stratagem.dsl.expressions.syntax import Arithmetic, Lit, Name, Syntax
from stratagem.dsl.model.base import literal_text
from stratagem.dsl.model.make.unit import names_in
from stratagem.dsl.nodes import Node
from stratagem.dsl.values import Money, Number, Rate, Share, Value

PLACES = Decimal("0.000001")


def by_itself(c: Context) -> None:
    """Every figure of a scenario whose formula reads the figure itself."""
    if not c.strategy.scenarios:
        return
    declared = (node for node in c.built.nodes if node.statement.id == "assume" and "name" in node.slots)
    usual = {node.value("name").text: node for node in declared}
    for scenario in c.nodes_of("scenario"):
        for node in scenario.children:
            name = node.value("name").text if node.statement.id == "assume" and "name" in node.slots else ""
            if not name or all(read.path != (name,) for read in names_in(node.formula)):
                continue
            labels = [Label(usual[name].slots["name"].span, "the usual figure")] if name in usual else []
            fixes = [_worked_out(node, usual[name], name)] if name in usual else []
            path = f"`{name}` → `{name}`"
            c.findings.add("S269", node.slots["name"].span, labels=labels, fixes=fixes, name=f"`{name}`", loop=path)


def _worked_out(node: Node, usual: Node, name: str) -> Fix | None:
    """The figure that comes of the usual one."""
    found = _value(node.formula, name, usual.formula.value) if isinstance(usual.formula, Lit) else None
    if found is None or node.formula is None:
        return None
    text = literal_text(found)
    title = f"Write {text} (this assumes that the usual figure is meant in the formula)"
    return Fix(title, (Edit(node.formula.span, text),))


def _value(syntax: Syntax | None, name: str, usual: Value) -> Value | None:
    """What a formula of the usual figure and of figures written out comes to."""
    if isinstance(syntax, Lit):
        return syntax.value
    if isinstance(syntax, Name):
        return usual if syntax.path == (name,) else None
    if not isinstance(syntax, Arithmetic):
        return None
    one, other = _value(syntax.left, name, usual), _value(syntax.right, name, usual)
    return _joined(syntax.op, one, other) if one is not None and other is not None else None


def _joined(op: str, one: Value, other: Value) -> Value | None:
    if op == "*" and isinstance(one, Number | Share):
        one, other = other, one
    size, by = _size(one), _size(other)
    if size is None or by is None:
        return None
    if op in "+-":
        alike = _with(one, Decimal(1)) == _with(other, Decimal(1))
        return _with(one, size + by if op == "+" else size - by) if alike else None
    if not isinstance(other, Number | Share) or (op == "/" and not by):
        return None
    return _with(one, size * by if op == "*" else size / by)


def _size(value: Value) -> Decimal | None:
    match value:
        case Number(size) | Share(size) | Money(size, _):
            return size
        case Rate(amount, _):
            return _size(amount)
        case _:
            return None


def _with(value: Value, size: Decimal) -> Value | None:
    """The same kind of figure with another size."""
    size = Decimal(f"{size.quantize(PLACES).normalize():f}")
    match value:
        case Number():
            return Number(size)
        case Share():
            return Share(size)
        case Money(_, currency):
            return Money(size, currency)
        case Rate(amount, per):
            inner = _with(amount, size)
            return Rate(inner, per) if isinstance(inner, Number | Money) else None
        case _:
            return None
