"""One rule a file, each named after the defect it finds.

In: the context of the checks (the strategy, its names, what may hold). Out: of each file `RULE` (code and words) and
`find`, which gives the diagnostics. `dsl/lint/catalogue.py` lists them all; `make rule NAME=…` adds one.
"""
