"""Names that nothing is called: all places of one name are one finding, with what the whole strategy tells of it.

In: the findings, and what was built. Out: the findings. A name that is declared and read by nobody, and alone fits
every place, is most likely the same thing under another name. Failing that, the name is declared with what its uses
tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.model.build import Built
from stratagem.dsl.model.make.unit import names_in
from stratagem.dsl.parse.fold import mended
from stratagem.dsl.record import record, replace
from stratagem.dsl.repair import UNKNOWN
from stratagem.dsl.repair.declare import declarations
from stratagem.dsl.repair.elsewhere import meant_elsewhere
from stratagem.dsl.repair.trial import Trial
from stratagem.dsl.repair.uses import FORMULA, Rows, Use, uses
from stratagem.dsl.resolve.symbols import SHARED, Of, Symbol, Table
from stratagem.dsl.source import Span

LABELS = 8
"""Places of one name that are shown."""
MANY = 25
"""Declared things that nobody reads, beyond which it is not tried which of them fits."""
MOST = 20
"""Names for which it is worked out what could be done; further ones are only brought together."""
HOPELESS = 300
"""Findings of a strategy beyond which nothing is tried any more."""
_PEOPLE = ("segment", "tier")
Place = tuple[str, int, int]


@record(frozen=False)
class Group:
    """One name that nothing is called. `space`: where it was looked for: `name`, `source`, a kind, `field of X`."""

    name: str
    space: str
    source: str
    numbers: list[int]
    """Its findings."""
    uses: list[Use]


def known_again(found: Sequence[Diagnostic], built: Built) -> list[Diagnostic]:
    """The findings, those about one name brought together."""
    at = _places(built)
    lines = {(d.span.file, d.span.line): n for n, d in enumerate(found) if mended(d)}
    groups: dict[tuple[str, str], Group] = {}
    rows = Rows()
    sources = built.resolver.table.sources.values()
    fields = {f.span: f for source in sources for f in source.fields.values() if f.type is not None}
    for number, diagnostic in enumerate(found):
        use = at.get(_start(diagnostic.span)) if diagnostic.code in UNKNOWN else None
        if use is None or (diagnostic.span.file, diagnostic.span.line) in lines:
            continue
        name = str(diagnostic.args.get("name", ""))
        source = str(diagnostic.args.get("source", ""))
        choice = _choice_of(diagnostic, fields) if diagnostic.code == "S311" else None
        source = f"{choice.owner}.{choice.name}" if choice is not None else source
        row = rows.of(use) if diagnostic.code == "S261" else ""
        source = source or row
        key = (name, f"choice {source}" if choice else _space(diagnostic, use, built.resolver.table, source, row))
        group = groups.setdefault(key, Group(name, key[1], source, [], []))
        group.source = group.source or source
        group.numbers.append(number)
        group.uses.append(use)
    for number, diagnostic in enumerate(found):
        name = str(diagnostic.args.get("name", ""))
        if diagnostic.code == "S482" and _length(diagnostic.span) == len(name):
            groups.setdefault((name, "name"), Group(name, "name", "", [], [])).numbers.append(number)
    made: dict[int, Diagnostic | None] = {}
    trial = Trial(built, found)
    most = MOST if len(found) <= HOPELESS else 0
    for number, group in enumerate(groups.values()):
        told = dict(_together(group, found, built, trial if number < most else None))
        made.update(_of_line(group, told, found, lines) or told)
    kept = [made.get(number, diagnostic) for number, diagnostic in enumerate(found)]
    return [diagnostic for diagnostic in kept if diagnostic is not None]


def _of_line(
    group: Group, told: dict[int, Diagnostic | None], found: Sequence[Diagnostic], lines: Mapping[tuple[str, int], int]
) -> dict[int, Diagnostic | None]:
    """Where the name now stands on a line that could not be read as it was written: all of it in that line's fix."""
    first = next((d for d in told.values() if d is not None), None)
    fix = first.fixes[0] if first is not None and first.fixes else None
    at = first.span if first is not None and first.code == "S291" else None
    at = at or next((x.span for x in first.labels if x.text.endswith("read nowhere")), None) if first else None
    number = lines.get((at.file, at.line)) if at is not None else None
    if number is None or fix is None or first is None or not found[number].fixes:
        return {}
    line, own = found[number], found[number].fixes[0]
    if first.code == "S291":
        old = str(first.args["name"])
        edits = tuple(Edit(e.span, re.sub(rf"(?<!\w){old}(?!\w)", group.name, e.text)) for e in own.edits)
        new = Fix(re.sub(rf"(?<!\w){old}(?!\w)", group.name, own.title), edits, own.safe)
    else:
        new = Fix(f"{own.title}, and so where it is read", (*own.edits, *fix.edits), own.safe)
    return {**dict.fromkeys(told), number: replace(line, fixes=(new, *line.fixes[1:]))}


def _places(built: Built) -> dict[Place, Use]:
    """Uses by where their name starts, and by where the last part of a dotted one does."""
    found: dict[Place, Use] = {}
    for unit in built.units:
        for use in uses(unit):
            found.setdefault(_start(use.span), use)
            if len(use.path) > 1:
                found.setdefault(_start(use.span.last(len(use.path[-1]))), use)
    return found


def _length(span: Span) -> int:
    """The characters of a stretch of one line; 0 for one of several."""
    return span.end_column - span.column if span.line == span.end_line else 0


def _start(span: Span) -> Place:
    return span.file, span.line, span.column


def _space(diagnostic: Diagnostic, use: Use, table: Table, source: str, row: str) -> str:
    """Names of one space are one name. `row`: the source whose row the name stands in."""
    match diagnostic.code:
        case "S265" | "S276":
            return "source"
        case "S289":
            return "identity"
        case "S261" if row in table.sources:
            return f"field of {row}"
        case "S266":
            owner = table.sources.get(source)
            return "name" if owner is not None and owner.shape == "one" else f"field of {source}"
    if "action" in use.kinds:
        return "action"
    shared = {"fact", "field", *(of.value for of in SHARED)}
    return "name" if use.kinds == (FORMULA,) or not shared.isdisjoint(use.kinds) else use.kinds[0]


def _choice_of(diagnostic: Diagnostic, fields: Mapping[Span, Symbol]) -> Symbol | None:
    """The field whose values a word is none of."""
    return next((fields[label.span] for label in diagnostic.labels if label.span in fields), None)


def _together(
    group: Group, found: Sequence[Diagnostic], built: Built, trial: Trial | None
) -> Iterator[tuple[int, Diagnostic | None]]:
    """The finding of a group, in place of its first; None in place of the others. `trial`: None once so much is wrong
    that nobody would read all that could be done about it."""
    order = sorted(group.numbers, key=lambda n: _start(found[n].span))
    first = found[order[0]]
    others = [found[n] for n in order[1:]]
    spans = [d.span for d in others]
    further = tuple(Label(span, f"`{group.name}` stands here too") for span in spans[:LABELS])
    readers = (first, *(d for d in others if d.code != "S482"))
    fixes = list(_everywhere(readers, [first.span, *spans], group.name))
    if trial is None:
        yield order[0], replace(first, labels=(*first.labels, *further), fixes=tuple(dict.fromkeys(fixes)))
        yield from ((number, None) for number in order[1:])
        return
    trial.of([found[n] for n in order])
    near = tuple(name for name in first.near if all(trial.fits(use, group.name, name) for use in group.uses))
    if near != first.near:
        fixes = [fix for fix in fixes if not _puts(fix, first.near) or _puts(fix, near)]
        first = replace(first, near=near, labels=first.labels if near else ())
    renamed = _renamed(group, found, built, trial, order, near)
    if renamed is not None and renamed[0].name in near and spans and group.space != "identity":
        yield order[0], _misspelt(renamed[0], renamed[1], first, spans)
        yield from ((number, None) for number in order[1:])
        return
    if renamed is not None and first.code != "S493":
        symbol, fix = renamed
        label = Label(symbol.span, f"`{symbol.name}` is declared here, and read nowhere")
        first = replace(first, labels=(*(x for x in first.labels if x.span != symbol.span), label))
        fixes = [fix, *(f for f in fixes if f.edits != fix.edits)]
    if renamed is None and not near:
        fixes = [*meant_elsewhere(group.name, group.space, group.source, group.uses, order, found, trial), *fixes]
    if renamed is not None and first.code == "S493":
        fixes = [renamed[1], *(f for f in fixes if f.edits != renamed[1].edits)]
    if not fixes or group.space.startswith("choice ") or (renamed is not None and not first.near):
        made = declarations(group.name, group.space, group.source, group.uses, built, trial)
        fixes = [*made, *fixes] if group.space.startswith("choice ") else [*fixes, *made]
    kept = tuple(dict.fromkeys(fixes))
    yield order[0], replace(first, labels=(*first.labels, *further), fixes=kept)
    yield from ((number, None) for number in order[1:])


def _misspelt(symbol: Symbol, there: Fix, first: Diagnostic, others: Sequence[Span]) -> Diagnostic:
    """A declaration that nobody reads, and several places that agree on a name so much like it."""
    name = str(first.args["name"])
    labels = tuple(Label(span, f"`{name}` stands here") for span in (first.span, *others)[:LABELS])
    here = Fix(f"Write {name} (this assumes that the places that read it have it right)", (Edit(symbol.span, name),))
    args = {"name": symbol.name, "read": name, "count": len(others) + 1}
    return Diagnostic("S291", symbol.span, args, labels, (name,), (here, there))


def _everywhere(readers: Sequence[Diagnostic], spans: Sequence[Span], name: str) -> Iterator[Fix]:
    """The fixes of some findings; one that puts another name at its place puts it at all places, once."""
    alike = {_length(span) for span in spans} == {len(name)}
    put: set[str] = set()
    for diagnostic in readers:
        for fix in diagnostic.fixes:
            only = fix.edits[0] if len(fix.edits) == 1 else None
            if only is None or len(spans) == 1 or only.span != diagnostic.span or not _one_name(only.text):
                if diagnostic is readers[0]:
                    yield fix
            elif alike and only.text not in put:
                put.add(only.text)
                yield replace(fix, title=_all(fix.title, len(spans)), edits=tuple(Edit(s, only.text) for s in spans))


def _puts(fix: Fix, names: Sequence[str]) -> bool:
    """Does a fix write one of these names."""
    return any(edit.text in names for edit in fix.edits)


def _one_name(text: str) -> bool:
    return text.replace(".", "").isidentifier()


def _all(title: str, count: int) -> str:
    said, bracket, rest = title.partition(" (")
    return f"{said} in all {count} places{bracket}{rest}"


# ---- the same thing under another name ----


def _renamed(
    group: Group, found: Sequence[Diagnostic], built: Built, trial: Trial, order: Sequence[int], near: Sequence[str]
) -> tuple[Symbol, Fix] | None:
    """What is declared and read by nobody, if it alone fits all places."""
    scenic = bool(group.uses) and all(use.statement == "assume" for use in group.uses)
    read: frozenset[str] = frozenset() if scenic else trial.read
    unread = [s for s in _candidates(group, built.resolver.table) if s.name not in read]
    if len(unread) > MANY:  # which one of them is meant only its spelling can tell
        unread = [s for s in unread if s.name in near]
    fitting = [s for s in unread if all(trial.fits(use, group.name, s.name) for use in group.uses)]
    close = [s for s in fitting if s.name in near]
    if near and group.space.startswith("choice "):
        return None
    several = len(order) > 1  # nobody misspells a name in the same way again and again
    chosen = close or ([] if near and not several else _likely(fitting, built))
    if len(chosen) != 1:
        return None
    symbol, count = chosen[0], len(order)
    keys = any(use.statement in ("source.one", "source.many") for use in group.uses)
    if keys and any(group.name in source.fields for source in trial.table.sources.values()):
        title = f"Write {group.name} (this assumes that it is called as in the other sources)"
        return symbol, Fix(title, (Edit(symbol.span, group.name),))
    edits = tuple(Edit(_of_name(found[n].span, group.name), symbol.name) for n in order)
    everywhere = "" if count == 1 else f" in all {count} places"
    assumed = f"that it is called `{symbol.name}` now, which is declared and read nowhere"
    if scenic:
        assumed = "that it is meant: no other that could stand here is left"
    return symbol, Fix(f"Write {symbol.name}{everywhere} (this assumes {assumed})", edits)


def _likely(fitting: list[Symbol], built: Built) -> list[Symbol]:
    """Without what is often read by nobody: fields, and the tier that takes all who are left; unless there is nothing
    else."""
    rest = {tier.name for block in built.strategy.tiers for tier in block.tiers if tier.bound == "otherwise"}
    usual = [s for s in fitting if s.kind is Of.FIELD or (s.kind is Of.TIER and s.name in rest)]
    return [s for s in fitting if s not in usual] or usual


def _of_name(span: Span, name: str) -> Span:
    """The place of the name itself: findings of aggregates show it with its field."""
    return span.start(len(name))


def _candidates(group: Group, table: Table) -> list[Symbol]:
    """Everything of the kinds that were looked for."""
    if group.space == "source":
        sources = [Symbol(Of.SOURCE, s.name, s.span) for s in table.sources.values() if not s.built_in]
        return [*sources, *table.of_kind(Of.GROUP).values()]
    if group.space.startswith("field of "):
        owner = table.sources.get(group.source)
        facts = [s for of in SHARED if of is not Of.TIER for s in table.of_kind(of).values()]
        return [*owner.fields.values(), *(facts if any(use.root for use in group.uses) else [])] if owner else []
    if group.space == "identity":
        return []
    if group.space.startswith("choice "):
        source, _, name = group.source.partition(".")
        field = table.sources[source].fields[name]
        return [Symbol(Of.FIELD, option, field.span) for option in field.type.options] if field.type else []
    if group.space != "name":
        kinds = {kind for use in group.uses for kind in use.kinds}
        return [symbol for of in Of if of.value in kinds for symbol in table.of_kind(of).values()]
    if group.uses and all(use.statement == "assume" for use in group.uses):
        return _not_set(group.uses, table)
    blocks = _blocks(group.uses, table)
    tiers = [s for s in table.of_kind(Of.TIER).values() if s.owner in blocks]
    if tiers:
        return [*tiers, *table.of_kind(Of.SEGMENT).values()]
    shared = [s for of in SHARED if of is not Of.TIER for s in table.of_kind(of).values()]
    return [*shared, *(f for source in table.shaped("one") for f in source.bare_fields())]


def _not_set(uses: Sequence[Use], table: Table) -> list[Symbol]:
    """The assumptions that none of these scenarios sets yet."""
    lines = [line for use in uses if use.parent is not None for line in use.parent.children]
    taken = {line.value("name").text for line in lines if line.statement.id == "assume" and "name" in line.slots}
    return [symbol for name, symbol in table.of_kind(Of.ASSUMPTION).items() if name not in taken]


def _blocks(uses: Sequence[Use], table: Table) -> set[str]:
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
