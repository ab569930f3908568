"""What remains of all that was found, once severities are set and comments have had their say.

In: diagnostics, the severities of the settings, the texts of the files. Out: the diagnostics that are shown, and those
that a comment in the file ignores. An error of the language is neither turned off nor made less of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Severity
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.diagnostics.text import text_of, texts
from stratagem.dsl.lint.catalogue import RULES, module, name_of
from stratagem.dsl.lint.comments import Ignore, Named, ignores
from stratagem.dsl.record import replace
from stratagem.dsl.source import SourceText

Set = Severity | Literal["off"]


def settle(
    found: Sequence[Diagnostic], sources: Mapping[str, SourceText], rules: Mapping[str, Set], sound: bool
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """(kept, ignored). `sound`: every rule has run, so a comment that suppresses nothing is known to."""
    comments = [comment for source in sources.values() for comment in ignores(source)]
    kept, ignored, used = _sort_out(found, comments)
    told = [*kept, *(d for c in comments for d in _faults(c, used, rules, sound))]
    return [d for d in (_set(diagnostic, rules) for diagnostic in told) if d is not None], ignored


def fixed(code: str) -> bool:
    """Is it an error of the language, which nothing can turn off."""
    return not code.startswith("L") and text_of(code).severity == "error"


def _set(diagnostic: Diagnostic, rules: Mapping[str, Set]) -> Diagnostic | None:
    wanted = rules.get(diagnostic.code)
    if wanted is None or fixed(diagnostic.code):
        return diagnostic
    return None if wanted == "off" else replace(diagnostic, severity=wanted)


def _sort_out(
    found: Sequence[Diagnostic], comments: Sequence[Ignore]
) -> tuple[list[Diagnostic], list[Diagnostic], set[tuple[Ignore, str]]]:
    """What stays, what comments suppress, and which code of which comment did so."""
    kept: list[Diagnostic] = []
    ignored: list[Diagnostic] = []
    used: set[tuple[Ignore, str]] = set()
    for diagnostic in found:
        by = [c for c in comments if _covers(c, diagnostic)] if comments else []
        if by and not fixed(diagnostic.code):
            used.update((comment, diagnostic.code) for comment in by)
            ignored.append(diagnostic)
        else:
            kept.append(diagnostic)
    return kept, ignored, used


def _covers(comment: Ignore, diagnostic: Diagnostic) -> bool:
    span = diagnostic.span
    on_its_lines = span.file == comment.span.file and comment.first <= span.line <= comment.last
    return on_its_lines and any(named.code == diagnostic.code for named in comment.named)


def _faults(
    comment: Ignore, used: set[tuple[Ignore, str]], rules: Mapping[str, Set], sound: bool
) -> Iterator[Diagnostic]:
    """What is wrong with a comment itself."""
    for named in comment.named:
        if named.code is None:
            yield _unknown(named)
        elif fixed(named.code):
            yield module("L097").RULE.at(named.span, ignored=named.code)
        elif sound and (comment, named.code) not in used and rules.get(named.code) != "off":
            yield _unused(comment, named)
    if not comment.reason:
        yield module("L095").RULE.at(comment.span, ignored=", ".join(named.word for named in comment.named))


def _unknown(named: Named) -> Diagnostic:
    word = named.word
    close = near(word, [name_of(code) for code in RULES]) if "-" in word else _near_codes(word.upper())
    fixes = [Fix(f"Write {close[0]}", (Edit(named.span, close[0]),))] if close else []
    return module("L096").RULE.at(named.span, near=close, fixes=fixes, ignored=word)


def _near_codes(word: str) -> tuple[str, ...]:
    """The code itself, or those that differ in one figure."""
    known = texts()
    if word in known:
        return (word,)
    return tuple(c for c in known if len(c) == len(word) and sum(a != b for a, b in zip(c, word, strict=True)) == 1)[:4]


def _unused(comment: Ignore, named: Named) -> Diagnostic:
    where = "on this line" if comment.first <= comment.span.line <= comment.last else "below it"
    fix = Fix("Delete the comment", (Edit(comment.removal, ""),), safe=True)
    alone = len(comment.named) == 1
    return module("L098").RULE.at(named.span, fixes=[fix] if alone else [], ignored=named.word, where=where)


def off(rules: Mapping[str, Set]) -> frozenset[str]:
    """The codes that are turned off, so that their rules need not run."""
    return frozenset(code for code, wanted in rules.items() if wanted == "off")
