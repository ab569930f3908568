"""A name that is right, of something that is wrong: a field of another source, the values of another choice.

In: a name that nothing is called, with its uses. Out: fixes that put the right thing there, where there is exactly one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.repair.groups import Group
from stratagem.dsl.repair.likely import slipped
from stratagem.dsl.repair.trial import Trial
from stratagem.dsl.repair.uses import FORMULA, Use, opposite
from stratagem.dsl.resolve.symbols import Of


def meant_elsewhere(group: Group, found: Sequence[Diagnostic], trial: Trial) -> Iterator[Fix]:
    """What is meant instead of the name, or of the source before it."""
    name, source, uses = group.name, group.source, group.uses
    if not uses:
        return
    if group.space == "source" and all(len(use.path) == 2 for use in uses):
        yield from _source(name, uses, trial)
    elif group.of_field and all(use.path[-1] == name for use in uses) and (ways := _looked_up(source, name, trial)):
        spans = [found[number].span.last(len(name)) for number in group.numbers]
        for way in ways:
            title = f"Write {way} (this assumes that the field of what is looked up is meant)"
            yield Fix(title, tuple(Edit(span, way) for span in spans))
    elif source and all(use.path == (source, name) for use in uses):
        yield from _source(source, uses, trial)
    elif group.space == "name" and all(use.kinds == (FORMULA,) for use in uses):
        yield from _choice(group, found, trial)


def _looked_up(source: str, name: str, trial: Trial) -> list[str]:
    """The field of what a source has the key of: `product.category`."""
    table = trial.table
    own = table.sources[source].fields if source in table.sources else {}
    return [f"{look.key}.{name}" for look in table.shaped("lookup") if name in look.fields and look.key in own]


def _source(head: str, uses: Sequence[Use], trial: Trial) -> Iterator[Fix]:
    """The one source that has the field, where one with as many rows is read."""
    sources = [s for s in trial.table.sources.values() if not s.built_in and s.name != head]
    holders = [s.name for s in sources if all(use.path[1] in s.fields for use in uses)]
    fitting = [holder for holder in holders if all(trial.fits(use, head, holder) for use in uses)]
    if len(fitting) == 1:
        edits = tuple(Edit(use.span.start(len(head)), fitting[0]) for use in uses)
        named = f"{fitting[0]}.{uses[0].path[1]}"
        yield Fix(f"Write {named} (this assumes that the field of that source is meant)", edits)
    elif not fitting and len(uses) == 1:
        yield from _both_near(head, uses[0], trial)


def _both_near(head: str, use: Use, trial: Trial) -> Iterator[Fix]:
    """`hour.minute`: the source and its field both a slip away."""
    known = {name: s for name, s in trial.table.sources.items() if not s.built_in}
    for name in near(head, known):
        close = near(use.path[1], known[name].fields)[:1]
        if close and slipped(name, head):
            way = f"{name}.{close[0]}"
            yield Fix(f"Write {way} (this assumes that both are misspelt)", (Edit(use.span, way),))


def _choice(group: Group, found: Sequence[Diagnostic], trial: Trial) -> Iterator[Fix]:
    """The one thing that has all the values which the name is held against."""
    words = {word for use in group.uses for word in opposite(use.root, group.name)}
    table = trial.table
    blocks = [block for block in table.names(Of.TIERS) if words <= set(table.tiers_of(block))]
    fields = [
        field.name
        for source in table.shaped("one")
        for field in source.bare_fields()
        if field.type is not None and field.type.kind is Kind.CHOICE and words <= set(field.type.options)
    ]
    stage = ["stage"] if words and words <= set(table.names(Of.STAGE)) else []
    holders = [*blocks, *fields, *stage]
    if words and len(holders) == 1 and all(trial.fits(use, group.name, holders[0]) for use in group.uses):
        edits = tuple(Edit(found[number].span, holders[0]) for number in group.numbers)
        yield Fix(f"Write {holders[0]} (this assumes that its values are meant)", edits)
