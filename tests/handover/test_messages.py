"""What messages show, and what none may hold: the cases of messages.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from stratagem.dsl.templates.mend import mended
from stratagem.dsl.templates.reader import Known, faults
from stratagem.engine.handover.templates import TemplateFault, read_template
from tests.handover.world import ADA, NOBODY, known, text_of

WHOLE = (Path(__file__).parent / "messages.md").read_text("utf-8")
SHOWN, _, REFUSED = WHOLE.partition("# What no message may hold")
FACTS: dict[str, dict[str, Any]] = {
    "P1": {"tier": "gold", "stage": "old", "regulars": True, "bonus": 5.0, "offer": "starter"},
    "P2": {"bonus": 5.0, "offer": "starter"},
}
EVERYONE = {"action": "hello", "channel": "mail", "as_of": date(2026, 11, 2)}


def shown() -> Iterator[tuple[str, str, str]]:
    """Template, what Ada sees, what a stranger sees."""
    for line in SHOWN.splitlines():
        cells = re.findall(r"`([^`]*)`", line.replace("\\|", "|"))
        if line.startswith("| `") and len(cells) == 3:
            yield cells[0], cells[1], cells[2]


CASES = list(shown())
HOSTILE = re.findall(r"^- `(.*)`$", REFUSED, re.M)


@pytest.mark.parametrize(("template", "ada", "stranger"), CASES)
def test_a_message_shows(template: str, ada: str, stranger: str) -> None:
    assert list(faults(template, names())) == []
    assert text_of(template, {**ADA, **FACTS["P1"], **EVERYONE}) == ada
    assert text_of(template, {**NOBODY, **FACTS["P2"], **EVERYONE}) == stranger


@pytest.mark.parametrize("template", HOSTILE)
def test_a_message_may_not_hold(template: str) -> None:
    assert list(faults(template, names())) != []
    with pytest.raises(TemplateFault):
        read_template(template, known())


def test_raw_stretches_are_refused_though_they_would_be_harmless() -> None:
    raw = "{% raw %}{{ x }}{% endraw %}"
    assert next(fault.code for fault in faults(raw, names())) == "S484"
    assert text_of(raw, ADA) == "{{ x }}"


def test_there_are_cases() -> None:
    assert len(CASES) > 50 and len(HOSTILE) > 50


def names() -> Known:
    """The names as the checker has them."""
    return Known({name: slot.type for name, slot in known().items()}, {"town": ("people.town", "survey.town")})


def test_a_name_of_two_sources_is_refused_with_both_ways_to_write_it() -> None:
    [fault] = faults("{{ town }}", names())
    assert (fault.code, fault.ways) == ("S264", ("people.town", "survey.town"))
    with pytest.raises(TemplateFault, match="town"):
        read_template("{{ town }}", known())


@pytest.mark.parametrize(
    "text",
    [
        "{{ " + "(" * 5000 + "first_name" + ")" * 5000 + " }}",
        "{% if " + "not " * 5000 + "vip %}{% endif %}",
        "{% if vip %}" * 500 + "{% endif %}" * 500,
        "{{ first_name" + " | upper" * 20_000 + " }}",
        "{% if " + "vip or " * 20_000 + "vip %}{% endif %}",
        "{{ " + "1 if vip else " * 5000 + "2 }}",
        "x" * 200_000,
    ],
    ids=["brackets", "nots", "ifs", "filters", "ors", "choices", "length"],
)
def test_a_template_that_goes_too_deep_or_too_long_is_refused(text: str) -> None:
    assert [fault.code for fault in faults(text, names())][:1] == ["S485"]
    with pytest.raises(TemplateFault):
        read_template(text, known())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{% if tier is gold %}x{% endif %}", "{% if tier == 'gold' %}x{% endif %}"),
        ("{{ 1 if tier is not gold else 2 }}", "{{ 1 if tier != 'gold' else 2 }}"),
        ("{% if tier is one of (gold, basic) %}x{% endif %}", "{% if tier in ('gold', 'basic') %}x{% endif %}"),
        ("{% if spend > 1,250 EUR and vip is no %}x{% endif %}", "{% if spend > 1250 and vip == false %}x{% endif %}"),
        ("{% if spend between 5 and 9.50 EUR %}x{% endif %}", "{% if spend >= 5 and spend <= 9.50 %}x{% endif %}"),
        ("{% if spend >= 50 USD %}x{% endif %}", None),
        ("{% if tier is copper %}x{% endif %}", None),
    ],
)
def test_a_condition_written_as_in_formulas_is_told_how_messages_write_it(written: str, meant: str | None) -> None:
    assert mended(written, names()) == meant
