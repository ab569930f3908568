"""The report: scores, requirements, waivers, what matters most, its schema, and what the framework door refuses."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import jsonschema
import pytest

from stratagem.dsl.substance import repeated, says_something
from stratagem.engine.complete.diagnose import diagnose
from stratagem.engine.complete.finding import Finding, Status, evidence, lack, met, missing, not_measured, partly
from stratagem.engine.complete.framework import Check, Framework, GapText, Judges
from stratagem.engine.complete.report import (
    FrameworkReport,
    RequirementError,
    requirements,
    schema,
)
from stratagem.engine.plug import doors
from tests.complete.test_gaps import TODAY, WHOLE, read

BARE = read('language 1\nstrategy bare "Bare"\n  currency EUR\n')


def found(code: str, status: str) -> Finding:
    return Finding(code=code, asks="?", status=Status(status), without_data=Status(status))


def scored(*statuses: str) -> FrameworkReport:
    findings = tuple(found(f"C{n}", s) for n, s in enumerate(statuses))
    return FrameworkReport(name="one", title="One", source="nowhere", findings=findings)


@pytest.mark.parametrize(
    ("statuses", "score"),
    [
        (("met", "met"), 100.0),
        (("met", "partly", "missing", "missing"), 37.5),
        (("met", "waived", "not applicable", "not measured"), 100.0),
        (("missing", "waived"), 0.0),
        (("waived", "not measured"), None),
    ],
)
def test_the_score(statuses: tuple[str, ...], score: float | None) -> None:
    assert scored(*statuses).score == score


def test_a_score_is_held_against_a_figure_exactly() -> None:
    two_thirds = scored("met", "met", "missing")
    assert two_thirds.reaches(Decimal("66.6")) and not two_thirds.reaches(Decimal("66.67"))
    assert scored("met").reaches(Decimal(100))
    assert not scored("waived").reaches(Decimal(0)), "nothing judged reaches nothing"


def test_requirements() -> None:
    assert requirements(["seven_elements=100", "five_steps = 62.5 %"]) == {
        "seven_elements": Decimal(100),
        "five_steps": Decimal("62.5"),
    }
    for wrong in ("seven_elements", "=5", "seven_elements=all", "seven_elements=101", "seven_elements=-1", "a=NaN"):
        with pytest.raises(RequirementError, match="NAME=PERCENT"):
            requirements([wrong])


def test_require() -> None:
    report = diagnose(read(WHOLE.replace("  because competition\n", "")), TODAY)
    met_, short = report.require({"five_steps": 100, "seven_elements": Decimal(100)})
    assert (met_.met, met_.score) == (True, 100.0)
    assert (short.met, short.score) == (False, 87.5)
    with pytest.raises(RequirementError, match="did you mean seven_elements"):
        report.require({"seven_element": 100})
    with pytest.raises(RequirementError, match="there are checklist_2, "):
        report.require({"zzz": 100})


def test_a_waiver_of_no_known_code_is_told() -> None:
    text = WHOLE + 'waive XYZ9 because "Not ours"\n'
    assert diagnose(read(text), TODAY).unknown_waivers == ("XYZ9",)
    of_the_checker = WHOLE + 'waive L014 because "It starts next year"\n'
    assert diagnose(read(of_the_checker), TODAY).unknown_waivers == ()


def test_the_checker_knows_the_codes_of_what_ships() -> None:
    from stratagem.dsl.check.codes import KNOWN

    assert set(doors.codes()) == KNOWN


def test_a_waiver_takes_nothing_from_what_is_met_or_does_not_apply() -> None:
    report = diagnose(read(WHOLE + 'waive SEV8 because "Everyone knows"\n'), TODAY)
    assert report.finding("SEV8").status == Status.WAIVED
    assert report.framework("seven_elements").score == 100.0
    assert report.framework("seven_elements").judged == 7
    bare = diagnose(read('language 1\nstrategy bare "Bare"\n  currency EUR\nwaive INT5 because "No tools"\n'), TODAY)
    assert bare.finding("INT5").status == Status.NOT_APPLICABLE


def test_what_matters_most_is_missing_heavy_and_far_reaching() -> None:
    report = diagnose(
        read(WHOLE.replace("  because competition\n", "").replace('  earns "Labour', '  # earns "Labour')), TODAY
    )
    assert [g.code for g in report.top_gaps()] == ["SEV1", "SEV8"]
    assert all(g.write and g.snippet for g in report.top_gaps())
    gaps = diagnose(BARE, TODAY).top_gaps(5)
    assert len(gaps) == 5 == len({g.write for g in gaps})
    assert {g.status for g in gaps} == {Status.MISSING}
    assert all(g.weight == 3 for g in gaps)


def test_the_json_fits_the_published_schema() -> None:
    for strategy in (BARE, read(WHOLE)):
        report = diagnose(strategy, TODAY)
        data = json.loads(report.model_dump_json())
        jsonschema.validate(data, schema())
        assert data["format_version"] == 1
        assert data["as_of"] == "2026-11-02"
    places = [e["at"] for f in data["frameworks"] for x in f["findings"] for e in x["evidence"]]
    assert any(p.startswith("strategy:") and p.rpartition(":")[2].isdigit() for p in places)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**data, "as_of": 7}, schema())


def test_the_same_strategy_gives_the_same_bytes() -> None:
    assert diagnose(read(WHOLE), TODAY).model_dump_json() == diagnose(read(WHOLE), TODAY).model_dump_json()


def test_another_day_another_judgement() -> None:
    later = diagnose(read(WHOLE), date(2027, 2, 1)).statuses()
    late = {code for code, status in later.items() if status != Status.MET}
    assert late == {"ICP10", "SEV4", "STG6"}, "review and market note, mileposts, changes"


# --- The door for frameworks ------------------------------------------------------------------------------------

OWN = {
    "name": "own",
    "title": "Our own",
    "source": "nowhere",
    "version": 1,
    "checks": {
        "OWN1": {"asks": "Is it there?", "about": ["goal"], "gaps": {"one": {"write": "Write $name."}}},
    },
}


def test_a_framework_of_one_s_own() -> None:
    judges = Judges()

    @judges("OWN1")
    def is_there(facts: object) -> object:
        return partly(lack("one", name="it"), grounds=[evidence("half of it is there")])

    framework = Framework.from_data(OWN, [judges], [])  # type: ignore[list-item]
    assert framework.problems() == []
    report = diagnose(BARE, TODAY, frameworks=[framework])
    assert report.finding("OWN1").write == "Write it."
    assert report.framework("own").score == 50.0
    with pytest.raises(ValueError, match="has a function already"):
        judges("OWN1")(is_there)  # type: ignore[arg-type]


def test_a_framework_that_does_not_fit_together() -> None:
    judges = Judges({"OWN2": lambda facts: met()})
    problems = Framework.from_data({**OWN, "version": 2}, [judges], []).problems()
    assert problems == [
        "OWN1 has no function",
        "OWN2 is no check of it",
        "it is made for version 2 of the door, this is version 1",
    ]
    with pytest.raises(ValueError, match="lacks or garbles 'title'"):
        Framework.from_data({k: v for k, v in OWN.items() if k != "title"}, [], [])
    with pytest.raises(ValueError, match="lacks or garbles"):
        Framework.from_data({**OWN, "checks": {"OWN1": {"asks": "?"}}}, [], [])


def test_a_check_that_fails_or_names_no_gap_costs_itself_alone() -> None:
    text = GapText("Write it.", "", "")
    checks = tuple(Check(code, "?", (), 1.0, {"one": text}) for code in ("A1", "B1", "C1", "D1"))
    judges = {
        "A1": lambda facts: 1 / 0,
        "B1": lambda facts: met(),
        "C1": lambda facts: missing(lack("no such gap")),
        "D1": lambda facts: not_measured("the weather"),
    }
    report = diagnose(BARE, TODAY, frameworks=[Framework("own", "Own", "nowhere", checks, judges)])  # type: ignore[arg-type]
    assert [f.status for f in report.frameworks[0].findings] == [
        Status.NOT_MEASURED,
        Status.MET,
        Status.NOT_MEASURED,
        Status.NOT_MEASURED,
    ]
    assert report.finding("D1").not_measured == ("the weather",)
    assert [p.partition(" failed")[0] for p in report.problems] == ["check A1 of own", "check C1 of own"]


@pytest.mark.parametrize(
    "text", ["", "  ", "TBD", "t.b.d.", "Todo!", "to do", "…", "...", "xxx", "n/a", "???", "-", "x"]
)
def test_a_text_that_says_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize("text", ["x1", "Nobody", "To do the dishes", "No", "A day", "9", "Não", "待つ人"])
def test_a_text_that_says_something(text: str) -> None:
    assert says_something(text)


def test_repetitions() -> None:
    assert repeated(["A day!", "a  day", "two", "", "", "tbd", "tbd"]) == {"a day"}
