"""What there is to learn, what may change, what is tested, and what is accepted as a gap."""

from __future__ import annotations

from stratagem.dsl.check.codes import KNOWN
from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Edit, Fix, Label
from stratagem.dsl.diagnostics.edits import line_gone
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.diagnostics.text import is_known, text_of
from stratagem.dsl.model.base import literal_text
from stratagem.dsl.model.learning import Question, StrategyTest
from stratagem.dsl.resolve.symbols import Of
from stratagem.dsl.resolve.unknown import nearest, replace_with
from stratagem.dsl.source import Span

TWO_WAY = ("phone", "person")
"""Media of outbound channels through which an answer comes back."""


def questions(c: Context) -> None:
    """A question is asked where it can be answered, and its answer grows old."""
    for question in c.strategy.questions:
        channel = c.strategy.channel(question.channel.name) if question.channel else None
        if question.channel and channel and channel.outbound and channel.medium not in TWO_WAY:
            label = Label(channel.at, f"`{channel.name}` is outbound")
            c.findings.add("S491", question.channel.at, labels=[label], name=question.name, channel=channel.name)
        if question.retired_after is None and not _source_retires(c, question):
            c.findings.add("S492", question.at, name=question.name)


def _source_retires(c: Context, question: Question) -> bool:
    source = c.strategy.source(question.answers.name.partition(".")[0]) if question.answers else None
    return source is not None and source.retired_after is not None


def scenarios(c: Context) -> None:
    """A scenario changes figures that are assumed."""
    known = c.table.names(Of.ASSUMPTION)
    for scenario in c.strategy.scenarios:
        seen: dict[str, Span] = {}
        for assumption in scenario.assumptions:
            name = assumption.name
            if name not in known:
                close = near(name, known)
                fixes = [replace_with(assumption.at, close)]
                c.findings.add(
                    "S493",
                    assumption.at,
                    labels=[nearest(c.table, close, Of.ASSUMPTION)],
                    near=close,
                    fixes=fixes,
                    name=name,
                    known=", ".join(known) or "none",
                )
            if name in seen:
                label = Label(seen[name], "said here already")
                c.findings.add("S496", assumption.at, labels=[label], name=name)
            seen.setdefault(name, assumption.at)


def tests(c: Context) -> None:
    """Tests have a day and expect something; what they give is given once."""
    for test in c.strategy.tests:
        if test.on is None:
            c.findings.add("S494", test.at, fixes=[_day(c, test)])
        if not test.expectations:
            c.findings.add("S439", test.at, fixes=[_expected(c, test)])
        _given(c, test)
        _cut_points(c, test)


def _day(c: Context, test: StrategyTest) -> Fix | None:
    """The day of the test before, of another one, or that the strategy starts on."""
    dated = [other for other in c.strategy.tests if other.on is not None]
    other = max(dated, key=lambda each: (each.at.line < test.at.line, each.at.line), default=None)
    day = other.on if other is not None else c.strategy.header.effective
    if day is None:
        return None
    line, assumed = f"on {literal_text(day)}", "of another test" if other is not None else "that the strategy starts on"
    title = f"Write below it: {line} (this assumes the day {assumed})"
    return Fix(title, (Edit(test.at.below(), f"  {line}\n"),))


def _expected(c: Context, test: StrategyTest) -> Fix | None:
    """An expectation to start from: the first action of the strategy."""
    action = next((action.name for action in c.strategy.actions), None)
    if action is None:
        return None
    lines = f"  expect\n    first action is {action}\n"
    title = f"Write below it, under expect: first action is {action} (this assumes what is to come out)"
    return Fix(title, (Edit(test.at.below(), lines),))


def _given(c: Context, test: StrategyTest) -> None:
    seen: dict[tuple[str, ...], Span] = {}
    for given in test.given:
        if given.path in seen:
            label = Label(seen[given.path], "given here already")
            c.findings.add("S496", given.at, labels=[label], name=".".join(given.path))
        seen.setdefault(given.path, given.at)
    rows: dict[str, Span] = {}
    for row in test.rows:
        source = c.strategy.source(row.source)
        if source is not None and source.shape == "one" and row.source in rows:
            label = Label(rows[row.source], "its row")
            c.findings.add("S496", row.at, labels=[label], name=row.source)
        rows.setdefault(row.source, row.at)


def _cut_points(c: Context, test: StrategyTest) -> None:
    bounds = {(t.tiers, t.name): t for t in c.strategy.all_tiers}
    seen: dict[tuple[str, str], Span] = {}
    for cut in test.cut_points:
        key = (cut.tiers, cut.tier)
        tier = bounds.get(key)
        if tier is not None and tier.bound not in ("top", "next"):
            label = Label(tier.at, f"`{tier.name}` has a bound of its own")
            fixes = [line_gone(cut.at, "that the tier's own bound holds")]
            c.findings.add("S495", cut.at, labels=[label], fixes=fixes, tiers=cut.tiers, tier=cut.tier)
        if key in seen:
            label = Label(seen[key], "given here already")
            c.findings.add("S496", cut.at, labels=[label], name=f"{cut.tiers} {cut.tier}")
        seen.setdefault(key, cut.at)


def waivers(c: Context) -> None:
    """What is accepted exists, is a gap and no error, and has a reason."""
    known = KNOWN | c.known_codes
    seen: dict[str, Span] = {}
    for waiver in c.strategy.waivers:
        span = waiver.place("code")
        own = is_known(waiver.code)
        if own and text_of(waiver.code).severity == "error" and not waiver.code.startswith("L"):
            c.findings.add("S499", span, waived=waiver.code, reason="it is an error: what it blames cannot be run")
        elif waiver.code not in known and not own:
            close = near(waiver.code, sorted(known))
            fixes = [replace_with(span, close) or line_gone(waiver.at, "that nothing is waived by it")]
            c.findings.add("S498", span, near=close, fixes=fixes, waived=waiver.code)
        elif waiver.code in seen:
            label = Label(seen[waiver.code], "waived here already")
            c.findings.add("S499", span, labels=[label], waived=waiver.code, reason="it is waived already")
        if not waiver.because.strip():
            c.findings.add("S499", waiver.place("because"), waived=waiver.code, reason="its reason is empty")
        seen.setdefault(waiver.code, span)
