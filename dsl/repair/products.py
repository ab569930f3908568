"""`sum of till.quantity * till.price`: an aggregate takes one field of its rows, so the product becomes a field.

In: the findings, what was built, and the texts. Out: the findings, those of a line that sums up a product of two fields
with a fix that declares the product in the source, or takes the field that is worked out so already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.expressions.syntax import Arithmetic, Name
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.build import Built
from stratagem.dsl.nodes import Node
from stratagem.dsl.record import replace
from stratagem.dsl.repair import PRODUCTS
from stratagem.dsl.repair.declare import is_source
from stratagem.dsl.resolve.symbols import SourceNames
from stratagem.dsl.source import SourceText, Span

_PRODUCT = re.compile(
    r"\b(sum|average|largest|smallest)(?: of(?= ))?(?: (?=[a-z])| ?(\())([a-z]\w*)\.([a-z]\w*) \* (?:\3\.)?([a-z]\w*)"
    r"(?(2)\))(?=[\s)]|$)"
)


def as_fields(found: Sequence[Diagnostic], built: Built, sources: Mapping[str, SourceText]) -> list[Diagnostic]:
    """The findings, with the products as fields of their sources, one for each product."""
    made: list[Diagnostic] = []
    told: list[Span] = []
    for diagnostic in found:
        if diagnostic.code not in PRODUCTS:
            made.append(diagnostic)
        elif not any(place.holds(diagnostic.span) for place in told):
            fix = _as_field(diagnostic, built, sources)
            made.append(diagnostic if fix is None else replace(diagnostic, fixes=(fix, *diagnostic.fixes)))
            told += [fix.edits[0].span] if fix is not None else []
    return made


def _as_field(diagnostic: Diagnostic, built: Built, sources: Mapping[str, SourceText]) -> Fix | None:
    text = sources.get(diagnostic.span.file)
    line = text.lines[diagnostic.span.line - 1] if text is not None else ""
    said = _PRODUCT.search(line)
    owner = built.resolver.table.sources.get(said[3]) if said is not None else None
    if said is None or owner is None or owner.shape != "many":
        return None
    name, declared = _declared(owner, said[4], said[5], built, sources)
    place = diagnostic.span.on(diagnostic.span.line, said.start() + 1, said.end() + 1)
    use = Edit(place, f"{said[1]} of {said[3]}.{name}")
    title = f"Write {use.text}" + (f", and declare `{name}` in `{said[3]}`" if declared else "")
    title += f" (this assumes that the {said[1]} of the product is meant)"
    return Fix(title, (use, *declared)) if name else None


def _declared(
    owner: SourceNames, one: str, other: str, built: Built, sources: Mapping[str, SourceText]
) -> tuple[str, tuple[Edit, ...]]:
    """The name of the field that is the product, and what declares it; no name where the two make none."""
    for child in _fields(owner, built):
        formula = child.formula
        sides = (formula.left, formula.right) if isinstance(formula, Arithmetic) and formula.op == "*" else ()
        if sorted(side.path[-1] for side in sides if isinstance(side, Name)) == sorted((one, other)):
            return child.value("name").text, ()
    kinds = [owner.fields[name].type for name in (one, other) if name in owner.fields]
    known = [kind.kind for kind in kinds if kind is not None and not kind.is_rate]
    if len(known) < 2 or not set(known) <= {Kind.NUMBER, Kind.MONEY, Kind.SHARE} or known == [Kind.MONEY] * 2:
        return "", ()
    name = next(word for word in ("amount", f"{one}_{other}", f"{one}_times_{other}") if word not in owner.fields)
    kind = "money" if Kind.MONEY in known else "share" if set(known) == {Kind.SHARE} else "number"
    last = max((owner.fields[word].span for word in (one, other)), key=lambda span: span.line)
    text = sources[last.file].lines[last.line - 1]
    blanks = text[: len(text) - len(text.lstrip())]
    end = last.on(last.line, len(text) + 1, len(text) + 1)
    return name, (Edit(end, f"\n{blanks}field {name} {kind} = {one} * {other}"),)


def _fields(owner: SourceNames, built: Built) -> Iterator[Node]:
    """The lines of the source's fields."""
    for node in (unit.node for unit in built.units if is_source(unit.node, owner.name)):
        yield from (child for child in node.children if child.statement.id == "field")
