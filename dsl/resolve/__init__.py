"""Names, types and typed trees: what every word of an expression refers to, and whether the kinds fit.

In: expressions as written (`expressions.syntax`) and the table of declared names. Out: typed trees
(`expressions.tree`) in evaluated form, or findings that say what was read, what each side is and what is near.
"""
