"""The rule graph: a checked Strategy enters, a networkx DiGraph leaves.

One node for everything a strategy declares, one edge for every "because of": an edge runs from what is read, used or
served by to what reads, uses or serves, and says why. Evaluation order, pruning, loops, what a change touches, lineage
and completeness questions are all walks over it; evaluators read the frozen plan made from it, never the graph.
"""
