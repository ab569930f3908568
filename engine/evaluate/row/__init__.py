"""The row evaluator: the steps of a plan as one straight-line Python function for one customer at a time.

In: steps, and how the rows of sources are dated. Out: a `Program`, called with a customer's record, the as-of moment
and the fit; it gives the value of every step. `Program.observe` also tells what became of each single condition.
"""

from stratagem.engine.evaluate.row.program import Program, compile_program

__all__ = ["Program", "compile_program"]
