"""References in slots: each looks in the kinds its slot names, and nowhere else.

In: a word and the kinds its slot takes. Out: the `Ref`, or a finding that says which kinds were looked in and what is
near. A field may be bare where one source with one row per customer has it; it is kept as `source.field`.
"""

from __future__ import annotations

from collections.abc import Sequence

from stratagem.dsl.catalogue.pattern import SlotPart
from stratagem.dsl.diagnostics.diagnostic import Edit, Fix, Label
from stratagem.dsl.diagnostics.suggest import distance
from stratagem.dsl.model.base import Ref
from stratagem.dsl.nodes import Node, Word
from stratagem.dsl.resolve.findings import Findings
from stratagem.dsl.resolve.symbols import Of, SourceNames, Symbol, Table
from stratagem.dsl.resolve.unknown import fields_of, nearest, one_of_few, replace_with
from stratagem.dsl.resolve.wording import a, either, name_kind

GATES = ("segment", "stage", "dates", "when", "unless", "channel", "policy", "score", "rank", "budget", "holdout")
"""What may stop an action, by the names tests use."""
_OWN_FIELD = ("source.one", "source.many", "source.lookup", "source.dated_by")
_OF_ANY_ROWS = "question.answers"
"""Takes a field of any source, by its full name."""
_ANY_SOURCE = ("customer.identified_by", "customer.matched_on")


class References:
    """Resolves the words of `ref` and `refs` slots."""

    def __init__(self, table: Table, findings: Findings) -> None:
        self.table = table
        self.findings = findings

    def ref(self, word: Word, part: SlotPart, node: Node, parent: Node | None) -> Ref:
        """The reference; one that refers to nothing is kept as written, after a finding."""
        if part.arguments == ("field",):
            return self._field(word, node, parent)
        if not node.broken and not any(self.knows(kind, word.text) for kind in part.arguments):
            self._unknown(word, part)
        return Ref(name=word.text, at=word.span)

    def knows(self, kind: str, name: str) -> bool:
        """Is there something of this kind and name."""
        match kind:
            case "gate":
                return name in GATES
            case "fact":
                return any(self.table.get(of, name) for of in (Of.ASSUMPTION, Of.MEASURE, Of.VALUE))
            case "source":
                return name in self.table.sources
            case "field":
                head, _, field = name.rpartition(".")
                sources = [self.table.sources.get(head)] if head else self.table.sources.values()
                return any(source is not None and field in source.fields for source in sources)
        return self.table.get(Of(kind), name) is not None

    def _known(self, part: SlotPart) -> set[str]:
        known: set[str] = set()
        for kind in part.arguments:
            if kind == "gate":
                known.update(GATES)
            elif kind == "fact":
                known.update(self.table.names(Of.ASSUMPTION, Of.MEASURE, Of.VALUE))
            elif kind == "source":
                known.update(self.table.sources)
            elif kind == "field":
                known.update(name for s in self.table.sources.values() for name in s.fields)
                known.update(f"{s.name}.{name}" for s in self.table.sources.values() for name in s.fields)
            else:
                known.update(self.table.names(Of(kind)))
        return known

    def _unknown(self, word: Word, part: SlotPart) -> None:
        if self.findings.doubts(word.text):
            return
        known = self._known(part)
        elsewhere = [kind for kind in self.table.kinds_of(word.text) if kind not in part.arguments]
        close = self.findings.near(word.text, known)
        if elsewhere:  # it is its place that is wrong, if it is not one letter
            close = tuple(name for name in close if distance(word.text, name, 1) is not None)
        symbol = self._symbol(elsewhere[0], word.text) if elsewhere else None
        label = None if symbol is None else Label(symbol.span, f"`{word.text}` is {a(name_kind(symbol.kind))}")
        names = sorted(known)
        people = "segment" in part.arguments  # who is meant is never guessed
        self.findings.add(
            "S278",
            word.span,
            labels=[label, nearest(self.table, close, *(Of(k) for k in part.arguments if k in list(Of)))],
            near=close,
            fixes=one_of_few(word.span, close, [] if people or symbol is not None else names),
            name=word.text,
            kinds=either([name_kind(Of(k)) if k in list(Of) else k for k in part.arguments]),
            known=", ".join(names[:8]) + (", …" if len(names) > 8 else "") if names else "none is declared",
        )

    def _symbol(self, kind: Of, name: str) -> Symbol | None:
        source = self.table.sources.get(name)
        if kind is Of.SOURCE and source is not None:
            return Symbol(Of.SOURCE, name, source.span)
        return self.table.get(kind, name)

    def _field(self, word: Word, node: Node, parent: Node | None) -> Ref:
        if node.broken:
            return Ref(name=word.text, at=word.span)
        if node.statement.id in _OWN_FIELD:
            self._own(word, parent)
        elif node.statement.id in _ANY_SOURCE:
            self._anywhere(word, node)
        else:
            return Ref(name=self._full_name(word, node), at=word.span)
        return Ref(name=word.text, at=word.span)

    def _own(self, word: Word, parent: Node | None) -> None:
        """A field of the source the line stands in."""
        name = parent.slots["name"].value.text if parent is not None and "name" in parent.slots else ""
        source = self.table.sources.get(name)
        if source is not None and not source.built_in and word.text not in source.fields:
            self.no_field(word, source)

    def no_field(self, word: Word, source: SourceNames) -> None:
        """The source has no field of this name."""
        if self.findings.doubts(word.text):
            return
        close = self.findings.near(word.text, source.fields)
        self.findings.add(
            "S266",
            word.span,
            labels=[nearest(self.table, close, source=source), fields_of(source)],
            near=close,
            fixes=[replace_with(word.span, close)],
            name=word.text,
            source=source.name,
        )

    def _anywhere(self, word: Word, node: Node) -> None:
        """The identity, or a field to match on: of any source about customers."""
        about = [s for s in self.table.shaped("one", "many") if not s.built_in]
        if node.statement.id == "customer.identified_by":
            known = {s.key for s in about if s.key is not None}
        else:
            known = {name for s in about for name in s.fields}
        if word.text in known or self.findings.doubts(word.text):
            return
        code = "S289" if node.statement.id == "customer.identified_by" else "S278"
        close = self.findings.near(word.text, known)
        self.findings.add(
            code,
            word.span,
            labels=[nearest(self.table, close, Of.FIELD)],
            near=close,
            fixes=[replace_with(word.span, close)],
            name=word.text,
            kinds="field of a source about customers",
            known=", ".join(sorted(known)[:8]) or "none is declared",
        )

    def _full_name(self, word: Word, node: Node) -> str:
        """`source.field` of a field that each customer has once, or that a dotted name says."""
        head, _, name = word.text.rpartition(".")
        if head:
            source = self.table.sources.get(head)
            if source is None:
                self._no_source(word, head)
            elif name not in source.fields:
                self.no_field(Word(name, word.span.last(len(name))), source)
            return word.text
        found = self._bare(name)
        if len(found) == 1:
            return word.text if node.statement.id == "customer.group" else f"{found[0].owner}.{name}"
        self._not_one(word, found, node)
        return word.text

    def _bare(self, name: str) -> list[Symbol]:
        if self.table.identity(name):
            keyed = [s for s in self.table.shaped("one", "many") if s.key == name and name in s.fields]
            return [s.fields[name] for s in keyed[:1]]
        return list(self.table.fields_named(name, "one"))

    def _not_one(self, word: Word, found: list[Symbol], node: Node) -> None:
        if self.findings.doubts(word.text):
            return
        if found:
            labels = [Label(s.span, f"a field of `{s.owner}`") for s in found]
            written = either([f"`{s.owner}.{s.name}`" for s in found])
            self.findings.add("S264", word.span, labels=labels, name=word.text, count=len(found), written=written)
            return
        many = self.table.fields_named(word.text, "many")
        if many:
            label = Label(many[0].span, "many rows per customer")
            if node.statement.id == _OF_ANY_ROWS:
                self._with_its_source(word, many)
                return
            self.findings.add("S290", word.span, labels=[label], name=word.text, source=many[0].owner)
            return
        known = [f.name for s in self.table.shaped("one") for f in s.bare_fields()]
        close = self.findings.near(word.text, known)
        self.findings.add(
            "S278",
            word.span,
            labels=[nearest(self.table, close, Of.FIELD)],
            near=close,
            fixes=[replace_with(word.span, close)],
            name=word.text,
            kinds="field of a source with one row per customer",
            known=", ".join(known[:8]) or "none is declared",
        )

    def _with_its_source(self, word: Word, many: Sequence[Symbol]) -> None:
        """A field of many rows without its source before it."""
        ways = [f"{symbol.owner}.{symbol.name}" for symbol in many]
        fixes = [Fix(f"Write {way} (this assumes that it is answered)", (Edit(word.span, way),)) for way in ways]
        kind, instead = f"a field of `{many[0].owner}`, which has many rows per customer", f"write `{ways[0]}`"
        self.findings.add("S262", word.span, fixes=fixes, name=word.text, kind=kind, instead=instead)

    def _no_source(self, word: Word, head: str) -> None:
        close = self.findings.near(head, self.table.sources)
        if not self.findings.doubts(head):
            fixes = [replace_with(word.span.start(len(head)), close)]
            labels = [nearest(self.table, close, Of.SOURCE)]
            self.findings.add("S265", word.span, labels=labels, near=close, fixes=fixes, name=head)
