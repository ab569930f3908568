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
    r"(?:at (?:the )?most|max(?:imum|imal)?|up to|(?:no|not|never) more (?:often )?than|a maximum of|"
    r"capped at)"
)

Row = tuple[str, str, str, float]

_AMOUNTS = (
    r"(?:percent|thousand|million|billion|euros?|dollars?|pounds?|cents?|pence|quid|bucks|yen|francs?|k|m|"
    r"[a-z]{1,3})"
)
_FOR_EACH = (
    rf"(?:each|apiece|a head|(?:in all|in total|overall|at a time|at once)|(?:per|for|to|a|/)\s*(?:each\s+|every\s+"
    rf"|any\s+|one\s+)?"
    rf"(?:{_PEOPLE}|everybody|head))"
)
ACTIONS: tuple[Row, ...] = tuple(
    row
    for number, word in ((r"\b1\b", "action"), (r"\d+", "actions"))
    for row in (
        (rf"^{_MOST}\s+({number})\s+(?:[a-z]+\s+)?{_FOR_EACH}$", rf"at most \1 {word} per customer", "S153", 0.4),
        (rf"^(?:{_MOST}\s+)?({number})(?:\s+actions?)?(?:\s+{_FOR_EACH})?$", rf"at most \1 {word} per customer", "S153",
         0.5),
    )
)
"""How many actions a customer gets."""
LIMITS: tuple[Row, ...] = (
    *ACTIONS,
    (rf"^(limit|capacity|stock|rests|every|takes|population|frequency|hold out)\s*:?\s+(?:of\s+|is\s+|for\s+|to\s+)?"
     r"(?:(?:is\s+)?(?:limited|restricted|capped)\s+(?:to|at)\s+)?"
     rf"(?:{_MOST}\s+)?(?:of\s+)?(?=\d)", r"\1 ", "S126", 0.4),
    (rf"(?<=\d )(?!(?:per|{UNIT}|{_AMOUNTS})\b)[a-z]+\s(?=(?:per|a|an|every|each|in any|within)\s+{_SPAN}\b)",
     "", "S126", 0.4),
    (rf"(?<=\d) (?!(?:per|{UNIT}|{_AMOUNTS})\b)[a-z]+\s*/\s*({UNIT})\b", r" per \1", "S126", 0.4),
    (rf"(?<=\d )\s*(?:per|a|an|every)\s+({_SPAN})\b", r"per \1", "S198", 0.6),
    (rf"\b(\d[\d,]*) (?:(?!{_AMOUNTS}\b)[a-z]+ )?(per (?!{UNIT}\b)[a-z]\w*) (per {_SPAN})"
     r"\b", r"\1 \3 \2", "S125", 0.3),
    (r"\bacross all\s+(?:channels|media|of them|the channels|messages)$", "across all", "S126", 0.2),
    (rf"\s+(?:per|for each|for every|to each)\s+{_PEOPLE}(?=\s+per {_SPAN}\b|$)", "", "S126", 0.7),
    (rf"(?<=\d%)\s+of\s+(?:all\s+)?(?:the\s+|our\s+)?{_PEOPLE}(?=$|\s+for\b)", "", "S126", 0.3),
    (rf"^(?:{_MOST}|never more than|limit)\s+(\d)(?:\s+[a-z]+)?\s+(?:per|in|every|within|in any|a|each|during)\s+"
     rf"(?:any\s+)?({_SPAN})\b",
     r"limit \1 per \2", "S153", 0.5),
    (rf"^(?:{_MOST}|never more than)\s+(\d[\d,]+)(?:\s+[a-z]+)?\s+(?:per|in|every|within|in any|a|each|during)\s+"
     rf"(?:any\s+)?({_SPAN})\b",
     r"capacity \1 per \2", "S153", 0.5),
    (rf"^(?:can (?:make|do|take|send|handle)\s+)?(?:{_MOST}\s+)?(\d[\d,]+)\s+[a-z]+\s+(?:per|in|every|each|an?)\s+"
     rf"({_SPAN})(?:\s+(?:at (?:the )?most|max(?:imum)?))?$",
     r"capacity \1 per \2", "S153", 0.3),
    (r"^(limit .*?)\s+(?:for everyone|for everybody|overall|in total|for all|all told|altogether|together|combined"
     r"|in all|for each customer)$",
     r"\1 across all", "S153", 0.2),
    (rf"(?<=\d )({UNIT})\s+(?:window|period|time ?frame|rolling)\b", r"\1", "S126", 0.2),
    (rf"\b(?:any\s+)?rolling\s+(?=\d+ {UNIT}\b)", "", "S126", 0.2),
    (r"^(?:a\s+)?(\d[\d.]*%)\s+(?:as\s+(?:a\s+)?)?(?:control(?: group)?|hold[- ]?out|held[- ](?:out|back)"
     r"|test group)$", r"hold out \1", "S153", 0.2),
    (rf"^{_MOST}\s+(?=\d[\d,]*\s+(?:[a-z]+\s+)?(?:per|through)\b)", "at most ", "S153", 0.5),
)  # fmt: skip

_FIGURE = r"\d[\d,.]*(?:%|\s[A-Z]{3})?"
_AFTER = (
    rf"(?:(?:per |/ ?)(?!{UNIT}\b)[A-Za-z]\w*|each|a piece|apiece|net|gross|incl\.? .*"
    r"|excl\.? .*|including .*|plus VAT.*|\(.*\))"
)
_ROWS = r"(?:rows?|lines?|records?|entries|those|ones|orders?|visits?)"
_LEAVE_OUT = (
    r"(?:please\s+)?(?:ignore|skip|leave\s+out|exclude|drop|remove|discard|delete|filter(?:\s+out)?|omit|without"
    r"|not\s+counting|"
    r"(?:don't|do\s+not)\s+count|disregard)"
)
_IF = (
    r"(?:if|when|where|as long as|so long as|provided(?: that)?|only (?:if|when)|in case|whenever|on condition that"
    r"|given that|"
    r"while|once|subject to)"
)
LINES: tuple[Row, ...] = (
    (r"^(field\s+\w+)\s+(?:text|number|choice|enum)\s*,?\s+(?=one of\s*\()", r"\1 ", "S126", 0.1),
    (r"^version\s+(?:no\.?|number|nr\.?|v\.?)\s*:?\s*(?=\d)", "version ", "S126", 0.1),
    (r"^(?:(?:the\s+)?main\s+value|value\s+main)\s+([a-z]\w*(?:\s+\x22\x01*\x22)?)\s*=", r"value \1 main =",
     "S125", 0.1),
    (r"^(value\s+[a-z]\w*(?:\s+\x22\x01*\x22)?)\s*=\s*(.+?)\s*[,(]?\s*\bmain\)?$", r"\1 main = \2", "S125", 0.1),
    (r"^main\s+([a-z]\w*(?:\s+\x22\x01*\x22)?)\s*=", r"value \1 main =", "S128", 0.1),
    (r"^(segments\s+\w+(?:\s+\x22\x01*\x22)?\s+by\s+[a-z]\w*)\s+(?:for|among|if|where|with)\s+", r"\1 when ",
     "S153", 0.2),
    (r"^moves?\s+(?:in)?to\s+([a-z]\w*)\s+from\s+([a-z]\w*)\b", r"move \2 to \1", "S125", 0.2),
    (r"^moves?\s+([a-z]\w*)\s+from\s+([a-z]\w*)\b", r"move \2 to \1", "S125", 0.2),
    (r"^group(?:ed)?\s+by\s+([a-z]\w*)\s+(?:(?:as|into|called|named)\s+)?(?:an?\s+)?([a-z]\w*)$", r"group \2 by \1",
     "S125", 0.2),
    (r"\b(of customers)\s+(?:with|who|that|having|who have|that have|which have)\s+(?:an?\s+|the\s+)?(?=[a-z])",
     r"\1 where ", "S153", 0.2),
    (r"(?<= = )(\S.*?),?\s+(?:but\s+)?(?:at most|up to|no more than|not more than|capped at|max(?:imum)?\.?)\s+"
     rf"({_MONEY}|\d[\d.]*%?)$", r"min(\2, \1)", "S153", 0.2),
    (r"(?<= = )(\S.*?),?\s+(?:but\s+)?(?:at least|no less than|not less than|min(?:imum)?\.?)\s+"
     rf"({_MONEY}|\d[\d.]*%?)$", r"max(\2, \1)", "S153", 0.2),
    (r"(?<=when )(?:unknown|missing)\s+([a-z]\w*)$", r"\1 is missing", "S125", 0.2),
    (r"(?<=\w )one\s*\((?=[^()]*,)", "one of (", "S163", 0.2),
    (r",\s*(?:and\s+|then\s+)*then\s+(?=[a-z])|\s+first,\s*(?:then\s+)?(?=[a-z])|\s*\(\s*then\s+([a-z]\w*)\s*\)$",
     r", \1", "S126", 0.25),
    (rf"^{_LEAVE_OUT}\s+(?:the\s+|any\s+|all\s+)?[a-z]+\s+(?:whose|who(?:\s+are|\s+is)?|that\s+are|which\s+are)\s+"
     rf"(?=\S)",
     "excluded when ", "S153", 0.25),
    (rf"^{_LEAVE_OUT}\s+(?:the\s+|any\s+|all\s+)?{_ROWS}\s+(?:{_IF}|that|which|with|whose|for which)\s+(?:is\s+"
     rf"|are\s+)?"
     r"(?=\S)", "row excluded when ", "S153", 0.2),
    (rf"^{_LEAVE_OUT}\s+(?:the\s+|any\s+|all\s+)?(?:{_PEOPLE}|anyone|anybody)\s+(?:{_IF}|that|which|with|whose"
     rf"|who)\s+(?:is\s+|are\s+)?"
     r"(?=\S)", "excluded when ", "S153", 0.2),
    (r"^(excluded|row excluded|available|allowed)\s+if\s+(?=\S)", r"\1 when ", "S143", 0.3),
    (rf"^(?:only\s+)?(available|allowed|excluded|row excluded)\s+(?:only\s+)?{_IF}\s+(?=\S)", r"\1 when ", "S153",
     0.35),
    (r"\b(is(?: not)?)\s+([a-z]\w*)\s+or\s+([a-z]\w*)(?=$|\)|\s+and\b)", r"\1 one of (\2, \3)", "S163", 0.7),
    (r"(?<=[\w\x22] )(?:as long as|so long as|provided(?: that)?|only if|only when|in case|whenever"
     r"|on condition that|given that)\s+"
     r"(?=\S)", "when ", "S153", 0.3),
    (rf"^(?:silence|quiet|pause|no contact)\s+(?:of|for|within|in)\s+(\d+ {UNIT})(\s+for\s+.+?)?\s+(?:after|from"
     rf"|since|following)\s+"
     r"(?=\S)", r"silence \1\2 after ", "S153", 0.2),
    (r"^(?:the\s+)?(first\s+(?:action|channel))\s+(?:should|will|must|shall|ought to|has to|is (?:expected"
     r"|going) to)\s+be\s+",
     r"\1 is ", "S153", 0.2),
    (rf"^(?:not|never|don't(?: \w+)?|do not(?: \w+)?)\s+(?:it\s+)?(?:again|twice|more than once|repeat(?:ed)?)\s+"
     rf"(?:for|within|in|before|until|"
     rf"during)\s+(?:the\s+next\s+)?(\d+ {UNIT})(?:\s+(?:have|has)\s+passed)?$", r"rests \1", "S153", 0.2),
    (r"^(?:min(?:imum)?\.?\s+)?(\d[\d,]*)\s*(?:\+|or more|at least|minimum|min\.?|and more|plus)\s+(?:through|via|by"
     r"|over)\s+",
     r"at least \1 through ", "S153", 0.2),
    (r"^(weight|priority|phase)\s*[:=]?\s*(?:[x×]\s?)?(\d+(?:\.\d+)?)\s*(?:[x×]|times|st|nd|rd|th|-?fold)?$", r"\1 \2",
     "S153", 0.1),
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
    *((rf"^frequency\s+{often}$", f"frequency 1 per {unit}", "S153", 0.1)
      for often, unit in (("(?:yearly|annually)", "year"), ("quarterly", "quarter"), ("monthly", "month"),
                          ("weekly", "week"))),
    (rf"^(frequency|limit|capacity)\s+(?:once\s+)?every ({_SPAN})$", r"\1 1 per \2", "S153", 0.3),
    (r"^([a-z]\w*(?:\s+\x22\x01*\x22)?)\s+(?:the\s+)?(?:best|highest|upper|first)\s+(\d[\d,.]*%)(?:\s+of\s+.*)"
     r"?$", r"\1 top \2", "S153", 0.3),
    (r"^(population)\s+(\d[\d,]*)\s+[a-z]+$", r"\1 \2", "S126", 0.4),
    (r"^cap\.?\s+(?:of\s+|is\s+)?(?=\d)", "capacity ", "S153", 0.3),
    (rf"^(?:once|one time)\s+(?:every|each)\s+(\d+ {UNIT})$", r"every \1", "S153", 0.2),
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
     r"mails?|calls?|it|that|one|use|sending|offers?|times?)?$", r"rests \1", "S126", 0.2),
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
     r"(?:and|to|-|–|\.\.\.?)\s*\d[\d.,]*%?[\])]?)$", r"\1  # \2", "S126", 0.3),
    (rf"(?<=\x22)\s+(?:costs?|costing|at|for|price[ds]?|:|=|-|–|@)\s*(?={_MONEY})", " ", "S126", 0.4),
    (rf"({_MONEY})\s+(?:one[- ]?off|one[- ]time|set-?up(?: fee| costs?)?|up-?front|initially|initial|single|at once|"
     r"at the start)\b", r"\1 once", "S153", 0.4),
    (rf"({_MONEY} (?:once|per {_SPAN}))\s*(?:,|\+|\bplus\b|&|\bthen\b|;)\s*(?:and\s+)?"
     rf"(?={_MONEY})", r"\1 and ", "S153", 0.3),
    (rf"({_MONEY})\s+(?:once\s+)?(?:and|,|\+|\bplus\b|&|\bthen\b)\s+(?={_MONEY} per )", r"\1 once and ", "S153", 0.6),
    (r"^(budget\s+[a-z]\w*(?:\s+\x22\x01*\x22)?)\s*(?:=|:|is|of|at|-|–)\s*(?=\d)", r"\1 ", "S126", 0.3),
    (r"\b(from \S+(?: [A-Z]{3})?)\s*(?:-|–|until|till|up to|down to|->|→)\s*(\d\S*(?: [A-Z]{3})?) "
     r"(?=by )", r"\1 to \2 ", "S153", 0.4),
    (r"^(from \S+(?: [A-Z]{3})?)\s+\(?(?:now|today|currently|at present|at the moment|this year|last year"
     r"|\d{4})\)?\s+(?=to\b)",
     r"\1 ", "S126", 0.3),
    (rf"^(from .+ to \S+(?: [A-Z]{{3}})?)\s+\(({_DATE})\)$", r"\1 by \2", "S153", 0.3),
    (rf"^({_DATE})\s*(?:-|–|—|→|->|to|until|till|through|and)\s*({_DATE})$", r"from \1 to \2", "S128", 0.3),
    (r"^(from .+ to .+?)\s+(?:until|till|before|on|in|at|at the latest|no later than|latest|as of|up to)\s+(?:the\s+)"
     rf"?({_DATE})$", r"\1 by \2", "S153", 0.4),
)  # fmt: skip

_WHO = rf"(?:everyone|everybody|anyone|anybody|all|those|{_PEOPLE})"
_BACK = (
    r"(?:falls?|goes|moves?|drops?|returns?|becomes?|turns?|gets?|changes?|slips?|steps?)(?:\s+(?:back|down|up"
    r"|on|over|again))?(?:\s+(?:in)?to)?"
)
_NAMED = r"[a-z]\w*"
_SHARE_OF = r"\b(target|at (?:the )?(?:least|most)|milepost|top|next|hold out|aimed at|from|to)\s+"
SENTENCES: tuple[Row, ...] = (
    (r"^(?:our|we|the|its|it|they|their|this|please|also|then)\s+(?=[a-z])", "", "S126", 0.25),
    (r"(?<=\S)(?:\s?,)?\s+owned by\s+(?=[a-z])", " owner ", "S153", 0.3),
    (r"(?<=\S)(?:\s?,)?\s+(?:solved|fixed|remedied|mended|cured) by\s+(?=[a-z])", " remedy ", "S153", 0.3),
    (rf"(?<=\S)(?:\s?,)?\s+(?:ready|due|done|finished|complete|in place)?\s*(?:by|until|till|on|before)\s+"
     rf"(?={_DATE}$)", " by ",
     "S153", 0.35),
    (r"(?<=\x22)\s*,?\s+(?:since|as|for)\s+(?=\x22)", " because ", "S153", 0.4),
    (r"(?<=\x22)\s*,?\s+attracts?\s+(?:with|through|them by)\s+(?=\x22)", " attracts by ", "S153", 0.3),
    (r"(?<=\S)(?:\s?,)?\s+(?:the question is|question(?: is)?:?|which asks|we ask)\s+(?=\x22)", " asked as ",
     "S153", 0.3),
    (r"(?<=\x22)\s+(?:which|that)\s+(?:is|means)\s+(?:an?\s+|the\s+)?(?=[a-z_]+$)", " is ", "S153", 0.2),
    (r"^hurdle\s+(?:in|of|with|about|by)\s+(?:the\s+)?(?=(?:product|process|perception)\b)", "hurdle ", "S126", 0.2),
    (r"^one\s+(?:row|line|record|entry)\s+(?:per|for each|for every)\s+\w+\s*,?\s+by\b", "one per customer by", "S153",
     0.2),
    (r"^(?:several|many|multiple|more than one|a few)\s+(?:rows?|lines?|records?|entries)\s+(?:per|for each"
     r"|for every)\s+\w+\s*,?\s+by\b",
     "many per customer by", "S153", 0.2),
    (r"^relationship\s+(?:is\s+)?(\w+)\s*,?\s+(\w+)\s*,?\s+for\b", r"relationship \1 \2 for", "S126", 0.3),
    (rf"\s*(?:,|\bplus\b|\band\b|\+)\s*(?:an?\s+)?(?:one-?\s?off|one-?\s?time|single|initial)\s+(?:cost\s+of\s+"
     rf"|fee\s+of\s+)?({_MONEY})$",
     r" and \1 once", "S153", 0.3),
    (r"^(?:counts?|weighs?)\s+(?:for\s+)?(?:double|twice|two)$", "weight 2", "S153", 0.2),
    (r"^(?:counts?|weighs?)\s+(?:for\s+)?(?:triple|three times|three)$", "weight 3", "S153", 0.2),
    (r"^(?:counts?|weighs?)\s+(?:for\s+)?(?:a\s+)?half$", "weight 0.5", "S153", 0.2),
    (rf"^(?:at most|not more than|no more than|only|never more than|not more often than)\s+(?:once\s+)?every\s+"
     rf"({_SPAN})$", r"rests \1", "S153", 0.3),
    (rf"^if\s+({_NAMED})\s+(?:is|were|was|falls to|rises to|goes (?:up |down )?to|drops to|becomes)\s+(?:only\s+"
     rf"|just\s+)?(?=\d)",
     r"assume \1 = ", "S153", 0.3),
    (rf"^({_NAMED})\s+(?:falls?|drops?|rises?|goes|climbs?|sinks?|grows?|shrinks?)\s+(?:up\s+|down\s+)?to\s+"
     rf"(?:only\s+)?(?=\d)",
     r"assume \1 = ", "S153", 0.3),
    (rf"^assume\s+({_NAMED})\s+(?:(?:falls?|drops?|rises?|goes|climbs?|sinks?|grows?|shrinks?|changes?|moves?|is"
     rf"|becomes)\s+)?(?:up\s+|down\s+)?(?:from\s+\d\S*(?:\s+[A-Z]{{3}})?\s+)?to\s+(?:only\s+)?(?=\d)",
     r"assume \1 = ", "S153", 0.1),
    (r"(?<=[a-z\x22])\s+(?:starts|begins|starting|beginning)\s+(?:at|from|with)\s+(?=\d)", " from ", "S153", 0.2),
    (rf"^(?:no|not)\s+({_NAMED})$", r"\1 = no", "S153", 0.5),
    (rf"^({_NAMED})\s+(?:is|was|will be)\s+not\s+(?:chosen|taken|picked|selected|sent|recommended|offered|done)\s+"
     rf"because\s+(?:of\s+)?",
     r"no action \1 because ", "S153", 0.2),
    (r"^(?:increase|raise|grow|rise|improve|lift|reduce|cut|lower|decrease|bring|get|fall|drop|go|move|climb)s?\s+"
     r"(?:it\s+|this\s+|them\s+)?"
     r"(?:up\s+|down\s+)?(?=from\s+[\d€$£~])", "", "S126", 0.2),
    (rf"^(?:last\s+)?reviewed\s+(?:on\s+)?({_DATE})\s*[,;]?\s*(?:and\s+)?(?:next|again|then)\s+(?:one\s+)?(?:in"
     rf"|after|every)\s+({_SPAN})$",
     r"reviewed \1 every \2", "S153", 0.2),
    (r"(?<=\d )(?:pcs?|nos?|units?|items?|pieces?|x|ea)\.?\s+(?=(?:per|a|an|every)\s)", "", "S126", 0.2),
    (rf"^(\d[\d,]*)\s+(?:per|an?)\s+({_SPAN})\s+(?:in stock|available)$", r"stock \1 per \2", "S153", 0.2),
    (rf"^(\d[\d,]*)\s+(?:in stock|on stock|available)\s+(?:per|an?|each|every)\s+({_SPAN})$", r"stock \1 per \2",
     "S153", 0.2),
    (rf"^touchpoint\s+(\x22\x01*\x22)\s+(before|during|after)\s+(?:at\s+|in\s+)?({_NAMED})\s+"
     rf"(?:through|via|by|on|in)\s+({_NAMED})$", r"touchpoint \2 \1 at \3 through \4", "S125", 0.2),
    (rf"\s+by\s+({_NAMED})(?=\s+by\s+{_DATE}$)", r" owner \1", "S153", 0.2),
    (rf"^proposition\s+(\x22\x01*\x22)\s+(?:for|in|at|on|to)\s+(?:stage\s+)?({_NAMED})$", r"proposition at \2 \1",
     "S125", 0.2),
    (rf"^(available|allowed)\s+unless\s+({_NAMED}\s+is)\s+(?!not\b|known\b|missing\b|one\b)({_NAMED}|\x22\x01*\x22)$",
     r"\1 when \2 not \3", "S153", 0.2),
    (rf"^(available|allowed|excluded|row excluded)\s+unless\s+({_NAMED})$", r"\1 when not \2", "S153", 0.25),
    (r"^(available|allowed|excluded|row excluded)\s+unless\s+(?!not\b)(.+)$", r"\1 when not (\2)", "S153", 0.3),
    (r"^([a-z]\w*(?:\s+\x22\x01*\x22)?)\s+(?:from|if|when)?\s*\(?(\d[\d,.]*)\s?\+?\s+([A-Z]{3})\s*(?:and up|up"
     r"|upwards|or more|and more|or above|onwards|plus)?\)?$",
     r"\1 from \2 \3", "S153", 0.3),
    (r"\b(?:below|under|less than)\s+(?:zero|nothing|nil)$|(?<=\x22)\s+(?:negative|in the red)$", " below 0", "S153",
     0.2),
    (r"(?<== )([a-z]\w*)\s+(?:count|number)(?=\s+in\b|\s+where\b|$)", r"count of \1", "S164", 0.25),
    (r"\b(?:time|how\s+long|how\s+many\s+days|(?:the\s+)?number\s+of\s+days)\s+since\s+(?=(?:the\s+)?[a-z])",
     "days since ", "S153", 0.25),
    (r"\b(days|months)\s+(?:that\s+have\s+)?(?:passed|gone by|elapsed|gone)\s+since\b", r"\1 since", "S153", 0.2),
    (rf"^(segment\s+\w+(?:\s+\x22\x01*\x22)?)\s+(?:is|are|means|holds|includes|has|=|:)\s+(?:(?:all|the|those)\s+)*"
     rf"(?:{_WHO}\s+)?"
     r"(?:with|who|that|where|whose|having|if)\s+(?:(?:are|is|have|has)\s+)?", r"\1 when ", "S153", 0.3),
    (r"^((?:measure|value|assume|metric)\s+\w+(?:\s+\x22\x01*\x22)?)\s+(?:is|are|means|being|equals|counts)\s+"
     r"(?:the\s+)?(?=\S)",
     r"\1 = ", "S153", 0.3),
    (r"(?<== )(?:the\s+)?(?:number of|how many|count)\s+(?!of\b|different\b|distinct\b|unique\b)(?=[a-z]\w*(?:\s+"
     r"(?:in|over|during|where|with)\b|$))",
     "count of ", "S164", 0.3),
    (r"(?<== )(?:the\s+)?(?:total|sum)(?:\s+of)?\s+(?:all\s+|the\s+|their\s+)?(?=[a-z]\w*\.[a-z])", "sum of ", "S164",
     0.3),
    (r"^(?:is|are|was|gets?|will be|should be|must be)\s+(?=(?:paid|owned|offered|asked|kept|shared|refreshed"
     r"|retired|managed|measured|allowed|"
     r"excluded|available|dated|matched|identified|listed|sent|answered|reviewed)\b)", "", "S126", 0.25),
    (r"^target:?\s+(?:is\s+)?(?:not|no)\s+(?:less|fewer|lower|under)(?:\s+than)?\s+(?=\d)", "target at least ", "S153",
     0.2),
    (r"^target:?\s+(?:is\s+)?(?:not|no)\s+(?:more|higher|over|above)(?:\s+than)?\s+(?=\d)", "target at most ", "S153",
     0.2),
    *((rf"{_SHARE_OF}{part}(?:\s+of\s+(?:all\s+|our\s+|the\s+)?[a-z]+)?(?=\s+(?:by|to)\b|$)", rf"\1 {percent}%", "S153",
       0.05)
      for part, percent in (("(?:an?\\s+|one\\s+)?half", 50), ("(?:an?|one)\\s+quarter", 25),
                            ("three\\s+quarters", 75))),
    (rf"^target:?\s+({_FIGURE})\s+or\s+(?:more|above|better|higher|over)\b", r"target at least \1", "S153", 0.2),
    (rf"^target:?\s+({_FIGURE})\s+or\s+(?:less|below|fewer|lower|under)\b", r"target at most \1", "S153", 0.2),
    (rf"^(move\s+\w+\s+to\s+\w+)\s+(?:after|with|at|on)\s+(?:at least\s+)?(\d[\d,.]*)\s+(?!{UNIT}\b)({_NAMED})$",
     r"\1 when \3 >= \2", "S153", 0.2),
    (r"^(costs|worth)\s+(?=\d\S*(?:\s+[A-Z]{3})?\s+(?:plus|minus|times|and \d+%|[*+/-])\s)", r"\1 = ", "S146", 0.3),
    (rf"^(?:has|have)\s+(?:no|not)\s+({_NAMED})$", r"\1 = no", "S153", 0.5), (rf"^(?:has|have)\s+({_NAMED})$",
     r"\1 = yes", "S153", 0.5),
    (rf"^(?:is|are)\s+(not\s+)?({_NAMED})$", r"\1\2", "S126", 0.3),
    (r"^(?:we\s+)?aim(?:s|ing)?\s+(?:at|for)\s+(?:an?\s+)?(?:market\s+)?share\s+of\s+(?=\d)", "share aimed at ",
     "S153", 0.2),
    (rf"^(?:move\s+)?from\s+({_NAMED})\s+(?:back\s+|down\s+|up\s+|on\s+)?to\s+({_NAMED})\s+(?:if|when|once|after"
     rf"|as soon as)\s+", r"move \1 to \2 when ",
     "S153", 0.2),
    (rf"^({_NAMED})\s*(?:->|→|=>|\bto\b|>)\s*({_NAMED})\s+(?:if|when|once|as soon as|whenever)\s+",
     r"move \1 to \2 when ", "S153", 0.25),
    (rf"^({_NAMED})\s+{_BACK}\s+({_NAMED})\s+(?:if|when|once|as soon as|whenever|after)\s+", r"move \1 to \2 when ",
     "S153", 0.25),
    (rf"^(excluded|row excluded)\s+(?:is|are)\s+{_WHO}\s+(?:who|that|with|whose)?\s*(?:(?:is|are|have|has)\s+)?",
     r"\1 when ", "S153", 0.2),
    (rf"^for\s+{_WHO}\s+(?:in|of|who\s+(?:are|is)|from|within)\s+(?:the\s+)?(?=[a-z])", "for ", "S126", 0.3),
    (rf"^(target(?:\s+at\s+(?:least|most))?\s+\d[\d,.]*)\s+(?!(?:by|{UNIT}|{_AMOUNTS}|pp|percentage)\b)[a-z]+\s+"
     rf"(?=by\b)", r"\1 ", "S126", 0.3),
    (r"^(?:should|must|is to|are to|to)\s+(?:become|turn into|grow into|be)\s+(?=[a-z]\w*$)", "leads to ", "S153", 0.2),
    (r"^(?:their\s+)?loyalty\s+(?:comes from|is earned (?:by|with|through)|through|from)\s+(?=\x22)",
     "earns loyalty by ", "S153", 0.1),
    (r"^(?:it\s+|that\s+)?(?:runs|valid|holds|open|active|live|goes)\s+(?=from\b)", "", "S126", 0.2),
    (r"^not\s+(?:together|combined|at the same time)\s+with\s+", "not with ", "S153", 0.2),
    (r"^help(?:s|ing)?\s+(?:us\s+)?(?:to\s+)?decide\s+(?:on\s+|about\s+)?", "decides ", "S153", 0.2),
    (r"^(?:helps?|works|is)\s+against\s+", "overcomes ", "S153", 0.2),
    (r"^(?:is\s+)?(?:deleted|removed|thrown away|forgotten|dropped|wiped)\s+after\s+(?=\d)", "retired after ", "S153",
     0.2),
    (r"^is\s+worth\s+(?=\d)", "worth = ", "S153", 0.2),
    (r"^(?:is\s+)?(?:poorly|badly|well)\s+managed$|^is\s+managed\s+", "managed ", "S153", 0.6),
    (r"\s+for each ([a-z]\w*)$", r" per \1", "S153", 0.5),
    (r"\b(selling|marketing|service|newsletter|required)\s+and\s+(?=(?:selling|marketing|service|newsletter"
     r"|required)\b)", r"\1, ", "S189", 0.3),
    (rf"^(\d+ {UNIT})\s+(?:of\s+)?(?:rest|pause|wait(?:ing)?|cool-?down|break|between(?:\s+two)?\s+\w+)$", r"rests \1",
     "S153", 0.2),
    (rf"^(?:not|no)\s+more\s+often\s+than\s+(?:once\s+)?(?:every|in|per)\s+(\d+ {UNIT})$", r"rests \1", "S153", 0.2),
    (r"\b(?:danish|swedish|norwegian|us|american|canadian|australian|swiss|british|czech|new zealand)\s+(?=kron"
     r"|dollar|franc|pound|korun)", "",
     "S170", 0.2),
)  # fmt: skip
"""Lines said as sentences, or with the words of another order."""

_SIGN = r"(?:[<>]=?|=)"
SIGNS: tuple[Row, ...] = (
    (rf"^(rests|priority|stock|weight|every|retired after|refreshed every|takes|capacity|costs|price|margin|limit"
     rf"|frequency|population|phase|"
     rf"hold out|answers within)\s+{_SIGN}\s*(?=\d)", r"\1 ", "S126", 0.2),
    (rf"(?<=\d)\s?\+(?=\s+(?:[A-Z]{{3}}\b|{UNIT}\b|by\b))", "", "S126", 0.2),
    (r"(?<=[a-z])\s+(?:no|nr)\.?\s*(?=\d+$)", " ", "S126", 0.2),
    (r"\s*,?\s+(rows|columns)\s*[:=]\s*([a-z]\w*)\s*,?\s+(rows|columns)\s*[:=]?\s+", r" \1 \2 \3 ", "S196", 0.2),
    (r"([<>]=?\s*\d[\d,.]*)\+", r"\1", "S126", 0.2),
    (r"(?<=\d)[x×](?=\s+[A-Z]{3}\b)", "", "S126", 0.2),
    (rf"\b(between)\s+{_SIGN}\s*(?=\d)", r"\1 ", "S126", 0.2),
    (rf"(\bbetween\s+\d[^<>=]*?\s+and)\s+{_SIGN}\s*(?=\d)", r"\1 ", "S126", 0.2),
    (r"([<>]=?)\s+[<>]=?\s*(?=\d)", r"\1 ", "S126", 0.2),
    (r"([<>]=?)\s+(?:up to|at least|at most|more than|less than|over|under)\s+(?=\d)", r"\1 ", "S126", 0.2),
    (r"(?<=\d%)%", "", "S126", 0.1),
    (rf"(?<=\d)\s*\(({UNIT})\)", r" \1", "S126", 0.1),
    (rf"\s+where\s+(?:in\s+)?(?:the\s+)?(last|next)\s+(?=\d+\s+{UNIT}\b)", r" in \1 ", "S153", 0.1),
)  # fmt: skip
"""Signs of comparison beside figures that take none."""

SAID: tuple[Row, ...] = (*LIMITS, *LINES, *SENTENCES, *SIGNS)
