"""Sheet → Mermaid flowchart, for pages that draw it themselves."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.engine.graph.picture.escape import mermaid_text
from stratagem.engine.graph.picture.legend import COLUMNS, edge_kind
from stratagem.engine.graph.picture.sheet import Box, Sheet


def to_mermaid(sheet: Sheet) -> str:
    """A `flowchart LR` with one subgraph a column; rows are lines of their box's text, arrows join boxes."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    ids = {box.node: f"n{number}" for number, box in enumerate(sheet.boxes)}
    yield "flowchart LR"
    for number, column in enumerate(COLUMNS):
        boxes = [box for box in sheet.boxes if box.column == number]
        if not boxes:
            continue
        yield f'  subgraph c{number}["{mermaid_text(column.title)}"]'
        for box in boxes:
            yield f'    {ids[box.node]}["{_label(box)}"]:::k{number}'
        yield "  end"
    yield from _arrows(sheet, ids)
    for number, column in enumerate(COLUMNS):
        if any(box.column == number for box in sheet.boxes):
            yield f"  classDef k{number} fill:{column.fill},stroke:{column.border},color:#1c2733"


def _label(box: Box) -> str:
    rows = "".join(f"<br/>· {mermaid_text(row.label)}" for row in box.rows)
    return f"{mermaid_text(box.head.label)}{rows}"


def _arrows(sheet: Sheet, ids: dict[str, str]) -> Iterator[str]:
    drawn: dict[tuple[str, str], list[str]] = {}
    for link in sheet.links:
        whys = drawn.setdefault((sheet.home[link.source], sheet.home[link.target]), [])
        if link.why not in whys:
            whys.append(link.why)
    for (source, target), whys in drawn.items():
        yield f"  {ids[source]} -->|{', '.join(mermaid_text(why) for why in whys)}| {ids[target]}"
    for number, whys in enumerate(drawn.values()):
        yield f"  linkStyle {number} stroke:{edge_kind(whys[0]).colour}"
