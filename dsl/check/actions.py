"""Actions: reached through a channel, worth something, in dates that come, by conditions that can hold."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Edit, Fix, Label
from stratagem.dsl.expressions.tree import Cases, Constant, Expr, IfElse
from stratagem.dsl.model.actions import Action, Message
from stratagem.dsl.model.base import Formula, literal_text
from stratagem.dsl.model.means import Channel
from stratagem.dsl.nodes import label_for
from stratagem.dsl.resolve.mends import figure
from stratagem.dsl.source import Span
from stratagem.dsl.values import Date, Duration


def _through(c: Context, action: Action) -> Fix | None:
    """The channel that it has a message for, else the one that nothing goes through, else what most actions take."""
    strategy = c.strategy
    messages = list(dict.fromkeys(message.channel.name for message in action.messages))
    used = {ref.name for other in strategy.actions for ref in other.channels}
    used.update(ref.name for question in strategy.questions if (ref := question.channel) is not None)
    used.update(point.channel.name for point in (strategy.journey.touchpoints if strategy.journey else ()))
    channels = [channel.name for channel in strategy.channels]
    unused = [name for name in channels if name not in used]
    taken = [ref.name for other in strategy.actions for ref in other.channels[:1] if ref.name in channels]
    usual = sorted(dict.fromkeys(taken or channels), key=lambda name: -taken.count(name))[:1]
    chosen = messages or (unused if len(unused) == 1 else usual)
    if not chosen:
        return None
    line = f"through {', '.join(chosen)}"
    title = f"Write below it: {line} (this assumes that this is how the customer is reached)"
    return Fix(title, (Edit(action.at.below(), f"  {line}\n"),))


def actions(c: Context) -> None:
    """Every action by itself."""
    for action in c.strategy.actions:
        if not action.channels:
            c.findings.add("S470", action.at, fixes=[_through(c, action)], name=action.name)
        _score(c, action)
        _dates(c, action)
        _messages(c, action)
        _costs_nothing_less(c, action)
        if isinstance(action.takes, Duration) and action.takes.family == "months":
            c.findings.add("S480", action.place("takes"), value=literal_text(action.takes))
    for channel in c.strategy.channels:
        _costs_nothing_less(c, channel)
        if isinstance(channel.takes, Duration) and channel.takes.family == "months":
            c.findings.add("S480", channel.place("takes"), value=literal_text(channel.takes))


def _score(c: Context, action: Action) -> None:
    """What is ranked has a chance and a worth; only what is required needs none."""
    lacking = [word for word in ("chance", "worth") if getattr(action, word) is None]
    if lacking and action.kind != "required":
        fix = _scored(c, action, lacking)
        c.findings.add("S471", action.at, fixes=[fix], name=action.name, lacking=" and no ".join(lacking))
    if action.chance is None:
        return
    for constant in branches(action.chance.expr):
        if isinstance(constant, Constant) and isinstance(constant.value, float) and not 0 <= constant.value <= 1:
            shown = f"{constant.value:g}"
            fix = None
            if 1 < constant.value <= 100:
                fix = Fix(f"Write {shown}%", (Edit(constant.span, f"{shown}%"),))
            c.findings.add("S317", constant.span, fixes=[fix], value=shown)


def _scored(c: Context, action: Action, lacking: list[str]) -> Fix | None:
    """The lines that lack, with figures to start from."""
    if c.strategy.header.currency is None:
        return None
    start = {"chance": "chance = 10%", "worth": f"worth = 5 {c.strategy.header.currency}"}
    lines = [start[word] for word in lacking]
    title = f"Write below it: {' and '.join(lines)} (this assumes figures that are to be replaced by your own)"
    return Fix(title, (Edit(action.at.below(), "".join(f"  {line}\n" for line in lines)),))


def branches(expr: Expr) -> list[Expr]:
    """The values that a formula by cases may give; the formula itself where it has none."""
    if isinstance(expr, Cases):
        return [value for case, _ in expr.cases for value in branches(case)] + branches(expr.otherwise)
    if isinstance(expr, IfElse):
        return branches(expr.then) + branches(expr.otherwise)
    return [expr]


def _dates(c: Context, action: Action) -> None:
    start, end, effective = action.starts, action.ends, c.strategy.header.effective
    if isinstance(start, Date) and isinstance(end, Date) and end.value < start.value:
        label = Label(action.place("starts"), "it starts here")
        edits = (Edit(action.place("starts"), literal_text(end)), Edit(action.place("ends"), literal_text(start)))
        fixes = [Fix("Exchange the two dates", edits)]
        c.findings.add("S474", action.place("ends"), labels=[label], fixes=fixes, name=action.name)
    elif isinstance(end, Date) and isinstance(effective, Date) and end.value < effective.value:
        label = Label(c.strategy.header.place("effective"), "the strategy starts on this day")
        c.findings.add("S475", action.place("ends"), labels=[label], name=action.name)


def _messages(c: Context, action: Action) -> None:
    first: dict[str, Span] = {}
    for message in action.messages:
        name = message.channel.name
        if name in first:
            label = Label(first[name], "written here already")
            c.findings.add("S473", message.channel.at, labels=[label], name=action.name, channel=name)
        first.setdefault(name, message.channel.at)
        if not message.body.strip() and message.body_at is None:
            fix = _worded(action, message)
            c.findings.add("S478", message.at, fixes=[fix], name=action.name, channel=name)


def _worded(action: Action, message: Message) -> Fix:
    """What the action says through another channel; else what it is called."""
    others = (other.body for other in action.messages if other.body.strip() and not set('"\n') & set(other.body))
    line = f'body "{next(others, action.label or label_for(action.name))}"'
    title = f"Write below it: {line} (this assumes words that are to be replaced by your own)"
    above = message.place("subject") if message.subject else message.at
    return Fix(title, (Edit(above.below(), f"    {line}\n"),))


def _costs_nothing_less(c: Context, part: Action | Channel) -> None:
    """No costs below zero."""
    made = part.costs.expr if part.costs is not None else None
    if isinstance(made, Constant) and isinstance(made.value, float) and made.value < 0:
        cost = f"{figure(-made.value)} {made.type.currency}"
        fix = Fix(f"Write {cost} (this assumes that the minus is one too many)", (Edit(made.span, cost),))
        c.findings.add("S479", made.span, fixes=[fix], name=part.name, cost=cost)


def _costs(c: Context, action: Action) -> None:
    """What is paid from a budget costs something."""
    if action.paid_from is None or _cost(action.costs):
        return
    channels = [c.strategy.channel(ref.name) for ref in action.channels]
    if not any(channel is not None and _cost(channel.costs) for channel in channels):
        c.findings.add("S461", action.paid_from.at, name=action.name, budget=action.paid_from.name)


def _cost(formula: Formula | None) -> bool:
    if formula is None:
        return False
    return not (isinstance(formula.expr, Constant) and formula.expr.value == 0)


def order(c: Context) -> None:
    """`after` and `not with` among actions: never oneself, never in a circle."""
    for action in c.strategy.actions:
        refs = [*action.not_with, *([action.after.action] if action.after else [])]
        for ref in refs:
            if ref.name == action.name:
                c.findings.add("S476", ref.at, name=action.name)
    after = {a.name: a for a in c.strategy.actions if a.after is not None and a.after.action.name != a.name}
    reads = {name: [a.after.action.name] for name, a in after.items() if a.after is not None}
    try:
        TopologicalSorter(reads).prepare()
    except CycleError as loop:
        ring = [after[name] for name in reversed(loop.args[1])]
        labels = [Label(a.after.at, f"`{a.name}` waits here") for a in ring[1:-1] if a.after is not None]
        path = " after ".join(f"`{a.name}`" for a in ring)
        at = ring[0].after.action.at if ring[0].after is not None else ring[0].at
        c.findings.add("S477", at, labels=labels, name=ring[0].name, loop=path)


def budgets(c: Context) -> None:
    """What is paid from a budget costs something."""
    for action in c.strategy.actions:
        _costs(c, action)


def channels(c: Context) -> None:
    """What we cannot do without is managed well, or has a remedy."""
    for channel in c.strategy.channels:
        if channel.essential and channel.managed == "poorly" and not channel.remedy.strip():
            label = Label(channel.place("essential"), "we cannot do without it")
            c.findings.add("S423", channel.place("managed"), labels=[label], channel=channel.name)


def margins(c: Context) -> None:
    """An offer earns no more than it costs the customer."""
    for offer in c.strategy.offers:
        if offer.price is None or offer.margin is None:
            continue
        if offer.margin.amount > offer.price.amount > 0:
            label = Label(offer.place("price"), "its price")
            c.findings.add("S407", offer.place("margin"), labels=[label], name=offer.name)
