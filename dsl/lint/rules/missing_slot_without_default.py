"""Messages that show a value which the customer may not have, and do not say what stands there instead."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Block, Context, being
from stratagem.dsl.check.templates import where
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.expressions.tree import Expr, FactRef, FieldRef, InTier, SegmentRef
from stratagem.dsl.expressions.types import YES_NO
from stratagem.dsl.lint.gates import beyond, days, gates
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.lint.scores import scored
from stratagem.dsl.model.actions import Action, Message
from stratagem.dsl.model.means import Channel
from stratagem.dsl.possible.formulas import ANYTHING, Formula, every
from stratagem.dsl.source import Span
from stratagem.dsl.templates.names import Meaning, meanings
from stratagem.dsl.templates.shown import Shown, shown_bare

RULE = Rule(
    "L052",
    Text(
        "note",
        "The message has a gap where `{name}` is missing",
        "Customers of whom it is not known can get `{action}`, and read nothing in its place.",
        "Write what they are to read: {{{{ {name} | default('…') }}}}",
        shows=True,
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every message of every action."""
    yield from c.each(_of_block, reads="names", also=beyond(c), where=being(Action))


def _of_block(c: Context, block: Block) -> Iterator[Diagnostic]:
    if isinstance(block.part, Action):
        for message in block.part.messages:
            for field in ("subject", "body"):
                yield from _of_text(c, block.part, message, field)


def _of_text(c: Context, action: Action, message: Message, field: str) -> Iterator[Diagnostic]:
    text: str = getattr(message, field)
    shown = list(shown_bare(text)) if "{{" in text else []
    told: set[str] = set()
    for slot in shown:
        if slot.name not in told and _may_be_missing(c, action, message, slot):
            told.add(slot.name)
            name, whole = (where(c, message.place(field), text, slot.start, end) for end in (slot.end, slot.last))
            yield RULE.at(name, fixes=[_default(whole, slot)], name=slot.name, action=action.name)


def _default(span: Span, slot: Shown) -> Fix | None:
    """Dots in its place, after its other filters, where the slot itself could be found in the file."""
    if span.line != span.end_line or span.end_column - span.column != slot.last - slot.start:
        return None
    return Fix("Show … where it is missing; better words are yours", (Edit(span.after(), " | default('…')"),))


def _may_be_missing(c: Context, action: Action, message: Message, slot: Shown) -> bool:
    found = c.once(_meanings, reads="names").get(slot.name, ())
    missing = _missing(c, found[0]) if len(found) == 1 else None
    if missing is None:
        return False
    channel = c.strategy.channel(message.channel.name)
    gates_ = [gate.asks for gate in gates(c, action) if gate.name != "channel"]
    asked = [*gates_, ANYTHING if channel is None else _sent(c, action, channel), missing]
    if not c.reasoner.possible(*asked, days=days(action)):
        return False  # the score is a long formula, and asked for last
    return channel is None or c.reasoner.possible(*asked, scored(c, action, channel), days=days(action))


def _meanings(c: Context) -> dict[str, tuple[Meaning, ...]]:
    return meanings(c.strategy)


def _missing(c: Context, meaning: Meaning) -> Formula | None:
    """What must hold for the value not to be there; None for one that always is."""
    r = c.reasoner
    match meaning.refers:
        case "field":
            source, _, name = meaning.path.partition(".")
            return r.known(FieldRef(type=meaning.type, source=source, field=name), False)
        case "fact" if any(assumed.name == meaning.path for assumed in c.strategy.assumptions):
            return None
        case "fact":
            return r.known(FactRef(type=meaning.type, name=meaning.path), False)
        case "segment":
            return r.unknown(SegmentRef(type=YES_NO, segment=meaning.path))
        case "tiers":
            return r.not_true(InTier(type=YES_NO, tiers=meaning.path, names=meaning.type.options))
    return None


def _sent(c: Context, action: Action, channel: Channel) -> Formula:
    """The channel of the message is allowed, and has the customer's address."""
    allowed = [c.reasoner.true(a.condition.expr) for a in channel.allowed if not a.kinds or action.kind in a.kinds]
    address = _address(c, channel.address.name) if channel.address is not None else None
    return every(*allowed, ANYTHING if address is None else c.reasoner.known(address))


def _address(c: Context, path: str) -> Expr | None:
    source, _, name = path.rpartition(".")
    found = c.strategy.source(source)
    field = found.field(name) if found is not None else None
    return None if field is None else FieldRef(type=field.type, source=source, field=name)
