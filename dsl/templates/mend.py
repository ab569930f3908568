"""What a message with faults between its braces was most likely meant to be.

In: a template's text and the names it may show. Out: the text as it would have to be written, found by trying habits of
other tools one after the other, and kept only when nothing is wrong with it any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.templates.reader import Known, faults
from stratagem.dsl.templates.vocabulary import FILTERS

MOST_FAULTS = 12
LONGEST = 4_000
_NAME = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*"
_FILTERS = r"(?:\s*\|\s*[a-z_]+(?:\([^(){}]*\))?)*"
_FIGURE = r"\d[\d,.]*(?:%|\s+[A-Z]{3}\b)?"
_INSIDE = r"(?s)(\{\{-?|\{%-?)(.*?)(-?\}\}|-?%\})"

_BRACES: tuple[tuple[str, str], ...] = (
    (rf"\{{\{{\{{+\s*({_NAME}{_FILTERS})\s*\}}\}}\}}+", r"{{ \1 }}"),
    (rf"\{{\{{\s*({_NAME}{_FILTERS})\s*(?:\}}|\)\)|\]\]|>>)(?!\}})", r"{{ \1 }}"),
    (rf"(?<!\{{)\{{\s*({_NAME}{_FILTERS})\s*\}}\}}", r"{{ \1 }}"),
    (rf"\{{\s+\{{\s*({_NAME}{_FILTERS})\s*\}}\s+\}}", r"{{ \1 }}"),
    (rf"\{{\{{\s*({_NAME}{_FILTERS})(?=[\s,.;:!?]|$)(?![^{{}}]*\}}\}})", r"{{ \1 }}"),
    (r"\{\{\s*[\[(<$#@%]+\s*(\w[\w.]*)\s*[\])>%]*\s*\}\}", r"{{ \1 }}"),
    (r"\{%\s*end\s*if\s*%\}|\{%\s*(?:end|fi|/if)\s*%\}|\{\{\s*(?:end ?if|end|/if)\s*\}\}", "{% endif %}"),
    (r"\{%\s*(?:else ?if|elsif)\s+", "{% elif "),
    (r"\{%\s*otherwise\s*%\}|\{\{\s*else\s*\}\}", "{% else %}"),
    (r"\{\{\s*(?:#\s*)?if\s+([^{}]*?)\s*(?:then\s*)?\}\}", r"{% if \1 %}"),
    (r"(\{%\s*(?:el)?if\s[^%]*?)\s+then\s*%\}", r"\1 %}"),
    (r"\{%\s*when\s+", "{% if "),
    (rf"\{{%\s*(?!(?:if|elif|else|endif)\b)({_NAME}{_FILTERS})\s*%\}}", r"{{ \1 }}"),
)
"""Braces and statements as they are typed in a hurry, or written in other tools."""
_WORDS: tuple[tuple[str, str], ...] = (
    (r"[\u2018\u2019\u201a\u00b4`]", "'"), (r"[\u201c\u201d\u201e\u00ab\u00bb]", "'"),
    (r"[$#@](?=[A-Za-z_])", ""),
    (r"(\w)\s*,?\s+default\s*[:=]?\s*(['\x22])([^'\x22]*)\2", r"\1 | default(\2\3\2)"),
    (r"(\w)\s*,?\s+default\s*(?=[(:'\x22])", r"\1 | default"),
    (rf"^\s*({_NAME})\s*,\s*(['\x22])([^'\x22]*)\2\s*$", r" \1 | default(\2\3\2) "),
    (r"\|\s*(?:fallback|otherwise|else|or|orelse|if_?empty|if_?missing|or_?else)\s*(?=[(:'\x22])", "| default"),
    (r"\|\s*default\s*\(\s*(['\x22])([^'\x22()]*)\)", r"| default(\1\2\1)"),
    (r"\|\s*default\s*\(\s*([^'\x22()]*)(['\x22])\)", r"| default(\2\1\2)"),
    (r"\|\s*$", ""),
    (rf"^\s*({_NAME})\s*\?\s*\1\s*:\s*(['\x22])([^'\x22]*)\2\s*$", r" \1 | default(\2\3\2) "),
    (r"\|\s*default\s*[:=]?\s*(['\x22])([^'\x22]*)\1", r"| default(\1\2\1)"),
    (r"\s*(?:\?\?|\|\||\bor\b)\s*(['\x22])([^'\x22]*)\1(?=\s*$)", r" | default(\1\2\1)"),
    (r"\bdefault\(\s*([A-Za-z][\w ]*?)\s*\)", r"default('\1')"),
    (r"\bdefault\s*\(\s*\)", "default('')"),
    (r"\|\|+\s*(?=[a-z_]+\s*(?:\(|\||$))", "| "),
    (r"(?<![=!<>])=(?!=)", "=="), (r"<>", "!="), (r"&&", " and "), (r"\|\|", " or "), (r"\bTrue\b|\bTRUE\b", "true"),
    (r"\bis\s+(?=['\x22\d])", "== "), (r"\bequals\b", "=="),
    (rf"\b(?:customer|client|user|contact|person|recipient)\.({_NAME})", r"\1"),
)  # fmt: skip
"""The same within the braces."""


def mended(text: str, known: Known) -> str | None:
    """The text as it was meant; None when nothing near it is sound."""
    if len(text) > LONGEST or not 0 < _count(text, known) <= MOST_FAULTS:
        return None
    best, left = text, _count(text, known)
    for habit in _habits(known):
        tried = habit(best)
        count = _count(tried, known) if tried != best else left
        if tried != best and count <= left:
            best, left = tried, count
        if not left:
            return best
    return None


def _count(text: str, known: Known) -> int:
    """How much is wrong; single braces that are left over count too."""
    plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text, flags=re.S)
    return sum(1 for _ in faults(text, known)) + plain.count("{") + plain.count("}")


def _habits(known: Known) -> Iterator[Callable[[str], str]]:
    for pattern, instead in _BRACES:
        yield lambda text, p=pattern, i=instead: re.sub(p, i, text)  # type: ignore[misc]
    for pattern, instead in _WORDS:
        yield lambda text, p=pattern, i=instead: _within(text, lambda said: re.sub(p, i, said))  # type: ignore[misc]
    yield lambda text: _within(text, lambda said: _as_in_formulas(said, known))
    yield lambda text: _within(text, lambda said: _names(said, known))
    yield lambda text: _within(text, _filters)
    yield lambda text: text + "{% endif %}"


def _within(text: str, change: Callable[[str], str]) -> str:
    """The text with what stands between its braces changed."""
    return re.sub(_INSIDE, lambda piece: piece[1] + change(piece[2]) + piece[3], text)


def _as_in_formulas(said: str, known: Known) -> str:
    """Comparisons and figures written as formulas write them: `is gold`, `is one of (gold, silver)`, `50 EUR`, `5%`."""
    currencies = {kind.currency for kind in known.types.values() if kind is not None and kind.currency}
    said = re.sub(
        r"\bis\s+(not\s+)?one\s+of\s*\(([^()]*)\)",
        lambda m: f"{'not ' if m[1] else ''}in ({', '.join(_literal(one.strip()) for one in m[2].split(','))})",
        said,
    )
    said = re.sub(
        rf"\bis\s+(not\s+)?(?!(?:not|known|missing|defined)\b)({_NAME})",
        lambda m: f"{'!=' if m[1] else '=='} {_literal(m[2])}",
        said,
    )
    said = re.sub(rf"({_NAME})\s+between\s+({_FIGURE})\s+and\s+({_FIGURE})", r"\1 >= \2 and \1 <= \3", said)
    said = re.sub(r"\b(\d+(?:\.\d+)?)%", lambda m: f"{float(m[1]) / 100:.6f}".rstrip("0").rstrip("."), said)
    return re.sub(
        r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)\s+([A-Z]{3})\b",
        lambda m: m[1].replace(",", "") if currencies == {m[2]} else m[0],
        said,
    )


def _literal(word: str) -> str:
    """A choice as a text, yes and no as what they are."""
    return {"yes": "true", "no": "false"}.get(word, word if word[:1] in ("'", '"') else f"'{word}'")


_SAME = {"capitalise": "capitalize", "uppercase": "upper", "upcase": "upper", "lowercase": "lower", "downcase": "lower",
         "strip": "trim", "titlecase": "title"}  # fmt: skip
"""What other tools call a filter."""


def _filters(said: str) -> str:
    """Filters with a slip of the pen, or as other tools call them."""
    return re.sub(
        r"(\|\s*)([A-Za-z_]+)",
        lambda m: m[1] + (m[2] if m[2] in FILTERS else _SAME.get(m[2].lower(), next(iter(near(m[2], FILTERS)), m[2]))),
        said,
    )


def _names(said: str, known: Known) -> str:
    """A name with capitals, blanks or hyphens, or a slip of the pen, as one that there is."""
    name, bar, rest = said.partition("|")
    word = name.strip()
    if not re.fullmatch(r"[\w .-]+", word) or word in known.types:
        return said
    plain = re.sub(r"[\s-]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word)).lower()
    meant = plain if plain in known.types else next(iter(near(plain, known.types)), "")
    if "." in word and (not meant or meant.count(".") != word.count(".")):
        ends = [one for one in known.types if one.endswith(f".{word.rpartition('.')[2]}")]
        meant = ends[0] if len(ends) == 1 else meant
    return f" {meant} {bar}{rest}" if meant else said
