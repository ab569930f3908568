"""On a terminal messages and differences are in colours, strategy text by its words; elsewhere nothing is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from stratagem.engine.cli.diffs import diff
from stratagem.engine.cli.findings import rendered
from stratagem.engine.present.colours import CODES, PALETTE, painted, painted_diff, pieces
from tests.cli.run import run

pty = pytest.importorskip("pty", reason="a terminal to print on")

ESCAPE = re.compile(r"\x1b\[[\d;]*m")
KEYWORD, WORD, NUMBER, TEXT = (
    PALETTE[kind] for kind in ("Keyword", "Operator.Word", "Literal.Number", "Literal.String")
)
STRATEGY = """language 1
strategy shop "A shop"
  currency EUR
source people "People" from "people.csv"
  one per customer by id
  field id text
  field spend money
segment big "Big" when spend > 20
action note "A note"
  kind required
  for big
  through letter
  message letter
    body \"\"\"
      Dear friend, when all is said, 20 goals
      \"\"\"
channel letter "Letter" outbound
"""


def on_terminal(*words: str, **settings: str) -> str:
    """What `stratagem WORDS` prints where a person reads it. `settings`: of the environment."""
    here, there = pty.openpty()
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    command = [sys.executable, "-m", "stratagem", *words]
    started = subprocess.Popen(
        command, stdin=there, stdout=there, stderr=subprocess.DEVNULL, env={**plain, "TERM": "xterm", **settings}
    )
    os.close(there)
    said = b""
    try:
        while more := os.read(here, 65536):
            said += more
    except OSError:  # that is how the end is told on Linux
        pass
    os.close(here)
    started.wait()
    return said.decode().replace("\r\n", "\n")


@pytest.fixture
def wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("shop.strategy").write_text(STRATEGY)
    return "shop.strategy"


def coloured(code: str, words: str) -> str:
    return f"\x1b[{code}m{words}\x1b[0m"


def test_check_colours_codes_and_the_lines_of_the_strategy(wrong: str) -> None:
    shown = on_terminal("check", wrong)
    assert coloured("1;31", "error S301") in shown and coloured("1;31", "^^") in shown
    line = f"{coloured(KEYWORD, 'segment')} {coloured('1', 'big')} {coloured(TEXT, chr(34) + 'Big' + chr(34))} "
    assert f"{line}{coloured(WORD, 'when')} spend > {coloured(NUMBER, '20')}\n" in shown
    assert coloured(NUMBER, "20 EUR") in shown  # the line as the fix writes it
    assert ESCAPE.sub("", shown) == run("check", wrong).out


@pytest.mark.parametrize("settings", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_nothing_is_coloured_for_those_who_do_not_want_it(settings: dict[str, str], wrong: str) -> None:
    assert on_terminal("check", wrong, **settings) == run("check", wrong).out


def test_differences_are_coloured_too(wrong: str) -> None:
    for words in (["check", "--fix", "--unsafe", "--diff", wrong], ["fmt", "--diff", wrong]):
        shown, piped = on_terminal(*words), run(*words).out
        assert "\x1b" not in piped and piped.startswith("--- shop.strategy\n") and ESCAPE.sub("", shown) == piped
        assert shown.startswith(coloured("1", "--- shop.strategy")) and coloured("32", "+") in shown
    assert f"{coloured('31', '-')}{coloured(KEYWORD, 'segment')}" in on_terminal(
        "check", "--fix", "--unsafe", "--diff", wrong
    )


def test_pages_are_coloured_with_the_message_in_them() -> None:
    shown = on_terminal("docs", "S301")
    assert shown.count(coloured(KEYWORD, "segment")) >= 3 and "\x1b" not in run("docs", "S301").out


# ---- strategy text ----


def test_a_long_text_is_no_statement() -> None:
    lines = painted(STRATEGY)
    assert ESCAPE.sub("", "\n".join(lines)) == STRATEGY
    body = next(line for line in lines if "Dear friend" in line)
    assert body == coloured(TEXT, "      Dear friend, when all is said, 20 goals")
    alone = "      Dear friend, when all is said, 20 goals"
    assert pieces(alone, in_text=True) == [(TEXT, alone)] and (WORD, "when") in pieces(alone)


def test_an_excerpt_knows_that_its_line_stands_in_a_long_text() -> None:
    from stratagem.dsl.diagnostics.diagnostic import Diagnostic
    from stratagem.dsl.source import SourceText, Span

    def shown(line: int) -> str:
        found = Diagnostic("S193", Span("f", line, 1, line, 3), {"folder": "f"})
        return rendered([found], {"f": SourceText("f", STRATEGY)}, colour=True)

    number = STRATEGY.split("\n").index("      Dear friend, when all is said, 20 goals") + 1
    assert coloured(TEXT, "      Dear friend, when all is said, 20 goals") in shown(number)
    assert coloured(KEYWORD, "channel") in shown(number + 2)


def test_a_difference_of_what_looks_like_a_head_and_of_odd_line_ends() -> None:
    before = "# one\n-- two\nthree\x0cfour\r\nfive"
    after = "# one\n++ two\nthree\x0cfour\nfive\n"
    for one, other in ((before, after), (after, before), ("", after), (before, "")):
        plain = diff("f", one, other)
        assert plain and ESCAPE.sub("", diff("f", one, other, colour=True)) == plain and "\r" not in plain
    assert diff("f", before, before, colour=True) == ""


def test_a_file_cannot_send_colours_of_its_own() -> None:
    text = '\x1b[31msegment\x1b[0m "\ue00031\ue000"\n'
    shown = diff("f", "", text, colour=True)
    assert "[31msegment" in ESCAPE.sub("", shown) and "\ue000" not in shown
    assert set(ESCAPE.findall(shown)) <= {f"\x1b[{code}m" for code in (*CODES, "0", "1", "31", "32", "36")}


def test_a_difference_of_another_text_is_shown_without_words_of_it() -> None:
    """Where a line is not the one that the text has at its number, it is shown as it is."""
    plain = diff("f", "segment a\n", "segment b\n")
    assert coloured(KEYWORD, "segment") in painted_diff(plain, "segment a\n", "segment b\n")
    assert coloured(KEYWORD, "segment") not in painted_diff(plain, "x\n", "y\n")
