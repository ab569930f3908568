"""The corpus of mistakes as written in `corpus/*.md`, one heading a mistake.

Above the first heading a page may say where its mistakes come from; `fresh` to `fresh15` were written before it was
known what the check says of them, and tell how many were answered when they were first tried. Below a heading stand:
`Base: NAME` (a sound strategy of `bases/`), a diff of it (`{TAB}`, `{NBSP}`, `{ZWSP}`, `{BOM}`, `{CR}` stand for what
cannot be seen), and, each when needed:

    Blame: `a line` or `another`   the lines that may be blamed (else: the lines the diff adds)
    Fix: a line                    what a fix must lead to; several such lines are alternatives, ` ⏎ ` parts lines that
                                   follow each other, `any` is any sound strategy (else: the lines the diff takes away)
    File: encoding                 how the file is written, where it is not UTF-8
    Reason: S130, S131             the codes that name the cause, in words that were read and found good
    Poor: S153 because …           codes that came up and do not, with what is wrong about them

In: a Markdown page. Out: `Mistake` values. Raises ValueError for a page, or a diff, that does not fit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
UNSEEN = {"{TAB}": "\t", "{NBSP}": "\u00a0", "{ZWSP}": "\u200b", "{BOM}": "\ufeff", "{CR}": "\r"}


@dataclass(frozen=True)
class Mistake:
    """One mistake: the strategy with it, and what a good check says of it. Lines count from 1."""

    family: str
    title: str
    base: str
    diff: str
    text: str
    blamed: frozenset[int]
    leads_to: tuple[str, ...]
    """Alternatives, each a line or several with line ends between; empty: any strategy without errors."""
    encoding: str = "utf-8"
    reasons: frozenset[str] = frozenset()
    poor: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """How tables and misses call it."""
        return f"{self.family}: {self.title}"


def base_text(name: str) -> str:
    """A sound strategy that mistakes are made in."""
    return (HERE / "bases" / f"{name}.strategy").read_text("utf-8")


def base_names() -> list[str]:
    """The sound strategies."""
    return sorted(path.stem for path in (HERE / "bases").glob("*.strategy"))


def corpus(folder: Path = HERE / "corpus") -> list[Mistake]:
    """Every mistake of every page."""
    return [mistake for page in sorted(folder.glob("*.md")) for mistake in read(page.stem, page.read_text("utf-8"))]


def read(family: str, page: str) -> list[Mistake]:
    """The mistakes of one page."""
    parts = re.split(r"(?m)^## ", page)[1:]
    found = [_mistake(family, *part.split("\n", 1)) for part in parts]
    titles = [mistake.title for mistake in found]
    repeated = {title for title in titles if titles.count(title) > 1}
    if repeated:
        raise ValueError(f"{family}: said twice: {sorted(repeated)}")
    return found


def _mistake(family: str, title: str, rest: str) -> Mistake:
    name = f"{family}: {title.strip()}"
    diff = re.search(r"(?ms)^```diff\n(.*?)^```$", rest)
    if diff is None:
        raise ValueError(f"{name}: no diff")
    said = _said(name, rest[: diff.start()] + rest[diff.end() :])
    base = _one(name, said, "Base")
    text, added, removed = changed(name, base_text(base), diff[1])
    fixes = said.get("Fix", ["\n".join(removed)] if removed else ["any"])
    return Mistake(
        family,
        title.strip(),
        base,
        diff[1],
        text,
        _blamed(name, said, text, added),
        () if "any" in fixes else tuple(fix.replace(" ⏎ ", "\n") for fix in fixes),
        _one(name, said, "File") if "File" in said else "utf-8",
        frozenset(code for line in said.get("Reason", []) for code in re.findall(r"[A-Z]+\d+", line)),
        tuple((line.split(" ", 1)[0], line.partition(" because ")[2]) for line in said.get("Poor", [])),
    )


def _said(name: str, rest: str) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for line in filter(None, map(str.strip, rest.splitlines())):
        key, colon, value = line.partition(": ")
        if not colon or key not in {"Base", "Blame", "Fix", "File", "Reason", "Poor"}:
            raise ValueError(f"{name}: {line!r} says nothing that is known")
        said.setdefault(key, []).append(value.strip())
    return said


def _one(name: str, said: dict[str, list[str]], key: str) -> str:
    if len(said.get(key, [])) != 1:
        raise ValueError(f"{name}: one {key}, please")
    return said[key][0]


def _blamed(name: str, said: dict[str, list[str]], text: str, added: frozenset[int]) -> frozenset[int]:
    if "Blame" not in said:
        if not added:
            raise ValueError(f"{name}: a diff that only takes away needs a Blame")
        return added
    wanted = [seen(line) for line in re.findall(r"`([^`]+)`(?= or |$)", _one(name, said, "Blame"))]
    lines = [line.strip() for line in text.split("\n")]
    missing = [line for line in wanted if line not in lines]
    if missing or not wanted:
        raise ValueError(f"{name}: no such line: {missing}")
    return frozenset(n for n, line in enumerate(lines, 1) if line in wanted)


def changed(name: str, text: str, diff: str) -> tuple[str, frozenset[int], list[str]]:
    """The text with the diff applied, the numbers of the lines it adds, and the lines it takes away."""
    lines = text.split("\n")
    added: set[int] = set()
    removed: list[str] = []
    for hunk in _hunks(diff):
        before = [line[1:] for line in hunk if line[:1] != "+"]
        places = [n for n in range(len(lines)) if lines[n : n + len(before)] == before]
        if len(places) != 1:
            raise ValueError(f"{name}: the diff fits {len(places)} places")
        new = []
        for line in hunk:
            if line[:1] != "-":
                new.append(seen(line[1:]))
            if line[:1] == "+":
                added.add(places[0] + len(new))
            if line[:1] == "-":
                removed.append(line[1:].strip())
        lines[places[0] : places[0] + len(before)] = new
    return "\n".join(lines), frozenset(added), removed


def _hunks(diff: str) -> list[list[str]]:
    """A diff's stretches, parted by lines `@@`."""
    hunks: list[list[str]] = [[]]
    for line in diff.split("\n")[:-1]:
        if line.startswith("@@"):
            hunks.append([])
        else:
            hunks[-1].append(line or " ")
    return [hunk for hunk in hunks if hunk]


def seen(line: str) -> str:
    """A line with what cannot be seen in it."""
    for word, character in UNSEEN.items():
        line = line.replace(word, character)
    return line
