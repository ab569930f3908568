"""What each block of a strategy uses of the others: what it reads in formulas, names in slots, shows in messages.

In: a block. Out: pairs of a kind and a name (`("field", "orders.amount")`, `("fact", "spend")`, `("tiers", "tier")`). A
test uses nothing: what only tests read does nothing for a customer.
"""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Block, Context
from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.model import actions, business, data, journey, learning, means
from stratagem.dsl.model.base import Formula, Part, Ref
from stratagem.dsl.model.facts import Plan_
from stratagem.dsl.templates.reader import names as shown

Use = tuple[str, str]


def uses(c: Context) -> frozenset[Use]:
    """Everything that any block uses; worked out once for all rules."""
    return c.once(_all, reads="names")


def acts(group: Plan_) -> bool:
    """Does a segment or tier do something that needs no name: it is measured, is not served, or plays a role."""
    return bool(group.metrics or group.is_a or group.stance == "do_not_serve")


def _all(c: Context) -> frozenset[Use]:
    return frozenset(_of_messages(c).union(*c.of_each(_of_one)))


def _of_one(block: Block) -> frozenset[Use]:
    return frozenset() if isinstance(block.part, learning.StrategyTest) else frozenset(of_block(block))


def of_block(block: Block) -> Iterator[Use]:
    """What one block reads and names."""
    for part in block.parts:
        if isinstance(part, Formula):
            for expr in part.nodes:
                if type(expr) not in _SILENT:
                    yield from _of_expression(expr)
        else:
            yield from _of_slots(part)


_SILENT = frozenset({tree.Arithmetic, tree.Compare, tree.And, tree.Or, tree.Not})
"""Kinds of expressions that name nothing themselves."""


def _of_expression(expr: tree.Expr) -> Iterator[Use]:
    match expr:
        case tree.FactRef(name=name):
            yield "fact", name
        case tree.SegmentRef(segment=name):
            yield "group of customers", name
        case tree.TierRef(tiers=name):
            yield "tiers", name
        case tree.InTier(tiers=tiers, names=names):
            yield "tiers", tiers
            yield from (("group of customers", name) for name in names)
        case tree.FieldRef(source=source, field=field):
            yield from _field(source, tuple(field.split(".")))
        case tree.RowRef(source=source, path=path):
            yield from _field(source, path)
        case tree.Aggregate(source=source):
            yield "source", source
        case tree.GroupAggregate(group=group):
            yield "group", group
        case tree.Constant(value=str(value), type=Type(kind=Kind.CHANNEL)):
            yield "channel", value


def _field(source: str, path: tuple[str, ...]) -> Iterator[Use]:
    """`orders.product.category`: the key in `orders`, and the field of whichever look-up has that key."""
    yield "source", source
    yield "field", f"{source}.{path[0]}"
    if len(path) > 1:
        yield "looked up", f"{path[0]}.{path[1]}"


def _of_slots(part: Part) -> Iterator[Use]:
    match part:
        case actions.Action():
            yield from _refs("group of customers", part.segments)
            yield from _refs("channel", part.channels)
            yield from _refs("offer", part.offers)
            yield from _refs("budget", part.paid_from)
        case actions.SpendCap():
            yield from _refs("group of customers", part.segments)
        case actions.Minimum() | journey.Touchpoint():
            yield from _refs("channel", part.channel)
        case learning.Question():
            yield from _refs("channel", part.channel)
            yield from _refs("group of customers", part.decides)
            yield from _refs("any field", part.answers)
        case means.Goal():
            yield from _refs("group of customers", part.segments)
        case means.Matrix():
            yield from _refs("tiers", (part.rows, part.columns))
        case means.Channel():
            yield from _refs("any field", part.address)
        case means.Limit():
            yield from _refs("group", part.group)
        case Plan_():
            yield from _refs("group of customers", part.leads_to)
        case data.Customer():
            yield from _refs("any field", (part.identified_by, *part.matched_on))
            yield from _refs("source", part.listed_in)
        case data.Group():
            yield from _refs("any field", part.field)
        case data.Source():
            yield from ((("field", f"{part.name}.{ref.name}")) for ref in (part.key, part.dated_by) if ref)
        case journey.Journey():
            yield from _refs("any field", part.starts_in)
        case business.Obstacle():
            yield from _refs("remedy", part.remedy)


def _refs(kind: str, refs: Ref | tuple[Ref | None, ...] | None) -> Iterator[Use]:
    for ref in refs if isinstance(refs, tuple) else (refs,):
        if ref is not None:
            yield kind, ref.name


def _of_messages(c: Context) -> set[Use]:
    """What messages show, by what their names mean."""
    words = frozenset().union(*c.of_each(_shown))
    known = c.meanings if words else {}
    found: set[Use] = set()
    for word in words:
        for meaning in known.get(word, ()):
            if meaning.refers == "field":
                source, *path = meaning.path.split(".")
                found.update(_field(source, tuple(path)))
            else:
                found.add(({"segment": "group of customers"}.get(meaning.refers, meaning.refers), meaning.path))
    return found


def _shown(block: Block) -> frozenset[str]:
    """The names that the messages of an action show."""
    messages = block.part.messages if isinstance(block.part, actions.Action) else ()
    templates = (text for message in messages for text in (message.subject, message.body) if "{" in text)
    return frozenset(word for text in templates for word in shown(text))
