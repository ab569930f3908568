"""Who is a customer, and the sources that say what is known of them."""

from __future__ import annotations

from stratagem.dsl.expressions.types import Type
from stratagem.dsl.model.base import Declared, Formula, Literal_, Ref


class Group(Declared):
    """`group NAME by FIELD`: customers who share a value of the field."""

    field: Ref


class Customer(Declared):
    identified_by: Ref | None = None
    """The identity's name; None when `identified by row number`."""
    by_row_number: bool = False
    listed_in: Ref | None = None
    matched_on: tuple[Ref, ...] = ()
    excluded: Formula | None = None
    groups: tuple[Group, ...] = ()


class SourceField(Declared):
    """`field NAME TYPE …`. `type` is resolved (currency, options, channels)."""

    type: Type
    per: Literal_ = None
    """The period of `money per month` or `number per week`: what a bare figure in the file is for."""
    header: str | None = None
    """Column name in the file, when it differs."""
    date_format: str | None = None
    yes_no_as: tuple[str, str] | None = None
    missing_as: tuple[str, ...] = ()
    """Texts in the file that mean missing."""
    formula: Formula | None = None
    personal_for: str | None = None
    """The purpose; None when the field does not say `personal for`."""
    asked_as: str | None = None
    bought_from: str | None = None


class Source(Declared):
    """`shape`: "one" (per customer), "many" (per customer), or "lookup" (one per another source's key)."""

    file: str
    shape: str
    key: Ref | None = None
    """The identity field (one, many) or the key (lookup); None for `by row number`."""
    by_row_number: bool = False
    dated_by: Ref | None = None
    row_excluded: Formula | None = None
    owner: str = ""
    kept_in: str = ""
    refreshed_every: Literal_ = None
    retired_after: Literal_ = None
    holds: tuple[str, ...] = ()
    shared_with: tuple[str, ...] = ()
    fields: tuple[SourceField, ...] = ()

    def field(self, name: str) -> SourceField | None:
        return next((f for f in self.fields if f.name == name), None)
