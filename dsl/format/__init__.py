"""A source text in, the same text with canonical indentation, spacing and blank lines out.

`format_source` never changes what a strategy says: the result is parsed again and compared, comments and
documentation included; where they differ the text stays as it was.
"""

from stratagem.dsl.format.layout import format_source

__all__ = ["format_source"]
