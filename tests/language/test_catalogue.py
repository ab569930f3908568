"""The statement catalogue: every example is its own statement and no other, and all of it fits the model."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import stratagem.dsl.model as model_package
from stratagem.dsl import record
from stratagem.dsl.catalogue import STATEMENTS, TOP, Statement, below, by_id, first_words
from stratagem.dsl.catalogue.pattern import compile_pattern, slots
from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.model.base import Part
from stratagem.dsl.nodes import Node
from stratagem.dsl.parse import parse
from stratagem.dsl.parse.statements import best_fits
from stratagem.dsl.source import SourceText
from tests.language.sample import placed

PLACES = [(s, block) for s in STATEMENTS for block in s.under]


def _ids(value: object) -> str:
    return value.id if isinstance(value, Statement) else str(value)


def _last(nodes: tuple[Node, ...] | list[Node]) -> list[Node]:
    """The way down to the node written last."""
    return [nodes[-1], *_last(nodes[-1].children)] if nodes else []


@pytest.mark.parametrize(("statement", "block"), PLACES, ids=_ids)
def test_an_example_is_its_own_statement_and_no_other(statement: Statement, block: str) -> None:
    parsed = parse(SourceText("example", placed(statement, block)))
    passing = {"S134", "S138", *(["S144"] if statement.hoists else [])}
    assert [d.code for d in parsed.diagnostics if d.code not in passing] == []
    if not statement.hoists:
        assert statement in [node.statement for node in _last(parsed.nodes)]
    fits = best_fits(block, tokens(statement.example.split("\n")[0]))
    assert fits[0].statement is statement
    assert [fit for fit in fits[1:] if fit.complete and fit.words >= fits[0].words] == []


def test_ids_are_unique_and_no_pattern_is_out_of_form() -> None:
    assert len({s.id for s in STATEMENTS}) == len(STATEMENTS)
    for statement in STATEMENTS:
        assert compile_pattern(statement.pattern) or statement.tail == "when"
        assert by_id(statement.id) is statement
        assert statement.meaning.endswith(".")


def test_every_block_that_is_opened_has_statements_and_the_other_way_round() -> None:
    opened = {s.opens for s in STATEMENTS if s.opens}
    stood_in = {block for s in STATEMENTS for block in s.under}
    assert opened - stood_in <= {"rows"}
    assert stood_in - opened == {TOP}


@pytest.mark.parametrize("pattern", ["a [b", "a ] b", "a {b", "( a | b", "a ) b", "Big"])
def test_a_pattern_out_of_form_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError):
        compile_pattern(pattern)


def _classes() -> dict[str, type[Part]]:
    found: dict[str, type[Part]] = {}
    for module in pkgutil.iter_modules(model_package.__path__):
        members = vars(importlib.import_module(f"{model_package.__name__}.{module.name}"))
        found.update({k: v for k, v in members.items() if isinstance(v, type) and issubclass(v, Part)})
    return found


SPECIAL = {"use", "field.format", "given.is.name", "expect.condition.when"}
"""Slots that the making of the model turns into something else."""


def test_what_statements_fill_and_build_is_in_the_model() -> None:
    classes = _classes()
    builders = {s.opens: s.builds for s in STATEMENTS if s.opens and s.builds} | {TOP: "Strategy"}
    faults = []
    for statement in STATEMENTS:
        names = [slot.name for slot in slots(compile_pattern(statement.pattern))] + list(statement.sets)
        names = [n for n in names if f"{statement.id}.{n}" not in SPECIAL and statement.id not in SPECIAL]
        if statement.builds:
            fields = record.names(classes[statement.builds])
            faults += [f"{statement.id}: {n} is not in {statement.builds}" for n in names if n not in fields]
        for block in statement.under:
            fields = record.names(classes[builders[block]]) if block in builders else None
            filled = [statement.fills] if statement.fills else [] if statement.builds else names
            if fields is not None:
                faults += [f"{statement.id}: {n} is not in {builders[block]}" for n in filled if n not in fields]
    assert faults == []


def test_no_phrase_starts_with_a_word_that_only_formulas_use() -> None:
    """Else a line of a block could be read as a condition. These start phrases in blocks that hold no conditions."""
    allowed = {"when", "in", "is", "not", "no"}
    assert {first_words(s)[0] for s in STATEMENTS if first_words(s)} & RESERVED <= allowed
    assert not {first_words(s)[0] for s in below("expect") if first_words(s)} & (RESERVED - {"no"})


BLOCKS_TABLE = [
    ("strategy", "version 3 effective 2026-10-01", "strategy.version"),
    ("strategy", "time zone Europe/Berlin", "strategy.time_zone"),
    ("business", 'vision "V" for growth, retention', "business.vision"),
    ("business", "relationship one_off high_value", "business.relationship"),
    ("business", "relationship repeat mass for advocacy", "business.relationship"),
    ("obstacle", "done 2026-11-10", "obstacle.done"),
    ("customer", "identified by row number", "customer.row_number"),
    ("customer", "listed in households", "customer.listed_in"),
    ("source", "one per customer by row number", "source.row_number"),
    ("source", "one per customer by id", "source.one"),
    ("source", "one per product", "source.lookup"),
    ("source", 'field on date from "Day" as "%d.%m.%Y" missing as ("-", 0)', "field"),
    ("source", 'field ok yes_no as ("1", "0") missing as (999, "unknown")', "field"),
    ("source", "field amount money = quantity * unit_price", "field"),
    ("source", 'field a number = b * 2 personal for "x" asked as "y" bought from "z"', "field"),
    ("source", 'field c one of ("none", "Stale beans", price)', "field"),
    ("source", "field via channel", "field"),
    ("source", "field fee money per month", "field"),
    (TOP, 'value life "Life" main = 3 * yearly', "value"),
    ("segments", 'gold "Gold" from -20 EUR', "tier.from"),
    ("segments", 'gold "Gold" top 5%', "tier.top"),
    ("segments", 'gold "Gold" next 20%', "tier.next"),
    ("segments", 'gold "Gold" below 0 EUR', "tier.below"),
    ("segments", 'gold "Gold" otherwise', "tier.otherwise"),
    ("segments", "once called old_tiers", "once_called"),
    ("tier", "is prospect", "treated.is"),
    ("tier", 'proposition at buyer "P"', "treated.proposition_at"),
    ("tier", "customisation high costing 6 EUR per year", "treated.customisation"),
    ("metric", "target at least 90% by 2027-01-01", "metric.target"),
    ("metric", "target at most 3 by 2027-01-01", "metric.target"),
    ("metric", "target 90% by 2027-01-01", "metric.target"),
    ("market", "frequency 10 per year", "market.frequency"),
    ("market", 'competitor "C" because "B" attracts by "A"', "market.competitor"),
    ("offer", "stock 200 per month", "offer.stock"),
    ("matrix", 'tactic warm, gold "T" by a, b', "matrix.tactic"),
    ("matrix", 'tactic warm, gold nothing because "B"', "matrix.nothing"),
    ("journey", "starts in households.stage", "journey.starts_in"),
    ("journey", 'stage aware "Aware" is aware', "journey.stage"),
    ("goal", "for gold as at 2026-10-01", "goal.for"),
    ("goal", "measured by kept", "goal.measured_by"),
    ("goal", "measured by kept = share of customers where a", "goal.metric"),
    ("resources", 'people p "P" 6,000 EUR per month and 800 EUR once', "resources.people"),
    ("resources", 'technology software t "T" 800 EUR once paid 2026-10-01 and 9 EUR per month', "resources.technology"),
    ("resources", 'process q "Q" 9 EUR per month', "resources.process"),
    ("resources", 'process q "Q" 9 EUR once', "resources.process"),
    ("resource", "paid 2026-10-01", "resource.paid"),
    ("change", "uses p, t", "change.uses"),
    ("channel", "limit 2 per 7 days", "channel.limit"),
    ("channel", "allowed when consent", "channel.allowed"),
    ("channel", "allowed for service, required when consent", "channel.allowed"),
    ("channel", "costs = 0.01 EUR * weight", "channel.costs"),
    ("contact policy", "limit 3 per 7 days across all", "policy.limit_all"),
    ("contact policy", "limit 3 per 7 days across all for marketing", "policy.limit_all"),
    ("contact policy", "limit 2 per 7 days per building", "policy.limit_group"),
    ("contact policy", "quiet from 20:00 to 09:00 for marketing", "policy.quiet"),
    ("contact policy", "silence 14 days after last_complaint", "policy.silence"),
    ("contact policy", "silence 14 days after latest of c.on for marketing", "policy.silence"),
    ("contact policy", "silence 14 days for marketing after latest of c.on", "policy.silence"),
    ("action", "after other within 30 days", "action.after"),
    ("action", "not with other, third", "action.not_with"),
    ("action", "rests 90 days", "action.rests"),
    ("action", "rests 90 days after declined", "action.rests"),
    ("action", "from 2026-11-01 to 2026-12-24", "action.dates"),
    ("decide", "at most 3 actions per customer", "decide.at_most"),
    ("decide", "at most 30% of outreach on gold, silver", "decide.spend_cap"),
    ("decide", "at least 200 through phone", "decide.at_least"),
    ("decide", "slot home takes 1", "decide.slot"),
    ("decide", "hold out 5%", "decide.hold_out"),
    ("decide", "hold out 5% for marketing, selling", "decide.hold_out"),
    ("decide", "allocate greedily", "decide.allocate"),
    ("decide", "allocate within outreach, other", "decide.allocate"),
    ("question", "asked through survey every 6 months", "question.asked"),
    ("question", "answers taste_survey.pause_reason", "question.answers"),
    ("given", "stage = buyer", "given.is"),
    ("given", "satisfaction = missing", "given.is"),
    ("given", "tier platinum from 400 EUR", "given.cut_point"),
    ("given", "contacted by call through phone on 2026-10-01 14:30", "given.contacted"),
    ("given", "held out", "given.held_out"),
    ("given", "orders", "given.rows"),
    ("expect", "tier is gold", "expect.condition"),
    ("expect", "yearly_margin = 70 EUR", "expect.equals"),
    ("expect", "no action mail because when", "expect.no_action"),
    ("expect", "first is gold", "expect.condition"),
]
"""Forms of the language, each in its block, and the statement it is."""


@pytest.mark.parametrize(("block", "line", "expected"), BLOCKS_TABLE, ids=[line for _, line, _ in BLOCKS_TABLE])
def test_each_form_of_the_language_is_its_statement(block: str, line: str, expected: str) -> None:
    fits = best_fits(block, tokens(line))
    assert fits[0].complete
    assert fits[0].statement.id == expected


def test_a_line_of_another_block_is_no_statement_of_this_one() -> None:
    """The negative control."""
    assert not any(fit.complete for fit in best_fits("channel", tokens("kind selling")))
