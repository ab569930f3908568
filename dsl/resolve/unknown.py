"""What is said of a name that means nothing where it stands: what was looked at, what is near, what to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix, Label
from stratagem.dsl.diagnostics.names import Names
from stratagem.dsl.expressions import syntax as s
from stratagem.dsl.resolve.scope import Scope
from stratagem.dsl.resolve.symbols import SHARED, Of, SourceNames, Table
from stratagem.dsl.resolve.wording import a, either, name_kind
from stratagem.dsl.source import NOWHERE, Span

if TYPE_CHECKING:
    from stratagem.dsl.resolve.resolver import Resolver


def bare(r: Resolver, syntax: s.Name, scope: Scope) -> None:
    """A bare name that means nothing here."""
    word = syntax.path[0]
    if r.findings.doubts(word):
        return
    row = r.table.sources.get(scope.row) if scope.row is not None else None
    slip = row is not None and bool(r.findings.near(word, row.fields))  # of the row's own field
    advice = None if slip else _elsewhere(r, word, scope)
    if advice is not None:
        kind, instead, span = advice
        there = [Label(span, f"`{word}` is declared here")] if span != NOWHERE else []
        r.findings.add("S262", syntax.span, labels=there, name=word, kind=kind, instead=instead)
        return
    said = OTHER_WORDS.get(word) or (OTHER_PARTS.get(word) if scope.rank else None)
    if said is not None:
        r.findings.add("S153", syntax.span, fixes=[replace_with(syntax.span, (said,))], written=word, instead=said)
        return
    known = visible(r, scope)
    close = r.findings.near(word, known)
    fixes, labels = [replace_with(syntax.span, close)], [nearest(r.table, close)]
    r.findings.add("S261", syntax.span, labels=labels, near=close, fixes=fixes, name=word, looked=_looked(scope))


def replace_with(span: Span, close: tuple[str, ...]) -> Fix | None:
    """Offer the nearest name, when there is one."""
    return Fix(f"Write {close[0]}", (Edit(span, close[0]),)) if close else None


OTHER_WORDS = {
    **dict.fromkeys(("empty", "null", "blank", "unknown", "undefined", "nothing"), "missing"),
    "true": "yes",
    "false": "no",
}
"""What other languages and spreadsheets call a value of this one; looked at only where nothing is called so."""


OTHER_PARTS = {
    **dict.fromkeys(("probability", "likelihood", "odds", "propensity"), "chance"),
    **dict.fromkeys(("value", "benefit", "gain", "profit", "revenue"), "worth"),
    **dict.fromkeys(("costs", "expense", "expenses"), "cost"),
    **dict.fromkeys(("importance", "goal_weight", "weights"), "weight"),
}
"""What people call the parts of a score."""


MOST_OFFERED = 6
"""So many names are offered where none is near, and all fit."""


def one_of_few(span: Span, close: Sequence[str], known: Sequence[str], each: bool = False) -> list[Fix]:
    """Offer each near name; which one is for the reader. Where there is none, the only name there is, or each of a few
    where all of them fit; never any other: a name that is not near would be a guess."""
    offered = close or (known if len(known) <= (MOST_OFFERED if each else 1) else ())
    more = len(offered) > 1 or not close
    tail = " (this assumes that `{0}` is meant)" if more else ""
    return [Fix(f"Write {name}" + tail.format(name), (Edit(span, name),)) for name in offered]


def nearest(table: Table, close: tuple[str, ...], *kinds: Of, source: SourceNames | None = None) -> Label | None:
    """Where the nearest of some names is declared: it may be that declaration which is misspelt."""
    if not close:
        return None
    own = source.fields.get(close[0]) if source is not None else None
    place = own.span if own is not None else table.place_of(close[0], *kinds)
    return None if place is None else Label(place, f"`{close[0]}` is declared here")


def visible(r: Resolver, scope: Scope) -> Names:
    """Every bare name that may stand here."""
    looks = (scope.customer, scope.population, scope.rank, scope.row, scope.stage)
    found = r.table.visible.get(looks)
    if found is None:
        found = r.table.visible[looks] = Names(_visible(r, scope))
    return found


def _visible(r: Resolver, scope: Scope) -> Iterator[str]:
    yield from r.table.names(*(SHARED if scope.customer else (Of.ASSUMPTION,)))
    if scope.population:
        yield from r.table.names(Of.METRIC)
    if scope.customer:
        yield from (f.name for source in r.table.shaped("one") for f in source.bare_fields())
    if scope.stage and r.table.names(Of.STAGE):
        yield "stage"
    if scope.row is not None and scope.row in r.table.sources:
        yield from r.table.sources[scope.row].fields
    if scope.rank:
        yield from ("chance", "worth", "cost", "weight")


def _looked(scope: Scope) -> str:
    kinds = [f"the fields of `{scope.row}`"] if scope.row is not None else []
    if scope.customer:
        kinds.append(
            "assumptions, measures, values, segments, tiers and the fields of sources with one row per customer"
        )
    else:
        kinds.append("assumptions and metrics" if scope.population else "assumptions")
    return ", then ".join(kinds)


def _elsewhere(r: Resolver, word: str, scope: Scope) -> tuple[str, str, Span] | None:
    """If the word is declared as something that cannot stand here: what it is, what to write instead, and where."""
    if word == "stage" and not scope.stage:
        return "the customer's stage", "the stage can be read only where one customer is looked at", NOWHERE
    source = r.table.sources.get(word)
    if source is not None:
        return "a source", f"say what of it: `count of {word}`, or one of its fields, `{word}.FIELD`", source.span
    shared = r.table.shared(word)
    if shared is not None and not scope.customer:
        return _about_one(name_kind(shared.kind)), _instead_of_one(word, scope), shared.span
    metric = r.table.get(Of.METRIC, word)
    if metric is not None:
        return (
            "a metric, a figure over customers",
            "a formula about one customer reads measures, not metrics",
            metric.span,
        )
    many = [field for field in r.table.fields_named(word, "many") if not r.table.sources[field.owner].built_in]
    if many:
        owner = many[0].owner
        instead = f"say which row: `latest of {owner}.{word}`, or `sum of`, `any {owner} where …`"
        return f"a field of `{owner}`, which has many rows per customer", instead, many[0].span
    return _looked_up(r, word, scope) or _other_kind(r, word, scope)


def _looked_up(r: Resolver, word: str, scope: Scope) -> tuple[str, str, Span] | None:
    """A field of a look-up, and the only way to it from here."""
    ways = [(way, field) for field in r.table.fields_named(word, "lookup") for way in _ways_to(r, field.owner, scope)]
    if len(ways) != 1:
        return None
    way, field = ways[0]
    return f"a field of the look-up `{field.owner}`", f"write `{way}.{word}`", field.span


def _ways_to(r: Resolver, lookup: str, scope: Scope) -> Iterator[str]:
    """How a look-up is read: by the key in the row, or in a source with one row per customer."""
    key = r.table.sources[lookup].key
    row = r.table.sources.get(scope.row) if scope.row is not None else None
    if key is not None and row is not None and key in row.fields:
        yield key
    elif key is not None and row is None and scope.customer:
        yield from (f"{s.name}.{key}" for s in r.table.shaped("one") if key in s.fields)


def _about_one(kind: str) -> str:
    return f"{a(kind)}, which is about one customer"


def _instead_of_one(word: str, scope: Scope) -> str:
    if scope.population:
        return f"a metric is over customers: `average of {word}`, or `share of customers where …`"
    return (
        "only fields of the row, and assumptions, can be read here"
        if scope.row
        else "use `measure` in place of `assume`"
    )


def _other_kind(r: Resolver, word: str, scope: Scope) -> tuple[str, str, Span] | None:
    fields = r.table.fields_named(word, "one")
    if fields and not scope.customer:
        return _about_one(f"field of `{fields[0].owner}`"), _instead_of_one(word, scope), fields[0].span
    stage = r.table.get(Of.STAGE, word)
    if stage is not None:
        return "a stage", f"write `stage is {word}`", stage.span
    for field in (f for source in r.table.sources.values() for f in source.fields.values()):
        own = scope.row is None or field.owner == scope.row
        if own and field.type is not None and word in field.type.options:
            return f"a value of `{field.owner}.{field.name}`", f"write `{field.name} is {word}`", field.span
    kinds = [k for k in r.table.kinds_of(word) if k not in SHARED]
    symbol = r.table.get(kinds[0], word) if kinds else None
    if symbol is None:
        return None
    named = a(name_kind(symbol.kind))
    return named, "formulas read facts and fields of customers", symbol.span


def dotted(r: Resolver, syntax: s.Name, source: SourceNames | None, through: list[SourceNames]) -> None:
    """`head.field` where head is no source that has one row per customer."""
    head, written = syntax.path[0], ".".join(syntax.path)
    if r.findings.doubts(head):
        return
    if source is None:
        if through:
            each = either([f"`{x.name}.{written}`" for x in through])
            r.findings.add("S264", syntax.span, name=written, count=len(through), written=each)
        else:
            unknown_source(r, syntax)
        return
    if source.shape == "lookup":
        labels, fixes = [Label(source.span, f"`{head}` is a look-up")], [_joined(r, syntax.span, source)]
        r.findings.add("S285", syntax.span, labels=labels, fixes=fixes, name=written, source=head)
        return
    if syntax.path[1] not in source.fields and len(syntax.path) == 2:
        field(r, syntax.span, syntax.path[1], source)
        return
    kind = source.fields[syntax.path[1]].type if syntax.path[1] in source.fields else None
    ways = [f"latest of {written}"] if source.dated_by is not None else []
    if kind is not None and kind.is_numeric:
        ways = [f"sum of {written}", *ways]
    fixes = [
        Fix(f"Write {way} (this assumes that `{way.split()[0]}` is meant)", (Edit(syntax.span, f"({way})"),))
        for way in ways
    ]
    r.findings.add(
        "S267", syntax.span, labels=[Label(source.span, "many rows per customer")], fixes=fixes, name=written,
        source=head,
    )  # fmt: skip


def _joined(r: Resolver, span: Span, source: SourceNames) -> Fix | None:
    """The look-up by the one source of customers that holds its key."""
    holders = [s.name for s in r.table.shaped("one") if source.key is not None and source.key in s.fields]
    if len(holders) != 1:
        return None
    way = f"{holders[0]}.{source.key}"
    title = f"Write {way} in place of `{source.name}` (this assumes that it is looked up so)"
    return Fix(title, (Edit(span.start(len(source.name)), way),))


def dotted_out_of_reach(r: Resolver, syntax: s.Name, scope: Scope) -> None:
    """`source.field` where nothing of a customer can be read."""
    source = r.table.sources.get(syntax.path[0])
    if source is None:
        unknown_source(r, syntax)
        return
    name = ".".join(syntax.path)
    if scope.population:
        r.findings.add(
            "S262", syntax.span, name=name, kind="a field of each customer", instead=_instead_of_one(name, scope)
        )
    else:
        r.findings.add(
            "S262", syntax.span, name=name, kind="a field of another source", instead=_instead_of_one(name, scope)
        )


def unknown_source(r: Resolver, syntax: s.Name) -> None:
    """The word before the dot names no source."""
    head = syntax.path[0]
    if r.findings.doubts(head):
        return
    close = r.findings.near(head, r.table.sources)
    at = syntax.span.start(len(head))
    labels = [nearest(r.table, close, Of.SOURCE)]
    r.findings.add("S265", at, labels=labels, near=close, fixes=[replace_with(at, close)], name=head)


def field(r: Resolver, span: Span, name: str, source: SourceNames) -> None:
    """The source has no field of this name."""
    if r.findings.doubts(name):
        return
    close = r.findings.near(name, source.fields)
    at = span.last(len(name))
    labels = [nearest(r.table, close, source=source), fields_of(source)]
    r.findings.add(
        "S266", at, labels=labels, near=close, fixes=[replace_with(at, close)], name=name, source=source.name
    )


def fields_of(source: SourceNames) -> Label:
    """Where the fields of a source stand."""
    return Label(source.span, f"the fields of `{source.name}` are declared here")


def lookup(r: Resolver, syntax: s.Name, word: str, source: SourceNames) -> None:
    """No look-up of this name joins the source."""
    held = source.fields.keys() - source.worked_out
    lookups = [x.key for x in r.table.shaped("lookup") if x.key is not None and x.key in held]
    known = either([f"`{x}`" for x in lookups]) or "none"
    but = f"; `{word}` is worked out by a formula, and joins nothing" if word in source.worked_out else ""
    close = r.findings.near(word, lookups)
    labels = [nearest(r.table, close, source=source)]
    start = syntax.span.column + len(syntax.path[0]) + 1
    at = syntax.span.on(syntax.span.line, start, start + len(word))
    field = syntax.path[-1]
    holding = [x.key for x in r.table.shaped("lookup") if x.key in lookups and field in x.fields]
    fixes = one_of_few(at, [key for key in close if key in holding], [key for key in holding if key is not None])
    if not fixes and field in source.fields:
        gone = Edit(at.on(at.line, at.column, at.end_column + 1), "")
        fixes = [Fix(f"Write {source.name}.{field}, without `{word}`", (gone,))]
    fixes = fixes or one_of_few(at, close, lookups)
    args = {"name": word, "source": source.name, "known": known, "but": but}
    r.findings.add("S286", at, labels=labels, near=close, fixes=fixes, **args)
