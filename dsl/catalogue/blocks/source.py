"""`source`: a file of rows, and the fields that are read from it."""

from stratagem.dsl.catalogue.statement import TOP, Statement

STATEMENTS = (
    Statement(
        "source", (TOP,), "source {name:name(source)} [{label:text}] from {file:text}",
        "A file of customer data. It is looked for beside the strategy, or where --data says.",
        'source orders "Order history" from "orders.csv"',
        opens="source", fills="sources", builds="Source", children="statements", label=True,
    ),
    Statement(
        "source.one", ("source",), "one per customer by {key:ref(field)}",
        "Has one row a customer. Of duplicates the latest by `dated by` counts, else the first.",
        "one per customer by household_id",
        sets={"shape": "one"}, once=True,
    ),
    Statement(
        "source.row_number", ("source",), "one per customer by row number",
        "Has one row a customer, who has no identity but the row's number.",
        "one per customer by row number",
        sets={"shape": "one", "by_row_number": True}, once=True,
    ),
    Statement(
        "source.many", ("source",), "many per customer by {key:ref(field)}",
        "Has any number of rows a customer; formulas read it through `count of`, `sum of`, `latest of`.",
        "many per customer by household_id",
        sets={"shape": "many"}, once=True,
    ),
    Statement(
        "source.lookup", ("source",), "one per {key:ref(field)}",
        "A look-up: joined wherever another source has this key, and read as `orders.product.category`.",
        "one per product",
        sets={"shape": "lookup"}, once=True,
    ),
    Statement(
        "source.dated_by", ("source",), "dated by {dated_by:ref(field)}",
        "The field that says when a row holds; windows, `latest of` and ageing need it.",
        "dated by ordered_on",
        once=True,
    ),
    Statement(
        "source.row_excluded", ("source",), "row excluded",
        "Rows that are not read.",
        "row excluded when quantity <= 0",
        fills="row_excluded", tail="when", once=True,
    ),
    Statement(
        "source.owner", ("source",), "owner {owner:text}",
        "Who owns the data.",
        'owner "CRM team"',
        once=True,
    ),
    Statement(
        "source.kept_in", ("source",), "kept in {kept_in:text}",
        "The system the data is kept in.",
        'kept in "CRM database"',
        once=True,
    ),
    Statement(
        "source.refreshed", ("source",), "refreshed every {refreshed_every:duration}",
        "How often the file is made anew.",
        "refreshed every 1 day",
        once=True,
    ),
    Statement(
        "source.retired", ("source",), "retired after {retired_after:duration}",
        "How old a value may grow before it counts as missing, or a row before it is dropped.",
        "retired after 36 months",
        once=True,
    ),
    Statement(
        "source.holds", ("source",),
        "holds {holds:choices(transactions|behaviour|complaints|feedback|profile|outcomes)}",
        "What kind of information it holds.",
        "holds profile, behaviour",
    ),
    Statement(
        "source.shared_with", ("source",), "shared with {shared_with:refs(function)}",
        "The functions that may read it.",
        "shared with marketing, sales, service",
    ),
    Statement(
        "field", ("source",),
        "field {name:name(field)} {type:type} [from {header:text}] [as {format:format}] "
        "[missing as {missing_as:constants}] [= {formula:formula}] [personal for {personal_for:text}] "
        "[asked as {asked_as:text}] [bought from {bought_from:text}]",
        "A column: its name and type; then, each only when needed and in this order, its header in the file, how dates "
        "or yes and no are written there, what means missing, a formula over the row, what personal data is for, the "
        "question it answers, whom it was bought from.",
        'field heard_from one of (friend, press) from "Source" missing as ("-")',
        opens="field", fills="fields", builds="SourceField", children="statements",
    ),
)  # fmt: skip
