"""A sentence read by what it is about: the statement of its block whose slots take all that it says.

In: a line of which nothing else could be made. Out: the lines of the language that say the same names, figures and
texts, each in a slot of its kind: one where the words around them speak for it, a few to choose from where not.
Nothing that the line says is left out: a statement that has no place for one of its names or figures is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, product

from stratagem.dsl.catalogue import below, first_words
from stratagem.dsl.catalogue.pattern import Choice, Literal, Part, SlotPart
from stratagem.dsl.catalogue.statement import TOP, Statement
from stratagem.dsl.parse.hints import BUILT_IN, Hints
from stratagem.dsl.parse.match import whole_pattern
from stratagem.dsl.parse.mend.contents import FIGURES, Content, Contents, contents
from stratagem.dsl.parse.mend.cues import ASIDE, CUES, DENIES, LEAST, MOST, PLAIN
from stratagem.dsl.parse.mend.habits import CHOICES, HEADS, INSIDE
from stratagem.dsl.parse.mend.keeps import AROUND, turned
from stratagem.dsl.parse.mend.step import Step, compiled
from stratagem.dsl.parse.mend.tone import FLAGS, Tone, tone_of
from stratagem.dsl.parse.mend.trial import LITTLE, Place, read_text
from stratagem.dsl.record import record

Flat = tuple[Literal | SlotPart, ...]
MOST_SAID = 7
"""Names, figures and texts of a line beyond which it is no single statement."""
MOST_FORMS = 40
ONE_WORD = 0.6
"""How well a statement suits of which one word of the line speaks."""
MOST_WAYS = 3
"""Statements that are offered beside each other."""
_TAKES = {
    "text": ("STRING", "LONG_TEXT"), "money": ("MONEY",), "share": ("SHARE",), "number": ("NUMBER",),
    "integer": ("NUMBER",), "figure": ("NUMBER", "SHARE", "MONEY", "DURATION"), "duration": ("DURATION",),
    "rate": ("RATE",), "date": ("DATE",), "moment": ("DATE", "TIMESTAMP"), "time": ("TIME",), "name": ("NEW",),
    "constant": tuple(FIGURES), "formula": ("FORMULA", *FIGURES), "condition": ("CONDITION",), "names": ("NEW", "NAME"),
}  # fmt: skip
_ASKED = frozenset(("field", "fact", "segment", "tier"))
_ONLY_DENIES = frozenset((
    "action.not_with", "action.unless", "expect.no_action", "customer.excluded", "source.row_excluded",
    "policy.quiet", "policy.silence", "matrix.nothing",
))  # fmt: skip
_SAID = re.compile(r"[^\W\d]{3,}")


@record(frozen=False)
class _Reading:
    """A line that says the same. `score`: how much the words speak for it; `heard`: words that do."""

    statement: Statement
    text: str
    score: float
    heard: frozenset[str]
    sure: bool
    """Its slots take what hardly any other statement takes: no word need speak for it."""


def filling_steps(place: Place) -> list[Step]:
    """The whole line as the statements write it that take all it says; the likeliest first, none where too many do."""
    if place.kind != "statement" or place.block == TOP or place.children or len(place.line.split()) < 2:
        return []
    found = sorted(_readings(place), key=lambda reading: -reading.score)
    if not found or (found[0].score < ONE_WORD and (len(found) > 1 or not found[0].sure)):
        return []
    best = [reading for reading in found if reading.score > found[0].score - 0.5]
    if len(best) > MOST_WAYS:
        return []
    return [
        Step(0, len(place.line), reading.text, 1.0, "S153", _assumed(reading, len(best) > 1, place)) for reading in best
    ]


def _assumed(reading: _Reading, one_of_several: bool, place: Place) -> str:
    """What is guessed: which statement is meant, and that words which are not known say nothing more."""
    if one_of_several or reading.score < ONE_WORD:
        return f"`{' '.join(first_words(reading.statement)) or 'when'}`"
    said = {word.lower() for word in _SAID.findall(compiled(r'"[^"]*"|\b[A-Z]{3}\b').sub(" ", place.line))}
    unheard = [word for word in said if word not in reading.heard and word not in reading.text and word not in PLAIN]
    ordered = sorted(unheard, key=place.line.lower().find)
    return f"that {', '.join(f'`{word}`' for word in ordered[:3])} says no more" if ordered else ""


def _readings(place: Place) -> Iterator[_Reading]:
    """Every statement of the block that takes all that the line says, in its best form, if it then reads."""
    heads = {words for words in map(first_words, below(place.block)) if place.line.startswith(" ".join(words) + " ")}
    heads = {words for words in heads if not LITTLE.issuperset(words) and words not in (("every",), ("after",))}
    begun = max(heads, key=len) if heads else None
    names = any("{name:name(" in statement.pattern for statement in below(place.block))
    for found in contents(place.line, place.hints, frozenset(place.orphans), names):
        if len(found.said) > MOST_SAID:
            continue
        best: dict[str, _Reading] = {}
        tone = tone_of(found.words)
        for statement in below(place.block):
            if statement.id in place.taken | {"once_called"} or not (begun is None or first_words(statement) == begun):
                continue
            for reading in _said_by(statement, found, tone, place):
                if statement.id not in best or best[statement.id].score < reading.score:
                    best[statement.id] = reading
        yield from (reading for reading in best.values() if _sound(reading.text, place))
        if best:
            return


def _sound(text: str, place: Place) -> bool:
    if turned(place.line, text):
        return False
    trial = read_text(text, place)
    return trial.fault is None and trial.strange == 0


def _said_by(statement: Statement, found: Contents, tone: Tone, place: Place) -> Iterator[_Reading]:
    """What the line is, said by a statement, with how much of its words speaks for it."""
    if tone.denies and (statement.id not in DENIES or _denied(statement, tone.bare)):
        return
    if (tone.other_way and place.block != "offer") or (tone.least and statement.id not in LEAST):
        return
    if tone.excepts and statement.id != "action.unless":
        return
    heard = _heard(statement, found.words)
    if (statement.id in DENIES and not heard) or _aside(statement, found):
        return
    if statement.id in _ONLY_DENIES and not tone.leaves_out:
        return
    for form in _forms(statement):
        flags = {slot.name for slot in form if isinstance(slot, SlotPart) and slot.kind == "flag"}
        if not all((tone.says(flag) if flag in FLAGS else heard) for flag in flags):
            continue
        if tone.most and statement.id not in MOST and "at_most" not in flags:
            continue
        if "constant" in statement.pattern and len(form) > 2 and found.said[-1:] and found.said[-1].kind != "FORMULA":
            continue  # `costs = 3 EUR`
        for text, chosen, order in _filled(form, found, bool(heard), place.near.name):
            if _values(found, place.hints) - heard - chosen:
                continue
            score = len(heard | chosen) + 0.4 * order + 0.3 * len(flags) - 0.05 * len(form)
            yield _Reading(statement, text, score, heard | chosen, _telling(found))


def _telling(found: Contents) -> bool:
    """Is it enough by itself: no bare number, and no text, which any line may hold."""
    kinds = [content.kind for content in found.said]
    return bool(kinds) and kinds != ["NUMBER"] and "STRING" not in kinds


def _values(found: Contents, hints: Hints) -> frozenset[str]:
    """Words of the line that other lines hold as values, or that look like names: they are not left unsaid."""
    said = {word for content in found.said if content.kind in ("NAME", "NEW") for word in content.text.split(".")}
    words = {word for word in found.words if "_" in word or word in hints.words}
    return frozenset(words - said - {content.text for content in found.said} - BUILT_IN - LITTLE)


def _denied(statement: Statement, line: str) -> bool:
    """Is what the statement says itself denied: `do not hold out 5%`, `never quiet`."""
    head = first_words(statement)
    said = {*head, *(phrase for phrase in HEADS.get(" ".join(head), ()) if " " not in phrase)}
    own = "|".join(sorted(word[:5] for word in said - LITTLE))
    return compiled(rf"(?:n't|\b(?:not|no|never|without))(?: \w+)? (?:{own})").search(line) is not None


def _aside(statement: Statement, found: Contents) -> bool:
    """Does a word before a name or a date say that it is another one that is meant."""
    own = {said for word in _words_of(statement) for said in (word, *INSIDE.get(word, ()))}
    own.update(CUES.get(statement.id, "").split())
    said = (content for content in found.said if content.kind in ("NAME", "DATE") and content.index)
    return any(found.words[content.index - 1] in ASIDE - own for content in said)


@cache
def _words_of(statement: Statement) -> frozenset[str]:
    """The words of a statement's phrase, in whichever form."""
    return frozenset(part.text for form in _forms(statement) for part in form if isinstance(part, Literal))


def _heard(statement: Statement, words: Sequence[str]) -> frozenset[str]:
    """The words of a line that speak for a statement."""
    plain, stems = _vocabulary(statement)
    return frozenset(word for word in words if word in plain or word.startswith(stems))


@cache
def _vocabulary(statement: Statement) -> tuple[frozenset[str], tuple[str, ...]]:
    """Words that speak for a statement, and beginnings of words that do."""
    head = " ".join(first_words(statement))
    said = [*first_words(statement), *(word for phrase in HEADS.get(head, ()) for word in phrase.split())]
    said = [word for word in said if word not in LITTLE]
    cues = CUES.get(statement.id, "").split()
    stems = (word for word in (*cues, *said) if len(word) > 2 + (word in said))
    return frozenset((*said, *cues)), tuple(stems) or ("\n",)


@cache
def _forms(statement: Statement) -> tuple[Flat, ...]:
    """The ways a statement's phrase may be written, each as one row of words and slots."""
    forms: list[Flat] = []
    for form in _flat(whole_pattern(statement)):
        forms.append(form)
        if len(forms) == MOST_FORMS:
            break
    return tuple(forms)


def _flat(parts: Sequence[Part]) -> Iterator[Flat]:
    options = (
        [flat for option in part.options for flat in _flat(option)] if isinstance(part, Choice) else [(part,)]
        for part in parts
    )
    for chosen in product(*options):
        yield tuple(part for option in chosen for part in option)


def _filled(form: Flat, found: Contents, heard: bool, own: str) -> Iterator[tuple[str, frozenset[str], float]]:
    """The form with all contents in its slots: its text, the words taken for choices, how well their order suits."""
    slots = [part for part in form if isinstance(part, SlotPart)]
    if not slots and not heard:
        return
    for taken in _assigned(slots, found, frozenset(), heard):
        used = [content for one in taken for content in (one if isinstance(one, tuple) else ())]
        left = [content for content in found.said if content not in used]
        words = frozenset(word for one in taken if isinstance(one, str) for word in (one, *one.split(", ")))
        if any(content.kind != "NAME" or not _spare(content, words | {own}) for content in left):
            continue
        yield _written(form, taken), words, _in_order(form, taken, found)


def _spare(content: Content, chosen: frozenset[str]) -> bool:
    """May a name be left unsaid: it is a word of the line that is meant in another way, or says whose it is."""
    return content.text in chosen or not content.kinds - AROUND


_Taken = tuple[Content, ...] | str


def _assigned(
    slots: Sequence[SlotPart], found: Contents, used: frozenset[int], heard: bool
) -> Iterator[tuple[_Taken, ...]]:
    """Every way to put contents into slots; a slot of words of the language takes the words themselves."""
    if not slots:
        yield ()
        return
    slot, rest = slots[0], slots[1:]
    free = [n for n, content in enumerate(found.said) if n not in used]
    fitting = [n for n in free if _takes(slot, found.said[n], heard)]
    ways: list[tuple[_Taken, frozenset[int]]] = []
    if slot.kind in ("choice", "choices"):
        ways += [(option, used) for option in _chosen(slot, found.words, heard)]
    elif slot.kind == "flag":
        ways.append((slot.arguments[0], used))
    elif slot.kind in ("refs", "names"):
        ways += [(tuple(found.said[n] for n in fitting), used.union(fitting))] if fitting else []
    else:
        ways += [((found.said[n],), used | {n}) for n in fitting]
        if slot.kind == "rate":
            ways += [
                ((found.said[a], found.said[b]), used | {a, b})
                for a, b in pairwise(free)
                if found.said[b].kind == "DURATION"
                and _in_a_time(slot, found.said[a])
                and _OFTEN.intersection(found.words[found.said[a].index : found.said[b].index])
            ]
    for one, now in ways:
        for others in _assigned(rest, found, now, heard):
            yield (one, *others)


_OFTEN = frozenset(("in", "per", "every", "each", "a", "an", "within", "during", "any", "over", "for"))
"""Words between how much and in which time."""


def _in_a_time(slot: SlotPart, content: Content) -> bool:
    """May so much be had in a length of time: `2`, `2 EUR`; `620 hours` where a rate is one of hours."""
    hours = slot.name == "hours" and content.kind == "DURATION" and content.text.endswith("hours")
    return hours or content.kind in ("NUMBER", "MONEY")


def _takes(slot: SlotPart, content: Content, heard: bool) -> bool:
    """Is a content of the kind that a slot takes."""
    if slot.kind in ("ref", "refs"):
        return content.kind == "NAME" and not content.kinds.isdisjoint(slot.arguments)
    if content.kind == "NAME":
        asked = slot.kind in ("condition", "formula") and heard and not content.kinds.isdisjoint(_ASKED)
        return asked or (slot.kind == "names" and not content.kinds.isdisjoint(slot.arguments))
    if slot.kind == "integer" and "." in content.text:
        return False
    return content.kind in _TAKES.get(slot.kind, ())


def _chosen(slot: SlotPart, words: Sequence[str], heard: bool) -> tuple[str, ...]:
    """The words of a slot that are said in a line, or others for them where a word speaks for the statement; several
    where it takes a list."""
    plain = [option for option in slot.arguments if option in words]
    near = [o for o in slot.arguments if not plain and _stems(o) and any(w.startswith(_stems(o)) for w in words)]
    said = plain or near or [o for o in slot.arguments if heard and any(word in CHOICES.get(o, ()) for word in words)]
    if slot.kind == "choices":
        return (", ".join(said),) if said else ()
    return tuple(said) if len(said) == 1 else ()


def _stems(option: str) -> tuple[str, ...]:
    """Beginnings of the words that are formed like a choice: `retain` for `retention` is left to `habits`."""
    return (option[: max(5, len(option) - 2)],) if len(option) > 5 and "_" not in option else ()


def _in_order(form: Flat, taken: Sequence[_Taken], found: Contents) -> float:
    """How many contents stand behind a word that is said for the one before their slot, less those out of order."""
    score, last, number = 0.0, -1, 0
    before = ""
    for part in form:
        if isinstance(part, Literal):
            before = part.text
            continue
        one = taken[number]
        number += 1
        if isinstance(one, tuple) and one:
            said = found.words[max(0, one[0].index - 2) : one[0].index]
            if found.said[0].index == 0:
                said = tuple(word for word in said if word not in _NOW)  # `12% now, 20% later`
            cues = {before, *INSIDE.get(before, ()), *_TURNS.get(before, ())}
            score += sum(word in cues and 1 + (word in _TURNS.get(before, ()) or word == before) for word in said[-2:])
            score -= 0.5 * (one[0].index < last)
            last = one[0].index
    return score


_NOW = ("now", "today", "currently")
_TURNS = {
    "from": ("from", "now", "today", "currently", "is", "was", "began", "started"),
    "to": ("to", "into", "becomes", "reach", "reaches", "towards"),
}
"""Words that say which of two contents is which."""


def _written(form: Flat, taken: Sequence[_Taken]) -> str:
    """The line as the statement writes it."""
    filled = iter(taken)
    parts = []
    for part in form:
        one = part.text if isinstance(part, Literal) else next(filled)
        if isinstance(one, str):
            parts.append(one)
        elif isinstance(part, SlotPart) and part.kind == "rate" and len(one) == 2:
            amount = one[0].text.removesuffix(" hours")
            parts.append(f"{amount} per {one[1].text.removeprefix('1 ')}")
        else:
            parts.append(", ".join(content.text for content in one))
    return re.sub(r"\b1 actions\b", "1 action", " ".join(parts).replace(" ,", ","))
