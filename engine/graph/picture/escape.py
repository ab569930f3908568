"""Text of a strategy made safe for XML and Mermaid."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def characters(text: str) -> str:
    """Text without the characters that no XML document may hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def content(text: str) -> str:
    """Text between tags."""
    return escape(characters(text))


def attribute(text: str) -> str:
    """A quoted attribute value, quotes included."""
    return quoteattr(characters(text))


def mermaid_text(text: str) -> str:
    """Text within a quoted Mermaid label: what its parser or HTML would read as a sign becomes an entity."""
    return "".join(c if c.isalnum() or c in " .,:_/%+-" else f"#{ord(c)};" for c in characters(text).replace("\n", " "))
