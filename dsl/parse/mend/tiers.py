"""A tier without its bound, or without the word before it: `silver "Silver"`, `bronze "Bronze" from`, `gold "Gold" 5%`;
and one whose bound is said another way: `between 5 and 8`, `when yearly >= 150 EUR`, `in all other cases`.

In: a line of a `segments` block, and the file's text. Out: steps that write the bound; where there is none, one between
those of the tiers beside it, as a figure that is to be replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.parse.mend.gaps import TO_BE_REPLACED
from stratagem.dsl.parse.mend.step import Step, compiled, match
from stratagem.dsl.parse.mend.trial import Place, Trial

_Match = re.Match[str] | None
_LINE = r'([a-z]\w*(?:\s+"[^"]*")?)(?:\s+(from|top|next|below))?(?:\s+(\d[\d,.]*%))?$'
_BARE_LABEL = r"[a-z]\w* ([A-Z][^\"]*?) (?:from|top|next|below|otherwise)\b"
_BOUND = r"\s(from|top|next) (\d[\d,]*(?:\.\d+)?)(%|(?: [A-Za-z]+)?)\s*(?:#|$)"


def tier_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """The bound, or the word before it."""
    if place.block != "segments" or trial.text != place.line:
        return
    label = compiled(_BARE_LABEL).match(trial.text)
    if label is not None:
        yield Step(label.start(1), label.end(1), f'"{label[1]}"', 0.1, "S127")
    above, below = _beside(place)
    yield from _said(trial.text, above, place)
    found = compiled(_LINE).match(trial.text)
    if found is None or (found[2] and found[3]):
        return
    if found[3]:
        word = "top" if above is None else "from" if above[1] == "from" else "next"
        yield Step(found.start(3), found.start(3), f"{word} ", 0.3, "S128", f"`{word}`")
        return
    end = len(trial.text)
    if not place.near.after:
        return  # the last tier most likely takes all who are left
    for bound in _bounds(found[2] or "", above, below):
        yield Step(found.end(1), end, f" {bound}", 0.3, "S128", TO_BE_REPLACED)


_HEAD = r'[a-z]\w*(?:\s+"[^"]*")?'
_FIGURE = r"-?\d[\d,.]*(?:%|(?: [A-Za-z]+)?)"
_MORE = r"(?:>=?|(?:is\s+)?(?:at least|from|over|above|more than|(?:not|no) less than))"
_LESS = r"(?:<=?|(?:is\s+)?(?:below|under|less than|lower than))"
_SAID = (
    (rf"^({_HEAD})\s+(?:when|if|where|with|for)?\s*(?P<fact>[a-z]\w*)\s+{_MORE}\s+({_FIGURE})$", r"\1 from \3"),
    (rf"^({_HEAD})\s+(?:when|if|where|with|for)?\s*(?P<fact>[a-z]\w*)\s+{_LESS}\s+({_FIGURE})$", r"\1 below \3"),
    (rf"^({_HEAD})\s+(?:is\s+)?between\s+({_FIGURE})\s+(?:and|to|-|–)\s+{_FIGURE}$", r"\1 from \2"),
    (rf"^({_HEAD})\s+(?:(?:for|in|with)\s+)?(?:all|any|every)\s*(?:the\s+)?(?:other|remaining|rest|else)\b[^\d\"]*$",
     r"\1 otherwise"),
    (rf"^({_HEAD})\s+(top|next)\s+(\d[\d.]*%)\s+of\s+(?:all\s+|the\s+|our\s+)?[a-z]+$", r"\1 \2 \3"),
    (r'^([a-z]\w*)\s*,\s*("[^"]*")\s*,?\s+(?=(?:from|top|next|below)\s|otherwise$)', r"\1 \2 "),
)
_ZERO = rf"^({_HEAD})\s+(?:is\s+)?(?:(below)\s+(?:zero|nothing|nil)|(?:from\s+)?(?:zero|positive|(?:above|over) zero))$"
_SHARES = rf"^({_HEAD})\s+(?:(?:from|top|next|between)\s+)?(\d+)\s?%?\s*(?:to|-|–|and|until)\s*(\d+)\s?%$"


def _said(text: str, above: _Match, place: Place) -> Iterator[Step]:
    """A bound as it is said; what a tier is held against is that by which all of them are."""
    for pattern, written in _SAID:
        found = match(pattern, text)
        fact = found.groupdict().get("fact") if found is not None else None
        if found is not None and (fact is None or any(f" by {fact}" in head for head in place.hints.texts)):
            yield Step(0, found.end(), found.expand(written), 0.2, "S153", knows=True)
    zero = match(_ZERO, text)
    if zero is not None:
        unit = f" {place.hints.currency}" if above is not None and above[3].strip().isupper() else ""
        yield Step(0, len(text), f"{zero[1]} {zero[2] or 'from'} 0{unit}", 0.2, "S153")
    shares = match(_SHARES, text)
    if shares is not None and int(shares[2]) < int(shares[3]):
        next_ones = above is not None and above[1] in ("top", "next")
        bound = f"next {int(shares[3]) - int(shares[2])}%" if next_ones else f"top {shares[3]}%"
        if next_ones or int(shares[2]) == 0:
            yield Step(0, len(text), f"{shares[1]} {bound}", 0.2, "S153", knows=True)


def _bounds(word: str, above: _Match, below: _Match) -> Iterator[str]:
    """A bound that fits between two others."""
    like = above or below
    if like is None:
        return
    if like[1] in ("top", "next") and word in ("", "top", "next"):
        yield f"{'next' if above else 'top'} {like[2]}%"
        return
    figures = [float(each[2].replace(",", "")) for each in (above, below) if each is not None and each[1] == "from"]
    if figures and word in ("", "from"):
        middle = sum(figures) / 2 if len(figures) == 2 else figures[0] / 2 if above else figures[0] * 2
        yield f"from {middle:,.10g}{like[3]}"


def _beside(place: Place) -> tuple[_Match, _Match]:
    """The bounds of the tiers before and after this one."""
    block = next((text for text in place.hints.texts if place.line in text), "")
    tiers = [line for line in block.split("\n") if line.startswith("  ") and line[2:3].strip()]
    at = next((n for n, line in enumerate(tiers) if line.strip() == place.line.strip()), -1)
    around = [tiers[n] if 0 <= n < len(tiers) and at >= 0 else "" for n in (at - 1, at + 1)]
    above, below = (compiled(_BOUND).search(line) for line in around)
    return above, below
