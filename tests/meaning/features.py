"""Every operation with every type it takes, as something to draw: see `trees`."""

from __future__ import annotations

from typing import Any

from stratagem.dsl.expressions import tree as t
from stratagem.dsl.expressions.types import DATE, DAYS, MONTHS, NUMBER, SHARE, TEXT, TIMESTAMP, YES_NO, Type
from stratagem.dsl.functions import FUNCTIONS
from tests.meaning.people import BEANS, DATES, EUR, MANY, pool
from tests.meaning.trees import (
    EVERY,
    NUMERIC,
    ORDERED,
    PATTERNS,
    TIERS,
    WINDOWS,
    Feature,
    Trees,
    register,
    stage_test,
    title,
)


def _features() -> list[Feature]:
    found: list[Feature] = []
    for make in (_arithmetic, _comparisons, _tests, _logic, _branches, _dates, _calls, _rows, _groups, _references):
        found += make()
    return found


def _arithmetic() -> list[Feature]:
    out = []
    for kind in NUMERIC:
        for op in "+-*/":

            def draw(g: Trees, d: int, op: Any = op, kind: Type = kind) -> t.Expr:
                right = NUMBER if op in "*/" else kind
                return t.Arithmetic(type=kind, op=op, left=g.below(kind, d), right=g.below(right, d))

            out.append(Feature(f"{op} {title(kind)}", kind, draw))
        out.append(
            Feature(f"negative {title(kind)}", kind, lambda g, d, k=kind: t.Negative(type=k, operand=g.below(k, d)))
        )
        out.append(
            Feature(f"rounded {title(kind)}", kind, lambda g, d, k=kind: t.Rounded(type=k, operand=g.below(k, d)))
        )
    return out


def _comparisons() -> list[Feature]:
    out = []
    for kind in EVERY:
        ops = ("<", "<=", ">", ">=", "is", "is not") if kind in ORDERED else ("is", "is not")
        for op in ops:

            def draw(g: Trees, d: int, op: Any = op, kind: Type = kind) -> t.Expr:
                left = g.below(kind, d) if g.rnd.random() < 0.6 else g.leaf(kind)
                right = g.leaf(kind) if g.rnd.random() < 0.7 else g.below(kind, d)
                if g.rnd.random() < 0.1:
                    right = left
                return t.Compare(type=YES_NO, op=op, left=left, right=right)

            out.append(Feature(f"{op} {title(kind)}", YES_NO, draw))
    for op in ("<", "is"):
        out.append(
            Feature(
                f"{op} date beside timestamp",
                YES_NO,
                lambda g, d, op=op: t.Compare(
                    type=YES_NO, op=op, left=g.leaf(DATE), right=t.DateOf(type=DATE, operand=g.below(TIMESTAMP, d))
                ),
            )
        )
    return out


def _tests() -> list[Feature]:
    out = []
    for kind in ORDERED:
        out.append(
            Feature(
                f"between {title(kind)}",
                YES_NO,
                lambda g, d, k=kind: t.Between(type=YES_NO, operand=g.below(k, d), low=g.leaf(k), high=g.leaf(k)),
            )
        )
    for kind in (NUMBER, EUR, DATE, TIMESTAMP, TEXT, BEANS):
        for negated in (False, True):
            out.append(
                Feature(
                    f"is {'not ' * negated}one of {title(kind)}",
                    YES_NO,
                    lambda g, d, k=kind, n=negated: _one_of(g, d, k, n),
                )
            )
    for kind in EVERY:
        for negated in (False, True):
            out.append(
                Feature(
                    f"is {'missing' if negated else 'known'} {title(kind)}",
                    YES_NO,
                    lambda g, d, k=kind, n=negated: t.Known(type=YES_NO, operand=g.below(k, d), negated=n),
                )
            )
    for op in ("contains", "starts with"):
        out.append(
            Feature(
                op,
                YES_NO,
                lambda g, d, op=op: t.TextTest(type=YES_NO, op=op, operand=g.below(TEXT, d), argument=g.leaf(TEXT)),
            )
        )
    out.append(
        Feature(
            "matches",
            YES_NO,
            lambda g, d: t.TextTest(
                type=YES_NO,
                op="matches",
                operand=g.below(TEXT, d),
                argument=t.Constant(type=TEXT, value=g.rnd.choice(PATTERNS)),
            ),
        )
    )
    return out


def _one_of(g: Trees, depth: int, kind: Type, negated: bool) -> t.Expr:
    values = [g.rnd.choice(pool(kind, g.moment)) for _ in range(g.rnd.choice([1, 2, 3, 6, 20]))]
    options = tuple(t.Constant(type=kind, value=v) for v in dict.fromkeys(values))
    operand = g.leaf(kind) if g.rnd.random() < 0.6 else g.below(kind, depth)
    return t.OneOf(type=YES_NO, operand=operand, options=options, negated=negated)


def _logic() -> list[Feature]:
    def many(g: Trees, d: int) -> tuple[t.Expr, ...]:
        return tuple(g.condition(d) for _ in range(g.rnd.choice([2, 2, 2, 3, 4])))

    return [
        Feature("not", YES_NO, lambda g, d: t.Not(type=YES_NO, operand=g.condition(d))),
        Feature("and", YES_NO, lambda g, d: t.And(type=YES_NO, parts=many(g, d))),
        Feature("or", YES_NO, lambda g, d: t.Or(type=YES_NO, parts=many(g, d))),
    ]


def _branches() -> list[Feature]:
    out = []
    for kind in EVERY:
        out.append(
            Feature(
                f"if {title(kind)}",
                kind,
                lambda g, d, k=kind: t.IfElse(
                    type=k, then=g.below(k, d), condition=g.condition(d), otherwise=g.below(k, d)
                ),
            )
        )
        out.append(
            Feature(
                f"cases {title(kind)}",
                kind,
                lambda g, d, k=kind: t.Cases(
                    type=k,
                    cases=tuple((g.below(k, d - 1), g.condition(d)) for _ in range(g.rnd.choice([1, 2, 3]))),
                    otherwise=g.below(k, d),
                ),
            )
        )
    return out


def _dates() -> list[Feature]:
    out = []
    for kind in (DATE, TIMESTAMP):
        for length in (DAYS, MONTHS):
            for sign in (1, -1):
                out.append(
                    Feature(
                        f"{title(kind)} {'+' if sign > 0 else '-'} {title(length)}",
                        kind,
                        lambda g, d, k=kind, p=length, s=sign: t.DateShift(
                            type=k,
                            date=g.below(k, d),
                            duration=g.leaf(p) if g.rnd.random() < 0.7 else g.below(p, d),
                            sign=s,
                        ),
                    )
                )
        out.append(
            Feature(
                f"{title(kind)} - {title(kind)}",
                DAYS,
                lambda g, d, k=kind: t.DateDifference(type=DAYS, left=g.below(k, d), right=g.leaf(k)),
            )
        )
        for since in ("days since", "days until", "months since"):
            result = MONTHS if since == "months since" else DAYS
            out.append(
                Feature(
                    f"{since} {title(kind)}",
                    result,
                    lambda g, d, k=kind, s=since, r=result: t.Since(type=r, kind=s, operand=g.below(k, d)),
                )
            )
    out.append(Feature("date of timestamp", DATE, lambda g, d: t.DateOf(type=DATE, operand=g.below(TIMESTAMP, d))))
    return out


def _calls() -> list[Feature]:
    out = []
    for function in FUNCTIONS.values():
        for kind in EVERY:
            if kind.kind in function.parameter(0).kinds:
                out += _call(function.name, kind)
    return out


def _call(name: str, kind: Type) -> list[Feature]:
    function = FUNCTIONS[name]
    result = {"number": NUMBER, "plain": NUMBER, "share": SHARE, "text": TEXT, "yes_no": YES_NO, "date": DATE}.get(
        function.result, kind
    )

    def draw(g: Trees, d: int) -> t.Expr:
        count = function.fewest if function.most is not None else g.rnd.choice([2, 2, 3])
        arguments: list[t.Expr] = [g.below(kind, d) for _ in range(count)]
        if name in ("exp", "power") and g.rnd.random() < 0.5:
            arguments[-1] = t.Constant(type=kind, value=g.rnd.choice([2.0, 0.5, -1.0, 3.0, 0.72]))
        if name == "round" and g.rnd.random() < 0.6:
            arguments.append(t.Constant(type=NUMBER, value=float(g.rnd.randrange(7))))
        return t.Call(type=result, function=name, arguments=tuple(arguments))

    return [Feature(f"{name}({title(kind)})", result, draw)]


def _rows() -> list[Feature]:
    out = []
    for source in MANY:
        for window in WINDOWS if source in DATES else (None,):
            for kind, result, fields in _kinds(source):
                for field in _some(fields, window):
                    over = f" {title(MANY[source][field])}" if field else ""
                    name = f"{kind} of rows{over}"
                    kind_of = result or MANY[source][field or ""]
                    out.append(
                        Feature(
                            name,
                            kind_of,
                            lambda g, d, a=(kind, kind_of, source, field, window): g.aggregate(*a, d),
                            True,
                        )
                    )
    return out


def _kinds(source: str) -> list[tuple[str, Type | None, list[str | None]]]:
    fields: list[str | None] = list(MANY[source])
    numeric = [f for f in fields if MANY[source][f or ""].is_numeric]
    ordered = [f for f in fields if MANY[source][f or ""] in ORDERED]
    return [
        ("count", NUMBER, [None]), ("any", YES_NO, [None]), ("sum", None, numeric), ("average", None, numeric),
        ("smallest", None, ordered), ("largest", None, ordered), ("first", None, fields), ("latest", None, fields),
        ("different", NUMBER, fields),
    ]  # fmt: skip


def _some(fields: list[str | None], window: Any) -> list[str | None]:
    """All fields without a window, one of them with each."""
    return fields if window is None else [fields[WINDOWS.index(window) % len(fields)]]


def _groups() -> list[Feature]:
    kinds: list[tuple[str, Type, Type | None]] = [("count", NUMBER, None), ("any", YES_NO, None)]
    kinds += [(k, o, o) for k in ("sum", "average") for o in (NUMBER, EUR, DAYS)]
    kinds += [(k, o, o) for k in ("smallest", "largest") for o in (NUMBER, DATE, TEXT)]
    kinds += [("different", NUMBER, o) for o in (NUMBER, TEXT, YES_NO)]
    return [
        Feature(f"{k} of group {title(o) if o else ''}".strip(), r, lambda g, d, a=(k, r, o): g.group(*a, d))
        for k, r, o in kinds
    ]


def _references() -> list[Feature]:
    names = TIERS[:3]
    return [
        Feature(
            "in tier",
            YES_NO,
            lambda g, d: (
                t.InTier(type=YES_NO, tiers="tier", names=(g.rnd.choice(TIERS),)) if g.facts else g.reference(YES_NO)
            ),
        ),
        Feature(
            "in tiers",
            YES_NO,
            lambda g, d: t.InTier(type=YES_NO, tiers="tier", names=names) if g.facts else g.reference(YES_NO),
        ),
        Feature(
            "segment", YES_NO, lambda g, d: t.SegmentRef(type=YES_NO, segment="seg") if g.facts else g.reference(YES_NO)
        ),
        Feature("stage is one of", YES_NO, lambda g, d: stage_test(g)),
        Feature(
            "tier as a value", TEXT, lambda g, d: t.TierRef(type=TEXT, tiers="tier") if g.facts else g.reference(TEXT)
        ),
    ]


FEATURES = register(_features())
