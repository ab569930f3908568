"""The words of all diagnostics.

In: nothing. Out: each module `en…` holds TEXTS, a mapping of code to Text; all of them are merged.
"""
