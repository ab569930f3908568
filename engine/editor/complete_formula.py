"""Completions in a formula or condition: what the grammar lets follow, with the names that mean something there.

In: the tokens of the formula before the cursor, what it may read, the names. Out: items. The tables of the grammar say
what may follow; a formula that is wrong before the cursor is judged by its last word alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from stratagem.dsl.catalogue.formula_words import WORDS
from stratagem.dsl.functions import FUNCTIONS
from stratagem.dsl.grammar.driver import Refused, read
from stratagem.dsl.grammar.words import Token
from stratagem.dsl.parse.match import Tokens
from stratagem.dsl.resolve.scope import Scope
from stratagem.engine.editor.choices import origin, values
from stratagem.engine.editor.complete_names import fields_after, name_item, subjects, value_item, visible
from stratagem.engine.editor.item import Item, plain
from stratagem.engine.editor.kinds import kind_of, last_operand, syntax_of
from stratagem.engine.editor.names import Names

_HERE = Token("OTHER", "", 0, 0)
OPERANDS = frozenset(["NAME", "AGGREGATE", "SINCE", "ANY", "NOT", "LEFT", "MINUS", "MISSING", "YES_NO"])
OPERATORS = frozenset(["AND", "OR", "IS", "COMPARE", "BETWEEN", "CONTAINS", "STARTS_WITH", "MATCHES", "PLUS", "TIMES",
                       "IF", "ELSE", "$END"])  # fmt: skip
_ENDS = frozenset(["NAME", "DOTTED", "RIGHT", "MISSING", "KNOWN", "YES_NO", "STRING", "DURATION", "MONEY", "NUMBER",
                   "SHARE", "DATE", "RATE", "TIMESTAMP", "TIME"])  # fmt: skip
AGGREGATES = ("count of", "sum of", "average of", "smallest of", "largest of", "first of", "latest of",
              "number of different", "any")  # fmt: skip
SINCE = ("days since", "months since", "days until")
_ORDERED = ("", "number", "share", "money", "duration", "rate", "date", "timestamp")
_ADDED = ("", "number", "share", "money", "duration", "rate", "date")
_TEXTS = ("", "text")
_MEASURES = ("", "duration", "date", "timestamp", "number")
UNITS = ("days", "weeks", "months", "quarters", "years", "hours", "minutes")


@dataclass(frozen=True)
class Asked:
    """A formula up to the cursor. `head`: the words before a point (`orders.`); `starts`: may `all of` stand here."""

    run: Tokens
    scope: Scope
    names: Names
    head: tuple[str, ...] = ()
    condition: bool = False
    starts: bool = False
    currency: str = "EUR"


def formula_items(asked: Asked) -> Iterator[Item]:
    """What may be written next."""
    asked = replace(asked, scope=_scope(asked))
    if asked.head:
        yield from fields_after(asked.names, asked.head, asked.scope)
        return
    expected = _expected(asked.run)
    if "NAME" in expected or "DOTTED" in expected:
        yield from _operands(asked, expected)
    if expected & OPERATORS or "WINDOW" in expected or "KNOWN" in expected:
        yield from _operators(asked, expected)
    if expected & {"DURATION"} and "NAME" not in expected:
        yield from (Item(text, "value", first=2) for text in ("12 months", "6 months", "30 days", "7 days"))
    if asked.run and asked.run[-1].kind in ("NUMBER", "MONEY"):
        yield from _units(asked)


def complete(run: Tokens) -> bool:
    """Could the formula be over here."""
    tree = read((*run, _HERE), "formula")
    return isinstance(tree, Refused) and tree.index == len(run) and "$END" in tree.expected


def _expected(run: Tokens) -> frozenset[str]:
    """The kinds of token that may follow."""
    tree = read((*run, _HERE), "formula")
    if isinstance(tree, Refused) and tree.index == len(run):
        return tree.expected
    return OPERATORS if run and run[-1].kind in _ENDS else OPERANDS


def _scope(asked: Asked) -> Scope:
    """What may be read here: within an open `where`, the rows of what it counts."""
    depth = 0
    for at in range(len(asked.run) - 1, -1, -1):
        kind = asked.run[at].kind
        depth += (kind == "RIGHT") - (kind == "LEFT")
        if kind == "WHERE" and depth <= 0:
            heads = [t.text.split(".")[0] for i, t in enumerate(asked.run[:at])
                     if i and asked.run[i - 1].kind in ("AGGREGATE", "ANY")]  # fmt: skip
            if heads:
                return replace(asked.scope, row=heads[-1], customer=True, own_rows=False, inner=True)
    return asked.scope


def _operands(asked: Asked, expected: frozenset[str]) -> Iterator[Item]:
    """What a value may start with."""
    run, names, scope = asked.run, asked.names, asked.scope
    before = run[-1].kind if run else ""
    if before in ("AGGREGATE", "ANY"):
        yield from subjects(names, run[-1].text, scope)
        return
    if before == "OVER":
        yield from (name_item(thing) for thing in names.of("segment", "tier"))
        return
    choices = list(_choices(asked))
    yield from choices
    if not choices:
        yield from visible(names, scope, _kind(asked) if before in ("COMPARE", "BETWEEN", "IS") else "")
        yield from _functions()
        yield from _phrases(asked)
    words = {"NOT": "not", "MISSING": "missing", "KNOWN": "known"}
    yield from (Item(word, "operator", first=6) for kind, word in words.items() if kind in expected)
    if "ONE_OF" in expected:
        yield Item("one of (…)", "operator", "one of (${1})", True, again=True, first=6)
    if before in ("IS", "ELSE") and not choices and _kind(asked) in ("", "yes_no"):
        yield from (Item(word, "value", first=6) for word in ("yes", "no"))
    if asked.condition and asked.starts and not run:
        yield from (Item(word, "operator", f"{word}\n  $0", True, first=3) for word in ("all of", "any of", "none of"))


def _choices(asked: Asked) -> Iterator[Item]:
    """The values that may stand opposite a choice."""
    run = asked.run
    at = len(run)
    taken: set[str] = set()
    while at and run[at - 1].kind in ("NAME", "STRING", "COMMA", "LEFT") and run[at - 1].kind != "ONE_OF":
        taken.add(run[at - 1].text)
        at -= 1
    if at and run[at - 1].kind == "ONE_OF" and at < len(run) and run[at].kind == "LEFT":
        at -= 1
    else:
        at, taken = len(run), set()
    at -= at > 0 and run[at - 1].kind == "NOT"
    if not at or run[at - 1].kind != "IS":
        return
    found = origin(asked.names, syntax_of(last_operand(run[: at - 1])), asked.scope)
    for word, thing in values(asked.names, found) if found is not None else ():
        if word not in taken:
            yield value_item(word, thing)


def _kind(asked: Asked) -> str:
    """The kind of the operand before the operator that the cursor stands behind, or right before the cursor."""
    run = asked.run
    while run and run[-1].kind in ("IS", "NOT", "COMPARE", "BETWEEN", "NUMBER"):
        run = run[:-1]
    return kind_of(asked.names, syntax_of(last_operand(run)), asked.scope)


def _functions() -> Iterator[Item]:
    for function in FUNCTIONS.values():
        doc = f"{function.meaning}\n\n```strategy\n{function.example}\n```"
        yield Item(
            function.name, "function", f"{function.name}(${{1}})", True, function.signature, doc, again=True, first=7
        )


def _phrases(asked: Asked) -> Iterator[Item]:
    """Aggregates and `days since`."""
    if asked.scope.own_rows or asked.scope.population:
        yield from (Item(word, "operator", f"{word} ", doc=word_doc(word), again=True, first=4) for word in AGGREGATES)
    if asked.scope.population:
        share = "share of customers where"
        yield Item(share, "operator", f"{share} ", doc=word_doc("share of"), again=True, first=1)
    if asked.scope.customer:
        yield from (Item(word, "operator", f"{word} ", doc=word_doc(word), again=True, first=4) for word in SINCE)


def word_doc(word: str) -> str:
    """What a word of formulas means, with an example, as Markdown; "" for one that has no page."""
    found = next((each for each in WORDS if each.word == word), None)
    if found is None:
        return ""
    return f"`{found.form}`\n\n{found.meaning} {found.unknown}\n\n```strategy\n{found.example}\n```"


def _operators(asked: Asked, expected: frozenset[str]) -> Iterator[Item]:
    kind = _kind(asked)
    if "IS" in expected:
        yield from _tests(kind)
    if "COMPARE" in expected and kind in _ORDERED:
        yield from (Item(op, "operator", f"{op} ", again=True, first=2) for op in (">=", "<=", ">", "<"))
        yield Item("between … and …", "operator", "between ${1:0} and ${2:10}", True, first=3)
    if "CONTAINS" in expected and kind in _TEXTS:
        for word in ("contains", "starts with", "matches"):
            yield Item(word, "operator", f'{word} "${{1}}"', True, first=3)
    if "PLUS" in expected and kind in _ADDED:
        yield from (Item(op, "operator", f"{op} ", again=True, first=6) for op in "+-*/")
    if "WINDOW" in expected:
        yield Item("in last", "operator", "in last ${1:12 months}", True, "a window up to the as-of day", first=1)
        yield Item("in next", "operator", "in next ${1:14 days}", True, "what is ahead", first=3)
    where = kind if kind else "yes_no"
    for word in ("where", "over", "and", "or", "if", "else"):
        token = word.upper()
        fits = token in expected and (token not in ("AND", "OR") or where == "yes_no" or _is_test(asked))
        if fits and (token != "OVER" or asked.scope.population):
            yield Item(word, "operator", f"{word} ", again=True, first=2 if token in ("AND", "OR", "WHERE") else 4)
    if "AND" in expected and asked.run and _between(asked.run):
        yield Item("and", "operator", "and ", again=True, first=1)


def _is_test(asked: Asked) -> bool:
    """Does a whole condition stand before the cursor."""
    at = len(asked.run)
    while at and asked.run[at - 1].kind not in ("AND", "OR", "WHEN", "WHERE", "LEFT", "IF"):
        at -= 1
    return kind_of(asked.names, syntax_of(asked.run[at:]), asked.scope) == "yes_no"


def _between(run: Tokens) -> bool:
    kinds = [token.kind for token in run]
    return "BETWEEN" in kinds and "AND" not in kinds[len(kinds) - kinds[::-1].index("BETWEEN") :]


def _tests(kind: str) -> Iterable[Item]:
    """`is` and what begins with it."""
    if kind != "yes_no":
        first = 1 if kind in ("", "choice", "text") else 5
        yield Item("is", "operator", "is ", again=True, first=first)
        yield Item("is not", "operator", "is not ", again=True, first=first)
    if kind in ("", "choice", "text"):
        yield Item("is one of (…)", "operator", "is one of (${1})", True, again=True, first=2)
        yield Item("is not one of (…)", "operator", "is not one of (${1})", True, again=True, first=2)
    yield Item("is known", "operator", first=3)
    yield Item("is missing", "operator", first=3)


def _units(asked: Asked) -> Iterator[Item]:
    """Units behind a bare number, periods behind money."""
    last = asked.run[-1].kind
    kind = _kind(asked) if last == "NUMBER" else ""
    if last == "NUMBER" and kind in ("", "money"):
        yield Item(asked.currency, "unit", first=1)
    if last == "NUMBER" and kind in _MEASURES:
        yield from (Item(unit, "unit", first=1 if kind == "duration" else 3) for unit in UNITS)
    yield from (Item(f"per {unit}", "unit", plain(f"per {unit}"), first=6) for unit in ("week", "month", "year"))
