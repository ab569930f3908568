"""What people read: figures in, text out.

Commands build a page from plain blocks (headings, paragraphs, pairs, tables) and never format by themselves. A page
becomes aligned plain text for a pipe or a file, or rich tables for a terminal; the words are the same.
"""

from stratagem.engine.present.blocks import Block, Column, Heading, Listing, Pairs, Paragraph, Table, Tone
from stratagem.engine.present.figures import count, duration_text, figure, money, percent
from stratagem.engine.present.plain import plain

__all__ = [
    "Block", "Column", "Heading", "Listing", "Pairs", "Paragraph", "Table", "Tone",
    "count", "duration_text", "figure", "money", "percent", "plain",
]  # fmt: skip
