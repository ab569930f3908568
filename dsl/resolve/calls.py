"""Calls of the function table: is there such a function, and do its arguments fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.expressions import syntax as s
from stratagem.dsl.expressions.tree import Call, Constant, Expr
from stratagem.dsl.expressions.types import DATE, NUMBER, SHARE, TEXT, YES_NO, Kind, Type
from stratagem.dsl.functions import FUNCTIONS, Function
from stratagem.dsl.resolve.arithmetic import typed
from stratagem.dsl.resolve.choices import has_values, is_bare, option
from stratagem.dsl.resolve.conditions import common
from stratagem.dsl.resolve.scope import Scope
from stratagem.dsl.resolve.unknown import replace_with, visible
from stratagem.dsl.resolve.wording import either, say
from stratagem.dsl.source import Span

if TYPE_CHECKING:
    from stratagem.dsl.resolve.resolver import Resolver

_FIXED = {"number": NUMBER, "share": SHARE, "text": TEXT, "yes_no": YES_NO, "date": DATE, "plain": NUMBER}


OTHER_NAMES = {
    **dict.fromkeys(("rounddown", "round_down", "int", "trunc", "truncate"), "floor"),
    **dict.fromkeys(("roundup", "round_up", "ceiling"), "ceil"),
    **dict.fromkeys(("ifnull", "nvl", "ifna", "iferror"), "coalesce"),
    **dict.fromkeys(("pow",), "power"),
    **dict.fromkeys(("len", "char_length"), "length"),
    **dict.fromkeys(("lcase", "lowercase"), "lower"),
    **dict.fromkeys(("ucase", "uppercase"), "upper"),
    **dict.fromkeys(("to_number",), "number"),
    **dict.fromkeys(("dayofweek", "day_of_week"), "weekday"),
    **dict.fromkeys(("greatest", "maximum"), "max"),
    **dict.fromkeys(("least", "minimum"), "min"),
}
"""What spreadsheets and databases call a function of the language."""


def resolve(r: Resolver, syntax: s.Call, scope: Scope) -> Expr | None:
    """`round(spend, 2)` as a typed tree."""
    function = FUNCTIONS.get(syntax.function)
    arguments = _arguments(r, syntax, scope)
    if function is None:
        said = OTHER_NAMES.get(syntax.function)
        close = (said,) if said is not None else near(syntax.function, FUNCTIONS)
        at = syntax.span.start(len(syntax.function))
        fix = replace_with(at, close)
        if said is not None:
            close, fix = (), Fix(f"Write {said} (this assumes that it does the same)", (Edit(at, said),))
        if syntax.function in visible(r, scope).names:
            close, fix = (), Fix("Write `*` after it (this assumes that the two are multiplied)", (_times(at),))
        r.findings.add("S270", at, near=close, fixes=[fix], name=syntax.function)
        return None
    if not _counted(r, syntax, function) or arguments is None:
        return None
    fitting = [_fits(r, function, i, argument) for i, argument in enumerate(arguments)]
    if not all(fitting):
        return None
    return _typed_call(r, syntax, function, arguments)


def _times(name: Span) -> Edit:
    return Edit(name.after(), " *")


def _arguments(r: Resolver, syntax: s.Call, scope: Scope) -> list[Expr] | None:
    """The arguments; beside a choice, as in `coalesce(heard_from, friend)`, a bare name is its value."""
    made: list[Expr | None] = []
    for each in syntax.arguments:
        first = made[0] if made else None
        if first is not None and has_values(first.type) and is_bare(each):
            made.append(option(r, each, first.type, scope))
        else:
            made.append(r.expr(each, scope))
    kept = [each for each in made if each is not None]
    return kept if len(kept) == len(made) else None


def _counted(r: Resolver, syntax: s.Call, function: Function) -> bool:
    count = len(syntax.arguments)
    if count >= function.fewest and (function.most is None or count <= function.most):
        return True
    r.findings.add("S313", syntax.span, name=function.name, count=count, signature=function.signature)
    return False


def _fits(r: Resolver, function: Function, index: int, argument: Expr) -> bool:
    wanted = function.parameter(index)
    kind = argument.type
    if kind.kind is Kind.MISSING or (kind.kind in wanted.kinds and not kind.is_rate):
        return not wanted.literal or _literal_fits(r, function, index, argument)
    kinds = either(list(dict.fromkeys(_plain_word(k) for k in wanted.kinds)))
    r.findings.add(
        "S314",
        argument.span,
        labels=r.sides(argument),
        name=function.name,
        kind=say(kind),
        wanted=kinds,
        signature=function.signature,
    )
    return False


def _plain_word(kind: Kind) -> str:
    return {Kind.YES_NO: "yes or no", Kind.TIMESTAMP: "time"}.get(kind, kind.value)


def _literal_fits(r: Resolver, function: Function, index: int, argument: Expr) -> bool:
    wanted = function.parameter(index)
    low, high = wanted.bounds
    value = argument.value if isinstance(argument, Constant) else None
    if isinstance(value, float) and value == int(value) and low <= value <= high:
        return True
    r.findings.add("S325", argument.span, name=function.name, parameter=wanted.name, low=low, high=high)
    return False


def _typed_call(r: Resolver, syntax: s.Call, function: Function, arguments: list[Expr]) -> Expr | None:
    kind: Type = _FIXED.get(function.result, NUMBER)
    if function.result == "same":
        found = common(r, syntax, arguments, units=True)
        if found is None:
            return None
        kind, arguments = found
    elif function.result == "first":
        kind = arguments[0].type if arguments[0].type.kind is not Kind.MISSING else NUMBER
    filled = tuple(
        typed(a, kind if function.result in ("same", "first") else _stand_in(function, i))
        for i, a in enumerate(arguments)
    )
    kind = NUMBER if kind.kind is Kind.MISSING else kind
    return Call(type=kind, span=syntax.span, function=function.name, arguments=filled)


def _stand_in(function: Function, index: int) -> Type:
    """The kind a bare `missing` takes as an argument: the first the parameter accepts."""
    kind = function.parameter(index).kinds[0]
    return Type(kind, family="days") if kind is Kind.DURATION else Type(kind)
