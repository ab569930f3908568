"""Profiles as text: the source and field lines that would read the files.

In: roles. Out: lines of a strategy, with a remark behind each field on how full it is. What `#` stands before is for
the reader alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.engine.profile.columns import Column
from stratagem.engine.profile.roles import Role, Roles
from stratagem.engine.profile.tables import Table

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
PURPOSES = {"email": "mail they agreed to", "phone": "calls they agreed to", "person": "greeting them"}


def source_lines(roles: Roles, identity_known: bool = True) -> Iterator[str]:
    """Every source that tells of customers, with all its fields."""
    for role in roles.all:
        if role.shape == "unused":
            yield f"# {role.table.path.name}: {role.table.height:,} rows, {len(role.table.columns)} columns; not used"
        else:
            yield from source(role, roles, tuple(role.table.columns), remarks=True)
        yield ""


def source(role: Role, roles: Roles, fields: Collection[str], remarks: bool = False) -> Iterator[str]:
    """One source with these fields, and the amount worked out from quantity and price where a row has both."""
    table = role.table
    yield f'source {table.name} "{label(table.path.name.split(".")[0])}" from "{table.path.name}"'
    yield f"  {_shape(role, roles)}"
    if role.dated:
        yield f"  dated by {role.dated}"
    if role.quantity and table.columns[role.quantity].negative:
        yield f"  row excluded when {role.quantity} <= 0"
    for name in table.columns:
        if name in fields:
            remark = f"  # {about(table.columns[name])}" if remarks else ""
            yield f"  {field(name, table, role, roles)}{remark}"
    if role.quantity and role.price:
        yield f"  field {amount(role)} money = {role.quantity} * {role.price}"
    if remarks and table.left_out:
        yield f"  # left out: {', '.join(repr(header) for header in table.left_out)}"


def amount(role: Role) -> str:
    """The name of the field that says how much a row was worth."""
    if not role.quantity:
        return role.price
    return "amount" if "amount" not in role.table.columns else "amount_paid"


def _shape(role: Role, roles: Roles) -> str:
    if role.shape == "lookup":
        return f"one per {role.key}"
    if not roles.identity:
        return "one per customer by row number"
    return f"{role.shape} per customer by {roles.identity}"


def field(name: str, table: Table, role: Role, roles: Roles) -> str:
    """One field line, its parts in the order of the language."""
    column = table.columns[name]
    parts = [f"field {name} {_type(name, column, role, roles)}"]
    if column.header != name:
        parts.append(f'from "{column.header}"')
    if column.format:
        parts.append(f'as "{column.format}"')
    if column.yes_no:
        parts.append('as ("{}", "{}")'.format(*column.yes_no))
    if column.missing:
        parts.append(f"missing as ({', '.join(quoted(text) for text in column.missing)})")
    if column.personal:
        parts.append(f'personal for "{PURPOSES[column.personal]}"')
    return " ".join(parts)


def _type(name: str, column: Column, role: Role, roles: Roles) -> str:
    if name in (roles.identity, role.key, role.transaction) or name in _keys(roles):
        return "text"
    if column.kind == "choice":
        return f"one of ({', '.join(_choice(text) for text in column.choices)})"
    return column.kind


def _keys(roles: Roles) -> set[str]:
    """Fields by which look-ups are found; both sides are of one type."""
    return {role.key for role in roles.of("lookup")}


def _choice(text: str) -> str:
    return text if _NAME.match(text) and text not in RESERVED else quoted(text)


def quoted(text: str) -> str:
    """A text of the language; what cannot stand in one is left out."""
    return '"' + "".join(c for c in text if c.isprintable() and c not in '"\\') + '"'


def label(name: str) -> str:
    """A file's or column's name as a label: blanks for what joins its words."""
    words = " ".join(re.sub(r"[_\W]+", " ", name).split())
    return words[:1].upper() + words[1:] if words else "Customers"


def about(column: Column) -> str:
    """What the column holds, in figures."""
    parts = [f"{100 * column.filled:.4g}% filled", f"{column.different:,} different"]
    if column.negative:
        parts.append(f"{column.negative:,} below zero")
    if column.personal == "person":
        parts.append("looks like names of persons")
    if column.doubtful:
        parts.append(column.doubtful)
    return ", ".join(parts)


def record(roles: Roles) -> dict[str, object]:
    """The same for programs."""
    return {
        "identity": roles.identity or None,
        "remarks": list(roles.remarks),
        "files": [
            {
                "file": role.table.path.name,
                "source": role.table.name,
                "shape": role.shape,
                "rows": role.table.height,
                "key": role.key or None,
                "dated_by": role.dated or None,
                "fields": [_field_record(name, role, roles) for name in role.table.columns],
                "left_out": list(role.table.left_out),
            }
            for role in roles.all
        ],
    }


def _field_record(name: str, role: Role, roles: Roles) -> dict[str, object]:
    column = role.table.columns[name]
    return {
        "name": name,
        "header": column.header,
        "kind": column.kind,
        "line": field(name, role.table, role, roles),
        "filled": round(column.filled, 6),
        "different": column.different,
        "personal": column.personal or None,
    }
