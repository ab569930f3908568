"""A column of a file: how it would be declared as a field, and how full it is.

In: the values as they stand in the file. Out: `Column`. The patterns are those that the readers of data use, so what is
proposed here is read there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

import polars as pl

from stratagem.engine.data import patterns

MOST_CHOICES = 12
"""More different texts are no closed list."""
ROWS_A_CHOICE = 5
"""A list of choices repeats: so many rows for each of them, at least."""
LONGEST_CHOICE = 40
ODD_ONES = 3
"""So many different texts in a column of figures or dates are taken for ways to say that nothing is known."""
NEARLY_ALL = 0.95
MOSTLY_CENTS = 0.99
DATE_FORMATS = (
    None, "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d-%m-%Y", "%m-%d-%Y", "%Y%m%d", "%d.%m.%y", "%d/%m/%y",
    "%m/%d/%y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y",
)  # fmt: skip
CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p")
YES_NO = (("yes", "no"), ("true", "false"), ("1", "0"))
"""Read without being told."""
YES_NO_TOLD = (("y", "n"), ("t", "f"), ("ja", "nein"), ("oui", "non"), ("si", "no"), ("on", "off"))
EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
UNREAD = (
    r"^[+-]?\p{Sc}? ?[+-]?(?:[0-9]{1,3}(?:[., ][0-9]{3})+|[0-9]+)(?:[.,][0-9]+)? ?\p{Sc}$"
    r"|^[+-]?\p{Sc} ?[+-]?(?:[0-9]{1,3}(?:[., ][0-9]{3})+|[0-9]+)(?:[.,][0-9]+)?$"
    r"|^[+-]?(?:[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+),[0-9]+(?: ?[A-Z]{3})?$"
)
PHONE = r"^(?:\+|00?)[\d][\d ()/.-]{6,}$"


@dataclass(frozen=True)
class Column:
    """A column as a field. `kind`: number, money, share, date, timestamp, text, yes_no or choice.

    rows, known and different count its values; `whole`: a figure without decimals; `negative`: how many are below zero.
    `personal`: "email", "phone" or "person" for what tells who somebody is.
    """

    header: str
    kind: str
    rows: int
    known: int
    different: int
    format: str | None = None
    yes_no: tuple[str, str] | None = None
    missing: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    whole: bool = False
    negative: int = 0
    personal: str = ""
    doubtful: str = ""
    """A remark on what could also have been meant."""

    @property
    def filled(self) -> float:
        """The share of rows with a value."""
        return self.known / self.rows if self.rows else 0.0

    @property
    def is_figure(self) -> bool:
        """Can it be added up."""
        return self.kind in ("number", "money")

    @property
    def is_time(self) -> bool:
        """A date or a time."""
        return self.kind in ("date", "timestamp")

    @property
    def names_things(self) -> bool:
        """May it be a name or number of something: whole, not yes/no, a date or an amount, in whichever spelling."""
        whole = (self.kind in ("text", "choice") and not self.doubtful) or (self.kind == "number" and self.whole)
        return self.different > 1 and whole


def profile(header: str, values: pl.Series) -> Column:
    """The column with this header; `values` are null where the file has nothing."""
    rows = values.len()
    if values.dtype.is_nested():
        return Column(header, "text", rows, 0, 0)
    if values.dtype not in (pl.String, pl.Categorical, pl.Enum):
        return _typed(header, values)
    counted = _counted(values.cast(pl.String))
    return _written(header, rows, counted)


def _counted(values: pl.Series) -> pl.DataFrame:
    """The different texts, without blanks around them, and how often each stands; empty ones left out."""
    texts = values.str.strip_chars(patterns.BLANKS).alias("text").to_frame()
    texts = texts.filter(pl.col("text") != "")
    return texts.group_by("text").agg(pl.len().alias("n")).sort("n", "text", descending=[True, False])


def _typed(header: str, values: pl.Series) -> Column:
    """A column whose file says its type."""
    rows, kind = values.len(), "text"
    known = values.drop_nulls()
    if values.dtype.is_float():
        known = known.filter(known.is_finite())
    different = known.n_unique()
    if values.dtype == pl.Boolean:
        kind = "yes_no"
    elif values.dtype in (pl.Date, pl.Datetime):
        kind = "date" if values.dtype == pl.Date or _midnights(known) else "timestamp"
    elif values.dtype.is_numeric():
        return _figures(header, rows, known.cast(pl.Float64), different)
    return Column(header, kind, rows, known.len(), different)


def _midnights(times: pl.Series) -> bool:
    return bool((times.dt.time() == time(0)).all()) if times.len() else False


def _written(header: str, rows: int, counted: pl.DataFrame) -> Column:
    """A column of texts: the first way to read nearly all of them."""
    known, different = int(counted["n"].sum()), counted.height
    if not known:
        return Column(header, "text", rows, 0, 0, doubtful="empty")
    texts = set(counted["text"].str.to_lowercase()) if different <= ODD_ONES + 2 else set()
    for pair in (*YES_NO, *YES_NO_TOLD):
        if texts == set(pair):
            told = None if pair in YES_NO else (_as_in(counted, pair[0]), _as_in(counted, pair[1]))
            return Column(header, "yes_no", rows, known, different, yes_no=told)
    numbers = counted.filter(pl.col("text").str.contains(patterns.PLAIN_NUMBER))
    if (odd := _odd(counted, numbers)) is not None and not _padded(numbers):
        values = numbers.with_columns(pl.col("text").str.replace_all(",", "").cast(pl.Float64, strict=False))
        series = values.select(pl.col("text").repeat_by("n").list.explode()).to_series() if rows else values["text"]
        return _figures(header, rows, series, numbers.height, odd)
    amounts = counted.filter(pl.col("text").str.contains(patterns.MONEY))
    if (odd := _odd(counted, amounts)) is not None and not numbers.height:
        return Column(header, "money", rows, int(amounts["n"].sum()), amounts.height, missing=odd)
    shares = counted.filter(pl.col("text").str.contains(patterns.PERCENT))
    if (odd := _odd(counted, shares)) is not None:
        return Column(header, "share", rows, int(shares["n"].sum()), shares.height, missing=odd)
    return _date(header, rows, counted) or _text(header, rows, counted)


def _as_in(counted: pl.DataFrame, lower: str) -> str:
    return str(counted.filter(pl.col("text").str.to_lowercase() == lower)["text"][0])


def _odd(counted: pl.DataFrame, fitting: pl.DataFrame) -> tuple[str, ...] | None:
    """What does not fit, where nearly all does and the rest is no more than a few different texts; else None."""
    if not fitting.height or int(fitting["n"].sum()) < NEARLY_ALL * int(counted["n"].sum()):
        return None
    rest = counted.join(fitting, on="text", how="anti")
    return tuple(sorted(rest["text"])) if rest.height <= ODD_ONES else None


def _padded(numbers: pl.DataFrame) -> bool:
    """Digits with a zero in front, such as `00412`, are names of something."""
    return bool(numbers["text"].str.contains(r"^0[0-9]+$").any())


def _figures(header: str, rows: int, values: pl.Series, different: int, missing: tuple[str, ...] = ()) -> Column:
    values = values.drop_nulls()
    whole = bool((values == values.round(0)).all()) if values.len() else False
    money = not whole and _in_cents(values)
    negative = int((values < 0).sum())
    kind = "money" if money else "number"
    return Column(
        header, kind, rows, values.len(), different, missing=missing, whole=whole, negative=negative,
        doubtful="no more than two decimals, so taken for money" if money else "",
    )  # fmt: skip


def _in_cents(values: pl.Series) -> bool:
    """Nearly all have two decimals at most, and not all lie between -1 and 1, as shares do."""
    if not values.len():
        return False
    fits = int((((values * 100).round(0) / 100 - values).abs() < 1e-9).sum())
    return fits >= MOSTLY_CENTS * values.len() and bool((values.abs() > 1).any())


def _date(header: str, rows: int, counted: pl.DataFrame) -> Column | None:
    """A column of dates or times in the first format that reads nearly all of them."""
    for written in DATE_FORMATS:
        for clock in CLOCKS if written else ("",):
            pattern = patterns.date_pattern(None if written is None else written + clock)
            assert pattern is not None
            fitting = counted.filter(pl.col("text").str.contains(pattern.regex))
            if written is not None and fitting.height:
                fitting = fitting.filter(_real(fitting, pattern.regex))
            odd = _odd(counted, fitting)
            if odd is None:
                continue
            has_time = bool(clock) or bool(fitting["text"].str.contains(r"[0-9]:[0-9]").any())
            doubtful = _other_order(written, clock, counted)
            return Column(
                header, "timestamp" if has_time else "date", rows, int(fitting["n"].sum()), fitting.height,
                format=None if written is None else written + clock, missing=odd, doubtful=doubtful,
            )  # fmt: skip
    return None


def _real(fitting: pl.DataFrame, regex: str) -> pl.Series:
    """Are day and month numbers that a calendar has."""
    parts = fitting.select(pl.col("text").str.extract_groups(regex).alias("p")).unnest("p")
    fits = pl.Series([True] * fitting.height)
    for part, most in (("day", 31), ("month", 12)):
        if part in parts.columns:
            fits &= parts[part].cast(pl.Int32, strict=False).is_between(1, most).fill_null(False)
    return fits


def _other_order(written: str | None, clock: str, counted: pl.DataFrame) -> str:
    """A remark where day and month could stand the other way round."""
    if written is None or not written.startswith(("%d/%m", "%d-%m")):
        return ""
    other = written.replace("%d", "%x").replace("%m", "%d").replace("%x", "%m")
    pattern = patterns.date_pattern(other + clock)
    assert pattern is not None
    fitting = counted.filter(pl.col("text").str.contains(pattern.regex))
    both = fitting.height == counted.height and bool(_real(fitting, pattern.regex).all())
    return f'could as well be "{other + clock}": no day is above 12' if both else ""


def _text(header: str, rows: int, counted: pl.DataFrame) -> Column:
    known, different = int(counted["n"].sum()), counted.height
    for personal, regex in (("email", EMAIL), ("phone", PHONE)):
        fitting = counted.filter(pl.col("text").str.contains(regex))
        if fitting["n"].sum() >= NEARLY_ALL * known:
            return Column(header, "text", rows, known, different, personal=personal)
    texts = [str(text) for text in counted["text"].head(MOST_CHOICES + 1)]
    few = different <= MOST_CHOICES and known >= ROWS_A_CHOICE * different
    if few and all(len(text) <= LONGEST_CHOICE and '"' not in text for text in texts):
        return Column(header, "choice", rows, known, different, choices=tuple(sorted(texts)))
    personal = "person" if _persons(counted, rows) else ""
    return Column(header, "text", rows, known, different, personal=personal, doubtful=_unread(counted, known))


def _unread(counted: pl.DataFrame, known: int) -> str:
    """A remark where nearly all texts are figures as no reader takes them, because what they say is in doubt."""
    fitting = counted.filter(pl.col("text").str.contains(UNREAD))
    if fitting["n"].sum() < NEARLY_ALL * known:
        return ""
    return "figures with a decimal comma or a sign of money are read as text: export them as 1234.50"


def _persons(counted: pl.DataFrame, rows: int) -> bool:
    """Two to four capitalised words, nearly always, and hardly ever the same: as names of persons are."""
    fitting = counted.filter(pl.col("text").str.contains(r"^\p{Lu}[\p{L}'.-]*(?: \p{Lu}[\p{L}'.-]*){1,3}$"))
    return counted.height >= NEARLY_ALL * rows and fitting.height >= NEARLY_ALL * counted.height
