"""Names that nothing is called, each with all its places.

In: the findings, and what was built. Out: a group for each name and each kind of thing that was looked for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.model.build import Built
from stratagem.dsl.record import record
from stratagem.dsl.repair import SHOWN, UNKNOWN
from stratagem.dsl.repair.uses import FORMULA, Rows, Use, opposite, uses
from stratagem.dsl.resolve.symbols import SHARED, Symbol, Table
from stratagem.dsl.source import Span

Place = tuple[str, int, int]


@record(frozen=False)
class Group:
    """One name that nothing is called. `space`: where it was looked for: `name`, `source`, a kind, `field of X`."""

    name: str
    space: str
    source: str
    """The source before it, or whose row it stands in; of a choice: `source.field`."""
    numbers: list[int]
    """Its findings, in the order of their places."""
    uses: list[Use]
    """Its places but for those in the texts of messages."""

    @property
    def scenic(self) -> bool:
        """Is it only given figures, by scenarios."""
        return bool(self.uses) and all(use.statement == "assume" for use in self.uses)

    @property
    def of_choice(self) -> bool:
        """Is it looked for among the values of a field."""
        return self.space.startswith("choice ")

    @property
    def of_field(self) -> bool:
        """Is it looked for among the fields of one source."""
        return self.space.startswith("field of ")

    def written(self, name: str, found: Sequence[Diagnostic], assumed: str) -> Fix:
        """Another name put at all its places. Findings show an aggregate's source with its field, and a field with
        its source."""
        spans, length = [found[n].span for n in self.numbers], len(self.name)
        edits = tuple(Edit(s.last(length) if self.of_field else s.start(length), name) for s in spans)
        return Fix(f"Write {name}{in_all(len(edits))} (this assumes {assumed})", edits)


def in_all(count: int) -> str:
    """What the title of a fix says of several places."""
    return "" if count == 1 else f" in all {count} places"


def grouped(found: Sequence[Diagnostic], built: Built, mended: Collection[tuple[str, int]]) -> list[Group]:
    """The names that nothing is called, but for those on lines that were read as another text than was written."""
    groups: dict[tuple[str, str], Group] = {}
    at, rows, table = _places(built), Rows(), built.resolver.table
    fields = {f.span: f for s in table.sources.values() for f in s.fields.values() if f.type is not None}
    for number, diagnostic in enumerate(found):
        use = at.get(start(diagnostic.span)) if diagnostic.code in UNKNOWN else None
        if use is None or (diagnostic.span.file, diagnostic.span.line) in mended:
            continue
        name = str(diagnostic.args.get("name", ""))
        space, source = _looked_for(diagnostic, use, fields, rows, table)
        group = groups.setdefault((name, space), Group(name, space, source, [], []))
        group.source = group.source or source
        group.numbers.append(number)
        group.uses.append(use)
    for number, diagnostic in enumerate(found):
        name = str(diagnostic.args.get("name", ""))
        if diagnostic.code == SHOWN and length(diagnostic.span) == len(name):
            groups.setdefault((name, "name"), Group(name, "name", "", [], [])).numbers.append(number)
    for name in [name for name, space in groups if space == "group" and (name, "source") in groups]:
        counted, limited = groups.pop((name, "source")), groups[name, "group"]  # `count of home`, `per home`
        limited.numbers, limited.uses = counted.numbers + limited.numbers, counted.uses + limited.uses
    for group in groups.values():
        group.numbers.sort(key=lambda n: start(found[n].span))
    return list(groups.values())


def start(span: Span) -> Place:
    """Where it starts."""
    return span.file, span.line, span.column


def length(span: Span) -> int:
    """The characters of a stretch of one line; 0 for one of several."""
    return span.end_column - span.column if span.line == span.end_line else 0


def _places(built: Built) -> dict[Place, Use]:
    """Uses by where their name starts, and by where the last part of a dotted one does."""
    found: dict[Place, Use] = {}
    for unit in built.units:
        for use in uses(unit):
            found.setdefault(start(use.span), use)
            for part in range(1, len(use.path)):
                found.setdefault(start(use.span.last(len(".".join(use.path[part:])))), use)
    return found


def _looked_for(
    diagnostic: Diagnostic, use: Use, fields: Mapping[Span, Symbol], rows: Rows, table: Table
) -> tuple[str, str]:
    """The space in which a name was looked for, and the source whose it would be. `fields`: by their places."""
    if diagnostic.code == "S311":
        choice = next((fields[label.span] for label in diagnostic.labels if label.span in fields), None)
        if choice is not None:
            source = f"{choice.owner}.{choice.name}"
            return f"choice {source}", source
        source = _column(use)
        if source:
            return f"choice {source}", source
        if _of_stage(use):
            return "stage", ""
    row = rows.of(use) if diagnostic.code == "S261" else ""
    if diagnostic.code == "S265" and any(s.key == diagnostic.args.get("name") for s in table.shaped("lookup")):
        row = rows.around(use)  # it looks up what the row lacks the key of
    source = str(diagnostic.args.get("source", "")) or (row if row in table.sources else "")
    return _space(diagnostic, use, table, source, row), source


def _of_stage(use: Use) -> bool:
    """Is the name held against the customer's stage."""
    given = use.node.value("name") if use.statement in ("given.is", "expect.equals") else None
    return getattr(given, "text", "") == "stage" or use.path[-1] in opposite(use.root, "stage")


def _column(use: Use) -> str:
    """The field that a value in a row of a test is given for: `source.field`; empty where it stands elsewhere."""
    source = use.node.value("source") if use.statement == "given.rows" else None
    cells = [cell for row in use.node.rows for cell in row.cells]
    names = [name.text for name, said in cells if use.root is not None and said.span == use.root.span]
    return f"{source.text}.{names[0]}" if source is not None and names else ""


def _space(diagnostic: Diagnostic, use: Use, table: Table, source: str, row: str) -> str:
    """Names of one space are one name. `row`: the source whose row the name stands in."""
    match diagnostic.code:
        case "S265" | "S276" if row not in table.sources:
            return "source"
        case "S286":
            return f"field of {source}"
        case "S289":
            return "identity"
        case "S261" | "S265" if row in table.sources:
            return f"field of {row}"
        case "S266":
            owner = table.sources.get(source)
            return "name" if owner is not None and owner.shape == "one" else f"field of {source}"
    if "action" in use.kinds:
        return "action"
    shared = {"fact", "field", *(of.value for of in SHARED)}
    return "name" if use.kinds == (FORMULA,) or not shared.isdisjoint(use.kinds) else use.kinds[0]
