"""The real process, driven by a real client over its pipes: everything an editor does in a session."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from stratagem.dsl.format import format_source
from stratagem.dsl.source import SourceText
from stratagem.engine.editor.protocol import REFUSED
from tests.editor.asking import KIOSK, place
from tests.editor.client import Client, session

pytestmark = pytest.mark.slow
METHOD_NOT_FOUND, INVALID_PARAMS, INVALID_REQUEST = -32601, -32602, -32600
MISSPELT = KIOSK.replace("when quiet_days > 60", "when quite_days > 60")


def where(words: str, text: str = KIOSK) -> lsp.Position:
    """The place of the `|` in a stretch of a text, in UTF-16 units."""
    line, column = place(text, text.index(words.replace("|", "", 1)) + words.index("|"))
    before = text.split("\n")[line - 1][: column - 1]
    return lsp.Position(line - 1, len(before.encode("utf-16-le")) // 2)


class Opened:
    """A session with the kiosk open."""

    def __init__(self, client: Client, folder: Path, text: str = KIOSK) -> None:
        self.client = client
        self.text = text
        self.file = folder / "kiosk.strategy"
        self.uri = self.file.as_uri()
        self.id = lsp.TextDocumentIdentifier(self.uri)
        self.file.write_text(text, "utf-8")
        client.open(self.uri, text)

    def at(self, words: str) -> tuple[lsp.TextDocumentIdentifier, lsp.Position]:
        return self.id, where(words, self.text)

    def text_of(self, range_: lsp.Range) -> str:
        """What a range of one line covers."""
        row = self.text.split("\n")[range_.start.line].encode("utf-16-le")
        return row[range_.start.character * 2 : range_.end.character * 2].decode("utf-16-le")


def play(folder: Path, scene: Callable[[Client, Opened], Awaitable[None]], text: str = KIOSK) -> None:
    """Start, open the kiosk, play a scene, say goodbye."""

    async def played(client: Client) -> None:
        await client.start(folder)
        await scene(client, Opened(client, folder, text))
        assert await client.end() == 0

    session(played)


def test_a_session_from_greeting_to_goodbye(tmp_path: Path) -> None:
    async def scene(c: Client, kiosk: Opened) -> None:
        server = c.lsp
        found = await c.of(server.text_document_completion_async(lsp.CompletionParams(*kiosk.at("through em|ail"))))
        assert isinstance(found, lsp.CompletionList)
        assert [item.label for item in found.items] == ["email"]
        edit = found.items[0].text_edit
        assert isinstance(edit, lsp.TextEdit) and kiosk.text_of(edit.range) == "email"

        hover = await c.of(server.text_document_hover_async(lsp.HoverParams(*kiosk.at("when quiet_d|ays"))))
        assert hover is not None and isinstance(hover.contents, lsp.MarkupContent)
        assert "Days since the last visit" in hover.contents.value and kiosk.text_of(hover.range) == "quiet_days"  # type: ignore[arg-type]

        declared = await c.of(
            server.text_document_definition_async(lsp.DefinitionParams(*kiosk.at("when quiet_d|ays")))
        )
        assert isinstance(declared, list) and kiosk.text_of(declared[0].range) == "quiet_days"  # type: ignore[union-attr]

        asked = lsp.ReferenceParams(lsp.ReferenceContext(True), *kiosk.at("when quiet_d|ays"))
        uses = await c.of(server.text_document_references_async(asked))
        assert uses is not None and [kiosk.text_of(use.range) for use in uses] == ["quiet_days"] * 3

        marked = await c.of(
            server.text_document_document_highlight_async(lsp.DocumentHighlightParams(*kiosk.at("when quiet_d|ays")))
        )
        assert marked is not None and len(marked) == 3

        ready = await c.of(
            server.text_document_prepare_rename_async(lsp.PrepareRenameParams(*kiosk.at("when quiet_d|ays")))
        )
        assert isinstance(ready, lsp.PrepareRenamePlaceholder) and ready.placeholder == "quiet_days"
        renamed = await c.of(
            server.text_document_rename_async(lsp.RenameParams(*kiosk.at("when quiet_d|ays"), new_name="calm_days"))
        )
        assert renamed is not None and renamed.changes is not None
        assert [edit.new_text for edit in renamed.changes[kiosk.uri]] == ["calm_days"] * 3
        with pytest.raises(JsonRpcException, match="already"):
            await c.of(
                server.text_document_rename_async(lsp.RenameParams(*kiosk.at("measure spe|nd"), new_name="gold"))
            )
        with pytest.raises(JsonRpcException, match="no declared name"):
            await c.of(server.text_document_prepare_rename_async(lsp.PrepareRenameParams(*kiosk.at('"Ki|osk'))))

    play(tmp_path, scene)


def test_outlines_folds_and_selections(tmp_path: Path) -> None:
    async def scene(c: Client, kiosk: Opened) -> None:
        server = c.lsp
        symbols = await c.of(server.text_document_document_symbol_async(lsp.DocumentSymbolParams(kiosk.id)))
        assert symbols and {"guests", "come_back"} <= {symbol.name for symbol in symbols}
        named = await c.of(server.workspace_symbol_async(lsp.WorkspaceSymbolParams("comeb")))
        assert named and [symbol.name for symbol in named] == ["come_back"]

        folds = await c.of(server.text_document_folding_range_async(lsp.FoldingRangeParams(kiosk.id)))
        assert folds and len(folds) > 15
        spans = await c.of(
            server.text_document_selection_range_async(lsp.SelectionRangeParams(kiosk.id, [where("when quiet_d|ays")]))
        )
        assert spans and kiosk.text_of(spans[0].range) == "quiet_days" and spans[0].parent is not None

        called = await c.of(
            server.text_document_signature_help_async(lsp.SignatureHelpParams(*kiosk.at("cost|s 0.10")))
        )
        assert called is None

    play(tmp_path, scene)


def test_semantic_tokens_whole_in_part_and_as_changes(tmp_path: Path) -> None:
    async def scene(c: Client, kiosk: Opened) -> None:
        whole = await c.of(c.lsp.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(kiosk.id)))
        assert whole is not None and whole.result_id and len(whole.data) % 5 == 0 and len(whole.data) > 1000
        part = await c.of(
            c.lsp.text_document_semantic_tokens_range_async(
                lsp.SemanticTokensRangeParams(kiosk.id, lsp.Range(lsp.Position(0, 0), lsp.Position(3, 0)))
            )
        )
        assert part is not None and list(whole.data)[: len(part.data)] == list(part.data)
        c.change(kiosk.uri, 2, "3", lsp.Range(lsp.Position(0, 9), lsp.Position(0, 10)))
        asked = lsp.SemanticTokensDeltaParams(kiosk.id, whole.result_id)
        delta = await c.of(c.lsp.text_document_semantic_tokens_full_delta_async(asked))
        assert isinstance(delta, lsp.SemanticTokensDelta) and list(delta.edits) == []
        c.change(kiosk.uri, 3, "# new\n", lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0)))
        asked = lsp.SemanticTokensDeltaParams(kiosk.id, delta.result_id or "")
        delta = await c.of(c.lsp.text_document_semantic_tokens_full_delta_async(asked))
        assert isinstance(delta, lsp.SemanticTokensDelta)
        data = list(whole.data)
        for edit in delta.edits:
            data[edit.start : edit.start + edit.delete_count] = edit.data or []
        again = await c.of(c.lsp.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(kiosk.id)))
        assert again is not None and data == list(again.data)

    play(tmp_path, scene)


def test_diagnostics_follow_the_keys_and_carry_their_fixes(tmp_path: Path) -> None:
    async def scene(c: Client, kiosk: Opened) -> None:
        await c.until(lambda: kiosk.uri in c.diagnostics)
        calm = c.codes(kiosk.uri)
        assert "S261" not in calm
        at = where("when qui|et_days > 60")
        c.change(kiosk.uri, 2, "te", lsp.Range(at, lsp.Position(at.line, at.character + 2)))
        await c.until(lambda: "S261" in c.codes(kiosk.uri))
        assert c.diagnostics[kiosk.uri].version == 2
        wrong = next(d for d in c.diagnostics[kiosk.uri].diagnostics if d.code == "S261")
        assert wrong.code_description is not None and wrong.code_description.href.endswith("S261.md")
        asked = lsp.CodeActionParams(kiosk.id, wrong.range, lsp.CodeActionContext([wrong]))
        actions = await c.of(c.lsp.text_document_code_action_async(asked))
        assert actions
        fix = next(a for a in actions if isinstance(a, lsp.CodeAction) and a.edit is not None)
        assert fix.edit is not None and fix.edit.changes is not None
        [edit] = fix.edit.changes[kiosk.uri]
        page = next(a for a in actions if isinstance(a, lsp.Command))
        run = lsp.ExecuteCommandParams(page.command, arguments=page.arguments)
        await c.of(c.lsp.workspace_execute_command_async(run))
        await c.until(lambda: c.shown)
        assert c.shown[0].endswith("S261.md")
        c.change(kiosk.uri, 3, edit.new_text, edit.range)
        await c.until(lambda: c.diagnostics[kiosk.uri].version == 3 and c.codes(kiosk.uri) == calm)
        only = lsp.CodeActionParams(
            kiosk.id, lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0)),
            lsp.CodeActionContext([], only=[lsp.CodeActionKind.SourceFixAll]),
        )  # fmt: skip
        assert not await c.of(c.lsp.text_document_code_action_async(only))
        c.change(kiosk.uri, 4, KIOSK.replace('"Kiosk"', "\u201cKiosk\u201d"))
        await c.until(lambda: c.diagnostics[kiosk.uri].version == 4)
        all_safe = await c.of(c.lsp.text_document_code_action_async(only))
        assert all_safe and [getattr(a, "kind", "") for a in all_safe] == ["source.fixAll.stratagem"]
        c.close(kiosk.uri)
        await c.until(lambda: c.codes(kiosk.uri) == [])

    play(tmp_path, scene)


def test_other_files_of_the_strategy_are_checked_without_being_open(tmp_path: Path) -> None:
    rest = tmp_path / "rest.strategy"
    rest.write_text('measure twice "Twice" = spend * 2\nmeasure odd "Odd" = nobody_knows\n', "utf-8")

    async def scene(c: Client, kiosk: Opened) -> None:
        def shown_beside(code: str) -> set[str]:
            """The files that a finding of the kiosk points into."""
            found = [d for d in c.diagnostics[kiosk.uri].diagnostics if d.code == code]
            return {place.location.uri for d in found for place in d.related_information or ()}

        await c.until(lambda: "S261" in c.codes(rest.as_uri()))
        assert c.diagnostics[rest.as_uri()].version is None
        at = where("measure |spend")
        c.change(kiosk.uri, 2, "spent", lsp.Range(at, lsp.Position(at.line, at.character + 5)))
        await c.until(lambda: rest.as_uri() in shown_beside("S261"))
        rest.unlink()
        event = lsp.FileEvent(rest.as_uri(), lsp.FileChangeType.Deleted)
        c.lsp.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([event]))
        await c.until(lambda: rest.as_uri() not in shown_beside("S261"))
        assert c.codes(rest.as_uri()) == []
        asked = lsp.ReferenceParams(lsp.ReferenceContext(True), kiosk.id, lsp.Position(at.line, at.character))
        uses = await c.of(c.lsp.text_document_references_async(asked))
        assert uses is not None and {use.uri for use in uses} == {kiosk.uri}

    play(tmp_path, scene)


def test_formatting_whole_and_in_part(tmp_path: Path) -> None:
    messy = KIOSK.replace("costs 0.10 EUR", "costs   0.10   EUR").replace("priority", "priority")

    async def scene(c: Client, kiosk: Opened) -> None:
        options = lsp.FormattingOptions(2, True)
        edits = await c.of(c.lsp.text_document_formatting_async(lsp.DocumentFormattingParams(kiosk.id, options)))
        assert edits and format_source(SourceText("k", messy)) != messy
        line = messy.split("\n").index("  costs   0.10   EUR")
        span = lsp.Range(lsp.Position(line, 0), lsp.Position(line + 1, 0))
        part = await c.of(
            c.lsp.text_document_range_formatting_async(lsp.DocumentRangeFormattingParams(kiosk.id, span, options))
        )
        assert part and [edit.new_text.strip() for edit in part] == ["costs 0.10 EUR"]
        away = lsp.Range(lsp.Position(0, 0), lsp.Position(1, 0))
        none = await c.of(
            c.lsp.text_document_range_formatting_async(lsp.DocumentRangeFormattingParams(kiosk.id, away, options))
        )
        assert not none

    play(tmp_path, scene, messy)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_umlauts_and_emoji_do_not_shift_a_place(tmp_path: Path, encoding: str) -> None:
    odd = KIOSK.replace(
        "    subject",
        '    subject "Grüße 😀 {{ spend }}" # 😀'.replace("subject", "subject") + "\n    # was: subject",
        1,
    )
    codec = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[encoding]
    width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]

    async def scene(c: Client) -> None:
        result = await c.start(tmp_path, [encoding])
        agreed = result.capabilities.position_encoding
        assert str(getattr(agreed, "value", agreed)) == encoding
        kiosk = Opened(c, tmp_path, odd)
        line = odd.split("\n").index(next(t for t in odd.split("\n") if "Grüße" in t))
        row = odd.split("\n")[line]
        start = len(row[: row.index("spend")].encode(codec)) // width
        asked = lsp.HoverParams(kiosk.id, lsp.Position(line, start + 2))
        hover = await c.of(c.lsp.text_document_hover_async(asked))
        assert hover is not None and hover.range is not None
        assert (hover.range.start.character, hover.range.end.character) == (start, start + 5)
        c.change(kiosk.uri, 2, "spent", hover.range)
        await c.until(lambda: "S480" in c.codes(kiosk.uri) or (c.diagnostics.get(kiosk.uri) is not None
                      and c.diagnostics[kiosk.uri].version == 2))  # fmt: skip
        wrong = [d for d in c.diagnostics[kiosk.uri].diagnostics if d.range.start.line == line]
        assert any(d.range.start.character == start for d in wrong)
        assert await c.end() == 0

    session(scene)


def test_half_lines_wrong_requests_and_strange_files_never_end_the_session(tmp_path: Path) -> None:
    async def scene(c: Client, kiosk: Opened) -> None:
        for number, text in enumerate(
            ["", "action", "action a\n  when (", '"""', "\t\tx\n)", "a\ud83d", "x" * 30_000], 2
        ):
            c.change(kiosk.uri, number, text)
            found = await c.of(c.lsp.text_document_completion_async(lsp.CompletionParams(kiosk.id, lsp.Position(0, 3))))
            assert found is not None
        nowhere = lsp.TextDocumentIdentifier((tmp_path / "none.strategy").as_uri())
        assert await c.of(c.lsp.text_document_hover_async(lsp.HoverParams(nowhere, lsp.Position(5, 5)))) is None
        c.change(nowhere.uri, 1, "x", lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0)))
        c.close(nowhere.uri)
        far = lsp.HoverParams(kiosk.id, lsp.Position(10_000, 10_000))
        assert await c.of(c.lsp.text_document_hover_async(far)) is None
        before = '{"textDocument": {"uri": "file:///x.strategy"}, "position": {"line": -1, "character": 0}}'
        assert await c.refusal(901, "textDocument/hover", '{"nonsense": 1}') == INVALID_PARAMS
        assert await c.refusal(902, "textDocument/hover", before) == INVALID_PARAMS
        assert await c.refusal(903, "textDocument/unheardOf", "{}") == METHOD_NOT_FOUND
        c.raw(b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": 3}')
        c.raw(b'{"jsonrpc"')
        untitled = "untitled:Untitled-1"
        c.open(untitled, MISSPELT)
        await c.until(lambda: "S261" in c.codes(untitled))
        elsewhere = tmp_path.parent / "apart.strategy"
        c.open(elsewhere.as_uri(), KIOSK)
        asked = lsp.CompletionParams(lsp.TextDocumentIdentifier(elsewhere.as_uri()), where("through em|ail"))
        found = await c.of(c.lsp.text_document_completion_async(asked))
        assert isinstance(found, lsp.CompletionList) and [item.label for item in found.items] == ["email"]

    play(tmp_path, scene)


def test_a_question_after_the_end_is_refused(tmp_path: Path) -> None:
    async def played(client: Client) -> None:
        await client.start(tmp_path)
        await client.of(client.lsp.shutdown_async(None))
        assert await client.refusal(901, "textDocument/hover", "{}") == INVALID_PARAMS
        assert await client.refusal(902, "workspace/symbol", '{"query": "x"}') == INVALID_REQUEST
        client.lsp.exit(None)
        await client.lsp.stop()

    session(played)


def test_settings_set_severities_and_wrong_ones_are_said_once(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.stratagem.rules]\nL051 = "off"\n', "utf-8")

    async def scene(c: Client, kiosk: Opened) -> None:
        await c.until(lambda: kiosk.uri in c.diagnostics)
        assert "L051" not in c.codes(kiosk.uri)
        (tmp_path / "pyproject.toml").write_text('[tool.stratagem.rules]\nL05 = "off"\n', "utf-8")
        c.change(kiosk.uri, 2, KIOSK + "\n")
        await c.until(lambda: c.said and "L051" in c.codes(kiosk.uri))
        c.change(kiosk.uri, 3, KIOSK)
        await c.until(lambda: c.diagnostics[kiosk.uri].version == 3)
        assert len(c.said) == 1 and "L05" in c.said[0]

    play(tmp_path, scene)


def test_where_pygls_is_missing_the_command_says_how_to_get_it(tmp_path: Path) -> None:
    hidden = "import sys\nsys.modules['pygls'] = None\nfrom stratagem.engine.cli.app import app\napp.main(['lsp'])\n"
    done = subprocess.run(
        [sys.executable, "-c", hidden], capture_output=True, text=True, cwd=tmp_path, env={**os.environ}, check=False
    )
    assert done.returncode == 2 and 'pip install "stratagem[lsp]"' in done.stderr and done.stdout == ""


@pytest.mark.parametrize("words", [["lsp"], ["lsp", "--stdio"]], ids=" ".join)
def test_a_client_that_leaves_without_a_word_ends_the_process(words: list[str], tmp_path: Path) -> None:
    """Many clients say `--stdio`; it starts the same."""
    done = subprocess.run(
        [sys.executable, "-m", "stratagem", *words], input=b"Content-Length: 3\r\n\r\n{x}", capture_output=True,
        cwd=tmp_path, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1 and b"Traceback" not in done.stdout


def test_a_refusal_is_an_answer_and_no_fault_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("pygls.protocol.json_rpc")
    for fault in (JsonRpcException("Not a name.", REFUSED), JsonRpcException("broken"), ValueError("broken")):
        try:
            raise fault
        except Exception:
            log.exception("Exception occurred")
    assert [type(record.exc_info[1]).__name__ for record in caplog.records if record.exc_info] == [
        "JsonRpcException", "ValueError"
    ]  # fmt: skip
