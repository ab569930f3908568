"""SARIF and JUnit files of several strategies hold against what is published; a fault in one is seen."""

from __future__ import annotations

import gzip
import json
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.diagnostics.render import sarif
from stratagem.dsl.diagnostics.render.places import file_uri, uri, within
from stratagem.dsl.diagnostics.text import texts
from stratagem.dsl.pipeline import check_text
from stratagem.dsl.source import SourceText, Span
from stratagem.engine.cli.reports import junit, junit_findings
from tests.diagnostics import junit_rules, sarif_schema
from tests.diagnostics.sample import ALL, DATA, NO_PLACE, SOURCES, TWICE, WIDE

ROOT = PurePosixPath("/work")
CLEAN = 'language 1\nstrategy shop "A shop"\n  currency EUR\n'
MANY = CLEAN + "".join(f"measure m{n} = sum of nothing_{n}.amount & 3 §\n" for n in range(300))
ODD = CLEAN + 'measure 📞📞 "顧客 \x01\ufeff\u2028" = spnd & 3\nmeasure {0} = [a](b) <&>"\']]>\n'


def found_in(text: str, name: str = "a b/ü#1.strategy") -> tuple[list[Diagnostic], dict[str, SourceText]]:
    return list(check_text(text, name).diagnostics), {name: SourceText(name, text)}


CASES: dict[str, tuple[list[Diagnostic], dict[str, SourceText]]] = {
    "nothing read": ([], {}),
    "nothing found": ([], {"a.strategy": SourceText("a.strategy", CLEAN)}),
    "one finding": ([TWICE], SOURCES),
    "hundreds of findings": found_in(MANY),
    "odd signs": found_in(ODD),
    "no place": ([NO_PLACE], SOURCES),
    "no place and no file": ([NO_PLACE], {}),
    "data": ([DATA], SOURCES),
    "everything": (list(ALL), SOURCES),
    "outside the folder": found_in(ODD, "../other/x.strategy"),
    "standard input": found_in(ODD, "standard input"),
    "a file name that is no UTF-8": found_in(ODD, "caf\udce9.strategy"),
}


def as_sarif(found: list[Diagnostic], sources: dict[str, SourceText]) -> str:
    return sarif.render(found, sarif.Scene(sources, ROOT, "0.1.0"))


@pytest.mark.parametrize("case", CASES)
def test_a_sarif_file_is_taken(case: str) -> None:
    found, sources = CASES[case]
    text = as_sarif(found, sources).encode("utf-8", "replace").decode()
    assert sarif_schema.breaches(text) == []
    assert len(json.loads(text)["runs"][0]["results"]) == len(found)


@pytest.mark.parametrize("case", CASES)
def test_a_junit_file_is_taken(case: str) -> None:
    found, sources = CASES[case]
    text = junit.render(junit_findings.suites(found, sources))
    assert junit_rules.breaches(text) == []


def test_the_cases_are_what_they_are_called() -> None:
    assert len(CASES["hundreds of findings"][0]) >= 300 and len(CASES["odd signs"][0]) >= 2


def break_it(text: str, at: list[Any], value: object) -> str:
    """The document with one value in it set, or taken out when it is None."""
    document = json.loads(text)
    part = document
    for key in at[:-1]:
        part = part[key]
    if value is None:
        del part[at[-1]]
    else:
        part[at[-1]] = value
    return json.dumps(document)


def with_few_rules(text: str) -> str:
    """The document with the rule of its first result only, and another before it: it is read many times."""
    document = json.loads(text)
    driver, (result,) = document["runs"][0]["tool"]["driver"], document["runs"][0]["results"]
    driver["rules"] = [driver["rules"][0], driver["rules"][result["ruleIndex"]]]
    result["ruleIndex"] = 1
    return json.dumps(document)


RESULT = ["runs", 0, "results", 0]
PLACE = [*RESULT, "locations", 0, "physicalLocation"]


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (["version"], "2.0"),
        (["runs", 0, "tool", "driver", "name"], None),
        ([*RESULT, "level"], "grave"),
        ([*RESULT, "ruleIndex"], 0),
        ([*RESULT, "message"], {}),
        ([*RESULT, "colour"], "red"),
        ([*RESULT, "locations"], []),
        (["runs", 0, "artifacts"], [{"location": {"uri": "a"}}] * 2),
        ([*PLACE, "region", "startLine"], 0),
        ([*PLACE, "region", "endColumn"], None),
        ([*PLACE, "artifactLocation", "uri"], "the shop.strategy"),
        ([*PLACE, "artifactLocation", "uri"], "../shop.strategy"),
        ([*RESULT, "fixes", 0, "artifactChanges"], []),
        (["runs", 0, "tool", "driver", "rules", 0, "help", "text"], ""),
    ],
)
def test_a_fault_in_a_sarif_file_is_seen(at: list[Any], value: object) -> None:
    good = with_few_rules(as_sarif([TWICE], SOURCES))
    assert sarif_schema.breaches(good) == [] and sarif_schema.breaches(break_it(good, at, value)) != []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<failure ", '<failure colour="red" '),
        ("</failure>", "</failure><failure/>"),
        ('failures="1"', 'failures="2"'),
        (' name="stratagem check"', ""),
        ("<testcase ", '<testcase line="3" '),
        ("<testcase ", '<testcase time="soon" '),
        ("</testsuite>", "words</testsuite>"),
    ],
)
def test_a_fault_in_a_junit_file_is_seen(old: str, new: str) -> None:
    good = junit.render(junit_findings.suites([TWICE], {}))
    assert old in good and junit_rules.breaches(good) == [] and junit_rules.breaches(good.replace(old, new, 1)) != []


def test_columns_count_utf_16_units() -> None:
    (result,) = json.loads(as_sarif([WIDE], SOURCES))["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (25, 27)  # the sign itself takes two
    line = SOURCES[WIDE.span.file].lines[0].encode("utf-16-le")
    assert line[2 * 24 : 2 * 26].decode("utf-16-le") == "📞"


def test_more_than_a_server_takes_is_cut_the_least_grave_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sarif.MOST_RESULTS <= 25_000
    monkeypatch.setattr(sarif, "MOST_RESULTS", 250)
    note = Diagnostic("S138", Span("f", 1, 1, 1, 2), {"name": "a", "start": ""}, severity="note")
    notes = [note] * sarif.MOST_RESULTS
    text = as_sarif([*notes, TWICE, TWICE], SOURCES)
    run = json.loads(text)["runs"][0]
    assert sarif_schema.breaches(break_it(text, ["runs", 0, "results"], run["results"][:10])) == []
    assert len(run["results"]) == sarif.MOST_RESULTS and [r["ruleId"] for r in run["results"][:2]] == ["S144", "S144"]
    (said,) = run["invocations"][0]["toolExecutionNotifications"]
    assert said["message"]["text"].startswith("2 more findings are left out")


def test_a_report_that_would_be_too_large_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_BYTES", len(gzip.compress(as_sarif([], {}).encode())) + 20_000)
    signs = [f"{n * 2654435761 % 2**32:x}" * 20 for n in range(3000)]
    noise = [Diagnostic("S142", Span("f", n, 1, n, 2), {"sign": sign}) for n, sign in enumerate(signs, 1)]
    run = json.loads(as_sarif(noise, SOURCES))["runs"][0]
    assert 0 < len(run["results"]) < 3000 and "left out" in str(run["invocations"])


def test_a_report_of_its_rules_alone_is_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_BYTES", 10)
    run = json.loads(as_sarif([Diagnostic("S142", Span("f", 1, 1, 1, 2), {"sign": "x"})], SOURCES))["runs"][0]
    assert run["results"] == [] and "left out" in str(run["invocations"])


def test_places_of_one_result_are_bounded() -> None:
    labels = tuple(Label(Span("f", n, 1, n, 2), "here") for n in range(1, 1200))
    text = as_sarif([Diagnostic("S142", Span("f", 1, 1, 1, 2), {"sign": "x"}, labels)], {})
    assert sarif_schema.breaches(text) == []


def test_a_fingerprint_stays_when_lines_come_in_above() -> None:
    def prints(above: str) -> list[str]:
        found, sources = found_in(CLEAN + above + "measure a = one\nmeasure b = two\nmeasure c = three * four\n")
        results = json.loads(as_sarif(found, sources))["runs"][0]["results"]
        return [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]

    assert prints("") == prints("# a\n# b\n") and len(set(prints(""))) == len(prints("")) >= 4


def test_every_code_is_a_rule_with_help_and_a_level() -> None:
    rules = json.loads(as_sarif([], {}))["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(texts())
    assert all("{" not in rule["shortDescription"]["text"] for rule in rules)


def test_braces_and_links_in_a_message_are_no_placeholders() -> None:
    fix = Fix("Write {x}", (Edit(TWICE.span, "{x}"),))
    odd = Diagnostic("S142", TWICE.span, {"sign": "{0} [a](b)"}, fixes=(fix,))
    (result,) = json.loads(as_sarif([odd], SOURCES))["runs"][0]["results"]
    assert "{{0}} [a] (b)" in result["message"]["text"] and result["fixes"][0]["description"]["text"] == "Write {{x}}"
    replaced = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replaced["insertedContent"]["text"] == "{x}"


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("a/b.strategy", "a/b.strategy"),
        ("./a/../b.strategy", "b.strategy"),
        ("/work/a.strategy", "a.strategy"),
        ("/else/a.strategy", None),
        ("../a.strategy", None),
    ],
)
def test_names_count_from_the_working_folder(name: str, inside: str | None) -> None:
    assert within(name, ROOT) == inside


def test_uris() -> None:
    assert uri("a b/ü#?%:1.strategy") == "a%20b/%C3%BC%23%3F%25%3A1.strategy"
    assert uri("caf\udce9") == "caf%E9" and uri("\ud800") == "%3F"
    assert file_uri("../x y", ROOT) == "file:///x%20y" and file_uri("/tmp/x", ROOT) == "file:///tmp/x"


def test_scores_are_cases_of_their_own(tmp_path: Path) -> None:
    scores = [
        {"framework": "five_steps", "score": 40.0, "required": 50.0, "met": False},
        {"framework": "seven_elements", "score": None, "required": 0.0, "met": True, "strategy": "shop"},
    ]
    text = junit.render(junit_findings.suites([], SOURCES, scores))
    assert junit_rules.breaches(text) == [] and "40%, 50% required" in text
