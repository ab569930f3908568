"""What the rest of a file tells about a faulty line: its currency, and the names and labels that it declares.

Found by the look of the lines alone, as they may be faulty themselves; used to choose between ways to mend a line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from itertools import count, pairwise
from operator import itemgetter
from typing import TypeVar

from stratagem.dsl.catalogue import STATEMENTS
from stratagem.dsl.catalogue.pattern import compile_pattern, slots
from stratagem.dsl.diagnostics.names import Names
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.functions import FUNCTIONS
from stratagem.dsl.grammar.line_grammar import RESERVED, TOGETHER
from stratagem.dsl.parse.match import TYPES, UNITS
from stratagem.dsl.record import record

T = TypeVar("T")
MOST_TRIALS = 120
"""Work on one faulty line, in texts that are tried: so many take about 20 ms."""
ALL_TRIALS = 1_600
"""The same on all faulty lines of a file."""
MOST_MENDED = 120
"""Faults of a file beyond which none is mended: it is then no strategy, or one cause has made them all."""
_CURRENCY = r"(?m)^\s+currency\s+([A-Z]{3})\b"
_WORD = r"(?<![\w.-])[a-z][a-z0-9_]*(?!\w)|(?<=[a-z0-9_]\.)[a-z][a-z0-9_]*"
_TIER = r'(?m)^\s+([a-z][a-z0-9_]*)(?:\s+"([^"]*)")?\s+(?:from|top|next|below|otherwise)\b'
_FUNCTIONS = r"(?m)^\s+functions\s+(.+)$"
_HISTORY = (
    "at",
    "action",
    "channel",
    "kind",
    "outcome",
    "cost",
    "stage",
    "customers",
    "chance",
    "worth",
    "weight",
    "score",
)
HISTORIES = ("contacts", "decisions", "outcomes", "stage_moves")
_BUILT_IN = {"source": HISTORIES}


BUILT_IN = frozenset((*FUNCTIONS, *_HISTORY))
"""Names that every strategy may read without declaring them."""


class Hints:
    """What the pieces of a file declare together; read when it is first asked for."""

    def __init__(self, texts: Sequence[str], faults: int = 0, before: Hints | None = None) -> None:
        """`faults`: how many the whole file has; the more, the less is tried for each. `before`: of the same file
        before an edit: what was counted there is not counted again."""
        self._texts = tuple(texts)
        self._asked = False
        self._before = before.counted if before is not None else None
        self.trials = 0 if faults > MOST_MENDED else min(MOST_TRIALS, ALL_TRIALS // max(faults, 1))

    @cached_property
    def _found(self) -> list[_Found]:
        return [_scan(text) for text in self._texts]

    def look(self) -> None:
        """Read the pieces, count their words and lay them out now: it is kept, for the hints after an edit too."""
        self.key  # noqa: B018 (kept from now on)
        self.close("")

    @cached_property
    def key(self) -> object:
        """Equal for files that tell the same."""
        told = dict.fromkeys(found.told for found in self._found if found.told)
        return (self.trials, self.follows, self.month_first, *told, *self.orphans.items())

    @cached_property
    def orphans(self) -> dict[str, int]:
        """Words that mean nothing in the file, and how often they stand there: names whose declaration is at fault."""
        known = self.words | phrase_words()
        return {word: self._mentions[word] for word in sorted(self._mentions.keys() - known) if self._mentions[word]}

    @property
    def counted(self) -> Hints | None:
        """These hints, if their words were counted, or the last ones before whose were."""
        return self if "_mentions" in self.__dict__ else self._before

    @cached_property
    def _mentions(self) -> dict[str, int]:
        """How often each word stands outside quotes and comments."""
        before, self._before = self._before, None
        if before is None:
            return _counted({}, self._found, 1)
        kept = Counter(map(id, before._found))
        new = [found for found in self._found if not _take(kept, id(found))]
        gone = [found for found in before._found if _take(kept, id(found))]
        return _counted(_counted(dict(before._mentions), new, 1), gone, -1)

    def times(self, word: str) -> int:
        """How often a word stands outside quotes and comments."""
        self._asked = True
        return self._mentions.get(word, 0)

    def holding(self, word: str) -> Iterator[str]:
        """The texts of the pieces that hold a word outside quotes and comments."""
        return (text for text, found in zip(self.texts, self._found, strict=True) if word in found.mentioned)

    @property
    def texts(self) -> tuple[str, ...]:
        """The pieces of the file as texts. Whoever looks at them leans on every word of the file."""
        self._asked = True
        return self._texts

    def leaned(self, work: Callable[[], T]) -> tuple[T, Leaning]:
        """What some work gives, and what of the file it was judged by."""
        before, self._asked = self._asked, False
        made = work()
        asked, self._asked = self._asked, self._asked or before
        return made, Leaning(self.key, self._texts if asked else None)

    def stands(self, leaning: Leaning) -> bool:
        """Would work that was judged so come to the same now. Then what takes it over leans on the same."""
        if leaning.key != self.key or leaning.texts not in (None, self._texts):
            return False
        self._asked = self._asked or leaning.texts is not None
        return True

    @cached_property
    def currency(self) -> str:
        """The strategy's currency; EUR when this file does not say it."""
        return next((found.currency for found in self._found if found.currency), "EUR")

    @cached_property
    def month_first(self) -> bool:
        """Do the dates that can be read in one way only have the month before the day."""
        return sum(found.month_first for found in self._found) > 0

    @cached_property
    def latest_day(self) -> str:
        """The latest date that this file writes after `by`; empty when it writes none."""
        return max((found.latest_day for found in self._found), default="")

    @cached_property
    def declared(self) -> dict[str, dict[str, str]]:
        """Names with their labels ("" without one), by kind of name."""
        made: dict[str, dict[str, str]] = {kind: dict.fromkeys(names, "") for kind, names in _BUILT_IN.items()}
        for found in self._found:
            for kind, name, label in found.names:
                made.setdefault(kind, {})[name] = label
        return made

    @cached_property
    def words(self) -> frozenset[str]:
        """Every name that a formula may hold: declared ones, choices, functions, the history's fields."""
        made = {name for names in self.declared.values() for name in names}
        made.update(FUNCTIONS, _HISTORY, self.choices)
        return frozenset(made)

    @cached_property
    def choices(self) -> frozenset[str]:
        """What the fields of this file are one of."""
        return frozenset(choice for found in self._found for choice in found.choices)

    @cached_property
    def paths(self) -> dict[str, tuple[str, ...]]:
        """The sources that declare a field of each name."""
        made: dict[str, tuple[str, ...]] = {}
        for found in self._found:
            for source, field in found.fields:
                if source not in made.get(field, ()):
                    made[field] = (*made.get(field, ()), source)
        return made

    @cached_property
    def follows(self) -> frozenset[tuple[str, str]]:
        """The first words of lines that follow each other at one depth."""
        heads = ["", *(found.head for found in self._found if found.head)]
        return frozenset(pairwise(heads)).union(*(found.pairs for found in self._found))

    def close(self, word: str) -> tuple[str, ...]:
        """The names of this file that a word is a slip away from."""
        return _close(word, self.words)

    def named(self, kinds: Sequence[str]) -> dict[str, str]:
        """The names of some kinds, with their labels."""
        return {name: label for kind in kinds for name, label in self.declared.get(kind, {}).items()}


@record
class Leaning:
    """What of a whole file the mending of a block was judged by: what the file tells, or all that it says."""

    key: object
    texts: tuple[str, ...] | None


@record
class _Found:
    """What one piece of a file declares."""

    currency: str
    names: tuple[tuple[str, str, str], ...]
    """Kind, name, label."""
    fields: tuple[tuple[str, str], ...]
    choices: tuple[str, ...]
    latest_day: str
    mentioned: dict[str, int]
    """Every word outside quotes and comments, and how often it stands there."""
    head: str
    """Its first word."""
    pairs: frozenset[tuple[str, str]]
    """The first words of lines below it that follow each other at one depth."""
    month_first: int
    """Dates such as 12/31/2027 that have the month first, less those that have the day first."""
    told: int
    """A number that stands for all that it declares; 0: nothing."""


@lru_cache(maxsize=50_000)
def _number(
    currency: str, names: tuple[object, ...], fields: tuple[object, ...], choices: tuple[str, ...], latest_day: str
) -> int:
    """One number for each way of declaring, the same as long as it is remembered."""
    return next(_NUMBERS) if currency or names or fields or choices or latest_day else 0


_NUMBERS = count(1)


def _counted(counts: dict[str, int], pieces: Iterable[_Found], times: int) -> dict[str, int]:
    for found in pieces:
        for word, stands in found.mentioned.items():
            counts[word] = counts.get(word, 0) + times * stands
    return counts


def _take(some: Counter[int], one: int) -> bool:
    """Take one of these, if there is one left."""
    if not some[one]:
        return False
    some[one] -= 1
    return True


@lru_cache(maxsize=4)
def _laid_out(words: frozenset[str]) -> Names:
    return Names(words)


@lru_cache(maxsize=5_000)
def _close(word: str, words: frozenset[str]) -> tuple[str, ...]:
    return near(word, _laid_out(words), 2)


@lru_cache(maxsize=20_000)
def _scan(text: str) -> _Found:
    currency = re.search(_CURRENCY, text)
    names = _declarations(text)
    names += [("tier", m[1], m[2] or "") for m in re.finditer(_TIER, text)]
    for found in re.finditer(_FUNCTIONS, text):
        names += [("function", word.strip(), "") for word in found[1].split(",")]
    head = re.match(r"source\s+([a-z]\w*)", text)
    fields = [(head[1], m[1]) for m in re.finditer(r"^\s+field\s+([a-z]\w*)", text, re.MULTILINE)] if head else []
    choices = (
        [word for m in re.finditer(r"one of\s*\(([^()]*)\)", text) for word in re.findall(_WORD, m[1])] if head else []
    )
    latest = max(re.findall(r"\bby (\d{4}-\d{2}-\d{2})\b", text), default="")
    told = (currency[1] if currency else _currency_said(text), tuple(names), tuple(fields), tuple(choices), latest)
    return _Found(*told, _mentioned(text), *_neighbours(text), _month_first(text), _number(*told))


_SLASHED = r"(?<![\w./-])(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})(?![\w/-])"


def _month_first(text: str) -> int:
    days = [(int(m[1]), int(m[2])) for m in re.finditer(_SLASHED, text)] if "/" in text or "-" in text else []
    return sum((second > 12) - (first > 12) for first, second in days)


def _neighbours(text: str) -> tuple[str, frozenset[tuple[str, str]]]:
    """The first word of a piece, and those of lines that follow each other at one depth."""
    head = ""
    made: set[tuple[str, str]] = set()
    last: dict[int, str] = {}
    for line in text.split("\n"):
        said = line.lstrip(" ")
        if not said or said[0] == "#":
            continue
        depth, word = len(line) - len(said), said.partition(" ")[0]
        if depth:
            made.add((last.get(depth, ""), word))
        head = head or word
        last = {other: first for other, first in last.items() if other < depth} | {depth: word}
    return head, frozenset(made)


def _currency_said(text: str) -> str:
    """The currency of a line that is yet to be mended: `currency $`, `currency: euro`."""
    said = re.search(r"(?m)^\s+currency\s*[:=]?\s*(?:is\s+)?(\S+)", text) if text.startswith("strategy ") else None
    if said is None:
        return ""
    from stratagem.dsl.parse.mend.numbers import currency_of

    return currency_of(said[1].strip('".'), "")


_NO_WORDS = r'"{3}[\s\S]*?"{3}|"[^"\n]*"|[“„][^“”„\n]*[”“]|#[^\n]*|\bonce called \w+'
"""Texts, also those in a word processor's quotes, comments and former names."""


def _mentioned(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in re.findall(_WORD, re.sub(_NO_WORDS, " ", text)):
        counts[word] = counts.get(word, 0) + 1
    return counts


@cache
def phrase_words() -> frozenset[str]:
    """The words of the language's own phrases and formulas."""
    words = {word for statement in STATEMENTS for word in re.findall(_WORD, statement.pattern)}
    together = {word for phrase in TOGETHER for word in phrase.split()}
    units = {unit + ending for unit in UNITS for ending in ("", "s")}
    return frozenset(words | together | units | RESERVED | set(TYPES) | {"when", "otherwise", "since", "until"})


@cache
def _heads() -> dict[str, str]:
    """How lines start that declare a name behind these words, each with the kind of name."""
    found: dict[str, str] = {}
    for statement in STATEMENTS:
        for slot in slots(compile_pattern(statement.pattern)):
            head = statement.pattern.split("{name:name(")[0] if slot.name == "name" and slot.kind == "name" else ""
            words = re.sub(r"\{[^}]*\}", "[a-z_]+", re.sub(r"[()\[\]]", "", head)).strip()
            if words and "name(" in statement.pattern:
                found.update({option.strip(): slot.arguments[0] for option in words.split(" | ")})
    return found


@cache
def _declaring() -> tuple[re.Pattern[str], dict[str, tuple[int, str]]]:
    """The pattern of a line that declares a name, and the kind of name by the line's first word."""
    kinds = {head.split()[0]: kind for head, kind in _heads().items()}
    place = {kind: number for number, kind in enumerate(dict.fromkeys(kinds.values()))}
    pattern = rf'^\s*({"|".join(sorted(_heads()))})(?=\s+([a-z][a-z0-9_]*)(?:\s+"([^"]*)")?)'
    return re.compile(pattern, re.MULTILINE), {word: (place[kind], kind) for word, kind in kinds.items()}


def _declarations(text: str) -> list[tuple[str, str, str]]:
    """The names that a text declares, kind by kind: kind, name, label."""
    pattern, kinds = _declaring()
    found = [(*kinds[m[1].split()[0]], m[2], m[3] or "") for m in pattern.finditer(text)]
    return [(kind, name, label) for _, kind, name, label in sorted(found, key=itemgetter(0))]
