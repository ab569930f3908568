"""The table of faults: what is planted, what the checker may call it, how grave it is, what may follow from it.

Each entry plants its fault in any strategy that has a place for it; the docstring of the function says what it is and
which lines may be blamed (else it is the one line that was changed). No finding may come up beside it, unless its code
is listed as a follow-up, with the reason.
"""

from __future__ import annotations

from tests.faults import plant_aims as aims
from tests.faults import plant_layout as layout
from tests.faults import plant_literals as literals
from tests.faults import plant_means as means
from tests.faults import plant_names as names
from tests.faults import plant_texts as texts
from tests.faults import plant_units as units
from tests.faults.fault import Fault

LAYOUT = (
    Fault(layout.slipped_keyword, ("S130",)),
    Fault(layout.tab, ("S110",)),
    Fault(layout.curly_quotes, ("S111",)),
    Fault(layout.half_indent, ("S112",)),
    Fault(layout.two_steps_in, ("S113",)),
    Fault(layout.quote_left_open, ("S116",)),
    Fault(layout.long_text_left_open, ("S117",)),
    Fault(layout.bracket_left_open, ("S118",)),
    Fault(layout.bracket_too_many, ("S119",)),
    Fault(layout.blank_from_a_web_page, ("S115",)),
    Fault(layout.colon, ("S141",)),
    Fault(layout.statement_of_another_block, ("S131",)),
    Fault(layout.lines_below_a_leaf, ("S137", "S123")),
    Fault(layout.no_label, ("S138",), "warning"),
    Fault(layout.said_twice, ("S144",)),
    Fault(layout.breaks_off, ("S132", "S136", "S170", "S198")),
    Fault(layout.goes_on, ("S133", "S126")),
    Fault(layout.second_strategy, ("S401",)),
    Fault(layout.unquoted_text, ("S127", "S132", "S153", "S196")),
    Fault(layout.upper_case_name, ("S139",)),
    Fault(layout.hyphen_in_a_name, ("S139",)),
    Fault(layout.reserved_name, ("S140",)),
    Fault(layout.no_condition, ("S135", "S136")),
    Fault(layout.no_formula, ("S134", "S136")),
    Fault(layout.no_conditions_below, ("S186",)),
    Fault(layout.no_otherwise, ("S182",)),
    Fault(layout.case_after_otherwise, ("S181",)),
    Fault(layout.unknown_version, ("S403",)),
)

LITERALS = (
    Fault(literals.equals_for_is, ("S152",)),
    Fault(literals.signs_swapped, ("S153",)),
    Fault(literals.not_equal_sign, ("S153",)),
    Fault(literals.words_for_a_sign, ("S153", "S168")),
    Fault(literals.nothing_to_compare_with, ("S151",)),
    Fault(literals.ampersands, ("S154",)),
    Fault(literals.if_without_else, ("S156",)),
    Fault(literals.no_such_day, ("S174",)),
    Fault(literals.day_first, ("S173",)),
    Fault(literals.no_such_hour, ("S174",)),
    Fault(literals.currency_first, ("S170",)),
    Fault(literals.no_such_currency, ("S405",)),
    Fault(literals.no_such_zone, ("S404",)),
    Fault(literals.decimal_comma, ("S171",)),
    Fault(literals.comma_in_a_list, ("S175",), "warning"),
    Fault(literals.slipped_unit, ("S198",)),
    Fault(literals.money_for_time, ("S132",)),
    Fault(literals.share_without_a_sign, ("S132", "S172")),
    Fault(literals.unknown_choice_word, ("S147",)),
    Fault(literals.unknown_field_type, ("S132", "S147", "S153")),
    Fault(literals.money_without_currency, ("S132", "S170")),
    Fault(literals.other_currency_in_a_slot, ("S302",)),
)

NAMES = (
    Fault(names.unknown_channel, ("S278",)),
    Fault(names.unknown_goal, ("S278",)),
    Fault(names.unknown_hurdle, ("S278",)),
    Fault(names.unknown_segment, ("S278",)),
    Fault(names.unknown_stage, ("S278",)),
    Fault(names.unknown_offer, ("S278",)),
    Fault(names.unknown_budget, ("S278",)),
    Fault(names.unknown_resource, ("S278",)),
    Fault(names.unknown_need, ("S278",)),
    Fault(names.unknown_objective, ("S278",)),
    Fault(names.unknown_function, ("S278",)),
    Fault(names.unknown_action, ("S278",)),
    Fault(names.unknown_stage_of_a_move, ("S278",)),
    Fault(names.unknown_answer_field, ("S266",)),
    Fault(names.unknown_date_field, ("S266",)),
    Fault(names.unknown_fact, ("S261",)),
    Fault(names.unknown_field, ("S266",)),
    Fault(names.unknown_source, ("S265", "S276")),
    Fault(names.unknown_choice, ("S311",)),
    Fault(names.unknown_function_name, ("S270",)),
    Fault(names.unknown_lookup_field, ("S266",)),
    Fault(names.fact_twice, ("S263",)),
    Fault(names.field_twice, ("S263",)),
    Fault(names.action_twice, ("S263",)),
    Fault(names.segment_named_as_a_tier, ("S263",)),
    Fault(names.fact_named_as_a_field, ("S263", "S264")),
    Fault(names.channel_for_a_segment, ("S278",)),
    Fault(names.segment_for_a_stage, ("S278",)),
    # The cell it was is then empty.
    Fault(names.tier_of_the_other_side, ("S488",), follow_ups=("S490",)),
    Fault(names.loop, ("S269",)),
    Fault(names.reads_itself, ("S269",)),
    Fault(names.row_field_without_a_row, ("S267",)),
    Fault(names.ambiguous_field, ("S264",)),
    Fault(names.source_of_no_shape, ("S414",)),
    Fault(names.unknown_assumption, ("S493",)),
    Fault(names.unknown_code_waived, ("S498",), "warning"),
    Fault(names.message_through_another_channel, ("L049", "S473"), "warning"),
)

UNITS = (
    Fault(units.money_plus_days, ("S306",)),
    Fault(units.money_beside_a_number, ("S301",)),
    Fault(units.other_currency, ("S302",)),
    Fault(units.days_beside_months, ("S304",)),
    Fault(units.money_for_days, ("S307",)),
    Fault(units.chance_in_money, ("S310",)),
    Fault(units.worth_without_money, ("S301", "S310")),
    Fault(units.costs_in_days, ("S310",)),
    Fault(units.value_without_money, ("S301", "S310")),
    Fault(units.text_added_up, ("S315",)),
    # What is retired after a time needs the date too.
    Fault(units.window_without_dates, ("S273",), follow_ups=("S416",)),
    Fault(units.no_condition_at_all, ("S309",)),
    Fault(units.threshold_in_another_unit, ("S301", "S310")),
    Fault(units.wrong_argument, ("S314",)),
    Fault(units.too_many_arguments, ("S313",)),
    Fault(units.pattern_of_another_kind, ("S320",)),
    Fault(units.cases_of_two_kinds, ("S303", "S318")),
    Fault(units.choice_beside_a_number, ("S307", "S308")),
    Fault(units.metric_about_one, ("S262",)),
    Fault(units.goal_in_two_units, ("S455",)),
    Fault(units.milepost_in_another_unit, ("S455",)),
    Fault(units.limit_in_money, ("S466",)),
    Fault(units.budget_without_money, ("S466",)),
    Fault(units.rank_by_a_fact, ("S261",)),
    Fault(units.silence_after_no_date, ("S310",)),
)

AIMS = (
    # Nobody is in the tier, so what is done for it alone can never be done.
    Fault(aims.tiers_out_of_order, ("S430",), follow_ups=("L014",)),
    Fault(aims.tiers_alike, ("S430",), follow_ups=("L014",)),
    # It has no cells in the matrix.
    Fault(aims.tier_after_the_rest, ("S430",), follow_ups=("S490",)),
    Fault(aims.gap_between_tiers, ("L020",), "warning"),
    Fault(aims.shares_over_everyone, ("S432",)),
    Fault(aims.next_before_top, ("S435",), "warning"),
    Fault(aims.unreachable_stage, ("L001",), "warning"),
    Fault(aims.move_to_itself, ("S440",)),
    Fault(aims.move_twice, ("L003",), "warning"),
    Fault(aims.steps_out_of_order, ("S443",), "warning"),
    Fault(aims.second_journey, ("S401", "S144")),
    Fault(aims.two_stages_of_a_name, ("S263",)),
    # The one after it is then less far.
    Fault(aims.milepost_beyond_target, ("S451",), follow_ups=("S453",)),
    # The earliest figure is then the last.
    Fault(aims.milepost_after_the_end, ("S452",), follow_ups=("S453",)),
    Fault(aims.mileposts_that_go_back, ("S453",)),
    Fault(aims.goal_that_changes_nothing, ("S450",), "warning"),
    Fault(aims.goal_in_the_past, ("S454",), "warning"),
    Fault(aims.share_above_all, ("S456",)),
    Fault(aims.goal_nobody_serves, ("L030",), "warning"),
    Fault(aims.cell_twice, ("S489",)),
    Fault(aims.cell_left_out, ("S490",), "warning"),
    Fault(aims.matrix_of_one_side, ("S487",)),
)

MEANS = (
    # Without a channel it costs nothing, and is paid from a budget all the same.
    Fault(means.no_channel, ("S470",), follow_ups=("S461",)),
    Fault(means.no_chance, ("S471",)),
    Fault(means.no_worth, ("S471",)),
    Fault(means.chance_above_one, ("S317",)),
    Fault(means.everyone_held_out, ("S486",)),
    Fault(means.dates_reversed, ("S474",)),
    # Nothing names the segment that has the condition.
    Fault(means.never_holds, ("L011",), "warning", follow_ups=("L040",)),
    Fault(means.bounds_reversed, ("S293",), "warning", follow_ups=("L040",)),
    Fault(means.weak_and_essential, ("S423",)),
    Fault(means.address_without_a_purpose, ("S418",)),
    # A figure has no purpose either.
    Fault(means.address_of_the_wrong_kind, ("S424",), follow_ups=("S418",)),
    Fault(means.not_with_itself, ("S476",)),
    Fault(means.after_itself, ("S476", "S477")),
    Fault(means.after_each_other, ("S477",)),
    Fault(means.no_action_at_all, ("S481",)),
    Fault(means.limit_of_none, ("S465",)),
    Fault(means.two_main_values, ("S425",)),
    Fault(means.quiet_for_no_time, ("S464",)),
    Fault(means.survey_without_dates, ("S416",), "warning"),
    Fault(means.retired_before_renewed, ("S417",), "warning"),
    Fault(means.margin_above_price, ("S407",), "warning"),
    Fault(means.choice_twice, ("L017",), "warning"),
    Fault(means.identity_of_another_name, ("S410",)),
    Fault(means.no_identity, ("S409",)),
    Fault(means.former_name_in_use, ("S408",)),
    Fault(means.group_named_as_a_source, ("S413",)),
)

TEXTS = (
    Fault(texts.unknown_name_in_a_message, ("S482",)),
    Fault(texts.unknown_filter, ("S483",)),
    Fault(texts.braces_left_open, ("S484", "S485")),
    Fault(texts.loop_in_a_message, ("S484", "S485")),
    Fault(texts.inside_of_a_value, ("S482", "S485")),
    Fault(texts.call_in_a_message, ("S484", "S485")),
    Fault(texts.if_left_open, ("S485",)),
    Fault(texts.row_field_in_a_message, ("S482",)),
)

TESTS = (
    Fault(texts.unknown_given, ("S261", "S278")),
    Fault(texts.given_in_another_unit, ("S310",)),
    Fault(texts.given_twice, ("S496",)),
    Fault(texts.given_unknown_stage, ("S278", "S311")),
    Fault(texts.cut_point_of_a_fixed_tier, ("S495",)),
    Fault(texts.row_of_no_source, ("S265",)),
    Fault(texts.row_with_an_unknown_field, ("S266",)),
    Fault(texts.row_in_another_unit, ("S310",)),
    Fault(texts.row_broken_off, ("S183",)),
    Fault(texts.unknown_expected_action, ("S278",)),
    Fault(texts.unknown_expected_channel, ("S278",)),
    Fault(texts.unknown_gate, ("S278",)),
    Fault(texts.expected_in_another_unit, ("S307",)),
    Fault(texts.unknown_expectation, ("S261",)),
    Fault(texts.tier_of_another_block, ("S311",)),
    Fault(texts.channel_as_first_action, ("S153",)),
    Fault(texts.nothing_expected, ("S439",), "warning"),
    Fault(texts.no_day, ("S494",)),
)

SECTIONS = {
    "Layout and wording": LAYOUT,
    "Literals, signs and choices": LITERALS,
    "Names": NAMES,
    "Kinds and units": UNITS,
    "Tiers, journey, goals and the matrix": AIMS,
    "Actions, channels, policy, offers and sources": MEANS,
    "Message templates": TEXTS,
    "Test blocks": TESTS,
}
FAULTS = tuple(fault for section in SECTIONS.values() for fault in section)
