"""Names that nothing is called: all places of one name are one finding, with what the whole strategy tells of it.

In: the findings, and what was built. Out: the findings. A name that is declared and read by nobody, and alone fits
every place, is most likely the same thing under another name. Failing that, the name is declared with what its uses
tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.diagnostics.edits import same
from stratagem.dsl.diagnostics.suggest import distance
from stratagem.dsl.model.build import Built
from stratagem.dsl.parse.fold import mended
from stratagem.dsl.parse.ways.declare import EVERYONE
from stratagem.dsl.record import replace
from stratagem.dsl.repair import LABELS, SHOWN, UNKNOWN
from stratagem.dsl.repair.candidates import candidates
from stratagem.dsl.repair.declare import asked, declarations, options_of
from stratagem.dsl.repair.elsewhere import meant_elsewhere
from stratagem.dsl.repair.groups import Group, grouped, in_all, length
from stratagem.dsl.repair.likely import alike, is_something, likely, shares_a_word, slipped
from stratagem.dsl.repair.told import told
from stratagem.dsl.repair.trial import JOINS, Trial
from stratagem.dsl.resolve.symbols import Of, Symbol
from stratagem.dsl.source import NOWHERE

MANY = 25
"""Declared things that nobody reads, beyond which it is not tried which of them fits."""
MOST = 20
"""Names for which it is worked out what could be done; further ones are only brought together."""
HOPELESS = 300
"""Findings of a strategy beyond which nothing is tried any more."""


def known_again(found: Sequence[Diagnostic], built: Built) -> list[Diagnostic]:
    """The findings, those about one name brought together."""
    if not any(d.code == SHOWN or d.code in UNKNOWN for d in found):
        return list(found)
    lines = {(d.span.file, d.span.line): n for n, d in enumerate(found) if mended(d)}
    made: dict[int, Diagnostic | None] = {}
    trial = Trial(built, found)
    most = MOST if len(found) <= HOPELESS else 0
    for number, group in enumerate(grouped(found, built, lines)):
        if number >= most and len(group.numbers) == 1:
            continue  # so much is wrong that nobody would read all that could be done about it
        told, declared = _together(group, found, built, trial if number < most else None)
        only, others = group.numbers[0], group.numbers[1:]
        made.update({only: told, **dict.fromkeys(others)})
        line = _of_line(group, told, declared, found, lines)
        if line is not None:
            made.update({**dict.fromkeys(group.numbers), line[0]: line[1]})
    kept = [made.get(number, diagnostic) for number, diagnostic in enumerate(found)]
    return [diagnostic for diagnostic in kept if diagnostic is not None]


def _of_line(
    group: Group,
    told: Diagnostic,
    declared: Symbol | None,
    found: Sequence[Diagnostic],
    lines: Mapping[tuple[str, int], int],
) -> tuple[int, Diagnostic] | None:
    """Where the name now stands on a line that could not be read as it was written: all of it in that line's finding,
    with its number. `declared`: what the name most likely is."""
    number = lines.get((declared.span.file, declared.span.line)) if declared is not None else None
    if number is None or not told.fixes or not found[number].fixes:
        return None
    line, own, fix = found[number], found[number].fixes[0], told.fixes[0]
    if told.code == "S291":
        old = re.compile(rf"(?<!\w){told.args['name']}(?!\w)")
        edits = tuple(Edit(e.span, old.sub(group.name, e.text)) for e in own.edits)
        new = Fix(old.sub(group.name, own.title), edits, own.safe)
    else:
        new = Fix(f"{own.title}, and so where it is read", (*own.edits, *fix.edits), own.safe and fix.safe)
    return number, replace(line, fixes=(new, *line.fixes[1:]))


def _together(
    group: Group, found: Sequence[Diagnostic], built: Built, trial: Trial | None
) -> tuple[Diagnostic, Symbol | None]:
    """The one finding of a group, and what is declared and read by nobody that it shows. `trial`: None once so much is
    wrong that nobody would read all that could be done about it."""
    first, *others = (found[n] for n in group.numbers)
    further = tuple(Label(d.span, f"`{group.name}` stands here too", also=True) for d in others[:LABELS])
    fixes = list(_everywhere([first, *others], group.name))
    if trial is None:
        return replace(first, labels=(*first.labels, *further), fixes=tuple(dict.fromkeys(fixes))), None
    trial.of([first, *others])
    near = tuple(name for name in first.near if all(trial.fits(use, group.name, name) for use in group.uses))
    unfit = [name for n in group.numbers for name in found[n].near if name not in near]
    fixes = [fix for fix in fixes if not _puts(fix, unfit) or _fits_all(fix.edits[0].text, group, trial)]
    if near and group.uses and not any(_puts(fix, near) for fix in fixes):
        fixes.append(group.written(near[0], found, f"that `{near[0]}` is meant"))
    only = replace(first, near=near, labels=first.labels if near or not first.near else ())
    odd = [option for option in options_of(group, built) if option.text in near[:1]] if group.of_choice else []
    if odd and others and odd[0].text not in trial.read:
        return _misspelt(Symbol(Of.FIELD, odd[0].text, odd[0].span), only.fixes[:1], first, others), None
    renamed, shown = _renamed(group, built, trial, near), None
    if renamed is not None:
        fix = _renaming(renamed, group, found, trial)
        if renamed.name in near and others and group.space != "identity":
            return _misspelt(renamed, (fix,), first, others), renamed
        fixes = [fix, *(f for f in fixes if not same(f, fix, built.sources))]
        if renamed.name in near and group.uses and renamed.span != NOWHERE and group.space != "identity":
            title = f"Write {group.name} where it is declared (this assumes that this line has it right)"
            fixes.append(Fix(title, (Edit(renamed.span, group.name),)))
        if first.code != "S493":
            shown, label = renamed, Label(renamed.span, f"`{renamed.name}` is declared here, and read nowhere")
            only = replace(only, labels=(*(x for x in only.labels if x.span != renamed.span), label))
    made = declarations(group, built, trial) if group.space in ("source", "group") and not near else []
    if made:
        return replace(only, labels=(*only.labels, *further), fixes=tuple(made)), None
    fixes = _ordered(group, found, trial, renamed, near, fixes)
    return replace(only, labels=(*only.labels, *further), fixes=tuple(dict.fromkeys(fixes))), shown


def _ordered(
    group: Group, found: Sequence[Diagnostic], trial: Trial, renamed: Symbol | None, near: Sequence[str],
    fixes: Sequence[Fix],
) -> list[Fix]:  # fmt: skip
    """The other names (`fixes`, and those that are likely meant) and the declaration, the likeliest first."""
    elsewhere = list(meant_elsewhere(group, found, trial)) if renamed is None and not near else []
    gone = renamed is None and not group.of_choice and _gone(group, near, trial)
    guessed = not near and renamed is None and len(group.numbers) == 1
    if gone or guessed or not (fixes or elsewhere) or group.of_choice or (renamed is not None and not near):
        made = [] if _stands_elsewhere(group, trial) else declarations(group, trial.built, trial)
        if gone and not made and len(group.numbers) > 1:
            fixes = [fix for fix in fixes if slipped(group.name, fix.edits[0].text)]
        first = gone or (group.of_choice and not near)
        fixes = [*made, *fixes] if first else made if guessed and made else [*fixes, *made]
    if not near and group.name not in EVERYONE:
        fixes = _meant(group, found, trial, renamed, fixes)
    return [*elsewhere, *fixes]


def _stands_elsewhere(group: Group, trial: Trial) -> bool:
    """Is a block of another kind called so, which is no more declared then."""
    return group.space not in ("name", "source", "group") and not group.of_field and is_something(group, trial)


def _gone(group: Group, near: Sequence[str], trial: Trial) -> bool:
    """Is it the declaration of a name that is missing, rather than a slip: it stands alike in several places, or what
    is near is more than a slip away, and read where it belongs."""
    if len(group.numbers) > 1:
        return not any(distance(group.name, name, 1) is not None for name in near)
    return bool(near) and not any(slipped(group.name, name) for name in near) and near[0] in trial.read


def _fits_all(name: str, group: Group, trial: Trial) -> bool:
    return all(trial.fits(use, group.name, name) for use in group.uses)


def _meant(
    group: Group, found: Sequence[Diagnostic], trial: Trial, renamed: Symbol | None, fixes: Sequence[Fix]
) -> list[Fix]:
    """With the declared names that are likely meant: before a new declaration of a name that stands once (one that
    stands alike in several places is hardly a slip: its declaration is missing), and before what only is read by nobody
    where another one shares a word with the name."""
    made = likely(group, found, trial)
    others = [fix for fix in made if not any(fix.edits == other.edits for other in fixes)]
    if renamed is not None:
        shares = {s.name for s in alike(group, trial) if slipped(group.name, s.name)} - {renamed.name}
        first = [fix for fix in others if fix.edits[0].text in shares]
        if shares_a_word(renamed.name, group.name) or len(group.numbers) > 1:
            return [*fixes, *first]
        return [*first, *fixes]
    if len(group.numbers) == 1 and fixes:
        sure = _sure([fix.edits[0].text for fix in others], group, trial)
        first = [fix for fix in others if fix.edits[0].text in sure]
        return [*first, *fixes, *(fix for fix in others if fix not in first)]
    if len(group.numbers) == 1:
        return others
    return [*fixes, *(others if fixes or (group.space != "name" and len(others) == 1) else ())]


def _sure(names: Sequence[str], group: Group, trial: Trial) -> set[str]:
    """Which of these names are more likely meant than that the declaration of this one is missing: nobody reads them
    yet, other lines speak for them, they are much like it; or there is one alone, of what many lines share."""
    kinds, table = {kind for use in group.uses for kind in use.kinds}, trial.table
    joins = any(use.statement in JOINS for use in group.uses)
    if joins and any(group.name in source.fields for source in table.sources.values()):
        return set()
    alone = len(names) == 1 and group.space != "name" and not kinds & {"hurdle", "need", "stage", "resource"}
    if alone and not table.identity(names[0]):
        return set(names)
    spoken = {group.name, *told(group.uses, trial.built)}
    return {name for name in names if name in spoken or slipped(group.name, name) or _waits(name, trial)}


def _waits(name: str, trial: Trial) -> bool:
    """Is it declared and read by nobody, and is that unusual for such a thing."""
    usual = any(trial.table.get(kind, name) is not None for kind in (Of.RESOURCE, Of.STAGE))
    return name not in trial.read and not usual and not trial.table.fields_named(name, "one", "many")


def _misspelt(symbol: Symbol, there: Sequence[Fix], first: Diagnostic, others: Sequence[Diagnostic]) -> Diagnostic:
    """A declaration that nobody reads, and several places that agree on a name so much like it."""
    name = str(first.args["name"])
    labels = tuple(Label(d.span, f"`{name}` stands here") for d in (first, *others)[:LABELS])
    here = Fix(f"Write {name} (this assumes that the places that read it have it right)", (Edit(symbol.span, name),))
    args = {"name": symbol.name, "read": name, "count": len(others) + 1}
    return Diagnostic("S291", symbol.span, args, labels, (name,), (here, *there))


def _everywhere(group: Sequence[Diagnostic], name: str) -> Iterator[Fix]:
    """The fixes of the findings of one name; one that puts another name at its place puts it at all places, once."""
    first, spans = group[0], [d.span for d in group]
    alike = {length(span) for span in spans} == {len(name)}
    put: set[str] = set()
    for diagnostic in (first, *(d for d in group[1:] if d.code != SHOWN)):
        for fix in diagnostic.fixes:
            only = fix.edits[0] if len(fix.edits) == 1 else None
            if only is None or len(spans) == 1 or only.span != diagnostic.span or not _one_name(only.text):
                if diagnostic is first:
                    yield fix
            elif alike and only.text not in put:
                put.add(only.text)
                yield replace(fix, title=_all(fix.title, len(spans)), edits=tuple(Edit(s, only.text) for s in spans))


def _puts(fix: Fix, names: Sequence[str]) -> bool:
    """Does a fix write one of these names."""
    return any(edit.text in names for edit in fix.edits)


def _one_name(text: str) -> bool:
    return text.replace(".", "").isidentifier()


def _all(title: str, count: int) -> str:
    said, bracket, rest = title.partition(" (")
    return f"{said}{in_all(count)}{bracket}{rest}"


# ---- the same thing under another name ----


def _renamed(group: Group, built: Built, trial: Trial, near: Sequence[str]) -> Symbol | None:
    """What is declared and read by nobody, if it alone fits all places. `near`: names that its spelling suggests."""
    elsewhere = (group.space != "name" or group.scenic) and is_something(group, trial)
    if elsewhere or (near and group.of_choice):
        return None
    read: frozenset[str] = frozenset() if group.scenic else trial.read
    declared = (s for s in candidates(group, built.resolver.table) if s.span != NOWHERE)  # not by the language
    unread = [s for s in declared if s.name not in read]
    if len(unread) > MANY:  # which one of them is meant only its spelling can tell
        unread = [s for s in unread if s.name in near]
    fitting = [s for s in unread if all(trial.fits(use, group.name, s.name) for use in group.uses)]
    chosen = [s for s in fitting if s.name in _nearest(group.name, near)]
    if not chosen and (not near or len(group.numbers) > 1):  # nobody misspells a name in the same way again and again
        chosen = _likely(fitting, group, built)
        once = group.uses[0] if len(group.uses) == 1 and group.space == "name" else None
        kinds = {kind for use in group.uses for kind in use.kinds}
        whom = {"segment", "tier"} & kinds and len(group.numbers) == 1  # not said by others alone
        if {"function", "resource"} & kinds or whom:
            chosen = [s for s in chosen if shares_a_word(s.name, group.name)]
        if once is not None and not group.scenic and not asked(once, group.name):  # where a figure or a sign belongs
            chosen = [s for s in chosen if shares_a_word(s.name, group.name)]
    return chosen[0] if len(chosen) == 1 else None


def _nearest(name: str, near: Sequence[str]) -> Sequence[str]:
    """Of the names that its spelling suggests those that are one letter away; all where none is."""
    close = [each for each in near if distance(name, each, 1) is not None]
    return close or near


def _likely(fitting: Sequence[Symbol], group: Group, built: Built) -> list[Symbol]:
    """Without what is often read by nobody: fields, and the tier that takes all who are left; unless there is nothing
    else, and it was tried where the name stands."""
    rest = {tier.name for block in built.strategy.tiers for tier in block.tiers if tier.bound == "otherwise"}
    usual = [s for s in fitting if s.kind is Of.FIELD or (s.kind is Of.TIER and s.name in rest)]
    return [s for s in fitting if s not in usual] or (usual if group.uses else [])


def _renaming(symbol: Symbol, group: Group, found: Sequence[Diagnostic], trial: Trial) -> Fix:
    """The name of what is declared put at all places; of the key of sources, the name it has in the others."""
    keys = any(use.statement in ("source.one", "source.many") for use in group.uses)
    if keys and any(group.name in source.fields for source in trial.table.sources.values()):
        title = f"Write {group.name} (this assumes that it is called as in the other sources)"
        return Fix(title, (Edit(symbol.span, group.name),))
    assumed = f"that it is called `{symbol.name}` now, which is declared and read nowhere"
    if group.scenic:
        assumed = "that it is meant: no other that could stand here is left"
    return group.written(symbol.name, found, assumed)
