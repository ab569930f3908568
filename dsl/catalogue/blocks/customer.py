"""`customer`: who is one, and how the sources' rows come together in one customer."""

from stratagem.dsl.catalogue.statement import TOP, Statement

STATEMENTS = (
    Statement(
        "customer", (TOP,), "customer {name:name(customer)} [{label:text}]",
        "Who is a customer.",
        'customer household "A household that drinks our coffee, or has asked to"',
        opens="customer", fills="customer", builds="Customer", once=True, children="statements", label=True,
    ),
    Statement(
        "customer.identified_by", ("customer",), "identified by {identified_by:ref(field)}",
        "The field that identifies a customer.",
        "identified by household_id",
        once=True,
    ),
    Statement(
        "customer.row_number", ("customer",), "identified by row number",
        "Each row of the one source is a customer, numbered from 1; there is no history then, and nothing rests.",
        "identified by row number",
        sets={"by_row_number": True}, once=True,
    ),
    Statement(
        "customer.listed_in", ("customer",), "listed in {listed_in:ref(source)}",
        "Only the identities in this source are customers; others are orphans, and counted.",
        "listed in households",
        once=True,
    ),
    Statement(
        "customer.matched_on", ("customer",), "matched on {matched_on:refs(field)}",
        "Sources that lack the identity join where one of these fields has the same value, once it is normalised.",
        "matched on email, phone",
    ),
    Statement(
        "customer.excluded", ("customer",), "excluded",
        "Customers who get nothing and are counted nowhere else.",
        "excluded when account_type is one of (staff, wholesale)",
        fills="excluded", tail="when", once=True,
    ),
    Statement(
        "customer.group", ("customer",), "group {name:name(group)} [{label:text}] by {field:ref(field)}",
        "Customers that share a value of the field belong together; a missing value means no group.",
        "group building by address_id",
        opens="group", fills="groups", builds="Group", children="statements",
    ),
)  # fmt: skip
