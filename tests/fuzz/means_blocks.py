"""Resources, channels, the contact policy, offers, actions and how they are decided: what is done, and with what."""

from __future__ import annotations

from tests.fuzz.page import Lines, Page, indented
from tests.fuzz.slots import Given


def resources(page: Page) -> Lines:
    """People, processes, technology, changes and budgets."""
    lines: Lines = []
    for name in page.world.names.get("budget", []):
        lines += page.line("resources.budget", {"name": name})
    lines += page.below("resources", {}, 0.4, ("resources.budget",))
    return [*page.line("resources"), *indented(lines)] if lines else []


def channel(page: Page, name: str) -> Lines:
    """A way to reach customers."""
    lines = page.below(
        "channel", {"channel.address": lambda: _address(page)}, 0.35, ("channel.costs", "channel.essential")
    )
    lines += _costs(page) if page.world.a(0.35) else []
    if page.world.a(0.15) and "managed poorly" not in lines:
        lines += page.line("channel.essential")
    return [*page.line("channel", {"name": name}), *indented(lines)]


def _address(page: Page) -> Given | None:
    found = page.world.any("address")
    return {"address": found} if found and found in page.world.one_fields("text") else None


def _costs(page: Page) -> Lines:
    """A cost as a literal, or as a formula."""
    page.world.used["statement channel.costs"] += 1
    if page.world.a(0.7):
        return [f"costs {page.phrases.figure('money')}"]
    return [f"costs = {page.formulas.draw('money', 1)}"]


def policy(page: Page) -> Lines:
    """The contact policy."""
    silence = lambda: {"after": page.formulas.draw("date", 1), "period": "14 days"}  # noqa: E731
    lines = page.below("contact policy", {"policy.silence": silence}, 0.5)
    return [*page.line("policy"), *indented(lines)] if lines else []


def offer(page: Page, name: str) -> Lines:
    """Something that is sold."""
    return [*page.line("offer", {"name": name}), *indented(page.below("offer", {}, 0.45))]


def matrix(page: Page) -> Lines:
    """The customer asset matrix, with every cell."""
    world = page.world
    if len(world.tiers) < 2:
        return []
    rows, columns = page.chance.sample(list(world.tiers), 2)
    lines: Lines = []
    for row in world.tiers[rows]:
        for column in world.tiers[columns]:
            which = page.chance.choice(["matrix.tactic", "matrix.tactic", "matrix.nothing"])
            lines += page.line(which, {"row": row, "column": column})
    return [*page.line("matrix", {"rows": rows, "columns": columns}), *indented(lines)]


SCORED = ("action.chance", "action.worth", "action.through", "action.message", "action.dates", "action.after",
          "action.unless", "channel.costs", "action.kind", "action.not_with", "action.when")  # fmt: skip


def action(page: Page, name: str) -> Lines:
    """Something that may be done for a customer."""
    world = page.world
    channels = world.some(2, "channel")
    others = [other for other in world.names["action"] if other != name]
    lines = page.below("action", {}, 0.22, SCORED)
    if world.a(0.7):
        lines += page.line("action.kind")
    lines += page.line("action.through", {"channels": ", ".join(channels)})
    if world.a(0.5):
        lines += page.when("", 2)
        world.used["statement action.when"] += 1
    if world.a(0.4):
        world.used["statement action.unless"] += 1
        lines += [f"unless {page.formulas.draw('yes_no', 1)}"] if world.a(0.8) else _unless(page)
    lines += page.formula(
        "chance", "share", draw=lambda: page.chance.choice(["5%", "12.5%", "0.4", "30%", "0.05 + 2%"])
    )
    lines += page.formula("worth", "money", 1)
    world.used["statement action.chance"] += 1
    world.used["statement action.worth"] += 1
    if world.a(0.3):
        lines += _costs(page)
    if world.a(0.2):
        lines += page.line("action.dates", {"starts": "2026-02-01", "ends": "2026-12-24"})
    if others and world.a(0.15):
        lines += page.line("action.not_with", {"not_with": page.chance.choice(others)})
    earlier = others[: world.names["action"].index(name)]
    if earlier and world.a(0.15):
        lines += page.line("action.after", {"action": page.chance.choice(earlier)})
    for through in channels if world.a(0.6) else []:
        lines += message(page, through)
    return [*page.line("action", {"name": name}), *indented(lines)]


def _unless(page: Page) -> Lines:
    block = page.block(1)
    return [f"unless {block[0]}", *block[1:]]


def message(page: Page, through: str) -> Lines:
    """What is said through a channel, with slots that show what is known of the customer."""
    lines = page.line("action.message", {"channel": through})
    if page.world.a(0.5):
        lines += indented(page.line("message.subject", {"subject": f'"{_shown(page)}"'}))
    if page.world.a(0.6):
        return [*lines, *indented(page.line("message.body", {"body": f'"{_shown(page)}"'}))]
    page.world.used["long text"] += 1
    page.world.used["statement message.body"] += 1
    inside = [_shown(page) for _ in range(page.chance.randint(1, 3))]
    if page.world.a(0.3):
        inside.insert(1, "")
    return [*lines, '  body """', *(f"    {'  ' * page.world.a(0.2)}{text}".rstrip() for text in inside), '    """']


def _shown(page: Page) -> str:
    names = [
        n
        for k in ("text", "number", "money", "date", "days")
        for n in (*page.world.one_fields(k), *page.world.facts(k))
    ]
    if not names or page.world.a(0.3):
        return page.chance.choice(["Hello, and welcome back.", "Ein Gruß, 50% günstiger", "One click, and it is done."])
    name = page.chance.choice(names)
    default = ' | default(\\"friend\\")' if page.world.a(0.2) else ""
    page.world.used["slot of a message"] += 1
    return f"Hello {{{{ {name}{default} }}}}, how are you?".replace('\\"', "'")


def decide(page: Page) -> Lines:
    """How many actions, in what order, within what."""
    rank = lambda: {"formula": page.chance.choice(["chance * worth * weight - cost", "chance * worth - cost", "worth"])}  # noqa: E731
    filling = {"decide.rank": rank, "decide.slot": lambda: {"takes": "1"}}
    return [*page.line("decide"), *indented(page.below("decide", filling, 0.35))]
