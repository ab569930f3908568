"""Faults of layout and wording: indents, quotes, brackets, keywords, lines that break off."""

from __future__ import annotations

import re

from stratagem.dsl.catalogue import first_words
from stratagem.dsl.nodes import Node
from tests.faults.page import Page, Planted, slip

LEAVES = (
    "action.kind", "action.owner", "action.capability", "channel.medium", "channel.managed", "treated.stance",
    "treated.priority", "source.owner", "source.kept_in", "goal.aims_at", "question.asks", "offer.price",
)  # fmt: skip
"""Short statements that every strategy has, and below which nothing may stand."""
HEADS = ("action", "offer", "goal", "channel", "question", "segment", "source", "journey")


def slipped_keyword(page: Page) -> Planted:
    """The first word of a statement has a slip of the pen."""
    node = page.pick(n for n in page.rules if first_words(n.statement) and len(page.line_of(n).split()[0]) > 3)
    word, _, rest = page.line_of(node).partition(" ")
    return page.rewrite(node.line, " " * (node.span.column - 1) + f"{slip(word, page.chance)} {rest}".rstrip())


def tab(page: Page) -> Planted:
    """A line is indented by a tab instead of two blanks."""
    node = page.pick(n for n in page.nodes if n.span.column == 3)
    return page.rewrite(node.line, "\t" + page.line_of(node))


def curly_quotes(page: Page) -> Planted:
    """A text stands between the quotes that word processors write."""
    node = page.pick(n for n in page.rules if page.line_of(n).count('"') == 2)
    return page.rewrite(node.line, re.sub(r'"([^"]*)"', "\u201c\\1\u201d", page.lines[node.line - 1]))


def half_indent(page: Page) -> Planted:
    """A line is one blank too far to the right."""
    node = page.pick_of(*LEAVES)
    return page.rewrite(node.line, " " + page.lines[node.line - 1])


def two_steps_in(page: Page) -> Planted:
    """The first line of a block is two steps deeper than the line above it."""
    node = page.pick(n.children[0] for n in page.of(*HEADS) if not n.children[0].children and n.when is None)
    return page.rewrite(node.line, "  " + page.lines[node.line - 1])


def quote_left_open(page: Page) -> Planted:
    """The closing quote at the end of a line is lost."""
    lines = (n for n in page.rules if re.fullmatch(r'[^"]*"[^"]+"', page.line_of(n)))
    node = page.pick(lines)
    return page.rewrite(node.line, page.lines[node.line - 1][:-1])


def long_text_left_open(page: Page) -> Planted:
    """A long text has no end."""
    node = page.pick(n for n in page.of("message.body") if n.span.line == n.span.end_line)
    planted = page.say(node, 'body """')
    lines = planted.text.split("\n")
    text = " " * (node.span.column + 1) + "A text that nobody ends."
    return Planted("\n".join([*lines[: node.line], text, *lines[node.line :]]), planted.lines)


def bracket_left_open(page: Page) -> Planted:
    """A closing bracket is lost."""
    places = [(line, t) for line, run in page.token_lines(page.rules) for t in run if t.kind == "RIGHT"]
    line, bracket = page.pick((line, t) for line, t in places if not line.children)
    text = page.lines[line.number - 1]
    at = line.column - 1 + bracket.start
    return page.rewrite(line.number, text[:at] + text[at + 1 :])


def bracket_too_many(page: Page) -> Planted:
    """There is one closing bracket too many."""
    node = page.pick(n for n in page.of("measure", "value") if n.formula and n.span.line == n.formula.span.line)
    return page.rewrite(node.line, page.lines[node.line - 1] + ")")


def blank_from_a_web_page(page: Page) -> Planted:
    """A blank is a no-break space, as copied from a web page."""
    node = page.pick_of(*LEAVES)
    return page.say(node, page.line_of(node).replace(" ", "\u00a0", 1))


def colon(page: Page) -> Planted:
    """The head of a block ends in a colon."""
    node = page.pick_of(*HEADS[:5])
    return page.rewrite(node.line, page.lines[node.line - 1] + ":")


def statement_of_another_block(page: Page) -> Planted:
    """A statement stands in a block that knows nothing of it."""
    return page.add_below(page.pick_of("channel", "offer"), "stance grow")


def lines_below_a_leaf(page: Page) -> Planted:
    """A line stands below one that takes none."""
    pairs = [
        (one, other)
        for above in page.of(*HEADS[:5])
        for one, other in zip(above.children, above.children[1:], strict=False)
        if one.statement.id in LEAVES and not other.children and other.formula is None and other.when is None
    ]
    _, node = page.pick(pairs)
    return page.rewrite(node.line, "  " + page.lines[node.line - 1])


def no_label(page: Page) -> Planted:
    """A block has a name and no label."""
    node = page.pick(n for n in page.of("action", "offer", "question", "scenario") if "label" in n.slots)
    return page.say(node, re.sub(r' "[^"]*"', "", page.line_of(node)))


def said_twice(page: Page) -> Planted:
    """A statement that may stand once stands twice."""
    node = page.pick(n for n in page.of(*LEAVES) if n.statement.once)
    return page.add_after(node, page.line_of(node))


def breaks_off(page: Page) -> Planted:
    """A line ends where more is to come."""
    ids = ("action.rests", "action.serves", "goal.figures", "goal.milepost", "offer.margin", "question.retired")
    node = page.pick_of(*ids)
    return page.say(node, page.line_of(node).rsplit(" ", 1)[0] if node.statement.id != "action.rests" else "rests")


def goes_on(page: Page) -> Planted:
    """A line goes on after it has said all."""
    node = page.pick_of("action.rests", "goal.weight", "channel.managed", "treated.stance", "goal.milepost")
    return page.rewrite(node.line, page.lines[node.line - 1] + " please")


def second_strategy(page: Page) -> Planted:
    """There is a second `strategy` block."""
    return page.add_after(page.of("decide")[0], 'strategy another "Another strategy"', f"  currency {page.currency()}")


def unquoted_text(page: Page) -> Planted:
    """A text stands without its quotes."""
    node = page.pick_of("source.owner", "source.kept_in", "treated.proposition", "market.selling_point")
    return page.say(node, page.line_of(node).replace('"', ""))


def upper_case_name(page: Page) -> Planted:
    """A name starts with a capital."""
    node = page.pick_of("action", "offer", "question", "goal", "scenario")
    name = node.value("name").text
    return page.say(node, page.line_of(node).replace(name, name.capitalize(), 1))


def hyphen_in_a_name(page: Page) -> Planted:
    """A name has a hyphen."""
    named = page.of("action", "offer", "question", "goal", "scenario")
    node = page.pick(n for n in named if "_" in n.value("name").text)
    name = node.value("name").text
    return page.say(node, page.line_of(node).replace(name, name.replace("_", "-"), 1))


def reserved_name(page: Page) -> Planted:
    """A name is a word of formulas."""
    word = page.pick(["between", "known", "where", "otherwise"])
    return page.add_after(page.pick_of("measure"), f'measure {word} "A word of formulas" = 3')


def no_condition(page: Page) -> Planted:
    """A line ends after `when`."""
    node = page.pick(n for n in page.of("segment", "journey.move") if _when_in_line(page, n))
    return page.say(node, page.line_of(node).split(" when ")[0] + " when")


def _when_in_line(page: Page, node: Node) -> bool:
    return " when " in page.line_of(node) and node.when is not None and node.when.span.end_line == node.line


def no_formula(page: Page) -> Planted:
    """A line ends after `=`."""
    node = page.pick(n for n in page.of("measure", "value") if " = " in page.line_of(n))
    return page.say(node, page.line_of(node).split(" = ")[0] + " =")


def no_conditions_below(page: Page) -> Planted:
    """`all of` has no lines below it."""
    node = page.pick(n for n in page.of("action.unless", "action.owner") if n.statement.id == "action.owner" or n.when)
    if node.statement.id == "action.unless":
        return page.say(node, "unless any of")
    return page.add_after(node, "unless all of")


def no_otherwise(page: Page) -> Planted:
    """A formula by cases has no `otherwise`. Head or last case may be blamed."""
    last = _last_case(page)
    indents = [len(line) - len(line.lstrip()) for line in page.lines]
    head = last
    while indents[head] >= indents[last]:
        head -= 1
    kept = page.lines[:last] + page.lines[last + 1 :]
    return Planted("\n".join(kept), frozenset({head + 1, last}))


def _last_case(page: Page) -> int:
    """The line of an `otherwise` that ends cases, from 0."""
    lines = enumerate(page.lines)
    return page.pick(n for n, line in lines if line.endswith(" otherwise") and '"' not in line)


def case_after_otherwise(page: Page) -> Planted:
    """A case stands after `otherwise`."""
    last = _last_case(page)
    lines = [*page.lines[: last - 1], page.lines[last], page.lines[last - 1], *page.lines[last + 1 :]]
    return Planted("\n".join(lines), frozenset({last + 1}))


def unknown_version(page: Page) -> Planted:
    """The file is written in a version of the language that nobody knows."""
    return page.rewrite(page.of("language")[0].line, "language 7")
