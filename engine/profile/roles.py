"""Which column names the customer, and what each file tells of customers.

In: tables. Out: `Roles`. What is looked at is how columns depend on each other: a transaction has one customer and one
time, a customer has many transactions; a file with one row for each customer describes them; a file whose own key
stands in another file is a look-up. Where the figures leave a choice, it is made in the order of the files and columns,
and said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from stratagem.engine.profile.columns import Column
from stratagem.engine.profile.tables import Table

FEW = 2
NEARLY = 0.98
COMES_BACK = 1.2
"""A value stands in so many rows on average, at least, where it is a thing with several rows."""
SHARED = 0.5
"""Two columns name the same things when so much of the smaller's values stand in the other."""
DUPLICATES = 1.02
"""A file with so few rows more than customers describes each of them once; some are in it twice by mistake."""
GROWS = 1.4
"""Two pieces and more cost so many times as much as one, at least; twice, but for cheaper goods in larger numbers."""
FILLED = 0.5
"""So many of the rows, at least, name the customer."""
MANY = 100
"""So many different whole figures in as many rows are numbers of the rows, in whichever order."""
SMALL_COUNT = 25
"""Half of the amounts bought at once are below this."""


@dataclass(frozen=True)
class Role:
    """What a table is: `one` or `many` rows a customer, a `lookup`, or `unused`. The rest are names of fields."""

    table: Table
    shape: str
    key: str = ""
    dated: str = ""
    transaction: str = ""
    quantity: str = ""
    price: str = ""
    """With a quantity, the price of one piece; alone, the amount."""


@dataclass(frozen=True)
class Roles:
    """Every table's role. `identity`: the field that names the customer, "" where rows have only their number."""

    identity: str
    all: tuple[Role, ...]
    remarks: tuple[str, ...] = field(default=())

    def of(self, shape: str) -> list[Role]:
        """The tables of a shape."""
        return [role for role in self.all if role.shape == shape]


def roles(tables: Sequence[Table], by: str | None = None, dated: str | None = None) -> Roles:
    """The role of every table. `by` and `dated`: fields or headers that the user names; LookupError for others."""
    remarks: list[str] = []
    identity = _named(tables, by) if by else _identity(tables, remarks)
    found = _once_each([_role(table, identity, dated, tables) for table in tables], dated)
    if identity and not any(role.shape in ("one", "many") for role in found):
        identity = ""
    if not identity:
        first = tables[0]
        found = [Role(t, "one" if t is first else "unused") for t in tables]
        name = first.path.name
        remarks.append(f"No column of {name} names a customer: each row is one, in the file's order (--by names it).")
    for role in found:
        if role.shape == "unused":
            remarks.append(f"{role.table.path.name} is left out: nothing in it leads to a customer.")
    return Roles(identity, tuple(found), tuple(remarks))


def _named(tables: Sequence[Table], wanted: str) -> str:
    for table in tables:
        for name, column in table.columns.items():
            if wanted in (name, column.header):
                return name
    raise LookupError(wanted)


# ---- the customer ----


def _identity(tables: Sequence[Table], remarks: list[str]) -> str:
    keys = [(t, name) for t in tables for name in _keys(t)]
    joined = [(t, n) for t, n in keys if any(_same_things(t, other, n) for other in tables if other is not t)]
    fits = [(t, n) for t, n in joined if not any(_is_of_things(o, n) for o in tables if o is not t)]
    events = max(tables, key=lambda t: (t.timed, t.height))
    if described := [(t, n) for t, n in fits if not _is_of_transactions(t, n, tables)]:
        alone = [n for t, n in described if not any(n != other and other in t.columns for _, other in fits)]
        names = alone or [n for _, n in described]
        return next((n for n in names if n in events.columns), names[0])
    events = fits[0][0] if fits else events  # the file of orders, where the other ones have their lines
    found = _of_transactions(events) or _repeating(events)
    found = [name for name in found if _one_address_each(events, name)]
    found = found or _numbers(tables[0])
    if len(found) > 1:
        others = ", ".join(found[1:4])
        remarks.append(f"`{found[0]}` is taken for the customer; {others} would fit too (--by says which).")
    return found[0] if found else ""


def _names(table: Table) -> Iterator[tuple[str, Column]]:
    return ((name, column) for name, column in table.columns.items() if column.names_things)


def _keys(table: Table) -> list[str]:
    """Fields with another value in each row."""
    return [n for n, c in _names(table) if c.known == c.different == table.height and table.height > 1]


def _numbers(table: Table) -> list[str]:
    """Keys that are names or numbers of rows, and no figures or addresses; addresses come last, for want of others."""
    fits = [n for n in _keys(table) if not table.columns[n].is_figure or _counts(table.figures(n))]
    return sorted(fits, key=lambda n: table.columns[n].personal != "")


def _counts(values: pl.Series) -> bool:
    """Do whole figures, another one in each row, number the rows: they go up, or are too many to be all different by
    chance."""
    return values.len() >= MANY or bool((values.diff().drop_nulls() > 0).all())


def _same_things(one: Table, other: Table, name: str) -> bool:
    """Do both tables have the field, about the same things."""
    if name not in other.columns or not other.columns[name].names_things:
        return False
    mine, theirs = (_values(t, name) for t in (one, other))
    smaller = min(mine.len(), theirs.len())
    return smaller > 0 and mine.is_in(theirs.implode()).sum() >= SHARED * smaller


def _values(table: Table, name: str) -> pl.Series:
    return table.rows[name].drop_nulls().unique().cast(pl.String)


def _is_of_things(table: Table, name: str) -> bool:
    """Does a transaction of the table have several of these: goods, not customers."""
    transaction = _transaction(table)
    return bool(transaction) and name in table.columns and not _determines(table, transaction, name)


def _is_of_transactions(table: Table, name: str, tables: Sequence[Table]) -> bool:
    """Does the key number orders, and the files that repeat it hold their lines: with no time of their own, and
    something that comes back from order to order."""
    others = [t for t in tables if t is not table and name in t.columns]
    return table.timed and not any(t.timed for t in others) and bool(_repeating(table))


def _of_transactions(table: Table) -> list[str]:
    """What each transaction has one of, the one with the most different values first."""
    transaction = _transaction(table)
    if not transaction:
        return []
    fits = [n for n, c in _names(table) if n != transaction and c.different > FEW and _repeats(c)]
    fits = [n for n in fits if not _determines(table, n, transaction) and _determines(table, transaction, n)]
    return sorted(fits, key=lambda n: -table.columns[n].different)[:1]


def _repeating(table: Table) -> list[str]:
    """Fields whose values come back, the one with the most different values first."""
    if not table.timed:
        return []
    fits = [n for n, c in _names(table) if _repeats(c) and c.kind != "choice" and c.filled >= FILLED]
    fits = [n for n in fits if not _is_count(table, n, table.columns[n])]
    return sorted(fits, key=lambda n: -table.columns[n].different)


def _one_address_each(table: Table, name: str) -> bool:
    """Has each of them hardly ever more than one mail address or telephone number: those who share a town have many."""
    for address in (n for n, c in table.columns.items() if c.personal in ("email", "phone") and n != name):
        both = table.rows.select(name, address).drop_nulls()
        if both.n_unique() >= COMES_BACK * both[name].n_unique() > 0:
            return False
    return True


def _repeats(column: Column) -> bool:
    return column.known >= COMES_BACK * column.different


def _transaction(table: Table) -> str:
    """The field of the finest groups of rows that happened at one time; "" where each row stands for itself."""
    times = [n for n, c in table.columns.items() if c.is_time]
    if not times:
        return ""
    fits = [n for n, c in _names(table) if _repeats(c) and _determines(table, n, times[0])]
    return max(fits, key=lambda n: table.columns[n].different, default="")


def _determines(table: Table, one: str, other: str) -> bool:
    """Does each value of `one` have, nearly always, one value of `other`."""
    pairs = table.different(one, other)
    singles = table.rows.select(one, other).drop_nulls()[one].n_unique()
    return pairs > 0 and singles >= NEARLY * pairs


# ---- the tables ----


def _role(table: Table, identity: str, dated: str | None, tables: Sequence[Table]) -> Role:
    if not identity or identity not in table.columns:
        return _lookup(table, identity, tables)
    column = table.columns[identity]
    if column.known <= DUPLICATES * column.different:
        # No `dated by`: a date that describes the customer does not say how old the other values are.
        return Role(table, "one", identity)
    return _over_time(table, identity, dated)


def _over_time(table: Table, identity: str, dated: str | None) -> Role:
    quantity, price = _amounts(table, identity)
    transaction = _transaction(table)
    return Role(
        table, "many", identity, _dated(table, dated), transaction if transaction != identity else "", quantity, price
    )


def _once_each(found: list[Role], dated: str | None) -> list[Role]:
    """Rows over time stay rows over time where nobody has come twice yet: they have numbers and times of their own."""
    lists = [role for role in found if role.shape == "one"]
    if any(role.shape == "many" for role in found):
        return found
    return [_over_time(r.table, r.key, dated) if r.shape == "one" and _happened(r, lists) else r for r in found]


def _happened(role: Role, lists: Sequence[Role]) -> bool:
    """Does each row tell of something that happened to a customer whom another file describes, or nothing else does."""
    table = role.table
    if not table.timed or all(n == role.key or table.columns[n].personal for n in _numbers(table)):
        return False
    others = [other.table for other in lists if other is not role]
    if not others:
        return not table.has_figures
    return any(o.height > table.height or not o.has_figures for o in others)


def _lookup(table: Table, identity: str, tables: Sequence[Table]) -> Role:
    """A table without the customer is a look-up where its key is a field of one with."""
    holders = [t for t in tables if t is not table and identity and identity in t.columns]
    for key in _keys(table):
        if any(_same_things(table, holder, key) for holder in holders):
            return Role(table, "lookup", key)
    return Role(table, "unused")


def _dated(table: Table, wanted: str | None) -> str:
    times = {n: c for n, c in table.columns.items() if c.is_time}
    if wanted:
        for name, column in times.items():
            if wanted in (name, column.header):
                return name
    return max(times, key=lambda n: (times[n].known, times[n].different), default="")


def _amounts(table: Table, identity: str) -> tuple[str, str]:
    """The fields of how many and how much; "" for what there is not."""
    monies = [n for n, c in table.columns.items() if c.kind == "money" and c.known]
    if not monies:
        return "", ""
    price = max(monies, key=lambda n: _size(table, n))
    counts = [n for n, c in table.columns.items() if _is_count(table, n, c) and n != identity]
    counts = [n for n in counts if not _numbers_lines(table, _transaction(table) or identity, n)]
    for quantity in counts:
        if not _grows_with(table, price, quantity):
            return quantity, price
    return "", price


def _size(table: Table, name: str) -> float:
    total = table.figures(name).abs().sum()
    return float(total or 0.0)


def _is_count(table: Table, name: str, column: Column) -> bool:
    """Small whole numbers, with few different values for so many rows: pieces, not numbers of things."""
    if column.kind != "number" or not column.whole or column.different < FEW + 1:
        return False
    middle = table.figures(name).abs().median()
    return isinstance(middle, float) and 0 < middle <= SMALL_COUNT


def _numbers_lines(table: Table, whole: str, name: str) -> bool:
    """Another number in each row of one transaction: the number of a line, not of pieces."""
    return table.different(whole, name) >= NEARLY * table.rows.select(whole, name).drop_nulls().height


def _grows_with(table: Table, price: str, quantity: str) -> bool:
    """Is the amount the larger the more pieces: then it is of all of them, not of one."""
    frame = pl.DataFrame({"p": table.figures(price), "q": table.figures(quantity)}).drop_nulls()
    frame = frame.filter((pl.col("p") > 0) & (pl.col("q") > 0))
    one, more = (frame.filter(condition)["p"].median() for condition in (pl.col("q") == 1, pl.col("q") > 1))
    if not isinstance(one, float) or not isinstance(more, float):
        return True
    return more > GROWS * one
