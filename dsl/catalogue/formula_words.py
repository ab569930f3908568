"""The words of formulas, as data: what each means, how it is written, what it gives where nothing is known.

In: nothing. Out: `WORDS`. Functions stand in their own table (functions.py), statements in theirs. The examples are
parts of the bakery's strategy (diagnostics/pages/bakery.strategy); a test reads every one of them.
"""

from __future__ import annotations

from typing import Final, Literal

from stratagem.dsl.record import record

Place = Literal["value", "condition", "figure", "cases", "conditions"]
"""What the example is: a value, a condition, a figure over customers, the lines of a formula by cases, the lines of a
condition."""


@record
class FormulaWord:
    """One word or phrase of formulas. `unknown`: what it gives when something it reads is missing."""

    word: str
    form: str
    meaning: str
    example: str
    place: Place
    unknown: str


_ROWS: Final = "Missing values are skipped; over rows none of which has a value it is missing"
_COMPARED: Final = "Unknown when either side is missing."

WORDS: Final = (
    FormulaWord(
        "count of", "count of SOURCE [in last P] [where CONDITION]",
        "How many rows of the customer there are; over a group or `customers`, how many customers.",
        "count of purchases in last 12 months", "value", "0 over no rows.",
    ),
    FormulaWord(
        "sum of", "sum of SOURCE.FIELD [in last P] [where CONDITION]",
        "The values of one field over the customer's rows, added up; over customers, of one fact.",
        "sum of purchases.amount in last 12 months", "value", f"{_ROWS}; over no rows at all it is 0.",
    ),
    FormulaWord(
        "average of", "average of SOURCE.FIELD [in last P] [where CONDITION]",
        "The mean of one field over the customer's rows; over customers, of one fact.",
        "average of purchases.amount", "value", f"{_ROWS}, and so it is over none.",
    ),
    FormulaWord(
        "smallest of", "smallest of SOURCE.FIELD [in last P] [where CONDITION]",
        "The smallest value of one field, or its earliest date.",
        "smallest of purchases.amount", "value", f"{_ROWS}, and so it is over none.",
    ),
    FormulaWord(
        "largest of", "largest of SOURCE.FIELD [in last P] [where CONDITION]",
        "The largest value of one field, or its latest date.",
        "largest of purchases.amount in last 3 months", "value", f"{_ROWS}, and so it is over none.",
    ),
    FormulaWord(
        "first of", "first of SOURCE.FIELD [in last P] [where CONDITION]",
        "The field's value in the earliest row by the source's `dated by`; of rows of one moment, the first one's.",
        "first of purchases.product", "value", f"{_ROWS}, and so it is over none.",
    ),
    FormulaWord(
        "latest of", "latest of SOURCE.FIELD [in last P] [where CONDITION]",
        "The field's value in the latest row by the source's `dated by`.",
        "latest of purchases.amount", "value", f"{_ROWS}, and so it is over none.",
    ),
    FormulaWord(
        "number of different", "number of different SOURCE.FIELD [in last P] [where CONDITION]",
        "How many different values a field has over the customer's rows.",
        "number of different purchases.product in last 12 months", "value", "Missing values are not counted; else 0.",
    ),
    FormulaWord(
        "any", "any SOURCE [in last P] [where CONDITION]",
        "Is there at least one such row.",
        "any purchases in last 3 months where product.kind is cake", "condition", "Does not hold over no rows.",
    ),
    FormulaWord(
        "share of", "share of customers where CONDITION",
        "For what share of the customers the condition holds. Only in metrics and goals.",
        "share of customers where quiet_days > 60 days", "figure",
        "Customers for whom the condition is unknown are left out, and reported beside it.",
    ),
    FormulaWord(
        "over", "average of FACT over SEGMENT",
        "Whose figures are taken together: the members of a segment or tier. Only in metrics and goals.",
        "average of spend over gold", "figure", "Customers without the fact are left out.",
    ),
    FormulaWord(
        "where", "AGGREGATE where CONDITION",
        "Only the rows, or customers, for which the condition is known to hold. It takes everything up to the closing "
        "bracket or the line's end.",
        "(count of purchases where amount > 10 EUR) / visits", "value", "A row for which it is unknown is not taken.",
    ),
    FormulaWord(
        "in last", "AGGREGATE in last 12 months",
        "A window that ends with the as-of day, which is counted in; twelve months back, the day itself is not. It "
        "comes before `where`.",
        "count of purchases in last 12 months", "value", "A row without its date is in no window.",
    ),
    FormulaWord(
        "in next", "AGGREGATE in next 14 days",
        "A window that begins after the as-of moment: appointments, renewals. Only here do rows count that lie ahead.",
        "count of purchases in next 14 days", "value", "A row without its date is in no window.",
    ),
    FormulaWord(
        "days since", "days since DATE", "How many days from a date to the as-of day.",
        "days since latest of purchases.bought_on", "value", "Missing when the date is.",
    ),
    FormulaWord(
        "months since", "months since DATE", "How many whole months from a date to the as-of day.",
        "months since latest of purchases.bought_on", "value", "Missing when the date is.",
    ),
    FormulaWord(
        "days until", "days until DATE", "How many days from the as-of day to a date.",
        "days until first of purchases.bought_on in next 14 days", "value", "Missing when the date is.",
    ),
    FormulaWord(
        "is", "A is B", "Are the two the same. Opposite a choice, a bare name is one of its values.",
        "heard_from is friend", "condition", _COMPARED,
    ),
    FormulaWord(
        "is not", "A is not B", "Do the two differ.", "heard_from is not friend", "condition", _COMPARED,
    ),
    FormulaWord(
        "is one of", "A is one of (B, C)", "Is it any of these; `is not one of` asks for none of them.",
        "heard_from is one of (window, market)", "condition", _COMPARED,
    ),
    FormulaWord(
        "is known", "A is known", "Is there a value.", "rating is known", "condition", "Never unknown itself.",
    ),
    FormulaWord(
        "is missing", "A is missing", "Is there no value.", "rating is missing", "condition", "Never unknown itself.",
    ),
    FormulaWord(
        "missing", "missing", "No value: what a case or an `if` gives when there is none to give.",
        "spend / visits if visits >= 1 else missing", "value", "It is what is missing.",
    ),
    FormulaWord(
        "between", "A between B and C", "Does it lie from B to C; both ends count in.",
        "quiet_days between 30 days and 120 days", "condition", "Unknown when any of the three is missing.",
    ),
    FormulaWord(
        "contains", "TEXT contains TEXT", "Does the text hold the other; capitals count.",
        'first_name contains "nn"', "condition", _COMPARED,
    ),
    FormulaWord(
        "starts with", "TEXT starts with TEXT", "Does the text begin with the other; capitals count.",
        'card_id starts with "C"', "condition", _COMPARED,
    ),
    FormulaWord(
        "matches", 'TEXT matches "PATTERN"',
        "Is the pattern, in RE2's syntax, found anywhere in the text; `^` and `$` tie it to the ends.",
        'card_id matches "^C[0-9]+$"', "condition", "Unknown when the text is missing.",
    ),
    FormulaWord(
        "and", "CONDITION and CONDITION", "Do both hold.", "visits >= 12 and likes_cake", "condition",
        "Does not hold when either does not; else unknown when either is.",
    ),
    FormulaWord(
        "or", "CONDITION or CONDITION", "Does either hold.", "visits >= 12 or rating >= 9", "condition",
        "Holds when either does; else unknown when either is.",
    ),
    FormulaWord(
        "not", "not CONDITION", "The opposite.", "not likes_cake", "condition", "Unknown when the condition is.",
    ),
    FormulaWord(
        "all of", "when all of, and a condition a line below", "Do all the conditions below hold.",
        "all of\n  visits >= 12\n  likes_cake", "conditions", "As with `and`.",
    ),
    FormulaWord(
        "any of", "when any of, and a condition a line below", "Does at least one of the conditions below hold.",
        "any of\n  likes_cake\n  rating >= 9", "conditions", "As with `or`.",
    ),
    FormulaWord(
        "none of", "when none of, and a condition a line below", "Does none of the conditions below hold.",
        "none of\n  likes_cake\n  rating <= 4", "conditions", "As with `not (A or B)`.",
    ),
    FormulaWord(
        "if", "VALUE if CONDITION else VALUE",
        "The first value where the condition is known to hold, else the second.",
        "2 if visits >= 12 else 1", "value", "An unknown condition does not hold.",
    ),
    FormulaWord(
        "otherwise", "cases: VALUE when CONDITION, a line each, and last VALUE otherwise",
        "The first case that holds gives its value; the last line is for everybody else.",
        "3 when visits >= 40\n2 when visits >= 12\n1 otherwise", "cases", "An unknown case does not hold.",
    ),
)  # fmt: skip
"""In the order of the reference."""
