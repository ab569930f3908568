"""A formula that leads back to itself, or reads what it may not: a figure in its place, itself kept as a remark.

In: where such a formula stands. Out: a fix that writes the first figure under which all that reads it makes sense; what
the formula was to say nobody can know, and the title says that the figure is to be replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from stratagem.dsl.catalogue import by_id
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.expressions.syntax import Lit
from stratagem.dsl.expressions.write import write
from stratagem.dsl.model.build import Built
from stratagem.dsl.nodes import label_for
from stratagem.dsl.parse.mend.gaps import TO_BE_REPLACED
from stratagem.dsl.record import replace
from stratagem.dsl.repair.reads import led_to, reads
from stratagem.dsl.repair.rephrase import holds, reading
from stratagem.dsl.repair.trial import Trial
from stratagem.dsl.repair.uses import Use, uses
from stratagem.dsl.source import SourceText

_TAKES = ("assume", "measure", "value", "metric", "goal.metric", "segment")
"""Statements that a figure, or `missing`, may stand in."""


def kept_as_remark(use: Use, trial: Trial, sources: Mapping[str, SourceText]) -> Fix | None:
    """The fix for the formula of a use, where it is the end of its line."""
    root, source = use.root, sources.get(use.span.file)
    if root is None or source is None or use.statement not in _TAKES or root.span.line != root.span.end_line:
        return None
    rest = source.lines[root.span.line - 1][root.span.end_column - 1 :].strip()
    if rest and not rest.startswith("#"):
        return None
    said = source.slice(root.span)
    text = next((text for text in _figures(use, trial) if _fits(text, use, trial)), None)
    if text is None:
        return None
    what = "a condition that is to be replaced by your own" if use.condition else TO_BE_REPLACED
    title = f"Write {text}, and keep the formula as a remark (this assumes {what})"
    return Fix(title, (Edit(root.span, f"{text}  # {said}"),))


def _figures(use: Use, trial: Trial) -> Iterator[str]:
    """What may stand there, the likeliest first: what a scenario says of it, nothing of some kind."""
    if use.condition or "metric" in use.statement:
        yield "missing"
        return
    name = use.node.value("name").text
    for each in trial.uses_of(name):
        if each.statement == "assume" and isinstance(each.node.formula, Lit) and each.node is not use.node:
            yield write(each.node.formula)
    currency = trial.resolver.currency
    yield from ("0", *((f"0 {currency}",) if currency else ()), "0%", "no", "0 days", "0 months")


def _fits(text: str, use: Use, trial: Trial) -> bool:
    """Does everything make sense with this in the place of the whole formula."""
    assert use.root is not None
    if not holds(text, use.root, use, trial):
        return False
    if use.statement != "assume":
        return True
    name, kind = use.node.value("name").text, trial.kind_of(replace(use, root=reading(text, use.root)))
    readers = [each for each in trial.uses_of(name) if each.statement != "assume"]
    if kind is None:
        return False
    with trial.with_type(name, kind):
        return trial.sound(readers)


def of_customers(found: Sequence[Diagnostic], built: Built, sources: Mapping[str, SourceText]) -> list[Diagnostic]:
    """The findings of assumptions that read facts about one customer: a measure, or a figure in the formula's place."""
    wanted = [n for n, d in enumerate(found) if d.code == "S262" and not d.fixes]
    assumed = [u.node for u in built.units if u.node.statement.id == "assume" and u.node.formula is not None]
    made = list(found)
    if not wanted or not assumed:
        return made
    trial, graph = Trial(built, found), reads(built)
    for number in wanted:
        node = next((n for n in assumed if n.formula is not None and n.formula.span.holds(found[number].span)), None)
        own = [use for unit in built.units if unit.node is node for use in uses(unit)]
        if node is None or not own or "name" not in node.slots:
            continue
        fix = _as_measure(own[0], trial, graph) or kept_as_remark(own[0], trial, sources)
        made[number] = replace(found[number], fixes=(fix,) if fix is not None else ())
    return made


_ABOUT_ONE = ("measure", "value", "segments", "segment", "action.")
"""Statements in which facts about one customer may stand."""


def _as_measure(use: Use, trial: Trial, graph: Mapping[str, AbstractSet[str]]) -> Fix | None:
    """`assume van = yearly / 10` as a measure, which may read facts about a customer: unless a scenario sets it, it is
    read where only assumptions may stand, or it would lead back to itself."""
    node, name = use.node, use.node.value("name").text
    others = [each for each in trial.uses_of(name) if each.node is not node]
    kind = trial.kind_of(replace(use, node=replace(node, statement=by_id("measure"))))
    if kind is None or not all(each.statement.startswith(_ABOUT_ONE) for each in others) or name in led_to(name, graph):
        return None
    with trial.with_type(name, kind):
        if not trial.sound(others):
            return None
    start = node.span.start(len("assume"))
    edits = (Edit(start, "measure"), Edit(node.slots["name"].span.after(), f' "{label_for(name)}"'))
    return Fix(f"Write measure {name} (this assumes that it is worked out for each customer)", edits)
