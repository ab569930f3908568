"""The formats in which contacts are handed over to a channel: CSV, JSON lines and Parquet.

Rows of texts enter, with the names of their columns; bytes leave. What a spreadsheet would take for a formula is made
harmless, and what could break a line is taken out.
"""
