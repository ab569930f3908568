"""Readers of data files: CSV, JSON lines, Parquet, and the first two compressed.

In: a path and the header names somebody hopes for. Out: a `Table` (engine.data.readers): the column names and a lazy
frame, in file order. Installed under the entry-point group `stratagem.readers`, as anyone's reader would be.
"""
