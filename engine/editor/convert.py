"""Our values as messages of the protocol, and its places as ours.

In: values of the editor's modules, a text to count columns in, the client's units. Out: `lsprotocol` types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from lsprotocol import types as lsp

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit
from stratagem.dsl.diagnostics.pages import FOLDER, codes
from stratagem.dsl.diagnostics.text import words
from stratagem.dsl.source import Span
from stratagem.engine.editor.documents import Encoding, code_points, units
from stratagem.engine.editor.folding import Fold
from stratagem.engine.editor.item import Item
from stratagem.engine.editor.symbols import Symbol

SOURCE = "stratagem"
_PLACEHOLDER = re.compile(r"\$\{\d+(?::((?:[^}\\]|\\.)*)|\|([^,|]*)[^}]*\|)?\}|\$\d+")
_SEVERITY = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "note": lsp.DiagnosticSeverity.Information,
}
_ITEM = {
    "statement": lsp.CompletionItemKind.Snippet, "word": lsp.CompletionItemKind.Keyword,
    "name": lsp.CompletionItemKind.Variable, "function": lsp.CompletionItemKind.Function,
    "operator": lsp.CompletionItemKind.Operator, "unit": lsp.CompletionItemKind.Unit,
    "value": lsp.CompletionItemKind.Value, "text": lsp.CompletionItemKind.Text,
}  # fmt: skip
_NAMED = {
    "field": lsp.CompletionItemKind.Field, "source": lsp.CompletionItemKind.Class,
    "segment": lsp.CompletionItemKind.Enum, "tiers": lsp.CompletionItemKind.Enum,
    "tier": lsp.CompletionItemKind.EnumMember, "stage": lsp.CompletionItemKind.EnumMember,
    "assumption": lsp.CompletionItemKind.Constant, "action": lsp.CompletionItemKind.Event,
    "channel": lsp.CompletionItemKind.Interface,
}  # fmt: skip
_SYMBOL = {
    "strategy": lsp.SymbolKind.Module, "business": lsp.SymbolKind.Module, "customer": lsp.SymbolKind.Class,
    "source": lsp.SymbolKind.Class, "field": lsp.SymbolKind.Field, "assume": lsp.SymbolKind.Constant,
    "assumption": lsp.SymbolKind.Constant, "measure": lsp.SymbolKind.Variable, "value": lsp.SymbolKind.Variable,
    "metric": lsp.SymbolKind.Number, "goal metric": lsp.SymbolKind.Number, "segments": lsp.SymbolKind.Enum,
    "tiers": lsp.SymbolKind.Enum, "segment": lsp.SymbolKind.Enum, "tier": lsp.SymbolKind.EnumMember,
    "stage": lsp.SymbolKind.EnumMember, "action": lsp.SymbolKind.Event, "channel": lsp.SymbolKind.Interface,
    "test": lsp.SymbolKind.Method, "message": lsp.SymbolKind.String, "journey": lsp.SymbolKind.Namespace,
    "group": lsp.SymbolKind.Struct,
}  # fmt: skip


class Converter:
    """Turns places of one state of the files. `lines`: the lines of a file by its name; `uri`: how it is called."""

    def __init__(self, encoding: Encoding, lines: Callable[[str], Sequence[str]], uri: Callable[[str], str]) -> None:
        self.encoding = encoding
        self.uri = uri
        self.lines: Callable[[str], Sequence[str]] = cache(lines)

    def place(self, file: str, position: lsp.Position) -> tuple[int, int]:
        """A line and a column, both from 1; beyond the text its nearest place."""
        lines = self.lines(file)
        number = max(0, min(position.line, len(lines) - 1))
        if position.line > number:
            return number + 1, len(lines[number]) + 1
        return number + 1, code_points(lines[number], position.character, self.encoding) + 1

    def position(self, file: str, line: int, column: int) -> lsp.Position:
        """A place of ours as theirs."""
        lines = self.lines(file)
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        return lsp.Position(max(line - 1, 0), units(text, max(column - 1, 0), self.encoding))

    def range(self, span: Span) -> lsp.Range:
        """A span as a range."""
        start = self.position(span.file, span.line, span.column)
        return lsp.Range(start, self.position(span.file, span.end_line, span.end_column))

    def location(self, span: Span) -> lsp.Location:
        return lsp.Location(self.uri(span.file), self.range(span))

    def diagnostic(self, diagnostic: Diagnostic) -> lsp.Diagnostic:
        """With its reason and help in the message, its labels as places to look at."""
        said = words(diagnostic)
        text = "\n".join(part for part in (said.title, said.reason, said.help) if part)
        related = [
            lsp.DiagnosticRelatedInformation(self.location(label.span), label.text)
            for label in diagnostic.labels
            if label.span.file
        ]
        page = FOLDER / f"{diagnostic.code}.md"
        return lsp.Diagnostic(
            self.range(diagnostic.span), text, _SEVERITY[said.severity], diagnostic.code,
            lsp.CodeDescription(page.as_uri()) if diagnostic.code in codes() else None, SOURCE,
            related_information=related or None,
        )  # fmt: skip

    def edits(self, edits: Iterable[Edit]) -> list[lsp.TextEdit]:
        """Edits of one file."""
        return [lsp.TextEdit(self.range(edit.span), edit.text) for edit in edits]

    def workspace_edit(self, edits: Iterable[Edit]) -> lsp.WorkspaceEdit:
        """Edits of several files."""
        changes: dict[str, list[lsp.TextEdit]] = {}
        for edit in edits:
            made = lsp.TextEdit(self.range(edit.span), edit.text)
            listed = changes.setdefault(self.uri(edit.span.file), [])
            if made not in listed:
                listed.append(made)
        return lsp.WorkspaceEdit(changes=changes)

    def symbol(self, symbol: Symbol) -> lsp.DocumentSymbol:
        """A symbol with those below it."""
        kind = _SYMBOL.get(symbol.kind, lsp.SymbolKind.Property)
        return lsp.DocumentSymbol(
            symbol.name, kind, self.range(symbol.span), self.range(symbol.name_at), detail=symbol.detail or None,
            children=[self.symbol(each) for each in symbol.below],
        )  # fmt: skip

    def found_symbol(self, symbol: Symbol) -> lsp.WorkspaceSymbol:
        """A symbol that was searched for."""
        kind = _SYMBOL.get(symbol.kind, lsp.SymbolKind.Property)
        return lsp.WorkspaceSymbol(
            self.location(symbol.name_at), symbol.name, kind, container_name=symbol.inside or symbol.kind
        )


def fold(found: Fold) -> lsp.FoldingRange:
    """A stretch that can be folded away."""
    kind = lsp.FoldingRangeKind.Comment if found.kind == "comment" else lsp.FoldingRangeKind.Region
    return lsp.FoldingRange(found.first - 1, found.last - 1, kind=kind)


def completion(
    item: Item, range_: lsp.Range, place: int, snippets: bool, again: lsp.Command | None
) -> lsp.CompletionItem:
    """A completion. Where the editor knows no snippets it is plain text."""
    snippet = item.snippet and snippets
    text = item.text if snippet or not item.snippet else without_places(item.text)
    begun = bool(item.typed) and item.label.startswith(item.typed)
    return lsp.CompletionItem(
        item.label,
        kind=_NAMED.get(item.kind) or _ITEM[item.sort],
        detail=item.detail or None,
        documentation=lsp.MarkupContent(lsp.MarkupKind.Markdown, item.doc) if item.doc else None,
        sort_text=f"{place:04}",
        filter_text=None if begun or not item.typed else item.typed,
        insert_text_format=lsp.InsertTextFormat.Snippet if snippet else lsp.InsertTextFormat.PlainText,
        insert_text_mode=lsp.InsertTextMode.AdjustIndentation if "\n" in text else None,
        text_edit=lsp.TextEdit(range_, text),
        command=again if item.again else None,
    )


def without_places(text: str) -> str:
    """A snippet as plain text: its places with what they hold."""
    made = _PLACEHOLDER.sub(lambda found: found[1] or found[2] or "", text)
    return re.sub(r"\\(.)", r"\1", made).rstrip()


def page_uri(code: str) -> str:
    """Where the page of a code is."""
    return Path(FOLDER / f"{code}.md").as_uri()
