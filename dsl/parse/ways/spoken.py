"""Conditions as they are said aloud, on a line that reads but means nothing: `is red or blue`, `customer is loyal`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.parse.mend.numbers import COUNTS
from stratagem.dsl.parse.ways.text import over
from stratagem.dsl.source import SourceText

_ITEM = r'(?:[a-z]\w*|"[^"]*")'
_BEFORE = re.compile(rf"([a-z][\w.]*)\s+is\s+(not\s+)?((?:{_ITEM}\s+(?:or|nor)\s+)+)$")
_APART = re.compile(rf"([a-z][\w.]*) is (?:not )?({_ITEM}(?:\s*/\s*{_ITEM})+)(?![\w.])")
"""`is red/blue`."""
_AFTER = re.compile(rf"(?:\s+(?:or|nor)\s+{_ITEM}(?=\s+(?:or|nor|and)\b|\s*\)|\s*(?:#|$)))*")
_RUN = re.compile(r"(?<=\bwhen )(?<!\w)[a-z]\w*(?:\s+(?:or|and)\s+[a-z]\w*)+(?=\s*(?:#|$))", re.M)
_CONDITION = re.compile(r"\b(?:when|unless|and|or|not|where)\s+(?:\(\s*)?$|^\s+$")


def of_a_field(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """A word that stands alone and is a choice of a field, a stage, a source."""
    kind, instead, name = (str(diagnostic.args.get(key, "")) for key in ("kind", "instead", "name"))
    span = diagnostic.span
    text, start, end = source.lines[span.line - 1], span.column - 1, span.end_column - 1
    if span.line != span.end_line or text[start:end] != name:
        return ()
    if kind.startswith("a value of"):
        return _choice(source, span.line, start, end, instead, sources)
    if kind.startswith("a field of the look-up") and (path := re.search(r"`([\w.]+)`", instead)):
        edit = over(source.name, span.line, start, end, path[1])
        return (Fix(f"Write {path[1]} (this assumes that it is read there)", (edit,)),)
    asked = bool(_CONDITION.search(text[:start]))
    for apart in (found for found in _APART.finditer(text) if found.start(2) <= start < found.end()):
        if _all_of(apart[2], apart[1], sources):
            written = f"one of ({', '.join(re.findall(_ITEM, apart[2]))})"
            title = f"Write {written} (this assumes that any of them is enough)"
            return (Fix(title, (over(source.name, span.line, apart.start(2), apart.end(), written),)),)
    if kind == "a stage" and (before := _BEFORE.search(text[:start])) and _all_of(before[3] + name, before[1], sources):
        return _choice(source, span.line, start, end, instead, sources)
    if kind == "a stage" and asked:
        return (Fix(f"Write stage is {name}", (over(source.name, span.line, start, end, f"stage is {name}"),)),)
    way, meant = "", ""
    if kind == "a source":
        held = re.match(r"\s*(?:[<>]=?|is(?: not)?|between)\s+-?\d", text[end:])
        way, meant = (f"any {name}", "having any") if asked and not held else (f"count of {name}", "their number")
    elif "a metric is over customers" in instead:
        way, meant = _of_customers(name, sources)
    elif "many rows per customer" in kind and (owner := re.search(r"`(\w+)`", kind)):
        way, meant = f"(latest of {owner[1]}.{name})", "the latest row"
    title = f"Write {way.strip('()')} (this assumes that {meant} is meant)"
    return (Fix(title, (over(source.name, span.line, start, end, way),)),) if way else ()


def _of_customers(name: str, sources: Mapping[str, SourceText]) -> tuple[str, str]:
    """In a metric: the share of those of whom it holds, else the average; and what is then meant."""
    text = "\n".join(each.text for each in sources.values())
    asked = rf"^\s*(?:field\s+{name}\s+yes_no|segment\s+{name})\b|^measure\s+{name}\b[^\n]*=\s*any\b"
    if re.search(asked, text, re.M):
        return f"share of customers where {name}", "their share"
    return f"average of {name}", "their average"


def _choice(
    source: SourceText, line: int, start: int, end: int, instead: str, sources: Mapping[str, SourceText]
) -> Sequence[Fix]:
    """`home is owned or rented` as one question; a choice alone with its field."""
    text = source.lines[line - 1]
    before = _BEFORE.search(text[:start])
    if before is not None:
        rest = _AFTER.match(text, end)
        last = rest.end() if rest else end
        items = re.findall(_ITEM, re.sub(r"\s(?:or|nor)\s", " , ", text[before.start(3) : last]))
        written = f"is {before[2] or ''}one of ({', '.join(items)})"
        at = before.end(1) + 1
        title = f"Write {before[1]} {written} (this assumes that any of them is enough)"
        return (Fix(title, (over(source.name, line, at, last, written),)),)
    way = re.search(r"`(.+ is .+)`", instead)
    run = next((r for r in _RUN.finditer(text) if r.start() <= start and end <= r.end()), None)
    if way is not None and run is not None and _all_of(run[0], way[1].partition(" is ")[0], sources):
        items = [item for item in re.findall(_ITEM, run[0]) if item not in ("or", "and")]
        written = f"{way[1].partition(' is ')[0]} is one of ({', '.join(items)})"
        meant = " (this assumes that either is enough)" if " and " in run[0] else ""
        return (Fix(f"Write {written}{meant}", (over(source.name, line, run.start(), run.end(), written),)),)
    if way is None or not _CONDITION.search(text[:start]):
        return ()
    return (Fix(f"Write {way[1]}", (over(source.name, line, start, end, way[1]),)),)


def _all_of(run: str, field: str, sources: Mapping[str, SourceText]) -> bool:
    """Are all the words of `a or b` choices of a field."""
    listed = re.compile(rf"^\s+field {re.escape(field)} one of \(([^()]*)\)", re.M)
    options = [set(re.findall(_ITEM, found[1])) for each in sources.values() for found in listed.finditer(each.text)]
    said = set(re.findall(_ITEM, run)) - {"or", "and"}
    return any(said <= each for each in options)


def unknown_word(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """A word that nothing is called: the file's own word for a column, a label, or a person who is in a segment."""
    ways = (in_figures, or_more, by_other_name, customer_is)
    return next((fixes for way in ways if (fixes := way(diagnostic, source, sources))), ())


_BOUND = r"  [a-z]\w*(?: \"[^\"]*\")? (?:from|below) "


def in_figures(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """`below zero`: the bound of a tier in words, with the currency of the bounds beside it."""
    span, word = diagnostic.span, str(diagnostic.args.get("name", ""))
    count = "0" if word in ("zero", "nothing", "nil") else COUNTS.get(word)
    if count is None or not re.fullmatch(_BOUND + word, source.lines[span.line - 1]):
        return ()
    others = (re.match(_BOUND + r"-?\d[\d,.]*( [A-Z]{3})", line) for line in source.lines)
    figure = count + next((found[1] for found in others if found is not None), "")
    return (Fix(f"Write {figure}", (Edit(span, figure),)),)


def by_other_name(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """The name of what has the word as its column in the file, or as its label."""
    word = str(diagnostic.args.get("name", ""))
    span = diagnostic.span
    if source.slice(span) != word:
        return ()
    said = word.replace("_", " ")
    forms = (
        (f'from "{word}"', rf'^\s+field\s+([a-z]\w*)\b[^\n]*\bfrom "{re.escape(word)}"'),
        (f'"{said}"', rf'^[ \w]*?([a-z]\w*) "(?i:{re.escape(said)})"'),
    )
    found = [
        match[1]
        for each in sources.values()
        for holds, form in forms
        if holds.lower() in each.text.lower()
        for match in re.finditer(form, each.text, re.M)
    ]
    names = [name for name in dict.fromkeys(found) if name != word][:2]
    return [Fix(f"Write {name}", (Edit(span, name),)) for name in names]


_MORE = frozenset(("more", "above", "over", "higher", "greater", "longer", "older", "later", "up"))
_LESS = frozenset(("less", "below", "under", "lower", "fewer", "shorter", "younger", "earlier"))


def or_more(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """`is 3 months or more`: the bound, and not a question of its own."""
    span, word = diagnostic.span, str(diagnostic.args.get("name", ""))
    text = source.lines[span.line - 1]
    before = re.search(r"\s(?:is\s+)?(-?\d[\d,.]*%?(?: [A-Z]{3}| [a-z]+)?)\s+or\s+$", text[: span.column - 1])
    if before is None or word not in _MORE | _LESS:
        return ()
    way = f" {'>=' if word in _MORE else '<='} {before[1]}"
    return (Fix(f"Write{way}", (over(source.name, span.line, before.start(), span.end_column - 1, way),)),)


def times(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """`margin (1 + rate)`: a figure before a bracket, with the sign between them left out."""
    span, name = diagnostic.span, str(diagnostic.args.get("name", ""))
    text = source.lines[span.line - 1]
    declares = re.compile(rf"^\s*(?:measure|value|assume|field)\s+{re.escape(name)}\b", re.M)
    found = re.compile(rf"{re.escape(name)}\s*(?=\()").match(text, span.column - 1)
    if not name or found is None or not any(declares.search(each.text) for each in sources.values()):
        return ()
    start = span.column - 1 + len(name)
    return (Fix(f"Write {name} * (", (over(source.name, span.line, start, found.end(), " * "),)),)


_WORDS = {"true": "yes", "y": "yes", "ja": "yes", "oui": "yes", "false": "no", "n": "no", "nein": "no", "non": "no"}


def yes_or_no(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """`true`, or `three`, in a row of a test."""
    written = source.slice(diagnostic.span).strip('"').lower()
    if written.isalpha() and (count := COUNTS.get(written)) is not None:
        return (Fix(f"Write {count}", (Edit(diagnostic.span, count),)),)
    way = _WORDS.get(written, "") or next(iter(near(written, ("yes", "no"))), "")
    return (Fix(f"Write {way}", (Edit(diagnostic.span, way),)),) if way else ()


def empty(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """`is ""`: what is not there is missing."""
    span = diagnostic.span
    text = source.lines[span.line - 1]
    found = re.compile(r'\bis\s+(not\s+)?""').search(text, max(span.column - 1, 0))
    if found is None or span.line != span.end_line:
        return ()
    way = "is known" if found[1] else "is missing"
    return (Fix(f"Write {way}", (over(source.name, span.line, found.start(), found.end(), way),)),)


def customer_is(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """`customer is loyal`: a word that nothing is called, held against a segment: the segment alone is the question."""
    span = diagnostic.span
    text = source.lines[span.line - 1]
    said = re.match(r"[a-z]\w*\s+(?:is|in)\s+(not\s+)?(?:in\s+|an?\s+)?([a-z]\w*)\b", text[span.column - 1 :])
    if said is None or span.line != span.end_line:
        return ()
    declares = re.compile(rf"^segment\s+{said[2]}\b", re.M)
    if not any(declares.search(each.text) for each in sources.values()):
        return ()
    way = f"{said[1] or ''}{said[2]}"
    edit = over(source.name, span.line, span.column - 1, span.column - 1 + said.end(), way)
    return (Fix(f"Write {way}, the segment by itself", (edit,)),)
