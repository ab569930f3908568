"""Formulas, conditions, blocks of conditions, cases and rows, from the tokens and lines that hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.expressions import syntax as x
from stratagem.dsl.grammar.build import DEEPEST_FORMULA, Build
from stratagem.dsl.grammar.driver import Branch, Refused, read
from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.grammar.words import Token, tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.nodes import Row, Word
from stratagem.dsl.parse.match import Tokens
from stratagem.dsl.parse.near_miss import check_line
from stratagem.dsl.parse.slots import Report, word

if TYPE_CHECKING:
    from stratagem.dsl.parse.hints import Hints
    from stratagem.dsl.parse.mend.trial import Kind


def read_formula(line: Line, run: Tokens, report: Report) -> x.Syntax | None:
    """A formula or condition that stands in one line; None when it was reported."""
    tree = read(run, "formula")
    reserved = next((n for n, t in enumerate(run) if t.kind == "NAME" and t.text in RESERVED), None)
    if reserved is not None and not isinstance(tree, Refused):
        tree = Refused(reserved, frozenset())
    if isinstance(tree, Refused):
        if not line.odd:
            from stratagem.dsl.parse.formula_faults import explain  # only when there is a fault: start-up time

            report(explain(line, run, tree))
            line.odd = True
        return None
    return _build(line, run, cast(Branch, tree), report)


def read_constant(line: Line, run: Tokens, report: Report) -> x.Syntax | None:
    """A literal, a choice or `missing`, as given in tests."""
    tree = read(run, "constant")
    return None if isinstance(tree, Refused) else _build(line, run, cast(Branch, tree), report)


def _build(line: Line, run: Tokens, tree: Branch, report: Report) -> x.Syntax | None:
    if tree.depth > DEEPEST_FORMULA:
        report(Diagnostic("S159", line.place(run[tree.first].start, run[tree.last].end), {"bound": DEEPEST_FORMULA}))
        return None
    return Build(line, run, report).syntax(tree)


def read_condition(
    line: Line, run: Tokens, report: Report, below: list[Line] | None = None, hints: Hints | None = None
) -> x.Syntax | None:
    """A condition: in the line, or, after `all of`, `any of`, `none of`, on the lines below (by default all)."""
    if run and run[-1].kind == "BLOCK":
        if len(run) > 1:
            report(Diagnostic("S185", line.place(run[-1].start, run[-1].end), {"words": run[-1].text}))
            return None
        return _block(line, run[0], line.children if below is None else below, report, hints)
    if len(run) == 1 and run[0].kind == "STRING" and (name := run[0].text[1:-1]).replace("_", "").isalnum():
        span = line.place(run[0].start, run[0].end)
        args = {"wanted": "a condition, such as the name of a segment", "name": name}
        report(Diagnostic("S149", span, args, fixes=(Fix(f"Write {name}", (Edit(span, name),)),)))
        return None
    return read_formula(line, run, report)


def takes_lines(run: Tokens) -> bool:
    """Do the conditions stand on the lines below."""
    return bool(run) and run[-1].kind == "BLOCK"


def own_condition(line: Line, run: Tokens, report: Report, children: bool = False) -> None:
    """What is wrong with a line of conditions by itself. `children`: lines stand below it."""
    run = check_line(line, run, report)
    if run and run[-1].kind == "BLOCK" and len(run) == 1:
        if not children:
            report(Diagnostic("S186", line.span, {"words": run[0].text}))
    else:
        read_condition(line, run, report)
        if children:
            report(Diagnostic("S187", line.span, {"line": line.text[:60]}))


def _sound(line: Line, kind: Kind, report: Report, hints: Hints | None) -> tuple[Line, Tokens]:
    """The line and its tokens; a faulty line as it was most likely meant, once its fault is reported.

    When it cannot be mended it comes back odd where its fault has been said.
    """
    found: list[Diagnostic] = []
    was_odd = line.odd
    run = check_line(line, tokens(line.text), found.append)
    if hints is not None and not was_odd:
        errors = found if line.odd else _faults(line, kind, run)
        if errors:
            from stratagem.dsl.parse.mend.search import mend_line  # only when there is a fault: start-up time

            mended = mend_line(line, errors, kind, "", hints)
            if mended is not None:
                report(mended.diagnostic)
                line.odd = True
                return mended.line, tokens(mended.line.text)
    for diagnostic in found:
        report(diagnostic)
    return line, run


def _faults(line: Line, kind: Kind, run: Tokens) -> list[Diagnostic]:
    """What would be found in a line, without marking it."""
    found: list[Diagnostic] = []
    if kind == "case":
        own_case(line, run, found.append)
    elif kind == "row":
        own_row(line, run, found.append)
    else:
        own_condition(line, run, found.append, bool(line.children))
    line.odd = False
    return found


def _block(line: Line, words: Token, below: list[Line], report: Report, hints: Hints | None) -> x.Syntax | None:
    """The conditions on the lines below `all of`, `any of` or `none of`."""
    span = line.place(words.start, words.end)
    if not below:
        report(Diagnostic("S186", span, {"words": words.text}))
        return None
    parts = []
    for each in _levelled(below, "conditions", report):
        child, run = _sound(each, "condition", report, hints)
        part = read_condition(child, run, report, None, hints)
        if child.children and not takes_lines(run):
            report(Diagnostic("S187", child.children[0].span, {"line": child.text[:60]}))
        if part is not None:
            parts.append(part)
    if not parts:
        return None
    span = span.to(parts[-1].span)
    which = words.text.split()[0]
    if which == "all":
        return x.And(span, tuple(parts))
    either = x.Or(span, tuple(parts))
    return either if which == "any" else x.Not(span, either)


def read_cases(head: Line, lines: list[Line], report: Report, hints: Hints | None = None) -> x.Syntax | None:
    """A formula by cases: `VALUE when CONDITION` lines, then `VALUE otherwise`."""
    cases: list[x.Case] = []
    otherwise: x.Syntax | None = None
    closed = False
    lines = _levelled(lines, "cases", report)
    if len(lines) == 1:
        from stratagem.dsl.parse.one_formula import formula_below  # only when there is a fault: start-up time

        whole = formula_below(head, lines[0], report)
        if whole is not None:
            return whole
    for each in lines:
        line, run = _sound(each, "case", report, hints)
        if closed:
            report(Diagnostic("S181", line.span))
            break
        if run and run[-1].kind == "OTHERWISE":
            closed = True
            if len(run) > 1:
                otherwise = read_formula(line, run[:-1], report)
            elif not line.odd:
                report(Diagnostic("S180", line.span, {"line": line.text[:80]}))
            _nothing_below(line, run, report)
        else:
            cases.extend(_case(line, run, report, hints))
    if not closed and not any(line.odd for line in lines):
        end, step = lines[-1].span, " " * (lines[-1].span.column - 1)
        fix = Fix("Write below it: missing otherwise", (Edit(end.after(), f"\n{step}missing otherwise"),))
        report(Diagnostic("S182", end, fixes=(fix,)))
    first, last = lines[0].span, lines[-1].span
    return x.Cases(first.to(last), tuple(cases), otherwise)


def own_case(line: Line, run: Tokens, report: Report) -> None:
    """What is wrong with a line of a formula by cases, by itself."""
    run = check_line(line, run, report)
    marks = [n for n, token in enumerate(run) if token.kind == "WHEN"]
    if run and run[-1].kind == "OTHERWISE" and len(run) > 1:
        read_formula(line, run[:-1], report)
    elif not marks or marks[0] in (0, len(run) - 1):
        if not line.odd:
            report(Diagnostic("S180", line.span, {"line": line.text[:80]}))
    else:
        read_formula(line, run[: marks[0]], report)
        if not takes_lines(run[marks[0] + 1 :]):
            read_condition(line, run[marks[0] + 1 :], report)


def _case(line: Line, run: Tokens, report: Report, hints: Hints | None) -> list[x.Case]:
    """One `VALUE when CONDITION` line; nothing when it is none, which is reported."""
    marks = [n for n, token in enumerate(run) if token.kind == "WHEN"]
    if not marks or marks[0] == 0 or marks[0] == len(run) - 1:
        if not line.odd:
            report(Diagnostic("S180", line.span, {"line": line.text[:80]}))
            line.odd = True
        return []
    value = read_formula(line, run[: marks[0]], report)
    rest = run[marks[0] + 1 :]
    condition = read_condition(line, rest, report, None, hints)
    _nothing_below(line, rest, report)
    if value is None or condition is None:
        line.odd = True
        return []
    return [x.Case(value.span.to(condition.span), value, condition)]


def _levelled(lines: list[Line], kind: str, report: Report) -> list[Line]:
    """The lines of a list, those that stand too deep beside the one they stand below."""
    if not any(line.children for line in lines):
        return lines
    from stratagem.dsl.parse.levels import levelled  # only when there is a fault: start-up time

    return [*levelled(lines, kind, report)]


def _nothing_below(line: Line, run: Tokens, report: Report) -> None:
    if line.children and not takes_lines(run):
        report(Diagnostic("S187", line.children[0].span, {"line": line.text[:60]}))


def read_rows(lines: list[Line], report: Report, hints: Hints | None = None) -> list[Row]:
    """Given rows of a source, `FIELD VALUE, FIELD VALUE`, one a line."""
    rows = []
    for each in _levelled(lines, "rows", report):
        line, run = _sound(each, "row", report, hints)
        run = check_line(line, run, report)
        tree = _row(line, run, report)
        if tree is None:
            continue
        _nothing_below(line, run, report)
        build = Build(line, run, report)
        cells: list[tuple[Word, x.Syntax]] = []
        for cell in build.items(tree):
            cells.append((word(line, build.token(cell.parts[0])), build.syntax(cell.parts[1])))
        rows.append(Row(line.span, tuple(cells)))
    return rows


def own_row(line: Line, run: Tokens, report: Report) -> None:
    """What is wrong with a row of cells by itself."""
    _row(line, check_line(line, run, report), report)


def _row(line: Line, run: Tokens, report: Report) -> Branch | None:
    """The branch of a row's cells; None when it is no row, which is reported."""
    tree = read(run, "row_line")
    if not isinstance(tree, Refused):
        return cast(Branch, tree)
    if not line.odd and run:
        at = run[min(tree.index, len(run) - 1)]
        report(Diagnostic("S183", line.place(at.start, at.end), {"seen": at.text, "line": line.text[:80]}))
    return None
