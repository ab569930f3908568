"""The frozen plan: what evaluators run.

In: a checked Strategy and its rule graph. Out: a `Plan` of named steps, each reading only what stands before it.
"""
