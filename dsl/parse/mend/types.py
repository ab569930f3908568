"""What kind of field a name is most likely declared as, told by the lines that read it.

In: a field's name, and the file's text. Out: types, the likeliest first.
"""

from __future__ import annotations

import re

from stratagem.dsl.parse.hints import Hints

_USUAL = ("text", "number", "money", "date", "yes_no")
_USES = (
    ("date", r"\b(?:days|months) (?:since|until) (?:\w+ of )?{name}\b|\bdated by {own}\b|\bafter (?:\w+ of )?{name}\b"),
    ("date", r"{name} (?:[<>]=?|between|is) \d{{4}}-\d\d"),
    ("share", r"{name} (?:[<>]=?|between|is|=) \d[\d,.]*%"),
    ("money", r"{name} (?:[<>]=?|between|is|=) \d[\d,.]* [A-Z]{{3}}\b"),
    ("number", r"{name} (?:[<>]=?|between|is|=) \d|\baverage of {name}\b"),
    ("money", r"\bsum of {name}\b"),
    ("text", r"{name} (?:contains|matches|starts with)\b|\b(?:identified|per customer) by {own}\b|{{{{ {own}\b"),
    ("yes_no", r"(?m){name} = (?:yes|no)\b|\b(?:when|where|and|or|not|unless) {name}(?=$|\)| and\b| or\b)"),
)  # fmt: skip
"""How a name is read as a field of a type."""
_CHOICE = r"{name} is (?:not )?(?:one of \(([^()]*)\)|(?!missing|known|one\b|not\b)([a-z]\w*))"


def likely_types(name: str, hints: Hints) -> tuple[str, ...]:
    """The types that a field of this name is read as, then the others that are usual."""
    own = re.escape(name)
    path = rf"(?<![\w.])(?:\w+\.)?{own}"
    texts = [text for text in hints.texts if name in text]
    read = [kind for kind, use in _USES if any(re.search(use.format(name=path, own=own), text) for text in texts)]
    found = (m for text in texts for m in re.finditer(_CHOICE.format(name=path), text))
    said = {word.strip() for m in found for word in (m[1] or m[2]).split(",") if word.strip()}
    choices = [f"one of ({', '.join(sorted(said))})"] if said and "text" not in read else []
    return tuple(dict.fromkeys((*choices, *read, *_USUAL)))
