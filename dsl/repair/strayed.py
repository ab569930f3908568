"""Lines that stand in a wrong block, as what other lines want of that block and of another one tells.

In: the findings, what was built, and the texts. Out: the findings. A field that nothing reads in its source, and that
is read where another source lacks it, is one finding at its line; a line that does not belong where it stands goes to
the block for which another finding asks for just this line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.model.build import Built
from stratagem.dsl.nodes import Node, end_of
from stratagem.dsl.parse.ways.text import said, stretch, without
from stratagem.dsl.record import replace
from stratagem.dsl.repair import LABELS, LOST
from stratagem.dsl.repair.trial import OWN_FIELD
from stratagem.dsl.repair.uses import FORMULA, Rows, Use, uses
from stratagem.dsl.resolve.symbols import SourceNames, Symbol
from stratagem.dsl.source import SourceText

_BY_ITSELF = ""
"""In place of a source: a field that is read of the customer, by its name alone."""


def strayed(found: Sequence[Diagnostic], built: Built, sources: Mapping[str, SourceText]) -> list[Diagnostic]:
    """The findings, those that come of a field in a wrong source as one."""
    at = {(d.span.file, d.span.line) for d in found if d.code in LOST}
    made = list(found)
    if not at:
        return made
    wanted = _wanted(built, _named(built, at))
    table = built.resolver.table
    for source in [s for s in table.sources.values() if not s.built_in]:
        for field in [f for f in source.fields.values() if f.name in wanted]:
            places = wanted[field.name]
            home = _home(field, source, places, built)
            used = [use for each in places.values() for use in each]
            if home is None or not any((use.span.file, use.span.line) in at for use in used):
                continue
            if len(used) == 1 and len(used[0].path) == 2 and not _at_edge(field, source, home, built):
                continue  # one line alone names the other source: most likely that line is wrong
            finding = _finding(field, source, home, used, built, sources)
            if finding is not None:
                lines = {(use.span.file, use.span.line) for use in used}
                kept = [d for d in made if (d.span.file, d.span.line) not in lines or severity(d) != "error"]
                made = [*(d for d in kept if d.span != field.span), finding]
    return made


def _named(built: Built, at: Set[tuple[str, int]]) -> frozenset[str]:
    """What these lines read: fields, and keys by which fields are looked up."""
    every = (use for unit in built.units for use in uses(unit))
    return frozenset(name for use in every if (use.span.file, use.span.line) in at for name in use.path[-2:])


def _wanted(built: Built, names: frozenset[str]) -> dict[str, dict[str, list[Use]]]:
    """By the names of fields, of these, by the source in which each is read, the places."""
    rows, found = Rows(), dict[str, dict[str, list[Use]]]()
    for unit in built.units:
        for use in uses(unit):
            if not names.isdisjoint(use.path[-2:]) and (use.kinds == (FORMULA,) or "field" in use.kinds):
                for name, source in _read_in(use, rows, built):
                    found.setdefault(name, {}).setdefault(source, []).append(use)
    return found


def _read_in(use: Use, rows: Rows, built: Built) -> Iterator[tuple[str, str]]:
    """The field that stands there and its source; before it the key by which it is looked up, and whose that is."""
    name, sources = use.path[-1], built.resolver.table.sources
    if len(use.path) > 1 and use.path[-2] not in sources:
        key = use.path[-2]
        yield from ((name, s.name) for s in sources.values() if s.shape == "lookup" and s.key == key)
        yield key, use.path[-3] if len(use.path) > 2 else rows.around(use)
    elif len(use.path) > 1:
        yield name, use.path[-2]
    else:
        word = use.parent.value("name") if use.parent is not None and use.statement in OWN_FIELD else None
        word = use.node.value("source") if use.statement == "given.rows" and use.kinds != (FORMULA,) else word
        yield name, word.text if word is not None else rows.of(use)


def _home(field: Symbol, source: SourceNames, places: Mapping[str, Sequence[Use]], built: Built) -> SourceNames | None:
    """The source that is read as if it had the field; None where its own is, or another has it, or several lack it."""
    table = built.resolver.table
    own = (source.name, _BY_ITSELF) if source.shape == "one" else (source.name,)
    if any(name in places for name in own):
        return None
    lacking = [s for name in places if (s := table.sources.get(name)) is not None and not s.built_in]
    one = [s for s in table.shaped("one") if not s.built_in]
    if not lacking and _BY_ITSELF in places:
        lacking = sorted(one, key=lambda s: -len(s.fields))[:1]
    if len(lacking) == 1 and source.shape == "lookup" and source.key in lacking[0].fields:
        return None  # it can be read there as `KEY.FIELD`
    if len(lacking) != 1 or field.name in lacking[0].fields or table.shared(field.name) is not None:
        return None
    return lacking[0]


def _at_edge(field: Symbol, source: SourceNames, home: SourceNames, built: Built) -> bool:
    """Does the field stand where its source meets the other one: as its first field, below that one, or as its last,
    above it."""
    heads = [unit.node for unit in built.units]
    words = (node.value("name") if node.statement.id == "source" else None for node in heads)
    names = [word.text if word is not None else "" for word in words]
    if source.name not in names or home.name not in names:
        return False
    here, there = names.index(source.name), names.index(home.name)
    lines = [child.span.line for child in heads[here].children]
    ends = {there + 1 == here: lines[:1], here + 1 == there: lines[-1:]}
    return field.span.line in ends.get(True, ())


def _finding(
    field: Symbol, source: SourceNames, home: SourceNames, used: Sequence[Use], built: Built,
    sources: Mapping[str, SourceText],
) -> Diagnostic | None:  # fmt: skip
    text = sources.get(field.span.file)
    head = next((unit.node for unit in built.units if _declares(unit.node, home.name)), None)
    if text is None or head is None:
        return None
    line = field.span.line
    lines = text.lines[line - 1 : stretch(text.lines, line)]
    others = [child for child in head.children if child.statement.id == "field"]
    put = Edit(end_of(others[-1] if others else head).below(), "".join(f"{each}\n" for each in lines))
    title = f"Move it under `source {home.name}` (this assumes that it is a field of that source)"
    labels = tuple(Label(use.span, f"`{field.name}` is read here") for use in used[:LABELS])
    args = {"name": field.name, "source": source.name, "home": home.name}
    fix = Fix(title, (put, without(field.span.file, text.lines, line)))
    return Diagnostic("S294", field.span, args, labels, fixes=(fix,))


def _declares(node: Node, name: str) -> bool:
    word = node.value("name") if node.statement.id == "source" else None
    return word is not None and word.text == name


def asked_for(found: Sequence[Diagnostic], sources: Mapping[str, SourceText]) -> list[Diagnostic]:
    """The findings, those that ask for a line which stands in a wrong block brought together with that line's."""
    astray = {(d.span.file, d.span.line) for d in found if d.code == "S131" and d.fixes}
    twice = (d for d in found if d.code == "S263" and any((x.span.file, x.span.line) in astray for x in d.labels))
    gone = {id(d) for d in twice}
    made = [d for d in found if id(d) not in gone]
    found = tuple(made)
    lost = [(number, text) for number, d in enumerate(found) if d.code == "S131" and (text := _line(d, sources))]
    for number, text in lost:
        for other, diagnostic in enumerate(found):
            edit = next(_asking(diagnostic, text), None) if diagnostic.code != "S131" and made[other].code else None
            if edit is not None:
                made[number] = _moved(made[number], text, edit, diagnostic, sources)
                made[other] = replace(diagnostic, code="")
                break
    return [d for d in made if d.code]


def _line(diagnostic: Diagnostic, sources: Mapping[str, SourceText]) -> str:
    """What the whole line of a finding says; empty where more stands below it."""
    source, line = sources.get(diagnostic.span.file), diagnostic.span.line
    if source is None or not 0 < line <= len(source.lines) or stretch(source.lines, line) > line:
        return ""
    return said(source.lines[line - 1])


def _asking(diagnostic: Diagnostic, text: str) -> Iterator[Edit]:
    """The edits that write such a line: the very same, or a field of the same name."""
    for fix in diagnostic.fixes:
        only = fix.edits[0] if len(fix.edits) == 1 else None
        if only is not None and only.span.column == only.span.end_column and "\n" in only.text:
            written = only.text.strip()
            if written == text or (text.startswith("field ") and written.split()[:2] == text.split()[:2]):
                yield only


def _moved(lost: Diagnostic, text: str, put: Edit, asking: Diagnostic, sources: Mapping[str, SourceText]) -> Diagnostic:
    source = sources[lost.span.file]
    gone = without(source.name, source.lines, lost.span.line)
    edits = (Edit(put.span, put.text.replace(put.text.strip(), text)), gone)
    label = Label(asking.span, "such a line is missing here")
    fix = Fix("Move it to the block that lacks it (this assumes that it belongs there)", edits)
    return replace(lost, labels=(*lost.labels, label), fixes=(fix,))
