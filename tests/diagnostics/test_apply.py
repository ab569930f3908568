"""Fixes are put in together, in rounds, and only those that make the texts better."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from stratagem.dsl.diagnostics import apply
from stratagem.dsl.diagnostics.apply import Verdict, repair
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.diagnostics.edits import NotInText, Texts, changes, edited, offset, overlap, within
from stratagem.dsl.source import SourceText, Span
from stratagem.engine.cli.fixing import Workbench
from tests.tools.house import ROOT

Rule = Callable[[SourceText], Iterator[Diagnostic]]


def texts(**files: str) -> dict[str, SourceText]:
    return {name: SourceText(name, text) for name, text in files.items()}


def words(wrong: str, right: str, safe: bool = True, code: str = "S141") -> Rule:
    """Finds each `wrong` and offers `right` in its place."""

    def find(source: SourceText) -> Iterator[Diagnostic]:
        for number, line in enumerate(source.lines, 1):
            for match in re.finditer(wrong, line):
                span = Span(source.name, number, match.start() + 1, number, match.end() + 1)
                yield Diagnostic(code, span, {"sign": wrong}, fixes=(Fix("Write it", (Edit(span, right),), safe),))

    return find


def checker(*rules: Rule, reading: tuple[Rule, ...] = ()) -> Callable[[Texts], Verdict]:
    def check(texts: Texts) -> Verdict:
        read = tuple(d for source in texts.values() for rule in reading for d in rule(source))
        rest = tuple(d for source in texts.values() for rule in rules for d in rule(source))
        return Verdict(read, (*read, *(() if read else rest)))

    return check


def test_all_that_do_not_touch_go_in_at_once_in_every_file() -> None:
    done = repair(texts(a="x b x\nx", b="x"), checker(words("x", "yes")))
    assert {name: source.text for name, source in done.texts.items()} == {"a": "yes b yes\nyes", "b": "yes"}
    assert len(done.applied) == 4 and done.declined == () and done.found == () and done.ended


def test_what_touches_waits_for_the_next_round() -> None:
    done = repair(texts(a="abc"), checker(words("ab", "xb"), words("bc", "by")))
    assert done.texts["a"].text == "xby" and len(done.applied) == 2


def test_unsafe_fixes_go_in_when_they_are_wanted_only() -> None:
    check = checker(words("x", "y", safe=False))
    kept = repair(texts(a="x"), check)
    assert kept.texts["a"].text == "x" and kept.applied == () and len(kept.found) == 1
    assert repair(texts(a="x"), check, unsafe=True).texts["a"].text == "y"


def test_a_fix_that_brings_more_errors_is_declined_and_the_others_go_in() -> None:
    check = checker(words("x", "bb"), words("b", "b", safe=False, code="S154"), words("u", "v"))
    done = repair(texts(a="u x u x u"), check)
    assert done.texts["a"].text == "v x v x v" and len(done.applied) == 3
    assert [left.diagnostic.span.column for left in done.declined] == [3, 7]


def test_harm_does_not_hide_behind_the_good_that_others_do() -> None:
    worse = words("x", "b")
    check = checker(worse, words("b", "b", safe=False, code="S154"), *(words(sign, "-") for sign in "uvw"))
    done = repair(texts(a="u v w x"), check)
    assert done.texts["a"].text in ("- - - x", "- - - b") and done.texts["a"].text.startswith("- - -")
    assert len(done.applied) >= 3


def test_a_fix_that_does_not_help_is_not_put_in_again_and_again() -> None:
    done = repair(texts(a="x"), checker(words("^x", "x,")))
    assert done.texts["a"].text == "x" and len(done.declined) == 1


def test_lines_that_cannot_be_read_come_first_and_may_reveal_more() -> None:
    check = checker(words("b", "c", safe=False, code="S154"), reading=(words("x", "b b"),))
    done = repair(texts(a="x"), check)
    assert done.texts["a"].text == "b b" and len(done.found) == 2 and done.declined == ()


def test_rounds_are_bounded() -> None:
    check = checker(words(r"x(?!x)", "xxx"))
    done = repair(texts(a="x"), check, rounds=3)
    assert not done.ended and len(done.texts["a"].text) <= 7 and len(done.applied) <= 3
    assert apply.ROUNDS <= 50


def test_a_fix_that_points_nowhere_harms_nothing() -> None:
    nowhere = Fix("Gone", (Edit(Span("a", 9, 1, 9, 2), ""),), True)
    elsewhere = Fix("Other", (Edit(Span("zzz", 1, 1, 1, 2), ""),), True)
    place = Span("a", 1, 1, 1, 2)
    found = tuple(Diagnostic("S141", place, {"sign": f.title}, fixes=(f,)) for f in (nowhere, elsewhere))
    done = repair(texts(a="x"), lambda texts: Verdict((), found))
    assert done.texts["a"].text == "x" and [d.fix.title for d in done.declined] == ["Gone"]


def test_a_strategy_is_fixed_for_good() -> None:
    text = 'language 1\nstrategy s "S"\n  currency EUR\n\nassume a “A” = 3\n'
    text += 'assume b "B" = a && 3 \u00a0+ spnd\nassume spend = 1\n'
    source = {"f": SourceText("f", text)}
    safe = repair(source, Workbench())
    assert "“" not in safe.texts["f"].text and "&&" in safe.texts["f"].text
    assert all(done.fix.safe for done in safe.applied) and safe.applied
    whole = repair(source, Workbench(), unsafe=True)
    again = repair(whole.texts, Workbench(), unsafe=True)
    assert again.texts == whole.texts and not again.applied and "&&" not in whole.texts["f"].text


def test_what_stands_on_the_same_line_waits_while_the_others_go_in_at_once() -> None:
    """One harmful fix among many costs one more check, and no search for it by halves."""
    rules = checker(words("x", "bb"), words("b", "b", safe=False, code="S154"), words("u", "v"))
    asked: list[str] = []

    def check(texts: Texts) -> Verdict:
        asked.append(texts["a"].text)
        return rules(texts)

    done = repair(texts(a="u\n" * 40 + "x\n" + "u\n" * 40), check)
    assert done.texts["a"].text == "v\n" * 40 + "x\n" + "v\n" * 40 and len(done.declined) == 1
    assert len(asked) == 4


def test_a_file_of_capitals_is_fixed_in_a_few_rounds() -> None:
    """Each line begins with a capital, as word processors write it: lines below a head are seen once it reads."""
    text = (ROOT / "tests" / "mistakes" / "bases" / "lingua.strategy").read_text("utf-8")
    wrong = re.sub(r"(?m)^( *)([a-z])", lambda found: found[1] + found[2].upper(), text)
    bench, checks = Workbench(), 0

    def check(texts: Texts) -> Verdict:
        nonlocal checks
        checks += 1
        return bench(texts)

    done = repair({"f": SourceText("f", wrong)}, check, unsafe=True)
    assert len(done.applied) > 180 and checks < 10 and done.ended
    left = [line for line, right in zip(done.texts["f"].lines, text.split("\n"), strict=True) if line != right]
    assert len(left) <= 3, left


def test_edits_of_one_fix_go_in_together() -> None:
    source = SourceText("f", "one\ntwo\nthree")
    edits = (Edit(Span("f", 3, 1, 3, 6), "3"), Edit(Span("f", 1, 1, 2, 1), ""), Edit(Span("f", 2, 4, 2, 4), "!"))
    assert edited(source, edits) == "two!\n3"
    assert [(c.line, c.before, c.after) for c in changes(source, edits)] == [
        (1, ("one", "two"), ("two!",)), (3, ("three",), ("3",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "span", [(1, 1, 1, 9), (0, 1, 1, 1), (1, 3, 1, 2), (2, 1, 2, 1), (1, 0, 1, 1)], ids=lambda span: str(span)
)
def test_an_edit_outside_the_text_is_refused(span: tuple[int, int, int, int]) -> None:
    with pytest.raises(NotInText):
        edited(SourceText("f", "abc"), [Edit(Span("f", *span), "")])


def test_edits_of_one_fix_that_overlap_are_refused() -> None:
    both = [Edit(Span("f", 1, 1, 1, 3), "x"), Edit(Span("f", 1, 2, 1, 4), "y")]
    with pytest.raises(NotInText):
        edited(SourceText("f", "abc"), both)


def test_what_overlaps() -> None:
    def at(*span: int) -> Span:
        return Span("f", *span)

    assert overlap(at(1, 1, 1, 3), at(1, 2, 1, 4)) and overlap(at(1, 1, 3, 1), at(2, 1, 2, 9))
    assert overlap(at(1, 2, 1, 2), at(1, 2, 1, 2)) and not overlap(at(1, 1, 1, 3), at(1, 3, 1, 4))
    assert not overlap(at(1, 1, 1, 3), Span("g", 1, 1, 1, 3))
    assert offset(SourceText("f", "ab\ncd"), 2, 2) == 4 and offset(SourceText("f", "ab"), 9, 9) == 2


def test_a_fix_that_would_run_into_half_a_word_is_not_offered() -> None:
    source = SourceText("s.strategy", "segment lost when orders > 3\n")
    where = Span("s.strategy", 1, 19, 1, 25)
    whole = Fix("Write count of orders", (Edit(where, "count of orders"),))
    for cut in (Span("s.strategy", 1, 21, 1, 25), Span("s.strategy", 1, 19, 1, 22)):
        half = Fix("Write count of", (Edit(cut, "count of"),))
        (left,) = within([Diagnostic("S261", where, {}, fixes=(half, whole))], {"s.strategy": source})
        assert left.fixes == (whole,)


def test_where_reading_had_stopped_what_comes_further_down_is_no_harm() -> None:
    def some(source: SourceText) -> Iterator[Diagnostic]:
        bad = sorted([*words("x", "y")(source), *words("q", "q", safe=False)(source)], key=lambda d: d.span.line)
        yield from bad[:3]
        if bad[3:]:
            yield Diagnostic("S121", bad[3].span)

    done = repair(texts(a="x\n" * 7 + "q\n" * 5), checker(reading=(some,)))
    assert done.texts["a"].text == "y\n" * 7 + "q\n" * 5 and done.declined == () and len(done.applied) == 7
