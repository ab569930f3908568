"""What a change of the text changes in the names there are: the words whose meaning is not what it was.

In: the table of names as it was and as it is. Out: words; a formula that holds none of them means what it meant.
"""

from __future__ import annotations

from stratagem.dsl.resolve.symbols import Of, Table

_LISTED = {Of.STAGE: "stage"}
"""Kinds whose list of names, in order, is what another word means."""


def changed_words(before: Table, now: Table) -> set[str]:
    """Every word that is declared differently in the two tables, as a name of any kind, a field or a source."""
    changed: set[str] = set(before.identities ^ now.identities)
    for kind in Of:
        old, new = before.of_kind(kind), now.of_kind(kind)
        changed.update(old.keys() ^ new.keys())
        word = _LISTED.get(kind)
        if word is not None and list(old) != list(new):
            changed.add(word)
    _tiers(before, now, changed)
    _sources(before, now, changed)
    return changed


def _tiers(before: Table, now: Table, changed: set[str]) -> None:
    """Tiers that belong to another block, and blocks whose tiers are others, or stand in another order."""
    old, new = before.of_kind(Of.TIER), now.of_kind(Of.TIER)
    changed.update(name for name, symbol in new.items() if name in old and old[name].owner != symbol.owner)
    blocks = {*before.of_kind(Of.TIERS), *now.of_kind(Of.TIERS)}
    changed.update(name for name in blocks if before.tiers_of(name) != now.tiers_of(name))


def _sources(before: Table, now: Table, changed: set[str]) -> None:
    """Sources of another shape or with other fields: their names, and all names by which formulas reach into them."""
    places = [{name: n for n, name in enumerate(table.sources)} for table in (before, now)]
    for name in before.sources.keys() | now.sources.keys():
        moved = places[0].get(name) != places[1].get(name)
        if not moved and before.said[name] == now.said[name]:
            continue
        changed.add(name)
        for table in (before, now):
            if name in table.said:
                changed.update(table.said[name].words)
