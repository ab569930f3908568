"""The workspace: the texts of one strategy as they stand in an editor, read and checked after each change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.memory import no_collecting, set_aside
from stratagem.dsl.model.build import Built
from stratagem.dsl.parse.load import load
from stratagem.dsl.parse.parse import Parsed, make_ready, parse
from stratagem.dsl.pipeline import NO_RULES, Checked, Rules, check_again, check_text
from stratagem.dsl.record import replace
from stratagem.dsl.source import SourceText

LARGE = 100_000
"""Characters of a strategy from which on what is made of it is set aside from Python's search for circles."""


class Workspace:
    """The files of one strategy in the order they are read, changed one by one, checked as often as asked.

    `files`: texts by the name that diagnostics call them. `known_codes` and `rules`: as `check_text` takes them.
    `found`: what finding the files had to say. Nodes and a strategy that it gave move with their text when that
    changes; diagnostics stay as they were given.
    """

    def __init__(
        self,
        files: Mapping[str, str] | None = None,
        known_codes: Iterable[str] = (),
        rules: Rules = NO_RULES,
        found: Sequence[Diagnostic] = (),
    ) -> None:
        self._known_codes = tuple(known_codes)
        self._rules = rules
        self._parsed: dict[str, Parsed] = {}
        self._built: Built | None = None
        self._checked: Checked | None = None
        self.replace(files or {}, found)

    @classmethod
    def open(cls, path: Path | str, known_codes: Iterable[str] = (), rules: Rules = NO_RULES) -> Workspace:
        """The workspace of a strategy on disk: a file or a folder, with the files that it uses."""
        loaded = load(path)
        texts = {name: source.text for name, source in loaded.sources.items()}
        return cls(texts, known_codes, rules, loaded.found)

    @property
    def files(self) -> Mapping[str, SourceText]:
        """The texts by name, in the order they are read."""
        return {name: parsed.lines.source for name, parsed in self._parsed.items()}

    def replace(self, files: Mapping[str, str], found: Sequence[Diagnostic] = ()) -> None:
        """Set all files at once, in their order; what has not changed in those that stay is not read again."""
        self._found = tuple(found)
        self._parsed = {name: self._read(name, text) for name, text in files.items()}
        self._checked = None

    def change(self, name: str, text: str) -> Parsed:
        """Set a file's text (a new file is read last); gives its nodes, lines, and what is wrong with its lines."""
        self._parsed[name] = self._read(name, text)
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
            before, self._built = self._built, None
            with no_collecting():
                checked, self._built = check_again(nodes, read, self.files, self._known_codes, self._rules, before)
                self._checked = _settled(checked)
            if before is None:
                self._prepare(self._built)
        return self._checked

    def _prepare(self, built: Built) -> None:
        """After the first check, and before the first letter is typed: what only changed texts ask for."""
        built.prepare()
        _rehearse()
        for parsed in self._parsed.values():
            make_ready(parsed)
        if sum(len(source.text) for source in self.files.values()) > LARGE:
            set_aside()

    def _read(self, name: str, text: str) -> Parsed:
        before = self._parsed.get(name)
        if before is not None and before.lines.source.text == text:
            return before
        with no_collecting():
            return parse(SourceText(name, text), before)


_FAULTY = """language 1
strategy s "S"
  currency EUR
source orders "Orders" from "orders.csv"
  many per customer by id
  dated by at
  field at date
  field kind one of (beans, tea)
measure spend "Spend" any orders where kind = beans on 3/4/2026
measure often "Often" = sum of ordres.price in lats 3 monts and $5
  when spend >
segment fond "Fond" when kind is beens and often >= 3 order
m
"""
"""Mistakes of many kinds."""


@cache
def _rehearse() -> None:
    """Load and look up what only faulty texts ask for: the first mistake that somebody makes need not wait for it."""
    check_text(_FAULTY)


def _settled(checked: Checked) -> Checked:
    """The same, its diagnostics at places that move no more."""
    groups = (checked.diagnostics, checked.waived, checked.ignored)
    kept, waived, ignored = (tuple(map(settled, group)) for group in groups)
    return replace(checked, diagnostics=kept, waived=waived, ignored=ignored)


def settled(diagnostic: Diagnostic) -> Diagnostic:
    """The diagnostic at places that move no more."""
    labels = tuple(replace(label, span=label.span.settled()) for label in diagnostic.labels)
    fixes = tuple(
        Fix(fix.title, tuple(Edit(edit.span.settled(), edit.text) for edit in fix.edits), fix.safe)
        for fix in diagnostic.fixes
    )
    return replace(diagnostic, span=diagnostic.span.settled(), labels=labels, fixes=fixes)
