"""What a mend may never lose: a word of negation, a sign of arithmetic, a name that a formula reads; and what it loses
at a price: a text, a figure, another name."""

from __future__ import annotations

from collections.abc import Sequence

from stratagem.dsl.grammar.words import Token, tokens
from stratagem.dsl.parse.hints import BUILT_IN, phrase_words
from stratagem.dsl.parse.mend.gaps import TO_BE_REPLACED
from stratagem.dsl.parse.mend.patterns import date_pattern
from stratagem.dsl.parse.mend.quotes import straight
from stratagem.dsl.parse.mend.step import Step, compiled, masked, match, search, sub
from stratagem.dsl.parse.mend.trial import Place

_IDIOMS = (
    r"(?i)\b(?:no|not|never|isn't|aren't)\s+(?:more|less|fewer|later|earlier|greater|smaller|higher|lower|older|younger)(?:\s+often)?\s+than\b"
    r"|\b(?:is\s+)?not\s+(?:null|none|empty|blank|missing|unknown|undefined|nil|absent|unfilled|unset)\b|\bor\s+not\b|\bif\s+not\b"
    r"|\b(?:not|isn't|aren't)\s+(?:under|below|beneath|over|above|beyond|exceed\w*)\b|(?<=\w\s)unless\s+not\b|\byes\s*(?:/|or|-|)\s*no\b|<!"
    r"|\bno\.\s*(?=\d)"
    r"|\b(?:nobody|no one|none|never|not|cannot|\w+n't)\b(?:\s+[a-z]+){1,4}?\s+more than\b"
    r"|\x22\s*(?:for|is|means?|=)\s*no\b|\b(?:not|never)\s+(?:again|twice|more\s+than\s+once)\b"
)
"""Negations that are written without one."""
_OPPOSITES = (
    (r"\b(?:at (?:the )?least|more than|minimum|or more)\b", r"^(?:at most|limit|capacity|stock)\b"),
    (r"\b(?:at (?:the )?most|max|maximum|less than|below|under|up to)\b", r"^(?:at least|target (?!at most))"),
    (r"\bbefore\b(?!.*\bafter\b)", r"^(?:silence .*)?after\b"),
    (r"^before\b", r"^(?:at|costs|not with|for|through|unless|when)\b"),
    (r"^contact\b", r"^quiet\b"),
    (r"^(?!.*\b(?:unless|except|but)\b)", r"^unless not\b"),
    (r"\bout of stock\b", r"^stock\b"),
    (r"^hold in\b", r"^hold out\b"),
    (r"", r"^(?:metric|measure) \w+ = (?:yes|no)$"),
)
"""What is written, and what a mended line then never says; the last is no formula."""
_DENIES = (
    r"(?i)\b(?:not|cannot|(?:forbidden|prohibited|blocked|banned)(?= (?:when|if|for|unless|where))|never|no|without|non"
    r"|nor|neither|none|except|excluding|unless|outside|other than|apart from|instead of"
    r"|(?:all|any\w*|every\w*)(?: [a-z]+)? but|\w+n't|hardly)\b|!"
)
_DENIED = r"\b(?:not|no|none|unless|missing|excluded|nothing|quiet|silence|poorly|do_not_serve)\b|\bis 0\b"
_SAID_SO = r"\b(?:missing|excluded|nothing|quiet|silence|poorly|do_not_serve)\b|\bis 0\b"
"""Denials of the language that deny nothing else of a line."""
_READS = r"=|\b(?:when|unless|where|if)\b|\bby\s+(?!end\b|[\dA-Z])"
"""How a line looks that holds a formula or a condition."""
_POWERS = "\u00b2\u00b3^\u221a"


def keeps(place: Place, text: str, steps: Sequence[Step]) -> bool:
    """Does a mended text still say what the line said."""
    was, now = (_chosen(masked(said), place) for said in (next(straight(place.line), place.line), text))
    if was.startswith("many ") and now.startswith("one "):
        return False
    if turned(was, now):
        return False
    spelt = any(step.code == "S139" for step in steps)  # `no shows` is the name `no_shows`
    denied = compiled(_DENIED).findall(now.replace("_", " ") if spelt else now)
    if _denies(was) and _denies(_unnamed(was, place)) and len(denied) <= len(compiled(_SAID_SO).findall(was)):
        quoted = any(step.text[:1] == '"' for step in steps) and not search(_READS, was)
        if not quoted or not all(word in text for word in compiled(_DENIES).findall(was)):
            return False
    made_up = any(step.assumes.startswith(TO_BE_REPLACED) for step in steps)
    if made_up and any(figure not in now for figure in compiled(_FIGURES).findall(was)):
        return False  # there is a figure, however it is written
    if place.kind not in ("case", "condition") and not search(_READS, was) and not search(_READS, now):
        return True
    if any(sign in was for sign in _POWERS) and not any(word in now for word in ("*", "power(", "sqrt(")):
        return False
    assumed = " ".join(step.assumes for step in steps if not step.assumes.startswith("without"))
    read = {token.text for token in tokens(was) if token.kind == "NAME"} - BUILT_IN
    read -= place.hints.named(("source", "customer")).keys() if not search(_READS, was) else set()
    left_out = {name for name in read if name not in text and name not in assumed and name in place.hints.words}
    elsewhere = {name for name in left_out if place.hints.times(name) > 1}
    return not elsewhere or any(step.knows for step in steps)


def _chosen(mask: str, place: Place) -> str:
    """A text without the choices of fields that deny nothing: `level is never`."""
    choices = place.hints.choices.intersection(("never", "none", "nobody", "nothing", "without", "outside", "hardly"))
    for choice in choices:
        mask = compiled(rf"\b(is(?: not)?) {choice}\b").sub(lambda said: f"{said[1]} {'_' * 5}", mask)
    return mask


def _unnamed(text: str, place: Place) -> str:
    """A text without the names that the file declares: what a thing is called denies nothing."""
    return " ".join(word for word in text.split(" ") if word not in place.hints.words)


def turned(was: str, now: str) -> bool:
    """Does a mended line say the opposite of a bound: `more than 2 per week` is no limit."""
    bare = sub(_IDIOMS, " ", was)
    to = match(r"^moves?\s+(?:in)?to\s+(\w+)", was)
    if to is not None and now.startswith(f"move {to[1]} "):
        return True
    source = search(r"\bfrom\s+(\w+)", was) if now.startswith("move ") else None
    if source is not None and not now.startswith(f"move {source[1]} "):
        return True
    if match(r"^(?:allowed|available) ", now):
        denials = [len(compiled(pattern).findall(text)) for pattern, text in ((_DENIES, bare), (_DENIED, now))]
        if denials[0] > max(1, denials[1]):
            return True  # `never allowed without mail_ok`
    return any(search(now_said, now) and search(said, bare) for said, now_said in _OPPOSITES)


def _denies(text: str) -> bool:
    """Does a text hold a negation that is meant as one."""
    return search(_DENIES, text) is not None and search(_DENIES, sub(_IDIOMS, " ", text)) is not None


_FIGURES = r"\d{1,4}/\d{1,2}/\d{2,4}|\d[\d,.:-]*"
_LITERALS = r'([a-z]\w*)?\s*("[^"]*"|\d[\d,.:-]*)'
AROUND = frozenset(("tiers", "customer", "source", "strategy"))
"""Kinds of names that are said before another one, which says the same without them."""


def lost(place: Place, text: str) -> tuple[str, ...]:
    """Texts, figures and names of this file that stand in the line as written, and no more in a mended text."""
    run, bare = tokens(place.line), _letters(text)
    gone = [t.text for t in run if t.kind in ("STRING", "LONG_TEXT") and _letters(t.text) not in bare]
    gone = [said for said in gone if not date_pattern(said.strip('"'))]  # it is written with `%` now
    labels = {label: name for names in place.hints.declared.values() for name, label in names.items()} if gone else {}
    gone = [said for said in gone if labels.get(said.strip('"'), "\n") not in text]  # its name stands there now
    gone += [t.text for t in run if t.kind == "NAME" and _declared(t, place) and _letters(t.text) not in bare]
    paths = [t.text for t in run if t.kind == "DOTTED" and t.text not in text]
    gone += [path for path in paths if path.split(".")[-1] in place.hints.paths]
    was, now = compiled(_FIGURES).findall(masked(place.line)), compiled(_FIGURES).findall(text)
    figures = [figure for figure in was if figure not in now][: max(0, len(was) - len(now))]
    return (*gone, *figures, *(figures if search(_READS, place.line) else ()))


def exchanged(place: Place, text: str) -> bool:
    """Do the same texts and figures stand in another order, and not each behind the word that it stood behind."""
    was, now = compiled(_LITERALS).findall(place.line), compiled(_LITERALS).findall(text)
    said, says = ([literal for _, literal in found if not literal.endswith('.csv"')] for found in (was, now))
    moved = said != says and sorted(said) == sorted(says)
    return moved and not {pair for pair in was if pair[0]} <= set(now)


def _declared(name: Token, place: Place) -> bool:
    """Is it a name that the file declares, or reads elsewhere without declaring it."""
    if name.text in BUILT_IN or name.text in phrase_words():
        return False
    kinds = {kind for kind, names in place.hints.declared.items() if name.text in names}
    return bool(kinds - AROUND) or name.text in place.orphans


def _letters(text: str) -> str:
    return compiled(r"[\W_]").sub("", text.lower())
