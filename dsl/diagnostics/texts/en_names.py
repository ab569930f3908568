"""S260–S299: names, and what they refer to."""

from stratagem.dsl.diagnostics.text import Text

TEXTS = {
    "S261": Text(
        "error",
        "Nothing is called `{name}`",
        "A name was expected here; {looked} were looked at, and none of them is called `{name}`.",
        'Correct the spelling, or declare it, for example: measure {name} "…" = …',
        shows=True,
    ),
    "S262": Text(
        "error",
        "`{name}` cannot stand here",
        "It is {kind}: {instead}.",
    ),
    "S263": Text(
        "error",
        "`{name}` is declared twice",
        "This declares {kind}, but the name is taken: {space}the first one holds.",
        "Give one of the two another name.",
    ),
    "S264": Text(
        "error",
        "`{name}` may mean {count} things",
        "Each of the places shown has this name, and nothing says which one is meant.",
        "Write {written}, or rename one of them.",
        shows=True,
    ),
    "S265": Text(
        "error",
        "There is no source `{name}`",
        "Before the dot stands the name of a source; none is declared as `{name}`.",
        'Correct the spelling, or declare it: source {name} "…" from "{name}.csv"',
        shows=True,
    ),
    "S266": Text(
        "error",
        "`{source}` has no field `{name}`",
        "The fields of a source are those that its `field` lines declare.",
        "Correct the spelling, or add below the source: field {name} text",
        shows=True,
    ),
    "S267": Text(
        "error",
        "`{name}` has many values per customer",
        "`{source}` has many rows per customer, so it must be said which row, or what of all of them.",
        "For example: latest of {name}, or sum of {name} in last 12 months",
        shows=True,
    ),
    "S268": Text(
        "warning",
        "`{name}` is read from the row of `{source}`",
        "Inside `where` a name is first a field of the rows; the customer has something of this name too, "
        "which is not meant here.",
        "If the customer's was meant, give one of the two another name.",
    ),
    "S269": Text(
        "error",
        "{name} reads itself",
        "These lines read each other in a circle, so none of them can be worked out first: {loop}.",
        "Work one of them out from something else: rows of a source, fields, or names that do not lead back to it.",
    ),
    "S270": Text(
        "error",
        "There is no function `{name}`",
        "A name before a bracket is a function, and none is called `{name}`.",
        "`stratagem docs functions` lists them all.",
    ),
    "S271": Text(
        "error",
        "`{words}` goes over all customers, and one customer is looked at here",
        "Figures over customers belong in `metric` lines and goals.",
        "Over the customer's own rows, write for example: count of orders",
    ),
    "S272": Text(
        "error",
        "`{source}` belongs to one customer, and a metric goes over all of them",
        "What `{words}` gives for one customer needs a name first, a measure; the metric then goes over the measure.",
        'Write for example: measure orders_12m "…" = {words} {source}, and here: average of orders_12m',
        shows=True,
    ),
    "S273": Text(
        "error",
        "`{what}` needs to know when a row of `{name}` happened",
        "The source does not say which of its fields dates a row.",
        "Add below the source: dated by FIELD",
    ),
    "S274": Text(
        "error",
        "`{words}` over `{source}` stands inside another aggregate",
        "What is counted within `where` is the row at hand; a second aggregate there would be hard to read.",
        "Give the inner one a name with `measure`, and use the name here.",
    ),
    "S275": Text(
        "error",
        "`{words}` does not go over `{name}`",
        "`{name}` has {shape}; aggregates go over sources with many rows per customer, over groups, and in metrics "
        "over customers.",
        "Write the field alone: {name}.FIELD",
        shows=True,
    ),
    "S276": Text(
        "error",
        "`{words}` goes over nothing called `{name}`",
        "After it stands a source with many rows per customer, a group, or `customers` in a metric.",
    ),
    "S277": Text(
        "error",
        "`{words}` takes something else after it than `{name}`",
        "`count of` and `any` take rows; all others take one field of them.",
        "Write for example: {instead}",
        shows=True,
    ),
    "S278": Text(
        "error",
        "There is no {kinds} `{name}`",
        "Only the name of a declared {kinds} can stand here. Known: {known}.",
        "Correct the spelling, or declare it.",
        shows=True,
    ),
    "S279": Text(
        "error",
        "`share of customers` needs a `where`",
        "It says for what share of the customers a condition holds.",
        "For example: share of customers where quiet_days <= 90 days",
        shows=True,
    ),
    "S280": Text(
        "error",
        "`{name}` has no dates for a window",
        "`in last` and `in next` look at the rows of a source; customers and groups have no date.",
        "Put the window into a measure, and aggregate the measure.",
    ),
    "S281": Text(
        "error",
        "`{words}` does not go over `{name}`",
        "Customers have no order in time, so there is no first and no latest one, and `share of` goes over customers "
        "only.",
        "Use count of, share of, sum of, average of, smallest of, largest of.",
    ),
    "S282": Text(
        "error",
        "`over` takes a segment or a tier, and `{name}` is none",
        "It says over which customers the figure goes.",
        "For anything else write a condition: average of NAME where …",
    ),
    "S285": Text(
        "error",
        "`{source}` is a look-up",
        "It has no row of its own for a customer; it is read through a source that has its key.",
        "Write for example: orders.KEY.FIELD",
        shows=True,
    ),
    "S286": Text(
        "error",
        "`{source}` has no look-up `{name}`",
        "Between two dots stands the key of a look-up that the source has as a field{but}. Known: {known}.",
    ),
    "S287": Text(
        "error",
        "`{words}` over `{source}` cannot stand here",
        "Nothing of a customer is known here, so there are no rows to go over.",
        "Put it into a `measure`.",
    ),
    "S288": Text(
        "error",
        "A source cannot be called `{name}`",
        "Every strategy has `{name}` already: contacts, decisions, outcomes and stage_moves are its own history, and "
        "customers are all customers.",
        "Give the source another name.",
    ),
    "S289": Text(
        "error",
        "No source identifies customers by `{name}`",
        "The identity is the field that sources are joined by: `one per customer by …`, `many per customer by …`. "
        "Known: {known}.",
        "Write in a source: one per customer by {name}",
        shows=True,
    ),
    "S290": Text(
        "error",
        "`{name}` has many values per customer",
        "Here stands a field that each customer has once; `{source}` has many rows per customer.",
        "Use a field of a source with one row per customer.",
    ),
    "S291": Text(
        "error",
        "`{name}` is declared, and `{read}` is read",
        "Nothing is called `{read}`, which stands in {count} places, and nothing reads `{name}`: most likely the two "
        "are one, written in two ways.",
        "Write one and the same name in all places.",
        shows=True,
    ),
    "S292": Text(
        "error",
        "`{name}` is declared as {kind}, and read as {wanted}",
        "Where it is read, {count} lines make sense only of {wanted}; one of the two sides is wrong, most likely the "
        "declaration.",
        "Declare it as what it is, or change the lines that read it.",
    ),
    "S293": Text(
        "warning",
        "The bounds of `between` stand the wrong way round",
        "The smaller one comes first; nothing lies between the greater one and the smaller one.",
        "Exchange the two.",
    ),
    "S294": Text(
        "error",
        "`{name}` stands under `{source}`, and is read as a field of `{home}`",
        "Nothing reads it in `{source}`, and `{home}` has no field of that name: most likely the line stands in the "
        "wrong source.",
        "Move the line to the source whose field it is.",
    ),
    "S295": Text(
        "error",
        "`{phrase}` most likely belongs to `{head}`",
        "It may stand once in a block, and this one says it twice; `{head}`, right beside this line, says it nowhere.",
        "Move the line into the block that it is about.",
    ),
    "S296": Text(
        "warning",
        "`{phrase}` is said twice",
        "{why}",
        "Keep one of the two lines, or write what the other one was meant to say.",
    ),
    "S297": Text(
        "error",
        "Above this a line is missing: `{text}`",
        "{why}",
        "Write above it: {text}",
        shows=True,
    ),
    "S298": Text(
        "error",
        "`{name}` is read as having {other}",
        "This line says that it has {shape}; all that reads it takes it otherwise.",
        "Say here what a row is about, or change the lines that read it.",
    ),
}
