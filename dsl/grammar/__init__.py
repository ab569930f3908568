"""Text of one logical line in, tokens and unresolved expressions out.

One lark LALR grammar (`line_grammar`) for everything that may stand in a line; lark makes its tables, and they
are kept beside it (`tables`); `words` cuts a line into tokens, `driver` parses a run of tokens by
the tables, `build` turns the result into `expressions.syntax`, `literals` reads values with their units.
"""
