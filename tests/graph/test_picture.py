"""The rule graph as a picture: well-formed, escaped, complete, nothing on top of anything else."""

import itertools
import re
from xml.etree import ElementTree

import networkx as nx
import pytest

from stratagem.engine.graph.build import Graph
from stratagem.engine.graph.picture import around, find_nodes, fold, to_graphml, to_mermaid, to_svg
from stratagem.engine.graph.picture.lanes import lanes
from stratagem.engine.graph.picture.layers import layers
from stratagem.engine.graph.picture.layout import place

SVG = "{http://www.w3.org/2000/svg}"
NASTY = 'Beans <b> & "co" \x1b[2J | #quot; </svg>'


def graph(actions: int = 3) -> Graph:
    """Orders feed spend, spend feeds tiers, tiers gate actions; one channel, one goal, one question that looks back."""
    made: Graph = nx.DiGraph()

    def node(name: str, label: str = "") -> str:
        kind, _, rest = name.partition(":")
        made.add_node(name, kind=kind, name=rest, label=label or rest, at=None)
        return name

    for field in ("amount", "on"):
        made.add_edge(node("source:orders", NASTY), node(f"field:orders.{field}"), why="holds")
    made.add_edge("field:orders.amount", node("measure:spend", "Spend"), why="reads")
    made.add_edge("measure:spend", node("tiers:tier", "Tiers"), why="reads")
    made.add_edge("tiers:tier", node("tier:tier.gold", "Gold"), why="splits")
    for number in range(actions):
        made.add_edge("tier:tier.gold", node(f"action:a{number}"), why="gates")
        made.add_edge("field:orders.on", f"action:a{number}", why="scores")
        made.add_edge(f"action:a{number}", node("goal:g"), why="serves")
    made.add_edge(node("channel:mail"), node("question:q"), why="asks")
    made.add_edge("question:q", "field:orders.on", why="asks")
    made.add_edge(node("segment:one"), node("segment:two"), why="leads to")
    made.add_edge("segment:two", "segment:one", why="leads to")
    return made


def test_fields_are_rows_of_their_source_and_tiers_of_their_block() -> None:
    sheet = fold(graph())
    rows = {box.node: [row.label for row in box.rows] for box in sheet.boxes if box.rows}
    assert rows == {"source:orders": ["amount", "on"], "tiers:tier": ["Gold"]}
    assert ("source:orders", "field:orders.on") not in {(link.source, link.target) for link in sheet.links}


def test_the_svg_is_well_formed_and_shows_every_node() -> None:
    text = to_svg(fold(graph()), NASTY)
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img" and root.find(f"{SVG}title") is not None
    assert {r.get("data-node") for r in root.iter(f"{SVG}rect")} >= {
        "source:orders",
        "measure:spend",
        "action:a2",
        "goal:g",
    }
    said = " ".join(root.itertext())
    assert "amount" in said and "Gold" in said and "\x1b" not in said
    assert (
        len([p for p in root.iter(f"{SVG}path") if (p.get("marker-end") or "") and p.get("d", "").find("C") > 0]) == 15
    )


def test_the_text_decides_nothing_but_the_text() -> None:
    assert to_svg(fold(graph()), "x") == to_svg(fold(graph()), "x")


@pytest.mark.parametrize("actions", [0, 1, 40])
def test_nothing_lies_on_anything_else(actions: int) -> None:
    sheet = fold(graph(actions))
    found = lanes(sheet, layers(sheet))
    place(found)
    for level in found.layers:
        spans = sorted((item.top, item.top + item.height) for item in level)
        assert all(above[1] < below[0] for above, below in itertools.pairwise(spans))


def test_an_overlap_would_be_seen() -> None:
    sheet = fold(graph())
    found = lanes(sheet, layers(sheet))
    spans = sorted((item.top, item.top + item.height) for item in found.layers[-2])
    assert not all(above[1] < below[0] for above, below in itertools.pairwise(spans))


def test_mermaid_names_every_box_once_and_escapes() -> None:
    sheet = fold(graph())
    text = to_mermaid(sheet)
    assert text.startswith("flowchart LR\n")
    assert len(re.findall(r"^    n\d+\[\"", text, re.MULTILINE)) == len(sheet.boxes)
    assert "<b>" not in text and 'co"' not in text and "#60;b#62;" in text


def test_graphml_is_read_back_as_the_same_graph() -> None:
    made = graph()
    back = nx.parse_graphml(to_graphml(made))
    assert set(back.nodes) == set(made.nodes) and set(back.edges) == set(made.edges)
    assert back.nodes["measure:spend"]["label"] == "Spend"
    assert back.edges["channel:mail", "question:q"]["why"] == "asks"


def test_a_neighbourhood_holds_what_feeds_a_thing_and_what_it_feeds() -> None:
    part = around(graph(), "measure:spend")
    assert {"source:orders", "field:orders.amount", "tiers:tier", "tier:tier.gold"} <= set(part.nodes)
    assert "goal:g" not in part and "question:q" not in part
    assert [each for each in graph() if each in part] == list(part)


def test_a_row_brings_its_box() -> None:
    assert "source:orders" in around(graph(), "goal:g") and "measure:spend" not in around(graph(), "goal:g", 1)


def test_a_name_is_found_whole_or_by_its_end() -> None:
    made = graph()
    assert find_nodes(made, "spend") == ["measure:spend"]
    assert find_nodes(made, "gold") == ["tier:tier.gold"]
    assert find_nodes(made, "action:a1") == ["action:a1"]
    assert find_nodes(made, "nothing") == []


def test_an_empty_graph_is_still_a_picture() -> None:
    empty: Graph = nx.DiGraph()
    ElementTree.fromstring(to_svg(fold(empty), "empty"))
