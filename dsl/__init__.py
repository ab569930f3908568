"""The language: what a strategy says, and whether it says it rightly.

In: the text of strategy files. Out: a checked model of the strategy, or diagnostics that point at the lines.
It knows words, types and places in a text; it knows nothing of customers, their data, or who asks.
"""
