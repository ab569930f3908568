"""Declarations of names that nothing is called, with all that can be told from where they stand.

In: a name with its uses. Out: fixes that add a line or a block. The kind of a field is the first one under which all
its uses make sense; an assumption's figure is the one that a scenario gives it. What nobody can know is said
in the fix's title, and no figure is ever invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix
from stratagem.dsl.expressions.syntax import (
    Aggregate,
    And,
    Between,
    Compare,
    Is,
    Known,
    Lit,
    Name,
    Not,
    OneOf,
    Or,
    Since,
    Syntax,
    TextTest,
)
from stratagem.dsl.expressions.types import (
    DATE,
    DAYS,
    MONTHS,
    NUMBER,
    SHARE,
    TEXT,
    TIMESTAMP,
    YES_NO,
    Kind,
    Type,
    choice,
    money,
)
from stratagem.dsl.expressions.write import option_text, write
from stratagem.dsl.functions import FUNCTIONS
from stratagem.dsl.model.build import Built
from stratagem.dsl.model.make.unit import names_in
from stratagem.dsl.nodes import Node, Word, end_of, label_for, walk
from stratagem.dsl.record import names as fields_of
from stratagem.dsl.repair.groups import Group
from stratagem.dsl.repair.line_for import line_for
from stratagem.dsl.repair.trial import TYPED, Trial
from stratagem.dsl.repair.uses import FORMULA, Use, values_beside
from stratagem.dsl.resolve.literals import evaluated
from stratagem.dsl.resolve.symbols import Of, SourceNames
from stratagem.dsl.substance import says_something

_NO_COLUMN = frozenset(("today", "now", "yesterday", "tomorrow", "contacted", "score"))
"""What people say for something of the language's own, or of every customer: no column of a file."""
_COLUMN = "(this assumes that the file has such a column)"


def declarations(group: Group, built: Built, trial: Trial) -> list[Fix]:
    """What could declare the name so that all its uses make sense: one fix at most."""
    made: Fix | None = None
    if not group.uses:
        return _shown(group, built) if group.space == "name" else []
    if group.space == "name":
        made = _assumption(group, built, trial) or _segment(group, built)
    elif group.of_choice:
        made = _choice(group, built)
    elif group.space == "function":
        made = _function(group.name, built)
    elif group.space == "group" or (group.space == "source" and all(len(use.path) == 1 for use in group.uses)):
        made = _group(group.name, built, trial)
    if made is None and (group.space == "name" or group.of_field):
        made = _field(group, built, trial)
    made = made or line_for(group, built) or _figure(group, built, trial)
    return [made] if made is not None else []


# ---- where it is put ----


def _last(built: Built, *statements: str) -> Node | None:
    """The last block of one of these kinds; the first kind that there is counts."""
    for statement in statements:
        found = [unit.node for unit in built.units if unit.node.statement.id == statement]
        if found:
            return found[-1]
    return None


def _put(after: Node, text: str, gap: bool) -> Edit:
    return Edit(end_of(after).below(), f"\n{text}\n" if gap else f"{text}\n")


# ---- what it is ----


def _assumption(group: Group, built: Built, trial: Trial) -> Fix | None:
    """`assume NAME = …` with the figure that a scenario gives it."""
    figures = (use.node.formula for use in group.uses if use.statement == "assume")
    figure = next((f for f in figures if isinstance(f, Lit)), None)
    found = evaluated(figure.value) if figure is not None else None
    after = _last(built, "assume", "source", "customer", "strategy")
    if figure is None or found is None or after is None or not _reads(group.uses):
        return None
    with trial.with_fact(group.name, found[1]):
        if not trial.sound(group.uses):
            return None
    text = f"assume {group.name} = {write(figure)}"
    title = f"Declare it: {text} (this assumes the figure of the scenario; put the usual one there)"
    return Fix(title, (_put(after, text, after.statement.id != "assume"),))


def _reads(uses: Sequence[Use]) -> bool:
    """Is it read anywhere, and not only set."""
    return any(use.kinds == (FORMULA,) for use in uses)


def _segment(group: Group, built: Built) -> Fix | None:
    """A segment whose condition is still to be written, where several lines want it, or there is nobody else: until
    then nobody is in it."""
    known = (*built.resolver.table.of_kind(Of.SEGMENT), *built.resolver.table.of_kind(Of.TIER))
    if len(group.numbers) == 1 and known:
        return None
    slots = [use for use in group.uses if "segment" in use.kinds and use.statement not in ("given.is", "expect.equals")]
    after = _last(built, "segment", "segments", "value", "measure", "assume", "source")
    if not any(use.root is None and "fact" not in use.kinds for use in slots) or after is None:
        return None
    text = f'segment {group.name} "{label_for(group.name)}" when missing'
    title = f"Declare it: {text} (this assumes that its condition is still to come; until then nobody is in it)"
    return Fix(title, (_put(after, text, True),))


def _group(name: str, built: Built, trial: Trial) -> Fix | None:
    """A group of customers by the one text that nothing reads, where a limit or a formula asks for such a group."""
    table, customer = built.resolver.table, _last(built, "customer")
    asked = any("group" in use.kinds for use in trial.uses_of(name))
    free = [f.name for s in table.shaped("one") if not s.built_in for f in s.fields.values() if f.type == TEXT]
    free = [field for field in free if field not in trial.read]
    if customer is None or not asked or len(free) != 1:
        return None
    line = f"group {name} by {free[0]}"
    return Fix(f"Write below `customer`: {line} (this assumes that `{free[0]}` brings them together)", (
        Edit(end_of(customer).below(), f"  {line}\n"),
    ))  # fmt: skip


def _function(name: str, built: Built) -> Fix | None:
    """One more function of the business."""
    for unit in built.units:
        for node, _ in walk((unit.node,)):
            if node.statement.id == "business.functions" and node.words("functions"):
                last = node.words("functions")[-1]
                title = f"Add it to the functions of the business (this assumes that `{name}` is one)"
                return Fix(title, (Edit(last.span.after(), f", {name}"),))
    return None


def options_of(group: Group, built: Built) -> tuple[Word, ...]:
    """The values of the choice among which a name was looked for, where its field declares them."""
    owner, _, field = group.source.partition(".")
    for unit in built.units:
        for node in unit.node.children if is_source(unit.node, owner) else ():
            written = node.value("type") if node.statement.id == "field" else None
            if written is not None and node.value("name").text == field:
                options: tuple[Word, ...] = written.options
                return options
    return ()


def _choice(group: Group, built: Built) -> Fix | None:
    """One more value of a choice, where its field is declared."""
    options, field = options_of(group, built), group.source.partition(".")[2]
    if not options:
        return None
    title = f"Add `{group.name}` to the values of `{field}` (this assumes that the file has such values)"
    return Fix(title, (Edit(options[-1].span.after(), f", {group.name}"),))


def _field(group: Group, built: Built, trial: Trial) -> Fix | None:
    """A field of the source that was named, else of the first that has one row per customer."""
    name, uses = group.name, group.uses
    table = built.resolver.table
    one = [s for s in table.shaped("one") if not s.built_in]
    source = table.sources.get(group.source) if group.source else next(iter(one), None)
    home = next((u.node for u in built.units if source is not None and is_source(u.node, source.name)), None)
    if source is None or home is None or any(use.statement == "assume" for use in uses) or not name.isidentifier():
        return None
    if group.space == "name" and len(uses) == 1 and not asked(uses[0], name):
        return None
    if table.kinds_of(name) and not any(name in each.fields for each in table.sources.values()):
        return None
    if group.space == "name" and (name in _NO_COLUMN or name in FUNCTIONS or not says_something(name)):
        return None
    written = _type(name, source, uses, built, trial)
    if not written:
        return None
    fields = [child for child in home.children if child.statement.id == "field"]
    line = f"field {name} {written}"
    if any(use.statement == "channel.address" for use in uses):
        line += ' personal for "messages to this customer"'
    edit = Edit(end_of(fields[-1] if fields else home).below(), f"  {line}\n")
    return Fix(f"Write below `{source.name}`: {line} {_COLUMN}", (edit,))


def _shown(group: Group, built: Built) -> list[Fix]:
    """A text for messages, which alone show the name."""
    one = next((s.name for s in built.resolver.table.shaped("one") if not s.built_in), "")
    homes = [unit.node for unit in built.units if is_source(unit.node, one)]
    if not homes or not group.name.isidentifier() or not says_something(group.name):
        return []
    line = f'field {group.name} text personal for "messages to this customer"'
    return [Fix(f"Write below `{one}`: {line} {_COLUMN}", (Edit(end_of(homes[0]).below(), f"  {line}\n"),))]


def _figure(group: Group, built: Built, trial: Trial) -> Fix | None:
    """A measure that is nothing yet, of the kind that its uses want; only for what looks like a name of the strategy's
    own, and not like a word that people say for something else."""
    formulas = all(use.kinds == (FORMULA,) and len(use.path) == 1 for use in group.uses)
    after = _last(built, "measure", "assume", "source")
    if group.space != "name" or not formulas or "_" not in group.name or after is None:
        return None
    currency = built.resolver.currency
    kinds = {"0": NUMBER, "0%": SHARE, "0 days": DAYS, "0 months": MONTHS}
    if currency is not None:
        kinds = {f"0 {currency}": money(currency), **kinds}
    for figure, kind in kinds.items():
        with trial.with_fact(group.name, kind, Of.MEASURE):
            if trial.sound(group.uses):
                text = f'measure {group.name} "{label_for(group.name)}" = {figure}'
                assumed = "(this assumes a figure that is to be replaced by your own)"
                return Fix(f"Declare it: {text} {assumed}", (_put(after, text, after.statement.id != "measure"),))
    return None


def asked(use: Use, name: str) -> bool:
    """Is the name used as a fact about a customer: by itself a condition, or held against something."""
    bare = use.root.parts if isinstance(use.root, And | Or) else (use.root,)
    parts = [part.operand if isinstance(part, Not) else part for part in bare]
    alone = use.condition and any(isinstance(part, Name) and part.path[-1] == name for part in parts)
    alone = alone and not use.statement.startswith("action")  # most likely a segment is meant there
    return use.root is None or use.statement == "segments" or alone or _held(use.root, name)


def _held(syntax: object, name: str) -> bool:
    """Does the name stand in a formula as a fact does: held against something, the whole of a condition, a day; and not
    where a figure or a sign belongs."""
    own: object = None
    match syntax:
        case Compare(left=side) | Is(left=side) | Known(operand=side) | OneOf(operand=side) | TextTest(operand=side):
            own = side
        case Between(operand=side) | Since(operand=side) | Not(operand=side):
            own = side
        case Aggregate(where=where) if where is not None:
            return any(found.path[-1] == name for found in names_in(where))
    if isinstance(own, Name) and own.path[-1] == name:
        return True
    if isinstance(syntax, tuple):
        return any(_held(part, name) for part in syntax)
    if not isinstance(syntax, Syntax):
        return False
    return any(_held(getattr(syntax, part), name) for part in fields_of(syntax))


def is_source(node: Node, name: str) -> bool:
    """Is it the block of the source of this name."""
    word = node.value("name")
    return node.statement.id == "source" and isinstance(word, Word) and word.text == name


def _type(name: str, source: SourceNames, uses: Sequence[Use], built: Built, trial: Trial) -> str:
    """The first kind of value under which all uses make sense, as a `field` line writes it; empty for none."""
    currency = built.resolver.currency
    slots = [use for use in uses if use.root is None and use.kinds != (FORMULA,)]
    wanted = next((TYPED[use.statement] for use in slots if use.statement in TYPED), ())
    others = [s.fields[name].type for s in built.resolver.table.sources.values() if name in s.fields]
    kinds = sorted(kinds_of(name, uses, currency), key=lambda k: wanted.index(k[1].kind) if k[1].kind in wanted else 9)
    kinds.sort(key=lambda k: k[1] not in others)  # as the other sources declare a field of this name
    for written, kind in kinds:
        if not all(kind.kind in TYPED.get(use.statement, (kind.kind,)) for use in slots):
            continue
        if any("field" not in use.kinds for use in slots):
            return ""
        with trial.with_field(source, name, kind):
            if trial.sound(uses):
                return written
    for written, kind in kinds[: len(wanted)]:  # what its facts are held against is wrong in another way
        with trial.with_field(source, name, kind):
            if kind.kind in wanted and trial.quiet(uses):
                return written
    return ""


def kinds_of(name: str, uses: Sequence[Use], currency: str | None) -> Iterator[tuple[str, Type]]:
    """The kinds that a field may be declared as, as it writes them, the likeliest first."""
    options = tuple(dict.fromkeys(values_beside(name, uses)))
    if options:
        yield f"one of ({', '.join(map(option_text, options))})", choice(*options)
    yield "yes_no", YES_NO
    yield "number", NUMBER
    if currency is not None:
        yield "money", money(currency)
    yield "duration", DAYS
    yield "date", DATE
    yield "timestamp", TIMESTAMP
    yield "text", TEXT
    yield "share", SHARE
    if currency is not None:
        yield "money per year", Type(Kind.MONEY, currency=currency, per="months")
        yield "money per week", Type(Kind.MONEY, currency=currency, per="days")
    yield "number per year", Type(Kind.NUMBER, per="months")
    yield "number per week", Type(Kind.NUMBER, per="days")
