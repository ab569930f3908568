"""`action`: something we can do for a customer, when, for whom, through what, and what it is worth."""

from stratagem.dsl.catalogue.statement import TOP, Statement

_A = ("action",)

STATEMENTS = (
    Statement(
        "action", (TOP,), "action {name:name(action)} [{label:text}]",
        "Something we can do for a customer.",
        'action win_back_call "Win-back call"',
        opens="action", fills="actions", builds="Action", children="statements", label=True,
    ),
    Statement(
        "action.kind", _A, "kind {kind:choice(selling|marketing|service|newsletter|required)}",
        "What kind of contact it is; `marketing` unless it says otherwise.",
        "kind selling",
        once=True,
    ),
    Statement("action.offers", _A, "offers {offers:refs(offer)}", "What it offers.", "offers refill"),
    Statement(
        "action.every", _A, "every {every:duration}",
        "It comes round again after this time.",
        "every 1 month",
        once=True,
    ),
    Statement(
        "action.after", _A, "after {action:ref(action)} within {within:duration}",
        "Only after another action, and within this time.",
        "after trial_box within 30 days",
        fills="after", builds="After", once=True,
    ),
    Statement(
        "action.not_with", _A, "not with {not_with:refs(action)}",
        "Never together with these actions.",
        "not with refill_reminder, second_bag",
    ),
    Statement("action.phase", _A, "phase {phase:integer}", "The phase of the plan it is in.", "phase 1", once=True),
    Statement("action.serves", _A, "serves {serves:refs(goal)}", "The goal it serves.", "serves fewer_leavers"),
    Statement(
        "action.overcomes", _A, "overcomes {overcomes:refs(hurdle)}",
        "The hurdle it helps customers over.",
        "overcomes stale_beans",
    ),
    Statement(
        "action.capability", _A,
        "capability {capability:choice(value_management|prospecting|selling|intelligence|development|"
        "service|retention)}",
        "The capability of the firm that it draws on.",
        "capability retention",
        once=True,
    ),
    Statement("action.owner", _A, "owner {owner:ref(function)}", "Who does it.", "owner service", once=True),
    Statement(
        "action.improves", _A, "improves {improves:choice(product|service|channel|process|communication)}",
        "What it makes better for everyone.",
        "improves product",
        once=True,
    ),
    Statement(
        "action.for", _A, "for {segments:refs(segment|tier)}",
        "Whom it is for: members of any of these. Without it, everyone.",
        "for platinum, gold",
        once=True,
    ),
    Statement(
        "action.at", _A, "at {stages:refs(stage)}",
        "At which stages. Without it, at all.",
        "at buyer, regular",
        once=True,
    ),
    Statement(
        "action.through", _A, "through {channels:refs(channel)}",
        "The channels it may go through, the preferred one first.",
        "through phone, email",
        once=True,
    ),
    Statement(
        "action.when", _A, "",
        "Only when this is known to hold.",
        "when quiet_days between 35 days and 75 days",
        fills="when", tail="when", once=True,
    ),
    Statement(
        "action.unless", _A, "unless {when:condition}",
        "Not unless this is known not to hold.",
        "unless unhappy",
        fills="unless",
    ),
    Statement(
        "action.chance", _A, "chance",
        "How likely it is that the customer takes it up: a share, by a formula or by cases.",
        "chance = 0.40 if orders_12m >= 6 else 0.25",
        fills="chance", tail="formula", once=True,
    ),
    Statement(
        "action.worth", _A, "worth",
        "What it is worth to us if the customer takes it up, in money.",
        "worth = yearly_margin / 6",
        fills="worth", tail="formula", once=True,
    ),
    Statement(
        "action.paid_from", _A, "paid from {paid_from:ref(budget)}",
        "The budget that its cost is taken from.",
        "paid from outreach",
        once=True,
    ),
    Statement(
        "action.rests", _A, "rests {period:duration} [{after_declined:flag(after declined)}]",
        "How long the customer does not get it again, after getting it or after declining it.",
        "rests 90 days after declined",
        fills="rests", builds="Rest",
    ),
    Statement(
        "action.dates", _A, "from {starts:date} to {ends:date}",
        "The days on which it may be done, both included.",
        "from 2026-11-01 to 2026-12-24",
        once=True,
    ),
    Statement(
        "action.hold_out", _A, "hold out {hold_out:share}",
        "The share of customers, drawn at random and kept, from whom it is withheld to measure its effect.",
        "hold out 10%",
        once=True,
    ),
    Statement(
        "action.message", _A, "message {channel:ref(channel)}",
        "What it says through one channel.",
        "message email",
        opens="message", fills="messages", builds="Message", children="statements",
    ),
    Statement(
        "message.subject", ("message",), "subject {subject:text}",
        "The subject line. `{{ first_name }}` shows a field.",
        'subject "Nearly out of beans?"',
        once=True,
    ),
    Statement(
        "message.body", ("message",), "body {body:text}",
        "The text. `{{ first_name }}` shows a field; a missing one shows its `default(…)` or nothing.",
        'body "Call {{ first_name }} today, own it, replace the bag."',
        once=True,
    ),
)  # fmt: skip
