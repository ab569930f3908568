"""Evaluation: what a plan's formulas come to for customers.

In: the steps of a plan (typed trees), an as-of moment, a fit, and customers: one record, or frames of many. Out: for
each customer the value of every step, the same to the bit from all three evaluators. `meaning` says what each operation
means; `row` compiles a program for one customer at a time, `columnar` builds lazy Polars frames, and `reference` is the
slow and obvious interpreter that the other two are held against.
"""
