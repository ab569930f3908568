"""What a declared field makes of a value in the data: worked out once, then used for columns and for single values.

In: a field of the model and the strategy's time zone. Out: a `Reading`. The rules (also in the language reference):
blanks at both ends go; empty text and the texts of `missing as` are missing, and so are values equal to one of them
(999 and 999.0); everything else that does not fit is missing too, and counted as failed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.data import SourceField
from stratagem.dsl.resolve.rules import SCALE
from stratagem.dsl.values import Duration, Family
from stratagem.engine.data.patterns import BLANKS, DatePattern, date_pattern

YES = ("yes", "true", "1")
NO = ("no", "false", "0")
TEXTS = (Kind.TEXT, Kind.CHOICE, Kind.CHANNEL)
FLOATS = (Kind.NUMBER, Kind.SHARE, Kind.MONEY, Kind.DURATION)
DAYS = (Kind.DATE, Kind.TIMESTAMP)
ZONED_YEARS = (1900, 2099)
"""The years (UTC) in which a time that names its zone is read; beyond them, tables of time zones differ."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one field is read. `yes` and `no` are in lower case; `dates` is None only for other kinds.

    scale: what a figure is multiplied with, so that one for a month, say, becomes one for a year (see types.py).
    """

    field: str
    kind: Kind
    zone: str
    missing: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    currency: str | None = None
    family: Family | None = None
    scale: float = 1.0
    yes: tuple[str, ...] = YES
    no: tuple[str, ...] = NO
    dates: DatePattern | None = None
    personal: bool = False

    @property
    def can_fail(self) -> bool:
        """Text fits always; any other kind may meet a value that does not."""
        return self.kind is not Kind.TEXT


def reading_of(field: SourceField, zone: str) -> Reading:
    """The reading of a field. A date format that cannot be read was an error before; here ISO is then expected."""
    yes_no = field.yes_no_as
    kind = field.type.kind
    return Reading(
        field=field.name,
        kind=kind,
        zone=zone,
        missing=tuple(text.strip(BLANKS) for text in field.missing_as),
        options=field.type.options,
        currency=field.type.currency,
        family=field.type.family,
        scale=_scale(field.per),
        yes=_words(yes_no, 0, YES),
        no=_words(yes_no, 1, NO),
        dates=(date_pattern(field.date_format) or date_pattern(None)) if kind in DAYS else None,
        personal=field.personal_for is not None,
    )


def _scale(per: Duration | None) -> float:
    """From an amount for this long to one for a year, or for a week."""
    if per is None:
        return 1.0
    kept, length = (SCALE["days"], per.seconds) if per.family == "days" else (SCALE["months"], per.months)
    return float(Fraction(kept) / Fraction(length)) if length else 1.0


def _words(written: tuple[str, str] | None, side: int, known: tuple[str, ...]) -> tuple[str, ...]:
    """The words of `as ("…", "…")` on one side, and the known ones that they do not speak against."""
    own = [text.strip(BLANKS).lower() for text in written or ()]
    return (*own[side : side + 1], *(word for word in known if word not in own))
