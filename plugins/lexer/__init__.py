"""Colours for a terminal and for documents: a lexer for Pygments, found by its entry point `pygments.lexers`.

In: a strategy's text. Out: Pygments' tokens. The words come from the catalogue, so it knows every statement there is.
"""

from stratagem.plugins.lexer.lexer import StrategyLexer

__all__ = ["StrategyLexer"]
