"""Choices: which values may stand opposite a name, and which of them a word is.

In: an expression as written, the names. Out: the origin of its choices (a field, a `segments` block, the stage …), and
the values it has.
"""

from __future__ import annotations

from dataclasses import dataclass

from stratagem.dsl.expressions import syntax as s
from stratagem.dsl.model.actions import KINDS
from stratagem.dsl.nodes import WrittenType
from stratagem.dsl.resolve import builtin
from stratagem.dsl.resolve.scope import CUSTOMER, Scope
from stratagem.engine.editor.declared import OPTION, SHARED, Thing
from stratagem.engine.editor.names import Names, named, subject

DEEPEST = 6
"""Facts that are followed to find out whose choices a formula gives."""
_PICKED = ("first", "latest", "smallest", "largest")
_FIXED = {"kind": KINDS, "outcome": builtin.OUTCOMES, "status": builtin.STATUSES}


@dataclass(frozen=True)
class Origin:
    """Where choices come from: `kind` of declared things, the tiers of `block`, the options of `owner`, or `words`."""

    kind: str = ""
    block: str = ""
    owner: str = ""
    words: tuple[str, ...] = ()


def origin(names: Names, syntax: s.Syntax | None, scope: Scope, depth: int = 0) -> Origin | None:
    """Whose choices an expression gives; None where it gives none, or nobody can say."""
    if depth > DEEPEST:
        return None
    match syntax:
        case s.Name(path=("stage",)) if scope.row not in names.sources:
            return Origin(kind="stage")
        case s.Name(path=path):
            return _of_thing(names, named(names, path, path, scope), depth)
        case s.Aggregate(kind=kind, subject=of) if kind in _PICKED:
            return _of_thing(names, subject(names, of.path, of.path, scope), depth)
        case s.IfElse(then=then, otherwise=otherwise):
            return origin(names, then, scope, depth + 1) or origin(names, otherwise, scope, depth + 1)
        case s.Cases(cases=cases, otherwise=last):
            values = [*(case.value for case in cases), last]
            return next((o for value in values if (o := origin(names, value, scope, depth + 1))), None)
        case s.Call(arguments=arguments):
            return next((o for a in arguments if (o := origin(names, a, scope, depth + 1))), None)
    return None


def _of_thing(names: Names, thing: Thing | None, depth: int) -> Origin | None:
    if thing is None:
        return None
    if thing.kind == "tiers":
        return Origin(kind="tier", block=thing.name)
    if thing.kind == "field":
        return of_field(thing)
    if thing.kind in SHARED and thing.node is not None and thing.node.formula is not None:
        return origin(names, thing.node.formula, CUSTOMER, depth + 1)
    return None


def of_field(field: Thing) -> Origin | None:
    """Whose choices a field holds."""
    if field.of_type:
        fixed = _FIXED.get(field.of_type)
        if fixed is not None:
            return Origin(words=tuple(fixed))
        return Origin(kind=field.of_type) if field.of_type in ("action", "channel", "stage") else None
    written = field.node.value("type") if field.node is not None else None
    if not isinstance(written, WrittenType):
        return None
    if written.kind == "one of":
        return Origin(kind=OPTION, owner=f"{field.owner}.{field.name}")
    return Origin(kind="channel") if written.kind == "channel" else None


def values(names: Names, found: Origin) -> list[tuple[str, Thing | None]]:
    """The values of an origin, each with the thing that it names."""
    if found.words:
        return [(word, None) for word in found.words]
    things = names.of("tier") if found.block else (t for t in names.all if t.kind == found.kind)
    return [
        (thing.name, thing)
        for thing in things
        if (not found.block or thing.owner == found.block) and (not found.owner or thing.owner == found.owner)
    ]


def choice(names: Names, beside: s.Syntax | None, scope: Scope, word: str) -> Thing | None:
    """The thing that a word opposite a choice names."""
    found = origin(names, beside, scope)
    if found is None:
        return None
    return next((thing for name, thing in values(names, found) if name == word), None)
