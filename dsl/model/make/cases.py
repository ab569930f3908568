"""`test` blocks: what is given and what is expected, each name resolved to the thing it fixes or looks at."""

from __future__ import annotations

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix, Label
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.expressions.syntax import Lit, MissingWord, Name, Negative, Syntax
from stratagem.dsl.expressions.types import TEXT, YES_NO, Kind, Type, choice
from stratagem.dsl.expressions.write import write
from stratagem.dsl.model.base import Formula, Part
from stratagem.dsl.model.learning import CutPoint, Expectation, Given, GivenRow
from stratagem.dsl.model.make.parts import Maker
from stratagem.dsl.nodes import Node, Row, Word
from stratagem.dsl.record import record
from stratagem.dsl.resolve import unknown
from stratagem.dsl.resolve.choices import has_values
from stratagem.dsl.resolve.literals import evaluated
from stratagem.dsl.resolve.scope import CUSTOMER, FIGURE
from stratagem.dsl.resolve.symbols import Of, Symbol
from stratagem.dsl.resolve.wording import a, name_kind, say


@record
class Target:
    """What a name in a test stands for. `kind`: field, identity, fact, segment, tiers, stage."""

    kind: str
    path: tuple[str, ...]
    type: Type | None


def make_given(maker: Maker, node: Node, parent: Node | None, path: str) -> list[Part]:
    """`lifetime_value = 150 EUR`."""
    target = _target(maker, node)
    value = _constant(maker, node, target, path)
    if target is None or value is None:
        return []
    return [Given(kind=target.kind, path=target.path, value=value, at=node.span)]


def make_equals(maker: Maker, node: Node, parent: Node | None, path: str) -> list[Part]:
    """`yearly_margin = 70 EUR` under `expect`; one that was at fault stays as a condition that says nothing."""
    target = _target(maker, node)
    value = _constant(maker, node, target, path)
    if target is None or value is None:
        return [Expectation(kind="condition", text="", at=node.span)]
    word = node.slots["name"].value.text
    return [Expectation(kind="equals", text=f"{word} = {value.text}", name=target.path, value=value, at=node.span)]


def make_expectation(maker: Maker, node: Node, parent: Node | None, path: str) -> list[Part]:
    """Every other line under `expect`, with its text."""
    kind = str(node.statement.sets["kind"])
    if kind == "condition":
        if node.when is None:
            return []
        tree = maker.formulas.condition(node.when, CUSTOMER)
        condition = maker.formulas.formula(node.when, tree, maker.path(node, path))
        return [Expectation(kind=kind, text=condition.text, condition=condition, at=node.span)]
    first = node.value("action") or node.value("channel")
    words = {"first_action": "first action is", "first_channel": "first channel is", "no_action": "no action"}
    text = f"{words[kind]} {first.text if first is not None else ''}"
    because = node.value("because")
    return [maker.make(node, parent, path, text=text if because is None else f"{text} because {because.text}")]


def make_cut_point(maker: Maker, node: Node, parent: Node | None, path: str) -> list[Part]:
    """`tier platinum from 400 EUR`: the tier must be one of the block's that the population decides."""
    block, tier = node.value("tiers"), node.value("tier")
    table = maker.resolver.table
    if block is None or tier is None:
        return []
    if table.get(Of.TIERS, block.text) is None:
        known = table.names(Of.TIERS)
        close = near(block.text, known)
        maker.findings.add(
            "S278", block.span, labels=[unknown.nearest(table, close, Of.TIERS)], near=close,
            fixes=[unknown.replace_with(block.span, close)], name=block.text,
            kinds="`segments` block", known=", ".join(known) or "none is declared",
        )  # fmt: skip
        return []
    if tier.text not in table.tiers_of(block.text):
        _no_tier(maker, tier, block.text)
        return []
    want = maker.resolver.facts.type_of(block.text)
    syntax = node.slots["threshold"].value if "threshold" in node.slots else None
    if syntax is None:
        return []
    made = fixed(maker, syntax, want, maker.path(node, path))
    return [] if made is None else [CutPoint(tiers=block.text, tier=tier.text, threshold=made, at=tier.span)]


def _no_tier(maker: Maker, tier: Word, block: str) -> None:
    known = maker.resolver.table.tiers_of(block)
    close = near(tier.text, known)
    maker.findings.add(
        "S278", tier.span, labels=[unknown.nearest(maker.resolver.table, close, Of.TIER)], near=close,
        fixes=[unknown.replace_with(tier.span, close)], name=tier.text,
        kinds=f"tier of `{block}`", known=", ".join(known) or "none is declared",
    )  # fmt: skip


def make_rows(maker: Maker, node: Node, parent: Node | None, path: str) -> list[Part]:
    """The rows below a source's name."""
    word = node.value("source")
    if word is None:
        return []
    source = maker.resolver.table.sources.get(word.text)
    if source is None:
        known = list(maker.resolver.table.sources)
        close = near(word.text, known)
        if not node.rows and (maker.resolver.table.shared(word.text) or _fields(maker, word)):
            where = "under `expect`"
            maker.findings.add(
                "S131", word.span, phrase=word.text, block="`given`", where=where, blocks="expect", whole=True
            )
        elif not maker.findings.doubts(word.text):
            fixes = [unknown.replace_with(word.span, close)]
            labels = [unknown.nearest(maker.resolver.table, close, Of.SOURCE)]
            maker.findings.add("S265", word.span, labels=labels, near=close, fixes=fixes, name=word.text)
        return []
    made: list[Part] = []
    for row in node.rows:
        values: dict[str, Formula] = {}
        _once(maker, row)
        for field, syntax in row.cells:
            symbol = source.fields.get(field.text)
            if symbol is None:
                maker.references.no_field(field, source)
                continue
            value = fixed(maker, syntax, symbol.type, f"{path}.rows.{field.text}")
            if value is not None:
                values[field.text] = value
        made.append(GivenRow(source=source.name, values=values, at=row.span))
    return made


def _once(maker: Maker, row: Row) -> None:
    """Each field of a row is given once."""
    first: dict[str, int] = {}
    for number, (field, value) in enumerate(row.cells):
        earlier = first.setdefault(field.text, number)
        if earlier == number:
            continue
        (word, old), after = row.cells[earlier], row.cells[earlier + 1][0]
        before = row.cells[number - 1][1]
        fixes = [
            Fix("Leave this one out (this assumes that the first one holds)", (
                Edit(before.span.after().to(value.span), ""),
            )),
            Fix("Leave the first one out (this assumes that this one holds)", (
                Edit(word.span.start(0).to(after.span.start(0)), ""),
            )),
        ]  # fmt: skip
        labels = [Label(word.span.to(old.span), "given here already")]
        maker.findings.add("S496", field.span, labels=labels, fixes=fixes, name=field.text)


def _target(maker: Maker, node: Node) -> Target | None:
    """What the name before `=` stands for; None after a finding."""
    word: Word | None = node.value("name")
    if word is None or node.broken:
        return None
    table = maker.resolver.table
    if word.text == "stage" and table.names(Of.STAGE):
        return Target("stage", ("stage",), choice(*table.names(Of.STAGE)))
    found = _fields(maker, word)
    shared = table.shared(word.text)
    if shared is not None and shared.kind is not Of.TIER and not found:
        return _fact(maker, shared)
    if len(found) == 1 and shared is None:
        return found[0]
    if found or "." in word.text or shared is None:
        syntax = Name(word.span, tuple(word.text.split(".")))
        maker.resolver.expr(syntax, CUSTOMER)
        return None
    maker.findings.add(
        "S262",
        word.span,
        labels=[Label(shared.span, f"`{word.text}` is declared here")],
        name=word.text,
        kind=a(name_kind(shared.kind)),
        instead=f"write `{shared.owner} = {word.text}`",
        fixes=[_as_tier(maker, node, word, shared)],
    )
    return None


def _as_tier(maker: Maker, node: Node, word: Word, tier: Symbol) -> Fix | None:
    """The customer's tier; or, beside an amount of the kind that makes the tiers, where the tier begins."""
    value = node.value("value")
    if "value" not in node.slots:
        return None
    found = evaluated(value.value) if isinstance(value, Lit) else None
    kind = maker.resolver.facts.type_of(tier.owner)
    if found is not None and kind is not None and found[1] == kind:
        new, why = f"{tier.owner} {word.text} from {write(value)}", f"that `{word.text}` begins there"
    else:
        new, why = f"{tier.owner} = {word.text}", f"that the customer is in `{word.text}`"
    return Fix(f"Write: {new} (this assumes {why})", (Edit(word.span.to(node.slots["value"].span), new),))


def _fact(maker: Maker, symbol: Symbol) -> Target:
    kind = maker.resolver.facts.type_of(symbol.name)
    if symbol.kind is Of.SEGMENT:
        return Target("segment", (symbol.name,), YES_NO)
    if symbol.kind is Of.TIERS:
        return Target("tiers", (symbol.name,), choice(*maker.resolver.table.tiers_of(symbol.name)))
    return Target("fact", (symbol.name,), kind)


def _fields(maker: Maker, word: Word) -> list[Target]:
    """The fields with one value per customer that the name may mean; the identity, where it is that."""
    table = maker.resolver.table
    head, _, name = word.text.rpartition(".")
    if head:
        source = table.sources.get(head)
        if source is None or source.shape != "one" or name not in source.fields:
            return []
        return [Target("field", (head, name), source.fields[name].type)]
    if table.identity(name):
        keyed = [s.name for s in table.shaped("one") if s.key == name and name in s.fields]
        return [Target("field", (keyed[0], name), TEXT) if keyed else Target("identity", (name,), TEXT)]
    return [Target("field", (s.owner, name), s.type) for s in table.fields_named(name, "one")]


def _constant(maker: Maker, node: Node, target: Target | None, path: str) -> Formula | None:
    if target is None or "value" not in node.slots:
        return None
    return fixed(maker, node.slots["value"].value, target.type, maker.path(node, path))


def fixed(maker: Maker, syntax: Syntax, want: Type | None, path: str) -> Formula | None:
    """A value written out, of the kind wanted."""
    if want is None or want.kind is Kind.MISSING:
        return None
    if isinstance(syntax, Name) and not has_values(want):
        maker.findings.add("S327", syntax.span, name=write(syntax), wanted=say(want))
        return None
    if not isinstance(syntax, (Lit, MissingWord, Name, Negative)):
        maker.findings.add("S322", syntax.span)
        return None
    tree = maker.formulas.value(syntax, "given.is", FIGURE, want)
    return maker.formulas.formula(syntax, tree, path)
