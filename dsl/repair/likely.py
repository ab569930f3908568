"""Which of the declared names is most likely meant by one that nothing is called: an assumption, and said as one.

In: the group of a name. Out: fixes, four at most, that put a declared name at its places: one that shares a word with
it, one that nobody reads, the fields of the kind that the place wants, the tiers beside those of its list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.diagnostics.suggest import distance
from stratagem.dsl.expressions.syntax import Is, Name, Syntax
from stratagem.dsl.record import names as fields_of
from stratagem.dsl.repair.candidates import beside, candidates
from stratagem.dsl.repair.groups import Group
from stratagem.dsl.repair.told import linked_with, told
from stratagem.dsl.repair.trial import Trial
from stratagem.dsl.resolve.symbols import Of, Symbol

BESIDE = 2
"""Tiers of which one may be meant where others of their block are listed."""
OFFERED = 4
"""Names of which each is offered."""
FEW = 6
"""Things that may be meant, beyond which only what shares a word with the name is offered."""
MANY = 60
"""Things beyond which nothing is tried."""
_USUAL = "chance * worth * weight - cost"
"""What candidates are ranked by where nothing is said."""
_ENDING = r"(?<=\w\w\w\w)(?:ing|ings|es|ers?|ed)$|(?<=\w\w)(?:ies|y|s)$"
"""What words of one stem end in: `coaches`, `coaching`."""
SHORTEST = 3
"""Letters of a word that tells something."""


def shared_words(one: str, other: str) -> int:
    """How many words two names have in common, between their `_`; of two words the one may be the other's start."""
    words = [[re.sub(_ENDING, "", word) for word in name.split("_")] for name in (one, other)]
    return sum(any(_same(a, b) for b in words[1]) for a in words[0])


def _same(one: str, other: str) -> bool:
    """Are two words the same, or one the start of the other; of short ones all letters count."""
    if min(len(one), len(other)) < SHORTEST:
        return one == other and len(one) > 1
    return one.startswith(other) or other.startswith(one)


def shares_a_word(one: str, other: str) -> bool:
    """Do two names have a word in common."""
    return shared_words(one, other) > 0


def slipped(one: str, other: str) -> bool:
    """May one name be the other as somebody remembers it, and not another thing: all words of the shorter one are among
    those of the longer one, but for slips of the pen (one letter off in four, one at least); words as short as `at` do
    not count."""
    long = [[w for w in name.split("_") if len(w) >= SHORTEST or not w.isalpha()] for name in (one, other)]
    words, others = sorted(long, key=len)
    return bool(words) and all(any(_nearly(word, each) for each in others) for word in words)


def _nearly(one: str, other: str) -> bool:
    return _same(one, other) or distance(one, other, max(1, len(one) // 4)) is not None


def alike(group: Group, trial: Trial) -> list[Symbol]:
    """What shares a word with the name, and makes sense at all its places."""
    known = _free(group, candidates(group, trial.table))
    return [s for s in known if shares_a_word(s.name, group.name) and _fits(s, group, trial)][:OFFERED]


def likely(group: Group, found: Sequence[Diagnostic], trial: Trial) -> list[Fix]:
    """A fix for each declared name that may be meant, the likeliest first; of who is meant only what shares a word, and
    tiers beside those listed."""
    if not group.uses or group.of_choice or group.scenic:
        return []
    if all(use.statement == "decide.rank" and isinstance(use.root, Name) for use in group.uses):
        title = f"Write {_USUAL} (this assumes that the usual score is meant)"
        return [Fix(title, tuple(Edit(use.span, _USUAL) for use in group.uses))]
    if trial.table.shared(group.name) is not None and all(len(use.path) == 2 for use in group.uses):
        title = f"Write {group.name} by itself, as it is no field of `{group.uses[0].path[0]}`"
        return [Fix(title, tuple(Edit(use.span, group.name) for use in group.uses))]
    if all(use.statement == "question.answers" for use in group.uses) and group.name in trial.table.sources:
        asked = list(dict.fromkeys(_asked(group.name, trial)))
        return [group.written(name, found, "that this is what is asked") for name in asked[:OFFERED]]
    if is_something(group, trial) and not group.of_field:
        return _of_another_kind(group, found, trial)
    if group.space == "identity":
        keys = {s.key for s in trial.table.sources.values() if s.shape in ("one", "many") and not s.built_in and s.key}
        found_at = [found[n].span for n in group.numbers]
        title = f"Write {min(keys, default='')} (this assumes that the sources have it right)"
        return [Fix(title, tuple(Edit(span, min(keys)) for span in found_at))] if len(keys) == 1 else []
    if all(use.statement == f"action.{group.name}" for use in group.uses):  # `worth = worth / 6`
        worth = [s for s in trial.table.of_kind(Of.VALUE).values() if _fits(s, group, trial)]
        worth.sort(key=lambda s: s.name in trial.read)
        return [group.written(s.name, found, f"that `{s.name}` is meant") for s in worth[:OFFERED]]
    choice = _as_choice(group, trial)
    if choice is not None:
        return choice
    known = [s for s in _free(group, _of_its_own(group, candidates(group, trial.table))) if s.name != group.name]
    whom = any({"segment", "tier"} & set(use.kinds) for use in group.uses)
    if whom and (roles := _of_role(group.name, trial)):  # `for lapsed`
        return [group.written(name, found, f"that `{name}` is meant, who is {group.name}") for name in roles]
    named = [s for s in known if shares_a_word(s.name, group.name) or (whom and _called(s, group, trial))]
    spoken = told(group.uses, trial.built)
    if whom:
        known = named or _whom(known, spoken, group, trial)
    elif any("function" in use.kinds for use in group.uses):
        known = named
    if len(known) > MANY:
        known = named
    fitting = [s for s in known if _fits(s, group, trial)]
    if group.space == "name" and not whom and not named and _in_action(group):
        fitting = _left_out(fitting, group, trial)
    elif len(fitting) > FEW or (group.space == "name" and not whom):
        fitting = [s for s in fitting if s in named]
    away = {symbol.name: _away(symbol, group, trial) if whom else 0 for symbol in fitting}
    close = {symbol.name: -_closeness(symbol.name, group.name) for symbol in fitting}
    fitting.sort(
        key=lambda s: (
            -shared_words(s.name, group.name),
            s.name not in spoken,
            away[s.name],
            s.name in trial.read,
            close[s.name],
        )
    )
    names = [symbol.name for symbol in fitting[:OFFERED]]
    return [group.written(name, found, f"that `{name}` is meant") for name in names]


def _of_another_kind(group: Group, found: Sequence[Diagnostic], trial: Trial) -> list[Fix]:
    """What is linked with the thing that the name is declared as; else the one or two that may stand there."""
    if any({"segment", "tier"} & set(use.kinds) or use.root is not None for use in group.uses):
        return []
    known = [s for s in _free(group, candidates(group, trial.table)) if _fits(s, group, trial)]
    speaking = linked_with(group.name, known, trial.built)
    linked = [s for s in known if s.name in speaking]
    bare = not any(found[n].fixes for n in group.numbers)
    names = [s.name for s in linked or (known if bare and len(known) <= BESIDE else [])]
    return [group.written(name, found, f"that `{name}` is meant") for name in names[:OFFERED]]


def _of_role(name: str, trial: Trial) -> list[str]:
    """Those of whom the strategy says `is prospect`, `is unhappy` or `is lapsed`, where a name is such a word."""
    strategy = trial.built.strategy
    plans = (*strategy.segments, *(tier for block in strategy.tiers for tier in block.tiers))
    return [plan.name for plan in plans if name in plan.is_a][:OFFERED]


def _whom(known: Sequence[Symbol], spoken: Sequence[str], group: Group, trial: Trial) -> list[Symbol]:
    """Of those who may be meant, where no name is like it: whom other lines speak for, the one segment that nobody
    reads, the few tiers beside those of its list."""
    blocks = beside(group.uses, trial.table)
    near = [s for s in known if s.kind is Of.TIER and s.owner in blocks]
    unread = [s for s in known if s.kind is Of.SEGMENT and s.name not in trial.read]
    told_of = [s for s in known if s.name in spoken and (not blocks or s.kind is Of.SEGMENT or s in near)]
    first = told_of or (unread if len(unread) == 1 else [])
    return first or (near if len(near) <= BESIDE else [])


def _asked(source: str, trial: Trial) -> Iterator[str]:
    """The fields of a source that are asked for, by their full names."""
    for unit in trial.built.units:
        for node in unit.node.children if unit.node in unit.sources else ():
            if "asked_as" in node.slots and unit.node.value("name").text == source:
                yield f"{source}.{node.value('name').text}"
    yield from (f"{source}.{f.name}" for f in trial.table.sources[source].fields.values() if f.type and f.type.options)


def _called(symbol: Symbol, group: Group, trial: Trial) -> bool:
    """Is the name a part of the other one, or a word of its label."""
    if group.name in symbol.name.split("_"):
        return True
    return shares_a_word("_".join(re.findall(r"\w+", trial.labels.get(symbol.name, "").lower())), group.name)


def _left_out(fitting: Sequence[Symbol], group: Group, trial: Trial) -> list[Symbol]:
    """Who is left out of an action by a name that nothing is called: the one segment that is unhappy."""
    unhappy = {segment.name for segment in trial.built.strategy.segments if "unhappy" in segment.is_a}
    found = [s for s in fitting if s.kind is Of.SEGMENT and s.name in unhappy]
    return found if len(found) == 1 and all(use.statement == "action.unless" for use in group.uses) else []


def _as_choice(group: Group, trial: Trial) -> list[Fix] | None:
    """`screen is sessions.payroll`: a value of what it is held against; None where it is held against no choice."""
    asked = [left for use in group.uses for left, right in _held(use.root) if right.span == use.span]
    sources = trial.table.sources.values()
    fields = [s.fields[name.path[-1]] for name in asked for s in sources if name.path[-1] in s.fields]
    if not group.of_field or not any(f.type is not None and f.type.options for f in fields):
        return None
    if not any(f.type is not None and group.name in f.type.options for f in fields):
        return []
    edits = tuple(Edit(use.span, group.name) for use in group.uses)
    return [Fix(f"Write {group.name}, the value by itself", edits)]


def _held(syntax: object) -> Iterator[tuple[Name, Name]]:
    """Every two names that are held against each other."""
    if isinstance(syntax, Is) and isinstance(syntax.left, Name) and isinstance(syntax.right, Name):
        yield syntax.left, syntax.right
    elif isinstance(syntax, tuple):
        for part in syntax:
            yield from _held(part)
    elif isinstance(syntax, Syntax):
        for name in fields_of(syntax):
            yield from _held(getattr(syntax, name))


def is_something(group: Group, trial: Trial) -> bool:
    """Is the name declared as what cannot stand there: then it is its place that is wrong."""
    heads = (unit.node.value("name") for unit in trial.built.units)
    return bool(trial.table.kinds_of(group.name)) or any(getattr(head, "text", "") == group.name for head in heads)


def _in_action(group: Group) -> bool:
    """Is it the condition of an action, or one of several."""
    return all(use.condition and use.statement.startswith("action") for use in group.uses)


def _away(symbol: Symbol, group: Group, trial: Trial) -> int:
    """How many tiers lie between this one and the nearest of its block that is listed beside the name."""
    tiers = list(trial.table.tiers_of(symbol.owner)) if symbol.kind is Of.TIER else []
    slots = [slot.value for use in group.uses for slot in use.node.slots.values()]
    words = {getattr(part, "text", "") for value in slots for part in (value if isinstance(value, tuple) else (value,))}
    places = [n for n, tier in enumerate(tiers) if tier in words]
    return min((abs(tiers.index(symbol.name) - n) for n in places), default=0)


def _of_its_own(group: Group, known: Sequence[Symbol]) -> list[Symbol]:
    """After `SOURCE.` only the fields of the source may stand."""
    return [s for s in known if s.kind is Of.FIELD] if group.of_field else list(known)


def _free(group: Group, known: Sequence[Symbol]) -> list[Symbol]:
    """Without what stands in the same list already."""
    taken: set[str] = set()
    for use in group.uses:
        for slot in use.node.slots.values() if use.root is None else ():
            parts = slot.value if isinstance(slot.value, tuple) else (slot.value,)
            taken.update(getattr(part, "text", "") for part in parts)
    return [symbol for symbol in known if symbol.name not in taken]


def _fits(symbol: Symbol, group: Group, trial: Trial) -> bool:
    return all(trial.holds(use, group.name, symbol.name) for use in group.uses)


def _closeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
