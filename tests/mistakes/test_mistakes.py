"""Strategists' mistakes are answered: the right line, the reason, a fix that works; and the judges can say no.

The full counts are run by `python -m tests.mistakes`, and with `mutants`, `sixty`, `clean` behind it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.pipeline import Checked
from tests.mistakes import clean, mutants, sixty
from tests.mistakes.corpus import Mistake, base_names, base_text, corpus, read
from tests.mistakes.judge import Verdict, check, judge, leads
from tests.mistakes.table import misses, scores, table

FLOORS = {"line": 0.995, "reason": 0.97, "fix": 0.965, "nothing else": 0.995}
"""What has been reached, and is not to be lost; wanted were 95 % in each column."""
MUTANTS, MUTANTS_RIGHT = 100, 0.98
CLEAN = 40


@cache
def verdicts() -> tuple[Verdict, ...]:
    """Of every sixth mistake, more than 400; `python -m tests.mistakes` judges all."""
    return tuple(judge(mistake) for mistake in corpus()[::6])


@pytest.mark.parametrize("name", base_names())
def test_the_bases_are_sound(name: str) -> None:
    assert check(base_text(name)).diagnostics == ()


def test_the_corpus_is_large_and_every_mistake_is_another() -> None:
    mistakes = corpus()
    assert len(mistakes) >= 300
    assert len({(m.base, m.text) for m in mistakes}) == len(mistakes)
    assert len({m.family for m in mistakes}) >= 12
    assert len({m.base for m in mistakes}) == len(base_names())


@pytest.mark.parametrize("what", FLOORS)
def test_mistakes_are_answered(what: str) -> None:
    share = scores(verdicts())[what]
    assert share >= FLOORS[what], f"{what}: {share:.1%}\n{table(verdicts())}\n{misses(verdicts())[:4000]}"


def test_mutants_are_blamed_where_they_were_changed() -> None:
    found = mutants.outcomes(seed=1, count=MUTANTS)
    assert sum(o.first is not None for o in found) == MUTANTS
    assert mutants.share(found) >= MUTANTS_RIGHT, mutants.report(found)


def test_sixty_errors_in_one_file_are_all_shown_and_no_others() -> None:
    result = sixty.observed(seed=1)
    assert len(result.planted) == sixty.ERRORS and sixty.large().count("\n") >= sixty.LINES
    assert len(result.missed) <= 2 and not result.spurious, sixty.report(seed=1)


def test_clean_strategies_have_no_findings() -> None:
    wrong, told = clean.report(CLEAN, seed=1)
    assert wrong == 0, told


# ---- The judges can say no ----


def example() -> Mistake:
    return next(m for m in corpus() if m.name == "units: The euro sign in front")


def test_a_mistake_answered_well_is_right_in_all_columns() -> None:
    assert judge(example()).right


def test_another_line_than_the_blamed_is_not_right() -> None:
    mistake = example()
    verdict = judge(replace(mistake, blamed=frozenset(n + 1 for n in mistake.blamed)))
    assert not verdict.line and verdict.spurious and not verdict.right


def test_a_code_that_nobody_found_good_is_no_reason() -> None:
    verdict = judge(replace(example(), reasons=frozenset({"S000"})))
    assert verdict.line and not verdict.reason and not verdict.right


def test_a_finding_without_a_fix_is_seen() -> None:
    def bare(text: str, encoding: str) -> Checked:
        found = check(text, encoding)
        return replace(found, diagnostics=tuple(Diagnostic("S115", d.span) for d in found.diagnostics))

    verdict = judge(example(), bare)
    assert verdict.line and not verdict.fix and not verdict.fix_passes


def test_a_fix_that_leads_elsewhere_is_no_fix() -> None:
    mistake = next(m for m in corpus() if m.name == "near_english: `!=` for `is not`")
    verdict = judge(replace(mistake, leads_to=("excluded when country is at",)))
    assert judge(mistake).fix and not verdict.fix and verdict.fix_passes


def test_a_line_that_stood_there_all_along_is_no_fix() -> None:
    mistake = next(m for m in corpus() if m.name == "indents: A stance too flat")
    assert leads(mistake, base_text(mistake.base)) and not leads(mistake, mistake.text)
    elsewhere = replace(mistake, leads_to=("serves more_main",))
    assert "  serves more_main\n" in mistake.text and not leads(elsewhere, mistake.text)


def test_lines_of_a_fix_may_follow_each_other() -> None:
    entry = "## A title\nBase: bank\n```diff\n-  costs 6 EUR\n+  costs €6\n```\nFix: one ⏎ two\n"
    mistake = read("page", entry)[0]
    assert mistake.leads_to == ("one\ntwo",)
    assert leads(mistake, mistake.text + "one\n  two\n") and not leads(mistake, mistake.text + "two\none\n")


def test_nothing_said_is_a_miss_in_every_column() -> None:
    verdict = judge(example(), lambda text, encoding: check(base_text("bank")))
    assert not (verdict.line or verdict.reason or verdict.fix)
    assert "nothing is said" in misses([verdict])


def test_a_second_finding_is_spurious() -> None:
    mistake = replace(example(), text=example().text.replace("takes 12 minutes", "takes 12 minuets"))
    verdict = judge(mistake)
    assert [f.line for f in verdict.spurious] == [min(mistake.blamed) + 1]


def test_a_mutant_blamed_elsewhere_is_not_on_the_right_line() -> None:
    mutant = next(mutants.mutants(seed=1))
    moved = replace(mutant, line=mutant.line + 300, last=mutant.last + 300)
    counted = [mutants.observe(m, mutants._keys(())) for m in (mutant, moved)]
    assert [outcome.right for outcome in counted] == [True, False]
    assert not mutants.observe(replace(mutant, text=base_text("bank")), mutants._keys(())).right


def test_of_sixty_errors_one_unseen_and_one_too_many_are_told() -> None:
    def one_seen_less(text: str, encoding: str) -> Checked:
        found = check(text, encoding)
        first = found.errors[0]
        return replace(found, diagnostics=tuple(d for d in found.diagnostics if d.span.line != first.span.line))

    assert len(sixty.observed(1, 10, one_seen_less).missed) == 1
    text, errors = sixty.planted(seed=1, count=10)
    spoiled = sixty.observed(1, 9, lambda *_: check(text))
    assert [d.span.line for d in spoiled.spurious] == [errors[-1].line]


def test_a_clean_strategy_with_a_mistake_in_it_has_a_finding() -> None:
    files = clean.clean(1)
    name, text = next((n, t) for n, t in files.items() if "  serves " in t)
    assert clean.findings({**files, name: text.replace("  serves ", "  servse ", 1)})


def test_a_page_that_does_not_fit_its_base_is_refused() -> None:
    entry = "## A title\nBase: bank\n```diff\n-  costs 7 EUR\n+  costs €7\n```\n"
    with pytest.raises(ValueError, match="the diff fits 0 places"):
        read("page", entry)
    with pytest.raises(ValueError, match="says nothing that is known"):
        read("page", "Blamed: x\n".join(entry.split("```diff", 1)[:1]) + "Blamed: x\n```diff\n```\n")
