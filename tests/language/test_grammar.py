"""The grammar, its tables, and the small driver that reads them instead of lark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Lark, UnexpectedToken
from lark import Token as LarkToken
from lark import Tree as LarkTree
from lark.lexer import BasicLexer, LexerThread

from stratagem.dsl.catalogue import STATEMENTS
from stratagem.dsl.expressions import syntax as x
from stratagem.dsl.grammar import tables as tables_module
from stratagem.dsl.grammar.build import Build
from stratagem.dsl.grammar.driver import Branch, Refused, Tree, read
from stratagem.dsl.grammar.line_grammar import GRAMMAR, RESERVED, STARTS, TOGETHER
from stratagem.dsl.grammar.literals import literal, long_text
from stratagem.dsl.grammar.words import Token, tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse import parse
from stratagem.dsl.source import SourceText
from tests.language.test_cases import ALL

FORMULAS = [
    "1 + 2 * -3 / (4 - b)",
    "not a and b or c and not (d or e)",
    "a.b.c if x is not one of (y, z) else missing",
    "count of orders in last 12 months where a and any visits in next 3 days where b or c",
    "average of spend over gold + max(1, min(a, b)) * (sum of x.y where z)",
    "a between 1 and 2 + 3 and b is not known or days since latest of orders.at < 3 days",
    "1 < 2 < 3",
    "a + * b",
    "is one of (",
    "a between 1 or 2",
    "count orders where",
    "f(,)",
]


@pytest.fixture(scope="module")
def lark() -> Lark:
    """The grammar in lark, strict: any conflict it would settle silently is an error here."""
    return Lark(GRAMMAR, start=list(STARTS), parser="lalr", lexer="basic", strict=True)


def lines() -> list[str]:
    """Texts of lines to try: the catalogue's examples, the case files, and formulas."""
    cases = [line.strip() for case in ALL for line in case.text.split("\n") if '"""' not in line]
    examples = [line.strip() for s in STATEMENTS for line in s.example.split("\n")]
    return list(dict.fromkeys([*FORMULAS, *examples, *cases]))


def test_the_grammar_has_no_conflict_that_is_settled_silently(lark: Lark) -> None:
    assert lark.parse("a and b or c", start="formula")


def test_strict_mode_does_refuse_a_conflict() -> None:
    """The negative control."""
    ambiguous = GRAMMAR.replace("sum: product\n", "sum: product\n   | sum PLUS sum -> twice\n")
    assert ambiguous != GRAMMAR
    with pytest.raises(Exception, match="conflict"):
        Lark(ambiguous, start=list(STARTS), parser="lalr", lexer="basic", strict=True)


def test_tokens_are_those_of_lark(lark: Lark) -> None:
    lexer = BasicLexer(lark.lexer_conf)
    for text in lines():
        theirs = [(t.type, str(t), t.start_pos) for t in LexerThread.from_text(lexer, text).lex(None)]
        assert [(t.kind, t.text, t.start) for t in tokens(text)] == theirs


def test_the_driver_reads_what_lark_reads_and_refuses_what_lark_refuses(lark: Lark) -> None:
    taken = refused = 0
    for text in lines():
        run = tokens(text)
        for start in ("formula", "row_line", "constant"):
            ours = read(run, start)
            try:
                theirs = lark.parse(text, start=start)
            except UnexpectedToken as fault:
                assert isinstance(ours, Refused), text
                assert ours.index == _index(run, fault.token)
                assert ours.expected == frozenset(fault.accepts)
                refused += 1
                continue
            assert _ours(run, ours) == _theirs(theirs), text
            taken += 1
    assert taken > 100 and refused > 100


def _index(run: tuple[Token, ...], token: LarkToken) -> int:
    if token.type == "$END":
        return len(run)
    return next(n for n, t in enumerate(run) if t.start == token.start_pos)


def _ours(run: tuple[Token, ...], tree: Tree | Refused) -> object:
    assert not isinstance(tree, Refused)
    if isinstance(tree, Branch):
        assert (tree.first, tree.last) == (_first(tree), _last(tree))
        return tree.alias, [_ours(run, part) for part in tree.parts]
    return run[tree].text


def _first(tree: Tree) -> int:
    return _first(tree.parts[0]) if isinstance(tree, Branch) else tree


def _last(tree: Tree) -> int:
    return _last(tree.parts[-1]) if isinstance(tree, Branch) else tree


def _theirs(tree: object) -> object:
    """Lark's tree without the productions that have no alias of their own."""
    if not isinstance(tree, LarkTree):
        return str(tree)
    if len(tree.children) == 1 and tree.data in UNALIASED:
        return _theirs(tree.children[0])
    return str(tree.data), [_theirs(child) for child in tree.children]


UNALIASED = {origin for origin, _, alias in tables_module.tables().rules if not alias}


def test_every_production_has_an_alias_or_is_a_single_symbol() -> None:
    assert all(alias or length == 1 for _, length, alias in tables_module.tables().rules)


def test_a_keyword_is_never_a_name() -> None:
    for word in RESERVED - {"missing", "yes", "no"}:
        assert parse(SourceText("f", f'measure a "A" = {word} + 1')).diagnostics, word
        assert parse(SourceText("f", f'measure {word} "A" = 1')).diagnostics, word
    assert not parse(SourceText("f", 'measure a "A" = word + 1')).diagnostics
    assert isinstance(read(tokens("open_rate > or (a >= 8)"), "formula"), Refused)
    assert tokens("android")[0].kind == "NAME"


def test_words_read_together_are_one_token_wherever_the_line_breaks() -> None:
    for words in TOGETHER:
        assert len(tokens(words)) == len(tokens(words.replace(" ", "\n   "))) == 1
        assert len(tokens(words + "f")) > 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12,000", "NUMBER"), ("0.5", "NUMBER"), ("38%", "SHARE"), ("12.50 EUR", "MONEY"), ("2026-10-01", "DATE"),
        ("2026-10-01 14:30", "TIMESTAMP"), ("20:00", "TIME"), ("36 months", "DURATION"), ("1 year", "DURATION"),
        ("6,000 EUR per month", "RATE"), ("2 per 7 days", "RATE"), ('"a \\" b"', "STRING"), ("yes", "YES_NO"),
        ('"""a "b" c"""', "LONG_TEXT"),
    ],
)  # fmt: skip
def test_a_literal_with_its_unit_is_one_token(text: str, kind: str) -> None:
    assert [token.kind for token in tokens(text)] == [kind]
    assert literal(tokens(text)[0]) is not None


def test_per_is_part_of_a_literal_only() -> None:
    assert [t.kind for t in tokens("2 per 7 days per building")] == ["RATE", "NAME", "NAME"]
    assert [t.kind for t in tokens("at most 3 actions per customer")] == ["NAME", "NAME", "NUMBER", *["NAME"] * 3]


def test_a_comma_with_three_digits_after_it_is_part_of_the_number() -> None:
    assert [t.text for t in tokens("(1,200)")] == ["(", "1,200", ")"]
    assert [t.text for t in tokens("(1, 200)")] == ["(", "1", ",", "200", ")"]
    assert [t.kind for t in tokens("1,20")] == ["ODD_NUMBER"]


def test_long_texts_lose_the_indent_their_lines_share() -> None:
    assert long_text('"""\n      Dear you,\n        in  \n\n      bye\n      """') == "Dear you,\n  in\n\nbye"
    assert long_text('"""one line"""') == "one line"


def test_where_takes_everything_up_to_the_bracket_or_the_end() -> None:
    tree = _syntax("any orders where a is 1 and b or c")
    assert isinstance(tree, x.Aggregate) and isinstance(tree.where, x.Or)
    closed = _syntax("(any orders where a is 1) and b")
    assert isinstance(closed, x.And) and isinstance(closed.parts[0], x.Aggregate)
    negated = _syntax("not any orders where a and b")
    assert isinstance(negated, x.Not) and isinstance(negated.operand, x.Aggregate)


def test_binding_tightest_first() -> None:
    tree = _syntax("a + b * c > d and not e is f or g")
    assert isinstance(tree, x.Or)
    both = tree.parts[0]
    assert isinstance(both, x.And) and isinstance(both.parts[1], x.Not)
    compare = both.parts[0]
    assert isinstance(compare, x.Compare) and isinstance(compare.left, x.Arithmetic) and compare.left.op == "+"
    minus = _syntax("a - b - c")
    assert isinstance(minus, x.Arithmetic) and isinstance(minus.left, x.Arithmetic)


def _syntax(text: str) -> x.Syntax:
    tree = read(tokens(text), "formula")
    assert not isinstance(tree, Refused)
    return Build(Line("f", 1, 1, text, 1), tokens(text), lambda d: pytest.fail(str(d))).syntax(tree)


def test_the_kept_tables_are_those_that_lark_makes() -> None:
    assert tables_module.FILE.read_text("utf-8") == tables_module.written(), "make reference"
    assert tables_module._kept() == tables_module._build()


@pytest.mark.parametrize("spoilt", ["", "[1]", '{"key": "of another grammar"}', None])
def test_tables_of_another_grammar_are_made_anew(
    spoilt: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tables_module.tables()
    file = tmp_path / "tables.json"
    monkeypatch.setattr(tables_module, "FILE", file)
    if spoilt is not None:
        file.write_text(spoilt)
    assert tables_module._kept() is None
    assert tables_module.tables.__wrapped__() == made


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(st.sampled_from('ab z09.,:%-_ "\\\n\t=<(AEUR١é\u00a0'), max_size=30) | st.text(max_size=12))
def test_a_token_is_the_first_kind_that_fits_whatever_it_starts_with(text: str) -> None:
    """Which kinds are tried by the first character is a short cut: all of them, in order, find the same."""
    kinds = tables_module.tables().kinds
    whole = re.compile("|".join(f"(?P<{kind}>{way})" for kind, way in kinds.items()))
    found = [(m.lastgroup, m.group(), m.start(), m.end()) for m in whole.finditer(text)]
    keywords = tables_module.tables().keywords
    expected = [(keywords.get(word, kind) if kind == "NAME" else kind, word, *at) for kind, word, *at in found]
    assert [tuple(token) for token in tokens(text)] == expected
