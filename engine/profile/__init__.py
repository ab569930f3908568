"""Data files without a strategy: what stands in them, and the source lines that would read them.

In: files. Out: `read_tables` gives each with a profile of its columns; `roles` says which tell of customers, which
column names the customer, when things happened and for how much; `source_lines` writes the sources of a strategy, and
`first_strategy` a whole one that runs on the files. Only values, types and how columns depend on each other are looked
at, never what a header says.
"""
