"""Lines of another block that this block says in other words: data, and their fixes.

In: a line that is right in another block, and the block it stands in. Out: the line as this block says the same, where
it does not say so already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stratagem.dsl.diagnostics.diagnostic import Fix
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.parse.statements import best_fits
from stratagem.dsl.parse.ways.text import over, said, stretch

_DATE = r"\d{4}-\d\d-\d\d"
_FIGURE = r"[\d,.]+"
_NOTHING = "that it starts from nothing"
_TARGET = rf"target (?:at (?:least|most) )?({_FIGURE})(%| [A-Z]{{3}}|) by ({_DATE})"

RESAID: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "goal": (
        (r"(?:metric|measure) (.+)", r"measured by \1", ""),
        (_TARGET, r"from 0\2 to \1\2 by \3", _NOTHING),
        (r"priority (\d+)", r"weight \1", "that a greater number counts for more"),
    ),
    "objective": ((_TARGET, r"from 0\2 to \1\2 by \3", _NOTHING),),
    "metric": (
        (rf"from {_FIGURE}(?:%| [A-Z]{{3}}|) to (\S+(?: [A-Z]{{3}})?) by ({_DATE})", r"target \1 by \2", ""),
        (rf"milepost (\S+(?: [A-Z]{{3}})?) by ({_DATE})", r"target \1 by \2", "that it is the target"),
    ),
    "source": (
        (r"identified by (\w+)", r"one per customer by \1", "that it has one row for each customer"),
        (r"(?:excluded|allowed|available) when (.+)", r"row excluded when \1", "that such rows are left out"),
        (r"(?:every|answers within) (.+)", r"refreshed every \1", "that its file is brought so often"),
    ),
    "customer": (
        (r"(?:one|many) per customer by (\w+)", r"identified by \1", ""),
        (r"(?:row excluded when|unless) (.+)", r"excluded when \1", ""),
    ),
    "action": (
        (r"(?:allowed|available) when (.+)", r"when \1", "that it is this action's own condition"),
        (r"(?:row )?excluded when (.+)", r"unless \1", ""),
        (r"priority (\d+)", r"phase \1", "that its place in time is meant"),
        (r"limit 1 per (.+)", r"rests \1", ""),
        (r"price (.+)", r"costs \1", ""),
        (r"budget (\w+)", r"paid from \1", ""),
        (r"asked through (.+?)(?: every .+)?", r"through \1", ""),
        (r"supports (\w+)", r"serves \1", ""),
    ),
    "channel": (
        (r"(?:available )?when (.+)", r"allowed when \1", ""),
        (r"(?:unless|(?:row )?excluded when) (\w+)", r"allowed when not \1", ""),
        (r"(?:unless|(?:row )?excluded when) (.+)", r"allowed when not (\1)", ""),
        (r"(?:rests|every) (.+)", r"limit 1 per \1", ""),
        (r"price (.+)", r"costs \1", ""),
        (r"hours (\d+) per (.+)", r"capacity \1 per \2", "that one takes an hour"),
    ),
    "segment": ((r"(?:weight|phase) (\d+)", r"priority \1", "that the order of reports is meant"),
                (r"(?:allowed|available) when (.+)", r"when \1", "")),
    "offer": (
        (r"costs ([\d,.]+ [A-Z]{3})", r"price \1", "that it is what the customer pays"),
        (r"(?:allowed )?when (.+)", r"available when \1", ""),
        (r"(?:unless|excluded when) (.+)", r"available when not (\1)", ""),
        (r"capacity (.+)", r"stock \1", ""),
        (r"limit (\S+ per .+)", r"stock \1", "that no more can be sold"),
    ),
    "question": (
        (r"through (.+)", r"asked through \1 every 3 months", "that it is asked every 3 months"),
        (r"serves (.+)", r"decides \1", ""),
    ),
    "test": ((rf"as of ({_DATE})", r"on \1", ""),),
    "decide": ((r"paid from (.+)", r"allocate within \1", ""),
               (r"limit (\d+) .*per customer", r"at most \1 actions per customer", "")),
}  # fmt: skip
"""By a block: how a line of another block looks, what this one writes for it, and what that assumes."""
RESAID["tier"] = RESAID["segment"]


def resaid(lines: Sequence[str], file: str, first: int, block: str, head: int) -> Iterator[Fix]:
    """The line as its block says the same. `head`: the line that opens the block."""
    text = said(lines[first - 1])
    if stretch(lines, first) != first and not text.startswith("metric "):
        return
    for pattern, written, assumed in RESAID.get(block, ()):
        found = re.fullmatch(pattern, text)
        new = found.expand(written).strip() if found is not None else ""
        if new and not _says(lines, head, first, new, block):
            start = len(lines[first - 1]) - len(lines[first - 1].lstrip())
            title = f"Write: {new}" + (f" (this assumes {assumed})" if assumed else "")
            yield Fix(title, (over(file, first, start, start + len(text), new),))
            return


def _says(lines: Sequence[str], head: int, line: int, new: str, block: str) -> bool:
    """Does the block have such a line already, or take none like it."""
    fits = best_fits(block, tokens(new))
    if not fits or not fits[0].complete:
        return True
    own = fits[0].statement.id
    others = (n for n in range(head + 1, stretch(lines, head) + 1) if n != line and lines[n - 1].strip())
    beside = (best_fits(block, tokens(said(lines[n - 1]))) for n in others)
    return any(found and found[0].complete and found[0].statement.id == own for found in beside)
