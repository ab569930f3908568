"""What every operator makes of every two kinds, asked of the checker itself by one strategy with a line for each pair.

In: nothing. Out: for each operator a table of results: the kind that comes out, or the code of the finding.
"""

from __future__ import annotations

from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.pipeline import check_text

FIELDS = {
    "number": "number",
    "share": "share",
    "money": "money",
    "days": "duration",
    "months": "(months since a_date)",
    "money/month": "money per month",
    "money/week": "money per week",
    "count/month": "count per month",
    "date": "date",
    "time": "timestamp",
    "text": "text",
    "yes/no": "yes_no",
    "choice": "one of (red, blue)",
}
"""The kinds by the names the table uses, with the field that has each (or the formula, where no field has)."""
ARITHMETIC = ("+", "-", "*", "/")
COMPARISONS = ("<", "is")


def name_of(kind: str) -> str:
    """The field's name, with its source: so that opposite a choice it stays a field."""
    return FIELDS[kind] if FIELDS[kind].startswith("(") else f"things.a_{_word(kind)}"


def _word(kind: str) -> str:
    return kind.replace("/", "_")


def table(op: str) -> dict[tuple[str, str], str]:
    """Results by left and right kind."""
    lines = [
        'strategy tables "Tables"',
        "  currency EUR",
        'source things "Things" from "t.csv"',
        "  one per customer by id",
        "  field id text",
    ]
    lines += [f"  field a_{_word(kind)} {field}" for kind, field in FIELDS.items() if not field.startswith("(")]
    pairs = [(left, right) for left in FIELDS for right in FIELDS]
    first = len(lines) + 1
    lines += [f'measure m{n} "M" = {name_of(a)} {op} {name_of(b)}' for n, (a, b) in enumerate(pairs)]
    checked = check_text("\n".join(lines))
    codes = {d.span.line: d.code for d in checked.diagnostics if severity(d) == "error"}
    good = [line for n, line in enumerate(lines) if n + 1 not in codes]
    strategy = check_text("\n".join(good)).strategy
    assert strategy is not None
    kinds = {measure.name: measure.type for measure in strategy.measures}
    return {pair: codes.get(first + n) or kind_name(kinds[f"m{n}"]) for n, pair in enumerate(pairs)}


def kind_name(kind: Type) -> str:
    """A type by the name the tables use."""
    if kind.per is not None:
        amount = "money" if kind.kind is Kind.MONEY else "count"
        return f"{amount}/{'month' if kind.per == 'months' else 'week'}"
    if kind.kind is Kind.DURATION:
        return str(kind.family)
    return {Kind.YES_NO: "yes/no", Kind.TIMESTAMP: "time"}.get(kind.kind, kind.kind.value)


def as_markdown(op: str) -> str:
    """The table as people read it: left kind down, right kind across; `·` for the findings S306 and S307."""
    found = table(op)
    head = f"| {op} | " + " | ".join(FIELDS) + " |"
    rows = [head, "|---" * (len(FIELDS) + 1) + "|"]
    for left in FIELDS:
        cells = [{"S306": "·", "S307": "·"}.get(found[left, right], found[left, right]) for right in FIELDS]
        rows.append(f"| {left} | " + " | ".join(cells) + " |")
    return "\n".join(rows)
