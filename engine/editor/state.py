"""What the server knows: the open documents, the strategies they belong to, and what was last found wrong with them.

In: documents opened, changed and closed. Out: for a file the `Index` of its strategy, made anew only after a change,
and its diagnostics as far as they still fit its text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.engine.editor.checker import Job
from stratagem.engine.editor.documents import Document
from stratagem.engine.editor.index import Index
from stratagem.engine.editor.projects import Project, has_head, project, roots_of


@dataclass
class _Strategy:
    """A strategy with open files: what it consists of, its index, what was found by file and in which texts."""

    project: Project
    index: Index | None = None
    found: Mapping[str, tuple[Diagnostic, ...]] | None = None
    texts: Mapping[str, str] | None = None


class State:
    """All open documents and their strategies."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self._strategies: dict[str, _Strategy] = {}
        self._roots: dict[str, list[str]] = {}

    @property
    def texts(self) -> dict[str, str]:
        """The open texts by name."""
        return {name: document.text for name, document in self.documents.items()}

    def roots(self, name: str) -> list[str]:
        """The strategies that an open file is a part of; they are opened with it."""
        if name not in self._roots:
            roots = roots_of(name, self.texts)
            open_ones = [root for root, each in self._strategies.items() if root != name and name in each.project.files]
            self._roots[name] = open_ones if roots == [name] and open_ones and not has_head(self.texts[name]) else roots
        for root in self._roots[name]:
            if root not in self._strategies:
                self._strategies[root] = _Strategy(self._with(root, name))
        return self._roots[name]

    def _with(self, root: str, name: str) -> Project:
        made = project(root, self.texts)
        known = name in made.files or name not in self.documents
        return made if known else Project(root, {**made.files, name: self.documents[name].text}, False)

    def changed(self, name: str) -> list[str]:
        """A text has changed: the strategies that have to be checked anew."""
        roots = self.roots(name)
        for root in roots:
            strategy = self._strategies[root]
            old = strategy.project.files.get(name, "")
            new = self.documents[name].text if name in self.documents else ""
            if not strategy.project.plain or "\nuse " in f"\n{old}" or "\nuse " in f"\n{new}":
                strategy.project = self._with(root, name)
            else:
                strategy.project = Project(root, {**strategy.project.files, name: new}, True)
            strategy.index = None
        return roots

    def reread(self) -> list[str]:
        """Files have come, gone or changed on disk: every strategy that has an open file, read again."""
        self._roots.clear()
        roots = list(dict.fromkeys(root for name in self.documents for root in self.roots(name)))
        for root in roots:
            strategy = self._strategies[root]
            open_here = [name for name in self.documents if root in self._roots[name]]
            strategy.project = self._with(root, open_here[0])
            strategy.index = None
        return roots

    def gone(self) -> list[str]:
        """The strategies of which no file is open any more; they are forgotten."""
        wanted = {root for name in self.documents for root in self.roots(name)}
        gone = [root for root in self._strategies if root not in wanted]
        for root in gone:
            del self._strategies[root]
        return gone

    def project(self, root: str) -> Project | None:
        """The files of a strategy that is open."""
        strategy = self._strategies.get(root)
        return None if strategy is None else strategy.project

    def index(self, name: str) -> Index:
        """The index of the strategy that a file is a part of; the first, where it is a part of several."""
        return self._index(self.roots(name)[0])

    def indexes(self, name: str) -> list[Index]:
        """The index of every strategy that a file is a part of."""
        return [self._index(root) for root in self.roots(name)]

    def all_indexes(self) -> list[Index]:
        """The index of every open strategy."""
        return [self._index(root) for root in self._strategies]

    def _index(self, root: str) -> Index:
        strategy = self._strategies[root]
        if strategy.index is None:
            strategy.index = Index(strategy.project.files)
        return strategy.index

    def keep(self, job: Job, found: Mapping[str, tuple[Diagnostic, ...]]) -> set[str]:
        """Keep what a check has found; the files whose shown diagnostics may have changed by it."""
        strategy = self._strategies.get(job.project.root)
        if strategy is None:
            return set()
        before = set(strategy.found or ())
        strategy.found, strategy.texts = found, job.project.files
        return before | set(found)

    def found(self, name: str) -> tuple[Diagnostic, ...] | None:
        """The diagnostics of a file, of all strategies it is in; None where a check of its present text is due."""
        kept: dict[Diagnostic | int, Diagnostic] = {}
        for strategy in self._strategies.values():
            if strategy.found is None or strategy.texts is None or name not in strategy.found:
                continue
            if strategy.project.files.get(name) != strategy.texts.get(name):
                return None
            for diagnostic in strategy.found[name]:
                kept.setdefault(_same(diagnostic), diagnostic)
        return tuple(kept.values())

    def lines(self, name: str) -> Sequence[str]:
        """The lines of a file of any open strategy."""
        if name in self.documents:
            return self.documents[name].text.split("\n")
        for strategy in self._strategies.values():
            if name in strategy.project.files:
                return strategy.project.files[name].split("\n")
        return ("",)


def _same(diagnostic: Diagnostic) -> int:
    """Two strategies that use one file say the same of it."""
    return hash((diagnostic.code, diagnostic.span, str(sorted(diagnostic.args.items(), key=str))))
