"""What is wrong with a line that fits no statement of its block, and what it was most likely meant to be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from unicodedata import combining, normalize

from stratagem.dsl.catalogue import STATEMENTS, below, first_words
from stratagem.dsl.catalogue.pattern import Literal, Part, SlotPart
from stratagem.dsl.catalogue.statement import TOP, Statement
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.grammar.driver import Refused, read
from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.grammar.words import Token
from stratagem.dsl.lines.line import Line
from stratagem.dsl.nodes import Node
from stratagem.dsl.parse.match import TYPES, Attempt, Captured, Tokens, attempt
from stratagem.dsl.parse.speak_parts import block_words, describe_any, example
from stratagem.dsl.record import record

_NAMES = ("name", "names", "ref", "refs")
_CHOICES = ("choice", "choices")
_LISTS = ("names", "refs", "choices")


@record(slots=False)
class Fault:
    """The one diagnostic for a line, and the statement it is read as all the same (None: it is left out)."""

    diagnostic: Diagnostic
    guess: Statement | None = None
    captured: Captured = ()
    run: Tokens = ()
    """The tokens that `captured` counts in: the line's, or as they were most likely meant."""


def line_fault(line: Line, run: Tokens, block: str, parent: Node | None, fits: tuple[Attempt, ...]) -> Fault:
    """Judge a line that fits nothing whole. `fits`: the attempts of the block's statements, the best first."""
    best = fits[0] if fits else None
    if best is None or (best.words == 0 and best.reached == 0) or (best.words == 0 and not _slots_fit(best, run)):
        return _stranger(line, run, block, parent)
    elsewhere = _elsewhere(run, block) if best.words < len(first_words(best.statement)) else []
    if not elsewhere and not any(token.kind == "STRING" for token in run[:1]):
        least = max(best.words, block != "segments")  # a tier starts with its name: `through mail` is none
        elsewhere = [fit for fit in _elsewhere(run, block) if fit.complete and fit.words > least]
    if elsewhere and elsewhere[0].complete:
        return _belongs(line, run, block, parent, elsewhere)
    tied = [fit for fit in fits if (fit.words, fit.reached) == (best.words, best.reached)]
    wanted = list(dict.fromkeys(part for fit in tied for part in fit.wanted))
    diagnostic = _misfit(line, run, best, wanted, block)
    if diagnostic.code == "S139":
        run = _with_name(run, best.reached, str(diagnostic.args["name"]))
        best = attempt(best.statement, run)
    return Fault(diagnostic, best.statement, best.captured, run)


def _with_name(run: Tokens, at: int, name: str) -> Tokens:
    """The tokens with the name as it should have been written, so that references to it are not strangers too."""
    first = at - 1 if run[at].kind == "MINUS" else at
    last = first
    while last + 2 < len(run) and run[last + 1].kind == "MINUS" and run[last + 2].start == run[last].end + 1:
        last += 2
    return (*run[:first], Token("NAME", name, run[first].start, run[last].end), *run[last + 1 :])


def _slots_fit(best: Attempt, run: Tokens) -> bool:
    """Does a line without a literal word of its statement still look like it: a name first, and some more."""
    return best.reached > 1 or (best.reached == 1 and len(run) < 3) or run[1].kind in ("EQUALS", "STRING")


def _stranger(line: Line, run: Tokens, block: str, parent: Node | None) -> Fault:
    """A line that no statement of its block starts like."""
    elsewhere = _elsewhere(run, block)
    if elsewhere and (elsewhere[0].complete or elsewhere[0].words > 1 or not _near_phrases(run, block)):
        return _belongs(line, run, block, parent, elsewhere)
    phrases = _near_phrases(run, block)
    first = run[0] if run else Token("OTHER", line.text[:20], 0, len(line.text))
    span = line.place(first.start, first.end)
    args = {**stranger_args(line, block), "word": first.text}
    guess = _guess(phrases, block)
    fixes: tuple[Fix, ...] = ()
    if guess is not None and (said := _said_as(phrases, run)):
        place = line.place(first.start, run[said - 1].end)
        fixes = (Fix(f"Write `{phrases[0]}`", (Edit(place, phrases[0]),)),)
    diagnostic = Diagnostic("S130", span, args, near=phrases, fixes=fixes)
    if guess is None:
        return Fault(diagnostic)
    mended = (Token("NAME", first_words(guess)[0], first.start, first.end), *run[1:])
    return Fault(diagnostic, guess, attempt(guess, mended).captured, mended)


def _said_as(phrases: tuple[str, ...], run: Tokens) -> int:
    """How many words of a line are a slip away from the one phrase that is near; 0: none, or which is not clear."""
    count = len(phrases[0].split()) if phrases else 0
    if count > len(run):
        return 0
    written = " ".join(token.text.lower() for token in run[:count])
    one = count == 1 and len(phrases) == 1
    return count if one or written == phrases[0] or (len(phrases) == 1 and near(written, phrases)) else 0


def stranger_args(line: Line, block: str) -> dict[str, object]:
    """What the message says of a line that starts like none of its block."""
    word = (line.text.split() or [""])[0]
    return {"word": word, "block": block_words(block), "allowed": ", ".join(_phrases(block))}


@cache
def _phrases(block: str) -> tuple[str, ...]:
    """How lines of a block may start, each once, in the order of the reference."""
    return tuple(dict.fromkeys(" ".join(first_words(s)) or "a name" for s in below(block)))


def _near_phrases(run: Tokens, block: str) -> tuple[str, ...]:
    """The phrases of a block that the line's first words are a slip away from."""
    return _close_phrases(tuple(token.text.lower() for token in run[:4]), block) if run else ()


@lru_cache(maxsize=4_096)
def _close_phrases(texts: tuple[str, ...], block: str) -> tuple[str, ...]:
    phrases = [p for p in _phrases(block) if p != "a name"]
    longest = max((len(p.split()) for p in phrases), default=0)
    found: list[str] = []
    for length in range(min(longest, len(texts)), 0, -1):
        written = " ".join(texts[:length])
        same_length = [p for p in phrases if len(p.split()) == length]
        found.extend([written] if written in same_length else near(written, same_length))
    heads = {phrase.split()[0]: phrase for phrase in phrases}
    found.extend(heads[head] for head in near(texts[0], heads) if len(texts[0]) > 2)
    return tuple(dict.fromkeys(found))[:4]


def _guess(phrases: tuple[str, ...], block: str) -> Statement | None:
    """The statement that a misspelt line was most likely meant to be."""
    if not phrases:
        return None
    return next(s for s in below(block) if " ".join(first_words(s)) == phrases[0])


@cache
def _by_first_word() -> dict[str, list[Statement]]:
    """All statements by the word they start with."""
    found: dict[str, list[Statement]] = {}
    for statement in STATEMENTS:
        if first_words(statement):
            found.setdefault(first_words(statement)[0], []).append(statement)
    return found


@cache
def _beside(block: str) -> tuple[Statement, ...]:
    """Conditions that stand alone in a block beside this one, below the same line: what is expected, beside `given`."""
    outer = {under for s in STATEMENTS if s.opens == block for under in s.under} - {TOP}
    blocks = {s.opens for s in STATEMENTS if outer & set(s.under)} - {block, ""}
    return tuple(s for s in STATEMENTS if blocks & set(s.under) and s.pattern == "{when:condition}")


def _elsewhere(run: Tokens, block: str) -> list[Attempt]:
    """Statements of other blocks that the line is, or starts like; the best first."""
    if not run:
        return []
    starting = _by_first_word().get(run[0].text, ())
    beside = () if isinstance(read(run, "formula"), Refused) else _beside(block)
    found = [attempt(statement, run) for statement in (*starting, *beside) if block not in statement.under]
    kept = [fit for fit in found if fit.complete or fit.words >= len(first_words(fit.statement))]
    return sorted(kept, key=lambda fit: (not fit.complete, -fit.words))


def _belongs(line: Line, run: Tokens, block: str, parent: Node | None, elsewhere: list[Attempt]) -> Fault:
    """A line that would be right in another block."""
    best = elsewhere[0]
    words = " ".join(first_words(best.statement))
    span = line.place(run[0].start, run[min(len(words.split()), len(run)) - 1].end)
    blocks = list(
        dict.fromkeys(under for fit in elsewhere if fit.complete == best.complete for under in fit.statement.under)
    )
    words = words or line.text[:60]
    args: dict[str, object] = {"phrase": words, "block": block_words(block), "where": _where(blocks)}
    args |= {"whole": best.complete, "blocks": "|".join(blocks)}
    labels = (Label(parent.span, f"it stands under this {block} line"),) if parent else ()
    return Fault(Diagnostic("S131", span, args, labels), best.statement, best.captured, run)


def _where(blocks: list[str]) -> str:
    if TOP in blocks:
        return "at the left edge"
    shown = [f"`{block}`" for block in blocks[:4]]
    return "under " + (shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " or " + shown[-1])


def _misfit(line: Line, run: Tokens, best: Attempt, wanted: list[Part], block: str) -> Diagnostic:
    """The statement is clear; one place of the line does not fit it."""
    at = best.reached
    args: dict[str, object] = {
        "phrase": " ".join(first_words(best.statement)) or best.statement.under[0],
        "wanted": describe_any(wanted),
        "example": best.statement.example.split("\n")[0],
        "block": block,
        "list": next((s.name for s, _, end in best.captured if end == at and s.kind in _LISTS), None),
    }
    if at >= len(run):
        end = line.place(len(line.text), len(line.text))
        return Diagnostic("S136", end, args)
    token = run[at]
    span = line.place(token.start, token.end)
    args["seen"] = token.text
    for special in (_hyphen, _tail_words, _condition_apart, _list_comma, _equals, _not_a_name, _no_choice):
        found = special(line, run, at, wanted, args)
        if found is not None:
            return found
    if best.ended or all(_is_tail(part) for part in wanted):
        rest = line.place(token.start, run[-1].end)
        args["seen"] = line.text[token.start : run[-1].end]
        return Diagnostic("S133", rest, args, near=_near_words(token, wanted))
    quotes = _quotes(line, run, at, wanted)
    if quotes:
        edit = quotes[0].edits[0]
        written = {"written": edit.text[1:-1], "instead": edit.text}
        return Diagnostic("S127", edit.span, {**args, **written}, fixes=quotes)
    return Diagnostic("S132", span, args, near=_near_words(token, wanted))


def _quotes(line: Line, run: Tokens, at: int, wanted: list[Part]) -> tuple[Fix, ...]:
    """Quotes around the rest of the line, where a text is all that is wanted."""
    kinds = [part.kind for part in wanted if isinstance(part, SlotPart)]
    if kinds != ["text"] or len(wanted) > 1 or any(token.kind == "STRING" for token in run[at:]):
        return ()
    text = line.text[run[at].start : run[-1].end]
    return (Fix("Put it in quotes", (Edit(line.place(run[at].start, run[-1].end), f'"{text}"'),)),)


def _is_tail(part: Part) -> bool:
    return isinstance(part, Literal) and part.text in ("when", "=")


def _near_words(token: Token, wanted: list[Part]) -> tuple[str, ...]:
    return near(token.text, _literal_words(wanted))


def _literal_words(wanted: list[Part]) -> Iterator[str]:
    for part in wanted:
        if isinstance(part, Literal) and part.text.isalpha():
            yield part.text
        elif isinstance(part, SlotPart):
            yield from TYPES if part.kind == "type" else part.arguments if part.kind in (*_CHOICES, "flag") else ()


def _hyphen(line: Line, run: Tokens, at: int, wanted: list[Part], args: dict[str, object]) -> Diagnostic | None:
    """`win-back` where a name stands."""
    if not at or at + 1 >= len(run) or run[at].kind != "MINUS" or run[at - 1].kind != "NAME":
        return None
    last = at + 1
    while last + 2 < len(run) and run[last + 1].kind == "MINUS" and run[last + 2].start == run[last].end + 1:
        last += 2
    if run[at - 1].end != run[at].start or run[at + 1].start != run[at].end:
        return None
    seen = line.text[run[at - 1].start : run[last].end]
    span = line.place(run[at - 1].start, run[last].end)
    name = snake(seen)
    return Diagnostic(
        "S139", span, {**args, "seen": seen, "name": name}, fixes=(Fix(f"Write `{name}`", (Edit(span, name),)),)
    )


def _tail_words(line: Line, run: Tokens, at: int, wanted: list[Part], args: dict[str, object]) -> Diagnostic | None:
    """`if`, `where` or a bare condition where `when` is meant."""
    token = run[at]
    takes_when = any(isinstance(part, Literal) and part.text == "when" for part in wanted)
    if takes_when and token.text in ("if", "where", "provided", "while"):
        span = line.place(token.start, token.end)
        fix = Fix("Write `when`", (Edit(span, "when"),))
        return Diagnostic("S143", span, args, fixes=(fix,))
    return None


def _condition_apart(
    line: Line, run: Tokens, at: int, wanted: list[Part], args: dict[str, object]
) -> Diagnostic | None:
    """A condition at the end of a line that takes none, in a block where it has a line of its own."""
    token = run[at]
    block = str(args["block"])
    if token.text not in ("if", "when", "where", "unless") or at + 1 == len(run) or not _says_when(block):
        return None
    rest = line.place(token.start, run[-1].end)
    word = "unless" if token.text == "unless" else "when"
    args["instead"] = f"{word} {line.text[run[at + 1].start : run[-1].end]}"
    broken = "\n" + " " * (line.column - 1) + str(args["instead"])
    gap = line.place(run[at - 1].end if at else 0, run[-1].end)
    fix = Fix(f"Write below it: {args['instead']}", (Edit(gap, broken),))
    return Diagnostic("S188", rest, args, fixes=(fix,))


def _says_when(block: str) -> bool:
    return any(first_words(statement) == ("when",) for statement in below(block))


def _list_comma(line: Line, run: Tokens, at: int, wanted: list[Part], args: dict[str, object]) -> Diagnostic | None:
    """Two items of a list side by side."""
    token, before = run[at], run[at - 1]
    if at and args["list"] and token.text in ("and", "or") and at + 1 < len(run) and run[at + 1].kind == "NAME":
        fix = Fix("Write a comma", (Edit(line.place(before.end, run[at + 1].start), ", "),))
        said = {**args, "before": before.text, "seen": run[at + 1].text}
        return Diagnostic("S189", line.place(token.start, token.end), said, fixes=(fix,))
    if not at or token.kind != "NAME" or before.kind != "NAME" or args["list"] is None:
        return None
    if at + 1 < len(run) and run[at + 1].kind not in ("NAME", "COMMA"):
        return None
    gap = line.place(before.end, token.start)
    fix = Fix("Write a comma", (Edit(gap, ", "),))
    return Diagnostic("S189", line.place(before.start, token.end), {**args, "before": before.text}, fixes=(fix,))


def _equals(line: Line, run: Tokens, at: int, wanted: list[Part], args: dict[str, object]) -> Diagnostic | None:
    """An `=` too many, or one that is not there."""
    token = run[at]
    span = line.place(token.start, token.end)
    if token.kind == "EQUALS":
        rest = line.place(token.start, run[at + 1].start) if at + 1 < len(run) else span
        return Diagnostic("S145", span, args, fixes=(Fix("Leave out the `=`", (Edit(rest, ""),)),))
    values = ("NUMBER", "SHARE", "MONEY", "DURATION", "RATE", "DATE", "YES_NO", "AGGREGATE", "SINCE", "LEFT", "ANY")
    if any(isinstance(part, Literal) and part.text == "=" for part in wanted) and token.kind in values:
        before = line.place(token.start, token.start)
        return Diagnostic("S146", span, args, fixes=(Fix("Write `=` before it", (Edit(before, "= "),)),))
    return None


def _not_a_name(line: Line, run: Tokens, at: int, wanted: list[Part], args: dict[str, object]) -> Diagnostic | None:
    """Something where a name is wanted that is no name: a reserved word, capitals, a quoted text."""
    token = run[at]
    slot = next((part for part in wanted if isinstance(part, SlotPart) and part.kind in _NAMES), None)
    if slot is None:
        return None
    span = line.place(token.start, token.end)
    if token.text in RESERVED:
        return Diagnostic("S140", span, args)
    if token.kind == "WORD":
        args["name"] = snake(token.text)
        return Diagnostic("S139", span, args, fixes=(Fix(f"Write `{args['name']}`", (Edit(span, str(args["name"])),)),))
    if token.kind == "STRING":
        args["name"] = snake(token.text[1:-1])
        declares = slot.kind in ("name", "names")
        return Diagnostic("S148" if declares else "S149", span, {**args, "example": example(slot)})
    return None


def _no_choice(line: Line, run: Tokens, at: int, wanted: list[Part], args: dict[str, object]) -> Diagnostic | None:
    """A word that is none of those that may stand there."""
    token = run[at]
    choices = [w for part in wanted if isinstance(part, SlotPart) and part.kind in _CHOICES for w in part.arguments]
    if not choices or token.kind not in ("NAME", "WORD"):
        return None
    span = line.place(token.start, token.end)
    found = near(token.text, choices)
    fixes = (Fix(f"Write `{found[0]}`", (Edit(span, found[0]),)),) if len(found) == 1 else ()
    return Diagnostic("S147", span, args, near=found, fixes=fixes)


_SPELLED = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe",
            "å": "a", "ł": "l", "đ": "d"}  # fmt: skip


@lru_cache(maxsize=4_096)
def snake(text: str) -> str:
    """A name as the language writes it: lower case, words joined by `_`, no sign but that."""
    spelled = normalize("NFKD", "".join(_SPELLED.get(c, c) for c in text.strip()))
    plain = "".join(c if c.isascii() and c.isalnum() else "_" for c in spelled if not combining(c))
    spaced = "".join("_" + c if c.isupper() and i and plain[i - 1].islower() else c for i, c in enumerate(plain))
    name = "_".join(part for part in spaced.lower().split("_") if part)
    return name if name[:1].isalpha() else f"x_{name}" if name else "some_name"
