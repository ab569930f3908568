"""S400–S449: the strategy as a whole: its head, sources, tiers, segments and journey."""

from stratagem.dsl.diagnostics.text import Text

TEXTS = {
    "S400": Text(
        "note",
        "{count} further findings are left out",
        "The first {shown} are shown. So many most often come from a few causes.",
        "Mend the first ones, and check again.",
    ),
    "S401": Text(
        "error",
        "A second `{block}` block",
        "A strategy has one, in one of its files; the first one holds.",
        "Delete this one, or bring the two together.",
    ),
    "S402": Text(
        "error",
        "There is no `strategy` block",
        "A strategy says its name, since when it holds, and who answers for it.",
        'Write at the top: strategy my_strategy "What it is about"',
    ),
    "S403": Text(
        "error",
        "Language {version} is not known here",
        "This program reads language {known}.",
        "Write: language {known}",
    ),
    "S404": Text(
        "error",
        "There is no time zone `{zone}`",
        "Time zones have the names of the IANA list: a region and a city.",
        "Write for example: time zone Europe/Berlin",
    ),
    "S405": Text(
        "error",
        "`{currency}` is no currency",
        "Currencies have the codes of ISO 4217.",
        "Write for example: currency EUR",
    ),
    "S406": Text(
        "error",
        "The strategy has money in it, and no currency",
        "Without `currency` nobody knows what an amount in the data is worth.",
        "Write below this line: currency {currency}",
    ),
    "S407": Text(
        "warning",
        "`{name}` earns more than it costs",
        "The margin is what is left of the price, so it cannot be greater.",
        "Look at both figures.",
    ),
    "S408": Text(
        "error",
        "`{old}` is still in use",
        "`{name}` says it was once called `{old}`, but something else has that name now, and the history of `{old}` "
        "cannot follow both.",
        "Rename the other one, or take `once called {old}` out.",
    ),
    "S409": Text(
        "error",
        "`{name}` does not say how a customer is identified",
        "Sources are joined by the identity.",
        "Write below it: identified by FIELD",
    ),
    "S410": Text(
        "error",
        "`{source}` cannot be joined to the customers",
        "Its rows belong to a customer by `{key}`, but customers are identified by `{identity}`.",
        'Name the field `{identity}` here (field {identity} text from "{key}"), or match on it: matched on {key}',
    ),
    "S411": Text(
        "error",
        "`row number` and the sources do not agree",
        "Customers by row number need exactly one source about customers, with `one per customer by row number`.",
        "Say `row number` in both places, or an identity in both.",
    ),
    "S412": Text(
        "error",
        "`{name}` does not list customers",
        "`listed in` names a source that has rows by customer.",
    ),
    "S413": Text(
        "error",
        "A group cannot be called `{name}`",
        "`count of {name}` would then mean two things.",
        "Give the group another name.",
    ),
    "S414": Text(
        "error",
        "`{name}` does not say whom its rows are about",
        "A source has one row per customer, many of them, or is a look-up.",
        "Write below it: one per customer by FIELD, or: many per customer by FIELD, or: one per KEY",
    ),
    "S415": Text(
        "error",
        "`{field}` cannot date a row",
        "It is declared as {kind}; a date or a timestamp is needed.",
        "Write another field, or declare it: field {field} date",
    ),
    "S416": Text(
        "warning",
        "What `{source}` says never grows old",
        "It is to be retired, but without `dated by` nothing says how old a value is.",
        "Write below the source: dated by FIELD",
    ),
    "S417": Text(
        "warning",
        "`{source}` is retired before it is made anew",
        "Its values count as missing for part of the time.",
        "Retire it later, or refresh it more often.",
    ),
    "S418": Text(
        "error",
        "`{field}` is no declared address",
        "`{channel}` hands it over, so it is personal data, and personal data needs a purpose.",
        'Write at the field: field {field} text personal for "…"',
    ),
    "S420": Text(
        "error",
        "The purpose of `{field}` is empty",
        "Personal data needs a purpose.",
        'Write what it is for: personal for "order confirmations"',
    ),
    "S423": Text(
        "error",
        "`{channel}` is essential and managed poorly",
        "A channel that we cannot do without needs a remedy.",
        'Write below it: remedy "…"',
    ),
    "S424": Text(
        "error",
        "`{field}` cannot be an address",
        "An address is text.",
        'Declare it: field {field} text personal for "…"',
    ),
    "S425": Text(
        "error",
        "Two values are marked `main`",
        "One figure is the strategy's customer value; `{name}` cannot be it too.",
        "Leave `main` out here, or at the other one.",
    ),
    "S430": Text(
        "error",
        "Nobody can be in `{name}`",
        "The first line that holds wins, and `{before}` above it takes everyone this one could have.",
        "Put the lines in order, the highest bound first.",
    ),
    "S432": Text(
        "error",
        "The shares come to more than all",
        "With `{name}`, `top` and `next` together come to {total}.",
        "Let them come to 100% at most.",
    ),
    "S434": Text(
        "error",
        "`{name}` has no tiers",
        "A `segments` block holds a line for each tier.",
        'Write below it for example: gold "Gold" from 100 EUR',
    ),
    "S435": Text(
        "warning",
        "`{name}` follows nothing",
        "`next` counts on from the shares above it, and there is none.",
        "Write `top` instead.",
    ),
    "S437": Text(
        "warning",
        "`{name}` cannot rest",
        "Customers by row number have no history, so nothing is known of earlier contacts.",
        "Identify customers by a field, or delete the line.",
    ),
    "S438": Text(
        "warning", "`{name}` leads to itself", "It says where its members are meant to move to.", "Name another."
    ),
    "S439": Text(
        "warning",
        "This test expects nothing",
        "Whatever the strategy does, it passes.",
        "Write below it `expect`, and under that what is to hold: first action is ACTION",
    ),
    "S440": Text(
        "error",
        "A move from `{name}` to itself",
        "A move leads to another stage.",
        "Name the stage it leads to.",
    ),
    "S441": Text(
        "warning",
        "{what} says nothing",
        "What it is meant to do stands in the lines below it, and there are none.",
        "Write below it for example: {example}",
    ),
    "S442": Text(
        "note",
        "Nothing says in which language the strategy is written",
        "It is read as language {known}. A line that says so keeps its meaning when there is another.",
        "Write as the first line: language {known}",
    ),
    "S443": Text(
        "warning",
        "`{name}` comes too late to be {step}",
        "Stages stand in the order of the steps: aware, trial, purchase, multiple_purchase, loyalty.",
        "Change the order, or the step.",
    ),
    "S447": Text(
        "error",
        "`{name}` has no stages",
        "A journey is made of stages.",
        'Write below it: stage aware "Aware" is aware',
    ),
    "S448": Text(
        "error",
        "`{name}` cannot hold a stage's name",
        "It is declared as {kind}; text or a choice among the stages is needed.",
        "Name another field.",
    ),
    "S449": Text(
        "warning",
        "`{name}` may hold what is no stage",
        "Not every choice is a stage: {strange}. Customers with those start as if nothing were known.",
        "Give the choices the names of stages.",
    ),
}
