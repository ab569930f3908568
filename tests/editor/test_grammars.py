"""Colours made from the catalogue: the TextMate grammar, read by an engine that is not ours, and the Pygments lexer.

Both must know every statement, colour every strategy of the library, and change no character of it.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import pytest
from pygments import highlight
from pygments.formatters import TerminalFormatter
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename
from pygments.token import Comment, Error, Keyword, Name, Number, Operator, String, _TokenType
from textmate_grammar.parsers.base import LanguageParser

from stratagem.dsl.catalogue import STATEMENTS, first_words
from stratagem.dsl.catalogue.statement import Statement
from stratagem.dsl.catalogue.words import phrases
from stratagem.engine.editor.vscode import files, write
from stratagem.plugins.lexer import StrategyLexer
from tests.editor.asking import KIOSK
from tests.tools.house import ROOT

LIBRARY = sorted((ROOT / "strategies").rglob("*.strategy"))
FOLDER = ROOT / "plugins" / "vscode"
PHRASED = [s for s in STATEMENTS if first_words(s)]
Piece = tuple[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def engine() -> LanguageParser:
    return LanguageParser(json.loads((FOLDER / "syntaxes" / "stratagem.tmLanguage.json").read_text("utf-8")))


@lru_cache(maxsize=8)
def scopes(text: str) -> tuple[Piece, ...]:
    """The pieces of a text with their scopes, outermost first."""
    parsed = engine().parse_string(text)
    return () if parsed is None else tuple((piece, tuple(found)) for _, piece, found in parsed.flatten())


def lexed(text: str) -> list[tuple[_TokenType, str]]:
    return list(StrategyLexer(stripnl=False, ensurenl=False).get_tokens(text))


def test_the_vscode_folder_is_current() -> None:
    for name, text in files().items():
        assert (FOLDER / name).read_text("utf-8") == text, f"{name}: run `make editor`"
    client = (FOLDER / "extension.js").read_text("utf-8")
    manifest = json.loads((FOLDER / "package.json").read_text("utf-8"))
    assert manifest["main"] == "./extension.js" and 'command", ["stratagem", "lsp"]' in client
    for setting in manifest["contributes"]["configuration"]["properties"]:
        assert setting.removeprefix("stratagem.") in client or "trace" in setting
    assert (FOLDER / manifest["contributes"]["grammars"][0]["path"]).is_file()
    assert (FOLDER / manifest["contributes"]["languages"][0]["configuration"]).is_file()


def test_writing_touches_only_what_has_changed(tmp_path: Path) -> None:
    assert sorted(write(tmp_path)) == sorted(files())
    assert write(tmp_path) == []
    (tmp_path / "package.json").write_text("{}", "utf-8")
    assert write(tmp_path) == ["package.json"]


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.name)
def test_the_lexer_gives_back_every_character_and_no_error(path: Path) -> None:
    text = path.read_text("utf-8")
    found = lexed(text)
    assert "".join(part for _, part in found) == text
    assert [part for kind, part in found if kind in Error] == []
    assert {Keyword.Declaration, String, Number, Name.Class, Operator.Word, Comment.Single} <= {
        kind for kind, _ in found
    }


@pytest.mark.parametrize(
    "text", ["", "\n", "a", '"', '"""', "measure", "x\ty", "€ 😀 \\", "field a one of (", "\r\n#\r\n"]
)
def test_the_lexer_gives_back_odd_texts_too(text: str) -> None:
    assert "".join(part for _, part in lexed(text)) == text.replace("\r\n", "\n")


def indented(statement: Statement) -> str:
    """A statement's example, at the left edge or below something."""
    line = statement.example.splitlines()[0]
    return line if "strategy file" in statement.under else f"  {line}"


def test_both_know_the_phrase_of_every_statement() -> None:
    for statement in PHRASED:
        words = list(first_words(statement))
        line = indented(statement)
        lexer = [part for kind, part in lexed(line) if kind in Keyword or kind is Operator.Word]
        assert " ".join(lexer).split()[: len(words)] == words, f"{statement.id}: {lexed(line)}"
        found = [p for p, s in scopes(f"{line}\n") if any(scope.startswith("keyword") for scope in s)]
        assert " ".join(found).split()[: len(words)] == words, f"{statement.id}: {scopes(line)}"


def test_a_word_that_is_no_phrase_is_no_keyword() -> None:
    for line in ("    price = 3 EUR", "    kind = gift", "    stage = buyer", "    stage is regular"):
        word = line.split()[0]
        assert (Keyword, word) not in lexed(line)
        assert not any(
            p == word and any(x.startswith("keyword.other.statement") for x in s) for p, s in scopes(f"{line}\n")
        )


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.name)
def test_an_independent_engine_reads_the_library_with_the_grammar(path: Path) -> None:
    text = path.read_text("utf-8")
    found = scopes(text)
    kept = "".join(part for part, _ in found)
    assert "".join(kept.split()) == "".join(text.split()), "every character that is no blank is in some piece"
    words = [phrase.words.split()[0] for phrase in phrases()]
    lines = [line.split()[0] for line in text.splitlines() if line[:1].isalpha()]
    starts = [
        p.split()[0] for p, s in found if any(x.startswith(("keyword.control", "keyword.other.statement")) for x in s)
    ]
    assert [w for w in starts if w not in words] == []
    assert sum(w in starts for w in lines) == len(lines), "every line at the left edge starts with a keyword"


def scope_of(words: str, text: str = KIOSK) -> str:
    return next(found[-1] for piece, found in scopes(text) if piece.strip() == words and found)


def test_the_grammar_tells_things_apart() -> None:
    wanted = {
        "spend": "entity.name.type", "sum of": "keyword.operator.word", "100": "constant.numeric",
        "EUR": "constant.other",
        "months": "keyword.other.unit", "in last": "keyword.operator.word", "{{": "punctuation.section.embedded",
        "default": "support.function.filter",
        "2027-06-30": "constant.numeric.date", "yes": "constant.language", "marketing": "support.constant.choice",
        "gold": "entity.name.type.tier", '"Kiosk"': "string.quoted.double", "otherwise": "keyword.other.phrase",
        "## What a guest has spent with us lately.": "comment.line.documentation",
    }  # fmt: skip
    for words, scope in wanted.items():
        assert scope_of(words).startswith(scope), words
    long = [s for p, s in scopes(KIOSK) if "Long time no see" in p]
    assert long and all("string.quoted.triple.stratagem" in s for s in long)
    after = scopes('action a\n  message email\n    body """\n      a # b\n      """\naction c\n')
    assert ("c", ("meta.statement.action.stratagem", "entity.name.type.stratagem")) in [(p, s[1:]) for p, s in after]


def test_an_open_quote_ends_with_its_line() -> None:
    found = scopes('measure a "open\nmeasure b "B" = 1\n')
    assert any(p == "b" and "entity.name.type.stratagem" in s for p, s in found)
    assert (Name.Class, "b") in lexed('measure a "open\nmeasure b "B" = 1\n')


def test_pygments_finds_the_lexer_and_colours_a_terminal() -> None:
    assert isinstance(get_lexer_by_name("stratagem"), StrategyLexer)
    assert isinstance(get_lexer_for_filename("x.strategy"), StrategyLexer)
    assert "\x1b[" in highlight(KIOSK, StrategyLexer(), TerminalFormatter())
