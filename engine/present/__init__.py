"""What people read: figures in, text out.

Commands build a page from plain blocks (headings, paragraphs, pairs, tables) and never format by themselves. A page
becomes aligned plain text for a pipe or a file, or rich tables for a terminal; the words are the same.
"""
