"""Bytes and text in, a tree of logical lines out.

`read_source` turns a file into a SourceText (or a diagnostic); `read_lines` turns a SourceText into an Outline: lines
by indentation, with comments and documentation attached, and whatever was wrong with tabs, quotes, brackets, indents.
"""

from stratagem.dsl.lines.line import Line, Outline
from stratagem.dsl.lines.outline import read_lines
from stratagem.dsl.lines.read import read_bytes, read_source

__all__ = ["Line", "Outline", "read_bytes", "read_lines", "read_source"]
