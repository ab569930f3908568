"""Diagnostics put before a reader.

In: diagnostics and the texts they point into. Out: text for people (`text`), or data for programs (`json`).
"""
