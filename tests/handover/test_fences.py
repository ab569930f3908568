"""The second fence holds by itself: templates that never went through the first one reach nothing."""

from __future__ import annotations

import pytest
from jinja2 import TemplateError
from jinja2.exceptions import SecurityError

from stratagem.engine.handover.sandbox import FENCE
from stratagem.engine.handover.words import literal
from tests.handover.world import ADA, text_of

REACHING = (
    "{{ v.__class__ }}",
    "{{ v.raw }}",
    "{{ v['raw'] }}",
    "{{ v() }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ 'a'.upper() }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 'a' * 1000000000 }}",
    "{{ -v }}",
    "{{ self._TemplateReference__context }}",
    "{% for a in v.raw %}{% endfor %}",
    "{% set a = v.raw %}",
)
UNKNOWN = (
    "{{ range(9) }}",
    "{{ lipsum() }}",
    "{{ cycler }}",
    "{{ v | attr('raw') }}",
    "{{ v | map('upper') }}",
    "{{ v is callable }}",
    "{% include 'people.csv' %}",
    "{% import 'os' as os %}",
)


@pytest.mark.parametrize("template", REACHING)
def test_nothing_can_be_reached(template: str) -> None:
    with pytest.raises(SecurityError):
        FENCE.from_string(template).render(v=literal("Ada"))


@pytest.mark.parametrize("template", UNKNOWN)
def test_there_is_nothing_else_in_it(template: str) -> None:
    with pytest.raises((TemplateError, TypeError)):
        FENCE.from_string(template).render(v=literal("Ada"))


def test_it_shows_what_it_is_meant_to_show() -> None:
    """The negative control: the fence is no wall."""
    filled = FENCE.from_string("Hello {{ v | show }}").render(v=literal("Ada"), finish=str.upper, missing=set())
    assert filled == "Hello ADA"


@pytest.mark.parametrize(
    "value",
    ["{{ 7 * 7 }}", "{{ first_name }}", "{% if 1 %}x{% endif %}", "{# gone #}", "{}", "%s", "${x}", "$1", r"\1", "{{"],
)
def test_a_value_is_never_read_as_a_template(value: str) -> None:
    person = {**ADA, "first_name": value}
    assert text_of("Hello {{ first_name }}!", person) == f"Hello {value}!"
    by_sandbox = "{% if first_name | upper == 'X' %}x{% endif %}{{ first_name | trim }}"
    assert text_of(by_sandbox, person) == value
