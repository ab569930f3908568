"""S150–S187, S198, S199: formulas, conditions, literals, cases and rows."""

from stratagem.dsl.diagnostics.text import Text

TEXTS = {
    "S150": Text(
        "error",
        "`{written}` does not fit here",
        "After {after} the formula takes {wanted}.",
    ),
    "S151": Text(
        "error",
        "The formula ends too early",
        "After `{after}` it takes {wanted}.",
    ),
    "S152": Text(
        "error",
        "`{written}` does not compare",
        "`=` gives something its formula. Whether two things are the same is asked with `is`.",
        "Write: is",
    ),
    "S153": Text(
        "error",
        "`{written}` is written another way",
        "The language writes `{instead}` for it.",
        "Write: {instead}",
    ),
    "S154": Text(
        "error",
        "`{written}` is not a sign of the language",
        "Conditions are joined with words: and, or, not.",
        "Write: {instead}",
    ),
    "S155": Text(
        "error",
        "Two comparisons in a row",
        "A comparison has two sides; a second one cannot follow it.",
        "For a range write: spend between 100 EUR and 200 EUR. Otherwise join two comparisons with `and`.",
    ),
    "S156": Text(
        "error",
        "This `if` is the wrong way round, or lacks its `else`",
        "The value comes first, then its condition, then what holds otherwise.",
        "Write: A if CONDITION else B. For more than two, write cases on the lines below: VALUE when CONDITION.",
    ),
    "S157": Text(
        "error",
        "`{written}` comes before `where`",
        "`where` takes everything up to the closing bracket or the line's end.",
        "Write the window first: count of orders in last 12 months where …",
    ),
    "S158": Text(
        "error",
        "`{written}` does not fit here",
        "A window follows what is counted or summed, and stands there once.",
        "For example: sum of orders.amount in last 12 months",
    ),
    "S159": Text(
        "error",
        "The formula is nested too deeply",
        "It may be {bound} steps deep.",
        "Give parts of it names of their own with `measure`.",
    ),
    "S160": Text(
        "error",
        "This line has too many words",
        "What stands from here on is not read.",
        "Split it.",
    ),
    "S161": Text(
        "error",
        "`where` does not fit here",
        "`where` follows only what goes over rows or customers: count of, sum of, any …",
        "For a condition about the customer itself use `when` or `if`.",
    ),
    "S162": Text(
        "error",
        "`{written}` falls under `where`",
        "`where` takes everything up to the closing bracket or the line's end, so the formula cannot go on after it.",
        "Put the part with `where` in brackets: (count of orders where …)",
    ),
    "S163": Text(
        "error",
        "`{written}` is not how a list is written",
        "A list of choices is `one of (a, b)`; whether something is among them is asked with `is one of (a, b)`.",
        "For example: is one of (a, b)",
    ),
    "S164": Text(
        "error",
        "`{written}` is no way to sum up rows",
        "Rows and customers are summed up with: count of, sum of, average of, smallest of, largest of, first of, "
        "latest of, share of, number of different.",
        "For example: count of orders in last 12 months",
    ),
    "S165": Text(
        "error",
        "`per` is no operator",
        "It is part of a literal such as 6 EUR per month or 2 per 7 days.",
        "To divide, write `/`.",
    ),
    "S166": Text(
        "error",
        "`{period}` is no length of time",
        "After `in last` and `in next` stands a number with its unit.",
        "For example: in last 12 months, in last 1 day",
    ),
    "S167": Text(
        "error",
        "`{written}` does not fit inside a formula",
        "Values by cases stand on lines of their own below the statement, without `=`: VALUE when CONDITION, and last "
        "VALUE otherwise.",
        "Inside a line write: A if CONDITION else B",
    ),
    "S168": Text(
        "error",
        "Between `{before}` and `{after}` something is missing",
        "Two values stand side by side; the formula takes an operator between them, such as `+`, `is`, `and`.",
        "If `{after}` starts something new, it belongs on a line of its own.",
    ),
    "S169": Text(
        "error",
        "`{written}` is a word of formulas and names nothing",
        "It stands where a name or a value is wanted.",
        'A choice of that word is written in quotes: "{written}"',
    ),
    "S199": Text(
        "error",
        "`{written}` is neither a name nor a quoted choice",
        "Names have small letters, digits and `_`; a choice that is written in any other way stands in quotes, "
        "just as its field declares it.",
        'Write: "{written}"',
    ),
    "S170": Text(
        "error",
        "`{written}` is not how money is written",
        "Money is a number, a blank and the currency's code.",
        "Write: {instead}",
    ),
    "S171": Text(
        "error",
        "`{written}` is not how a number is written",
        "The decimal point is a point; a comma stands between thousands, with three digits after it. "
        "In a list a blank follows the comma.",
        "Write: {instead}",
    ),
    "S172": Text(
        "error",
        "`{written}` is not how a percentage is written",
        "The sign stands right after the number.",
        "Write: {instead}",
    ),
    "S198": Text(
        "error",
        "`{written}` is not how a span or a rate is written",
        "A span is a number and its unit in full: minute, hour, day, week, month, quarter, year, or their plurals. "
        "A rate has `per` before its span.",
        "Write: {instead}",
    ),
    "S173": Text(
        "error",
        "`{written}` is not how a date is written",
        "Dates are year-month-day, so that no one has to ask which is which.",
        "Write: {instead}",
    ),
    "S195": Text(
        "error",
        "`{written}` is not how a time of day is written",
        "Times are hours and minutes of the 24-hour clock, with a colon between them.",
        "Write: {instead}",
    ),
    "S174": Text(
        "error",
        "There is no `{written}`",
        "The calendar has no such day, or the clock no such time.",
        "Check the month's length; hours go to 23, minutes to 59.",
    ),
    "S175": Text(
        "warning",
        "`{number}` is one number here",
        "A comma with three digits after it is part of the number, so this is not a list of two.",
        "For a list write ({list}); for the number write {plain}.",
    ),
    "S176": Text(
        "error",
        "`{written}` lacks a blank",
        "A number and its unit are two words.",
        "Write: {instead}",
    ),
    "S177": Text(
        "error",
        "`{written}` is no number",
        "It starts like one; names start with a letter, and texts stand in quotes.",
        "Numbers are written 12,000 or 0.5; dates 2026-10-01; times 20:00.",
    ),
    "S178": Text(
        "error",
        "A number too large",
        "{number} has more digits than can be counted with exactly.",
        "Numbers may have 15 digits before the point.",
    ),
    "S179": Text(
        "error",
        "A period of no length",
        "`{rate}` names a period of nothing.",
        "Write at least one: 2 per 7 days",
    ),
    "S180": Text(
        "error",
        "This line is no case",
        "A formula by cases has lines `VALUE when CONDITION`, and last `VALUE otherwise`; `{line}` is neither.",
        "For example: 30% when heard_from is friend",
    ),
    "S181": Text(
        "error",
        "A case after `otherwise`",
        "`otherwise` takes everyone who is left, so nothing after it can hold.",
        "Move the line with `otherwise` to the end.",
    ),
    "S182": Text(
        "error",
        "The cases have no `otherwise`",
        "Nothing is said of customers for whom none of them holds.",
        "End with a line `VALUE otherwise`; `missing otherwise` says that there is no value then.",
    ),
    "S183": Text(
        "error",
        "`{seen}` does not fit into a row",
        "A row has fields with their values, separated by commas; `{line}` does not.",
        "For example: ordered_on 2026-08-14, amount 24 EUR, kind beans",
    ),
    "S184": Text(
        "error",
        "`{words}` leaves no room for other lines",
        "The conditions it joins are the only lines below it, and here stand others beside them.",
        "Put it on a line of its own, first in the block: when {words}; the conditions below it, one step deeper.",
    ),
    "S185": Text(
        "error",
        "`{words}` stands alone at the end of its line",
        "The conditions it joins stand below it, one a line, and are the whole condition.",
        "Join conditions in one line with `and`, `or`, `not`.",
    ),
    "S186": Text(
        "error",
        "Nothing stands below `{words}`",
        "The conditions it joins stand below it, one a line, indented by one step more.",
        "Write them there, or join them in the line with `and`, `or`.",
    ),
    "S187": Text(
        "error",
        "A line stands too deep",
        "Below `{line}` nothing may stand.",
        "Indent it by one step less.",
    ),
}
