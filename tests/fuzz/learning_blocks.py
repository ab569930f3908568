"""Questions, scenarios, tests and waivers."""

from __future__ import annotations

from tests.fuzz.page import Lines, Page, indented

GIVEN = ("number", "share", "money", "days", "date", "text", "yes_no")


def learning(page: Page, parts: int) -> list[Lines]:
    """What is to be learnt, what would be if, and what must stay true."""
    some = page.chance.randint
    blocks = [question(page) for _ in range(some(0, 1 + parts // 4))]
    blocks += [scenario(page) for _ in range(some(0, 1)) if page.world.names.get("assumption")]
    blocks += [test(page) for _ in range(some(0, 1 + parts // 3))]
    if page.world.a(0.15):
        blocks.append(page.line("waive"))
    if page.world.a(0.02):
        blocks.append(page.line("use", {"file": '"library/shared.strategy"'}))
    return blocks


def question(page: Page) -> Lines:
    """A question, with the field its answers are kept in."""
    sources = page.world.shaped("one")
    source = page.chance.choice(sources)
    answers = {"answers": f"{source.name}.{page.chance.choice(list(source.fields))}"}
    lines = page.below("question", {"question.answers": lambda: answers}, 0.5)
    return [*page.line("question"), *indented(lines)]


def scenario(page: Page) -> Lines:
    """Assumptions that are other ones."""
    lines: Lines = []
    for name in page.world.some(2, "assumption"):
        lines += [f"assume {name} = {page.formulas.draw(page.world.types[name], 1, 'constant')}"]
        page.world.used["assume in a scenario"] += 1
    return [*page.line("scenario"), *indented(lines)]


def test(page: Page) -> Lines:
    """A customer as given, and what is expected."""
    lines = page.line("test.on")
    given, expect = _given(page), _expect(page)
    if given:
        lines += [*page.line("test.given"), *indented(given)]
    lines += [*page.line("test.expect"), *indented(expect)] if expect else []
    return [*page.line("test"), *indented(lines)]


def _given(page: Page) -> Lines:
    world, lines = page.world, []
    for kind in page.chance.sample(GIVEN, page.chance.randint(0, 4)):
        names = [*world.one_fields(kind), *(n for n in world.facts(kind) if n in world.names.get("worked out", []))]
        if names:
            lines += page.line("given.is", {"name": page.chance.choice(names), "value": _constant(page, kind)})
    if world.names.get("stage") and world.a(0.3):
        lines += page.line("given.is", {"name": "stage", "value": world.any("stage") or ""})
    if world.a(0.1):
        lines += page.line("given.held_out")
    if world.names.get("action") and world.a(0.2):
        lines += page.line("given.contacted")
    lines = list({line.partition(" = ")[0]: line for line in lines}.values())
    many = world.shaped("many")
    if many and world.a(0.6):
        source = page.chance.choice(many)
        lines += [*page.line("given.rows", {"source": source.name}), *indented(_rows(page, source.fields))]
    return lines


def _rows(page: Page, fields: dict[str, str]) -> Lines:
    rows = []
    for _ in range(page.chance.randint(1, 3)):
        own = {name: kind for name, kind in fields.items() if "." not in name}
        chosen = page.chance.sample(list(own), page.chance.randint(1, len(own)))
        rows.append(", ".join(f"{name} {_constant(page, own[name])}" for name in chosen))
        page.world.used["row of a test"] += 1
    return rows


def _constant(page: Page, kind: str) -> str:
    return "missing" if page.world.a(0.05) else page.formulas.literal(kind)


def _expect(page: Page) -> Lines:
    world, lines = page.world, []
    if world.a(0.6):
        lines.append(page.formulas.draw("yes_no", 2))
        world.used["statement expect.condition"] += 1
    if world.a(0.15):
        lines += page.block(1)
    for statement in ("expect.first_action", "expect.first_channel", "expect.no_action"):
        if world.names.get("action") and world.a(0.3):
            lines += page.line(statement)
    names = world.facts("money")
    if names and world.a(0.3):
        lines += page.line("expect.equals", {"name": names[0], "value": page.phrases.figure("money")})
    return lines
