"""Why a run of tokens is no formula: the diagnostic for the token that did not fit."""

from __future__ import annotations

from collections.abc import Callable

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.grammar.driver import Refused
from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.grammar.words import Token
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.match import Tokens
from stratagem.dsl.parse.spelt import only_spelt
from stratagem.dsl.parse.spoken import SPOKEN, WINDOWS
from stratagem.dsl.record import record

_AGGREGATES = ("count", "sum", "average", "smallest", "largest", "first", "latest", "share")
_ALIASES = {
    "avg": "average",
    "mean": "average",
    "min": "smallest",
    "max": "largest",
    "last": "latest",
    "number": "count",
}
_VALUES = frozenset(
    [
        "NAME",
        "DOTTED",
        "NUMBER",
        "SHARE",
        "MONEY",
        "DURATION",
        "RATE",
        "DATE",
        "TIMESTAMP",
        "TIME",
        "YES_NO",
        "STRING",
        "MISSING",
        "RIGHT",
        "KNOWN",
    ]
)
_CHOICE_PARTS = ("WORD", "NAME")
"""What a choice of several words, written without its quotes, is cut into."""
_COMPARING = frozenset(["COMPARE", "IS", "BETWEEN", "CONTAINS", "STARTS_WITH", "MATCHES"])


@record(slots=False)
class _Place:
    """The token that did not fit, among its neighbours."""

    line: Line
    run: Tokens
    index: int
    expected: frozenset[str]

    @property
    def token(self) -> Token | None:
        return self.run[self.index] if self.index < len(self.run) else None

    @property
    def before(self) -> Token | None:
        return self.run[self.index - 1] if self.index else None

    def kind(self, offset: int = 0) -> str:
        at = self.index + offset
        return self.run[at].kind if 0 <= at < len(self.run) else ""

    def text(self, offset: int = 0) -> str:
        at = self.index + offset
        return self.run[at].text if 0 <= at < len(self.run) else ""

    def has_before(self, kind: str) -> bool:
        """Does a token of that kind stand before, outside brackets closed since."""
        depth = 0
        for token in reversed(self.run[: self.index]):
            depth += (token.kind == "RIGHT") - (token.kind == "LEFT")
            if depth <= 0 and token.kind == kind:
                return True
        return False

    def say(self, code: str, first: int = 0, last: int = 0, instead: str | None = None, **args: object) -> Diagnostic:
        """A diagnostic on the tokens from `first` to `last` (relative to this one)."""
        start = self.run[max(0, min(self.index + first, len(self.run) - 1))]
        end = self.run[max(0, min(self.index + last, len(self.run) - 1))]
        span = self.line.place(start.start, end.end)
        written = self.line.text[start.start : end.end]
        safe = instead is not None and only_spelt(written, instead, code)
        fixes: tuple[Fix, ...] = (Fix(f"Write {instead}", (Edit(span, instead),), safe),) if instead else ()
        return Diagnostic(code, span, {"written": written, "instead": instead or "", **args}, fixes=fixes)


def explain(line: Line, run: Tokens, refused: Refused) -> Diagnostic:
    """The diagnostic for a refused formula: the first explanation that fits."""
    place = _Place(line, run, refused.index, refused.expected)
    for judge in _JUDGES:
        found = judge(place)
        if found is not None:
            return found
    after = place.before
    return place.say("S150", after=f"`{after.text}`" if after else "the start", wanted=_wanted(place.expected))


def _wanted(expected: frozenset[str]) -> str:
    """What might have stood there, in a few words."""
    found = []
    if "NAME" in expected:
        found.append("a name or a value")
    if "PLUS" in expected:
        found.append("an operator such as `+`, `is`, `and`")
    found.extend(f"`{word.lower()}`" for word in ("ELSE", "AND") if word in expected and "PLUS" not in expected)
    found.extend(
        text for kind, text in (("LEFT", "`(`"), ("RIGHT", "`)`")) if expected == {kind} or expected == {kind, "COMMA"}
    )
    if expected == {"STRING"}:
        found.append("text in quotes")
    if expected == {"DURATION"}:
        found.append("a length of time such as 12 months")
    return " or ".join(found) or "something else"


def _ends_early(place: _Place) -> Diagnostic | None:
    if place.token is not None:
        return None
    if "ELSE" in place.expected and place.has_before("IF"):
        return place.say("S156", -1, -1)
    last = place.run[-1]
    end = place.line.place(last.end, last.end)
    wanted = _wanted(place.expected)
    if place.has_before("BETWEEN") and "AND" in place.expected and not place.has_before("AND"):
        wanted = "`and` with the upper end"
    return Diagnostic("S151", end, {"after": last.text, "wanted": wanted})


def _block_words(place: _Place) -> Diagnostic | None:
    return place.say("S185", words=place.text()) if place.kind() == "BLOCK" else None


def _equals(place: _Place) -> Diagnostic | None:
    if place.kind() != "EQUALS":
        return None
    if place.kind(-1) == "COMPARE":
        return place.say("S153", -1, 0, place.text(-1)[0] + "=")
    return place.say("S152", instead="is")


def _if_first(place: _Place) -> Diagnostic | None:
    """`if C then A else B`."""
    if (place.kind() == "IF" and place.index == 0) or place.text() == "then":
        return place.say("S156")
    if place.kind() in ("IF", "ELSE") and place.has_before("WHERE"):
        return place.say("S162")
    return None


def _chain(place: _Place) -> Diagnostic | None:
    """`1 < x < 5`."""
    if place.kind() in _COMPARING and "AND" in place.expected:
        return place.say("S155")
    return None


def _window(place: _Place) -> Diagnostic | None:
    if place.kind() in ("WINDOW", "WHERE") and place.kind(-1) in ("AGGREGATE", "ANY"):
        return place.say("S150", after=f"`{place.text(-1)}`", wanted="the name of a source, or of one of its fields")
    if place.kind() == "WINDOW":
        return place.say("S157", 0, 1) if place.has_before("WHERE") else place.say("S158", 0, 1)
    if place.kind(-1) == "WINDOW":
        return place.say("S166", period=place.text())
    if place.kind() == "WHERE":
        return place.say("S162" if place.has_before("AGGREGATE") or place.has_before("ANY") else "S161")
    return None


def _spoken(place: _Place) -> Diagnostic | None:
    """`is less than`, `equals`, `<>`, `is between`, `in the last 12 months`."""
    texts = tuple(token.text for token in place.run)
    if place.text() == "between" and place.text(-1) == "is":
        return place.say("S153", -1, 0, "between")
    for start in range(max(1, place.index - 3), place.index + 1):
        for words, sign in SPOKEN:
            end = start + len(words)
            if texts[start:end] == words and place.index <= end:
                return place.say("S153", start - place.index, end - 1 - place.index, sign)
        for words, window in WINDOWS.items():
            end = start + len(words)
            if texts[start:end] == words and place.index <= end < len(texts) and place.run[end].kind == "DURATION":
                return place.say("S153", start - place.index, end - 1 - place.index, window)
    return None


def _membership(place: _Place) -> Diagnostic | None:
    """`x in (a, b)`, `x is in (a, b)`, `x not in (a, b)`."""
    for offset in (0, -1):
        if place.text(offset) == "in" and place.kind(offset + 1) == "LEFT":
            first = offset
            negated = place.text(offset - 1) == "not"
            first -= negated
            first -= place.text(first - 1) == "is"
            return place.say("S163", first, offset, "is not one of" if negated else "is one of")
    if place.text() == "not" and place.text(1) == "in":
        return place.say("S163", 0, 1, "is not one of")
    return None


def _aggregate(place: _Place) -> Diagnostic | None:
    """`avg of x`, `sum orders.amount`, `number of orders`."""
    word = place.text(-1)
    if place.text() == "of" and place.kind(-1) in ("NAME", "OVER", "ANY"):
        known = _ALIASES.get(word)
        found = (f"{known} of",) if known else tuple(f"{name} of" for name in near(word, _AGGREGATES))
        said = place.say("S164", -1, 0, found[0] if len(found) == 1 else None)
        return Diagnostic(said.code, said.span, said.args, near=found, fixes=said.fixes)
    if word in _AGGREGATES and place.kind() in ("NAME", "DOTTED"):
        return place.say("S164", -1, -1, f"{word} of")
    return None


def _per(place: _Place) -> Diagnostic | None:
    return place.say("S165") if place.text() == "per" else None


def _capitals(place: _Place) -> Diagnostic | None:
    """A name with capitals or letters that no name has; a word like AND."""
    if place.kind() != "WORD":
        return None
    from stratagem.dsl.parse.faults import snake

    if place.kind(-1) in ("CONTAINS", "STARTS_WITH", "MATCHES"):
        return place.say("S127", 0, 0, f'"{place.text()}"')
    if _opposite(place.run[: place.index]):
        return _bare_choice(place)
    name = snake(place.text())
    said = place.say("S139", 0, 0, name)
    return Diagnostic(said.code, said.span, {"seen": place.text(), "name": name}, fixes=said.fixes)


def _opposite(before: Tokens) -> bool:
    """Does what comes next stand opposite `is`, `is not` or within `is one of (…)`, where choices stand."""
    kinds = [token.kind for token in before]
    while "ONE_OF" in kinds and kinds[-1] in (*_CHOICE_PARTS, "COMMA"):
        kinds.pop()
    return kinds[-1:] == ["IS"] or kinds[-2:] in (["IS", "NOT"], ["ONE_OF", "LEFT"])


def _bare_choice(place: _Place) -> Diagnostic:
    """A choice with capitals or the like, without its quotes; the fix quotes all such choices of the list."""
    ends = [i for i in range(place.index, len(place.run)) if place.run[i].kind not in _CHOICE_PARTS]
    end = ends[0] if ends else len(place.run)
    said = place.say("S199", 0, end - 1 - place.index)
    edits = [_quoting(place, place.index, end)]
    while end + 1 < len(place.run) and place.run[end].kind == "COMMA" and place.has_before("ONE_OF"):
        first = end + 1
        rest = (i for i in range(first, len(place.run)) if place.run[i].kind not in _CHOICE_PARTS)
        end = next(rest, len(place.run))
        if any(token.kind == "WORD" for token in place.run[first:end]):
            edits.append(_quoting(place, first, end))
    return Diagnostic(said.code, said.span, said.args, fixes=(Fix("Put it in quotes", tuple(edits)),))


def _quoting(place: _Place, first: int, end: int) -> Edit:
    start, stop = place.run[first].start, place.run[end - 1].end
    return Edit(place.line.place(start, stop), f'"{place.line.text[start:stop]}"')


def _when(place: _Place) -> Diagnostic | None:
    return place.say("S167") if place.kind() in ("WHEN", "OTHERWISE") else None


def _reserved(place: _Place) -> Diagnostic | None:
    return place.say("S169") if place.kind() == "NAME" and place.text() in RESERVED else None


def _two_values(place: _Place) -> Diagnostic | None:
    """Two values side by side: an operator is missing, or the second belongs on a line of its own."""
    starts = "NAME" in "".join(place.expected) or "PLUS" in place.expected
    if place.kind(-1) in _VALUES and place.kind() in (_VALUES - {"RIGHT"}) | {"AGGREGATE", "SINCE", "LEFT"} and starts:
        return place.say("S168", -1, 0, before=place.text(-1), after=place.text())
    return None


_JUDGES: tuple[Callable[[_Place], Diagnostic | None], ...] = (
    _ends_early, _block_words, _equals, _if_first, _membership, _spoken, _chain, _window, _aggregate, _per, _capitals,
    _when, _reserved, _two_values,
)  # fmt: skip
