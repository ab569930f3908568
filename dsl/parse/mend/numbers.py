"""Numbers, money, shares and lengths of time as other countries and other tools write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.currencies import SIGNS
from stratagem.dsl.parse.mend.comparisons import ANY_UNIT
from stratagem.dsl.parse.mend.gaps import TO_BE_REPLACED
from stratagem.dsl.parse.mend.step import Step, compiled, finditer, looked_up, match, with_figures
from stratagem.dsl.record import replace

_SHARED = {
    "USD": ("CAD", "AUD", "NZD", "SGD", "HKD", "MXN"), "SEK": ("NOK", "DKK", "ISK"), "GBP": ("EGP",), "JPY": ("CNY",),
    "MXN": ("ARS", "CLP", "COP", "PHP"), "INR": ("PKR", "LKR", "NPR", "IDR"), "CHF": ("XAF", "XOF"),
}  # fmt: skip
"""Currencies that share a sign or a word with others: the strategy's own is meant, where it is one of them."""
OWN = {
    "ZAR": "R", "SEK": "kr", "NOK": "kr", "DKK": "kr", "ISK": "kr", "PLN": "zł|zl|złotych|zlotych",
    "CZK": "Kč|Kc|korun", "HUF": "Ft|forint", "CHF": "sFr|SFr|Fr|Stutz", "INR": "Rs|rs|Re", "BRL": r"R\$",
    "CAD": r"C\$|CA\$|Can\$", "AUD": r"A\$|AU\$", "NZD": r"NZ\$", "HKD": r"HK\$", "SGD": r"S\$", "USD": r"US\$",
    "MXN": r"Mex\$|MX\$", "RON": "lei|Lei", "BGN": "лв", "KES": "KSh|Ksh", "NGN": "N", "PHP": "P|Php", "MYR": "RM",
    "IDR": "Rp", "AED": "Dhs|Dh", "SAR": "SR", "EGP": "LE", "ILS": "NIS", "CNY": "RMB|yuan", "RUB": "руб|р",
    "UAH": "грн", "TRY": "TL", "VND": "đ",
    "KRW": "won", "PKR": "Rs", "LKR": "Rs", "NPR": "Rs",
}  # fmt: skip
"""What is written for a currency in its own country, and is read so where it is the strategy's own."""
MONEY_WORDS = {
    "euro": "EUR", "euros": "EUR", "eur": "EUR", "eurs": "EUR", "usd": "USD", "dollar": "USD", "dollars": "USD",
    "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "quid": "GBP", "yen": "JPY", "jpy": "JPY", "chf": "CHF",
    "franc": "CHF", "francs": "CHF", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "PLN", "czk": "CZK",
    "zloty": "PLN", "cad": "CAD", "aud": "AUD", "zł": "PLN", "zl": "PLN", "kč": "CZK", "kc": "CZK", "koruna": "CZK",
    "inr": "INR", "rs": "INR", "rupee": "INR", "rupees": "INR", "fr": "CHF", "sfr": "CHF", "frs": "CHF", "kr": "SEK",
    "krona": "SEK", "kronor": "SEK", "krone": "NOK", "kroner": "NOK", "peso": "MXN", "pesos": "MXN", "rand": "ZAR",
    "zar": "ZAR", "brl": "BRL", "reais": "BRL", "huf": "HUF", "forint": "HUF", "yuan": "CNY", "rmb": "CNY",
    "cny": "CNY", "lira": "TRY", "try": "TRY", "won": "KRW", "us": "USD", "us$": "USD", "bucks": "USD",
}  # fmt: skip
_CARDINALS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_TENS = {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90", "hundred": "100"}
COUNTS = {
    **{word: str(number) for number, word in enumerate(_CARDINALS.split())},
    **{word: str(number) for number, word in enumerate(_ORDINALS.split(), 1)},
    **_TENS,
}
"""Figures that are written as words."""


def ordinal(word: str) -> bool:
    """Is a figure in words one that says which: `second`."""
    return word in _ORDINALS.split()


_PARTS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10,
}  # fmt: skip
_COUNTED = "|".join(COUNTS)
_ODD = r"\d[\d.,'’ \u00a0]*\d|\d"
"""A number in any country's way, blanks between its thousands included."""
_SCALES = {
    "k": 1_000, "thousand": 1_000, "tsd": 1_000, "grand": 1_000, "m": 1_000_000, "mn": 1_000_000, "mio": 1_000_000,
    "million": 1_000_000, "millions": 1_000_000, "lakh": 100_000, "lakhs": 100_000, "lac": 100_000,
    "crore": 10_000_000, "crores": 10_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000,
}  # fmt: skip
_SAID_SCALES = tuple(word for word in _SCALES if len(word) > 4)
_TAIL = rf"(?:\s?(?:{'|'.join(sorted(_SCALES, key=len, reverse=True))}|K|M|Mio|Tsd)\b\.?)?"
_DASH = r"(?:\s*(?:/-|/=|[.,](?:-{1,2}|–|—)))?"
"""What is written behind a round amount by hand: `250/-`, `2.-`."""
_AMOUNT = rf"(?<![\w.,-])({_ODD})({_TAIL})(?![\d%])"


def plain_number(text: str) -> str | None:
    """The number in the language's way (`10.000,50` is `10,000.50`); None when it cannot be one number."""
    text = text.strip()
    if text.isdecimal():
        return text
    parted = re.fullmatch(r"(\d{1,3}(?:['’\s\u00a0]+\d{3})+)[.,](\d+)", text)
    parted = parted or re.fullmatch(r"(\d{1,3}(?:,\d{3})+),(\d{1,2})", text)
    if parted:  # `60 000,00`, `1'234.50`, `60,000,00`: what follows the last sign is a fraction
        whole = int(re.sub(r"\D", "", parted[1]))
        return f"{whole:,}.{parted[2]}"
    text = re.sub(r"['’\s\u00a0]+(?=\d{3}(?!\d))", ",", text)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", text) or re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", text):
        text = text.replace(".", "\x01").replace(",", ".").replace("\x01", ",")
    elif re.fullmatch(r"\d+,(?:\d{1,2}|\d{4,})", text) or re.fullmatch(r"0,\d+", text):
        text = text.replace(",", ".")
    elif re.fullmatch(r"\d+(?:\.\d+)?", text) or re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return text
    elif re.fullmatch(r"\d+(?:,\d+)+(?:\.\d+)?", text) and len(text.split(",")[0]) > 0:
        return f"{int(text.split('.')[0].replace(',', '')):,}" + (f".{text.split('.')[1]}" if "." in text else "")
    return text if re.fullmatch(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", text) else None


def scaled(number: str, scale: str) -> str | None:
    """`1.5` `k` as 1,500."""
    plain = plain_number(number)
    factor = _SCALES.get(scale.strip().rstrip(".").lower())
    if plain is None or factor is None:
        return plain if not scale.strip() else None
    value = float(plain.replace(",", "")) * factor
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def currency_of(sign: str, home: str) -> str:
    """The code that a sign or word means in a strategy with this currency."""
    code = SIGNS.get(sign) or MONEY_WORDS.get(sign.lower().rstrip("."), "")
    return home if home in _SHARED.get(code, ()) else code


_COMPARED = r"(?:[<>=]|\b(?:is|between|least|most|than|and|over|under))\s*$"
"""Before a figure that something is held against."""


def number_steps(text: str, home: str) -> Iterator[Step]:
    """Numbers with the signs of other countries; `12k`; `.5`."""
    yield from money_steps(text, home)
    for found in with_figures(r"\b(\d[\d.]*),(?:-{1,2}|–|—)", text, ","):
        yield Step(found.start(), found.end(), plain_number(found[1]) or found[1], 0.4, "S171")
    for found in with_figures(r"(?<![\w.)])\.\d+%?", text, "."):
        yield Step(found.start(), found.end(), f"0{found.group()}", 0.3, "S171")
    for found in with_figures(r"(?<=[=(]\s),(\d{1,2}%?)(?![\d,])", text, " ,"):
        yield Step(found.start(), found.end(), f"0.{found[1]}", 0.2, "S171")
    for found in with_figures(r"(?<![\w.,])0[.,]$", text, "0.", "0,"):
        yield Step(found.start(), found.end(), "0.1", 0.1, "S171", TO_BE_REPLACED)
    for step in scale_steps(text):
        said = any(word in text[step.start : step.end].lower() for word in _SAID_SCALES)
        yield replace(step, cost=0.3 if said else 0.8)
    odd = r"(?<![\w.])(?=[OolIS.,]*\d)(?=[\d.,]*[OolIS])[\dOolIS](?:[\dOolIS.,]*[\dOolIS])(?!\w)"
    for found in with_figures(odd, text, *"OolIS"):
        figures = found.group().translate(str.maketrans("OolIS", "00115"))
        yield Step(found.start(), found.end(), figures, 0.3, "S171")
    for found in with_figures(r"(?<!\w)[x×](\d+)\b", text, *"x×"):
        yield Step(found.start(), found.end(), found[1], 0.6, "S153")
    for found in finditer(r"(?:^|(?<== ))(?:a\s+|one\s+)?half$", text, "half"):
        yield Step(found.start(), found.end(), "50%", 0.3, "S153")
    parts = ("half", "third", "quarter", "fifth", "tenth")
    for found in finditer(rf"\b(one|a|two|three|four)\s+({'|'.join(parts)})s?\b", text, *parts):
        share = _PARTS[found[1]] / _PARTS[found[2]]
        of = text[found.end() :].lstrip().startswith("of")
        yield Step(found.start(), found.end(), f"{100 * share:.3g}%" if of else f"{share:.3g}", 0.4, "S153")
    for found in with_figures(r"\b(\d+)(?:st|nd|rd|th)\b", text, "st", "nd", "rd", "th"):
        yield Step(found.start(), found.end(), found[1], 0.7, "S153")
    yield from _said_numbers(text)
    words = compiled(r"\b[A-Za-z]+\b")
    for found in () if COUNTS.keys().isdisjoint(words.findall(text.lower())) else words.finditer(text):
        count = COUNTS.get(found.group().lower())
        if count is not None and not text[found.end() :].lstrip().startswith("of"):
            compared = compiled(_COMPARED).search(text, 0, found.start())
            yield Step(found.start(), found.end(), count, 0.4 if compared else 1.0, "S153")


_TEN = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SMALL = {word: number for number, word in enumerate(_CARDINALS.split()[:20]) if number}
_BIG = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
_NUMBER_WORD = "|".join((*_TEN, *_SMALL, *_BIG))


def _said_numbers(text: str) -> Iterator[Step]:
    """`thirty-eight`, `two hundred and fifty`, `a thousand`: numbers that are said in several words."""
    if not any(word in text for word in (*_TEN, *_BIG)):
        return
    pattern = rf"\b(?:an?\s+)?(?:{_NUMBER_WORD})(?:(?:[\s-]+|\s+and\s+)(?:{_NUMBER_WORD}))*\b"
    for found in finditer(pattern, text):
        words = re.findall(_NUMBER_WORD, found.group())
        whole = part = 0
        for word in words:
            if word in _BIG and _BIG[word] > 100:
                whole, part = whole + max(part, 1) * _BIG[word], 0
            else:
                part = max(part, 1) * _BIG[word] if word in _BIG else part + _TEN.get(word, _SMALL.get(word, 0))
        if len(words) > 1 or words[0] not in _SMALL:
            written = f"{whole + part:,}" if whole else str(part)
            yield Step(found.start(), found.end(), written, 0.4, "S153")


@looked_up
def scale_steps(text: str) -> Iterator[Step]:
    """`12k`, `1.5 million`, `10.000,50`."""
    for found in with_figures(_AMOUNT, text):
        number, scale = found[1].strip(), found[2]
        if " " in number and plain_number(number) is None:
            continue
        plain = scaled(number, scale)
        if plain is not None and plain != found.group():
            yield Step(found.start(), found.end(), plain, 0.6, "S171")


_UNIT = rf"(\s*%|\s+[A-Z]{{3}}\b|\s+(?:{ANY_UNIT})s?\b)"
_SPREAD = rf"(?<![\w.,])({_ODD})(\s+(?:to|and|or)\s+)({_ODD})({_TAIL})({_UNIT}?)(?![\w%])"


@looked_up
def spread_steps(text: str) -> Iterator[Step]:
    """`from 410 to 460 thousand EUR`, `between 20 and 30 days`: what stands behind the second figure goes for both."""
    for found in finditer(_SPREAD, text):
        tail = f"{found[4]}{found[5]}"
        if tail.strip():
            scale = found[4].strip()
            if scale and not re.fullmatch(r"[1-9]\d{0,2}", found[1].strip()):
                continue  # `from 1,150 to 2 thousand`
            written = f"{found[1]}{tail}{found[2]}{found[3]}{tail}"
            both = f"that `{scale}` goes for both" if scale else ""
            yield Step(found.start(), found.end(), written, 0.5, "S171" if scale else "S176", both)


_WORD = "|".join(sorted(map(re.escape, MONEY_WORDS), key=len, reverse=True))
_NUMBER = rf"({_ODD})({_TAIL}){_DASH}"
_SIGN = "".join(SIGNS)
_FORMS = (
    (rf"([{_SIGN}])\s*{_NUMBER}", True, 1, 2, 3),
    (rf"(?<![\w.,]){_NUMBER}\s*([{_SIGN}])", True, 3, 1, 2),
    (rf"(?<![\w.,]){_NUMBER}\s*((?i:{_WORD}))\b\.?", False, 3, 1, 2),
    (rf"\b([A-Z]{{3}})\s*{_NUMBER}(?!\s*[{_SIGN}])", False, 1, 2, 3),
    (rf"\b((?i:{_WORD}))\.?\s*{_NUMBER}", False, 1, 2, 3),
)
"""The ways an amount is written: the pattern, whether it has a sign, the groups of sign, number and scale."""


_CENTS, _PENCE = (
    rf"(?<![\w.,])(\d+)\s*(?:¢|(?i:cents?|ct|cts|pence|paise|rappen|öre|øre|centimes?{also}))(?!\w)"
    for also in ("", "|p")
)


@looked_up
def money_steps(text: str, home: str) -> Iterator[Step]:
    """`€12`, `12 euros`, `EUR 12`, `R1,450`, `12k zł`."""
    for found in finditer(_PENCE if home == "GBP" else _CENTS, text):
        yield Step(found.start(), found.end(), f"{int(found[1]) / 100:.2f} {home}", 0.5, "S170")
    for found in with_figures(r"(?<![\w.,])(\d[\d,.]*\d|\d)\s*(?:/-|/=)(\s*[A-Z]{3}\b)?", text, "/-", "/="):
        yield Step(found.start(), found.end(), f"{found[1]} {(found[2] or home).strip()}", 0.4, "S170")
    scaled_code = rf"(?<![\w.,])({_ODD})\s*([TkKM])({home}|[{''.join(SIGNS)}])(?![\w])"
    for found in with_figures(scaled_code, text, *"TkKM"):
        plain = scaled(found[1], {"T": "k", "M": "million"}.get(found[2], "k"))
        if plain is not None:
            code = currency_of(found[3], home) or home
            yield Step(found.start(), found.end(), f"{plain} {code}", 0.1, "S170")
    own = OWN.get(home)
    yield from _dashed(text, home, own or home)
    for pattern in (
        rf"(?<![\w$])(?:{own})\.?\s?({_ODD})({_TAIL}){_DASH}",
        rf"(?<![\w.,])({_ODD})({_TAIL}){_DASH}\s?(?:{own})(?!\w)\.?",
    ):
        for found in with_figures(pattern, text) if own else ():
            plain = scaled(found[1], found[2])
            if plain is not None:
                yield Step(found.start(), found.end(), f"{re.sub(r'[.]00?$', '', plain)} {home}", 0.3, "S170")
                yield from _thousands(found, plain, home, 0.25)
    capital = re.search(r"\b[A-Z]{3}", text) is not None
    word = capital or not MONEY_WORDS.keys().isdisjoint(re.findall(r"[^\W\d_]+", text.lower()))
    for pattern, signed, sign, amount, scale in _FORMS:
        for found in with_figures(pattern, text, *SIGNS) if signed else with_figures(pattern, text) if word else ():
            code = currency_of(found[sign], home) or found[sign].upper()
            plain = scaled(found[amount], found[scale])
            plain = re.sub(r"\.00?$", "", plain) if plain else plain
            written = f"{plain} {code}"
            if plain is None or written == found.group():
                continue
            yield Step(found.start(), found.end(), written, 0.6, "S170")
            yield from _thousands(found, plain, code, 0.5)
            if code != home and found[sign] in SIGNS:
                yield Step(
                    found.start(), found.end(), f"{plain} {home}", 0.5, "S170",
                    f"that {home} is meant, the strategy's currency",
                )  # fmt: skip


def _thousands(found: re.Match[str], plain: str, code: str, cost: float) -> Iterator[Step]:
    """`6.200 kr`: three figures after the point may be thousands."""
    if thousands := re.fullmatch(r"([1-9]\d{0,2})\.(\d{3})", plain):
        many = f"{thousands[1]},{thousands[2]} {code}"
        yield Step(found.start(), found.end(), many, cost, "S170", "that thousands are meant")


def _dashed(text: str, home: str, own: str) -> Iterator[Step]:
    """`6.200,- EUR`, `kr 850,-`: the comma is the decimal sign, so that points part thousands."""
    if not any(dash in text for dash in (",-", ",–", ",—")):
        return
    code = rf"(?:{own}|[A-Z]{{3}}|[{''.join(SIGNS)}])"
    amount = r"(\d{1,3}(?:[.'’ \u00a0]\d{3})+|\d+),(?:-{1,2}|–|—)"
    pattern = rf"(?<![\w.,])(?:({code})\.?\s?)?{amount}(?!\w)(?:\s?({code})(?!\w)\.?)?"
    for found in with_figures(pattern, text):
        said = found[1] or found[3] or ""
        named = said if re.fullmatch("[A-Z]{3}", said) else currency_of(said, home) if said in SIGNS else home
        figure = re.sub(r"\D", "", found[2])
        whole = f"{int(figure):,}" if len(found[2]) > len(figure) else figure
        yield Step(found.start(), found.end(), f"{whole} {named}", 0.1, "S170")


_SHARE = (
    r"(\d[\d.,]*)\s*(?:%-?\s?(?i:points?|pts?)\b|%|(?i:per\s?cent(?:age)?(?:\s+points?)?|percents?|ppt?s?|p\.p\.|pct|pc"
    r"|prozent|procent|prosent|percento|per\s?cento|pour\s?cent|por\s?ciento|%%+)\b|%%+)"
)
_OUT_OF = rf"\b(\d+)\s+(?:in|out of|of|from|in every)\s+(?!20\d\d\b)(\d+)\b(?!\s*(?:%|[A-Z]{{3}}\b|(?:{ANY_UNIT})))"


def _in_hundred(found: re.Match[str], one: int, other: int, cost: float, meant: str = "") -> Step:
    return Step(*found.span(), f"{100 * one / other:.4g}%", cost, "S172", meant, knows=True)


@looked_up
def share_steps(text: str) -> Iterator[Step]:
    """`5 %`, `5 per cent`, `5pct`."""
    for found in finditer(_SHARE, text):
        plain = plain_number(found[1])
        if plain is not None and f"{plain}%" != found.group():
            yield Step(found.start(), found.end(), f"{plain}%", 0.6, "S172")

    for found in finditer(_OUT_OF, text):
        if 0 < int(found[1]) < int(found[2]):
            yield _in_hundred(found, int(found[1]), int(found[2]), 0.4)
    for found in finditer(rf"\b(one|two|three|four)\s+(?:in|out of|in every|of every)\s+({_COUNTED})\b(?!\s+"
    rf"(?:{ANY_UNIT}))", text, " in ", " of "):
        one, other = int(COUNTS[found[1]]), int(COUNTS[found[2]])
        if 0 < one < other:
            yield _in_hundred(found, one, other, 0.3)
    for found in with_figures(r"(?<=[\w=]\s)(\d{1,2})\s*/\s*(\d{1,3})$", text, "/"):
        if 0 < int(found[1]) < int(found[2]):
            yield _in_hundred(found, int(found[1]), int(found[2]), 0.3)
    for found in with_figures(r"(?<=[\w=]\s)(\d+)\s*:\s*(\d+)$", text, ":"):
        one, other = int(found[1]), int(found[2])
        if 0 < one < other and len(found[2]) < 3:
            for whole, said in (
                (other, f"that it is {one} in {other}"),
                (one + other, f"that it is {one} against {other}"),
            ):
                yield _in_hundred(found, one, whole, 0.3, said)
    for found in with_figures(r"\b(\d[\d.]*)\s+(?=of\b)", text, " of"):
        yield Step(found.start(), found.end(), f"{found[1]}% ", 0.6, "S172", "per cent")
    for found in with_figures(r"%\s?(\d[\d.,]*)", text, "%"):
        yield Step(found.start(), found.end(), f"{plain_number(found[1]) or found[1]}%", 0.4, "S172")


_OF_ONE_FIGURE = (
    r"^(?:costs|price|margin|worth|chance|takes|rests|limit|capacity|stock|hours|weight|hold out|population"
    r"|frequency|every|"
    r"share aimed at|answers within|refreshed every|retired after|reviewed|paid|at most|at least|"
    r"customisation \w+ costing)\b"
)
_ENDED = rf"(?:%|\s+[A-Z]{{3}}\b|\s+(?:{ANY_UNIT})s?\b)?"
_TO = r"\s*(?:-|–|—|\.\.\.?|\bto\b|\bor\b|\band\b|\buntil\b|\bup to\b|&)\s*"
_BETWEEN_TWO = (
    rf"(?<=\w|=)\s+(?:between\s+|from\s+)?(\d[\d,.]*)({_ENDED}){_TO}(\d[\d,.]*)({_ENDED})(?=\s+(?:per|across|"
    r"actions?|for)\b|\s*$)"
)


def range_steps(text: str) -> Iterator[Step]:
    """`costs 5,000-6,000 EUR`, `rests between 5 and 7 days`: one end of the range or the other."""
    if not match(_OF_ONE_FIGURE, text):
        return
    for found in finditer(_BETWEEN_TWO, text):
        one, other = (float(found[n].replace(",", "").rstrip(".") or 0) for n in (1, 3))
        if one >= other or (found[2] and found[4] and found[2] != found[4]):
            continue
        unit = found[4] or found[2]
        yield Step(
            found.start(), found.end(), f" {found[3]}{unit}", 0.3, "S200", "that the greater of the two is meant"
        )
        yield Step(
            found.start(), found.end(), f" {found[1]}{unit}", 0.32, "S200", "that the smaller of the two is meant"
        )
