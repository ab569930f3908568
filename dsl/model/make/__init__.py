"""How nodes become the model: names declared, facts resolved, parts built.

In: the nodes of one strategy. Out: the parts of the model, made generically from what the statement catalogue says
each statement fills, and by hand where a statement says more than its slots (fields, tests).
"""
