"""Reading files, and the tree of their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lines import Line, read_bytes, read_lines, read_source
from stratagem.dsl.lines.outline import whole
from stratagem.dsl.lines.read import LARGEST_FILE
from stratagem.dsl.source import SourceText
from tests.tools.work import work


def tree(text: str) -> list[object]:
    """Texts of lines, each with the lines below it."""

    def shape(line: Line) -> object:
        return [line.text, *map(shape, line.children)] if line.children else line.text

    return [shape(line) for line in read_lines(SourceText("f", text)).lines]


def test_a_byte_order_mark_and_foreign_line_ends_are_dropped(tmp_path: Path) -> None:
    file = tmp_path / "a.strategy"
    file.write_bytes(b'\xef\xbb\xbflanguage 1\r\nuse "x"\rdecide\n')
    source = read_source(file)
    assert isinstance(source, SourceText)
    assert source.lines == ("language 1", 'use "x"', "decide", "")


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b'language 1\nowner "J\xfcrgen"\n', "S101", 2),
        ("language 1".encode("utf-16"), "S101", 1),
        (b"PK\x03\x04\nab\x00c", "S102", 2),
        (b"a" * (LARGEST_FILE + 1), "S103", 1),
    ],
)
def test_what_is_no_text_is_a_diagnostic_on_its_line(data: bytes, code: str, line: int) -> None:
    found = read_bytes(data, "f")
    assert isinstance(found, Diagnostic)
    assert (found.code, found.span.line) == (code, line)


@pytest.mark.parametrize("name", ["missing.strategy", "", "a\0b"])
def test_a_file_that_cannot_be_opened_is_a_diagnostic(tmp_path: Path, name: str) -> None:
    found = read_source(str(tmp_path / name) if name else str(tmp_path))
    assert isinstance(found, Diagnostic) and found.code == "S105"


def test_comments_and_documentation_are_kept_and_attached() -> None:
    outline = read_lines(SourceText("f", '# title\n## one\n## two\na  # why\n  b\n\n## three\n# aside\nc "# no"\n'))
    first, second = outline.lines
    assert (first.text, first.doc, first.comment) == ("a", "one\ntwo", "why")
    assert (second.text, second.doc, second.comment) == ('c "# no"', "three", None)


def test_lines_joined_by_a_bracket_keep_their_places() -> None:
    (line,) = read_lines(SourceText("f", "m = max(  # of two\n    one,\n    two\n)\n")).lines
    start = line.text.index("two")
    span = line.place(start, start + 3)
    assert (line.end_number, span.line, span.column, span.end_column) == (4, 3, 5, 8)
    assert "of" not in line.text


def test_a_quote_left_open_on_a_joined_line_moves_no_place() -> None:
    for middle in ('"a b", "c" d", "e"', '"a b", "c d', '"'):
        text = f'source a "A"\n  field x one of (\n    {middle}\n  ) asked as "W"\n'
        line = read_lines(SourceText("f", text)).lines[0].children[0]
        assert [len(part) for part in line.text.split("\n")][1:] == [4 + len(middle), len('  ) asked as "W"')]
        assert line.text.count('"') % 2 == 0


def test_the_odd_line_out_is_blamed_and_its_neighbours_stay_where_they_are() -> None:
    assert tree("a\n   b\n  c\n  d\ne\n") == [["a", "b", "c", "d"], "e"]
    assert tree("a\n  b\n c\n  d\n") == [["a", "b", "c", "d"]]
    assert tree("a\n    b\n    c\n  d\n      e\n") == [["a", "b", "c", ["d", "e"]]]
    assert tree("a\n    b\n        c\nd\n    e\n") == [["a", ["b", "c"]], ["d", "e"]]
    assert tree("a\n\tb\n\t\tc\n") == [["a", ["b", "c"]]]


def test_an_open_bracket_or_text_ends_where_the_next_line_is_not_deeper() -> None:
    assert tree("a (1,\n  2)\nb\n") == ["a (1,\n  2)", "b"]
    assert tree("a (1,\n  2\nb\n") == [["a (1,", "2"], "b"]
    assert [type(line) for line in tree('a """\n  text\nb\n')] == [str, str]


def test_every_fix_of_layout_mends_what_it_says() -> None:
    """Applying the safe fixes leaves nothing to report and says the same."""
    text = "a\n\tb “x”\n\t\tc\u00a0d\n"
    outline = read_lines(SourceText("f", text))
    assert {d.code for d in outline.diagnostics} == {"S110", "S111", "S115"}
    edits = [edit for d in outline.diagnostics for fix in d.fixes if fix.safe for edit in fix.edits]
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda e: (e.span.line, -e.span.column)):
        old = lines[edit.span.line - 1]
        lines[edit.span.line - 1] = old[: edit.span.column - 1] + edit.text + old[edit.span.end_column - 1 :]
    mended = "\n".join(lines)
    assert read_lines(SourceText("f", mended)).diagnostics == ()
    assert tree(mended) == tree(text)


def test_brackets_left_open_on_lines_ever_deeper_cost_in_proportion_to_the_text() -> None:
    def nested(lines: int) -> SourceText:
        return SourceText("f", "".join(f"{'  ' * n}a {'(' * 40}\n" for n in range(lines)))

    few, many = work(whole, nested(40)), work(whole, nested(160))
    assert many < 5 * few
