"""One customer, given as JSON or by id: decided for and explained.

A customer given as JSON is decided for alone, with frozen cut-points. One given by id is decided for among all
customers of the data, as `plan` does, so that the answer is the one that stands in its list.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stratagem.engine.cli.case import moment_of
from stratagem.engine.cli.exits import FINDINGS, Refused
from stratagem.engine.cli.files import reason
from stratagem.engine.cli.running import Case, customers, data_faults, history_of, run_all

if TYPE_CHECKING:
    from stratagem.engine.cli.opening import Opened
    from stratagem.engine.explain.explanation import Explanation
    from stratagem.engine.fit import Fit
    from stratagem.engine.pipeline import Run
    from stratagem.engine.single import Answer, Single

LARGEST = 16 * 1024 * 1024
"""Bytes of one customer's JSON."""


@dataclass(frozen=True)
class Asked:
    """Who is asked about: `record` as given, or `name` as it stands in the data."""

    name: str = ""
    record: Mapping[str, Any] | None = None


def asked(text: str) -> Asked:
    """`-` is JSON on standard input; what ends in .json or is there as a file is a file; all else is an id."""
    if text == "-":
        return Asked(record=_parsed(sys.stdin.buffer.read(LARGEST + 1), "standard input"))
    path = Path(text)
    if path.suffix != ".json" and not path.is_file():
        return Asked(name=text)
    try:
        with path.open("rb") as file:
            return Asked(record=_parsed(file.read(LARGEST + 1), text))
    except OSError as fault:
        raise Refused(f"cannot read {text}: {reason(fault)}.") from fault


def _parsed(data: bytes, name: str) -> Mapping[str, Any]:
    if len(data) > LARGEST:
        raise Refused(f"{name} is larger than {LARGEST // 1024 // 1024} MB: that is not one customer.")
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        where = f" in line {fault.lineno}" if isinstance(fault, json.JSONDecodeError) else ""
        raise Refused(f"{name} is no JSON{where}.", "give one object with the customer's fields.") from fault
    if not isinstance(found, dict):
        raise Refused(f"{name} holds no customer.", "give one object with the customer's fields, not a list.")
    return found


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")


def frozen_fit(path: Path | None) -> Fit | None:
    """The cut-points of a fit file."""
    if path is None:
        return None
    from stratagem.engine.fit import FIT_VERSION, Fit

    try:
        fit = Fit.model_validate_json(path.read_bytes())
    except OSError as fault:
        raise Refused(f"cannot read {path}: {reason(fault)}.") from fault
    except ValueError as fault:
        raise Refused(f"{path} is no fit file.", "stratagem plan writes one with --fit FILE.") from fault
    if fit.format_version != FIT_VERSION:
        raise Refused(f"{path} is a fit file of version {fit.format_version}; this is version {FIT_VERSION}.")
    return fit


@contextmanager
def fit_faults(path: str) -> Iterator[None]:
    """A fit that lacks, or is another strategy's, ends the command with what to do."""
    from stratagem.engine.evaluate.cuts import MissingCutPoint
    from stratagem.engine.single import ForeignFitError

    how = f"stratagem plan {path} --fit FILE fits it on the data; give that file here with --fit."
    try:
        yield
    except MissingCutPoint as fault:
        raise Refused(
            f"the tier {fault.tier} of {fault.tiers} is a share of all customers, and no fit says where it starts.", how
        ) from fault
    except ForeignFitError as fault:
        raise Refused(str(fault), how) from fault


def single(opened: Opened, case: Case, fit: Fit | None) -> Single:
    """What decides for a customer given as JSON; look-ups come from the data when it is named."""
    from stratagem.engine.single import Single

    lookups: Mapping[str, Any] = {}
    if case.data or case.source:
        moment = moment_of(case.as_of, opened.strategy, with_time=True)
        lookups = customers(opened, case, moment, lambda words: None).lookups
    return Single(opened.strategy, fit, history_of(case.history), lookups)


def decided(opened: Opened, case: Case, who: Asked, fit: Fit | None) -> Answer:
    """What the customer gets."""
    if who.record is None:
        return answer_of(run_all(opened, case, fit=fit), who.name)
    with data_faults(opened):
        return single(opened, case, fit).decide(who.record, moment_of(case.as_of, opened.strategy, with_time=True))


def explained(opened: Opened, case: Case, who: Asked, fit: Fit | None) -> Explanation:
    """Why, and why not."""
    if who.record is None:
        run = run_all(opened, case, fit=fit)
        known(run, who.name)
        from stratagem.engine.explain.of_run import explain_customer

        return explain_customer(run, who.name)
    with data_faults(opened):
        return single(opened, case, fit).explain(who.record, moment_of(case.as_of, opened.strategy, with_time=True))


def known(run: Run, name: str) -> None:
    """Refuse an id that no customer has."""
    if not run.customers.get_column("@id").is_in([name]).any():
        raise Refused(
            f"no customer of the data has the id {name!r}.",
            "ids are as in the files; a file that holds one customer ends in .json.",
            FINDINGS,
        )


def answer_of(run: Run, name: str) -> Answer:
    """A customer's part of a run, in the form of a single decision."""
    from stratagem.engine.single import Answer

    known(run, name)
    decisions = tuple(run.decisions.of(name))
    listed = {d.action for d in decisions}
    lost = {action: gates for action, (gates, _) in run.decisions.why_not(name).items() if action not in listed}
    return Answer(
        customer=name,
        as_of=str(run.moment),
        strategy=run.strategy.name,
        strategy_hash=run.strategy.hash,
        decisions=decisions,
        not_chosen=lost,
    )
