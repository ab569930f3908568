"""The functions of formulas, each in its two fast forms side by side: on one customer's values, and on columns.

In: a function's name (its signature and meaning stand in `stratagem.dsl.functions`). Out: its `Form`. A plug-in adds
one with `register_form`; without a columnar form its row form is applied to each value of the columns.
Exponentials, logarithms and powers go through Python's `math` in both forms, because no two libraries agree on their
last bit; everything else is exact arithmetic, or rounded once.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stratagem.dsl.expressions.tree import Call, Constant
from stratagem.dsl.functions import FUNCTIONS
from stratagem.engine.evaluate.meaning import Value, calendar, finite

if TYPE_CHECKING:
    import polars as pl

NUMERAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
BLANKS = " \t\r\n"
_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DOWN = str.maketrans(_UPPER, _UPPER.lower())
_UP = str.maketrans(_UPPER.lower(), _UPPER)


@dataclass(frozen=True)
class ColumnCall:
    """A call on columns: its tree, its arguments as columns, and a column of zeros as long as they are.

    The zeros keep Polars from dividing by a constant through its reciprocal, which is not the same to the bit.
    """

    call: Call
    arguments: tuple[pl.Expr, ...]
    zero: pl.Expr

    @property
    def first(self) -> pl.Expr:
        """The first argument."""
        return self.arguments[0]


Columnar = Callable[[ColumnCall], "pl.Expr"]


@dataclass(frozen=True)
class Form:
    """How a function is worked out.

    row: on values that are all known, unless the function's rule for missing is `all`; gives None for missing, never
    an infinite figure. columnar: on columns, missing in and out as null. days: timestamps come in as their days.
    """

    row: Callable[..., Value]
    columnar: Columnar | None = None
    days: bool = False


def form_of(name: str) -> Form:
    """The forms of a function; LookupError when it is declared but nobody registered how to work it out."""
    found = _forms.get(name)
    if found is None:
        raise LookupError(f"function {name} is not implemented")
    return found


def register_form(name: str, form: Form) -> None:
    """Add how a plug-in's function is worked out. ValueError when the table does not know it, or it has a form."""
    if name not in FUNCTIONS:
        raise ValueError(f"there is no function {name} in the table: register its signature first")
    if _forms.get(name, form) is not form:
        raise ValueError(f"function {name} is implemented already")
    _forms[name] = form


# ---- on one customer's values ----


def places_of(call: Call) -> int:
    """The literal second argument of `round`, 0 when it is not given."""
    if len(call.arguments) == 1:
        return 0
    places = call.arguments[1]
    if not isinstance(places, Constant) or not isinstance(places.value, float | int):
        raise ValueError("the places of round are a written number")
    return int(places.value)


def _round(x: float, places: float = 0) -> Value:
    scale = 10.0 ** int(places)
    y = abs(x) * scale + 0.5
    if y - y != 0.0:
        return None
    whole = math.floor(y) / scale
    return whole if x >= 0.0 else -whole


def _sqrt(x: float) -> Value:
    return math.sqrt(x) if x >= 0.0 else None


def _exp(x: float) -> Value:
    try:
        return math.exp(x)
    except OverflowError:
        return None


def _ln(x: float) -> Value:
    return math.log(x) if x > 0.0 else None


def _power(x: float, y: float) -> Value:
    try:
        return finite(math.pow(x, y))
    except (OverflowError, ValueError):
        return None


def _mod(x: float, y: float) -> Value:
    if y == 0.0:
        return None
    times = x / y
    if times - times != 0.0:
        return None
    return finite(x - y * float(math.floor(times)))


def _sign(x: float) -> Value:
    return 1.0 if x > 0.0 else -1.0 if x < 0.0 else 0.0


def _coalesce(*values: Value) -> Value:
    return next((v for v in values if v is not None), None)


def _number(x: Value) -> Value:
    if not isinstance(x, str):
        return None if x is None else float(x)
    text = x.strip(BLANKS)
    return finite(float(text)) if NUMERAL.fullmatch(text) else None


# ---- on columns ----


def _pl() -> Any:
    """Polars, loaded only when columns are worked on."""
    import polars

    return polars


def _column(made: Any) -> pl.Expr:
    """What Polars, loaded late, has made."""
    return made  # type: ignore[no-any-return]


def each_value(function: Callable[..., Value], *columns: pl.Expr, dtype: Any, skip_missing: bool = True) -> pl.Expr:
    """`function` applied to every value of the columns by Python; missing in gives missing out, unless told."""
    pl = _pl()

    def apply(parts: Any) -> Any:
        length = min((len(p) for p in parts if len(p) != 1), default=1)
        lists = [p.to_physical().to_list() if p.dtype.is_temporal() else p.to_list() for p in parts]
        spread = [v * length if len(v) == 1 else v for v in lists]
        out = [None if skip_missing and None in vs else function(*vs) for vs in zip(*spread, strict=True)]
        plain = pl.Int32 if dtype == pl.Date else pl.Int64 if dtype == pl.Datetime("us") else dtype
        return pl.Series(out, dtype=plain).cast(dtype)

    return _column(pl.map_batches(list(columns), apply, return_dtype=dtype, is_elementwise=True))


def _by_python(function: Callable[..., Value]) -> Columnar:
    return lambda c: each_value(function, *c.arguments, dtype=_pl().Float64)


def _extreme(of: str) -> Columnar:
    def form(c: ColumnCall) -> pl.Expr:
        pl = _pl()
        known = pl.all_horizontal([a.is_not_null() for a in c.arguments])
        return _column(pl.when(known).then(getattr(pl, f"{of}_horizontal")(*c.arguments)))

    return form


def _round_columns(c: ColumnCall) -> pl.Expr:
    scale = 10.0 ** places_of(c.call)
    whole = (c.first.abs() * scale + 0.5).floor()
    return _column(_pl().when(whole.is_finite()).then(whole / (c.zero + scale) * c.first.sign()))


def _mod_columns(c: ColumnCall) -> pl.Expr:
    x, y = c.arguments
    rest = x - y * (x / (y + c.zero)).floor()
    return _column(_pl().when((y != 0.0) & rest.is_finite()).then(rest))


def _sign_columns(c: ColumnCall) -> pl.Expr:
    pl = _pl()
    return _column(pl.when(c.first > 0).then(1.0).when(c.first < 0).then(-1.0).when(c.first == 0).then(0.0))


def _number_columns(c: ColumnCall) -> pl.Expr:
    pl = _pl()
    kind = c.call.arguments[0].type
    if kind.is_numeric:
        return c.first
    if kind.kind == "yes_no":
        return c.first.cast(pl.Float64)
    text = c.first.str.strip_chars(BLANKS)
    figure = text.str.replace(r"^\+", "").cast(pl.Float64, strict=False)
    return _column(pl.when(text.str.contains(f"^(?:{NUMERAL.pattern})$") & figure.is_finite()).then(figure))


def _swap(table: dict[int, int]) -> Columnar:
    old, new = [chr(k) for k in table], [chr(v) for v in table.values()]
    return lambda c: c.first.str.replace_many(old, new)


def _part(name: str) -> Columnar:
    return lambda c: getattr(c.first.dt, name)().cast(_pl().Float64)


_forms: dict[str, Form] = {
    "min": Form(min, _extreme("min")),
    "max": Form(max, _extreme("max")),
    "round": Form(_round, _round_columns),
    "floor": Form(lambda x: float(math.floor(x)), lambda c: c.first.floor()),
    "ceil": Form(lambda x: float(math.ceil(x)), lambda c: c.first.ceil()),
    "abs": Form(abs, lambda c: c.first.abs()),
    "sqrt": Form(_sqrt, lambda c: _pl().when(c.first >= 0).then(c.first.sqrt())),
    "exp": Form(_exp, _by_python(_exp)),
    "ln": Form(_ln, _by_python(_ln)),
    "power": Form(_power, _by_python(_power)),
    "mod": Form(_mod, _mod_columns),
    "sign": Form(_sign, _sign_columns),
    "lower": Form(lambda t: t.translate(_DOWN), _swap(_DOWN)),
    "upper": Form(lambda t: t.translate(_UP), _swap(_UP)),
    "trim": Form(lambda t: t.strip(BLANKS), lambda c: c.first.str.strip_chars(BLANKS)),
    "length": Form(lambda t: float(len(t)), lambda c: c.first.str.len_chars().cast(_pl().Float64)),
    "year": Form(lambda d: float(calendar(d).year), _part("year"), days=True),
    "quarter": Form(lambda d: float((calendar(d).month + 2) // 3), _part("quarter"), days=True),
    "month": Form(lambda d: float(calendar(d).month), _part("month"), days=True),
    "day": Form(lambda d: float(calendar(d).day), _part("day"), days=True),
    "weekday": Form(lambda d: float(calendar(d).isoweekday()), _part("weekday"), days=True),
    "date": Form(lambda d: d, lambda c: c.first, days=True),
    "coalesce": Form(_coalesce, lambda c: _pl().coalesce(*c.arguments)),
    "number": Form(_number, _number_columns),
}
