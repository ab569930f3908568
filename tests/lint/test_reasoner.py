"""What can hold: the glance and the search agree, and no strategy makes the reasoner run away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stratagem.dsl.expressions.tree import Expr
from stratagem.dsl.lint.catalogue import RULES
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.pipeline import check_text, load_strategy
from stratagem.dsl.possible.plain import Plain
from stratagem.dsl.possible.reasoner import Reasoner
from tests.check.case_files import cases
from tests.lint.test_cases import FOLDER, SOUND
from tests.tools.house import ROOT

LIBRARY = ("coffee", "gift_shop", "grocery", "starter")


def conditions(strategy: Strategy) -> Iterator[Expr]:
    """What may be asked of the customers of a strategy."""
    yield from (segment.condition.expr for segment in strategy.segments)
    yield from (block.condition.expr for block in strategy.tiers if block.condition)
    yield from (m.condition.expr for m in (strategy.journey.moves if strategy.journey else ()) if m.condition)
    yield from (hurdle.condition.expr for hurdle in strategy.hurdles if hurdle.condition)
    yield from (f.expr for action in strategy.actions for f in (action.when, *action.unless) if f)


def strategies() -> Iterator[Strategy]:
    for name in LIBRARY:
        found = load_strategy(ROOT / "strategies" / name).strategy
        assert found is not None
        yield found
    for file in sorted(FOLDER.glob("condition_*.md")):
        for case in cases(file.name, FOLDER, SOUND):
            found = check_text(case.text, rules=dict.fromkeys(RULES, "off")).strategy
            assert found is not None
            yield found


def test_what_is_told_at_a_glance_the_search_says_too() -> None:
    asked = plain = 0
    for strategy in strategies():
        reasoner = Reasoner(strategy)
        glance = Plain(reasoner.definitions)
        for condition in conditions(strategy):
            asked += 1
            if glance.open(condition) is not None:
                plain += 1
                assert reasoner.possible(reasoner.true(condition)), condition
                assert reasoner.possible(reasoner.false(condition)), condition
    assert plain > asked / 3, "the glance tells hardly anything"
    assert plain < asked, "the glance lets everything pass"


@pytest.mark.parametrize(
    ("condition", "open_"),
    [
        ("visits >= 1", True),
        ("visits >= 1 and rating <= 3", True),
        ("visits is known and visits >= 1", True),
        ("order_count >= 1", True),
        ("spend >= 10 EUR and margin < 4 EUR", False),
        ("order_count >= 0", False),
        ("order_count is 0 and quiet_days > 3 days", False),
        ("visits is known or visits is missing", False),
        ("reason is one of (price, taste)", False),
        ("warmth > 100", False),
        ("warmth > 50", True),
    ],
)
def test_the_glance_lets_pass_only_what_can_go_either_way(condition: str, open_: bool) -> None:
    checked = check_text(SOUND.replace("when visits >= 1", f"when {condition}"))
    assert checked.strategy is not None
    when = checked.strategy.action("hello").when  # type: ignore[union-attr]
    assert when is not None
    assert (Plain(Reasoner(checked.strategy).definitions).open(when.expr) is not None) is open_


def _chain(length: int, step: str) -> str:
    lines = [step.format(new=n, old=n - 1) for n in range(1, length)]
    last = f'segment last "Last" when c{length - 1} > 3 and c{length - 1} < 900\n  is prospect\n'
    return "\n".join([SOUND, 'measure c0 "C" = visits', *lines, last])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(_chain(1000, 'measure c{new} "C" = c{old} + 1'), id="a thousand measures behind each other"),
        pytest.param(
            _chain(300, 'measure c{new} "C" = c{old} * 2 if c{old} > 3 else c{old} + c{old}'),
            id="each measure four times the one before",
        ),
        pytest.param(
            SOUND
            + 'segment z0 "Z" when visits > 3 and rating > 2\n'
            + "".join(f'segment z{n} "Z" when z{n - 1} and not (z{n - 1} and consent)\n' for n in range(1, 300))
            + 'segment last "Last" when z299\n  is prospect\n',
            id="each segment twice the one before",
        ),
        pytest.param(
            SOUND
            + 'segments fine "Fine" by spend\n'
            + "".join(f'  b{n} "B" from {900 - n} EUR\n' for n in range(300))
            + '  rest "Rest" otherwise\n'
            + 'segment some "Some" when b5 or b7 or b30 or not b200\n  is prospect\n',
            id="three hundred tiers",
        ),
        pytest.param(
            SOUND
            + 'segment wide "Wide"\n  when all of\n'
            + "".join(f"    visits > {n} or order_count < {n + 2} or rating is {n % 11}\n" for n in range(200))
            + "  is prospect\n",
            id="two hundred choices",
        ),
    ],
)
def test_a_strategy_that_grows_beyond_all_bounds_is_answered_all_the_same(text: str) -> None:
    """Bounds are counts, so an answer never depends on the machine; without them these would not end."""
    checked = check_text(text)
    assert checked.strategy is not None
    assert {d.code for d in checked.diagnostics} <= {"L015"}
