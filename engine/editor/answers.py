"""The answers of the language server, one a question; each asks one module and turns what it says into a message.

In: a server. Out: the same, with every feature registered. A place outside the text, or in a file that is not open,
gets an empty answer.
"""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from stratagem.dsl.diagnostics.diagnostic import Edit
from stratagem.engine.editor import convert, tokens
from stratagem.engine.editor.calls import call_at
from stratagem.engine.editor.complete import completions
from stratagem.engine.editor.fixes import Action, actions
from stratagem.engine.editor.folding import folds, selections
from stratagem.engine.editor.hover import hover
from stratagem.engine.editor.layout import formatting
from stratagem.engine.editor.protocol import REFUSED
from stratagem.engine.editor.references import definition, highlights, references
from stratagem.engine.editor.rename import CannotRename, rename, renamed_at
from stratagem.engine.editor.server import Server
from stratagem.engine.editor.symbols import outline, search
from stratagem.engine.editor.token_data import encoded, token_data

OPEN_PAGE = "stratagem.page"
FIX_ALL = f"{lsp.CodeActionKind.SourceFixAll.value}.stratagem"
_AGAIN = lsp.Command("Suggest", "editor.action.triggerSuggest")
_TRIGGERS = [".", " ", "(", ",", "{", "|", '"']
_KINDS = [lsp.CodeActionKind.QuickFix, FIX_ALL]
LEGEND = lsp.SemanticTokensLegend(list(tokens.TYPES), list(tokens.MODIFIERS))


class _CannotRename(JsonRpcException):
    """A refused rename: the editor shows the message."""

    CODE = REFUSED
    MESSAGE = "cannot rename"


class Answers:
    """Answers one server's questions."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.state = server.state
        self.sent: dict[str, tuple[str, list[int]]] = {}
        """The semantic tokens that were last sent for a file, with the number of the answer."""
        self.number = 0

    def _open(self, uri: str) -> str | None:
        """The name of a file that is open."""
        name = self.server.name_of(uri)
        return name if name in self.state.documents else None

    def _at(self, params: Any) -> tuple[str, int, int] | None:
        """The file, line and column that a question is about."""
        name = self._open(params.text_document.uri)
        if name is None:
            return None
        return (name, *self.server.converter().place(name, params.position))

    def complete(self, params: lsp.CompletionParams) -> lsp.CompletionList:
        """What may be written here."""
        at = self._at(params)
        if at is None:
            return lsp.CompletionList(False, [])
        found = completions(self.state.index(at[0]), *at, today=datetime.date.today().isoformat())
        converter = self.server.converter()
        snippets = self._can("completion", "completion_item", "snippet_support")
        again = _AGAIN if self._is_code() else None
        items = [
            convert.completion(item, converter.range(span), place, snippets, again)
            for place, (item, span) in enumerate(found.items)
        ]
        return lsp.CompletionList(found.more, items)

    def _can(self, *path: str) -> bool:
        found: Any = self.server.client_capabilities.text_document
        for word in path:
            found = getattr(found, word, None)
        return bool(found)

    def _is_code(self) -> bool:
        """Is it VS Code, or one made of it: only they know how to ask for completions again."""
        return "code" in self.client.lower() or "codium" in self.client.lower()

    client = ""

    def hover(self, params: lsp.HoverParams) -> lsp.Hover | None:
        """What the word here means."""
        at = self._at(params)
        found = hover(self.state.index(at[0]), *at) if at is not None else None
        if found is None:
            return None
        content = lsp.MarkupContent(lsp.MarkupKind.Markdown, found.text)
        return lsp.Hover(content, self.server.converter().range(found.span))

    def signature(self, params: lsp.SignatureHelpParams) -> lsp.SignatureHelp | None:
        """The arguments of the function that is being called."""
        at = self._at(params)
        call = call_at(self.state.lines(at[0]), at[1], at[2]) if at is not None else None
        if call is None:
            return None
        shown = [lsp.ParameterInformation(p.name) for p in call.function.parameters]
        doc = lsp.MarkupContent(lsp.MarkupKind.Markdown, call.function.meaning)
        active = min(call.argument, len(shown) - 1)
        return lsp.SignatureHelp([lsp.SignatureInformation(call.function.signature, doc, shown)], 0, active)

    def definition(self, params: lsp.DefinitionParams) -> list[lsp.Location]:
        """Where the name here is declared."""
        at = self._at(params)
        spans = definition(self.state.index(at[0]), *at) if at is not None else []
        return [self.server.converter().location(span) for span in spans]

    def references(self, params: lsp.ReferenceParams) -> list[lsp.Location]:
        """Everywhere the name here stands, in every strategy that has the file."""
        at = self._at(params)
        if at is None:
            return []
        declared = params.context.include_declaration
        spans = (span for index in self.state.indexes(at[0]) for span in references(index, *at, declared))
        converter = self.server.converter()
        return [converter.location(span) for span in dict.fromkeys(spans)]

    def highlight(self, params: lsp.DocumentHighlightParams) -> list[lsp.DocumentHighlight]:
        """The same name in this file."""
        at = self._at(params)
        found = highlights(self.state.index(at[0]), *at) if at is not None else []
        kinds = lsp.DocumentHighlightKind
        converter = self.server.converter()
        return [
            lsp.DocumentHighlight(converter.range(f.span), kinds.Write if f.declares else kinds.Read) for f in found
        ]

    def prepare_rename(self, params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder:
        """The name that a rename here would change."""
        at = self._at(params)
        if at is None:
            raise _CannotRename("The file is not open.")
        try:
            found = renamed_at(self.state.index(at[0]), *at)
        except CannotRename as reason:
            raise _CannotRename(str(reason)) from None
        return lsp.PrepareRenamePlaceholder(self.server.converter().range(found.span), found.mention.word)

    def rename(self, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        """The name here changed wherever it stands, in every strategy that has the file."""
        at = self._at(params)
        if at is None:
            return None
        edits: list[Edit] = []
        try:
            for index in self.state.indexes(at[0]):
                edits.extend(rename(index, *at, params.new_name.strip()))
        except CannotRename as reason:
            raise _CannotRename(str(reason)) from None
        return self.server.converter().workspace_edit(edits)

    def symbols(self, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        """The outline of the file."""
        name = self._open(params.text_document.uri)
        converter = self.server.converter()
        return [converter.symbol(s) for s in outline(self.state.index(name), name)] if name is not None else []

    def search(self, params: lsp.WorkspaceSymbolParams) -> list[lsp.WorkspaceSymbol]:
        """Names in all open strategies."""
        converter = self.server.converter()
        return [converter.found_symbol(s) for index in self.state.all_indexes() for s in search(index, params.query)]

    async def format(self, params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        """The file laid out."""
        name = self._open(params.text_document.uri)
        return await self._laid_out(name, 1, None) if name is not None else []

    async def format_part(self, params: lsp.DocumentRangeFormattingParams) -> list[lsp.TextEdit]:
        """Some lines laid out."""
        name = self._open(params.text_document.uri)
        if name is None:
            return []
        end = params.range.end.line + 1 - (params.range.end.character == 0 and params.range.end > params.range.start)
        return await self._laid_out(name, params.range.start.line + 1, end)

    async def _laid_out(self, name: str, first: int, last: int | None) -> list[lsp.TextEdit]:
        """Laid out beside other answers: of thousands of lines it takes a while. A text that has changed is left."""
        text = self.state.documents[name].text
        edits = await asyncio.get_running_loop().run_in_executor(None, formatting, name, text, first, last)
        document = self.state.documents.get(name)
        return self.server.converter().edits(edits) if document is not None and document.text == text else []

    async def actions(self, params: lsp.CodeActionParams) -> list[lsp.CodeAction | lsp.Command]:
        """What can be done about what was found here."""
        name = self._open(params.text_document.uri)
        if name is None:
            return []
        found = await self.server.found(name)
        first, last = params.range.start.line + 1, params.range.end.line + 1
        only = params.context.only
        made = (self._action(each) for each in actions(found, self.state.lines(name), first, last))
        return [action for action in made if not only or _asked_for(action, only)]

    def _action(self, action: Action) -> lsp.CodeAction | lsp.Command:
        converter = self.server.converter()
        if action.page:
            return lsp.Command(action.title, OPEN_PAGE, arguments=[action.page])
        return lsp.CodeAction(
            action.title,
            FIX_ALL if action.all_safe else lsp.CodeActionKind.QuickFix,
            [converter.diagnostic(action.diagnostic)] if action.diagnostic is not None else None,
            action.preferred or None,
            edit=converter.workspace_edit(action.edits),
        )

    def tokens(self, params: lsp.SemanticTokensParams) -> lsp.SemanticTokens:
        """What each word of the file is."""
        name = self._open(params.text_document.uri)
        if name is None:
            return lsp.SemanticTokens([])
        data = token_data(self.state.index(name), name, self.server.encoding)
        return lsp.SemanticTokens(data, self._remember(name, data))

    def _remember(self, name: str, data: list[int]) -> str:
        self.number += 1
        self.sent[name] = str(self.number), data
        return str(self.number)

    def tokens_changed(self, params: lsp.SemanticTokensDeltaParams) -> lsp.SemanticTokens | lsp.SemanticTokensDelta:
        """What has changed of it since the last answer."""
        name = self._open(params.text_document.uri)
        before = self.sent.get(name or "")
        now = self.tokens(lsp.SemanticTokensParams(params.text_document))
        if before is None or before[0] != params.previous_result_id:
            return now
        old, new = before[1], list(now.data)
        start = _alike(iter(old), iter(new), min(len(old), len(new)))
        end = _alike(reversed(old), reversed(new), min(len(old), len(new)) - start)
        edit = lsp.SemanticTokensEdit(start, len(old) - start - end, new[start : len(new) - end])
        return lsp.SemanticTokensDelta([edit] if edit.delete_count or edit.data else [], now.result_id)

    def tokens_of_part(self, params: lsp.SemanticTokensRangeParams) -> lsp.SemanticTokens:
        """What each word of some lines is."""
        name = self._open(params.text_document.uri)
        if name is None:
            return lsp.SemanticTokens([])
        first, last = params.range.start.line + 1, params.range.end.line + 1
        found = tokens.coloured(self.state.index(name), name, first, last)
        return lsp.SemanticTokens(encoded(found, self.state.lines(name), self.server.encoding))

    def folds(self, params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
        """What can be folded away."""
        name = self._open(params.text_document.uri)
        return [convert.fold(each) for each in folds(self.state.index(name), name)] if name is not None else []

    def selections(self, params: lsp.SelectionRangeParams) -> list[lsp.SelectionRange]:
        """Ever wider stretches around each place."""
        name = self._open(params.text_document.uri)
        if name is None:
            return []
        converter = self.server.converter()
        made = []
        for position in params.positions:
            outer: lsp.SelectionRange | None = None
            for span in reversed(selections(self.state.index(name), name, *converter.place(name, position))):
                outer = lsp.SelectionRange(converter.range(span), outer)
            assert outer is not None
            made.append(outer)
        return made

    def open_page(self, *words: object) -> None:
        """Show the page of a code."""
        from stratagem.dsl.diagnostics.pages import codes

        code = str(words[0][0] if words and isinstance(words[0], list) and words[0] else words[0] if words else "")
        if code in codes():
            self.server.window_show_document(lsp.ShowDocumentParams(convert.page_uri(code), take_focus=True))


def _alike(old: Iterator[int], new: Iterator[int], most: int) -> int:
    """How many of two rows are the same from their start."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if count == most or one != other:
            break
        count += 1
    return count


def _asked_for(action: lsp.CodeAction | lsp.Command, only: Any) -> bool:
    """Is the action of one of the kinds that the editor asks for; a page is one of the quick fixes."""
    kind = getattr(action, "kind", None) or lsp.CodeActionKind.QuickFix
    kind = str(getattr(kind, "value", kind))
    return any(kind == (o := str(getattr(one, "value", one))) or kind.startswith(f"{o}.") for one in only)


def serve(server: Server) -> Server:
    """Register everything."""
    answers = Answers(server)
    options: dict[str, tuple[Callable[..., Any], Any]] = {
        lsp.TEXT_DOCUMENT_COMPLETION: (answers.complete, lsp.CompletionOptions(trigger_characters=_TRIGGERS)),
        lsp.TEXT_DOCUMENT_HOVER: (answers.hover, None),
        lsp.TEXT_DOCUMENT_SIGNATURE_HELP: (answers.signature, lsp.SignatureHelpOptions(["(", ","])),
        lsp.TEXT_DOCUMENT_DEFINITION: (answers.definition, None),
        lsp.TEXT_DOCUMENT_REFERENCES: (answers.references, None),
        lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: (answers.highlight, None),
        lsp.TEXT_DOCUMENT_PREPARE_RENAME: (answers.prepare_rename, None),
        lsp.TEXT_DOCUMENT_RENAME: (answers.rename, lsp.RenameOptions(prepare_provider=True)),
        lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (answers.symbols, None),
        lsp.WORKSPACE_SYMBOL: (answers.search, None),
        lsp.TEXT_DOCUMENT_FORMATTING: (answers.format, None),
        lsp.TEXT_DOCUMENT_RANGE_FORMATTING: (answers.format_part, None),
        lsp.TEXT_DOCUMENT_CODE_ACTION: (answers.actions, lsp.CodeActionOptions(code_action_kinds=_KINDS)),
        lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: (answers.tokens, LEGEND),
        lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA: (answers.tokens_changed, LEGEND),
        lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE: (answers.tokens_of_part, LEGEND),
        lsp.TEXT_DOCUMENT_FOLDING_RANGE: (answers.folds, None),
        lsp.TEXT_DOCUMENT_SELECTION_RANGE: (answers.selections, None),
    }
    for name, (answer, option) in options.items():
        server.feature(name, option)(partial(answer))
    for event, taken in _events(server, answers).items():
        server.feature(event)(partial(taken))
    server.command(OPEN_PAGE)(partial(answers.open_page))
    return server


def _events(server: Server, answers: Answers) -> dict[str, Callable[[Any], None]]:
    """What the editor tells us."""

    def initialized(params: lsp.InitializeParams) -> None:
        answers.client = params.client_info.name if params.client_info is not None else ""

    def files_changed(params: Any) -> None:
        server.reread()

    def shut_down(params: Any) -> None:
        server.dismissed = True

    return {
        lsp.INITIALIZE: initialized,
        lsp.SHUTDOWN: shut_down,
        lsp.TEXT_DOCUMENT_DID_OPEN: server.opened,
        lsp.TEXT_DOCUMENT_DID_CHANGE: server.changed,
        lsp.TEXT_DOCUMENT_DID_CLOSE: server.closed,
        lsp.TEXT_DOCUMENT_DID_SAVE: files_changed,
        lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES: files_changed,
    }
