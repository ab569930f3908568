"""S130–S149, S188, S189, S196, S197: statements and their slots."""

from stratagem.dsl.diagnostics.text import Text

TEXTS = {
    "S130": Text(
        "error",
        "`{word}` starts no line of {block}",
        "Here a line may start with: {allowed}.",
        "`stratagem docs statements` says what each line means.",
    ),
    "S131": Text(
        "error",
        "`{phrase}` does not belong here",
        "It is no statement of {block}; it stands {where}.",
        "Move the line, or indent it so that it stands {where}.",
    ),
    "S132": Text(
        "error",
        "`{seen}` does not fit here",
        "In `{phrase}` this place takes {wanted}.",
        "For example: {example}",
    ),
    "S133": Text(
        "error",
        "Something is left over at the end of the line",
        "`{phrase}` is complete before `{seen}`.",
        "For example: {example}",
    ),
    "S134": Text(
        "error",
        "`{phrase}` has no formula",
        "It says nothing until a formula follows `=`, or cases stand on the lines below.",
        "For example: {example}",
    ),
    "S135": Text(
        "error",
        "`{phrase}` has no condition",
        "It wants `when` and a condition.",
        "For example: {example}",
    ),
    "S136": Text(
        "error",
        "The line ends too early",
        "After this, `{phrase}` wants {wanted}.",
        "For example: {example}",
    ),
    "S137": Text(
        "error",
        "A line stands too deep",
        "`{line}` takes no lines below it. This one is read as if it stood beside it.",
        "Indent it by one step less.",
    ),
    "S138": Text(
        "warning",
        "`{name}` has no label",
        "Reports and lists show the label, the text in quotes after the name. Without it they show the bare name.",
        'Write one: {start}{name} "…"',
    ),
    "S139": Text(
        "error",
        "`{seen}` is not written as a name",
        "Names have small letters, digits and `_`, and start with a letter.",
        "Write `{name}`.",
    ),
    "S140": Text(
        "error",
        "`{seen}` is a word of formulas and names nothing",
        "It would be read as part of a formula wherever it stands.",
        'Choose another name. A choice of that word is written in quotes: one of ("{seen}", other)',
    ),
    "S141": Text(
        "error",
        "A line does not end with `{sign}`",
        "Lines end without a sign; what belongs to a line stands below it, indented by two blanks.",
        "Leave out the `{sign}`.",
    ),
    "S142": Text(
        "error",
        "`{sign}` means nothing here",
        "The language does not use this sign outside texts.",
        "Leave it out, or put the text in quotes.",
    ),
    "S196": Text(
        "error",
        "No `{sign}` here",
        "The words of a line follow each other without a sign; only a formula has `=` before it.",
        "Leave out the `{sign}`, or write `=` before a formula.",
    ),
    "S197": Text(
        "error",
        "A comment starts with `#`",
        "`{written}` is read as part of a statement, and is none.",
        "Put `#` before the remark.",
    ),
    "S125": Text(
        "error",
        "The parts of the line stand in another order",
        "They are all there, but the line is read from left to right, and each part has its place.",
        "Write: {instead}",
    ),
    "S126": Text(
        "error",
        "`{written}` has no place here",
        "The line reads without it, and is read so.",
        "Leave it out.",
    ),
    "S127": Text(
        "error",
        "A text stands between straight double quotes",
        "Without them its words are read as words of the language: {written}",
        "Write: {instead}",
    ),
    "S128": Text(
        "error",
        "Before this a word is missing",
        "The line reads once `{instead}` stands here.",
        "Write: {instead}",
    ),
    "S143": Text(
        "error",
        "`{seen}` where `when` is meant",
        "Conditions of statements follow `when`.",
        "Write: when",
    ),
    "S144": Text(
        "error",
        "`{phrase}` is said twice",
        "It may stand once in its block; which of the two holds is not clear.",
        "Keep one of them.",
    ),
    "S145": Text(
        "error",
        "No `=` here",
        "In `{phrase}` this place takes {wanted}, without `=`.",
        "For example: {example}",
    ),
    "S146": Text(
        "error",
        "There is no `=` before the formula",
        "In `{phrase}` a formula follows `=`.",
        "For example: {example}",
    ),
    "S147": Text(
        "error",
        "`{seen}` is none of the words that may stand here",
        "In `{phrase}` this place takes {wanted}.",
    ),
    "S148": Text(
        "error",
        "A name is wanted before the label",
        "References use the name; the text in quotes, {seen}, is its label and follows it.",
        "Write: {phrase} {name} {seen}",
    ),
    "S149": Text(
        "error",
        "A name is wanted, not a text",
        "Things are referred to by their names, without quotes; this place takes {wanted}.",
        "If the name is `{name}`, write it so.",
    ),
    "S188": Text(
        "error",
        "The condition belongs on a line of its own",
        "`{phrase}` takes no condition; in this block conditions stand on lines of their own.",
        "Write below it: {instead}",
    ),
    "S189": Text(
        "error",
        "A comma is missing between `{before}` and `{seen}`",
        "The items of a list are separated by commas.",
        "For example: {example}",
    ),
}
