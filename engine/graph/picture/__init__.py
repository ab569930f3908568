"""The rule graph as a picture: a graph enters, the text of an SVG, Mermaid or GraphML document leaves.

`sheet` folds the graph into boxes with rows (a source with its fields, tiers with their tiers), `layout` places the
boxes in columns along the way from data to objectives, `svg` draws them with the standard library alone.
"""

from stratagem.engine.graph.picture.focus import around, find_nodes
from stratagem.engine.graph.picture.graphml import to_graphml
from stratagem.engine.graph.picture.mermaid import to_mermaid
from stratagem.engine.graph.picture.sheet import Sheet, fold
from stratagem.engine.graph.picture.svg import to_svg

__all__ = ["Sheet", "around", "find_nodes", "fold", "to_graphml", "to_mermaid", "to_svg"]
