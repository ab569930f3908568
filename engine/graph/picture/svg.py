"""Sheet → SVG, with the standard library alone: one file, no script, readable by screen readers."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.engine.graph.picture.escape import attribute, content
from stratagem.engine.graph.picture.lanes import HEAD, ROW, Item, Lanes, Way, lanes
from stratagem.engine.graph.picture.layers import layers
from stratagem.engine.graph.picture.layout import WIDTH, Places, place
from stratagem.engine.graph.picture.legend import COLUMNS, EDGES, EdgeKind, edge_kind
from stratagem.engine.graph.picture.sheet import Row, Sheet

MARGIN = 48.0
TOP = 112.0
"""Room for the title, the legend and the columns' titles."""
LETTER = 6.1
"""Mean width of a letter at 11 px."""

STYLE = """
  text { font-family: system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1c2733; }
  .head { font-size: 11px; font-weight: 600; } .row { font-size: 11px; } .name { font-size: 9px; fill: #5a6773; }
  .title { font-size: 18px; font-weight: 600; } .column { font-size: 12px; font-weight: 600; }
  .arrow path { fill: none; stroke-width: 1.3; } .arrow { opacity: .62; }
  .arrow:hover { opacity: 1; } .arrow:hover path { stroke-width: 2.6; }
"""


def to_svg(sheet: Sheet, title: str) -> str:
    """The whole picture as the text of an SVG document."""
    found = lanes(sheet, layers(sheet))
    places = place(found)
    width = max((places.lefts[-1] + WIDTH if places.lefts else 0) + 2 * MARGIN, 940)
    height = places.height + TOP + MARGIN
    body = (
        *_head(title, sheet, width, height),
        *_legend(),
        *_columns(found, places),
        f'<g transform="translate({MARGIN:g} {TOP:g})">',
        *_arrows(found, places),
        *_boxes(found, places),
        "</g>",
        "</svg>",
    )
    return "\n".join(body) + "\n"


def _head(title: str, sheet: Sheet, width: float, height: float) -> Iterator[str]:
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title about">'
    yield f'<title id="title">{content(title)}</title>'
    about = f"{len(sheet.boxes)} boxes and {len(sheet.links)} arrows; arrows run from what is read to what reads it."
    yield f'<desc id="about">{content(about)}</desc>'
    yield f"<style>{STYLE}</style>"
    yield "<defs>"
    for number, kind in enumerate(EDGES):
        yield (
            f'<marker id="end{number}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
            f'orient="auto"><path d="M0 0.8 L8 4 L0 7.2 z" fill="{kind.colour}"/></marker>'
        )
    yield "</defs>"
    yield f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>'
    yield f'<text class="title" x="{MARGIN:g}" y="34">{content(title)}</text>'


def _legend() -> Iterator[str]:
    x = MARGIN
    for number, kind in enumerate(EDGES):
        yield (
            f'<path d="M{x:g} 57 h26" stroke="{kind.colour}" stroke-width="1.8" fill="none" '
            f'marker-end="url(#end{number})"/><text class="row" x="{x + 32:g}" y="61">{kind.title}</text>'
        )
        x += 50 + LETTER * len(kind.title)
    yield (
        f'<path d="M{x:g} 57 h26" stroke="#7d8b99" stroke-width="1.8" stroke-dasharray="5 3" fill="none"/>'
        f'<text class="row" x="{x + 32:g}" y="61">the same, back against the columns</text>'
    )


def _columns(found: Lanes, places: Places) -> Iterator[str]:
    """A title over the first layer of each column."""
    named: set[int] = set()
    for left, level in zip(places.lefts, found.layers, strict=True):
        number = next(item.box.column for item in level if item.box)
        if number not in named:
            named.add(number)
            column = COLUMNS[number]
            x = left + MARGIN
            yield (
                f'<text class="column" x="{x:g}" y="92" style="fill:{column.border}">{content(column.title)}</text>'
                f'<path d="M{x:g} 98 h{WIDTH:g}" stroke="{column.border}" stroke-width="1.5"/>'
            )


def _arrows(found: Lanes, places: Places) -> Iterator[str]:
    """Arrows of one source and colour are one group, so that hovering shows where they lead."""
    groups: dict[tuple[str, str, bool], list[Way]] = {}
    for way in found.ways:
        groups.setdefault((way.link.source, edge_kind(way.link.why).title, way.back), []).append(way)
    for (source, _, back), ways in groups.items():
        kind = edge_kind(ways[0].link.why)
        said = "; ".join(dict.fromkeys(f"{way.link.why} → {way.link.target}" for way in ways))
        dash = ' stroke-dasharray="5 3"' if back else ""
        yield f'<g class="arrow" stroke="{kind.colour}"{dash}><title>{content(f"{source}: {said}")}</title>'
        for way in ways:
            yield f'<path d="{_path(way, places)}" marker-end="url(#end{_number(kind)})"/>'
        yield "</g>"


def _number(kind: EdgeKind) -> int:
    return EDGES.index(kind)


def _path(way: Way, places: Places) -> str:
    """Curves between layers, straight through each lane."""
    first, *between, last = way.items
    out, into = (0.0, WIDTH) if way.back else (WIDTH, 0.0)
    x, y = places.lefts[first.layer] + out, first.top + first.port(way.link.source)
    parts = [f"M{x:g} {y:g}"]
    if first.layer == last.layer:
        return parts[0] + _beside(x, y, last.top + last.port(way.link.target))
    for item in between:
        left, there = places.lefts[item.layer], item.top + item.height / 2
        parts.append(_curve(x, y, left + into, there) + f" H{left + out:g}")
        x, y = left + out, there
    parts.append(_curve(x, y, places.lefts[last.layer] + into, last.top + last.port(way.link.target)))
    return " ".join(parts)


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    bend = (to_x - x) / 2
    return f"C{x + bend:g} {y:g} {to_x - bend:g} {to_y:g} {to_x:g} {to_y:g}"


def _beside(x: float, y: float, to_y: float) -> str:
    """From a box to another of the same layer: out on the right and back in."""
    return f" C{x + 40:g} {y:g} {x + 40:g} {to_y:g} {x:g} {to_y:g}"


def _boxes(found: Lanes, places: Places) -> Iterator[str]:
    for left, level in zip(places.lefts, found.layers, strict=True):
        for item in sorted(level, key=lambda i: i.top):
            if item.box is not None:
                yield from _box(item, left)


def _box(item: Item, left: float) -> Iterator[str]:
    assert item.box is not None
    box, column = item.box, COLUMNS[item.box.column]
    yield f'<g transform="translate({left:g} {item.top:g})"><title>{content(_told(box.head))}</title>'
    yield (
        f'<rect width="{WIDTH:g}" height="{item.height:g}" rx="5" fill="{column.fill}" stroke="{column.border}"'
        f" data-node={attribute(box.node)}/>"
    )
    yield f'<text class="head" x="8" y="15">{content(_fit(box.head.label))}</text>'
    yield f'<text class="name" x="8" y="27">{content(_fit(_named(box.head), 38))}</text>'
    for number, row in enumerate(box.rows):
        y = HEAD + ROW * number
        yield f'<g><title>{content(_told(row))}</title><path d="M0 {y:g} h{WIDTH:g}" stroke="{column.border}"'
        yield f' stroke-opacity=".25"/><text class="row" x="14" y="{y + 12.5:g}">{content(_fit(row.label, 29))}</text>'
        yield "</g>"
    yield "</g>"


def _named(row: Row) -> str:
    kind, _, name = row.node.partition(":")
    return f"{kind.replace('_', ' ')} {name}"


def _told(row: Row) -> str:
    """What a pointer over a box is told: kind, name, whole label, place."""
    return " · ".join(dict.fromkeys(part for part in (_named(row), row.label, row.at) if part))


def _fit(text: str, letters: int = 26) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
