"""Whole lines as they are said or pasted from elsewhere, and how the language writes them: data.

In: nothing. Out: rows as in `phrases`: a pattern over the text (its quoted texts masked), what to write, the message's
code, how far-fetched it is. Figures and dates have mostly been written the language's way before, by `tidy`.
"""

from __future__ import annotations

from stratagem.dsl.parse.mend.comparisons import UNIT

_NAME = r"[a-z_][\w.]*"
_SPAN = rf"(?:\d+\s+)?{UNIT}"
_DATE = r"\d{4}-\d\d-\d\d"
_MONEY = r"\d[\d,.]* [A-Z]{3}"
_PEOPLE = (
    r"(?:customers?|people|persons?|clients?|guests?|patients?|members?|users?|buyers?|shoppers?|households?|"
    r"everyone|them)"
)
_NOT = r"(?:but not|not|except(?:ing)?(?: for)?|excluding|without|but no|other than|apart from)"
_MOST = (
    r"(?:at (?:the )?most|max(?:imum|imal)?|up to|no more than|not more than|never more than|a maximum of|"
    r"capped at)"
)

Row = tuple[str, str, str, float]

_AMOUNTS = (
    r"(?:percent|thousand|million|billion|euros?|dollars?|pounds?|cents?|pence|quid|bucks|yen|francs?|k|m|"
    r"[a-z]{1,3})"
)
LIMITS: tuple[Row, ...] = (
    (rf"^(limit|capacity|stock|rests|every|takes|population|frequency|hold out)\s*:?\s+(?:of\s+|is\s+|for\s+|to\s+)?"
     rf"(?:{_MOST}\s+)?(?:of\s+)?(?=\d)", r"\1 ", "S126", 0.4),
    (rf"(?<=\d )(?!(?:per|{UNIT}|{_AMOUNTS})\b)[a-z]+\s(?=(?:per|a|an|every|each|in any|within)\s+{_SPAN}\b)",
     "", "S126", 0.4),
    (rf"(?<=\d) (?!(?:per|{UNIT}|{_AMOUNTS})\b)[a-z]+\s*/\s*({UNIT})\b", r" per \1", "S126", 0.4),
    (rf"(?<=\d )\s*(?:per|a|an|every)\s+({_SPAN})\b", r"per \1", "S198", 0.6),
    (rf"\b(\d[\d,]*) (?:(?!{_AMOUNTS}\b)[a-z]+ )?(per (?!{UNIT}\b)[a-z]\w*) (per {_SPAN})"
     r"\b", r"\1 \3 \2", "S125", 0.3),
    (r"\bacross all\s+(?:channels|media|of them|the channels|messages)$", "across all", "S126", 0.2),
    (rf"\s+(?:per|for each|for every|to each)\s+{_PEOPLE}(?=\s+per {_SPAN}\b|$)", "", "S126", 0.7),
    (rf"(?<=\d%)\s+of\s+(?:all\s+)?(?:the\s+|our\s+)?{_PEOPLE}$", "", "S126", 0.3),
    (rf"^{_MOST}\s+(\d+)\s+(?:[a-z]+\s+)?(?:per|for each|for every|to each|to any)\s+{_PEOPLE}$",
     r"at most \1 actions per customer", "S153", 0.4),
    (rf"^{_MOST}\s+(?=\d[\d,]*\s+(?:[a-z]+\s+)?(?:per|through)\b)", "at most ", "S153", 0.5),
)  # fmt: skip

_FIGURE = r"\d[\d,.]*(?:%|\s[A-Z]{3})?"
_AFTER = (
    rf"(?:per (?!{UNIT}\b)[a-z]\w*|each|a piece|apiece|net|gross|incl\.? .*"
    r"|excl\.? .*|including .*|plus VAT.*|\(.*\))"
)
LINES: tuple[Row, ...] = (
    (rf"^((?:price|margin|costs|worth|stock|population|takes)\s+=?\s*\d[\d,.]*(?:\s(?:[A-Z]{{3}}|{UNIT})|%)?)\s+"
     rf"({_AFTER})$", r"\1  # \2", "S197", 0.4),
    (rf"^(milepost|target)\s+(?:by\s+|on\s+|at\s+|until\s+)?({_DATE})\s*[:,=–-]?\s*({_FIGURE})"
     r"$", r"\1 \3 by \2", "S125", 0.3),
    (rf"^(milepost|target)\s+({_FIGURE})\s+(?:at|on|until|till|in|before)\s+(?:the\s+)?({_DATE})"
     r"$", r"\1 \2 by \3", "S153", 0.3),
    (r"^([a-z]\w*(?:\s+\x22\x01*\x22)?)\s+(?:from\s+)?(?:more than|over|above|exceeding|starting (?:at|from)|at least"
     rf"|min(?:imum)?|>=?)\s+({_FIGURE})$",
     r"\1 from \2", "S153", 0.4),
    (rf"^([a-z]\w*(?:\s+\x22\x01*\x22)?)\s+(?:from\s+)?({_FIGURE})\s*(?:\+|or more|and more|or above|and above|and up|"
     r"or up|upwards?|and over|plus)$",
     r"\1 from \2", "S153", 0.3),
    (rf"^(frequency|limit|capacity)\s+(?:once\s+)?every ({_SPAN})$", r"\1 1 per \2", "S153", 0.3),
    (r"^([a-z]\w*(?:\s+\x22\x01*\x22)?)\s+(?:the\s+)?(?:best|highest|upper|first)\s+(\d[\d,.]*%)(?:\s+of\s+.*)"
     r"?$", r"\1 top \2", "S153", 0.3),
    (r"^(population)\s+(\d[\d,]*)\s+[a-z]+$", r"\1 \2", "S126", 0.4),
    (r"^cap\.?\s+(?:of\s+|is\s+)?(?=\d)", "capacity ", "S153", 0.3),
    (rf"^(?:{_MOST}\s+|only\s+)?(?:once|one|1)(?:\s+(?:time|x|contact|message|mail|call))?\s+(?:per|every|each|in|"
     rf"within|a|an)\s+(\d+ {UNIT})$",
     r"rests \1", "S153", 0.3),
    (rf"^(?:{_MOST}\s+|only\s+)?(?:once|one|1)(?:\s+(?:time|x|contact|message|mail|call))?\s+(?:per|every|each|in|"
     rf"within|a|an)\s+(?:1 )?({UNIT})$",
     r"rests 1 \1", "S153", 0.3),
    (rf"^(?:{_MOST}\s+|only\s+)?(?:once|one|1)(?:\s+(?:time|x|contact|message|mail|call))?\s+(?:per|every|each|in|"
     rf"within|a|an)\s+({_SPAN})$",
     r"limit 1 per \1", "S153", 0.35),
    (rf"^rests?\s+(?:for\s+)?(\d+ {UNIT})\s+(?:after|between|from|since)\s+(?:each\s+|every\s+|any\s+|the\s+|a\s+|"
     r"last\s+|two\s+)*(?:contacts?|messages?|"
     r"mails?|calls?|it|that|one|use|sending|offers?|times?)$", r"rests \1", "S126", 0.2),
    (r"^(customi[sz]ation):?\s+(\w+)\s*(?:[,;(–:-]|\bat\b|\bfor\b|@|=|\bwith\b|\b(?:which|that)\b|\bcosts?\b|"
     r"\bcosting\b)\s*(?:an?\s+)?(?:costs?\s+|costing\s+)?(?:of\s+)?(\d[^()]*)\)"
     r"?$", r"customisation \2 costing \3", "S153", 0.3),
    (rf"^reviewed\s+(?:once\s+)?(every {_SPAN})\s*[,;]?\s*(?:(?:and\s+)?(?:since|last(?:ly)?(?: reviewed)?(?: on)?|"
     rf"first on|on|from|starting(?: on| from)?|as of|beginning)\s*:?\s*)?({_DATE})$", r"reviewed \2 \1", "S125", 0.3),
    (rf"^(reviewed {_DATE})\s*[,;]?\s*(?:(?:and\s+)?(?:then|again|afterwards|next)\s+)?(every {_SPAN})(?:\s+"
     r"(?:after that|from then on|thereafter))?$", r"\1 \2", "S126", 0.3),
    (r"^no\s+((?:selling|marketing|service|newsletter)(?:(?:\s*,\s*|\s+(?:or|and)\s+)(?:selling|marketing|service|"
     rf"newsletter))*)\s+(?:for|within|in|until|during)?\s*(?:the\s+)?(?:first\s+)?(\d+ {UNIT})\s+(?:after|from|since"
     r"|of|following)\s+(.+)$", r"silence \2 for \1 after \3", "S153", 0.3),
    (rf"^(?:silence|quiet|pause|wait|no (?:contacts?|messages?|mails?|calls?))\s+(?:of|for|within|in)\s+(\d+ {UNIT})"
     r"\s+(?:after|from|since|following)\s+(.+)$", r"silence \1 after \2", "S153", 0.3),
    (rf"^for\s+(.+?)\s*[,;(–-]?\s*(?:and\s+|but\s+)?\b{_NOT}\s+(?:for\s+)?([a-z]\w*)\)"
     r"?$", "for \\1\nunless \\2", "S108", 0.3),
    (r"^(first action is [a-z]\w*)\s+(?:through|via|by|on|over|with)\s+([a-z]\w*)"
     r"$", "\\1\nfirst channel is \\2", "S108", 0.3),
    (r"^(field\s+\w+\s+(?:number|money|share|duration))\s*,?\s+((?:(?:between|from|in|of)\s+)?[\[(]?\d[\d.,]*%?\s*"
     r"(?:and|to|-|–|\.\.\.?)\s*\d[\d.,]*%?[\])]?)", r"\1  # \2", "S126", 0.3),
    (rf"(?<=\x22)\s+(?:costs?|costing|at|for|price[ds]?|:|=|-|–|@)\s*(?={_MONEY})", " ", "S126", 0.4),
    (rf"({_MONEY})\s+(?:one[- ]?off|one[- ]time|set-?up(?: fee| costs?)?|up-?front|initially|initial|single|at once|"
     r"at the start)\b", r"\1 once", "S153", 0.4),
    (rf"({_MONEY} (?:once|per {_SPAN}))\s*(?:,|\+|\bplus\b|&|\bthen\b|;)\s*(?:and\s+)?"
     rf"(?={_MONEY})", r"\1 and ", "S153", 0.3),
    (rf"({_MONEY})\s+(?:once\s+)?(?:and|,|\+|\bplus\b|&|\bthen\b)\s+(?={_MONEY} per )", r"\1 once and ", "S153", 0.6),
    (r"^(budget\s+[a-z]\w*(?:\s+\x22\x01*\x22)?)\s*(?:=|:|is|of|at|-|–)\s*(?=\d)", r"\1 ", "S126", 0.3),
    (r"\b(from \S+(?: [A-Z]{3})?)\s*(?:-|–|until|till|up to|down to|->|→)\s*(\d\S*(?: [A-Z]{3})?) "
     r"(?=by )", r"\1 to \2 ", "S153", 0.4),
    (r"^(from .+ to .+?)\s+(?:until|till|before|on|in|at|at the latest|no later than|latest|as of|up to)\s+(?:the\s+)"
     rf"?({_DATE})$", r"\1 by \2", "S153", 0.4),
)  # fmt: skip

SAID: tuple[Row, ...] = (*LIMITS, *LINES)
