"""The strategy at work.

In: a checked strategy, customer data, a moment and the history of contacts. Out: decisions with their reasons,
the gaps that the strategy still has, and the pages and files that people and programs read.
What can be swapped (readers, functions, channels, frameworks) it finds by entry point and never imports by name.
"""
