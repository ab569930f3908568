"""What a check found, kept for the next time: a large strategy that has not changed since is not worked through again.

In: a path, and the findings on it. Out: the same findings, if not a character of the strategy, no setting and nothing
of stratagem itself has changed. Only what has no errors is kept, and only what no plug-in had a part in; small
strategies are quicker checked than looked up. A file that is broken, or cannot be written, is as good as none.

The files lie in the user's folder for such things, or in the one that `STRATAGEM_CACHE_DIR` names. They hold findings
with their places, and sums of the texts in place of the texts.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.digest import sha256
from stratagem.dsl.lines.read import read_source
from stratagem.dsl.pipeline import Rules
from stratagem.dsl.record import record
from stratagem.dsl.source import SourceText, Span
from stratagem.engine.cli.belonging import ENDING

if TYPE_CHECKING:
    from stratagem.dsl.pipeline import Checked

FOLDER_VARIABLE: Final = "STRATAGEM_CACHE_DIR"
WORTH_KEEPING: Final = 32 * 1024
"""Bytes of a strategy; one of this size takes about a fifth of a second to check."""
MOST_KEPT: Final = 200
"""Files; when there are more the oldest go."""
UNREADABLE: Final = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What comes of a file that is not there, or is not what was written."""
FORMS: Final = (".py", ".json", ".txt")
"""The endings of the files that findings depend on."""


@record
class Kept:
    """The findings on a strategy without errors, as `Checked` has them, and its texts."""

    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, SourceText]
    waived: tuple[Diagnostic, ...] = ()
    ignored: tuple[Diagnostic, ...] = ()


def recall(path: str, rules: Rules) -> Kept | None:
    """The findings on the strategy at `path`, if they were kept and still hold."""
    if not _worth(path):
        return None
    with suppress(*UNREADABLE):
        entry = json.loads(_entry(path, rules).read_bytes())
        sources = _unchanged(entry["texts"])
        if sources is not None and entry["beside"] == _beside(path):
            found = (tuple(_read(d) for d in entry[part]) for part in ("diagnostics", "waived", "ignored"))
            diagnostics, waived, ignored = found
            return Kept(diagnostics, sources, waived, ignored)
    return None


def keep(path: str, rules: Rules, checked: Checked) -> None:
    """Keep what was found, if it is worth it and would be found again."""
    if checked.strategy is None or checked.extended or not _worth(path):
        return
    from stratagem.engine.handover.files import whole_file

    entry = {
        "texts": {name: _sum(source.text) for name, source in checked.sources.items()},
        "beside": _beside(path),
        "diagnostics": [_written(d) for d in checked.diagnostics],
        "waived": [_written(d) for d in checked.waived],
        "ignored": [_written(d) for d in checked.ignored],
    }
    with suppress(OSError):
        file = _entry(path, rules)
        file.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(file) as part:
            part.write_text(json.dumps(entry), "utf-8")
        _make_room(file.parent)


# ---- what is looked at ----


def _worth(path: str) -> bool:
    """Is it large enough; what it uses from elsewhere does not count."""
    if path == "-":
        return False
    try:
        place = Path(path)
        files = place.glob(f"*{ENDING}") if place.is_dir() else [place]
        return sum(file.stat().st_size for file in files) >= WORTH_KEEPING
    except (OSError, ValueError):
        return False


def _beside(path: str) -> list[str]:
    """The files of a folder: one that came since belongs to the strategy."""
    place = Path(path)
    return sorted(file.name for file in place.glob(f"*{ENDING}")) if place.is_dir() else []


def _unchanged(texts: Mapping[str, str]) -> dict[str, SourceText] | None:
    """The texts by name as they were, or None if one of them is another now."""
    sources: dict[str, SourceText] = {}
    for name, kept in texts.items():
        source = read_source(Path(name), name)
        if isinstance(source, Diagnostic) or _sum(source.text) != kept:
            return None
        sources[name] = source
    return sources


def _sum(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# ---- where it lies ----


def _entry(path: str, rules: Rules) -> Path:
    """The file for a strategy under given settings, as this stratagem finds it."""
    asked = [os.getcwd(), path, sorted(rules.items()), sys.version_info[:2], *_program()]
    return _folder() / f"{_sum(json.dumps(asked))}.json"


def _folder() -> Path:
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("stratagem", appauthor=False)


def _program() -> Iterator[tuple[str, int, int]]:
    """All that findings depend on of stratagem itself: whoever works on it sees what he has just changed."""
    from stratagem import dsl

    waiting = [os.path.dirname(str(dsl.__file__))]
    while waiting:
        with os.scandir(waiting.pop()) as found:
            for file in sorted(found, key=lambda file: file.name):
                if file.is_dir() and not file.name.startswith("__"):
                    waiting.append(file.path)
                elif file.name.endswith(FORMS):
                    known = file.stat()
                    yield file.path, known.st_size, known.st_mtime_ns


def _make_room(folder: Path) -> None:
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[MOST_KEPT:]:
        file.unlink(missing_ok=True)


# ---- findings as plain values ----


def _written(diagnostic: Diagnostic) -> list[Any]:
    """Arguments become the texts that they are shown as."""
    return [
        diagnostic.code,
        _place(diagnostic.span),
        {name: str(value) for name, value in diagnostic.args.items()},
        [[_place(label.span), label.text, label.also] for label in diagnostic.labels],
        list(diagnostic.near),
        [[fix.title, [[_place(edit.span), edit.text] for edit in fix.edits], fix.safe] for fix in diagnostic.fixes],
        diagnostic.severity,
    ]


def _read(written: Iterable[Any]) -> Diagnostic:
    code, span, args, labels, near, fixes, severity = written
    seen = tuple(Label(Span(*place), text, also) for place, text, also in labels)
    offered = tuple(
        Fix(title, tuple(Edit(Span(*place), text) for place, text in edits), safe) for title, edits, safe in fixes
    )
    return Diagnostic(code, Span(*span), args, seen, tuple(near), offered, severity)


def _place(span: Span) -> list[Any]:
    return [span.file, span.line, span.column, span.end_line, span.end_column]
