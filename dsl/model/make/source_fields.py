"""A source's field: its type, how it is written in the file, and what it is for."""

from __future__ import annotations

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix
from stratagem.dsl.expressions.types import MISSING, Kind
from stratagem.dsl.model.base import Part, literal_text
from stratagem.dsl.model.make.parts import Maker
from stratagem.dsl.nodes import Node
from stratagem.dsl.resolve.scope import one_row
from stratagem.dsl.source import Span
from stratagem.dsl.values import Text, Value


def make_field(maker: Maker, node: Node, parent: Node | None, path: str) -> list[Part]:
    """The `SourceField` of a `field` line."""
    source = parent.value("name") if parent is not None else None
    word = node.value("name")
    if source is None or word is None:
        return []
    known = maker.resolver.table.sources.get(source.text)
    symbol = None if known is None else known.fields.get(word.text)
    kind = MISSING if symbol is None or symbol.type is None else symbol.type
    if node.formula is not None:
        maker.formulas.value(node.formula, "field", one_row(source.text), None if kind is MISSING else kind)
    more: dict[str, object] = {"per": node.value("type").per} if node.value("type") is not None else {}
    written = node.value("format")
    if written is not None:
        more |= _format(maker, written, kind.kind, node.slots["format"].span)
    if "missing_as" in node.slots:
        more["missing_as"] = tuple(as_in_file(v) for v in node.slots["missing_as"].value)
    return [maker.make(node, parent, path, type=kind, **more)]


def _format(maker: Maker, written: tuple[Value, ...], kind: Kind, span: Span) -> dict[str, object]:
    """`as "%d.%m.%Y"` of dates, `as ("1", "0")` of yes and no."""
    texts = tuple(as_in_file(v) for v in written)
    if kind is Kind.YES_NO and len(texts) == 2:
        return {"yes_no_as": texts}
    if kind in (Kind.DATE, Kind.TIMESTAMP) and len(texts) == 1:
        if "%" not in texts[0]:
            maker.findings.add("S329", span, fixes=[_pattern(texts[0], span)], written=texts[0])
        return {"date_format": texts[0]}
    maker.findings.add("S328", span, kind=kind.value)
    return {}


def _pattern(text: str, span: Span) -> Fix | None:
    """A date's pattern as spreadsheets write it, such as DD.MM.YYYY, in the way it is written here."""
    from stratagem.dsl.parse.mend.patterns import date_pattern

    made = date_pattern(text)
    return Fix(f'Write "{made}"', (Edit(span, f'"{made}"'),)) if made else None


def as_in_file(value: Value) -> str:
    """A value as it stands in a file: the text itself, a number without blanks or commas."""
    return value.value if isinstance(value, Text) else literal_text(value).replace(",", "")
