"""Faults in names: unknown ones, ones of the wrong kind, ones declared twice, and ones that need each other."""

from __future__ import annotations

import re

from stratagem.dsl.expressions import syntax as x
from stratagem.dsl.nodes import Node, Word
from tests.faults.page import Page, Planted, parts, slip

FACTS = ("measure", "value", "segment")


def _slipped(page: Page, statement: str, slot: str) -> Planted:
    """One name in a slot, with a slip of the pen that makes it a name of nothing."""
    node = page.pick(n for n in page.of(statement) if n.words(slot))
    word: Word = page.pick(node.words(slot))
    return page.put(word.span, _none_such(page, word.text))


def _none_such(page: Page, word: str) -> str:
    """A slip of the pen that is no word of the strategy."""
    for _ in range(20):
        new = slip(word, page.chance)
        if not re.search(rf"\b{new}\b", page.text):
            return new
    return word + "_x"


def unknown_channel(page: Page) -> Planted:
    """An action goes through a channel that is not declared."""
    return _slipped(page, "action.through", "channels")


def unknown_goal(page: Page) -> Planted:
    """An action serves a goal that is not declared."""
    return _slipped(page, "action.serves", "serves")


def unknown_hurdle(page: Page) -> Planted:
    """An action overcomes a hurdle that is not declared."""
    return _slipped(page, "action.overcomes", "overcomes")


def unknown_segment(page: Page) -> Planted:
    """An action is for a segment that is not declared."""
    return _slipped(page, "action.for", "segments")


def unknown_stage(page: Page) -> Planted:
    """An action stands at a stage that is not declared."""
    return _slipped(page, "action.at", "stages")


def unknown_offer(page: Page) -> Planted:
    """An action offers what is not declared."""
    return _slipped(page, "action.offers", "offers")


def unknown_budget(page: Page) -> Planted:
    """An action is paid from a budget that is not declared."""
    return _slipped(page, "action.paid_from", "paid_from")


def unknown_resource(page: Page) -> Planted:
    """A channel uses a resource that is not declared."""
    return _slipped(page, "channel.uses", "uses")


def unknown_need(page: Page) -> Planted:
    """An offer meets a need that nobody has."""
    return _slipped(page, "offer.meets", "meets")


def unknown_objective(page: Page) -> Planted:
    """A goal supports an objective that is not declared."""
    return _slipped(page, "goal", "supports")


def unknown_function(page: Page) -> Planted:
    """An action is owned by a function that the business does not name."""
    return _slipped(page, "action.owner", "owner")


def unknown_action(page: Page) -> Planted:
    """A cell of the matrix names an action that is not declared."""
    return _slipped(page, "matrix.tactic", "actions")


def unknown_stage_of_a_move(page: Page) -> Planted:
    """A move leads to a stage that is not declared."""
    return _slipped(page, "journey.move", "target")


def unknown_answer_field(page: Page) -> Planted:
    """A question is answered in a field that its source does not have."""
    node = page.pick_of("question.answers")
    source, _, field = node.value("answers").text.partition(".")
    return page.say(node, f"answers {source}.{_none_such(page, field)}")


def unknown_date_field(page: Page) -> Planted:
    """A source is dated by a field that it does not have."""
    return _slipped(page, "source.dated_by", "dated_by")


def unknown_fact(page: Page) -> Planted:
    """A condition reads a fact that is not declared."""
    facts = set(page.names(*FACTS))
    name = page.pick(p for p in page.conditions() if isinstance(p, x.Name) and p.path[0] in facts)
    return page.put(name.span, _none_such(page, name.path[0]))


def _many_fields(page: Page) -> list[x.Name]:
    """`source.field` as subjects of aggregates, outside tests."""
    tops = [f for n in page.rules for f in (n.formula,) if f is not None]
    sources = set(page.names("source"))
    found = []
    for top in tops:
        found += [p.subject for p in _aggregates(top) if len(p.subject.path) == 2 and p.subject.path[0] in sources]
    return found


def _aggregates(top: x.Syntax) -> list[x.Aggregate]:
    return [p for p in parts(top) if isinstance(p, x.Aggregate)]


def unknown_field(page: Page) -> Planted:
    """A formula reads a field that the source does not have."""
    name = page.pick(_many_fields(page))
    return page.put(name.span, f"{name.path[0]}.{_none_such(page, name.path[1])}")


def unknown_source(page: Page) -> Planted:
    """A formula counts the rows of a source that is not declared."""
    name = page.pick(_many_fields(page))
    return page.put(name.span, f"{_none_such(page, name.path[0])}.{name.path[1]}")


def _choices(page: Page) -> dict[str, list[str]]:
    """Fields with choices, and those choices."""
    return {
        n.value("name").text: [w.text for w in n.value("type").options]
        for n in page.of("field")
        if getattr(n.value("type"), "kind", "") == "one of"
    }


def unknown_choice(page: Page) -> Planted:
    """A field is compared with a value that is none of its choices."""
    choices = _choices(page)
    node = page.pick_of("measure")
    field = page.pick(f for f in choices if f in _bare_fields(page))
    wrong = _none_such(page, "unheard_of")
    return page.add_after(node, f'measure told_so "Told us so" = yes if {field} is {wrong} else no')


def _bare_fields(page: Page) -> set[str]:
    """Fields of sources that have one row per customer, the identity left out."""
    found = set()
    for source in page.of("source"):
        shape = [c for c in source.children if c.statement.id == "source.one"]
        if shape:
            names = {c.value("name").text for c in source.children if c.statement.id == "field"}
            found |= names - {shape[0].value("key").text}
    return found


def unknown_function_name(page: Page) -> Planted:
    """A formula calls a function that does not exist."""
    name = page.pick(page.names("measure"))
    return page.add_after(page.pick_of("measure"), f'measure best_of "The best of it" = maximum({name}, {name})')


def unknown_lookup_field(page: Page) -> Planted:
    """A formula reads a field that the history does not have."""
    return page.add_after(page.pick_of("measure"), 'measure heard "Heard" = number of different contacts.colour')


def fact_twice(page: Page) -> Planted:
    """A measure has the name of another."""
    one, other = page.chance.sample([n for n in page.of("measure") if n.formula and " = " in page.line_of(n)], 2)
    first, second = sorted((one, other), key=lambda n: n.line)
    name = first.value("name").text
    return page.add_after(second, f'measure {name} "Said once more" = 3')


def field_twice(page: Page) -> Planted:
    """A source declares a field twice."""
    node = page.pick(n for n in page.of("field") if re.fullmatch(r"field \w+ \w+", page.line_of(n)))
    return page.add_after(node, page.line_of(node))


def action_twice(page: Page) -> Planted:
    """An action has the name of another."""
    one = page.pick_of("action")
    last = page.of("action")[-1]
    extra = ["  kind required", f"  through {page.names('channel')[0]}"]
    return page.add_after(last, f'action {one.value("name").text} "Once more"', *extra)


def segment_named_as_a_tier(page: Page) -> Planted:
    """A segment has the name of a tier."""
    tier = page.pick(n for n in page.nodes if n.statement.id.startswith("tier."))
    fact = page.pick(page.names("segment"))
    last = max(page.of("segment"), key=lambda n: n.line)
    return page.add_after(last, f'segment {tier.value("name").text} "Like the tier" when {fact}')


def fact_named_as_a_field(page: Page) -> Planted:
    """A measure has the name of a field of customers. It, or each line that reads the bare name, may be blamed."""
    field, lines = _read_bare(page)
    planted = page.add_after(page.of("measure")[-1], f'measure {field} "Named as a field" = 3')
    at = min(planted.lines)
    return Planted(planted.text, planted.lines | {n + (n >= at) for n in lines})


def _read_bare(page: Page) -> tuple[str, set[int]]:
    """A field of customers that is read by its bare name, and the lines that read it so."""
    bare = _bare_fields(page) - {w.text for n in page.of("channel.address") for w in n.words("address")}
    given = {n.value("name").text for n in page.of("given.is")}
    names = [p for n in page.nodes for t in (n.when, n.formula) if t for p in _customer_names(t) if p.path[0] in bare]
    field = page.pick(sorted({n.path[0] for n in names} - given))
    shown = {n for n, line in enumerate(page.lines, 1) if re.search(rf"\{{\{{ {field}\b", line)}
    refers = {"customer.group": "field", "journey.starts_in": "starts_in"}
    named = {n.line for s, slot in refers.items() for n in page.of(s) for w in n.words(slot) if w.text == field}
    return field, {n.span.line for n in names if n.path[0] == field} | shown | named


def channel_for_a_segment(page: Page) -> Planted:
    """An action is for a channel."""
    node = page.pick_of("action.for")
    only = set(page.names("channel")) - set(page.names("segment", *FACTS))
    return page.put(node.words("segments")[0].span, page.pick(sorted(only)))


def segment_for_a_stage(page: Page) -> Planted:
    """An action stands at a segment instead of a stage."""
    node = page.pick_of("action.at")
    only = set(page.names("segment")) - set(page.names("journey.stage"))
    return page.put(page.pick(node.words("stages")).span, page.pick(sorted(only)))


def tier_of_the_other_side(page: Page) -> Planted:
    """A cell of the matrix has its row and column the wrong way round."""
    node = page.pick_of("matrix.tactic", "matrix.nothing")
    row, column = node.value("row").text, node.value("column").text
    return page.say(node, page.line_of(node).replace(f"{row}, {column}", f"{column}, {row}", 1))


def loop(page: Page) -> Planted:
    """Two facts read each other. Either may be blamed."""
    facts = [n for n in page.of("measure", "value") if " = " in page.line_of(n)]
    measures = {n.value("name").text: n for n in facts if n.statement.id == "measure"}
    pairs = [(n, measures[p.path[0]]) for n in facts for p in _read(n) if p.path[0] in measures]
    reader, read = page.pick(pairs)
    head = page.line_of(read).split(" = ")[0]
    planted = page.say(read, f"{head} = {reader.value('name').text}")
    return Planted(planted.text, planted.lines | {reader.line})


def _read(node: Node) -> list[x.Name]:
    names = parts(node.formula, rows=False) if node.formula else ()
    return [p for p in names if isinstance(p, x.Name) and len(p.path) == 1]


def reads_itself(page: Page) -> Planted:
    """A measure reads itself."""
    node = page.pick(n for n in page.of("measure") if " = " in page.line_of(n))
    return page.say(node, f"{page.line_of(node).split(' = ')[0]} = {node.value('name').text} * 2")


def row_field_without_a_row(page: Page) -> Planted:
    """A condition reads a field of a source with many rows per customer, as if there were one."""
    many = []
    for source in page.of("source"):
        shape = [c for c in source.children if c.statement.id == "source.many"]
        if shape:
            names = [c.value("name").text for c in source.children if c.statement.id == "field"]
            many += [f"{source.value('name').text}.{name}" for name in names if name != shape[0].value("key").text]
    node = page.pick_of("action.owner")
    return page.add_after(node, f"unless {page.pick(many)} is known")


def ambiguous_field(page: Page) -> Planted:
    """A condition reads a field that two sources have. Each line that reads it may be blamed."""
    field, lines = _read_bare(page)
    key = page.of("source.one")[0].value("key").text
    twin = ["  one per customer by " + key, f"  field {key} text", f"  field {field} text", f"  dated by {field}_on"]
    planted = page.add_after(
        page.of("source")[-1], 'source twin "A second source" from "twin.csv"', *twin, f"  field {field}_on date"
    )
    added = 6
    at = min(planted.lines)
    return Planted(planted.text, frozenset(n + added if n >= at else n for n in lines))


def _customer_names(top: x.Syntax) -> list[x.Name]:
    return [p for p in parts(top, rows=False) if isinstance(p, x.Name) and len(p.path) == 1]


def source_of_no_shape(page: Page) -> Planted:
    """A source does not say whether it has one row per customer or many."""
    node = page.pick_of("source.one", "source.many")
    return page.cut(node, page.parent(node))


def unknown_assumption(page: Page) -> Planted:
    """A scenario assumes what nothing reads."""
    node = page.pick(c for n in page.of("scenario") for c in n.children if c.statement.id == "assume")
    name = node.value("name").text
    return page.say(node, page.line_of(node).replace(name, _none_such(page, name), 1))


def unknown_code_waived(page: Page) -> Planted:
    """A code is waived that stands for nothing."""
    return page.add_after(page.of("decide")[0], 'waive ZZZ99 because "Nobody knows what it is"')


def message_through_another_channel(page: Page) -> Planted:
    """An action has a message for a channel that it does not go through."""
    action = page.pick(n for n in page.of("action") if any(c.statement.id == "action.message" for c in n.children))
    own = {w.text for c in action.children if c.statement.id == "action.through" for w in c.words("channels")}
    message = next(c for c in action.children if c.statement.id == "action.message")
    other = page.pick(sorted(set(page.names("channel")) - own))
    return page.add_after(message, f"message {other}", '  body "Said where nobody listens"')
