"""What comes out for any input at all: diagnostics, each with words and a place, in every form of output.

In: the bytes of a file. Out: the complaints, in words (an exception is one), and what the checker made of it.
"""

from __future__ import annotations

import random
import re
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.edits import edited
from stratagem.dsl.diagnostics.render import concise, github, json, sarif, text
from stratagem.dsl.diagnostics.text import words
from stratagem.dsl.format import format_source
from stratagem.dsl.lines.read import read_bytes
from stratagem.dsl.pipeline import Checked, check_text
from stratagem.dsl.source import SourceText, Span

_HOLE = re.compile(r"(?<!\{)\{[a-z_]+\}(?!\})")
_ROOT = PurePosixPath("/somewhere")


@dataclass(frozen=True)
class Answer:
    """What came of one input. `checked` is None where it could not be read as text."""

    complaints: tuple[str, ...]
    text: str = ""
    checked: Checked | None = None

    @property
    def accepted(self) -> bool:
        return self.checked is not None and self.checked.strategy is not None


def answer(data: bytes, seed: int, thorough: bool = True) -> Answer:
    """Read, check and show one input; `thorough`: format it, apply a fix, and ask what an editor asks, too."""
    chance = random.Random(f"answer {seed}")
    checked, source, complaints = None, None, []
    try:
        source = read_bytes(data, "f")
        if isinstance(source, Diagnostic):
            return Answer(tuple(_worded(source)))
        checked = check_text(source.text, "f")
        complaints += _well_formed(checked, source)
        _shown(checked, source, chance)
        for look in (_formatted, _fixed, _edited) if thorough else ():
            look(checked, source, chance)
        return Answer(tuple(complaints), source.text, checked)
    except Exception:  # whatever it is, there should have been a diagnostic
        return Answer(
            (*complaints, traceback.format_exc()), source.text if isinstance(source, SourceText) else "", checked
        )


def _well_formed(checked: Checked, source: SourceText) -> Iterator[str]:
    if (checked.strategy is None) is not bool(checked.errors):
        yield "no strategy and no error, or both"
    for diagnostic in checked.diagnostics:
        yield from _worded(diagnostic)
        for span in (diagnostic.span, *(label.span for label in diagnostic.labels)):
            if not _inside(span, source):
                yield f"{diagnostic.code} points outside the text: {span}"
        for edit in (edit for fix in diagnostic.fixes for edit in fix.edits):
            if not _inside(edit.span, source):
                yield f"{diagnostic.code} would write outside the text: {edit.span!r}"


def _worded(diagnostic: Diagnostic) -> Iterator[str]:
    said = words(diagnostic)
    if not said.title or _HOLE.search(said.title):
        yield f"{diagnostic.code} has no words: {said.title!r}"


def _inside(span: Span, source: SourceText) -> bool:
    """Are both ends places of the text, in order."""
    ends = (span.line, span.column), (span.end_line, span.end_column)
    lines = source.lines
    return ends[0] <= ends[1] and all(1 <= n <= len(lines) and 1 <= c <= len(lines[n - 1]) + 1 for n, c in ends)


def _shown(checked: Checked, source: SourceText, chance: random.Random) -> None:
    """One form of output, each in its turn; the largest seldom."""
    found, sources = checked.diagnostics, checked.sources
    forms: tuple[Callable[[], object], ...] = (
        lambda: text.render(found[:40], sources),
        lambda: concise.render(found),
        lambda: github.render(found, _ROOT),
        lambda: json.render(found),
        lambda: sarif.render(found, sarif.Scene(sources, _ROOT, "0")),
    )
    chance.choices(forms, (8, 4, 4, 4, 1))[0]()


def _formatted(checked: Checked, source: SourceText, chance: random.Random) -> None:
    format_source(source)


def _fixed(checked: Checked, source: SourceText, chance: random.Random) -> None:
    """Put one fix into the text, and check what comes of it."""
    fixes = [fix for diagnostic in checked.diagnostics for fix in diagnostic.fixes if fix.edits]
    if fixes:
        check_text(edited(source, chance.choice(fixes).edits), "f")


def _edited(checked: Checked, source: SourceText, chance: random.Random) -> None:
    """What an editor asks for, at some places."""
    from stratagem.engine.editor.complete import completions
    from stratagem.engine.editor.folding import folds
    from stratagem.engine.editor.hover import hover
    from stratagem.engine.editor.index import Index
    from stratagem.engine.editor.references import definition, references
    from stratagem.engine.editor.symbols import outline
    from stratagem.engine.editor.tokens import coloured

    index = Index({"f": source.text})
    folds(index, "f"), outline(index, "f"), list(coloured(index, "f"))
    for _ in range(2):
        line = chance.randint(1, len(source.lines))
        column = chance.randint(1, len(source.lines[line - 1]) + 1)
        for asked in (completions, hover, definition, references):
            asked(index, "f", line, column)
