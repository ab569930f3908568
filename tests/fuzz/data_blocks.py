"""Sources, the customer, and the facts that follow from them."""

from __future__ import annotations

from tests.fuzz import conditions
from tests.fuzz.page import Lines, Page, indented
from tests.fuzz.symbols import Source

PLAIN = (
    "number",
    "number",
    "share",
    "money",
    "money",
    "date",
    "timestamp",
    "text",
    "yes_no",
    "days",
    "days",
    "share",
    "choice",
)
WRITTEN = {"days": "duration"}
FACTS = ("number", "number", "money", "share", "days", "months", "date", "timestamp", "text", "yes_no")


def sources(page: Page, rows: int) -> list[Lines]:
    """The list of customers, and so many other sources."""
    world = page.world
    blocks = [_source(page, "one", page.chance.randint(1, 4 + 2 * rows), ("text",))]
    for _ in range(rows):
        shape = page.chance.choice(["many", "many", "many", "one"])
        blocks.append(_source(page, shape, page.chance.randint(2, 6)))
    many = world.shaped("many")
    if many and world.a(0.3):
        blocks.append(_look_up(page, page.chance.choice(many)))
    return blocks


def _source(page: Page, shape: str, count: int, also: tuple[str, ...] = ()) -> Lines:
    world = page.world
    source = Source(world.new("source"), shape)
    fields: Lines = ["field id text"]
    dated = world.a(0.85 if shape == "many" else 0.4)
    if dated:
        source.dated = _named(page, source, page.chance.choice(["date", "date", "timestamp"]), fields)
    for kind in [*also, *(page.chance.choice(PLAIN) for _ in range(count))]:
        _named(page, source, kind, fields)
    world.sources.append(source)
    head = page.line("source", {"name": source.name})
    lines = page.line(f"source.{shape}", {"key": "id"})
    lines += page.line("source.dated_by", {"dated_by": source.dated}) if dated else []
    skip = ("source.one", "source.many", "source.lookup", "source.row_number", "source.dated_by", "field",
            "source.row_excluded", *(() if dated else ("source.retired",)))  # fmt: skip
    lines += page.below("source", {}, 0.2, skip)
    if world.a(0.12):
        kept, world.sources = world.sources, []
        page.formulas.row = source
        lines += page.when("row excluded", 1)
        page.formulas.row = None
        world.sources = kept
        world.used["statement source.row_excluded"] += 1
    return [*head, *indented([*lines, *fields])]


def _named(page: Page, source: Source, kind: str, lines: Lines) -> str:
    """A field: its line, and its name."""
    world = page.world
    name = world.new("field")
    written = WRITTEN.get(kind, kind)
    given = {"name": name, "type": written}
    if kind == "choice":
        options = tuple(world.new("option", "later") for _ in range(page.chance.randint(2, 4)))
        quoted = tuple(f'"{o}"' if world.a(0.2) else o for o in options) + (('"Other words"',) if world.a(0.2) else ())
        kind = f"choice {len(world.choices)}"
        world.choices[kind] = options
        given["type"] = f"one of ({', '.join(quoted)})"
    text = _parts(page, source, kind, given)
    lines.append(text)
    source.fields[name] = kind
    world.used[f"field {kind.split()[0]}"] += 1
    return name


def _parts(page: Page, source: Source, kind: str, given: dict[str, str]) -> str:
    """A field's line with what may follow its type, in the order of the catalogue."""
    world = page.world
    text = f"field {given['name']} {given['type']}"
    world.used["statement field"] += 1
    if world.a(0.15):
        text += f" from {world.text()}"
    if world.a(0.15) and kind in ("date", "yes_no"):
        text += ' as "%d.%m.%Y"' if kind == "date" else ' as ("1", "0")'
    if world.a(0.1):
        text += page.chance.choice([' missing as ("999")', ' missing as ("-", "n/a")', " missing as (0, unknown)"])
    if world.a(0.15) and kind in ("number", "money", "share", "yes_no", "text"):
        page.formulas.row = source
        facts, world.names["fact"] = world.names.get("fact", []), []
        text += f" = {_of_row(page, source, kind)}"
        source.worked_out.add(given["name"])
        world.names["fact"] = facts
        page.formulas.row = None
    if kind == "text" and world.a(0.5):
        text += f" personal for {world.text()}"
        world.names.setdefault("address", []).append(given["name"])
    if world.a(0.08):
        text += f" asked as {world.text()}"
    if world.a(0.05):
        text += f" bought from {world.text()}"
    return text


def _of_row(page: Page, source: Source, kind: str) -> str:
    """A formula over the row's own fields."""
    kept, page.world.sources = page.world.sources, []
    made = page.formulas.draw(kind, 1)
    page.world.sources = kept
    return made


def _look_up(page: Page, reader: Source) -> Lines:
    """A look-up that one of the sources reads by a key of its own."""
    world = page.world
    texts = [name for name in reader.of("text") if name not in reader.worked_out]
    if not texts:
        return []
    key = page.chance.choice(texts)
    source = Source(world.new("source"), "lookup")
    fields = [f"field {key} text"]
    for _ in range(page.chance.randint(1, 3)):
        _named(page, source, page.chance.choice(("number", "money", "choice", "text")), fields)
    for name, kind in source.fields.items():
        reader.fields[f"{key}.{name}"] = kind
    world.sources.append(source)
    world.used["statement source.lookup"] += 1
    return [*page.line("source", {"name": source.name}), *indented([f"one per {key}", *fields])]


def customer(page: Page) -> Lines:
    """Who a customer is."""
    world = page.world
    first = world.sources[0]
    texts = first.of("text")
    lines = page.line("customer.identified_by", {"identified_by": "id"})
    if world.a(0.2):
        lines += page.line("customer.listed_in", {"listed_in": first.name})
    if world.a(0.2) and texts:
        lines += page.line("customer.matched_on", {"matched_on": page.chance.choice(texts)})
    if world.a(0.3):
        lines += page.when("excluded", 1)
        world.used["statement customer.excluded"] += 1
    if world.a(0.4) and texts:
        lines += page.line("customer.group", {"field": page.chance.choice(texts)})
    return [*page.line("customer"), *indented(lines)]


def facts(page: Page, count: int) -> list[Lines]:
    """Assumptions, measures and values, each reading only what stands before it."""
    return [_fact(page) for _ in range(count)]


def _fact(page: Page) -> Lines:
    world = page.world
    which = page.chance.choice(["assume", "measure", "measure", "measure", "value"])
    kind = "money" if which == "value" else page.chance.choice(FACTS)
    if which == "assume":
        kind = page.chance.choice(("number", "share", "money", "days"))
    rows = [k for source in world.shaped("many") for k in source.fields.values() if k in FACTS]
    if which == "measure" and rows and world.a(0.6):
        kind = page.chance.choice(rows)
    name = world.new("fact", "later")
    text = page.line(which, {"name": name})[0]
    if text.endswith(" main") and "main" in world.names:
        text = text.removesuffix(" main")
    elif text.endswith(" main"):
        world.names["main"] = [name]
    if which == "assume":
        lines = [f"{text} = {page.formulas.draw(kind, 1, 'constant')}"]
    elif which == "measure" and world.a(0.4) and (made := conditions.rows(page.formulas, kind, 2)):
        lines = [f"{text} = {made[0]}"]
    else:
        lines = page.formula(text, kind, page.chance.choice([1, 2, 2, 3]))
    world.names.setdefault("fact", []).append(name)
    world.names.setdefault("assumption" if which == "assume" else "worked out", []).append(name)
    world.types[name] = kind
    return lines
