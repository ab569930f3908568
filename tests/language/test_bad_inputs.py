"""Inputs that nobody should write: each gives diagnostics, none raises, and none costs more than its length."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from stratagem.dsl.diagnostics.render.text import render
from stratagem.dsl.lines import read_bytes
from stratagem.dsl.pipeline import Checked, check_text, load_strategy
from stratagem.dsl.source import SourceText
from tests.tools.house import ROOT
from tests.tools.work import work

HEAD = 'language 1\n\nstrategy small "A small strategy"\n  currency EUR\n'
STRATEGIES = sorted(ROOT.glob("strategies/*/*.strategy"))
SEED = 20261001
SMALL = 8_000
"""Bytes of a strategy that is damaged more often than a large one: `tests/fuzz` does the same to parts of all."""


def _nested(depth: int) -> str:
    return "\n".join("  " * n + "business" for n in range(depth)) + "\n"


def _chain(length: int, backwards: bool) -> str:
    """Measures that each read the next, or the one before."""
    names = [f"m{n}" for n in range(length)]
    lines = [f'measure {name} "{name}" = {other} + 1' for name, other in pairwise(names)]
    return HEAD + "\n".join([*(reversed(lines) if backwards else lines), f'measure {names[-1]} "Last" = 1']) + "\n"


TEXTS: dict[str, tuple[bytes, set[str]]] = {
    "an empty file": (b"", {"S402"}),
    "a slip of a phrase's first word, and no second": (b'source s "S" from "s.csv"\n  share\n', {"S130"}),
    "blanks and line ends": (b"  \n\n \r\n\t\n", {"S402"}),
    "nothing but comments": (b"# one\n## two\n", {"S402"}),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", {"S102"}),
    "every byte there is": (bytes(range(256)), {"S102"}),
    "UTF-16": (HEAD.encode("utf-16"), {"S101"}),
    "Latin-1": (HEAD.replace("small strategy", "Größe").encode("latin-1"), {"S101"}),
    "a line of 5 MB": (b"measure " + b"a" * 5_000_000, {"S103"}),
    "a line of 1 MB": (HEAD.encode() + b"measure " + b"a" * 1_000_000, {"S104"}),
    "10,000 steps deep": (_nested(1_400).encode(), {"S114"}),
    "10,000 brackets": ((HEAD + 'measure a "A" = ' + "(" * 5_000 + "1" + ")" * 5_000).encode(), {"S160"}),
    "brackets within reason, too deep": ((HEAD + 'measure a "A" = ' + "(" * 900 + "1" + ")" * 900).encode(), {"S159"}),
    "2,000 times `not`": ((HEAD + 'measure a "A" = ' + "not " * 2_000 + "yes").encode(), {"S159"}),
    "2,000 times `if`": ((HEAD + 'measure a "A" = ' + "1 if yes else " * 1_200 + "2").encode(), {"S159"}),
    "1,000 terms": ((HEAD + 'measure a "A" = 1' + " + 1" * 1_000).encode(), {"S159"}),
    "a number of 6,000 digits": ((HEAD + f'measure a "A" = {"9" * 6_000}\n').encode(), {"S178"}),
    "a whole number of 6,000 digits": (HEAD.encode() + b"  version " + b"9" * 6_000, {"S178"}),
    "a period of 6,000 digits": (f"{HEAD}  reviewed 2026-01-01 every {'9' * 6_000} months\n".encode(), {"S178"}),
    "tabs": (HEAD.replace("  ", "\t").encode(), {"S110"}),
    "curly quotes": (HEAD.replace('"', "\u201d").encode(), {"S111"}),
    "a no-break blank": (HEAD.replace("currency EUR", "currency\u00a0EUR").encode(), {"S115"}),
    "two `strategy` blocks": ((HEAD + 'strategy other "Other"\n').encode(), {"S401"}),
    "a text that never ends": ((HEAD + '  owner """\n').encode() + b"    more\n" * 9_000, {"S117"}),
    "names of other alphabets": ((HEAD + 'measure größe "G" = 1\nmeasure 尺寸 "S" = 1\n').encode(), {"S139"}),
    "a name that is a picture": ((HEAD + 'measure \U0001f600 "S" = 1\n').encode(), {"S142"}),
    "braces and semicolons": (b"strategy small {\n  currency: EUR;\n}\n", {"S141", "S142"}),
    "a page of HTML": (b"<!doctype html>\n<html>\n<body class='x'>Not found</body>\n</html>\n", {"S130", "S402"}),
    "a page of JSON": (b'{"strategy": {"name": "small"}}\n', {"S142", "S402"}),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_bad_file_gets_a_diagnostic(name: str, tmp_path: Path) -> None:
    data, codes = TEXTS[name]
    path = tmp_path / "bad.strategy"
    path.write_bytes(data)
    checked = load_strategy(path)
    assert checked.strategy is None
    found = {d.code for d in checked.errors}
    assert found & codes, f"{sorted(codes)} expected, got {sorted(found)}"
    assert len(checked.diagnostics) <= 250, "one cause, and no end of messages"
    _sound(checked)


def test_what_is_only_unusual_is_fine(tmp_path: Path) -> None:
    """The negative control: a mark at the start, other line ends, no line end: nothing is found."""
    for data in (HEAD, HEAD.replace("\n", "\r\n"), HEAD.replace("\n", "\r"), "\ufeff" + HEAD, HEAD.rstrip("\n")):
        path = tmp_path / "good.strategy"
        path.write_bytes(data.encode())
        checked = load_strategy(path)
        assert checked.strategy is not None and checked.diagnostics == ()


FILES: dict[str, tuple[dict[str, str], set[str]]] = {
    "a file that uses itself": ({"a": HEAD + 'use "a.strategy"\n'}, {"S191"}),
    "a loop of three": ({"a": HEAD + 'use "b.strategy"', "b": 'use "c.strategy"', "c": 'use "a.strategy"'}, {"S191"}),
    "a file that is not there": ({"a": HEAD + 'use "b.strategy"'}, {"S190"}),
    "a whole path": ({"a": HEAD + 'use "/etc/passwd"'}, {"S192"}),
    "an address": ({"a": HEAD + 'use "https://example.org/a.strategy"'}, {"S192"}),
    "an empty name": ({"a": HEAD + 'use ""'}, {"S192"}),
    "a name with a null": ({"a": HEAD + 'use "a\\0b.strategy"'}, {"S190"}),
}


@pytest.mark.parametrize("name", FILES)
def test_bad_uses_get_a_diagnostic(name: str, tmp_path: Path) -> None:
    texts, codes = FILES[name]
    for file, text in texts.items():
        (tmp_path / f"{file}.strategy").write_text(text, "utf-8")
    checked = load_strategy(tmp_path / "a.strategy")
    assert {d.code for d in checked.errors} == codes
    _sound(checked)


def test_files_that_use_each_other_in_a_long_row(tmp_path: Path) -> None:
    (tmp_path / "f0.strategy").write_text(HEAD + 'use "f1.strategy"\n', "utf-8")
    for n in range(1, 1_500):
        (tmp_path / f"f{n}.strategy").write_text(f'use "f{n + 1}.strategy"\n', "utf-8")
    checked = load_strategy(tmp_path / "f0.strategy")
    assert {d.code for d in checked.errors} <= {"S190", "S195"} and checked.errors


def test_paths_that_are_no_strategy(tmp_path: Path) -> None:
    assert [d.code for d in load_strategy(tmp_path / "none.strategy").diagnostics][:1] == ["S105"]
    assert [d.code for d in load_strategy(tmp_path).diagnostics][:1] == ["S193"]
    (tmp_path / "folder.strategy").mkdir()
    assert [d.code for d in load_strategy(tmp_path).diagnostics][:1] == ["S193"]
    assert [d.code for d in load_strategy("a\0b").diagnostics][:1] == ["S105"]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_long_row_of_measures_is_no_loop(backwards: bool) -> None:
    checked = check_text(_chain(3_000, backwards))
    assert checked.errors == ()


@pytest.mark.parametrize("size", [3_000])
def test_a_large_loop_is_one_finding(size: int) -> None:
    text = _chain(size, False).replace('"Last" = 1', '"Last" = m0')
    assert [d.code for d in check_text(text).errors] == ["S269"]


# ---- What grows: twice the text, twice the work ----

GROWING: dict[str, Callable[[int], str]] = {
    "statements": lambda n: HEAD + "".join(f'measure m{i} "M" = 1\n' for i in range(n)),
    "names that nothing has": lambda n: HEAD + "".join(f'measure m{i} "M" = unheard_{i}\n' for i in range(n)),
    "names said twice": lambda n: HEAD + 'measure m "M" = 1\n' * n,
    "wide gaps in a line": lambda n: HEAD + "wanders" + "    about x" * n + "\n",
    "unknown keywords": lambda n: HEAD + "wanders about\n" * n,
    "quotes left open": lambda n: HEAD + '  owner "x\n' * n,
    "a bracket that never closes": lambda n: HEAD + "(\n" + " x\n" * n,
    "a text that never closes": lambda n: HEAD + 'body """\n' + " x\n" * n,
    "words without sense": lambda n: HEAD + "action a b c\n" * n,
    "brackets left open": lambda n: HEAD + "measure m (\n" * n,
    "tiers": lambda n: HEAD + 'segments t "T" by 1\n' + "".join(f'  t{i} "T" from {n - i}\n' for i in range(n)),
    "conditions in one line": lambda n: HEAD + 'segment s "S" when yes' + " or yes" * (n // 8) + "\n",
    "references": lambda n: HEAD + "".join(f'action a{i} "A"\n  not with a{(i + 7) % n}\n' for i in range(n)),
    "names that nothing has, in lists": lambda n: (
        HEAD + "".join(f'action a{i} "A"\n  not with b{i}\n' for i in range(n))
    ),
    "stages": lambda n: HEAD + 'journey j "J"\n' + "".join(f'  stage s{i} "S"\n' for i in range(n)),
}


@pytest.mark.parametrize("name", GROWING)
def test_twice_the_text_is_at_most_thrice_the_work(name: str) -> None:
    grown = GROWING[name]
    check_text(grown(8))
    small, large = (work(check_text, grown(size)) for size in (200, 400))
    assert large <= 3 * small, f"{small} calls, then {large}"


# ---- Chance ----


@dataclass(frozen=True)
class Damage:
    """One way to damage a strategy's bytes."""

    name: str
    do: Callable[[bytes, random.Random], bytes]


def _lines(change: Callable[[list[bytes], random.Random], None]) -> Callable[[bytes, random.Random], bytes]:
    def damaged(data: bytes, chance: random.Random) -> bytes:
        lines = data.split(b"\n")
        for _ in range(chance.choice([1, 3, 12])):
            change(lines, chance)
        return b"\n".join(lines)

    return damaged


def _drop(lines: list[bytes], chance: random.Random) -> None:
    del lines[chance.randrange(len(lines))]


def _repeat(lines: list[bytes], chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))


def _swap_words(lines: list[bytes], chance: random.Random) -> None:
    number = chance.randrange(len(lines))
    words = lines[number].split(b" ")
    chance.shuffle(words)
    lines[number] = b" ".join(words)


def _bytes(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 5, 40])):
        changed[chance.randrange(len(changed))] = chance.randrange(1, 128)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(4_000) :]


DAMAGES = (
    Damage("lines dropped", _lines(_drop)),
    Damage("lines repeated elsewhere", _lines(_repeat)),
    Damage("words shuffled", _lines(_swap_words)),
    Damage("bytes changed", _bytes),
    Damage("a stretch cut out", _cut),
)


@pytest.mark.parametrize("path", STRATEGIES, ids=lambda path: path.stem)
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_a_damaged_strategy_is_read_all_the_same(damage: Damage, path: Path) -> None:
    data = path.read_bytes()
    for seed in range(20 if len(data) < SMALL else 6):
        damaged = damage.do(data, random.Random(f"{SEED}/{damage.name}/{path.stem}/{seed}"))
        source = read_bytes(damaged, "damaged")
        if isinstance(source, SourceText):
            _sound(check_text(source.text, "damaged"))


def test_bytes_by_chance_are_read_all_the_same() -> None:
    chance = random.Random(SEED)
    for _ in range(60):
        source = read_bytes(chance.randbytes(chance.randrange(1, 400)), "noise")
        text = source.text if isinstance(source, SourceText) else ""
        _sound(check_text(text or "".join(map(chr, chance.choices(range(1, 0x2FFF), k=300))), "noise"))


def _sound(checked: Checked) -> None:
    """Every diagnostic can be shown, and points into the text it is about."""
    assert render(checked.diagnostics, checked.sources) or not checked.diagnostics
    for diagnostic in checked.diagnostics:
        source = checked.sources.get(diagnostic.span.file)
        if source is not None:
            assert 1 <= diagnostic.span.line <= len(source.lines) + 1, diagnostic
            assert diagnostic.span.column >= 1, diagnostic
    if checked.strategy is None:
        assert checked.errors
