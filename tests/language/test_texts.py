"""The words of diagnostics: every code has them, every argument is supplied, and they are shown calmly."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from stratagem.dsl.diagnostics import texts as texts_package
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.diagnostics.render import json as as_json
from stratagem.dsl.diagnostics.render.text import render, render_one, summary
from stratagem.dsl.diagnostics.suggest import distance, near
from stratagem.dsl.diagnostics.text import Text, severity, texts, words
from stratagem.dsl.diagnostics.text import _written as written
from stratagem.dsl.source import SourceText, Span

ROOT = Path(__file__).parents[2]
_CODE = re.compile(r"[A-Z]\d{3}")


@cache
def modules() -> list[tuple[Path, list[ast.AST]]]:
    """Every module that may find something, with its nodes."""
    paths = [p for room in ("dsl", "engine", "plugins") for p in sorted((ROOT / room).rglob("*.py"))]
    return [(p, list(ast.walk(ast.parse(p.read_text("utf-8"))))) for p in paths if p.parent.name != "texts"]


def used_codes() -> dict[str, str]:
    """Every code that stands as a text of its own in the code base, with a place where it does."""
    found: dict[str, str] = {}
    for path, nodes in modules():
        for node in nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
                found.setdefault(node.value, f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


def test_every_code_in_use_has_a_text() -> None:
    families = {code[0] for code in texts()}
    assert {code: place for code, place in used_codes().items() if code[0] in families and code not in texts()} == {}


def test_every_text_is_used() -> None:
    assert set(texts()) - set(used_codes()) == set()


def written_out() -> Iterator[tuple[str, set[str], str]]:
    """Calls `Diagnostic("S101", span, {...})` and `….add("S201", span, name=…)` whose arguments are all to be seen."""
    for path, nodes in modules():
        for node in nodes:
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            code, name = node.args[0].value, getattr(node.func, "id", getattr(node.func, "attr", ""))
            if not isinstance(code, str) or not _CODE.fullmatch(code):
                continue
            place = f"{path.relative_to(ROOT)}:{node.lineno}"
            if name == "Diagnostic":
                given = node.args[2] if len(node.args) > 2 else ast.Dict([], [])
                if isinstance(given, ast.Dict) and all(isinstance(key, ast.Constant) for key in given.keys):
                    yield code, {key.value for key in given.keys}, place  # type: ignore[union-attr]
            elif name in ("add", "report", "_fault") and not any(k.arg is None for k in node.keywords):
                yield code, {k.arg for k in node.keywords if k.arg}, place


def test_every_argument_of_a_text_is_supplied_where_it_is_used() -> None:
    """What is put together elsewhere is rendered by the case tests, which fail on a missing argument."""
    seen = list(written_out())
    assert len(seen) > 40
    lacking = {
        place: sorted(texts()[code].arguments - given)
        for code, given, place in seen
        if code in texts() and texts()[code].arguments - given
    }
    assert lacking == {}


def test_a_missing_argument_is_an_error() -> None:
    """The negative control."""
    with pytest.raises(KeyError):
        words(Diagnostic("S190", args={"file": "x"}))
    with pytest.raises(KeyError):
        words(Diagnostic("S999"))


def test_titles_are_short_and_texts_are_whole_sentences() -> None:
    unwanted = r"\b(we|our|us|oops|sorry|please|invalid|illegal|token|parse[rd]?)\b"
    for code, text in texts().items():
        assert isinstance(text, Text) and text.severity in ("error", "warning", "note"), code
        assert len(text.title) <= 110 and not text.title.endswith((".", "!")), code
        assert re.search(r"[.?…}:)\w\"`]$", text.reason.strip()), code
        assert not re.search(unwanted, text.title, re.I), code


def test_a_help_that_shows_what_to_write_gives_way_to_what_a_fix_writes() -> None:
    fix = Fix("Write: weight 2", ())
    without, with_fix = Diagnostic("S458", args={"name": "a"}), Diagnostic("S458", args={"name": "a"}, fixes=(fix,))
    assert (words(without).help, words(with_fix).help) == (texts()["S458"].help, fix.title)
    advice = texts()["S453"]
    assert words(Diagnostic("S453", args=dict.fromkeys(advice.arguments, "a"), fixes=(fix,))).help == advice.help


def test_every_help_that_shows_what_to_write_says_so() -> None:
    begins = re.compile("(Write|For example|Correct)")
    assert {code for code, text in texts().items() if begins.match(text.help)} == {
        code for code, text in texts().items() if text.shows
    }


def test_a_message_names_only_commands_that_there_are() -> None:
    from stratagem.engine.cli.app import COMMANDS

    named = {word for text in texts().values() for word in re.findall(r"stratagem (\w+)", text.help)}
    assert named and named <= set(COMMANDS)
    assert re.findall(r"stratagem (\w+)", "Look it up with `stratagem docs`.") == ["docs"]


def test_no_two_modules_explain_one_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "en_again.py").write_text(
        "from stratagem.dsl.diagnostics.text import Text\nTEXTS = {'S101': Text('error', 'a', 'b')}\n"
    )
    monkeypatch.setattr(texts_package, "__path__", [*texts_package.__path__, str(tmp_path)])
    with pytest.raises(ValueError, match="S101"):
        written.__wrapped__("en")


SOURCE = SourceText("a.strategy", "action call\n  kind selling\n  kind service\n")
TWICE = Diagnostic(
    "S144",
    Span("a.strategy", 3, 3, 3, 15),
    {"phrase": "kind"},
    (Label(Span("a.strategy", 2, 3, 2, 15), "said first here"),),
    fixes=(Fix("Leave it out", (Edit(Span("a.strategy", 3, 1, 4, 1), ""),), True),),
)


def test_a_diagnostic_as_text() -> None:
    assert render([TWICE], {"a.strategy": SOURCE}) == (
        "error S144: `kind` is said twice\n"
        "  a.strategy:3:3\n"
        "  2 |   kind selling\n"
        "    |   ------------ said first here\n"
        "  3 |   kind service\n"
        "    |   ^^^^^^^^^^^^\n"
        "  It may stand once in its block; which of the two holds is not clear.\n"
        "  Keep one of them.\n"
        "  Fix: Leave it out\n"
        "  3 -   kind service\n"
        "  More: stratagem docs S144\n"
    )


def test_near_names_and_a_place_in_no_file() -> None:
    said = render_one(Diagnostic("S190", args={"file": "x", "place": "y"}, near=("a", "b")), {})
    assert said.startswith("error S190: The file x is not there\n  `use` names") and "  Near it: a, b.\n" in said


def test_colours_come_from_outside_only() -> None:
    assert "\x1b" not in render([TWICE], {"a.strategy": SOURCE})
    shown = render([TWICE], {"a.strategy": SOURCE}, lambda role, text: f"<{role}>{text}</{role}>")
    assert "<error>error S144</error>" in shown and "<mark>^^^^^^^^^^^^</mark>" in shown


def test_long_lines_are_cut_around_what_is_marked() -> None:
    source = SourceText("f", "x" * 500 + "HERE" + "y" * 500)
    lines = render_one(
        Diagnostic("S150", Span("f", 1, 501, 1, 505), {"written": "", "after": "", "wanted": ""}), {"f": source}
    )
    shown, marks = lines.split("\n")[2:4]
    assert len(shown) < 120
    assert shown[marks.index("^") : marks.rindex("^") + 1] == "HERE"


def test_control_characters_in_a_file_do_not_reach_the_terminal() -> None:
    source = SourceText("f", "a \x1b[31m b\n")
    found = Diagnostic("S142", Span("f", 1, 3, 1, 4), {"sign": "\x1b"})
    assert "\x1b" not in render([found], {"f": source})


def test_a_diagnostic_as_json() -> None:
    data = json.loads(as_json.render([TWICE]))
    assert data["format_version"] == as_json.FORMAT_VERSION
    (one,) = data["diagnostics"]
    assert (one["code"], one["severity"], one["place"]["line"]) == ("S144", "error", 3)
    assert one["fixes"][0]["edits"][0] == {
        "place": {"file": "a.strategy", "line": 3, "column": 1, "end_line": 4, "end_column": 1}, "text": "",
    }  # fmt: skip


def test_summary_and_severity() -> None:
    warning = Diagnostic("S138", args={"name": "a", "start": ""})
    assert summary([TWICE, warning, TWICE]) == "2 errors, 1 warning"
    assert summary([]) == "nothing to report"
    assert severity(warning) == "warning"


def test_near_words_are_few_and_near() -> None:
    known = ["orders", "orders_12m", "quiet_days", "spend", "trial_box_on", "tier"]
    assert near("order", known)[0] == "orders"
    assert near("quite_days", known) == ("quiet_days",)
    assert near("days_quiet", known) == ("quiet_days",)
    assert near("margin", known) == ()
    assert near("a", [f"a{n}" for n in range(9)]) == ("a0", "a1", "a2", "a3")


def test_distance_counts_slips_up_to_its_bound() -> None:
    assert [distance("abc", w, 2) for w in ("abc", "acb", "ab", "abcd", "xyz", "cba")] == [0, 1, 1, 1, None, 2]
