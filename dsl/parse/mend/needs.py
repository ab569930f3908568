"""Which words a pattern cannot do without, read from the pattern itself; `likely` asks whether a text has them.

In: a regular expression. Out: sets of literals; of each set one at least is in every text that the pattern matches.
What the patterns of this folder need is kept in a file of plain data (`make reference` writes it, a test holds it
current): every pattern counts that stands in one of its modules as a text, or in a table.

A literal of letters and figures is looked for in the text with one blank for all that stands between two words, so that
a blank at its end tells where a word ends; one with other signs in the text itself. `^` before it: the text begins so.
"""

from __future__ import annotations

import ast
import pkgutil
import re
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from inspect import getsource
from types import ModuleType
from typing import Any

from stratagem.dsl.parse.mend.likely import FIGURE, FILE, MOST, SORTS, Rows, sort_of
from stratagem.dsl.record import record

Words = frozenset[str]
Needs = tuple[Words, ...]
_LIKE_A_PATTERN = re.compile(r"[\\\[(|^$*?]").search
_reader: Any = import_module("re._parser")


def needs(pattern: str) -> Needs:
    """Sets of literals, in small letters, the rarest first; none when nothing can be said."""
    parsed = _reader.parse(pattern)
    sequence = _Sequence(tuple(_parts(parsed)))
    found = dict.fromkeys(sequence.needs())
    if sequence.parts[:1] == (_Part("begin"),) and not parsed.state.flags & re.MULTILINE:
        first = _Sequence(sequence.parts[1:]).begins()
        found |= {frozenset(f"^{word}" for word in first): None} if first else {}
    return tuple(sorted(found, key=_tells, reverse=True)[:MOST])


def patterns() -> tuple[str, ...]:
    """Every pattern that stands in a module of this folder as a text, or in a table, or is asked for in a function."""
    package = import_module(__package__)
    modules = [import_module(f"{__package__}.{found.name}") for found in pkgutil.iter_modules(package.__path__)]
    asked = {text for module in modules for text in _asked(module)}
    values = [value for module in modules for name, value in vars(module).items() if name[:2] != "__"]
    single = {value for value in values if isinstance(value, str)}
    tables = {text for value in values if not isinstance(value, str) for text in _texts(value)}
    longer = "\n".join(tables | single)
    texts = tables | {text for text in single if longer.count(text) == 1}  # others are parts of patterns
    return tuple(filter(_is_pattern, sorted({*texts, *asked})))


def written() -> str:
    """The file as it should be: see `likely`."""
    found = {text: needed for text in patterns() if (needed := needs(text))}
    several = [[text for text, needed in found.items() if len(needed) == count] for count in range(1, MOST + 1)]
    numbers: dict[str, list[str]] = {}
    for place, text in enumerate(text for some in several for text in some):
        for number, words in enumerate(found[text], MOST * place):
            for word in words:
                numbers.setdefault(word, []).append(str(number))
    sorts: list[list[str]] = [[] for _ in range(SORTS)]
    for word in sorted(numbers):
        sorts[sort_of(word)].append(f"{word}\t{' '.join(numbers[word])}")
    return "\n\n".join(map("\n".join, (*several, *sorts))) + "\n"


_ASKING = frozenset(("finditer", "with_figures", "match", "search", "fullmatch", "sub", "compiled"))
"""The functions of `step` that take a pattern first."""


def _asked(module: ModuleType) -> Iterator[str]:
    """The patterns that a module's functions ask for, made of nothing but what the module names."""
    for call in ast.walk(ast.parse(getsource(module))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _ASKING and call.args:
            pattern = ast.unparse(call.args[0])
            with suppress(NameError):  # made of what is known only when it is asked for
                yield eval(pattern, vars(module))  # noqa: S307 (our own source)


def _texts(value: object) -> Iterator[str]:
    """The texts of a table."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple, Rows)):
        for item in value.rows if isinstance(value, Rows) else value:
            yield from _texts(item)


def _is_pattern(text: str) -> bool:
    try:
        return bool(_LIKE_A_PATTERN(text) and len(text.splitlines()) == 1 and "\t" not in text and re.compile(text))
    except re.error:
        return False


@record
class _Part:
    """One thing after the other in a pattern. `kind`: a `letter` or other sign (`text`); a `blank`; one of several
    signs (`among`: `words`); `options`, one of which is there; an `optional` one; `begin` and `edge`, between
    characters; what stands `ahead` or `behind`; `odd`: what nothing is said of."""

    kind: str
    text: str = ""
    words: Words = frozenset()
    options: tuple[tuple[_Part, ...], ...] = ()


def _parts(parsed: Any) -> Iterator[_Part]:
    for operation, value in parsed:
        yield from _part(str(operation), value)


def _part(operation: str, value: Any) -> Iterator[_Part]:
    match operation:
        case "LITERAL":
            yield _Part("blank") if chr(value).isspace() else _Part("letter", chr(value).lower())
        case "IN":
            yield _class(value)
        case "BRANCH":
            yield _Part("options", options=tuple(tuple(_parts(option)) for option in value[1]))
        case "SUBPATTERN":
            yield from _parts(value[3])
        case "ATOMIC_GROUP":
            yield from _parts(value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            yield from _repeated(value[0], value[1], tuple(_parts(value[2])))
        case "ASSERT":
            yield _Part("ahead" if value[0] > 0 else "behind", options=(tuple(_parts(value[1])),))
        case "ASSERT_NOT":
            yield from [_Part("edge")] if _no_word(value[1]) else []
        case "AT":
            yield _Part("begin" if "BEGINNING" in str(value) else "odd" if "NON" in str(value) else "edge")
        case _:
            yield _Part("odd")


def _no_word(parsed: Any) -> bool:
    """Does `(?!…)` say that no letter or figure follows."""
    kind, members = parsed[0] if len(parsed) == 1 else ("", ())
    if str(kind) != "IN":
        return False
    said = [str(item) for member in members for item in member]
    return "CATEGORY_WORD" in said and "NEGATE" not in said


def _class(members: Any) -> _Part:
    """`[abc]`, `\\d`, `\\s`."""
    kinds = [str(kind) for kind, _ in members]
    if all(str(value) == "CATEGORY_SPACE" or (kind == "LITERAL" and chr(value).isspace())
           for kind, value in zip(kinds, (value for _, value in members), strict=True)):  # fmt: skip
        return _Part("blank")
    words = []
    for kind, (_, value) in zip(kinds, members, strict=True):
        if kind == "LITERAL" and not chr(value).isspace():
            words.append(chr(value).lower())
        elif str(value) == "CATEGORY_DIGIT" or (kind == "RANGE" and value == (ord("0"), ord("9"))):
            words.append(FIGURE)
        else:
            return _Part("odd")
    return _Part("among", words=frozenset(words))


def _repeated(least: int, most: object, parts: tuple[_Part, ...]) -> Iterator[_Part]:
    if least == 0:
        yield _Part("optional", options=(parts,))
    elif parts == (_Part("blank"),) or most == 1:
        yield from parts
    else:
        yield from (_Part("options", options=(parts,)), _Part("odd"))


@record
class _Sequence:
    """Parts one after the other. `before`, `after`: no letter or figure stands there."""

    parts: tuple[_Part, ...]
    before: bool = False
    after: bool = False

    def needs(self) -> list[Words]:
        """What its parts need, one by one."""
        found: list[Words] = []
        at = 0
        while at < len(self.parts):
            part = self.parts[at]
            end = self._run(at)
            options = self.parts[end].options if end < len(self.parts) and self.parts[end].kind == "options" else ()
            if part.kind == "letter" and _is_word(part.text) and options and self.parts[end - 1].kind == "letter":
                run = self.parts[at:end]  # what all have in common was put before them
                found += self._best(tuple((*run, *option) for option in options), self._apart(at), end)
                at = end + 1
            elif part.kind == "letter":
                found.append(frozenset({self._said(at, end)}))
                at = end
            else:
                found += self._of(part, at)
                at += 1
        return found

    def begins(self) -> Words:
        """What it may begin with; nothing where that is not known."""
        for at, part in enumerate(self.parts):
            rest = self._rest(at)
            match part.kind:
                case "letter":
                    first = next((n for n in range(at, self._run(at)) if self.parts[n].kind == "blank"), self._run(at))
                    return frozenset({self._said(at, first).removeprefix(" ")})
                case "among":
                    return part.words
                case "options" | "optional":
                    after = rest.parted()
                    ways = [_Sequence(option, after=after).begins() for option in part.options if option]
                    ways += [rest.begins()] if part.kind == "optional" or not all(part.options) else []
                    return frozenset[str]().union(*ways) if all(ways) else frozenset()
                case "blank" | "odd" | "behind":
                    return frozenset()
        return frozenset()

    def _of(self, part: _Part, at: int) -> list[Words]:
        match part.kind:
            case "among":
                return [part.words]
            case "options":
                return self._best(part.options, self._apart(at), at)
            case "ahead":
                return _Sequence(part.options[0], before=self._apart(at)).needs()
            case "behind":
                return _Sequence(part.options[0], after=self._rest(at).parted()).needs()
        return []

    def _best(self, options: tuple[tuple[_Part, ...], ...], before: bool, at: int) -> list[Words]:
        """What one of several needs; what all of them, where there is one."""
        after = self._rest(at).parted()
        found = [_Sequence(option, before, after).needs() for option in options]
        if len(found) == 1:
            return found[0]
        return [frozenset[str]().union(*(max(each, key=_tells) for each in found))] if all(found) else []

    def _run(self, at: int) -> int:
        """The end of the letters that start there, with single blanks between them, or of the other signs."""
        word = _is_word(self.parts[at].text)
        while at < len(self.parts):
            part = self.parts[at]
            goes_on = part.kind == "letter" and _is_word(part.text) == word
            if not goes_on and not (part.kind == "blank" and word and self.parts[at - 1].kind == "letter"):
                break
            at += 1
        return at

    def _said(self, start: int, end: int) -> str:
        """A run of letters, with a blank where it is known to end a word; of other signs, as they are."""
        said = "".join(part.text or " " for part in self.parts[start:end])
        if not _is_word(self.parts[start].text):
            return said
        right = self._rest(end - 1).parted() and not said.endswith(" ")
        return " " * self._apart(start) + said + " " * right

    def _rest(self, at: int) -> _Sequence:
        """What stands behind a part."""
        return _Sequence(self.parts[at + 1 :], after=self.after)

    def _apart(self, at: int) -> bool:
        """Does no letter or figure stand before a part."""
        if at == 0:
            return self.before
        part = self.parts[at - 1]
        match part.kind:
            case "blank" | "begin" | "edge":
                return True
            case "letter":
                return not _is_word(part.text)
            case "among":
                return not any(map(_is_word, part.words))
            case "behind" | "options":
                return all(_Sequence(option)._apart(len(option)) for option in part.options if option) and (
                    all(part.options) or self._apart(at - 1)
                )
            case "optional":
                return self._apart(at - 1) and all(_Sequence(option)._apart(len(option)) for option in part.options)
        return False

    def parted(self) -> bool:
        """Does it begin with what is no letter or figure."""
        if not self.parts:
            return self.after
        part, rest = self.parts[0], self._rest(0)
        match part.kind:
            case "blank" | "edge":
                return True
            case "letter":
                return not _is_word(part.text)
            case "among":
                return not any(map(_is_word, part.words))
            case "ahead" | "options":
                return all(_Sequence(option, after=rest.parted()).parted() for option in part.options)
            case "optional":
                return rest.parted() and all(_Sequence(option).parted() for option in part.options)
        return False


def _is_word(text: str) -> bool:
    return text == FIGURE or text.isalnum() or text == "_"


def _tells(literals: Words) -> tuple[int, int]:
    """How seldom a text holds one of them: long literals are rare, and few of them rarer; most texts hold a figure."""
    return min(_rare(word) for word in literals), -len(literals)


def _rare(word: str) -> int:
    return 0 if word == FIGURE else len(word) + (not any(map(_is_word, word)))


if __name__ == "__main__":
    FILE.write_text(written(), "utf-8")
