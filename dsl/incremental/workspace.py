"""The workspace: the texts of one strategy as they stand in an editor, read and checked after each change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.incremental.view import View
from stratagem.dsl.parse.load import load
from stratagem.dsl.parse.parse import Parsed, parse
from stratagem.dsl.pipeline import Checked, check_nodes
from stratagem.dsl.source import SourceText


class Workspace:
    """The files of one strategy in the order they are read, changed one by one, checked as often as asked.

    `files`: texts by the name that diagnostics call them. `found`: what finding the files had to say (see `open`).
    `known_codes`: as `check_text` takes them.
    """

    def __init__(
        self, files: Mapping[str, str] | None = None, known_codes: Iterable[str] = (), found: Sequence[Diagnostic] = ()
    ) -> None:
        self._known_codes = tuple(known_codes)
        self._found = tuple(found)
        self._parsed: dict[str, Parsed] = {}
        self._checked: Checked | None = None
        for name, text in (files or {}).items():
            self.change(name, text)

    @classmethod
    def open(cls, path: Path | str, known_codes: Iterable[str] = ()) -> Workspace:
        """The workspace of a strategy on disk: a file or a folder, with the files that it uses."""
        loaded = load(path)
        texts = {name: source.text for name, source in loaded.sources.items()}
        return cls(texts, known_codes, loaded.found)

    @property
    def files(self) -> Mapping[str, SourceText]:
        """The texts by name, in the order they are read."""
        return {name: parsed.lines.source for name, parsed in self._parsed.items()}

    def change(self, name: str, text: str) -> Parsed:
        """Set a file's text (a new file is read last); gives its nodes, lines, and what is wrong with its lines."""
        self._parsed[name] = parse(SourceText(name, text), self._parsed.get(name))
        self._checked = None
        return self._parsed[name]

    def remove(self, name: str) -> None:
        """Leave a file out. KeyError when there is none of this name."""
        del self._parsed[name]
        self._checked = None

    def check(self) -> Checked:
        """All diagnostics of all files, and the strategy where there is no error: the same as of a fresh check."""
        if self._checked is None:
            nodes = [node for parsed in self._parsed.values() for node in parsed.nodes]
            read = [*self._found, *(d for parsed in self._parsed.values() for d in parsed.diagnostics)]
            self._checked = check_nodes(nodes, read, self.files, self._known_codes)
        return self._checked

    def view(self) -> View:
        """What editors ask for: nodes, lines, names with their declarations and references."""
        self.check()
        return View(self._parsed)
