"""What stands between the braces of a message, written another way: the fix writes it as messages do."""

from __future__ import annotations

import pytest

from stratagem.dsl.diagnostics.edits import edited
from stratagem.dsl.pipeline import check_text
from stratagem.dsl.source import SourceText
from tests.tools.house import ROOT

SHOP = (ROOT / "strategies" / "starter" / "shop.strategy").read_text("utf-8")
SLOT = "{{ first_name | default('there') }}"
BODY = f'    body "Hello {SLOT}, come and see."\n'
WAYS = (
    ("S482", "{{ firstname | default('there') }}"),
    ("S482", "{{ first name | default('there') }}"),
    ("S482", "{{ First_Name | default('there') }}"),
    ("S483", "{{ first_name | defualt('there') }}"),
    ("S483", "{{ first_name | fallback('there') }}"),
    ("S485", "{{ first_name default('there') }}"),
    ("S485", "{{ first_name, default('there') }}"),
    ("S485", "{{ first_name | default: 'there' }}"),
    ("S485", "{{ first_name | default('there) }}"),
    ("S485", "{{ first_name ? first_name : 'there' }}"),
    ("S485", "{{ first_name | default('there') | }}"),
    ("S485", "{{ $first_name | default('there') }}"),
    ("S107", '{{ first_name or "there" }}'),
    ("S107", '{{ first_name | default("there") }}'),
    ("S484", "{% first_name | default('there') %}"),
    ("S469", "{ first_name | default('there') }"),
    ("S469", "[[ first_name | default('there') ]]"),
    ("S469", "<first_name | default('there')>"),
)


def with_body(body: str) -> str:
    """The starter with a message of its own below its last action."""
    lines = SHOP.split("\n")
    at = next(n for n, line in enumerate(lines) if line.strip().startswith("body "))
    return "\n".join([*lines[:at], body.rstrip("\n"), *lines[at + 1 :]])


def test_the_message_as_it_should_be_is_sound() -> None:
    assert not check_text(with_body(BODY)).errors


@pytest.mark.parametrize(("code", "slot"), WAYS, ids=[slot for _, slot in WAYS])
def test_a_slot_is_written_as_messages_write_it(code: str, slot: str) -> None:
    text = with_body(BODY.replace(SLOT, slot))
    found = check_text(text).diagnostics
    assert [d.code for d in found] == [code]
    assert edited(SourceText("strategy", text), found[0].fixes[0].edits) == with_body(BODY)


def test_what_only_looks_like_a_slot_is_left_alone() -> None:
    text = with_body('    body "[See page 2] <b>50% off</b>, $5 for {{ first_name | default(\'you\') }}"\n')
    assert not check_text(text).errors
