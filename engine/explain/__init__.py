"""Why this action, and not that one.

In: one customer's columns, observations, list and gates. Out: an `Explanation`.
"""
