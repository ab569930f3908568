"""`unless` that reads an answer which most customers have never given, and so keeps the action from all of them."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Block, Context, being
from stratagem.dsl.check.reads import Reads
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Label
from stratagem.dsl.expressions.tree import Aggregate, Expr, FactRef, FieldRef, SegmentRef
from stratagem.dsl.lint.gates import beyond, days, gates
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.base import Formula
from stratagem.dsl.model.data import SourceField
from stratagem.dsl.possible.formulas import Formula as Asks

RULE = Rule(
    "L061",
    Text(
        "warning",
        "`{name}` is kept from everyone who has not answered",
        "`unless` stops an action unless it is known to be false, and it reads `{field}`, which customers are asked "
        "for: of those who have not answered, nothing is known.",
        "Write where it is declared: {field} is known and …",
        shows=True,
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every `unless` of every action."""
    answers = tuple(sorted(c.once(_asked, reads="names")))
    yield from c.each(_of_block, reads="names", also=(*beyond(c), answers), where=being(Action))


def _of_block(c: Context, block: Block) -> Iterator[Diagnostic]:
    action = block.part
    if not isinstance(action, Action) or not action.unless:
        return
    asked = c.once(_asked, reads="names")
    for unless in action.unless if asked else ():
        read = c.once(_reads, reads="names").closure(unless.expr)
        for path, field in asked.items():
            if path in read and _blocks(c, action, unless, path, field):
                label = Label(field.at, "customers are asked for it")
                yield RULE.at(unless.at, labels=[label], name=action.name, field=field.name)
                break


def _blocks(c: Context, action: Action, unless: Formula, path: str, field: SourceField) -> bool:
    """Is the condition unknown when this answer alone is missing, for someone the action is for otherwise."""
    known = c.once(_told, reads="names")
    asked = c.reasoner.definitions.key(unless.expr), path
    if asked not in known:
        known[asked] = c.reasoner.possible(*_unanswered(c, unless, path, field))
    gates_ = (gate.asks for gate in gates(c, action) if gate.name != "unless")
    alone = _unanswered(c, unless, path, field) if known[asked] else ()
    return known[asked] and c.reasoner.possible(*gates_, *alone, days=days(action))


def _told(c: Context) -> dict[tuple[int, str], bool]:
    """By condition and answer: can it be unknown for anybody; asked once for all actions."""
    return {}


def _unanswered(c: Context, unless: Formula, path: str, field: SourceField) -> tuple[Asks, ...]:
    """The answer is missing, all else that the condition reads is known, and the condition is unknown."""
    r = c.reasoner
    answer = FieldRef(type=field.type, source=path.partition(".")[0], field=field.name)
    others = (r.known(other) for other in _others(c, unless.expr, path))
    return (r.known(answer, False), *others, r.unknown(unless.expr))


def _others(c: Context, expr: Expr, path: str, passed: frozenset[str] = frozenset()) -> Iterator[Expr]:
    """What else the condition reads, through the names that read the answer."""
    reads = c.once(_reads, reads="names")
    for part in expr.walk():
        match part:
            case FieldRef(source=source, field=name) if f"{source}.{name}" != path:
                yield part
            case Aggregate():
                yield part
            case FactRef(name=name):
                formula = c.reasoner.definitions.formulas.get(name)
                if formula is None or path not in reads.closure(part):
                    yield part
                elif name not in passed:
                    yield from _others(c, formula, path, passed | {name})
            case SegmentRef(segment=name) if name in c.reasoner.definitions.conditions and name not in passed:
                yield from _others(c, c.reasoner.definitions.conditions[name], path, passed | {name})


def _asked(c: Context) -> dict[str, SourceField]:
    """Fields of one value per customer that are asked for, by `source.field`."""
    answered = {question.answers.name for question in c.strategy.questions if question.answers is not None}
    found: dict[str, SourceField] = {}
    for source in c.strategy.sources:
        for field in source.fields if source.shape == "one" else ():
            path = f"{source.name}.{field.name}"
            if field.asked_as is not None or path in answered:
                found[path] = field
    return found


def _reads(c: Context) -> Reads:
    return Reads(c.strategy)
