"""Comparisons, ranges and what is known or missing, as they are spoken or written in other languages: data.

In: nothing. Out: rows as in `phrases`: a pattern over the text (its quoted texts masked), what to write, the message's
code, how far-fetched it is; and the pieces that the patterns of other tables are made of.
"""

from __future__ import annotations

NAME = r"[A-Za-z_][\w.]*"
UNITS = ("minute", "hour", "day", "week", "month", "quarter", "year")
ANY_UNIT = "|".join(UNITS)
UNIT = rf"(?:{ANY_UNIT})s?"
"""A unit of time, alone or as a plural."""
VALUE = rf'(?:"\x01*"|-?\d[\d,.]*%?(?:\s+(?:[A-Z]{{3}}\b|{UNIT}\b))?|{NAME})'
"""What a value looks like: a text, a number with its unit, a name."""
_MORE = r"(?:more|greater|larger|higher|bigger|later|longer|older)"
_LESS = r"(?:less|smaller|lower|fewer|earlier|shorter|younger)"
_IS = r"(?:\b(?:is|are|was|has been|be)\s+)?"

Row = tuple[str, str, str, float]

_THERE_ARE = r"\b(?:there\s+(?:is|are|were)|has|have|had|with|having)\s+"
TURNED: tuple[Row, ...] = tuple(
    (rf"(?:{_THERE_ARE})?\b(?:{words})\s+(\d[\d,.]*)\s+(?!{UNIT}\b)({NAME})(?=\s*(?:$|\)|and\b|or\b))",
     rf"\2 {sign} \1", "S153", 0.3)
    for words, sign in ((r"at least|>=", ">="), (r"more than|over|>", ">"), (r"at most|up to|<=", "<="),
                        (r"(?:less|fewer) than|under|<", "<"), ("exactly|just", "is"))
)  # fmt: skip
"""`less than 3 visits`: the figure before what it is held against."""
_JOINED: tuple[Row, ...] = tuple(
    (rf"\b(when|if|unless|where|and|or|not)\s+({NAME})\s+(?:is\s+|are\s+)?(?:{words})\s+(?=\d)", rf"\1 \2 {sign} ",
     "S153", 0.4)
    for words, sign in (("at least", ">="), ("at most|up to", "<="), (rf"{_MORE} than|over|above", ">"),
                        (rf"{_LESS} than|under|below", "<"))
)  # fmt: skip
"""`and orders at least 6`: sure enough to be taken together with others of the line."""
_TIMES: tuple[Row, ...] = tuple(
    (rf"{_IS}\b(?:{words})\s+{often}\b(?!\s+(?:a|an|per|every|each)\b)", f"{sign} {figure}", "S153", 0.2)
    for words, sign in ((r"more(?: often)? than", ">"), ("at least", ">="), (rf"at most|(?:no|not) {_MORE} than", "<="),
                        (r"less(?: often)? than", "<"), ("exactly|only|just", "is"))
    for often, figure in (("once", 1), ("twice", 2))
)  # fmt: skip
"""`more than once`."""
COMPARISONS: tuple[Row, ...] = (
    *TURNED,
    *_JOINED,
    (rf"\b(\d[\d,.]*)\s*(?:\+|(?:or|and) (?:more|over|up))\s+({NAME})(?=\s*(?:$|\)|and\b|or\b))", r"\2 >= \1", "S153",
     0.3),
    (rf"\b(\d[\d,.]*)\s*(?:or (?:fewer|less))\s+({NAME})(?=\s*(?:$|\)|and\b|or\b))", r"\2 <= \1", "S153", 0.3),
    (r"\b(?:reaches|reached|hits|gets to|attains|climbs to|rises to|grows to)\s+(?=\d)", ">= ", "S153", 0.3),
    (r"\b(?:falls|drops|sinks|goes)\s+(?:below|under)\s+(?=\d)", "< ", "S153", 0.3),
    (r"\b(?:falls|drops|sinks)\s+to\s+(?=\d)", "<= ", "S153", 0.3),
    (rf"{_IS}\bnot\s+{_LESS}\s+than\b", ">=", "S153", 0.4),
    (rf"{_IS}\bnot\s+{_MORE}\s+than\b", "<=", "S153", 0.4),
    (rf"{_IS}\b{_MORE}\s+(?:than\s+)?or\s+(?:equals?|the same)(?:\s+(?:to|as))?\b", ">=", "S153", 0.3),
    (rf"{_IS}\b{_MORE}\s+than\s+or\s+(?:equals?|the same)(?:\s+(?:to|as))?\b", ">=", "S153", 0.3),
    (rf"{_IS}\b{_LESS}\s+(?:than\s+)?or\s+(?:equals?|the same)(?:\s+(?:to|as))?\b", "<=", "S153", 0.3),
    (rf"{_IS}\bno\s+{_LESS}\s+than\b", ">=", "S153", 0.4),
    (rf"(?:\bis\s+)?\b(?:not|isn't|isnt|aren't)\s+(?:{_LESS}\s+than|under|below|beneath)(?!\w)", ">=", "S153", 0.2),
    (rf"(?:\bis\s+)?\b(?:not|isn't|isnt|aren't)\s+(?:{_MORE}\s+than|over|above|beyond|exceeding)"
     r"(?!\w)", "<=", "S153", 0.2),
    (rf"{_IS}\b(?:at|on|equal to) or (?:above|over|after|{_MORE}(?: than)?)\b", ">=", "S153", 0.3),
    (rf"{_IS}\b(?:at|on|equal to) or (?:below|under|before|{_LESS}(?: than)?)\b", "<=", "S153", 0.3),
    (r"(?<=[\w)])\s+of\s+(?=(?:at least|at most|more than|less than|over|under|up to|exactly)\b|"
     r"[<>])", " ", "S126", 0.3),
    (rf"\b({NAME})\s+(?:is\s+)?(\d[\d,.]*)\s*\+\s*([A-Z]{{3}}\b|{UNIT}\b|%)", r"\1 >= \2 \3", "S153", 0.2),
    (rf"\b({NAME}):?\s+(?:is\s+)?(\d[\d,.]*%?(?:\s+(?:[A-Z]{{3}}|{UNIT}))?)\s+(?:(?:and|or)\s+(?:up|above|more|over|"
     r"higher|longer|later"
     r"|upwards)|upwards|plus)(?!\w)", r"\1 >= \2", "S153", 0.2),
    (rf"\b({NAME}):?\s+(?:is\s+)?(\d[\d,.]*%?(?:\s+(?:[A-Z]{{3}}|{UNIT}))?)\s+(?:and|or)\s+(?:down|below|less|under|"
     r"lower|shorter|"
     r"earlier)(?!\w)", r"\1 <= \2", "S153", 0.2),
    *_TIMES,
    (rf"({NAME})\s+(?:is\s+|are\s+)?negative(?=\s*(?:$|\)|and\b|or\b))", r"\1 < 0", "S153", 0.25),
    (rf"({NAME})\s+(?:is\s+|are\s+)?positive(?=\s*(?:$|\)|and\b|or\b))", r"\1 > 0", "S153", 0.25),
    (rf"{_IS}\bno\s+{_MORE}\s+than\b", "<=", "S153", 0.4),
    (rf"{_IS}\b(?:{_MORE}\s+than|over|above|beyond|in excess of|exceeding)(?![\w.])", ">", "S153", 0.5),
    (rf"{_IS}\b(?:{_LESS}\s+than|under|below)(?![\w.])", "<", "S153", 0.5),
    (r"\b(?:exceeds|exceed|surpasses|tops)\b", ">", "S153", 0.5),
    (rf"{_IS}\bafter(?![\w.]|\s+\d[\d,]*\s+{UNIT}\b)", ">", "S153", 0.7),
    (rf"{_IS}\bbefore(?![\w.]|\s+\d[\d,]*\s+{UNIT}\b)", "<", "S153", 0.7),
    (rf"{_IS}\b(?:at least|a minimum of|minimum|min|from)\b", ">=", "S153", 0.6),
    (rf"{_IS}\b(?:at most|up to|a maximum of|maximum|max|until|no later than)\b", "<=", "S153", 0.6),
    (rf"{_IS}\bon or after\b", ">=", "S153", 0.4),
    (rf"{_IS}\bon or before\b", "<=", "S153", 0.4),
    (rf"{_IS}\b(?:since)\b", ">=", "S153", 0.9),
    (rf"(?:\bis\s+)?({VALUE})\s+or\s+(?:{_MORE}|above|over|up)\b", r">= \1", "S153", 0.5),
    (rf"(?:\bis\s+)?({VALUE})\s+or\s+(?:{_LESS}|below|under)\b", r"<= \1", "S153", 0.5),
    (rf"(?:>=?|\bis\s+)\s*({VALUE})\s+or\s+(?:{_MORE}|above|over|up)\b", r">= \1", "S153", 0.5),
    (r"(?:=\s*>|>\s*or\s*=|>\s*=|≥|⩾|=>)", ">=", "S153", 0.5),
    (r"(?:=\s*<|<\s*or\s*=|<\s*=|≤|⩽)", "<=", "S153", 0.5),
    (r"(?<![<>!=])>(?![>=])\s*=", ">=", "S153", 0.6),
    (r"\s*(?:!==?|<>|≠|~=|=/=|\bne\b)\s*", " is not ", "S153", 0.5),
    (r"\s*={2,3}\s*", " is ", "S152", 0.5),
    (r"\s*(?<![<>!=:])=(?!=)\s*", " is ", "S152", 0.8),
    (r"\b(?:is\s+)?(?:not\s+equals?|not\s+equal\s+to|different\s+(?:from|than|to)|unequal\s+to|other\s+than)\b",
     "is not", "S153", 0.5),
    (r"\b(?:doesn't|does not|do not|don't)\s+equal\b", "is not", "S153", 0.4),
    (r"\b(?:isn't|isnt|ain't|wasn't|aren't)(?!\w)", "is not", "S153", 0.4),
    (r"\b(?:is\s+)?(?:equals?|equal|identical|exactly)(?:\s+to|\s+as)?\b", "is", "S153", 0.5),
    (r"\b(?:is\s+)?the same as\b", "is", "S153", 0.4),
    (r"\b(?:are|was|were|be)\b", "is", "S153", 0.8),
    (r"\bgt\b", ">", "S153", 0.7), (r"\blt\b", "<", "S153", 0.7), (r"\bge\b", ">=", "S153", 0.7),
    (r"\ble\b", "<=", "S153", 0.7), (r"\beq\b", "is", "S153", 0.7),
    (r"\bhas\b", "is", "S153", 1.2),
    (r"\bnot\s+is\b", "is not", "S153", 0.3),
    (r"\bis\s*(>=|<=|>|<)\s*", r"\1 ", "S153", 0.4),
    (r"\b(and|or)\s+is\s+(?=(?:not\s+)?[a-z]\w*(?:\s+(?:and|or)\b|\s*\)|$))", r"\1 ", "S126", 0.4),
    (r"(?:\bis\s+)?(\d[\d,]*)\s*\+(?=\s*(?:$|and\b|or\b))", r">= \1", "S153", 0.4),
    (r"\b(?:minimum|min)\b\.?", "at least", "S153", 0.7), (r"\b(?:maximum|max)\b\.?", "at most", "S153", 0.7),
    (r"^one\s+(?:(?:row\s+|line\s+)?(?:per|for each|for every)\s+\w+\s+)?by\b", "one per customer by", "S153", 0.4),
    (r"^many\s+(?:rows\s+|lines\s+)?(?:per|for each|for every)\s+\w+\s+by\b", "many per customer by", "S153", 0.4),
)  # fmt: skip

RANGES: tuple[Row, ...] = (
    (rf"{_IS}\bbetween\s+({VALUE})\s*(?:to|until|till|up to|-|–|—|\.\.\.?|&|,|or|;)\s*({VALUE})",
        r"between \1 and \2",
     "S153", 0.4),
    (rf"{_IS}\b(?:from|in|within|in range)\s+\(?({VALUE})\s*(?:to|until|till|up to|-|–|—|\.\.\.?|and)\s*({VALUE})\)?",
     r"between \1 and \2", "S153", 0.5),
    (rf"\bbetween\s+(\d[\d,.]*)\s*(?:to|-|–|\.\.\.?|and)\s*(\d[\d,.]*)\s*(%|[A-Z]{{3}}\b|{UNIT})",
     r"between \1 \3 and \2 \3", "S153", 0.4),
    (rf"\b(?:from|in)\s+(\d[\d,.]*)\s*(?:to|-|–|\.\.\.?)\s*(\d[\d,.]*)\s*(%|[A-Z]{{3}}\b|{UNIT})",
     r"between \1 \3 and \2 \3", "S153", 0.5),
    (rf"\bis\s+(\d[\d,.]*)\s*(?:to|-|–|\.\.\.?)\s*(\d[\d,.]*)\s*(%|[A-Z]{{3}}\b|{UNIT})",
     r"between \1 \3 and \2 \3", "S153", 0.4),
    (rf"\b({NAME})\s+(?!per\b)(\d[\d,.]*)\s*(?:-|–|—|\bto\b|\.\.\.?)\s*(\d[\d,.]*)(%|\s+[A-Z]{{3}}\b|\s+{UNIT}\b|)"
     r"(?=\s*(?:$|\)|and\b|or\b))",
     r"\1 between \2\4 and \3\4", "S153", 0.4),
    (rf"\bbetween\s*\(\s*({VALUE})\s*(?:,|and|to|;)\s*({VALUE})\s*\)", r"between \1 and \2", "S153", 0.4),
    (rf"({NAME})\s*(>=?|<=?|is not|is)\s*({VALUE})\s+(and|or|but)\s+(>=?|<=?|is not|is)\s*({VALUE})",
     r"\1 \2 \3 \4 \1 \5 \6", "S155", 0.5),
    (rf"({VALUE})\s*(<=?)\s*({NAME})\s*(<=?)\s*({VALUE})", r"\3 > \1 and \3 \4 \5", "S155", 0.9),
    (rf"({VALUE})\s*<=\s*({NAME})\s*<=\s*({VALUE})", r"\2 between \1 and \3", "S155", 0.4),
    (rf"({VALUE})\s*<\s*({NAME})\s*<\s*({VALUE})", r"\2 > \1 and \2 < \3", "S155", 0.4),
    (rf"({VALUE})\s*<=\s*({NAME})\s*<\s*({VALUE})", r"\2 >= \1 and \2 < \3", "S155", 0.4),
    (rf"({VALUE})\s*<\s*({NAME})\s*<=\s*({VALUE})", r"\2 > \1 and \2 <= \3", "S155", 0.4),
    (rf"({VALUE})\s*>=?\s*({NAME})\s*>=?\s*({VALUE})", r"\2 between \3 and \1", "S155", 0.8),
)  # fmt: skip

_CALLED = rf"\s*\(\s*({NAME})\s*\)"
_BE = r"(?<=[\w)])\s+(?:is|was|are|has|have|be)(?=\s|n't|nt\b)"
_DENY = r"(?:n't|nt|\s+not|\s+never)(?:\s+yet)?"
_THERE = (
    r"\s(?:filled(?:[ -](?:in|out))?|given|set|present|available|there|provided|entered|recorded|stated|supplied|"
    r"answered"
    r"|specified|populated|known|declared|on (?:file|record))\b"
)
_GONE = r"\s(?:null|none|empty|blank|unknown|undefined|nil|n/a|na|absent|missing|unfilled|unanswered|unset|out)\b"
_ABSENT = "is_?(?:blank|null|empty|na|nan|missing|nil)"
KNOWN: tuple[Row, ...] = (
    (rf"(?i)\b(?:not|!)\s*\(?\s*{_ABSENT}{_CALLED}\)?", r"\1 is known", "S153", 0.3),
    (rf"(?i)\b(?:{_ABSENT}|empty|missing){_CALLED}", r"\1 is missing", "S153", 0.4),
    (rf"(?i)\b(?:exists|is_?set|has_?value|(?:is_?)?not_?null|(?:is_?)?known){_CALLED}", r"\1 is known", "S153", 0.4),
    (r"(?:==?|\bis)\s*\x22\x22", "is missing", "S153", 0.3),
    (r"\bis\s+not\s*\x22\x22|(?:!=|<>)\s*\x22\x22", "is known", "S153", 0.2),
    (r"[✓✔☑]", "yes", "S153", 0.4), (r"[✗✘☒]", "no", "S153", 0.4),
    (r"(?:!=|<>)\s*(?:null|NULL|None|\"\"|missing)", "is known", "S153", 0.4),
    (r"(?:==?)\s*(?:null|NULL|None|\"\"|missing)", "is missing", "S153", 0.4),
    (rf"(?i)(?:{_BE})?{_DENY}(?:\s+been)?{_THERE}", " is missing", "S153", 0.2),
    (rf"(?i){_BE}{_DENY}(?:\s+been)?(?:\s+left)?{_GONE}", " is known", "S153", 0.2),
    (rf"(?i){_BE}(?:\s+been)?(?:\s+left)?{_GONE}", " is missing", "S153", 0.4),
    (rf"(?i){_BE}(?:\s+been)?{_THERE}", " is known", "S153", 0.4),
    (rf"\b(any|of)\s+({NAME})\s+(?:without|with no|having no|lacking)\s+(?:an?\s+|any\s+)?"
     rf"({NAME})", r"\1 \2 where \3 is missing",
     "S153", 0.2),
    (rf"\b(any|of)\s+({NAME})\s+(?:with|having|that have|whose)\s+(?:an?\s+|the\s+)?({NAME})\s+"
     r"(?:is\s+)?(missing|known)\b", r"\1 \2 where \3 is \4", "S153", 0.2),
    (r"(?i)\s+(?:has|have|having|with)\s+(?:an?|any)\s+(?:value|entry|answer)\b", " is known", "S153", 0.3),
    (r"(?i)\s+(?:has|have|having|with)\s+no\s+(?:value|entry|answer)\b|\s+without\s+(?:an?\s+|any\s+)?(?:value|entry|"
     r"answer)\b"
     r"|\s+(?:does not|doesn't|do not|don't) have\s+(?:an?|any)\s+(?:value|entry|answer)"
     r"\b", " is missing", "S153", 0.2),
    (r"\b(?:exists|exist)\b", "is known", "S153", 0.4),
    (r"\b(?:does not|doesn't|do not) exist\b", "is missing", "S153", 0.3),
    (rf"\b(?:has|have|having|with|there is)\s+no\s+({NAME})(?=\s+(?:and|or)\b|\s*\)|$)", r"\1 is missing",
     "S153", 0.4),
    (rf"\b(?:does not|doesn't|do not)\s+have\s+(?:an?\s+|any\s+)?({NAME})(?=\s+(?:and|or)\b|\s*\)|$)",
     r"\1 is missing", "S153", 0.4),
    (rf"\b(?:has|have|having)\s+(?:an?\s+)?({NAME})(?=\s+(?:and|or)\b|\s*\)|$)", r"\1 is known", "S153", 0.9),
    (r"\bknown\s+(" + NAME + r")", r"\1 is known", "S153", 0.8),
    (r"\bmissing\s+(" + NAME + r")", r"\1 is missing", "S153", 0.8),
    (r"\bhas\s+(" + NAME + r")$", r"\1 is known", "S153", 1.0),
    (r"(?<![\w.])(?:true|True|TRUE|Yes|YES|Y)\b", "yes", "S153", 0.5),
    (r"(?<![\w.])(?:false|False|FALSE|No|NO|N)\b", "no", "S153", 0.5),
    (r"\b(?:NULL|None|null|nil|N/A|NaN|nan|blank|empty|unknown)\b", "missing", "S153", 0.7),
    (r"\b(?:is|=)\s+MISSING\b", "is missing", "S153", 0.5),
)  # fmt: skip
