"""What customers' values may bring into a file, taken out: line breaks in heads, control signs, signs that hide others.

Every text of a message is plain text, whatever the channel: the language has no way to say otherwise, and an `&` in a
name must reach a letter, a phone script and a mail as it is. So nothing is escaped as HTML here; a channel format that
hands over to something else than plain text escapes values itself (`ChannelFormat.escape`), and whoever puts a plain
body into HTML must escape it, as with any text.
"""

from __future__ import annotations

import re

_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ODD = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
"""Control signs, and those that turn the direction of what follows or are no characters at all."""
_CONTROL = re.compile(f"[{_ODD}]")
_UNFIT = re.compile(f"[{_ODD}\n\r\v\f\t\x85\u2028\u2029]")


def many_lines(text: str) -> str:
    """For a body: every kind of line break is one, tabs stay, control signs go."""
    return _CONTROL.sub("", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """For a subject: a line break or a tab is a blank, so that nothing can add a line to a mail's head."""
    return _CONTROL.sub("", _BREAKS.sub(" ", text).replace("\t", " "))


def address(text: str) -> str | None:
    """An address without blanks at its ends; none where it holds a control sign or a line break.

    Such an address is not mended: what is left of it could be somebody else's.
    """
    trimmed = text.strip(" ")
    return None if not trimmed or _UNFIT.search(trimmed) else trimmed
