"""Reads the case files and works them out: one strategy per case, its people as records and as frames."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from stratagem.dsl import check_text
from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.evaluate.columnar import run_steps
from stratagem.engine.evaluate.meaning import day_number
from stratagem.engine.evaluate.population import Population, dates_of
from stratagem.engine.evaluate.reference import Reference
from stratagem.engine.evaluate.row import compile_program
from stratagem.engine.evaluate.walk import step_names
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.build import build_plan, rounded
from stratagem.engine.plan.plan import Compute, Step
from tests.meaning.people import series_of

FOLDER = Path(__file__).parent / "cases"
WORLD = (FOLDER / "world.strategy").read_text("utf-8")
PAIR = re.compile(r'\s*([a-z_]+)\s*=?\s*("[^"]*"|[^,]*)\s*(?:,|$)')


@dataclass
class Case:
    """One case: its title, the moment, the strategy's lines, and what is given and expected, as written."""

    title: str
    file: str
    moment: Moment = field(default_factory=lambda: Moment.parse("2026-10-31"))
    lines: list[str] = field(default_factory=list)
    given: list[tuple[str, str, str]] = field(default_factory=list)
    expected: list[tuple[str, str]] = field(default_factory=list)
    cuts: dict[str, str] = field(default_factory=dict)


def cases() -> Iterator[Case]:
    """Every case of every file."""
    for path in sorted(FOLDER.glob("*.txt")):
        case, part = None, ""
        for line in path.read_text("utf-8").splitlines():
            if not line.strip() or line.strip().startswith("#"):
                continue
            if line.startswith("case "):
                if case:
                    yield case
                case, part = Case(line[5:], path.stem), ""
            elif case is not None:
                part = _read(case, part, line)
        if case:
            yield case


def _read(case: Case, part: str, line: str) -> str:
    """One line of a case; gives the part that goes on."""
    if line.startswith("on "):
        case.moment = Moment.parse(line[3:].strip(), "Europe/Berlin")
        return "strategy"
    if line in ("given", "then"):
        return line
    if part == "strategy" or not part:
        case.lines.append(line[2:])
    elif part == "given":
        who, _, what = line.strip().partition(":")
        person, _, source = who.partition(" ")
        case.given.append((person, source or "crm", what))
    elif line.strip().startswith("cut "):
        name, _, value = line.strip()[4:].partition("=")
        case.cuts[name.strip()] = value.strip()
    else:
        person, _, what = line.strip().partition(":")
        case.expected.append((person, what))
    return part


class World:
    """A case made ready: its strategy's steps, and its people twice."""

    def __init__(self, case: Case) -> None:
        checked = check_text(WORLD + "\n" + "\n".join(case.lines) + "\n")
        assert checked.strategy is not None, [str(d) for d in checked.diagnostics]
        self.case = case
        self.strategy: Strategy = checked.strategy
        self.steps = tuple(_steps(self.strategy))
        self.names = [n for s in self.steps for n in step_names(s)]
        people = dict.fromkeys(p for p, _, _ in case.given) or {}
        people |= dict.fromkeys(p for p, _ in case.expected)
        self.records = {p: self._record(p) for p in people}
        self._house()

    def _record(self, person: str) -> dict[str, Any]:
        record: dict[str, Any] = {"@id": person, "@stage_before": None, "crm": {"id": person}}
        for source in self.strategy.sources:
            if source.shape == "many":
                record[source.name] = []
        for who, source, what in self.case.given:
            if who == person:
                values = {n: self._value(source, n, v) for n, v in PAIR.findall(what)}
                before = values.pop("was_at", None)
                record["@stage_before"] = before or record["@stage_before"]
                record["crm"].update(values) if source == "crm" else record[source].append(values)
        return record

    def _house(self) -> None:
        """Who shares an address is one house."""
        for record in self.records.values():
            address = record["crm"].get("address")
            mates = [r for r in self.records.values() if r["crm"].get("address") == address]
            record["@groups"] = {"house": mates if address is not None else []}

    def _value(self, source: str, name: str, text: str) -> Any:
        if name == "was_at":
            return text.strip()
        found = self.strategy.source(source)
        declared = found.field(name) if found else None
        assert declared is not None, f"{source}.{name} is not declared in world.strategy"
        return _typed(text.strip(), declared.type)

    def results(self) -> dict[str, dict[str, dict[str, Any]]]:
        """By evaluator and person the value of every column; the cut-points are fitted by the columnar one."""
        dates = dates_of(self.strategy)
        placed = run_steps(self.population(), self.steps, self.case.moment)
        fit = Fit(strategy="", strategy_hash="", as_of="", cuts=placed.cuts)
        self.fit = fit
        programs = {"row": compile_program(self.steps, dates), "reference": Reference(self.steps, dates)}
        found = {k: {p: f(r, self.case.moment, fit) for p, r in self.records.items()} for k, f in programs.items()}
        frame = placed.frame.select("@id", *self.names).collect()
        plain = frame.with_columns(pl.selectors.temporal().to_physical())
        return found | {"columnar": {r.pop("@id"): r for r in plain.to_dicts()}}

    def population(self) -> Population:
        """The people as frames."""
        crm = self.strategy.source("crm")
        assert crm is not None
        columns = {"@id": pl.Series(list(self.records), dtype=pl.String)}
        for f in crm.fields:
            columns[f"crm.{f.name}"] = series_of([r["crm"].get(f.name) for r in self.records.values()], f.type)
        columns["@stage_before"] = pl.Series([r["@stage_before"] for r in self.records.values()], dtype=pl.String)
        rows = {s.name: self._rows(s.name).lazy() for s in self.strategy.sources if s.shape == "many"}
        return Population(pl.DataFrame(columns).lazy(), rows, {"house": "crm.address"}, dates_of(self.strategy))

    def _rows(self, name: str) -> pl.DataFrame:
        source = self.strategy.source(name)
        assert source is not None
        pairs = [(p, row) for p, r in self.records.items() for row in r[name]]
        frame = {
            "@id": pl.Series([p for p, _ in pairs], dtype=pl.String),
            "@row": pl.Series(range(len(pairs)), dtype=pl.Int64),
        }
        return pl.DataFrame(
            frame | {f.name: series_of([row.get(f.name) for _, row in pairs], f.type) for f in source.fields}
        )


def _steps(strategy: Strategy) -> Iterator[Step]:
    """The plan's facts, and the measures that nothing reads."""
    facts = build_plan(strategy).facts
    yield from facts
    known = {n for s in facts for n in step_names(s)}
    for measure in (*strategy.assumptions, *strategy.measures):
        if measure.name not in known:
            yield Compute(measure.name, rounded(measure.formula.expr), "measure")


def _typed(text: str, kind: Type) -> Any:
    if text == "missing":
        return None
    match kind.kind:
        case Kind.DATE:
            return day_number(datetime.fromisoformat(text).date())
        case Kind.TIMESTAMP:
            return int((datetime.fromisoformat(text) - datetime(1970, 1, 1)).total_seconds()) * 1_000_000
        case Kind.YES_NO:
            return text == "yes"
        case Kind.TEXT | Kind.CHOICE:
            return text.strip('"').replace("\\n", "\n").replace("\\t", "\t")
    return float(text)


def wanted(text: str) -> Any:
    """An expected value, from how it is written."""
    text = text.strip()
    words = {"missing": None, "unknown": None, "yes": True, "no": False}
    if text in words:
        return words[text]
    if text.startswith('"'):
        return text.strip('"')
    if " > " in text:
        return text.split(" > ")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return day_number(datetime.fromisoformat(text).date())
    if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", text):
        return int((datetime.fromisoformat(text) - datetime(1970, 1, 1)).total_seconds()) * 1_000_000
    try:
        return float(text)
    except ValueError:
        return text
