"""Expressions: as written (`syntax`), as typed (`tree`, `types`), and in words again (`speak`, `write`).

The grammar makes syntax, the resolver makes the typed tree from it, evaluators and explanations read the tree.
"""
