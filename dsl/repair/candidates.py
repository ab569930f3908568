"""What could be meant by a name that nothing is called: all that is declared of the kinds that were looked for.

In: the group of a name, and the table. Out: symbols, whether they fit or not.
"""

from __future__ import annotations

from collections.abc import Sequence

from stratagem.dsl.model.make.unit import names_in
from stratagem.dsl.repair.groups import Group
from stratagem.dsl.repair.uses import Use
from stratagem.dsl.resolve.symbols import SHARED, Of, Symbol, Table

_PEOPLE = ("segment", "tier")


def candidates(group: Group, table: Table) -> list[Symbol]:
    """Everything of the kinds that were looked for."""
    if group.space == "source":
        sources = [Symbol(Of.SOURCE, s.name, s.span) for s in table.sources.values() if not s.built_in]
        return [*sources, *table.of_kind(Of.GROUP).values()]
    if group.of_field:
        owner = table.sources.get(group.source)
        return [*owner.fields.values(), *(facts(table) if any(u.root for u in group.uses) else [])] if owner else []
    if group.space == "identity":
        return []
    if group.of_choice:
        source, _, name = group.source.partition(".")
        field = table.sources[source].fields[name]
        return [Symbol(Of.FIELD, option, field.span) for option in field.type.options] if field.type else []
    if group.space != "name":
        kinds = {kind for use in group.uses for kind in use.kinds}
        return [symbol for of in Of if of.value in kinds for symbol in table.of_kind(of).values()]
    if group.scenic:
        return _not_set(group.uses, table)
    blocks = beside(group.uses, table)
    tiers = [s for s in table.of_kind(Of.TIER).values() if s.owner in blocks]
    if tiers:
        return [*tiers, *table.of_kind(Of.SEGMENT).values()]
    if all(set(use.kinds) <= set(_PEOPLE) for use in group.uses) and group.uses:
        return [symbol for of in (Of.SEGMENT, Of.TIER) for symbol in table.of_kind(of).values()]
    return [*facts(table), *(f for source in table.shaped("one") for f in source.bare_fields())]


def facts(table: Table) -> list[Symbol]:
    """Everything that formulas about a customer may use, but tiers and fields."""
    return [symbol for of in SHARED if of is not Of.TIER for symbol in table.of_kind(of).values()]


def _not_set(uses: Sequence[Use], table: Table) -> list[Symbol]:
    """The assumptions that none of these scenarios sets yet."""
    lines = [line for use in uses if use.parent is not None for line in use.parent.children]
    taken = {line.value("name").text for line in lines if line.statement.id == "assume" and "name" in line.slots}
    return [symbol for name, symbol in table.of_kind(Of.ASSUMPTION).items() if name not in taken]


def beside(uses: Sequence[Use], table: Table) -> set[str]:
    """The `segments` blocks whose tiers stand beside the name: in its list, or as what its line is about."""
    found: set[str] = set()
    for use in uses:
        found.update(name.path[0] for name in names_in(use.root) if table.get(Of.TIERS, name.path[0]))
        said = use.node.value("name") if use.statement in ("given.is", "expect.equals") else None
        if said is not None and table.get(Of.TIERS, said.text):
            found.add(said.text)
        if use.root is not None or not set(_PEOPLE) & set(use.kinds):
            continue
        for slot in use.node.slots.values():
            for word in slot.value if isinstance(slot.value, tuple) else (slot.value,):
                text = getattr(word, "text", "")
                tier = table.get(Of.TIER, text) if isinstance(text, str) else None
                found.update([tier.owner] if tier is not None and use.statement != "matrix.tactic" else [])
                found.update([text] if isinstance(text, str) and table.get(Of.TIERS, text) else [])
        head = use.parent.slots if use.parent is not None and use.statement == "matrix.tactic" else {}
        found.update(head[side].value.text for side in ("rows", "columns") if side in head)
    return found
