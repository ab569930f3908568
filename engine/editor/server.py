"""The language server: documents come in as the protocol says, diagnostics go out. `answers` has the questions.

In: messages of an editor, on standard input. Out: messages to it, on standard output. Checks run in one thread beside
the answers, a moment after the last key, so that typing stays fluid.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import cast

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from stratagem import __version__
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.pipeline import NO_RULES, Rules
from stratagem.engine.editor.checker import Checker, Job
from stratagem.engine.editor.convert import Converter
from stratagem.engine.editor.documents import Document, Encoding
from stratagem.engine.editor.index import Index
from stratagem.engine.editor.protocol import Protocol
from stratagem.engine.editor.state import State

PAUSE = 0.15
"""Seconds without a key after which a strategy is checked."""
PATIENCE = 5.0
"""Seconds that a question about diagnostics waits for those of the present text."""
RulesOf = Callable[[str], Rules]
"""The severities that settings give for the strategy at a path. Raises ValueError with the reason for wrong ones."""


def no_rules(root: str) -> Rules:
    """No settings."""
    return NO_RULES


class Server(LanguageServer):
    """One editor's server."""

    def __init__(self, rules_of: RulesOf = no_rules, pause: float = PAUSE) -> None:
        super().__init__("stratagem", __version__, lsp.TextDocumentSyncKind.Incremental, protocol_cls=Protocol)
        self.state = State()
        self.checker = Checker()
        self.rules_of = rules_of
        self.pause = pause
        self.dismissed = False
        """Has the editor said that it ends the session."""
        self._worker = ThreadPoolExecutor(1, "check")
        self._due: dict[str, asyncio.TimerHandle] = {}
        self._running: set[str] = set()
        self._complained: set[str] = set()
        self._open_as: dict[str, str] = {}
        self._done = asyncio.Event()
        self.tasks: set[asyncio.Task[None]] = set()

    # ---- names and places ----

    @property
    def encoding(self) -> Encoding:
        """What the editor counts columns in."""
        said = self.workspace.position_encoding
        return cast(Encoding, str(getattr(said, "value", said) or "utf-16"))

    def name_of(self, uri: str) -> str:
        """What we call the file that an editor calls `uri`: its path, or the address itself where it has none."""
        path = to_fs_path(uri) if uri.startswith("file:") else None
        return uri if path is None else path.replace("\\", "/")

    def uri_of(self, name: str) -> str:
        """What the editor calls a file; as it said itself, for one that it has open."""
        if name in self.state.documents:
            return self.state.documents[name].uri
        if name in self._open_as:
            return self._open_as[name]
        is_path = name.startswith("/") or ":/" in name[:3]
        return (from_fs_path(name) if is_path else None) or name

    def converter(self) -> Converter:
        """Turns places of the texts as they are now."""
        return Converter(self.encoding, self.state.lines, self.uri_of)

    # ---- documents ----

    def opened(self, params: lsp.DidOpenTextDocumentParams) -> None:
        """A document was opened."""
        item = params.text_document
        name = self.name_of(item.uri)
        self._open_as[name] = item.uri
        self.state.documents[name] = Document(item.uri, name, item.version, item.text, self.encoding)
        self.state.roots(name)
        self.due(self.state.changed(name), 0)
        asyncio.get_running_loop().run_in_executor(None, read_ahead, self.state.index(name))

    def changed(self, params: lsp.DidChangeTextDocumentParams) -> None:
        """A document was changed, in one place or several, one after the other."""
        document = self.state.documents.get(self.name_of(params.text_document.uri))
        if document is None:
            return
        for change in params.content_changes:
            part = getattr(change, "range", None)
            start = (part.start.line, part.start.character) if part is not None else None
            end = (part.end.line, part.end.character) if part is not None else None
            document.change(change.text, start, end)
        document.version = params.text_document.version
        self.due(self.state.changed(document.name), self.pause)

    def closed(self, params: lsp.DidCloseTextDocumentParams) -> None:
        """A document was closed: what is on disk counts again; a strategy without an open file is let go."""
        name = self.name_of(params.text_document.uri)
        if self.state.documents.pop(name, None) is None:
            return
        self.reread()
        self.show([name])

    def reread(self) -> None:
        """Files have changed on disk."""
        self.due(self.state.reread(), 0)
        for root in self.state.gone():
            self._worker.submit(self.checker.forget, root)
        self.show(name for name in self._open_as if name not in self.state.documents)

    # ---- diagnostics ----

    def due(self, roots: Iterable[str], pause: float) -> None:
        """Check strategies after a pause in which nothing else happens."""
        loop = asyncio.get_running_loop()
        for root in roots:
            if root in self._due:
                self._due[root].cancel()
            self._due[root] = loop.call_later(pause, self._start, root)

    def _start(self, root: str) -> None:
        self._due.pop(root, None)
        if root in self._running:
            self.due([root], self.pause)
            return
        project = self.state.project(root)
        if project is not None:
            self._running.add(root)
            task = asyncio.ensure_future(self._check(Job(project, self.state.texts, self._rules(root))))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _check(self, job: Job) -> None:
        """Check one strategy in the worker's thread, then show what was found."""
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(self._worker, self.checker.check, job)
        except Exception as fault:  # a fault of ours must not end the session; the log says where it was
            logging.getLogger(__name__).error("check failed: %s", type(fault).__name__, exc_info=fault)
            self.checker.forget(job.project.root)
            return
        finally:
            self._running.discard(job.project.root)
        self.show(self.state.keep(job, found))
        done, self._done = self._done, asyncio.Event()
        done.set()

    async def found(self, name: str) -> tuple[Diagnostic, ...]:
        """The diagnostics of the present text of a file, as soon as they are there; none if that takes too long."""
        loop = asyncio.get_running_loop()
        latest = loop.time() + PATIENCE
        while (found := self.state.found(name)) is None and loop.time() < latest:
            try:
                await asyncio.wait_for(self._done.wait(), latest - loop.time())
            except TimeoutError:
                break
        return found or ()

    def _rules(self, root: str) -> Rules:
        """Severities from the settings; wrong settings are said once, and then there are none."""
        try:
            return self.rules_of(root)
        except ValueError as wrong:
            if str(wrong) not in self._complained:
                self._complained.add(str(wrong))
                self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, str(wrong)))
            return NO_RULES

    def show(self, names: Iterable[str]) -> None:
        """Send the diagnostics of files, but for those whose text has changed since they were found."""
        converter = self.converter()
        for name in sorted(set(names)):
            found = self.state.found(name)
            if found is None:
                continue
            if found or name in self.state.documents:
                self._open_as.setdefault(name, self.uri_of(name))
            document = self.state.documents.get(name)
            self.text_document_publish_diagnostics(
                lsp.PublishDiagnosticsParams(
                    self.uri_of(name), _converted(converter, found), document.version if document else None
                )
            )


def read_ahead(index: Index) -> int:
    """Read every piece of a strategy that was just opened, so that the first completion does not have to."""
    return len(index.names.all)


def _converted(converter: Converter, found: Iterable[Diagnostic]) -> list[lsp.Diagnostic]:
    return [converter.diagnostic(diagnostic) for diagnostic in found]
