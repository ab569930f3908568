"""The page of the main job: who was read and where they stand, what to do next, what it costs, what still lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from stratagem.engine.present.blocks import Block, Column, Heading, Listing, Paragraph, Table
from stratagem.engine.present.figures import count, counted, figure, money, percent

if TYPE_CHECKING:
    import polars as pl

    from stratagem.dsl.model.strategy import Strategy
    from stratagem.engine.data.report import DataReport, SourceReport
    from stratagem.engine.decide.decision import Decisions
    from stratagem.engine.handover.messages import MissingSlot

LONG_AGO = 60
"""Days without any new row after which the as-of date is worth a remark."""
LOST = (
    ("rows_excluded", "excluded by the strategy"),
    ("rows_without_identity", "without an identity"),
    ("duplicates", "repeating a customer"),
    ("unmatched", "matching no customer"),
    ("ambiguous", "matching several customers"),
    ("rows_retired", "past their retirement"),
    ("rows_not_yet", "dated after the as-of moment"),
)
"""Why rows were not kept, in the words of the page."""


def head(strategy: Strategy, decisions: Decisions, read: int) -> Iterator[Block]:
    """The run in two sentences."""
    version = f", version {strategy.header.version}" if strategy.header.version else ""
    yield Heading(f"{strategy.header.title}{version}, as of {decisions.moment}")
    ledger = dict(decisions.ledger.rows())
    actions = counted(int(decisions.by_action.get_column("customers").sum()), "action")
    acted, held = (counted(ledger.get(entry, 0), "customer") for entry in ("acted on", "held out"))
    excluded = f", {count(ledger['excluded'])} of them excluded by the strategy" if ledger.get("excluded") else ""
    compared = f"; {held} held out, to measure what the actions do" if ledger.get("held out") else ""
    yield Paragraph(f"{counted(read, 'customer')} read{excluded}. {actions} for {acted}{compared}.")


def data_section(report: DataReport) -> Iterator[Block]:
    """What was read of each source, and what was wrong with it."""
    yield Heading("Data")
    rows = tuple(
        (s.name, count(s.rows_read), count(s.rows_kept), count(s.customers), (s.newest or "")[:10])
        for s in report.sources
    )
    titles = ("rows read", "kept", "customers")
    yield Table((Column("source"), *(Column(t, right=True) for t in titles), Column("newest row")), rows)
    remarks = [remark for source in report.sources for remark in _remarks(source)]
    if remarks:
        yield Listing(tuple(remarks), "warning")
    newest = max((s.newest[:10] for s in report.sources if s.newest), default="")
    if newest and (date.fromisoformat(report.as_of[:10]) - date.fromisoformat(newest)).days > LONG_AGO:
        yield Paragraph(
            f"The newest row of all is of {newest}, long before {report.as_of}: --as-of {newest} decides as of then.",
            "warning",
            indent=1,
        )


def _remarks(source: SourceReport) -> Iterator[str]:
    """A line for each kind: rows not kept, rows yet to come, rows that join nothing, values not readable, columns."""
    lost = [f"{count(getattr(source, name))} {words}" for name, words in LOST if getattr(source, name)]
    if lost:
        yield f"{source.name}: rows not kept: {', '.join(lost)}"
    if source.rows_ahead:
        yield (
            f"{source.name}: {counted(source.rows_ahead, 'row')} dated after the as-of moment: "
            "read only where a rule says `in next`"
        )
    loose = [f"{counted(n, 'row')} with a key that {lookup} does not have" for lookup, n in source.unjoined.items()]
    if source.orphans:
        loose.append(f"{counted(source.orphans, 'row')} of ids that are no customer's")
    if source.stale:
        loose.append(f"values of {counted(source.stale, 'customer')} past their retirement")
    if loose:
        yield f"{source.name}: {', '.join(loose)}"
    failed = [f"{f.name} {f.failed:,}" for f in source.fields if f.failed]
    if failed:
        yield f"{source.name}: values that could not be read: {', '.join(failed)}"
    if source.rows_short:
        first = f"the first in line {source.first_short_line:,}"
        yield f"{source.name}: {counted(source.rows_short, 'row')} with fewer cells than headers, {first}"
    if source.missing_columns:
        yield f"{source.name}: no column {', '.join(source.missing_columns)}"
    if source.undeclared_columns:
        yield f"{source.name}: columns that no field declares: {', '.join(source.undeclared_columns)}"


Placed = tuple[str, str, str, str, int]
"""Of what, which kind (tier, segment, stage, ""), name, title, how many customers."""


def placed(strategy: Strategy, facts: pl.DataFrame) -> list[Placed]:
    """How many customers are in each tier, segment and stage. `facts`: one row a customer, without the excluded."""
    rows: list[Placed] = []
    for tiers in strategy.tiers:
        held, unknown = _held(facts, tiers.name), _held(facts, f"{tiers.name}@open").get(True, 0)
        rows += [(tiers.title, "tier", f"{tiers.name}.{t.name}", t.title, held.get(t.name, 0)) for t in tiers.tiers]
        outside = held.get(None, 0) - unknown
        rows += [(tiers.title, "unknown", tiers.name, "(its formula is unknown)", unknown)] if unknown else []
        rows += [(tiers.title, "outside", tiers.name, "(not tiered)", outside)] if outside else []
    for segment in strategy.segments:
        rows.append(("Segment", "segment", segment.name, segment.title, _held(facts, segment.name).get(True, 0)))
    if strategy.journey:
        held = _held(facts, "stage")
        stages = strategy.journey.stages
        rows += [(strategy.journey.title, "stage", s.name, s.title, held.get(s.name, 0)) for s in stages]
    return rows


def placed_section(strategy: Strategy, facts: pl.DataFrame) -> Iterator[Block]:
    """The same as a table, with shares."""
    yield Heading("Customers by segment and stage")
    total = max(facts.height, 1)
    columns = (Column("of"), Column("is"), Column("customers", right=True), Column("share", right=True))
    found = placed(strategy, facts)
    cells = tuple((of, title, count(n), f"{100 * n / total:.1f}%") for of, _, _, title, n in found)
    yield Table(columns, cells, empty="The strategy has no segments and no journey.")


def _held(facts: pl.DataFrame, name: str) -> dict[Any, int]:
    """How many customers have each value of a column; nothing when there is no such column."""
    if name not in facts.columns:
        return {}
    return dict(facts.get_column(name).value_counts().rows())


def list_section(decisions: Decisions, currency: str | None, limit: int) -> Iterator[Block]:
    """The first rows of the list, by score: the customers to begin with."""
    shown = first_rows(decisions, limit)
    whole = int((decisions.list.get_column("status") != "withheld").sum())
    first = f": the first {shown.height:,} of {whole:,}" if shown.height < whole else ""
    yield Heading(f"Next best actions{first}")
    rows = tuple(
        (r["customer"], r["action"], r["channel"], score_text(r["score"]), reason_text(r, currency))
        for r in shown.iter_rows(named=True)
    )
    columns = (Column("customer"), Column("action"), Column("channel"), Column("score", right=True), Column("reason"))
    yield Table(columns, rows, empty="No action for anyone.")


def first_rows(decisions: Decisions, limit: int) -> pl.DataFrame:
    """Each customer's first action, the best scores first; nobody held out is among them."""
    listed = decisions.list.filter(decisions.list.get_column("status") != "withheld")
    by = ["position", "score", "customer"]
    return listed.sort(by, descending=[False, True, False], nulls_last=True).head(limit)


def score_text(score: float | None) -> str:
    """A score with two places; `required` for an action that needs none."""
    return "required" if score is None else f"{score:,.2f}"


def reason_text(row: Mapping[str, Any], currency: str | None) -> str:
    """What let the action in, and the parts of its score with their units."""
    parts = []
    if row["chance"] is not None:
        parts.append(f"chance {percent(row['chance'])}")
    if row["worth"] is not None:
        parts.append(f"worth {money(row['worth'], currency)}")
    if row["weight"] is not None and row["weight"] != 1:
        parts.append(f"weight {figure(row['weight'])}")
    if row["cost"]:
        parts.append(f"cost {money(row['cost'], currency)}")
    admitted = str(row["reason"]).partition(";")[0] if row["reason"].startswith(("for ", "at ", "required")) else ""
    return "; ".join(part for part in (admitted, ", ".join(parts)) if part)


def action_section(decisions: Decisions, currency: str | None) -> Iterator[Block]:
    """What each action comes to: customers, cost, expected worth, goal, what is left of its budget."""
    yield Heading("By action")
    frame = decisions.by_action
    rows = tuple(
        (
            r["action"], count(r["customers"]), count(r["withheld"]), money(r["cost"], currency),
            "" if r["expected_worth"] is None else money(r["expected_worth"], currency), r["goal"],
            "" if r["budget_left"] is None else f"{money(r['budget_left'], currency)} of {r['budget']}",
        )
        for r in frame.iter_rows(named=True)
    )  # fmt: skip
    worth = frame.get_column("expected_worth").sum()
    total = (
        "all", count(int(frame.get_column("customers").sum())), count(int(frame.get_column("withheld").sum())),
        money(frame.get_column("cost").sum(), currency), money(worth, currency), "", "",
    )  # fmt: skip
    columns = (
        Column("action"), Column("customers", right=True), Column("held out", right=True), Column("cost", right=True),
        Column("expected worth", right=True), Column("goal"), Column("budget left", right=True),
    )  # fmt: skip
    yield Table(columns, rows, total, empty="The strategy has no actions.")


def message_section(missing: Sequence[MissingSlot]) -> Iterator[Block]:
    """The slots of messages that had no value, and how often; nothing when each had one."""
    if missing:
        yield Heading("Messages with something missing")
        titles = ("lacks", "messages", "of")
        columns = (Column("action"), Column("channel"), Column(titles[0]), *(Column(t, right=True) for t in titles[1:]))
        rows = tuple((m.action, m.channel, m.name, count(m.messages), count(m.of)) for m in missing)
        yield Table(columns, rows)
        yield Paragraph("They show the slot's default, or nothing in its place, and go out all the same.", indent=1)


def ledger_section(decisions: Decisions, read: int) -> Iterator[Block]:
    """Where every customer ended; the entries add up to all that were read."""
    yield Heading("Customer ledger")
    entries = decisions.ledger.rows()
    total = sum(number for _, number in entries)
    yield Table(
        (Column("customers", right=True), Column("")),
        tuple((count(number), str(entry)) for entry, number in entries),
        (count(total), f"of {count(read)} read" if total != read else "all that were read"),
    )


def quiet_section(strategy: Strategy, decisions: Decisions) -> Iterator[Block]:
    """Which quiet hours the run falls into: they alone may be why a list is empty. Nothing when none holds."""
    from stratagem.engine.decide.contact_policy import quiet_now

    moment = decisions.moment
    for quiet in quiet_now(strategy, moment.time):
        start, end = (at.value.isoformat("minutes") for at in (quiet.start, quiet.end))
        bound = f"nothing of kind {' or '.join(quiet.kinds)}" if quiet.kinds else "nothing bound by them"
        yield Paragraph(
            f"It is {str(moment)[-5:]} in {moment.zone}, within the quiet hours from {start} to {end}: "
            f"{bound} goes out now.",
            "warning",
            indent=1,
        )


def supply_section(decisions: Decisions, currency: str | None) -> Iterator[Block]:
    """What limited means were used and what is left; with an allocation also what one more unit would be worth."""
    allocated = decisions.allocation.bound > 0
    rows = []
    for r in decisions.supplies.iter_rows(named=True):
        price = (figure(r["price"], 4) if r["price"] else "") if allocated else ""
        before = _amount(r["used_before"], r, currency)
        per = r["per"].removeprefix("1 ")
        rows.append((r["name"], r["kind"], f"{_amount(r['amount'], r, currency)} per {per}", before,
                     _amount(r["used"], r, currency), _amount(r["left"], r, currency), price))  # fmt: skip
    if rows:
        yield Heading("Budgets and capacities")
        titles = ("amount", "used before", "used now", "left", "price")
        yield Table((Column("name"), Column("kind"), *(Column(t, right=True) for t in titles)), tuple(rows))
    if allocated:
        best = decisions.allocation
        yield Paragraph(
            f"Each action counted at no more than its score through the channel that is preferred for it, the list is "
            f"worth {figure(best.total)}, and none could be worth more than {figure(best.bound)}: the gap is at most "
            f"{percent(best.gap, 3)}. A price is what one more unit would add.",
            indent=1,
        )


def _amount(value: float, supply: dict[str, Any], currency: str | None) -> str:
    if supply["kind"] in ("budget", "cap"):
        return money(value, currency)
    unit = supply["unit"]
    return f"{figure(value)} {unit}" if unit else figure(value)
