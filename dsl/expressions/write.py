"""An expression as one line of normal text: blanks, brackets, numbers and lists written in one way.

In: an expression as written. Out: text that means the same and does not change with layout or comments; clause ids,
the strategy's hash and explanations are made of it.
"""

from __future__ import annotations

import re

from stratagem.dsl.expressions import syntax as s
from stratagem.dsl.model.base import literal_text
from stratagem.dsl.values import Text

_LOOSEST, _OR, _AND, _NOT, _TEST, _SUM, _PRODUCT, _SIGN, _ATOM = range(9)


def write(syntax: s.Syntax) -> str:
    """The normal text. Cases are divided by `; `."""
    return _write(syntax, _LOOSEST)


def _write(syntax: s.Syntax, wanted: int) -> str:
    text, binding = _parts(syntax)
    return f"({text})" if binding < wanted else text


def _parts(syntax: s.Syntax) -> tuple[str, int]:
    """The text of an expression, and how tightly it binds."""
    match syntax:
        case s.Lit(value=value):
            return (quoted(value.value) if isinstance(value, Text) else literal_text(value)), _ATOM
        case s.MissingWord():
            return "missing", _ATOM
        case s.Name(path=path):
            return ".".join(path), _ATOM
        case s.Call(function=name, arguments=arguments):
            return f"{name}({', '.join(map(write, arguments))})", _ATOM
        case s.Negative(operand=operand):
            return f"-{_write(operand, _SIGN)}", _SIGN
        case s.Arithmetic(op=op, left=left, right=right):
            level = _SUM if op in "+-" else _PRODUCT
            return f"{_write(left, level)} {op} {_write(right, level + 1)}", level
        case s.Since(kind=kind, operand=operand):
            return f"{kind} {_write(operand, _ATOM)}", _ATOM
        case s.Aggregate():
            return _aggregate(syntax), _LOOSEST if syntax.where is not None else _ATOM
    return _condition(syntax)


def _condition(syntax: s.Syntax) -> tuple[str, int]:
    match syntax:
        case s.Compare(op=op, left=left, right=right):
            return f"{_write(left, _SUM)} {op} {_write(right, _SUM)}", _TEST
        case s.Is(left=left, right=right, negated=negated):
            return f"{_write(left, _SUM)} {'is not' if negated else 'is'} {_write(right, _SUM)}", _TEST
        case s.OneOf(operand=operand, options=options, negated=negated):
            word = "is not one of" if negated else "is one of"
            return f"{_write(operand, _SUM)} {word} ({', '.join(map(write, options))})", _TEST
        case s.Between(operand=operand, low=low, high=high):
            return f"{_write(operand, _SUM)} between {_write(low, _SUM)} and {_write(high, _SUM)}", _TEST
        case s.Known(operand=operand, negated=negated):
            return f"{_write(operand, _SUM)} is {'missing' if negated else 'known'}", _TEST
        case s.TextTest(op=op, operand=operand, argument=argument):
            return f"{_write(operand, _SUM)} {op} {_write(argument, _SUM)}", _TEST
        case s.Not(operand=operand):
            return f"not {_write(operand, _NOT)}", _NOT
        case s.And(parts=parts):
            return " and ".join(_write(part, _AND + 1) for part in parts), _AND
        case s.Or(parts=parts):
            return " or ".join(_write(part, _OR + 1) for part in parts), _OR
    return _branches(syntax)


def _branches(syntax: s.Syntax) -> tuple[str, int]:
    match syntax:
        case s.IfElse(then=then, condition=condition, otherwise=otherwise):
            return f"{_write(then, _OR)} if {_write(condition, _OR)} else {write(otherwise)}", _LOOSEST
        case s.Cases(cases=cases, otherwise=last):
            lines = [f"{_write(case.value, _OR)} when {write(case.condition)}" for case in cases]
            if last is not None:
                lines.append(f"{write(last)} otherwise")
            return "; ".join(lines), _LOOSEST
    raise TypeError(f"no expression: {type(syntax).__name__}")


def _aggregate(syntax: s.Aggregate) -> str:
    head = {"different": "number of different", "any": "any"}.get(syntax.kind, f"{syntax.kind} of")
    text = f"{head} {'.'.join(syntax.subject.path)}"
    if syntax.window is not None:
        text += f" in {syntax.window.direction} {literal_text(syntax.window.period)}"
    if syntax.over is not None:
        text += f" over {'.'.join(syntax.over.path)}"
    return text if syntax.where is None else f"{text} where {write(syntax.where)}"


def option_text(option: str) -> str:
    """A value of a choice: in quotes, unless it is made as names are."""
    return option if re.fullmatch("[a-z][a-z0-9_]*", option) else quoted(option)


def quoted(text: str) -> str:
    """Text between quotes, on one line."""
    inner = text.replace('"', '\\"').replace("\n", " ")
    return f'"{inner}"'
