"""The page of a code: prose, the wrong example with what is really said of it, the right one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from stratagem.dsl.diagnostics.pages import Example, Page, codes, page
from stratagem.dsl.diagnostics.pages.related import related
from stratagem.dsl.diagnostics.text import text_of
from stratagem.engine.cli.output import in_colour
from stratagem.engine.cli.page_trial import Tried, tried
from stratagem.engine.cli.topics.entry import Entry
from stratagem.engine.present.blocks import Block, Heading, Paragraph, Tone, Verbatim
from stratagem.engine.present.colours import STRATEGY

_SPELLED = {
    "escaped": r"(\xE4 stands for a byte, \t for a tab, \{20 ab} for ab twenty times, \ at the end for no line end)",
    "base64": "(its bytes, in base64)",
}
_TONES: dict[str, Tone] = {"error": "bad", "warning": "warning", "note": "quiet"}


def names() -> Iterator[str]:
    """What may be typed: codes, and the names of rules."""
    from stratagem.dsl.lint.catalogue import RULES, name_of

    yield from codes()
    yield from (name_of(code) for code in RULES)


def find(words: str) -> list[Entry]:
    """The code, in capitals or not, or the rule of that name."""
    from stratagem.dsl.lint.catalogue import code_of

    code = words.upper() if words.upper() in codes() else code_of(words)
    return [entry(code)] if code in codes() and code is not None else []


def entry(code: str) -> Entry:
    """A code as an entry."""
    return Entry("code", code, page(code).title, partial(blocks, code), partial(record, code))


def name_of_rule(code: str) -> str:
    """A rule's name, `unreachable-stage`; "" for what is no rule."""
    from stratagem.dsl.lint.catalogue import RULES, name_of

    return name_of(code) if code in RULES else ""


def blocks(code: str) -> Iterator[Block]:
    """The page for people. The message below a wrong example is made now, by really checking it."""
    shown, severity = page(code), text_of(code).severity
    rule = f", rule {name_of_rule(code)}" if name_of_rule(code) else ""
    yield Heading(f"{code}: {shown.title}")
    yield Paragraph(f"{severity}{rule}", _TONES[severity])
    yield Paragraph(shown.prose, flows=True)
    yield from _examples("Wrong", shown.wrong, code)
    yield from _examples("Right", shown.right, "")
    yield from _see_also(shown)


def _examples(heading: str, examples: tuple[Example, ...], code: str) -> Iterator[Block]:
    for number, example in enumerate(examples):
        yield Heading(heading if not number else f"{heading}, too")
        if example.before:
            yield Paragraph(example.before, flows=True)
        yield from _files(example)
        if code and not example.setting:
            yield Paragraph("It says:", "quiet")
            found = tried(example)
            yield Verbatim(said(found, code), said(found, code, colour=True) if in_colour() else "")


def _files(example: Example) -> Iterator[Block]:
    if example.setting:
        yield Verbatim(example.setting)
    if example.shown:
        if example.escaped:
            yield Paragraph(_SPELLED["escaped"], "quiet", flows=True)
        yield Verbatim(example.shown, language=STRATEGY)
    for file in example.files:
        spelled = f" {_SPELLED[file.spelled]}" if file.spelled else ""
        yield Paragraph(f"{file.name}:{spelled}", "quiet", flows=True)
        yield Verbatim(file.shown or "(nothing)", language=STRATEGY if file.name.endswith(".strategy") else "")
    if example.command:
        yield Verbatim(f"$ {example.command}")


def said(found: Tried, code: str, colour: bool = False) -> str:
    """The message, without the line that leads to this very page."""
    lines = found.said(code, colour).rstrip("\n").split("\n")
    return "\n".join(line for line in lines if f"stratagem docs {code}" not in line)


def _see_also(shown: Page) -> Iterator[Block]:
    seen = statements_of(shown)
    near = [c for c in related(shown.code) if c in codes()]
    if not seen and not near:
        return
    yield Heading("See also")
    for other in near:
        yield Paragraph(f"stratagem docs {other}  {page(other).title}", indent=1)
    for statement in seen:
        yield Paragraph(f"stratagem docs {statement}", indent=1)
    if any(example.shown and not example.whole for example in shown.wrong):
        yield Paragraph("stratagem docs bakery  the strategy that the examples are parts of", indent=1)


def statements_of(shown: Page) -> tuple[str, ...]:
    """The statements on the lines that the wrong examples are blamed for, by their ids in the catalogue."""
    from stratagem.dsl.parse import parse
    from stratagem.dsl.source import SourceText

    found: dict[str, None] = {}
    for example in shown.wrong:
        if not example.is_text:
            continue
        lines = {d.span.line for d in tried(example).here(shown.code)}
        waiting = list(parse(SourceText("example", example.text)).nodes)
        while waiting:
            node = waiting.pop(0)
            waiting += node.children
            if node.line in lines:
                found[node.statement.id] = None
    return tuple(found)


def record(code: str) -> dict[str, Any]:
    """The page for programs."""
    shown = page(code)
    return {
        "severity": text_of(code).severity,
        "rule": name_of_rule(code) or None,
        "prose": shown.prose,
        "wrong": [_example(example, code) for example in shown.wrong],
        "right": [_example(example, "") for example in shown.right],
        "related": list(related(code)),
        "statements": list(statements_of(shown)),
    }


def _example(example: Example, code: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"strategy": example.shown, "whole": example.whole}
    if example.files:
        shown["files"] = {file.name: file.shown for file in example.files}
    if example.command:
        shown["command"] = example.command
    if example.setting:
        shown["setting"] = example.setting
    elif code:
        shown["said"] = said(tried(example), code)
    return shown
