"""Outline, folding, selections, formatting, colours, calls and quick fixes."""

from __future__ import annotations

from itertools import pairwise

from stratagem.dsl.diagnostics.diagnostic import Edit
from stratagem.dsl.diagnostics.edits import edited
from stratagem.dsl.format import format_source
from stratagem.dsl.lint.catalogue import RULES
from stratagem.dsl.pipeline import check_text
from stratagem.dsl.source import SourceText
from stratagem.engine.editor.calls import call_at
from stratagem.engine.editor.checker import everywhere
from stratagem.engine.editor.fixes import actions, safe_edits
from stratagem.engine.editor.folding import folds, selections
from stratagem.engine.editor.index import Index
from stratagem.engine.editor.layout import formatting
from stratagem.engine.editor.symbols import Symbol, outline, search
from stratagem.engine.editor.token_data import encoded, token_data
from stratagem.engine.editor.tokens import coloured
from tests.editor.asking import FILE, KIOSK, below, on

INDEX = Index({FILE: KIOSK})
LINES = KIOSK.split("\n")


def shown(symbols: list[Symbol], depth: int = 0) -> list[str]:
    return [line for s in symbols for line in [f"{'  ' * depth}{s.kind} {s.name}", *shown(list(s.below), depth + 1)]]


def test_the_outline_has_blocks_with_what_stands_in_them() -> None:
    lines = shown(outline(INDEX, FILE))
    for wanted in ("source guests", "  field heard_from", "segments tier", "  tier gold",
                   "  move move taster to regular "
                   "when spend >= 50 EUR", "    hurdle too_dear", "test A quiet guest is asked back"):  # fmt: skip
        assert wanted in lines
    source = next(s for s in outline(INDEX, FILE) if s.name == "guests")
    assert (LINES[source.span.line - 1][:6], LINES[source.span.end_line - 1].strip()) == (
        "source",
        "field newsletter yes_no",
    )
    assert source.name_at.column == 8
    for symbol in outline(INDEX, FILE):
        inner, outer = symbol.name_at, symbol.span
        assert (outer.line, outer.column) <= (inner.line, inner.column)
        assert (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)


def test_names_are_found_by_some_of_their_letters() -> None:
    assert [s.name for s in search(INDEX, "qdays")] == ["quiet_days"]
    assert "come_back" in [s.name for s in search(INDEX, "Come back")]
    assert search(INDEX, "zzz") == [] and len(search(INDEX, "")) > 20


def test_blocks_long_texts_and_runs_of_comments_fold() -> None:
    text = f"# one\n# two\n{KIOSK}"
    found = {(LINES[f.first - 3].split()[0], f.last - f.first) for f in folds(Index({FILE: text}), FILE) if f.first > 2}
    assert {("source", 7), ("segments", 4), ("body", 3), ("given", 6)} <= found
    assert next(f for f in folds(Index({FILE: text}), FILE) if f.kind == "comment").last == 2
    assert folds(Index({FILE: ""}), FILE) == []


def test_a_selection_grows_from_the_word_to_the_file() -> None:
    index, file, line, column = on("when qui|et_days > 60")
    spans = selections(index, file, line, column)
    texts = [SourceText(FILE, KIOSK).slice(span) for span in spans]
    assert texts[0] == "quiet_days" and texts[1].startswith("segment quiet") and texts[-1] == KIOSK
    assert "is lapsed" not in texts[1] and "is lapsed" in texts[2]
    for inner, outer in pairwise(spans):
        assert (outer.line, outer.column) <= (inner.line, inner.column)
    assert selections(Index({FILE: "\n\n"}), FILE, 2, 1)


def test_formatting_gives_what_the_formatter_gives_and_touches_nothing_else() -> None:
    messy = KIOSK.replace("costs 0.10 EUR", "costs   0.10   EUR").replace("\n\ngoal", "\n\n\n\n\ngoal").replace(
        "  kind marketing", "  kind   marketing   "
    )  # fmt: skip
    want = format_source(SourceText(FILE, messy))
    edits = formatting(FILE, messy)
    assert want != messy and edited(SourceText(FILE, messy), edits) == want
    assert sum(edit.text.count("\n") for edit in edits) < 10
    assert formatting(FILE, want) == []
    line = messy.split("\n").index("  costs   0.10   EUR") + 1
    assert [edit.text for edit in formatting(FILE, messy, line, line)] in (["  costs 0.10 EUR"], ["  costs 0.10 EUR\n"])
    for text in ("", "\n", "action", "   ", KIOSK.rstrip("\n"), "measure a = (\n"):
        assert edited(SourceText(FILE, text), formatting(FILE, text)) == format_source(SourceText(FILE, text))


def colours(text: str) -> dict[str, str]:
    lines = text.split("\n")
    return {
        lines[c.line - 1][c.column - 1 : c.column - 1 + c.length]: c.type for c in coloured(Index({FILE: text}), FILE)
    }


def test_words_are_coloured_by_what_they_are() -> None:
    found = colours(KIOSK + "\nmeasure m = round(spend, 2) # why\n## doc\n")
    wanted = {
        "measure": "keyword", "spend": "variable", "gold": "enumMember", "quiet": "enum", "heard_from": "property",
        "friend": "enumMember", "sales": "class", "margin_rate": "parameter", "come_back": "function",
        "sum of": "keyword",
        "100 EUR": "number", "2027-06-30": "number", '"Kiosk"': "string", "round": "function", "# why": "comment",
        "## doc": "comment", ">=": "operator", "through": "keyword", "one of": "keyword",
    }  # fmt: skip
    assert {word: found.get(word) for word in wanted} == wanted


def test_colours_stand_in_order_and_never_overlap() -> None:
    for text in (KIOSK, KIOSK[: len(KIOSK) // 2], 'body """\n  # no comment\n', "segment a when (b # c\n  and d)\n"):
        lines = text.split("\n")
        end = (0, 0)
        for each in coloured(Index({FILE: text}), FILE):
            assert (each.line, each.column) >= end and each.length > 0
            assert each.column - 1 + each.length <= len(lines[each.line - 1])
            end = (each.line, each.column + each.length)
    some = [c for c in coloured(INDEX, FILE) if 30 <= c.line <= 40]
    assert list(coloured(INDEX, FILE, 30, 40)) == some


def test_kept_colours_are_those_of_the_whole_text() -> None:
    texts = (KIOSK, KIOSK.replace("segment quiet", "segment quite"), f"# new\n\n{KIOSK}", "", KIOSK)
    for text in texts:
        index = Index({FILE: text})
        fresh = encoded(coloured(index, FILE), text.split("\n"), "utf-16")
        assert token_data(index, FILE, "utf-16") == fresh
    assert token_data(Index({FILE: texts[0]}), FILE, "utf-16") != token_data(Index({FILE: texts[1]}), FILE, "utf-16")


def test_the_call_around_the_cursor() -> None:
    def call(text: str) -> tuple[str, int] | None:
        index, file, line, column = below(text)
        found = call_at(index.lines(file), line, column)
        return None if found is None else (found.function.name, found.argument)

    assert call("measure m = min(spend, |") == ("min", 1)
    assert call("measure m = min(round(spend, 2), |") == ("min", 1)
    assert call("measure m = min(round(|") == ("round", 0)
    assert call("segment s when tier is one of (gold, |") is None
    assert call("measure m = min(1, 2) |") is None and call('measure m "min(|') is None


def fixes(text: str) -> tuple[list[str], str]:
    """The titles of what is offered on any line, and the text with all safe fixes in it."""
    found = check_text(text, FILE).diagnostics
    lines = text.split("\n")
    titles = [a.title for a in actions(found, lines, 1, len(lines))]
    return titles, edited(SourceText(FILE, text), safe_edits(found))


def test_fixes_are_offered_safe_ones_first_choice() -> None:
    wrong = KIOSK.replace("quiet_days > 60", "quite_days > 60").replace('"Kiosk"', "\u201cKiosk\u201d")
    found = check_text(wrong, FILE).diagnostics
    made = list(actions(found, wrong.split("\n"), 1, 999))
    assert [a.preferred for a in made if a.title == "Write straight quotes"] == [True]
    assert [a.all_safe for a in made].count(True) == 1
    _, mended = fixes(wrong)
    assert '"Kiosk"' in mended and "quite_days" in mended, "a spelling is never safe"
    assert fixes(KIOSK)[0].count("Apply all safe fixes in this file") == 0


def test_a_misspelt_name_is_corrected() -> None:
    wrong = KIOSK.replace(
        'segment quiet "Not seen for long" when quiet_days', 'segment quiet "Not seen for long" when quite_days'
    )
    found = check_text(wrong, FILE).diagnostics
    line = next(d.span.line for d in found if d.code == "S261")
    edits: list[Edit] = [e for a in actions(found, wrong.split("\n"), line, line) if a.diagnostic for e in a.edits]
    assert edited(SourceText(FILE, wrong), edits[:1]) == KIOSK
    assert not [a for a in actions(found, wrong.split("\n"), 1, 2) if a.diagnostic]


def test_a_name_that_means_nothing_is_marked_in_all_places_and_mended_from_any() -> None:
    wrong = KIOSK + "".join(f'segment s{n} "S" when spend > 3 EUR and frequent\n' for n in range(3))
    found = check_text(wrong, FILE).diagnostics
    unknown = next(d for d in found if d.args.get("name") == "frequent")
    places = list(everywhere(unknown))
    assert [place.span.line for place in places] == [wrong.count("\n") - 2 + n for n in range(3)]
    for place in places:
        made = actions(places, wrong.split("\n"), place.span.line, place.span.line)
        assert [a.edits for a in made if a.edits and a.preferred is False][:1] == [unknown.fixes[0].edits]
    titles = [a.title for a in actions(places, wrong.split("\n"), 1, 999)]
    assert len(titles) == len(set(titles))
    assert next(iter(everywhere(found[0]))) is found[0]


def test_a_rule_can_be_ignored_in_place_an_error_cannot() -> None:
    found = check_text(KIOSK, FILE)
    rule = next(d for d in found.diagnostics if d.code in RULES)
    made = [a for a in actions([rule], LINES, rule.span.line, rule.span.line) if a.title.startswith("Ignore")]
    text = edited(SourceText(FILE, KIOSK), made[0].edits)
    assert f"# ignore {rule.code} because …" in text
    again = check_text(text, FILE)
    assert rule.code in {d.code for d in again.ignored} and len(again.diagnostics) == len(found.diagnostics) - 1
    wrong = check_text(KIOSK.replace("quiet_days > 60", "quite_days > 60"), FILE).errors
    assert not [a for a in actions(wrong, LINES, 1, 999) if a.title.startswith("Ignore")]


def test_each_code_with_a_page_offers_to_open_it() -> None:
    wrong = check_text(KIOSK.replace("quiet_days > 60", "quite_days > 60"), FILE).errors
    assert [a.page for a in actions(wrong, LINES, 1, 999) if a.page] == ["S261"]
