"""S450–S499: goals, figures, actions, messages, the matrix, questions, tests and waivers."""

from stratagem.dsl.diagnostics.text import Text

TEXTS = {
    "S450": Text(
        "warning",
        "`{name}` wants what there is already",
        "Its target equals its baseline, so there is nothing to reach.",
        "Write another target.",
    ),
    "S451": Text(
        "error",
        "A milepost of `{name}` lies {side}",
        "Mileposts lie between where the goal stands and where it is to be.",
        "Correct the figure.",
    ),
    "S452": Text(
        "error",
        "A milepost of `{name}` comes after its end",
        "Mileposts are on the way to the goal's date.",
        "Correct one of the two dates.",
    ),
    "S453": Text(
        "error",
        "The mileposts of `{name}` {how}",
        "{why}",
        "Put figures and dates in the same order.",
    ),
    "S454": Text(
        "warning",
        "`{name}` is due before the strategy starts",
        "Its date lies before the day from which the strategy holds.",
        "Correct one of the two dates.",
    ),
    "S455": Text(
        "error",
        "`{metric}` is not measured in this",
        "The figure is {kind}, and {against} {wanted}.",
        "Write both in the same way.",
    ),
    "S456": Text(
        "error",
        "`{metric}` cannot get there",
        "It is a share, and shares lie between 0% and 100%.",
        "Write a share, such as 30%.",
    ),
    "S457": Text(
        "warning",
        "`{name}` moves the customers it is measured over",
        "Who is in `{tier}` depends on {reads}, which the goal measures too: customers who get worse leave the tier, "
        "and the figure looks better.",
        "Fix the members: for {tier} as at DATE",
    ),
    "S458": Text(
        "error", "The weight of `{name}` counts for nothing", "A weight is greater than 0.", "Write: weight 1"
    ),
    "S459": Text(
        "warning",
        "`{name}` has figures, and nothing that measures them",
        "Without a metric nobody can say where the goal stands.",
        "Write below it: measured by NAME = … (for example: share of customers where CONDITION)",
    ),
    "S461": Text(
        "warning",
        "`{name}` is paid for, but costs nothing",
        "It is paid from `{budget}`, and neither it nor its channels say what they cost.",
        "Write below it: costs 1 EUR",
    ),
    "S464": Text(
        "error", "These quiet hours have no length", "They end when they start.", "Write: quiet from 20:00 to 09:00"
    ),
    "S465": Text("error", "{value} is no length or limit", "It must be more than nothing.", "Write a greater figure."),
    "S466": Text("error", "{value} does not fit here", "What is wanted is {should}.", "Write it so."),
    "S467": Text(
        "error",
        "A budget runs by the calendar",
        "{value} is no calendar week, month, quarter or year, so nobody could say what is left of it.",
        "Write for example: 12,000 EUR per quarter",
    ),
    "S468": Text(
        "error",
        "The message cannot work with `{name}` here",
        "It does not fit: {reason}.",
        "Compare money, durations and shares with a bare number, dates with a text such as '2026-10-01', the rest "
        "with its like.",
    ),
    "S469": Text(
        "error",
        "`{name}` stands between single braces",
        "A message shows a name only between two braces on each side; as it is, the customer reads the braces and the "
        "word.",
        "Write: {{{{ {name} }}}}",
    ),
    "S470": Text(
        "error",
        "`{name}` goes through no channel",
        "An action reaches the customer through a channel.",
        "Write below it: through CHANNEL",
    ),
    "S471": Text(
        "error",
        "`{name}` has no {lacking}",
        "Actions are ranked by what they are likely to be worth; only those of kind `required` need not be.",
        "Write below it: chance = 10% and worth = 5 EUR, or: kind required",
    ),
    "S472": Text(
        "warning",
        "`{name}` is named twice in this list",
        "The second time adds nothing; another name may have been meant.",
        "Leave it out, or put the name there that is meant.",
    ),
    "S473": Text(
        "error",
        "`{name}` has two messages for `{channel}`",
        "Nothing says which one is meant.",
        "Delete one of them.",
    ),
    "S474": Text(
        "error", "`{name}` ends before it starts", "The second date lies before the first.", "Exchange the dates."
    ),
    "S475": Text(
        "warning",
        "`{name}` is over before the strategy starts",
        "Its last day lies before the day from which the strategy holds.",
        "Correct one of the dates.",
    ),
    "S476": Text("error", "`{name}` refers to itself", "This names another action.", "Name another action."),
    "S477": Text(
        "error",
        "`{name}` waits for itself",
        "These actions wait for each other, so none of them can come first: {loop}.",
        "Take one `after` out.",
    ),
    "S478": Text(
        "warning",
        "The message of `{name}` for `{channel}` has no body",
        "Whoever gets it would read nothing but its subject.",
        'Write below it: body "…"',
    ),
    "S479": Text(
        "warning",
        "`{name}` costs less than nothing",
        "Costs are written without a minus: they are taken from the score, so that a negative one would be a gain.",
        "Write: costs {cost}",
    ),
    "S480": Text(
        "error",
        "{value} is no time that one contact takes",
        "It is counted in minutes or hours.",
        "Write: takes 6 minutes",
    ),
    "S481": Text("error", "{count} is too few", "At least one has a place.", "Write 1 or more."),
    "S482": Text(
        "error",
        "The message shows `{name}`, which nothing is called",
        "Between `{{{{` and `}}}}` stands a fact, a tier, a segment, or a field that each customer has once.",
        "Correct the spelling.",
    ),
    "S483": Text(
        "error",
        "Messages have no filter `{name}`",
        "Allowed are: {filters}.",
        "Use one of these, or a measure that gives what is to be shown.",
    ),
    "S484": Text(
        "error",
        "Messages have no `{name}`",
        "Between `{{%` and `%}}` stands only: if, elif, else, endif.",
        "Take it out.",
    ),
    "S485": Text(
        "error",
        "The message cannot be read at `{name}`",
        "Every `{{{{` needs its `}}}}`, every `if` its `endif`, and nothing else stands between than names, values "
        "and filters.",
        'Correct it, for example: {{{{ first_name | default("friend") }}}}',
    ),
    "S486": Text(
        "error", "{value} is no share of anything", "A share lies between 0% and 100%.", "Write a share, such as 10%."
    ),
    "S487": Text(
        "error",
        "Rows and columns are both `{name}`",
        "A matrix crosses two different ways of tiering.",
        "Name another `segments` block.",
    ),
    "S488": Text(
        "error",
        "`{name}` is none of the {side}",
        "A cell is written: row, column. The {side} are: {known}.",
        "Correct it, or exchange the two.",
    ),
    "S489": Text(
        "error",
        "The cell {row}, {column} stands twice",
        "Nothing says which of the two is meant.",
        "Delete one of them.",
    ),
    "S490": Text(
        "warning",
        "`{name}` leaves {count} cells open",
        "Nothing is said of: {cells}.",
        'Write for each: tactic ROW, COLUMN "…" by ACTION, or: tactic ROW, COLUMN nothing because "…"',
    ),
    "S491": Text(
        "warning",
        "`{name}` is asked where nobody answers",
        "`{channel}` is outbound, and no answer comes back through it.",
        "Ask through an inbound channel, or by phone or in person.",
    ),
    "S492": Text(
        "warning",
        "The answers to `{name}` never grow old",
        "Neither the question nor the source of its answers says when they are retired.",
        "Write below it: retired after 18 months",
    ),
    "S493": Text(
        "error",
        "Nothing assumes `{name}`",
        "A scenario changes figures that an `assume` line declares. Known: {known}.",
        "Correct the spelling, or declare it: assume {name} = …",
    ),
    "S494": Text(
        "error",
        "This test has no day",
        "Its result would depend on the day it is run.",
        "Write below it: on 2026-11-02",
    ),
    "S495": Text(
        "error",
        "`{tier}` has its bound already",
        "Tests state cut-points only for tiers that are `top` or `next` some per cent.",
        "Delete the line, or change the customer's figures.",
    ),
    "S496": Text("error", "`{name}` is given twice", "Nothing says which of the two holds.", "Delete one of them."),
    "S498": Text(
        "warning",
        "There is no code `{waived}`",
        "`waive` names a completeness check or a warning.",
        "Correct it: `stratagem diagnose` shows each check with its code, `stratagem check` each warning with its own.",
    ),
    "S499": Text(
        "error",
        "`{waived}` cannot be waived so",
        "Of this one it must be said: {reason}.",
        "Take the line out, or correct it.",
    ),
}
