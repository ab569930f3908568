"""The reference interpreter: slow, direct, one node at a time. It shares nothing with the fast evaluators but the tree.

In: steps, dates, and a customer's record as for `Program`. Out: the same columns. It works with dates, fractions and
whole numbers as people would, column by column on demand; where it and a fast evaluator differ, the fast one is wrong.
"""

from stratagem.engine.evaluate.reference.interpreter import Reference

__all__ = ["Reference"]
