"""A source that says its rows are one per customer, many, or a look-up, where all that reads it takes it for another.

In: the findings, what was built, and the texts. Out: the findings; what comes of such a line is one, at that line, with
the line as everything else reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.model.build import Built
from stratagem.dsl.nodes import Node
from stratagem.dsl.parse.ways.text import said
from stratagem.dsl.record import record
from stratagem.dsl.repair import LABELS, SHAPED, SHOWN
from stratagem.dsl.repair.trial import OWN_FIELD
from stratagem.dsl.repair.uses import FORMULA, Rows, Use, uses
from stratagem.dsl.resolve.symbols import SourceNames
from stratagem.dsl.source import SourceText, Span

_SHAPES = {"source.one": "one", "source.many": "many", "source.lookup": "lookup"}
_SAYS = {"one": "one row per customer", "many": "many rows per customer", "lookup": "one row per `{key}`, as a look-up"}
_WRITTEN = {"one": "one per customer by {key}", "many": "many per customer by {key}", "lookup": "one per {key}"}


@record
class _Read:
    """A place where a source is read as having rows of a shape. `key`: of a look-up, by which it is read."""

    shape: str
    span: Span
    key: str = ""


def reshaped(found: Sequence[Diagnostic], built: Built, sources: Mapping[str, SourceText]) -> list[Diagnostic]:
    """The findings, those that come of a wrong shape as one."""
    made = list(found)
    at = {(d.span.file, d.span.line) for d in found if d.code in SHAPED and severity(d) == "error"}
    if not at:
        return made
    reads = _reads(built)
    for node in (unit.node for unit in built.units if unit.node.statement.id == "source"):
        word = node.value("name")
        line = next((child for child in node.children if child.statement.id in _SHAPES), None)
        source = built.resolver.table.sources.get(word.text) if word is not None else None
        if source is None or line is None:
            continue
        places = reads.get(source.name, [])
        shapes = {(read.shape, read.key) for read in places}
        lines = {(read.span.file, read.span.line) for read in places}
        if len(shapes) != 1 or not lines & at:
            continue
        shape, key = shapes.pop()
        if shape == _SHAPES[line.statement.id] and key in ("", source.joined_by):
            continue
        key = key or _key(source, built)
        if key not in source.fields:
            continue
        own = (line.span.file, line.span.line)
        if len(places) < 2 and own not in at:
            continue  # one line alone reads it so: most likely that one is wrong
        made = [d for d in made if not _follows(d, own, lines, source)]
        made.append(_finding(source, line, shape, key, places, sources))
    return made


def _follows(
    diagnostic: Diagnostic, own: tuple[str, int], lines: AbstractSet[tuple[str, int]], source: SourceNames
) -> bool:
    """Does a finding come of the line at `own`: it is about it, or about a line that reads the source."""
    if diagnostic.code == SHOWN and diagnostic.args.get("name") in source.fields:
        return True
    return _place(diagnostic) == own or (_place(diagnostic) in lines and diagnostic.code in SHAPED)


def _place(diagnostic: Diagnostic) -> tuple[str, int]:
    return diagnostic.span.file, diagnostic.span.line


def _key(source: SourceNames, built: Built) -> str:
    """The field that says whose its rows are: the customer's identity, where it has such a field."""
    keys = [s.joined_by for s in built.resolver.table.sources.values() if s.shape in ("one", "many") and s.joined_by]
    known = [key for key in (source.joined_by, *keys) if key in source.fields]
    return known[0] if known else ""


def _finding(
    source: SourceNames, line: Node, shape: str, key: str, places: Sequence[_Read], sources: Mapping[str, SourceText]
) -> Diagnostic:
    own = _SHAPES[line.statement.id]
    written = _WRITTEN[shape].format(key=key)
    text = sources[line.span.file].lines[line.span.line - 1]
    start = len(text) - len(text.lstrip()) + 1
    at = line.span.on(line.span.line, start, start + len(said(text)))
    labels = tuple(Label(read.span, "it is read so here") for read in places[:LABELS])
    args = {
        "name": source.name,
        "shape": _SAYS[own].format(key=source.joined_by),
        "other": _SAYS[shape].format(key=key),
    }
    fix = Fix(f"Write: {written} (this assumes that the lines that read it are right)", (Edit(at, written),))
    return Diagnostic("S298", at, args, labels, fixes=(fix,))


def _reads(built: Built) -> dict[str, list[_Read]]:
    """By the names of sources all places that tell how it is read, outside its own block."""
    rows, found = Rows(), dict[str, list[_Read]]()
    owners = _owners(built)
    for unit in built.units:
        own = unit.node.value("name") if unit.node.statement.id == "source" else None
        for use in uses(unit):
            for source, read in _read(use, rows, owners, built):
                if own is None or own.text != source:
                    found.setdefault(source, []).append(read)
    return found


def _owners(built: Built) -> dict[str, str]:
    """By their names the fields that only one source has, and nothing else is called so."""
    table, found = built.resolver.table, dict[str, str]()
    for source in table.sources.values():
        for name in source.fields:
            found[name] = "" if name in found or source.built_in or table.shared(name) is not None else source.name
    return found


def _read(use: Use, rows: Rows, owners: Mapping[str, str], built: Built) -> Iterator[tuple[str, _Read]]:
    """The source that a use reads, and how."""
    known, path = built.resolver.table.sources, use.path
    if use.statement == "given.rows" and use.kinds == ("source",) and path[0] in known:
        yield path[0], _Read("many", use.span)
    if use.kinds != (FORMULA,) and (use.statement in OWN_FIELD or use.statement == "question.answers"):
        return
    if use.kinds != (FORMULA,) and "field" not in use.kinds:
        return
    together = rows.brought_together(use)
    full = (rows.around(use), *path) if len(path) == 2 and path[0] not in known else path
    if len(full) == 3 and full[1] in known.get(full[0], SourceNames("", "")).fields:
        for source in known.values():
            if full[1] in source.fields and full[2] in source.fields and source.name != full[0]:
                yield source.name, _Read("lookup", use.span, full[1])
    if path[0] in known and not known[path[0]].built_in:
        if together:
            yield path[0], _Read("many", use.span)
        elif len(path) == 2 and path[1] in known[path[0]].fields and not rows.around(use):
            yield path[0], _Read("one", use.span)
    elif len(path) == 1 and owners.get(path[0]) and not (rows.of(use) or together or use.node.rows):
        yield owners[path[0]], _Read("one", use.span)
