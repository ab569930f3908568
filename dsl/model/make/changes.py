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
    """Of sources that come, go, or are of another shape, all names by which formulas reach into them; of others the
    fields that come, go, or have another type. Where sources stand in another order, all of these."""
    stays = [name for name in before.said if name in now.said]
    turned = stays != [name for name in now.said if name in before.said]
    for name in {**before.said, **now.said}:
        old, new = before.said.get(name), now.said.get(name)
        if old is not None and new is not None and old.frame == new.frame and not turned:
            kinds = set(old.fields) ^ set(new.fields)
            changed.update(field for field, *_ in kinds)
            continue
        changed.add(name)
        changed.update(word for said in (old, new) if said is not None for word in said.words)
