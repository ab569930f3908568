"""Tiers, segments, the journey and goals: who customers are, and where they are to be."""

from __future__ import annotations

from itertools import pairwise

from tests.fuzz.page import Lines, Page, indented
from tests.fuzz.slots import Given

AMOUNTS = ("number", "money", "money", "days")
STEPS = ("aware", "trial", "purchase", "multiple_purchase", "loyalty")


def tiers(page: Page) -> Lines:
    """A `segments` block."""
    world = page.world
    kind = page.chance.choice(AMOUNTS)
    name = world.new("tiers", "later")
    head = page.line("segments", {"name": name, "formula": page.formulas.draw(kind, 2)})[0]
    names = [world.new("tier", "later") for _ in range(page.chance.randint(1, 4))]
    lines: Lines = []
    forms = page.chance.choice([("from", "from", "from"), ("top", "next", "from"), ("below", "from", "from")])
    for tier, form, at in zip(names[:-1], forms, _bounds(page, kind, forms), strict=False):
        lines += _tier(page, tier, form, at)
    lines += _tier(page, names[-1], "otherwise", "")
    made = page.when(head, 1, lines) if world.a(0.5) else [head, *indented(lines)]
    world.tiers[name] = names
    world.names.setdefault("tiers", []).append(name)
    world.names.setdefault("tier", []).extend(names)
    return made


def _bounds(page: Page, kind: str, forms: tuple[str, ...]) -> tuple[str, ...]:
    """Three bounds of a type: each lower than the last, but for `below`, which comes first and takes the lowest."""
    unit = {"money": f" {page.world.currency}", "days": " days"}.get(kind, "")
    found = page.chance.choice([("12000", "240", "0"), ("40", "2.5", "1")])
    high, middle, low = (f"{n}{unit}" for n in found)
    return (low, high, middle) if forms[0] == "below" else (high, middle, low)


def _tier(page: Page, name: str, which: str, at: str) -> Lines:
    given = {"name": name}
    if which in ("from", "below"):
        given["threshold"] = at
    if which in ("top", "next"):
        given["share"] = page.chance.choice(["5%", "10%", "20%"])
    return [*page.line(f"tier.{which}", given), *indented(treated(page, "tier"))]


def treated(page: Page, block: str) -> Lines:
    """What stands below a segment or tier."""
    lines = page.below(block, {"treated.leads_to": lambda: _leads(page)}, 0.18, ("metric", "when"))
    if page.world.a(0.2):
        lines += metric(page)
    return lines


def _leads(page: Page) -> Given | None:
    found = page.world.some(2, "segment", "tier")
    return {"leads_to": ", ".join(found)} if found else None


def metric(page: Page) -> Lines:
    """A metric over the members, and what it is to be."""
    text, kind = over_customers(page)
    name = page.world.new("metric")
    page.world.types[name] = kind
    lines = [page.line("metric", {"name": name})[0] + f" = {text}"]
    if page.world.a(0.6):
        lines += indented(page.line("metric.target", {"value": page.phrases.figure(kind)}))
    return lines


def over_customers(page: Page) -> tuple[str, str]:
    """A formula over customers, and its type."""
    world, f = page.world, page.formulas
    form = page.chance.choice(["share", "count", "average", "sum", "average", "largest"])
    world.used[f"{form} of customers"] += 1
    amounts = [(n, k) for k in ("number", "money", "days") for n in world.facts(k)]
    if form in ("share", "count") or not amounts:
        form = form if form == "count" else "share"
        words, kind = (f"{form} of customers", "number" if form == "count" else "share")
        return f"{words} where {f.draw('yes_no', 2)}", kind
    name, kind = page.chance.choice(amounts)
    over = world.any("segment", "tier") if world.a(0.3) else None
    return f"{form} of {name}" + (f" over {over}" if over else ""), kind


def segment(page: Page) -> Lines:
    """A group that may overlap others."""
    name = page.world.new("segment", "later")
    head = page.line("segment", {"name": name})[0]
    made = page.when(head, 2, treated(page, "segment"))
    page.world.names.setdefault("segment", []).append(name)
    return made


def journey(page: Page) -> Lines:
    """Stages, the moves between them with their hurdles, and touchpoints."""
    world = page.world
    stages = world.names["stage"]
    lines: Lines = []
    for n, stage in enumerate(stages):
        lines += page.line("journey.stage", {"name": stage, "step": STEPS[min(n, 4)]})
    for before, after in pairwise(stages):
        lines += _move(page, before, after)
    if len(stages) > 2 and world.a(0.5):
        lines += _move(page, stages[-1], stages[1])
    for _ in range(page.chance.choice([0, 0, 1, 2])):
        touch = page.line("journey.touchpoint")
        lines += [*touch, *indented(page.below("touchpoint", {}, 0.5))] if touch else []
    if world.a(0.1):
        kept = world.one_fields("text")
        lines += page.line("journey.starts_in", {"starts_in": page.chance.choice(kept)}) if kept else []
    return [*page.line("journey"), *indented(lines)]


def _move(page: Page, before: str, after: str) -> Lines:
    head = page.line("journey.move", {"source": before, "target": after})[0]
    hurdles: Lines = []
    if page.world.a(0.5):
        hurdle = page.line("move.hurdle")[0]
        hurdles = page.when(hurdle, 1) if page.world.a(0.7) else [hurdle]
    return page.when(head, 1, hurdles)


def goal(page: Page, name: str) -> Lines:
    """A goal with its metric, and figures of the metric's type."""
    world = page.world
    metrics = world.names.get("metric", [])
    if metrics and world.a(0.25):
        measure = page.chance.choice(metrics)
        kind = world.types[measure]
        lines = page.line("goal.measured_by", {"measured_by": measure})
    else:
        text, kind = over_customers(page)
        measure = world.new("metric", "later")
        lines = [page.line("goal.metric", {"name": measure})[0] + f" = {text}"]
    low, middle, high = rising(page, kind)
    lines += page.line("goal.figures", {"baseline": low, "target": high, "by": "2027-12-31"})
    if world.a(0.5):
        lines += page.line("goal.milepost", {"value": middle, "by": "2027-06-30"})
    lines += page.below("goal", {}, 0.3, ("goal.measured_by", "goal.metric", "goal.figures", "goal.milepost"))
    given = {"name": name}
    if "objective" in world.names:
        given["supports"] = world.any("objective") or ""
    return [*page.line("goal", given), *indented(lines)]


def rising(page: Page, kind: str) -> tuple[str, str, str]:
    """Three figures of a type, each larger than the last."""
    match kind:
        case "share":
            return "18%", "21.5%", "25%"
        case "money":
            return tuple(f"{n} {page.world.currency}" for n in ("20", "1200", "14,000"))  # type: ignore[return-value]
        case "days":
            return "10 days", "3 weeks", "90 days"
    return "2", "1500", "20000"
