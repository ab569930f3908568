"""What was found while the data was read: counts, and where the first of each came from. No personal value stands here.

Out of `load`; read by `plan`, `check --data`, the completeness checks and reports. Rows are numbered as people see
them: in CSV the header is row 1, as in a spreadsheet; in other files the first row is row 1.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

REPORT_VERSION = 1


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldReport(_Part):
    """One field of a source.

    known: the share of the rows kept (after failures) in which it has a value; None over no rows.
    failed: values that do not fit the field, and so are missing; `other_currency` of them are money of another one.
    first_rows, examples: where the first failures stand, and what stands there, shortened (never for personal fields).
    too_large: figures that are known, and have no part in sums and averages; first_too_large: where the first stand.
    """

    name: str
    header: str | None = None
    known: float | None = None
    failed: int = 0
    other_currency: int = 0
    first_rows: tuple[int, ...] = ()
    examples: tuple[str, ...] = ()
    too_large: int = 0
    first_too_large: tuple[int, ...] = ()


class SourceReport(_Part):
    """One source.

    rows_read = rows_excluded + rows_without_identity + rows_not_yet + rows_retired + unmatched + ambiguous
    + duplicates + rows_kept. Of a look-up, `rows_without_identity` are rows without their key.
    rows_not_yet: of one-per-customer sources, dated after the as-of moment. rows_retired: dropped for their age.
    rows_ahead: of many-per-customer sources the rows kept that are dated after it. oldest, newest: of the others.
    stale: customers whose one-per-customer values are past `retired after`, and missing.
    unmatched, ambiguous: rows of a source without the identity that match no customer, or more than one.
    orphans: rows kept whose identity is not `listed in` the source that lists customers.
    rows_short: rows with fewer cells than there are headers, whatever became of them; first_short_line: of the first.
    unjoined: rows kept with a key that the look-up of that name does not have.
    """

    name: str
    path: str | None = None
    rows_read: int = 0
    rows_excluded: int = 0
    rows_without_identity: int = 0
    rows_not_yet: int = 0
    rows_retired: int = 0
    rows_ahead: int = 0
    rows_kept: int = 0
    customers: int = 0
    duplicates: int = 0
    stale: int = 0
    unmatched: int = 0
    ambiguous: int = 0
    orphans: int = 0
    rows_short: int = 0
    first_short_line: int = 0
    unjoined: dict[str, int] = {}
    undeclared_columns: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    oldest: str | None = None
    newest: str | None = None
    fields: tuple[FieldReport, ...] = ()

    def field(self, name: str) -> FieldReport | None:
        """The field of that name."""
        return next((f for f in self.fields if f.name == name), None)


class LikelyDuplicates(_Part):
    """Customers that share a value of a `matched on` field: counted, never merged."""

    field: str
    values: int
    customers: int


class DataReport(_Part):
    """All sources, in declared order. `customers`: how many there are, the excluded included."""

    format_version: int = REPORT_VERSION
    strategy: str
    as_of: str
    customers: int = 0
    sources: tuple[SourceReport, ...] = ()
    likely_duplicates: tuple[LikelyDuplicates, ...] = ()

    def source(self, name: str) -> SourceReport | None:
        """The source of that name."""
        return next((s for s in self.sources if s.name == name), None)
