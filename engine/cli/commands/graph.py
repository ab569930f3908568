"""`stratagem graph`: the rule graph as a picture, or for graph tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratagem.engine.cli.exits import FINE, Refused
from stratagem.engine.cli.files import write_text
from stratagem.engine.cli.opening import open_strategy
from stratagem.engine.cli.options import debug_option, path_argument
from stratagem.engine.cli.output import notice, say_text

if TYPE_CHECKING:
    from stratagem.engine.graph.build import Graph

FORMATS = {"svg": ".svg", "mermaid": ".mmd", "graphml": ".graphml"}
LARGE = 150
"""Boxes from which on a picture is better looked at in parts."""


@click.command("graph")
@path_argument
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="Default: as --out ends, else svg.")
@click.option("--focus", metavar="NAME", help="Only what feeds NAME and what it feeds, two steps each way.")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Write to a file, not to standard output.")
@debug_option
def command(path: str, form: str | None, focus: str | None, out: Path | None) -> int:
    """Draw how the rules hang together: an SVG that any browser shows, Mermaid, or GraphML.

    Arrows run from what is read to what reads it. NAME is as in the strategy, such as tier or households.email;
    where several things have it, kind:name, such as measure:spend.
    """
    strategy = open_strategy(path).strategy
    from stratagem.engine.graph.build import build_graph

    whole = build_graph(strategy)
    graph = whole if focus is None else focused(whole, focus)
    text, boxes = drawn(graph, form or _format_of(out), _title(strategy.header.title, focus))
    if focus is None and boxes > LARGE:
        notice(f"The picture has {boxes} boxes; --focus NAME shows one of them with what is around it.")
    if out is None:
        say_text(text)
    else:
        write_text(out, text)
        notice(f"Wrote {out}.")
    return FINE


def drawn(graph: Graph, form: str, title: str) -> tuple[str, int]:
    """The document, and how many boxes it shows."""
    from stratagem.engine.graph import picture

    if form == "graphml":
        return picture.to_graphml(graph), 0
    sheet = picture.fold(graph)
    text = picture.to_mermaid(sheet) if form == "mermaid" else picture.to_svg(sheet, title)
    return text, len(sheet.boxes)


def focused(graph: Graph, name: str) -> Graph:
    """The neighbourhood of what `name` means; Refused when that is nothing, or several things."""
    from stratagem.engine.graph import picture

    found = picture.find_nodes(graph, name)
    if len(found) == 1:
        return picture.around(graph, found[0])
    if found:
        raise Refused(f"{name!r} may mean {' or '.join(found)}.", f"write --focus {found[0]}, for instance.")
    from stratagem.dsl.diagnostics.suggest import near

    names = [str(data.get("name")) for _, data in graph.nodes(data=True)]
    close = near(name, names)
    raise Refused(f"the strategy declares nothing called {name!r}.", f"near it: {', '.join(close)}." if close else "")


def _format_of(out: Path | None) -> str:
    return next((form for form, ending in FORMATS.items() if out is not None and out.suffix == ending), "svg")


def _title(title: str, focus: str | None) -> str:
    return title if focus is None else f"{title}: around {focus}"
