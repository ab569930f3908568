"""What `stratagem docs` knows: codes, completeness checks, statements, words of formulas, functions, filters, lists.

In: the words that were typed. Out: `Entry`s, each with a page for people and a record for programs (`find`), or the
names that are near. Everything comes from the data of the language; nothing is written down twice.
"""
