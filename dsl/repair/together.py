"""Findings that have one cause, brought together.

In: the findings. Out: the findings: of a source that does not date its rows once; none of the rules' remarks on a
condition whose bounds stand the wrong way round; a name declared twice, or as a field is called, as the one that is
read and declared nowhere; a channel named twice with the one that nothing goes through.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.model.build import Built
from stratagem.dsl.record import replace
from stratagem.dsl.repair import LABELS
from stratagem.dsl.repair.uses import uses

_UNKNOWN = ("S261", "S265", "S276", "S278", "S311")
_FOLLOWS = frozenset(("S261", "S266", "S276", "S278", "S311", "S476"))
"""Findings about names within a block that is declared twice, which follow from its name."""


def undated(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What needs the dates of a source's rows, said once for each source."""
    kept: list[Diagnostic] = []
    first: dict[object, int] = {}
    for diagnostic in found:
        number = first.get(diagnostic.args.get("name")) if diagnostic.code == "S273" else None
        if number is None:
            if diagnostic.code == "S273":
                first[diagnostic.args.get("name")] = len(kept)
            kept.append(diagnostic)
        elif len(kept[number].labels) < LABELS:
            label = Label(diagnostic.span, "this needs it too")
            kept[number] = replace(kept[number], labels=(*kept[number].labels, label))
    return kept


def exchanged(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Without the remarks of rules on blocks where bounds stand the wrong way round: they follow from that."""
    blocks = {(d.span.file, id(d.span.anchor)) for d in found if d.code == "S293"}
    return [
        d
        for d in found
        if not d.code.startswith("L") or severity(d) == "error" or (d.span.file, id(d.span.anchor)) not in blocks
    ]


def named_twice(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """A channel that stands twice in a list, in the place of the one that nothing goes through: one finding."""
    twice = [d for d in found if d.code == "S472"]
    unused = [d for d in found if d.code == "L047"]
    if len(twice) != 1 or len(unused) != 1:
        return list(found)
    name, place = str(unused[0].args.get("name", "")), twice[0].span
    instead = Fix(f"Write {name} (this assumes that it is meant, as nothing goes through it)", (Edit(place, name),))
    labels = (*twice[0].labels, Label(unused[0].span, "nothing goes through this one"))
    made = replace(twice[0], labels=labels, fixes=(*twice[0].fixes, instead))
    return [made if d is twice[0] else d for d in found if d is not unused[0]]


def unjoined(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Without what follows from a source that does not say what its rows are about, or says it by a wrong name."""
    codes = {d.code for d in found}
    if codes.isdisjoint(("S414", "S410")):
        return list(found)
    gone = {"S285", "S286", "S482"} if "S414" in codes else set[str]()
    unknown = {d.span for d in found if d.code == "S266"}
    return [
        d for d in found if d.code not in gone and not (d.code == "S410" and ("S289" in codes or d.span in unknown))
    ]


def named_as_field(found: Sequence[Diagnostic], built: Built) -> list[Diagnostic]:
    """A measure, segment or the like under the name of a field: one finding, at its declaration. It is renamed where
    only such a thing may stand, too."""
    table = built.resolver.table
    several = [d for d in found if d.code == "S264"]
    unknown = [d for d in found if d.code in ("S261", "S278") and not d.near]
    names = {str(d.args.get("name", "")) for d in several}
    symbol = table.shared(min(names)) if len(names) == 1 else None
    if symbol is None:
        return list(found)
    name, new = names.pop(), str(unknown[0].args.get("name", "")) if len(unknown) == 1 else ""
    if new and unknown[0].code == "S278" and symbol.kind.value not in str(unknown[0].args.get("kinds", "")):
        new, unknown = "", []
    labels = [label for label in several[0].labels if label.span != symbol.span]
    labels += [Label(d.span, f"`{name}` is read here") for d in several[:LABELS]]
    if new:
        title = f"Call this one `{new}` (this assumes that it is the one that is read, and declared nowhere)"
        labels.append(Label(unknown[0].span, f"`{new}` is read here, and nothing is called so"))
    else:
        new = next(f"{name}_{n}" for n in range(2, 1_000) if not table.kinds_of(f"{name}_{n}"))
        title = f"Call this one `{new}` (this assumes that the field is meant where `{name}` is read)"
    named = (use for unit in built.units for use in uses(unit) if use.path == (name,) and use.root is None)
    places = [use.span for use in named if {symbol.kind.value} & set(use.kinds) and "field" not in use.kinds]
    fix = Fix(title, tuple(Edit(span, new) for span in (symbol.span, *places)))
    made = replace(several[0], span=symbol.span, labels=tuple(labels), fixes=(fix, *several[0].fixes))
    circles = [d for d in found if d.code == "S269" and d.span == symbol.span]
    gone = [*several[1:], *(unknown if len(unknown) == 1 else ()), *circles]
    return [made if d is several[0] else d for d in found if not any(d is each for each in gone)]


def named_as_read(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The one name that is declared twice takes the one name that is read and declared nowhere."""
    twice = [d for d in found if d.code == "S263"]
    if len(twice) != 1:
        return list(found)
    repeated = twice[0]
    if repeated.span.line == repeated.span.anchor.lines + 1:  # a whole block of the left edge
        found = [d for d in found if d.code not in _FOLLOWS or d.span.anchor is not repeated.span.anchor]
    old = str(repeated.args.get("name", ""))
    found = [d for d in found if d.code != "S495" or d.args.get("tier") != old]  # which of the two has the bound
    unknown = [d for d in found if d.code in _UNKNOWN and (not d.near or old in d.near)]
    if len({str(d.args.get("name", "")) for d in unknown}) != 1:
        return list(found)
    missing = unknown[0]
    name = str(missing.args.get("name", ""))
    if repeated.span.end_column - repeated.span.column != len(old) or not name.isidentifier():
        return list(found)
    if name == old:
        return [_other_meant(repeated) if d is repeated else d for d in found if not any(d is u for u in unknown)]
    title = f"Call this one `{name}` (this assumes that it is the one that is read, and declared nowhere)"
    fix = Fix(title, (Edit(repeated.span, name),))
    first = [label.span for label in repeated.labels if label.span.end_column - label.span.column == len(old)][:1]
    others = [Fix(f"Call the first one `{name}` (this assumes the same)", (Edit(span, name),)) for span in first]
    labels = (*repeated.labels, Label(missing.span, f"`{name}` is read here, and nothing is called so"))
    made = replace(repeated, fixes=(fix, *others, *repeated.fixes), labels=labels)
    return [made if d is repeated else d for d in found if not any(d is each for each in unknown)]


def _other_meant(repeated: Diagnostic) -> Diagnostic:
    """Where the name is read as what the second declaration declares, the first one gets another name."""
    name = str(repeated.args.get("name", ""))
    first = [label for label in repeated.labels if label.span.end_column - label.span.column == len(name)][:1]
    fixes = tuple(
        Fix(f"Call this one `{name}_2` (this assumes that the other one is read)", (Edit(x.span, f"{name}_2"),))
        for x in first
    )
    if not fixes:
        return repeated
    labels = (Label(repeated.span, "this one is read"),)
    return replace(repeated, span=first[0].span, labels=labels, fixes=(*fixes, *repeated.fixes))
