"""Renames every name, label and descriptive text of a strategy to x1, x2 …: what it means stays the same.

In: the texts of a strategy by file name. Out: the same texts with other words, line by line, and the new name of each
name. What is data stays: file names, columns (a renamed field says `from "Header"`), choices, patterns, figures.
Texts that say nothing stay too, and equal texts stay equal: that much may be judged of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from stratagem.dsl.catalogue.pattern import SlotPart, compile_pattern, slots
from stratagem.dsl.expressions import syntax as x
from stratagem.dsl.nodes import Node, Slot, Word, WrittenType
from stratagem.dsl.parse import parse
from stratagem.dsl.resolve.builtin import FIELDS as BUILT_IN
from stratagem.dsl.source import SourceText, Span
from stratagem.dsl.substance import plain, says_something

DATA_TEXTS = {("source", "file"), ("use", "file"), ("field", "header")}
"""Statements and their text slots that name data."""
TEMPLATES = {"message.subject", "message.body"}
IN_FORMULAS = frozenset(
    ["fact", "tiers", "tier", "segment", "field", "source", "group", "metric", "stage", "action", "channel"]
)
"""Kinds of names that a formula can read, or compare a choice with."""
GATES = frozenset(
    ["segment", "stage", "dates", "when", "unless", "channel", "policy", "score", "rank", "budget", "holdout"]
)
_BRACES = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})", re.DOTALL)
_IN_BRACES = re.compile(r"'[^']*'|\"[^\"]*\"|(?<![\w.|])(?<!\| )[a-z]\w*(?:\.[a-z]\w*)*")
_IGNORES = re.compile(r"#\s*ignore [A-Z]\d")
_WORDS_OF_TEMPLATES = frozenset(
    ["if", "elif", "else", "endif", "and", "or", "not", "is", "in", "defined", "none", "true", "false"]
)


def rename(texts: Mapping[str, str], *, keep_history: bool = False) -> tuple[dict[str, str], dict[str, str]]:
    """The texts with new words, and old names with their new ones.

    `keep_history`: the strategy and its actions say what they were `once called`, so that hold-out groups, which are
    drawn by name, stay what they were. That takes lines of its own; else every line stays where it is.
    """
    files = {name: parse(SourceText(name, text)) for name, text in texts.items()}
    nodes = [node for parsed in files.values() for node in _flat(parsed.nodes)]
    names = Names(set(re.findall(r"\bx\d+\b", " ".join(texts.values()))))
    names.learn(nodes)
    made = {}
    for file, parsed in files.items():
        work = _File(names, texts[file])
        for node in parsed.nodes:
            work.statement(node, None)
        work.comments()
        made[file] = work.written(keep_history, list(_flat(parsed.nodes)))
    return made, dict(names.new)


def _flat(nodes: tuple[Node, ...] | list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _flat(node.children)


@dataclass
class Names:
    """What is declared, what it is to be called, and the choices of each field and measure."""

    taken: set[str]
    new: dict[str, str] = field(default_factory=dict)
    in_formulas: set[str] = field(default_factory=set)
    options: dict[str, set[str]] = field(default_factory=dict)
    formulas: dict[str, x.Syntax] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def learn(self, nodes: list[Node]) -> None:
        """Read all declarations."""
        for node in nodes:
            for slot in _slots(node):
                if slot.kind in ("name", "names") and slot.arguments != ("any",):
                    for word in node.words(slot.name):
                        self._declare(word.text, slot.arguments)
            if node.statement.id == "field" and isinstance(node.value("type"), WrittenType):
                words = {option.text for option in node.value("type").options}
                self.options.setdefault(node.value("name").text, set()).update(words)
            if node.statement.id in ("measure", "value") and node.formula is not None and "name" in node.slots:
                self.formulas[node.value("name").text] = node.formula
        for name in _undeclared_keys(nodes):
            self.new.pop(name, None)

    def _declare(self, name: str, kinds: tuple[str, ...]) -> None:
        if name not in self.new:
            self.new[name] = self.next()
        if IN_FORMULAS & set(kinds):
            self.in_formulas.add(name)

    def next(self) -> str:
        """The next word that stands nowhere yet."""
        self.count += 1
        while f"x{self.count}" in self.taken:
            self.count += 1
        return f"x{self.count}"

    def dotted(self, path: str) -> str:
        """`orders.amount` with new words; the built-in sources and their fields keep theirs."""
        head, *rest = path.split(".")
        if head in BUILT_IN:
            return path
        return ".".join(self.new.get(word, word) for word in (head, *rest))

    def text_for(self, text: str) -> str:
        """Other words for a descriptive text."""
        if not says_something(text):
            return text
        key = plain(text)
        if key not in self.said:
            self.said[key] = self.next()
        return self.said[key]

    def choices(self, syntax: x.Syntax | None, row: str | None, depth: int = 0) -> set[str] | None:
        """The choices of what stands opposite a bare name; None when any word there is a choice of the history."""
        match syntax:
            case x.Name(path=path) | x.Aggregate(subject=x.Name(path=path)):
                return self._choices_of(path, row, depth)
            case x.Cases(cases=cases, otherwise=rest):
                return self._together([*(c.value for c in cases), rest], row, depth)
            case x.IfElse(then=then, otherwise=rest):
                return self._together([then, rest], row, depth)
            case x.Call(arguments=arguments):
                return self._together(list(arguments), row, depth)
        return set()

    def _choices_of(self, path: tuple[str, ...], row: str | None, depth: int) -> set[str] | None:
        source = path[0] if len(path) > 1 else row
        if source in BUILT_IN and path[-1] in BUILT_IN[source]:
            return None if BUILT_IN[source][path[-1]] in ("kind", "outcome", "status") else set()
        formula = self.formulas.get(path[-1]) if depth < 8 else None
        found = self.choices(formula, None, depth + 1) if formula is not None and len(path) == 1 else set()
        return None if found is None else found | self.options.get(path[-1], set())

    def _together(self, parts: list[x.Syntax | None], row: str | None, depth: int) -> set[str] | None:
        found = [self.choices(part, row, depth + 1) for part in parts if part is not None and depth < 8]
        return None if None in found else set().union(*(f for f in found if f is not None))


def _slots(node: Node) -> list[SlotPart]:
    return [slot for slot in slots(compile_pattern(node.statement.pattern)) if slot.name in node.slots]


def _undeclared_keys(nodes: list[Node]) -> set[str]:
    """Identities and keys that a source has without a field of that name: only their own name finds the column."""
    found = set()
    for source in (n for n in nodes if n.statement.id == "source"):
        declared = {c.value("name").text for c in source.children if c.statement.id == "field" and "name" in c.slots}
        shapes = [c for c in source.children if c.statement.id in ("source.one", "source.many", "source.lookup")]
        found |= {word.text for shape in shapes for word in shape.words("key")} - declared
    return found


@dataclass
class _File:
    """The edits of one file, gathered statement by statement."""

    names: Names
    text: str
    edits: list[tuple[Span, str]] = field(default_factory=list)

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def statement(self, node: Node, parent: Node | None) -> None:
        """One statement and those below it."""
        for slot in _slots(node):
            self._slot(node, slot, node.slots[slot.name])
        row = self._row_source(node)
        for formula in (node.when, node.formula):
            if formula is not None:
                self._formula(formula, row)
        for given in node.rows:
            for word, value in given.cells:
                source = node.value("source").text
                self._word(word, keep=source in BUILT_IN)
                self._given(x.Name(word.span, (word.text,)), value, source)
        if (
            node.statement.id == "field"
            and "header" not in node.slots
            and node.formula is None
            and "type" in node.slots
        ):
            end = node.slots["type"].span
            here = Span(end.file, end.end_line, end.end_column, end.end_line, end.end_column)
            name = node.value("name").text
            self.edits.append((here, f' from "{name}"'))
        for child in node.children:
            self.statement(child, node)

    def _row_source(self, node: Node) -> str | None:
        """The source whose rows a formula is about from the start."""
        return "" if node.statement.id in ("source.row_excluded", "field") else None

    def _slot(self, node: Node, slot: SlotPart, filled: Slot) -> None:
        if slot.kind in ("name", "names", "ref", "refs") and slot.arguments != ("any",):
            for word in node.words(slot.name):
                self._word(word, keep="gate" in slot.arguments and word.text in GATES)
        elif slot.kind == "text" and (node.statement.id, slot.name) not in DATA_TEXTS:
            self._described(filled.span, node.statement.id in TEMPLATES)
        elif slot.kind == "constant" and isinstance(filled.value, x.Syntax):
            name: Word | None = node.value("name")
            self._given(x.Name(name.span, (name.text,)) if name else None, filled.value, None)
        elif isinstance(filled.value, x.Syntax):
            self._formula(filled.value, None)

    def _given(self, opposite: x.Name | None, value: x.Syntax, row: str | None) -> None:
        """A value as given: a bare name is a choice, or a tier, a stage, a channel."""
        if isinstance(value, x.Name):
            self._beside(value, opposite, row)

    def _word(self, word: Word, keep: bool = False) -> None:
        new = word.text if keep else self.names.dotted(word.text)
        if new != word.text:
            self.edits.append((word.span, new))

    def _formula(self, syntax: x.Syntax, row: str | None) -> None:
        match syntax:
            case x.Name():
                self._name(syntax, row)
            case x.Is(left=left, right=right):
                self._beside(left, right, row)
                self._beside(right, left, row)
            case x.OneOf(operand=operand, options=options):
                self._formula(operand, row)
                for option in options:
                    self._beside(option, operand, row)
            case x.Aggregate(subject=subject, where=where, over=over):
                self._name(subject, None)
                if over is not None:
                    self._name(over, None)
                if where is not None:
                    self._formula(where, subject.path[0])
            case x.Cases(cases=cases, otherwise=rest):
                for each in [e for case in cases for e in (case.value, case.condition)]:
                    self._formula(each, row)
                if rest is not None:
                    self._formula(rest, row)
            case _:
                for part in _parts(syntax):
                    self._formula(part, row)

    def _beside(self, syntax: x.Syntax, opposite: x.Syntax | None, row: str | None) -> None:
        """One side of `is`: a bare name that is a choice of the other side stays."""
        if isinstance(syntax, x.Name) and len(syntax.path) == 1 and opposite is not None:
            choices = self.names.choices(opposite, row)
            if choices is None or syntax.path[0] in choices:
                return
        self._formula(syntax, row)

    def _name(self, name: x.Name, row: str | None) -> None:
        if len(name.path) == 1 and (
            name.path[0] not in self.names.in_formulas or name.path[0] in BUILT_IN.get(row or "", ())
        ):
            return
        new = self.names.dotted(".".join(name.path))
        if new != ".".join(name.path):
            self.edits.append((name.span, new))

    def _described(self, span: Span, template: bool) -> None:
        """A text between its quotes, or between three over several lines; the lines stay."""
        lines = self.lines
        if span.line == span.end_line:
            written = lines[span.line - 1][span.column - 1 : span.end_column - 1]
            marks = 3 if written.startswith('"""') else 1
            inner = written[marks:-marks].replace('\\"', '"')
            self.edits.append((span, '"' * marks + self._template(inner, template) + '"' * marks))
            return
        for number in range(span.line, span.end_line + 1):
            start = span.column + 2 if number == span.line else 0
            end = span.end_column - 4 if number == span.end_line else len(lines[number - 1])
            said = lines[number - 1][start:end]
            if said.strip():
                start += len(said) - len(said.lstrip())
                place = Span(span.file, number, start + 1, number, end + 1)
                self.edits.append((place, self._template(said.strip(), template)))

    def _template(self, text: str, template: bool) -> str:
        if not template:
            return self.names.text_for(text)
        pieces = _BRACES.split(text)
        made = [self._braces(p) if n % 2 else self._between(p) for n, p in enumerate(pieces)]
        return "".join(made)

    def _between(self, text: str) -> str:
        """The words between braces; blanks at both ends stay."""
        said = text.strip()
        return text.replace(said, self.names.text_for(said)) if said else text

    def _braces(self, text: str) -> str:
        def new(found: re.Match[str]) -> str:
            word = found.group()
            return word if word[0] in "'\"" or word in _WORDS_OF_TEMPLATES else self.names.dotted(word)

        return _IN_BRACES.sub(new, text)

    def comments(self) -> None:
        """Whole-line comments and documentation; what is ignored is no description, and stays."""
        taken = {n for span, _ in self.edits for n in range(span.line, span.end_line + 1)}
        for number, line in enumerate(self.text.split("\n"), 1):
            said = line.lstrip()
            if said.startswith("#") and number not in taken and not _IGNORES.match(said):
                marks = len(said) - len(said.lstrip("#"))
                start = len(line) - len(said) + marks
                place = Span("", number, start + 1, number, len(line) + 1)
                self.edits.append((place, " " + self.names.text_for(said[marks:].strip())))

    def written(self, keep_history: bool, nodes: list[Node]) -> str:
        """The text with all edits made."""
        lines = self.text.split("\n")
        for span, new in sorted(self.edits, key=lambda e: (e[0].line, e[0].column), reverse=True):
            line = lines[span.line - 1]
            lines[span.line - 1] = line[: span.column - 1] + new + line[span.end_column - 1 :]
        for node in sorted(nodes, key=lambda n: -n.line) if keep_history else ():
            wanted = node.statement.id in ("strategy", "action") and "name" in node.slots
            if wanted and not any(c.statement.id == "once_called" for c in node.children):
                lines.insert(
                    node.span.end_line, " " * (node.span.column + 1) + f"once called {node.value('name').text}"
                )
        return "\n".join(lines)


def _parts(syntax: x.Syntax) -> Iterator[x.Syntax]:
    """What an expression is made of, one step down."""
    for name in syntax.__dataclass_fields__:
        inner = getattr(syntax, name)
        for each in inner if isinstance(inner, tuple) else (inner,):
            if isinstance(each, x.Syntax):
                yield each
