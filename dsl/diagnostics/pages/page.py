"""A page read: `# CODE: Title`, some sentences, `## Wrong` with examples, `## Right` with examples.

An example is made of fenced blocks. Their first word says what they hold, the words after it how it is meant:

- `strategy` some blocks that stand in the bakery's strategy; `strategy whole` a whole strategy of its own;
  `strategy NAME.strategy` another file of it; after `escaped`, bytes, tabs and repeats are spelled out (`unescaped`);
- `csv NAME`, `json NAME`, `python NAME`, `toml NAME`, `text NAME`: a file beside it (`escaped` too);
  `base64 NAME` one that is no text;
- `console`: `$ stratagem …`, what is typed to see it. It ends the example.
- `setting`: what a machine must be like to see it, for what no file can show; it is an example by itself.

A further block of the strategy starts another example. Words between examples belong to the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.diagnostics.pages.example import Beside, Example, assembled, bakery, packed, unescaped
from stratagem.dsl.record import record, replace

_PAGE = re.compile(
    r"# (?P<code>[A-Z]+\d+): (?P<title>[^\n]+)\n(?P<prose>.*?)\n## Wrong\n(?P<wrong>.*?)\n## Right\n(?P<right>.*)", re.S
)
_FENCE = re.compile(r"^```(?P<info>\w[^\n]*)\n(?P<body>.*?)^```$", re.M | re.S)
_KINDS = frozenset({"strategy", "csv", "json", "jsonl", "python", "toml", "text", "base64", "console", "setting"})
_WORDS = frozenset({"whole", "escaped"})
_NAMELESS = frozenset({"strategy", "console", "setting"})
_BYTES = "surrogateescape"


@record(slots=False)
class Page:
    """What is said of a code to whoever wants to know more. `prose` may hold several paragraphs."""

    code: str
    title: str
    prose: str
    wrong: tuple[Example, ...]
    right: tuple[Example, ...]


def read_page(code: str, text: str) -> Page:
    """The page. Raises ValueError, which says what is out of form."""
    found = _PAGE.fullmatch(text.strip("\n"))
    if found is None or found["code"] != code:
        raise ValueError(f"{code}.md: the form is `# {code}: Title`, sentences, `## Wrong`, `## Right`")
    wrong, right = tuple(_examples(found["wrong"], code)), tuple(_examples(found["right"], code))
    if not wrong or not right:
        raise ValueError(f"{code}.md: an example is missing under `## {'Right' if wrong else 'Wrong'}`")
    return Page(code, found["title"], found["prose"].strip(), wrong, right)


def _examples(section: str, code: str) -> Iterator[Example]:
    """The examples of a section, in order."""
    example, started, end = Example(), False, 0
    for fence in _FENCE.finditer(section):
        words = section[end : fence.start()].strip()
        end = fence.end()
        kind, name, manner = _info(fence["info"], code)
        if started and (words or (kind == "strategy" and not name and example.shown)):
            yield _done(example)
            example = Example()
        example = _with(replace(example, before=words or example.before), kind, name, manner, fence["body"])
        started = kind not in ("console", "setting")
        if not started:
            yield _done(example)
            example = Example()
    if section[end:].strip():
        raise ValueError(f"{code}.md: words after the last example: {section[end:].strip()[:40]!r}")
    if started:
        yield _done(example)


def _info(info: str, code: str) -> tuple[str, str, frozenset[str]]:
    """What a fence's first line says: the kind, the file's name, how it is meant."""
    kind, *words = info.split()
    names = [word for word in words if word not in _WORDS]
    if kind not in _KINDS or len(names) > 1 or (kind not in _NAMELESS and not names):
        raise ValueError(f"{code}.md: no block is called {info!r}")
    return kind, "".join(names), frozenset(words) & _WORDS


def _with(example: Example, kind: str, name: str, manner: frozenset[str], body: str) -> Example:
    if kind == "console":
        return replace(example, command=body.strip().removeprefix("$ "))
    if kind == "setting":
        return replace(example, setting=body)
    if kind == "strategy" and not name:
        return replace(example, shown=body, whole="whole" in manner, escaped="escaped" in manner)
    content = packed(body) if kind == "base64" else unescaped(body) if "escaped" in manner else body.encode()
    spelled = kind if kind == "base64" else "escaped" if "escaped" in manner else ""
    return replace(example, files=(*example.files, Beside(name, body, content, spelled)))


def _done(example: Example) -> Example:
    """The example with its strategy put together."""
    given = unescaped(example.shown).decode("utf-8", _BYTES) if example.escaped else example.shown
    if example.whole:
        text, own = given, frozenset(range(1, given.count("\n") + 2))
    else:
        text, own = assembled(given) if given else (bakery(), frozenset[int]())
    return replace(example, content=text.encode("utf-8", _BYTES), own=own)
