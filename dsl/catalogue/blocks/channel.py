"""`channel` and `contact policy`."""

from stratagem.dsl.catalogue.statement import TOP, Statement

KINDS = "{kinds:choices(selling|marketing|service|newsletter|required)}"
COSTS = "({formula:constant} | = {formula:formula})"

STATEMENTS = (
    Statement(
        "channel", (TOP,), "channel {name:name(channel)} [{label:text}] {direction:choice(outbound|inbound)}",
        "A way to reach customers (outbound), or for them to reach us (inbound).",
        'channel email "E-mail" outbound',
        opens="channel", fills="channels", builds="Channel", children="statements", label=True,
    ),
    Statement(
        "channel.medium", ("channel",), "medium {medium:choice(online|phone|person|post|third_party)}",
        "What kind of channel it is.",
        "medium online",
        once=True,
    ),
    Statement(
        "channel.address", ("channel",), "address {address:ref(field)}",
        "The field that holds the customer's address; without a value the channel is not allowed.",
        "address email",
        once=True,
    ),
    Statement(
        "channel.uses", ("channel", "action"), "uses {uses:refs(resource)}",
        "The resources it uses.",
        "uses mail_platform",
    ),
    Statement(
        "channel.costs", ("channel", "action"), f"costs {COSTS}",
        "What one contact costs.",
        "costs 4.50 EUR",
        fills="costs", once=True,
    ),
    Statement(
        "channel.takes", ("channel", "action"), "takes {takes:duration}",
        "How long one contact takes.",
        "takes 6 minutes",
        once=True,
    ),
    Statement(
        "channel.limit", ("channel",), "limit {rate:rate}",
        "How often one customer is contacted through it at most, in a rolling window.",
        "limit 2 per 7 days",
        fills="limits", builds="Limit", sets={"scope": "channel"},
    ),
    Statement(
        "channel.capacity", ("channel",), "capacity {capacity:rate}",
        "How many contacts it can carry per period, over all customers.",
        "capacity 300 per week",
        once=True,
    ),
    Statement(
        "channel.allowed", ("channel",), f"allowed [for {KINDS}]",
        "For which customers it is allowed; `for` restricts the line to some kinds of action.",
        "allowed for marketing, newsletter when email_consent",
        fills="allowed", builds="Allowed", tail="when",
    ),
    Statement(
        "channel.essential", ("channel",), "{essential:flag(essential)}",
        "We cannot do without it.",
        "essential",
        once=True,
    ),
    Statement(
        "channel.managed", ("channel",), "managed {managed:choice(well|poorly)}",
        "How well we run it.",
        "managed well",
        once=True,
    ),
    Statement(
        "channel.remedy", ("channel",), "remedy {remedy:text}",
        "What will make it better.",
        'remedy "Second carrier from November"',
        once=True,
    ),
    Statement(
        "policy", (TOP,), "contact policy [{label:text}]",
        "How often, and when, customers may be contacted at all. Only outbound channels count.",
        'contact policy "House rules"',
        opens="contact policy", fills="policies", builds="ContactPolicy", children="statements",
    ),
    Statement(
        "policy.limit_all", ("contact policy",), f"limit {{rate:rate}} across all [for {KINDS}]",
        "How often one customer is contacted at most, over all channels.",
        "limit 3 per 7 days across all",
        fills="limits", builds="Limit", sets={"scope": "all"},
    ),
    Statement(
        "policy.limit_group", ("contact policy",), f"limit {{rate:rate}} per {{group:ref(group)}} [for {KINDS}]",
        "How often the customers of one group are contacted at most, taken together.",
        "limit 2 per 7 days per building for marketing",
        fills="limits", builds="Limit", sets={"scope": "group"},
    ),
    Statement(
        "policy.quiet", ("contact policy",), f"quiet from {{start:time}} to {{end:time}} [for {KINDS}]",
        "Hours in which nobody is contacted.",
        "quiet from 20:00 to 09:00",
        fills="quiet", builds="Quiet",
    ),
    Statement(
        "policy.silence", ("contact policy",),
        f"silence {{period:duration}} (for {KINDS} after {{after:formula}} | after {{after:formula}} [for {KINDS}])",
        "How long a customer is left alone after a date; a missing date means no silence.",
        "silence 14 days for selling, marketing after latest of complaints.opened_on",
        fills="silences", builds="Silence",
    ),
)  # fmt: skip
