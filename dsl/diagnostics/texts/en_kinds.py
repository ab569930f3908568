"""S300–S339: kinds, units, and what goes together."""

from stratagem.dsl.diagnostics.text import Text

TEXTS = {
    "S301": Text(
        "error",
        "{bare} {how} {kind}",
        "Money always says its currency, so that nobody has to guess it.",
        "Write: {write}",
    ),
    "S302": Text(
        "error",
        "Money in {left} and money in {right} cannot be {verb}",
        "There are no exchange rates in a strategy: all its money is in one currency.",
        "Convert the amount, and write it in the strategy's currency.",
    ),
    "S303": Text(
        "error",
        "{bare} {how} {kind}",
        "A duration always says its unit.",
        "Write: {write}",
    ),
    "S304": Text(
        "error",
        "Days and months do not mix",
        "One side is {left}, the other {right}. A month has no fixed number of days, so the two neither compare nor "
        "multiply.",
        "Write both in days (or weeks), or both in months (or years).",
    ),
    "S305": Text(
        "error",
        "A date is compared with text",
        "One side is {left}, the other {right}: dates are written without quotes.",
        "Write: 2026-10-01",
    ),
    "S306": Text(
        "error",
        "These two cannot be {verb}",
        "The left side is {left}, the right side {right}.",
        "Bring both sides to one kind, or take one of them out.",
    ),
    "S307": Text(
        "error",
        "These two do not compare",
        "The left side is {left}, the right side {right}; like compares with like only.",
        "Compare with something of the same kind.",
    ),
    "S308": Text(
        "error",
        "There is no order here",
        "`{op}` asks which is greater, and {left} knows no greater and smaller.",
        "Use `is`, `is not` or `is one of`.",
    ),
    "S309": Text(
        "error",
        "This is no condition",
        "It is {kind}; a condition is something that holds or not.",
        "Compare it with something, or write `is known`.",
    ),
    "S310": Text(
        "error",
        "This is {kind}, and {wanted} is wanted here",
        "The kind of the formula does not fit the place it stands in.",
        "Change the formula so that it gives {wanted}.",
    ),
    "S311": Text(
        "error",
        "`{name}` is no {what} that can occur here",
        "It can be one of: {options}.",
        "Correct the spelling, or add it where the choices are declared.",
    ),
    "S312": Text(
        "error",
        "`missing` alone has no kind",
        "Nothing here says whether it is a number, money, a date or anything else.",
        "Write a formula with at least one value in it.",
    ),
    "S313": Text(
        "error",
        "`{name}` does not take {count} arguments",
        "It is written: {signature}.",
    ),
    "S314": Text(
        "error",
        "`{name}` does not take {kind}",
        "Here it takes {wanted}: {signature}.",
    ),
    "S315": Text(
        "error",
        "`{words}` does not go with {kind}",
        "Sums and averages need amounts; smallest and largest need amounts or dates.",
        "Use `number of different`, `count of` or `latest of`.",
    ),
    "S316": Text(
        "error",
        "`{words}` needs a date",
        "What follows is {kind}.",
        "Write a date field, or for example: {words} latest of orders.ordered_on",
    ),
    "S317": Text(
        "error",
        "A chance of {value} cannot be",
        "A chance lies between 0 % and 100 %.",
        "Write a share such as 25%, or a number between 0 and 1.",
    ),
    "S318": Text(
        "error",
        "The values of one formula are of different kinds",
        "One is {left}, this one {right}.",
        "Bring all of them to one kind.",
    ),
    "S319": Text(
        "error",
        "This value cannot stand in a formula",
        "A time of day is no value of its own, and numbers end at 15 digits.",
        "Write a date with a time, such as 2026-10-01 20:00, or a smaller number.",
    ),
    "S320": Text(
        "error",
        "This is no pattern that `matches` takes",
        "Of this one it must be said: {reason}. Patterns are written in RE2's syntax.",
        'For example: matches "^[A-Z]{{2}}[0-9]+$"',
    ),
    "S321": Text(
        "error",
        "`{op}` needs text",
        "This is {kind}.",
        "Compare it in another way, with `is`, `<` or `between`.",
    ),
    "S322": Text(
        "error",
        "A value written out is wanted here",
        "What stands here would have to be worked out first.",
        "Write the value itself: a number, an amount, a date, a text in quotes or one of the choices.",
    ),
    "S323": Text(
        "error",
        "`{name}` is taken as a {what}, and there is none of this name",
        "Opposite a choice, a bare name is one of its values: {options}. There is a field of this name too.",
        "To compare two fields, name both with their source: SOURCE.{name}",
    ),
    "S324": Text(
        "error",
        "There is no minus of this",
        "It is {kind}; only numbers, amounts and durations can be negative.",
    ),
    "S325": Text(
        "error",
        "`{parameter}` of `{name}` is a whole number from {low} to {high}",
        "It must be written out, so that everyone sees the result's places.",
    ),
    "S327": Text(
        "error",
        "`{name}` is no value here",
        "Here stands {wanted}, written out.",
        'Write text in quotes: "{name}"',
    ),
    "S328": Text(
        "error",
        "This `as` does not fit a field of kind {kind}",
        'Dates and times say how they are written, as "%d.%m.%Y"; yes and no say their two words, as ("1", "0").',
        "Leave it out, or change it.",
    ),
    "S329": Text(
        "error",
        "`{written}` is no pattern of a date",
        "Each part of a date is a `%` and a letter: %d the day, %m the month, %Y the year with four digits, %y with "
        "two, %H the hour, %M the minute.",
        'Write it so, for example: as "%d.%m.%Y"',
    ),
}
