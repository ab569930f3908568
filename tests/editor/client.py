"""A real client: it starts `stratagem lsp` as an editor does, and talks to it over its pipes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.client import LanguageClient

LONGEST = 60.0
"""Seconds that any one answer may take on a machine that is busy with something else."""
T = TypeVar("T")


class Client:
    """One session with the server. `diagnostics`: what it last said of each file; `shown`: pages it asked to show."""

    def __init__(self) -> None:
        self.lsp = LanguageClient("tests", "1")
        self.diagnostics: dict[str, lsp.PublishDiagnosticsParams] = {}
        self.said: list[str] = []
        self.shown: list[str] = []
        self._news = asyncio.Event()
        self.lsp.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(self._published())
        self.lsp.feature(lsp.WINDOW_SHOW_MESSAGE)(self._message())
        self.lsp.feature(lsp.WINDOW_SHOW_DOCUMENT)(self._show())

    def _published(self) -> Callable[[lsp.PublishDiagnosticsParams], None]:
        def published(params: lsp.PublishDiagnosticsParams) -> None:
            self.diagnostics[params.uri] = params
            self._news.set()

        return published

    def _message(self) -> Callable[[lsp.ShowMessageParams], None]:
        def message(params: lsp.ShowMessageParams) -> None:
            self.said.append(params.message)
            self._news.set()

        return message

    def _show(self) -> Callable[[lsp.ShowDocumentParams], lsp.ShowDocumentResult]:
        def show(params: lsp.ShowDocumentParams) -> lsp.ShowDocumentResult:
            self.shown.append(params.uri)
            self._news.set()
            return lsp.ShowDocumentResult(True)

        return show

    async def start(
        self, folder: Path, encodings: list[str] | None = None, client: str = "tests"
    ) -> lsp.InitializeResult:
        """Start the process and greet it."""
        await self.lsp.start_io(sys.executable, "-m", "stratagem", "lsp", cwd=str(folder))
        general = lsp.GeneralClientCapabilities(position_encodings=encodings) if encodings else None
        snippets = lsp.ClientCompletionItemOptions(snippet_support=True)
        text = lsp.TextDocumentClientCapabilities(completion=lsp.CompletionClientCapabilities(completion_item=snippets))
        greeting = lsp.InitializeParams(
            lsp.ClientCapabilities(general=general, text_document=text), root_uri=folder.as_uri(),
            client_info=lsp.ClientInfo(client),
        )  # fmt: skip
        result = await self.of(self.lsp.initialize_async(greeting))
        self.lsp.initialized(lsp.InitializedParams())
        return result

    async def of(self, question: Awaitable[T]) -> T:
        """The answer to a question, within a generous time."""
        return await asyncio.wait_for(question, LONGEST)

    async def until(self, holds: Callable[[], Any]) -> None:
        """Wait for news until something holds."""

        async def wait() -> None:
            while not holds():
                self._news.clear()
                await self._news.wait()

        await asyncio.wait_for(wait(), LONGEST)

    def open(self, uri: str, text: str, version: int = 1) -> None:
        """Open a document with a text."""
        self.lsp.text_document_did_open(
            lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "stratagem", version, text))
        )

    def change(self, uri: str, version: int, text: str, where: lsp.Range | None = None) -> None:
        """Change a document: a stretch of it, or all."""
        change = (
            lsp.TextDocumentContentChangeWholeDocument(text)
            if where is None
            else lsp.TextDocumentContentChangePartial(where, text)
        )
        self.lsp.text_document_did_change(
            lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(version, uri), [change])
        )

    def close(self, uri: str) -> None:
        """Close a document."""
        self.lsp.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))

    def raw(self, body: bytes) -> None:
        """Send what no well-made client would."""
        self.lsp.protocol.writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))  # type: ignore[union-attr]

    async def refusal(self, number: int, method: str, params: str) -> int:
        """Ask what no well-made client would; the code of the error that comes back."""
        asked: Future[Any] = Future()
        self.lsp.protocol._request_futures[number] = asked
        self.raw(f'{{"jsonrpc": "2.0", "id": {number}, "method": "{method}", "params": {params}}}'.encode())
        try:
            await self.of(asyncio.wrap_future(asked))
        except JsonRpcException as fault:
            return fault.code
        raise AssertionError(f"{method} was answered")

    def codes(self, uri: str) -> list[str]:
        """The codes last said of a file."""
        found = self.diagnostics.get(uri)
        return [str(d.code) for d in found.diagnostics] if found is not None else []

    async def end(self) -> int:
        """Say goodbye; the exit code of the process."""
        await self.of(self.lsp.shutdown_async(None))
        self.lsp.exit(None)
        server = self.lsp._server
        assert server is not None
        code = await asyncio.wait_for(server.wait(), LONGEST)
        await self.lsp.stop()
        return code


def session(play: Callable[[Client], Awaitable[None]]) -> None:
    """Play one session; the process is ended whatever happens in it."""

    async def run() -> None:
        client = Client()
        try:
            await play(client)
        finally:
            server = client.lsp._server
            if server is not None and server.returncode is None:
                server.kill()
                await server.wait()

    asyncio.run(run())
