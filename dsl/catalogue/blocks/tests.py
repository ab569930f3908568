"""`test`: a customer as given, and what is expected of the strategy for them."""

from stratagem.dsl.catalogue.statement import TOP, Statement

_G, _E = ("given",), ("expect",)

STATEMENTS = (
    Statement(
        "test", (TOP,), "test {label:text}",
        "A case: a customer, a day, and what the strategy is to decide.",
        'test "A quiet gold household gets a call"',
        opens="test", fills="tests", builds="StrategyTest", children="statements",
    ),
    Statement(
        "test.on", ("test",), "on {on:moment}",
        "The day of the case, or the moment.",
        "on 2026-11-02",
        once=True,
    ),
    Statement(
        "test.given", ("test",), "given",
        "What is known of the customer. A source not given has no rows; any other field is missing.",
        "given",
        opens="given", children="statements", once=True,
    ),
    Statement(
        "given.is", _G, "{name:ref(field|fact|tiers|segment)} = {value:constant}",
        "Fixes a field, measure, value, segment, tier or the stage; it wins over what rows would give.",
        "lifetime_value = 150 EUR",
        fills="given", builds="Given",
    ),
    Statement(
        "given.cut_point", _G, "{tiers:ref(tiers)} {tier:ref(tier)} from {threshold:constant}",
        "States where a tier begins whose line says `top` or `next`.",
        "tier platinum from 400 EUR",
        fills="cut_points", builds="CutPoint",
    ),
    Statement(
        "given.held_out", _G, "{held_out:flag(held out)}",
        "The customer is in the hold-out group.",
        "held out",
        once=True,
    ),
    Statement(
        "given.contacted", _G,
        "contacted by {action:ref(action)} through {channel:ref(channel)} on {on:moment}",
        "A contact of the past.",
        "contacted by trial_box through email on 2026-10-01",
        fills="contacts", builds="PastContact",
    ),
    Statement(
        "given.rows", _G, "{source:ref(source)}",
        "Rows of a source, one a line below.",
        "orders\n  ordered_on 2026-08-14, amount 24 EUR, kind beans",
        opens="rows", fills="rows", builds="GivenRow", children="rows",
    ),
    Statement(
        "test.expect", ("test",), "expect",
        "What is to hold.",
        "expect",
        opens="expect", children="statements", once=True,
    ),
    Statement(
        "expect.first_action", _E, "first action is {action:ref(action)}",
        "The action with the highest score.",
        "first action is win_back_call",
        fills="expectations", builds="Expectation", sets={"kind": "first_action"},
    ),
    Statement(
        "expect.first_channel", _E, "first channel is {channel:ref(channel)}",
        "The channel that action goes through.",
        "first channel is phone",
        fills="expectations", builds="Expectation", sets={"kind": "first_channel"},
    ),
    Statement(
        "expect.no_action", _E, "no action {action:ref(action)} [because {because:ref(gate|field|fact|segment|tier)}]",
        "The action is not decided, and the gate that stops it, or a name that the gate read.",
        "no action refill_reminder because stage",
        fills="expectations", builds="Expectation", sets={"kind": "no_action"},
    ),
    Statement(
        "expect.equals", _E, "{name:ref(field|fact|tiers|segment)} = {value:constant}",
        "A name has this value; money is compared rounded.",
        "yearly_margin = 70 EUR",
        fills="expectations", builds="Expectation", sets={"kind": "equals"},
    ),
    Statement(
        "expect.condition", _E, "{when:condition}",
        "Any condition about the customer.",
        "tier is gold and not unhappy",
        fills="expectations", builds="Expectation", sets={"kind": "condition"},
    ),
)  # fmt: skip
