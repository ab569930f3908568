"""Formulas and conditions as they are spoken, or written in other languages, with how they are written here: data.

Each row: a pattern over the text (its quoted texts masked), what to write for it (`\\1` are groups), the message's code
and how far-fetched it is. A row that matches is only tried; it counts when the line then reads.
"""

from __future__ import annotations

from stratagem.dsl.parse.mend.comparisons import COMPARISONS, KNOWN, NAME, RANGES, UNIT, VALUE, Row
from stratagem.dsl.parse.mend.said import SAID

_ROWS = "where"

_ITEM = rf'(?>"\x01*"|-?(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?:\.\d+)*%?(?:\s+(?:[A-Z]{{3}}\b|{UNIT}\b))?|{NAME})'
"""A value of a list, taken whole: a comma is its own or stands between two of them, and is not tried as both."""
_ITEMS = rf"{_ITEM}(?:\s*(?:,|;|/|\||,\s*(?:and|or)\b|\bor\b|\band\b)\s*{_ITEM})+"

LISTS: tuple[Row, ...] = (
    (r"(?i)\b(?:is\s+)?not\s+in\s*[\[({]", "is not one of (", "S163", 0.4),
    (r"(?i)\b(?:is\s+)?in\s*[\[({]", "is one of (", "S163", 0.4),
    (r"(?<=[a-z])\s*[\[{(]\s*([a-z]\w*(?:\s*,\s*[a-z]\w*)*)\s*[\]})]", r" \1", "S153", 0.6),
    (r"\bis\s+(?:any|either|some)\s+of\s*[\[({]", "is one of (", "S163", 0.4),
    (r"\bis\s+(?:none|neither)\s+of\s*[\[({]", "is not one of (", "S163", 0.4),
    (r"\bis\s*\(", "is one of (", "S163", 0.7),
    (r"\bis not\s*\(", "is not one of (", "S163", 0.7),
    (r"\b(?:among|belongs to|is among|any of|either of|equals any of)\s*\(", "is one of (", "S163", 0.6),
    (r"\[", "(", "S153", 0.7), (r"\]", ")", "S153", 0.7), (r"\{", "(", "S153", 0.9), (r"\}", ")", "S153", 0.9),
)  # fmt: skip
BARE_LISTS: tuple[tuple[str, str], ...] = (
    (rf"\bone of\s+({VALUE})(?!\s*[\w,(])", "one of ({items})"),
    (rf"\bone of\s+({_ITEMS})", "one of ({items})"),
    (rf"\bis\s+(?:any|either)\s+(?:of\s+)?({_ITEMS})", "is one of ({items})"),
    (rf"\bis\s+neither\s+({_ITEMS.replace('or', 'nor')})", "is not one of ({items})"),
    (rf"\b(?:is\s+)?in\s+({_ITEMS})", "is one of ({items})"),
    (rf"\bis\s+({_ITEMS})", "is one of ({items})"),
    (rf"\bis not\s+({_ITEMS})", "is not one of ({items})"),
    (rf"\bone of\s*\(({_ITEMS})\)", "one of ({items})"),
    (rf"\(({_ITEMS})\)", "one of ({items})"),
    (rf"\b(?:choice|choices|enum|options|values|select|list|category)\s*(?:of\s*)?[\[(:]?\s*({_ITEMS})[\])]?",
     "one of ({items})"),
)  # fmt: skip

_TEST = r"(?:contains?|includes?|starts? with|begins? with|ends? with|matches|match|like)"
_IS_NOT = r"(?:does not|doesn't|do not|don't|not|is not|isn't)"
_BUT = r"(?:unless|except(?:ing)?(?: (?:when|if|where|for))?|but not(?: (?:when|if))?|and not (?:when|if))"
NEGATIONS: tuple[Row, ...] = (
    (r"\bis\s+(?:anything|everything|anyone|any|all)\s+(?:but|except|other than|apart from)\s+(?=\S)", "is not ",
     "S153", 0.2),
    (rf"({NAME})\s+(?:must|should|has to|have to|needs to|shall)\s+not\s+be\s+(?=\S)", r"\1 is not ", "S153", 0.2),
    (rf"({NAME})\s+(?:must|should|has to|have to|needs to|shall)\s+be\s+(?=\S)", r"\1 is ", "S153", 0.2),
    (rf"({NAME})\s+(?:is\s+)?(?:not|isn't)\s+between\s+({VALUE})\s+and\s+({VALUE})",
     r"not (\1 between \2 and \3)", "S153", 0.3),
    (rf"({NAME})\s+{_IS_NOT}\s+(?:contains?|includes?|like)\s+(\x22\x01*\x22)", r"not (\1 contains \2)", "S153", 0.3),
    (rf"({NAME})\s+{_IS_NOT}\s+(?:starts?|begins?)\s+with\s+(\x22\x01*\x22)", r"not (\1 starts with \2)", "S153",
     0.3),
    (rf"({NAME})\s+{_IS_NOT}\s+ends?\s+with\s+(\x22\x01*\x22)", r"not (\1 ends with \2)", "S153", 0.3),
    (rf"(?<=\bwhen )(.+?)\s+{_BUT}\s+([a-z]\w*)$", r"\1 and not \2", "S153", 0.2),
    (rf"(?<=\bwhen )(.+?)\s+{_BUT}\s+(.+)$", r"\1 and not (\2)", "S153", 0.25),
    (r"^not\s+(available|allowed)\s+(when|if)\s+(\w+)$", r"\1 when not \3", "S153", 0.2),
    (r"^not\s+(available|allowed)\s+(when|if)\s+(.+)$", r"\1 when not (\3)", "S153", 0.25),
    (r"(?<=\w\s)unless\s+not\s+(.+)$", r"when \1", "S153", 0.3),
    (r"(?<=\w\s)unless\s+(\w+)$", r"when not \1", "S153", 0.4),
    (r"(?<=\w\s)unless\s+(.+)$", r"when not (\1)", "S153", 0.5),
)  # fmt: skip
_ROW = r"(?:year|month|day|weekday|round|floor|ceil|abs|length|lower|upper)"
_IN = rf"(\s+in\s+(?:last|next)\s+\d+\s+{UNIT})?"
_NOW = r"(?:today|now|current_date|sysdate|getdate)(?:\s*\(\s*\))?"
CALLS: tuple[Row, ...] = (
    (r"\b(?:the\s+)?(?:number|count)\s+of\s+(days|months)\s+(since|until)\b", r"\1 \2", "S153", 0.2),
    (r"\b(?:the\s+)?(?:number|count)\s+of\s+(days|months)\s+(?:left\s+|remaining\s+)?(?:to|till|before)\b", r"\1 until",
     "S153", 0.2),
    (r"\b(?:the\s+)?(?:number|count)\s+of\s+(days|months)\s+(?:after|from|past)\b", r"\1 since", "S153", 0.2),
    (r"(?<== )(?:the\s+)?customers\s+(?:where|with|who|having|that|whose|for which)\s+(?:is\s+|are\s+|have\s+|has\s+)?"
     r"(\S.*?)\s*/\s*(?:all\s+)?(?:the\s+)?customers$", r"share of customers where \1", "S164", 0.2),
    (r"(?<== )(?:the\s+|all\s+)?customers\s+(?:where|with|who|having|that|whose|for which)\s+"
     r"(?:(?:is|are|have|has)\s+)?(?=\S)", "share of customers where ", "S164", 0.3),
    (r"\bnumber of\s+(?:the\s+)?(?=[a-z]\w*\.[a-z])", "number of different ", "S164", 0.3),
    (r"\bthe\s+(?:last|latest|most recent|newest)\s+(?=[a-z]\w*\.[a-z])", "latest of ", "S153", 0.2),
    (r"\bthe\s+(?:first|earliest|oldest)\s+(?=[a-z]\w*\.[a-z])", "first of ", "S153", 0.2),
    (r"(?<== )(?:the\s+)?(share|count|number)(?:\s+of)?\s+(?:where|with|who|having|that|whose|for which)\s+(?:is\s+"
     r"|are\s+|"
     r"have\s+|has\s+)?", r"\1 of customers where ", "S164", 0.2),
    (rf"(?i)\b(?:the\s+)?(?:number of\s+)?(days|months) between\s+({_NOW})\s+and\s+(\S.*?)(?=\s*$|\))",
     r"\1 until \3", "S153", 0.2),
    (rf"(?i)\b(?:the\s+)?(?:number of\s+)?(days|months) between\s+(\S.*?)\s+and\s+{_NOW}", r"\1 since \2", "S153",
     0.2),
    (rf"(?i)\b({NAME})\s*(?:>=?|after)\s*{_NOW}\s*-\s*(\d+)(?:\s*days?)?(?!\w| (?:months?|years?)"
     r")", r"days since \1 <= \2 days", "S153", 0.3),
    (rf"(?i)\b({NAME})\s*(?:<=?|before)\s*{_NOW}\s*-\s*(\d+)(?:\s*days?)?(?!\w| (?:months?|years?)"
     r")", r"days since \1 >= \2 days", "S153", 0.3),
    (rf"(?i)(?<![\w.)] ){_NOW}\s*(?:-|minus)\s*(?=[a-z])", "days since ", "S153", 0.3),
    (rf"(?i)({NAME})\s*(?:-|minus)\s*{_NOW}", r"days until \1", "S153", 0.3),
    (rf"(?i)\b({NAME})\s*(?:>=?|after|since)\s*{_NOW}\s*-\s*(\d+\s+(?:months?|quarters?|years?))",
     r"months since \1 <= \2", "S153", 0.3),
    (rf"(?i)\b({NAME})\s*(?:<=?|before)\s*{_NOW}\s*-\s*(\d+\s+(?:months?|quarters?|years?))", r"months since \1 >= \2",
     "S153", 0.3),
    (r"\b(days|months)\s+(?:left\s+|remaining\s+)?(?:to|till|before)\s+(?=\d{4}-)", r"\1 until ", "S153", 0.2),
    (r"\b(days|months)\s+(?:after|from|past)\s+(?=\d{4}-)", r"\1 since ", "S153", 0.2),
    (r"\b(?:years?|quarters?)\s+(since|until)\b", r"months \1", "S153", 0.2),
    (r"\b(?:weeks?|hours?)\s+(since|until)\b", r"days \1", "S153", 0.2),
    (r"\band\s*/\s*or\b", "or", "S153", 0.2),
    (r"(?<![\d.])%\s+of\s+(?=[a-z])", "share of ", "S153", 0.4),
    (rf"(?i)\bcountifs?\s*\(\s*({NAME})\s*[,;]\s*([^()]+?)\s*\){_IN}", r"count of \1\3 where \2", "S153", 0.3),
    (rf"(?i)\bsumifs?\s*\(\s*({NAME})\s*[,;]\s*([^()]+?)\s*\){_IN}", r"sum of \1\3 where \2", "S153", 0.3),
    (rf"(?i)\baverageifs?\s*\(\s*({NAME})\s*[,;]\s*([^()]+?)\s*\){_IN}", r"average of \1\3 where \2", "S153", 0.3),
    (rf"(?i)\b(?:len\s*\(\s*set|count\s*\(\s*distinct)\s*\(?\s*({NAME})\s*\)?\s*\)", r"number of different \1", "S153",
     0.3),
    (rf"(?i)\bnunique\s*\(\s*({NAME})\s*\)", r"number of different \1", "S153", 0.3),
    (rf"({NAME})\s+:\s+(?=[a-z\d])", r"\1 / ", "S153", 0.4),
    (rf"\b({_ROW})\s+of\s+({NAME})", r"\1(\2)", "S153", 0.4),
    (r"\bround(?:ed)?\s+down\s*\(", "floor(", "S153", 0.2),
    (r"\bround(?:ed)?\s+up\s*\(", "ceil(", "S153", 0.2),
    (r"\b(?:the\s+)?(?:greater|larger|bigger|higher|maximum|max|greatest|highest|largest)\s+of\s+"
     rf"({VALUE})\s+(?:and|or)\s+({VALUE})", r"max(\1, \2)", "S153", 0.3),
    (rf"\b(?:the\s+)?(?:lesser|smaller|lower|minimum|min|least|lowest|smallest)\s+of\s+({VALUE})\s+(?:and|or)\s+"
     rf"({VALUE})",
     r"min(\1, \2)", "S153", 0.3),
    (rf"\b(max|min)(?:imum)?\s+(?:of\s+)?({VALUE})\s*,\s*({VALUE})", r"\1(\2, \3)", "S153", 0.3),
    (rf"({NAME})\.(?i:isin|is_in|in_|in)\s*\(\s*[\[(]?([^()\[\]]*)[\])]?\s*\)", r"\1 is one of (\2)", "S163", 0.3),
    (rf"({NAME})\.(?i:isnull|isna|is_null|empty)\s*\(\s*\)", r"\1 is missing", "S153", 0.3),
    (rf"({NAME})\.(?i:notnull|notna|is_not_null)\s*\(\s*\)", r"\1 is known", "S153", 0.3),
    (rf"({NAME})\.(?i:starts?_?with)\s*\(\s*(\x22\x01*\x22)\s*\)", r"\1 starts with \2", "S153", 0.3),
    (rf"({NAME})\.(?i:ends?_?with)\s*\(\s*(\x22\x01*\x22)\s*\)", r"\1 ends with \2", "S153", 0.3),
    (rf"({NAME})\.(?i:contains|includes|has)\s*\(\s*(\x22\x01*\x22)\s*\)", r"\1 contains \2", "S153", 0.3),
    (rf"(?i)\b(?:starts?_?with)\s*\(\s*({NAME})\s*,\s*(\x22\x01*\x22)\s*\)", r"\1 starts with \2", "S153", 0.3),
    (rf"(?i)\b(?:contains|includes)\s*\(\s*({NAME})\s*,\s*(\x22\x01*\x22)\s*\)", r"\1 contains \2", "S153", 0.3),
)  # fmt: skip

JOINS: tuple[Row, ...] = (
    (r"^((?:segment|segments|measure|value|metric)\s+[a-z]\w*)\s+((?:when|=|by)\s.+?)\s+(\x22\x01*\x22)$", r"\1 \3 \2",
     "S125", 0.05),
    (r"\s*&&?\s*", " and ", "S154", 0.5), (r"\s*\|\|?\s*", " or ", "S154", 0.5),
    (r"(?<=[\w)\x22%])\s*,\s*(and|or)\b", r" \1", "S153", 0.3),
    (r"\b(?:as well as|and also|plus also|but|yet)\b", "and", "S153", 0.7),
    (r"\bor else\b", "or", "S153", 0.7),
    (r"(?<!\d)\s*[,;]\s*|\s*[,;]\s*(?!\d)", " and ", "S153", 1.0),
    (r"!\s*(?=[A-Za-z(])", "not ", "S153", 0.5),
    (r"\b(?:(?:has|have|having|with)\s+no|no|without(?:\s+any)?)\s+(?=[a-z]\w*(?:\s*\)|\s+(?:and|or|in|where)\b|$))",
     "not any ", "S153", 0.55),
    (rf"\bno\s+({NAME}(?:\s+in\s+(?:last|next)\s+\d+\s+{UNIT})?(?:\s+where\s+.+)?)$", r"count of \1 is 0",
     "S153", 0.6),
    (r"\b(?:no|without|non|isn't|aren't|not an?)\s+(?=[a-z]\w*(?:\s*\)|\s+(?:and|or)\b|$))", "not ", "S153", 0.5),
    (rf"\bboth\s+({NAME})\s+and\s+({NAME})", r"\1 and \2", "S153", 0.4),
    (rf"(?<!is )\beither\s+({NAME})\s+or\s+({NAME})", r"\1 or \2", "S153", 0.4),
    (r"(?<!is )(?<!not )\beither\s+(?=\S.*\sor\s)", "", "S126", 0.45),
    (rf"({NAME})\s*²", r"\1 * \1", "S153", 0.3), (rf"({NAME})\s*³", r"\1 * \1 * \1", "S153", 0.3),
    (r"\bnever\s+(?=(?:any|all|not)\b)|\b(?:never|hardly ever)\s+", "not ", "S153", 0.4),
    (rf"({NAME})\s*(?:\^|\*\*)\s*2(?![\d.])", r"\1 * \1", "S153", 0.4),
    (rf"({NAME})\s*(?:\^|\*\*)\s*3(?![\d.])", r"\1 * \1 * \1", "S153", 0.4),
    (r"(?<=[\w)%\x22])\s*;\s*(?=[\w(\x22-])", ", ", "S153", 0.7),
    (r"\bor\s+not\b", "or not", "S153", 2.0),
    (r"\bnot\s*\(([^()]*?)\s+nor\s+([^()]*)\)", r"not (\1 or \2)", "S153", 0.3),
    (rf"\b(?:without|except|excluding|non)\s+(?:any\s+)?({NAME})\s+(?:or|nor)\s+(?:any\s+)?({NAME})(?=\s*(?:$|\)|"
     r"and\b))",
     r"not (\1 or \2)", "S153", 0.4),
    (r"\b(?:nor)\b", "and not", "S153", 0.9),
    (r"\s+x\s+", " * ", "S153", 0.6), (r"\s*[×·∙⋅]\s*", " * ", "S153", 0.5), (r"\s*÷\s*", " / ", "S153", 0.5),
    (r"\s*[–—−]\s*", " - ", "S153", 0.5),
    (r"\bplus\b", "+", "S153", 0.5), (r"\bminus\b", "-", "S153", 0.5), (r"\b(?:times|multiplied by)\b", "*", "S153",
        0.5),
    (r"\b(?:divided by|over)\b", "/", "S153", 0.9), (r"\bper\b", "/", "S165", 0.9),
    (r"(\d[\d.,]*%)\s+of\s+", r"\1 * ", "S153", 0.5),
    (r"\b(and|or)\s+(?:when|if)\b", r"\1", "S126", 0.3),
    (r"\b(at\s+(?:most|least))\s+half\s+(?:of\s+)?(?:the\s+)?", r"\1 50% of ", "S153", 0.3),
    (r"\b(half)\s+(?:of\s+)?", "0.5 * ", "S153", 0.7),
    *((rf"\b(?:(?:a|one)\s+)?{part}\s+of\s+(?=[a-z])", f"1 / {number} * ", "S153", 0.2)
      for part, number in (("third", 3), ("fifth", 5), ("sixth", 6), ("eighth", 8), ("tenth", 10), ("twelfth", 12))),
    (r"\btwo\s+thirds\s+of\s+(?=[a-z])", "2 / 3 * ", "S153", 0.2),
    (r"\b(?:(?:a|one)\s+)?quarter\s+of\s+(?=[a-z])", "1 / 4 * ", "S153", 0.2),
    (r"\bthree\s+quarters\s+of\s+(?=[a-z])", "3 / 4 * ", "S153", 0.2),
    (r"\b(\d)\s*/\s*(\d+)\s+of\s+(?=[a-z])", r"\1 / \2 * ", "S153", 0.2),
    (r"\b(?:twice|double)\s+(?:the\s+)?(?=[a-z])", "2 * ", "S153", 0.2),
    (r"\b(?:three\s+times|triple)\s+(?:the\s+)?(?=[a-z])", "3 * ", "S153", 0.2),
    (r"\s*\^\s*2\b", "", "S153", 3.0),
)  # fmt: skip

TEXTS: tuple[Row, ...] = (
    (r"\b(?:includes|including|include|containing|contain|has text|like)\b", "contains", "S153", 0.5),
    (r"\b(?:begins with|begin with|starting with|start with|startswith|begins|starts)\b", "starts with", "S153", 0.5),
    (r"\b(?:regex|regexp|match|matching|rlike|=~)\b", "matches", "S153", 0.6),
    (r"\b(?:this|current)\s+(year|quarter|month|week)\b", r"in last 1 \1", "S153", 0.7),
    (rf"({NAME})'s?\s+({NAME})", r"\1.\2", "S153", 0.6),
    (r"(?<=[\w)])\s*(?:[/×]|\s(?:x|by)\s)\s*(?=[a-z])", ", ", "S153", 0.8),
)  # fmt: skip

_SUMS = {
    "count of": r"number of|count of|count|number|how many|no\.? of|num of|amount of|quantity of|total number of",
    "sum of": r"sum of|sum|total of|total|totals|add up|sums of|summed",
    "average of": r"average of|average|avg of|avg|mean of|mean|averages of",
    "smallest of": r"(?:next|soonest|upcoming|nearest)(?: of)?|smallest of|smallest|min of|min|minimum of|minimum|"
                   r"lowest of|lowest|least of",
    "largest of": r"largest of|largest|max of|max|maximum of|maximum|highest of|highest|biggest of|biggest|most of",
    "first of": r"first of|first|earliest of|earliest|oldest of|oldest",
    "latest of": r"latest of|latest|last of|last|most recent of|most recent|newest of|newest",
    "number of different": r"number of different|number of distinct|number of unique|count distinct|count of distinct|"
                           r"count of different|count different|count unique|distinct count of|distinct|different|"
                           r"unique",
    "share of": r"share of|share|percentage of|percentage|percent of|proportion of|proportion|fraction of|ratio of|"
                r"part of|% of",
    "any": r"any of|any|exists|exist|some of|some|has|has any|there is a|there are|there is|at least one of|"
           r"at least one|has had",
    "days since": r"days since|days from|days after|day since|days past|number of days since|days ago|days passed",
    "months since": r"months since|months from|months after|month since|number of months since",
    "days until": r"days until|days to|days till|days before",
}  # fmt: skip
_FILLERS = r"(?:(?:the|all|all the|their|its|any|every|each)\s+)?"


def _aggregates() -> tuple[Row, ...]:
    rows: list[Row] = []
    for written, spoken in _SUMS.items():
        rows.append((rf"(?i)\b(?:{spoken})\s*\(\s*{_FILLERS}({NAME})\s*\)", rf"{written} \1", "S164", 0.5))
        rows.append((rf"(?i)\b(?:{spoken})\s+{_FILLERS}({NAME})\s+(?:of|from|in|on)\s+{_FILLERS}({NAME})",
                     rf"{written} \2.\1", "S164", 0.8))  # fmt: skip
        rows.append((rf"(?i)\b(?:{spoken})\s+{_FILLERS}(?=[a-z])(?!of\b)", f"{written} ", "S164", 0.7))
        rows.append((rf"(?i)\b(?:{spoken})\s*\(\s*{_FILLERS}({NAME})\s+{_ROWS}\s+([^()]*)\)",
            rf"({written} \1 where \2)",
                     "S164", 0.6))  # fmt: skip
        rows.append((rf"(?i)\b(?:{spoken})\s*\(\s*{_FILLERS}([^()]*)\)", rf"{written} \1", "S164", 0.9))
        rows.append((rf"(?i)\b(?:{spoken})\s*\(\s*\*\s*\)\s*(?:of|from|in)?\s*", f"{written} ", "S164", 0.5))
        rows.append((rf"\b({NAME})\.(?:{written.split()[0]})\b", rf"{written} \1", "S164", 0.7))
    return tuple(rows)


_LONG = rf"(?:\d+\s+)?{UNIT}"
_AGGREGATE = r"(?:count|sum|average|smallest|largest|first|latest|number of different)"
_DURING = r"(?:in|during|over|within|for|across|from|throughout|inside|of)"

WINDOWS: tuple[Row, ...] = (
    (rf"\b((?:average|sum|smallest|largest) of {NAME})\s+(?:for|among|amongst|in|within|across|of)\s+(?:the\s+|all\s+"
     rf"|our\s+)?({NAME})$", r"\1 over \2", "S153", 0.4),
    (rf"\b({_AGGREGATE} of) (\w+)\.(\w+)\s*([+-])\s*\2\.(\w+)\s+(in (?:last|next)"
     rf" {_LONG})", r"\1 \2.\3 \6 \4 \1 \2.\5 \6",
     "S158", 0.3),
    (rf"\s+where\s+(?:\w+\.)?\w+\s*(?:>=?|after|since)\s*{_NOW}\s*-\s*(\d+)(?:\s*days?)"
     r"?\b", r" in last \1 days", "S153", 0.3),
    (rf"\s+where\s+(?:\w+\.)?\w+\s*(?:>=?|after|since)\s*{_NOW}\s*-\s*(\d+ (?:months?|years?|weeks?|quarters?))"
     r"\b", r" in last \1", "S153",
     0.3),
    (rf"\b((?:{_AGGREGATE} of|number of different) {NAME})\s*(>=?|<=?|is not|is)\s*({VALUE})\s+(?:in|within|over|"
     r"during)\s+(?:the\s+)?(?:last|past)"
     rf"?\s*({_LONG})\b", r"\1 in last \4 \2 \3", "S158", 0.3),
    (rf"\b((?:{_AGGREGATE} of|number of different) {NAME})\s*(>=?|<=?|is not|is)\s*({VALUE})\s+in next ({_LONG})"
     r"\b", r"\1 in next \4 \2 \3",
     "S158", 0.3),
    (rf"\b({_AGGREGATE})(?: of)?\s*\(?\s*({NAME})\s*\)?\s+(?:over|within|during|for|across)\s+(\d+\s+{UNIT})\b",
     r"\1 of \2 in last \3", "S153", 0.2),
    (rf"\b({_AGGREGATE})\s*\(\s*({NAME})\s*,\s*(?:in\s+)?(?:the\s+)?(last|next)\s+({_LONG})"
     r"\s*\)", r"\1 of \2 in \3 \4", "S164", 0.2),
    (rf"\b(in (?:last|next) {_LONG})\s+((?:count|sum|average|smallest|largest|first|latest) of {NAME})", r"\2 \1",
     "S125", 0.3),
    (rf"\b{_DURING}\s+(?:the\s+)?(?:last|past|previous|recent|preceding|latest)\s+(?=\d)", "in last ", "S153", 0.4),
    (rf"\b{_DURING}\s+(?:the\s+)?(?:next|coming|following|upcoming)\s+(?=\d)", "in next ", "S153", 0.4),
    (r"\b(?:the\s+)?(?:last|past|previous)\s+(?=\d)", "in last ", "S153", 0.5),
    (r"\b(?:the\s+)?(?:next|coming|following)\s+(?=\d)", "in next ", "S153", 0.5),
    (rf"\b{_DURING}\s+(?:the\s+)?(?:last|past|previous)\s+({UNIT})\b", r"in last 1 \1", "S166", 0.5),
    (rf"\b{_DURING}\s+(?:the\s+)?(?:next|coming)\s+({UNIT})\b", r"in next 1 \1", "S166", 0.5),
    (rf"\b(?:last|past|previous)\s+({UNIT})\b", r"in last 1 \1", "S166", 0.7),
    (rf"(?<=[\w)])\s+since\s+(?:the\s+last\s+)?(?=\d+\s+{UNIT}\s*(?:where\b|\)|$|[<>]))", " in last ", "S153", 0.3),
    (rf"\b(?:in|within|over|during)\s+(?=\d+\s+{UNIT})", "in last ", "S153", 0.8),
    (rf"\b(\d+\s+{UNIT})\s+ago\b", r"in last \1", "S153", 1.4),
    (rf"\s+where\s+(.*?)\s+(in\s+(?:last|next)\s+{_LONG})(?=\)|$)", r" \2 where \1", "S157", 0.4),
    (rf"(\bin (?:last|next) {_LONG})\s+of\s+({NAME})", r"of \2 \1", "S158", 0.9),
    (r"\b(?:that|which|who) (?:is|are|was|were)\b(?! not\b)", "where", "S153", 0.4),
    (r"\b(?:when|if|with|who|having|that|which|whose|while|for which|such that|only|and)\b", "where", "S153", 0.8),
    (rf"\)\s*(in (?:last|next) {_LONG})", r" \1)", "S158", 1.1),
)  # fmt: skip

SHEET_IF = (r"(?i)\bif\s*\(\s*([^,;()]+)[,;]\s*([^,;()]+)[,;]\s*([^,;()]+)\)", r"\2 if \1 else \3")
"""`IF(condition; value; otherwise)` of a spreadsheet, and what is written for it."""
IFS: tuple[Row, ...] = (
    (r"(?i)(?<== )(?:yes|true)\s+(?:if|when|where)\s+(?=\S)(?!.*\b(?:else|otherwise|no|false)\b)", "", "S156", 0.2),
    (r"(?i)\bcase\s+(?:when|if)\s+(.+?)\s+then\s+(.+?)\s+else\s+(.+?)\s+end\b", r"\2 if \1 else \3", "S156",
     0.3),
    (r"\bif\s+(.+?)\s*,?\s+then\s+(.+?)\s*,?\s+(?:else|otherwise)\s+(.+)$", r"\2 if \1 else \3", "S156", 0.3),
    (*SHEET_IF, "S156", 0.3),
    (r"(?<=\s)([^?:]+?)\s*\?\s*(.+?)\s*:\s*(.+)$", r"\2 if \1 else \3", "S156", 0.5),
    (r"(?<=\w = )(.+?)\s*\?\s*(.+?)\s*:\s*(.+)$", r"\2 if \1 else \3", "S156", 0.3),
    (r"\bif\s+(.+?)\s*[:,]\s*(.+?)\s*[,;]?\s*(?:else|otherwise)\s*:?\s+(.+)$", r"\2 if \1 else \3", "S156", 0.4),
    (r"\bwhen\b(?=.+\b(?:else|otherwise)\b)", "if", "S156", 0.6),
    (rf"\belse if\s+(.+?)\s+(?:then\s+)?({VALUE})\s+else\b", r"else \2 if \1 else", "S156", 0.4),
    (r"\b(?:if)\s+([^=]+)$", r"if \1 else 0%", "S156", 1.4),
    (r"(?<=\s)(?:otherwise|or else|if not|elsewise|,\s*else)\b", "else", "S156", 0.7),
    (r"\s*,\s*(?=(?:else|if)\b)", " ", "S156", 0.6),
)  # fmt: skip

CASES: tuple[Row, ...] = (
    (r"^(?:when|if|for|where)\s+(.+?)\s*(?:[:,]|\bthen\b|->|=>|→|=|\bis\b)\s*(\S+(?:\s+[A-Z]{3}|\s+[a-z]+)?)$",
        r"\2 when \1",
     "S180", 0.4),
    (rf"^(?:when|if|for|where)\s+(.+?)\s+({VALUE})$", r"\2 when \1", "S180", 0.6),
    (rf"^(\d[\d.,]*%?(?:\s[A-Z]{{3}})?)\s+(?:for|with|at)\s+({NAME})\s+({NAME})$", r"\1 when \2 is \3", "S180",
     0.4),
    (r"^(.+?)\s*(?:[:]|->|=>|→)\s*(\S+(?:\s+[A-Z]{3}|\s+[a-z]+)?)$", r"\2 when \1", "S180", 0.5),
    (r"^(.+?)\s*(?:[:]|->|=>|→)\s*(.+)$", r"\1 when \2", "S180", 0.7),
    (r"^(\S+(?:\s+[A-Z]{3})?)\s+(?:if|where|for|in case|provided|whenever|given|unless|only when|only if|while)\s+",
     r"\1 when ", "S180", 0.4),
    (r"^(?:otherwise|else|default|or else|for all others|everyone else|others?|(?:the )?rest)\s*[:=,]?\s+(.+)$",
     r"\1 otherwise", "S180", 0.4),
    (r"^(.+?)\s+(?:else|or else|by default|default|for everyone else|for all others|for the rest|in all other cases|"
     r"for others|everyone else|other|in other cases|elsewhere|when otherwise|if not|if nothing else)$",
         r"\1 otherwise",
     "S180", 0.4),
    (r"^=\s*", "", "S180", 0.6),
    (r"^(?:-|\*|•|\d+[.)])\s+", "", "S129", 0.5),
    (r"^(\S+(?:\s+[A-Z]{3})?)$", r"\1 otherwise", "S180", 1.0),
)  # fmt: skip

_HEAD = r"(?:^|(?<=when )|(?<=unless )|(?<=if ))(?!(?:all|any|none) of\s*:?$)"
_BELOW = r"(?:\s+of)?(?:\s+(?:these|those|the following|the below))?"
FILLERS: tuple[Row, ...] = (
    (r"\b(?:they|he|she|who|those|people|someone|anyone)\s+(?:is|are|was|were|(?:has|have)\s+been)\s+(?=[a-z])", "",
     "S126", 0.5),
    (r"(?<=\w )for\s+(?=(?:more|less|longer|over|under|at least|at most|between|from)\b)", "", "S126", 0.3),
    (rf"(?<=\w )for\s+(\d[\d.,]*)\s*(?:to|-|–)\s*(\d[\d.,]*)\s+({UNIT})", r"between \1 \3 and \2 \3", "S153", 0.3),
    (rf"\b(money|number|count)\s+(?:/|every|each|an?|by|in a)\s+((?:\d+ )?{UNIT})\b", r"\1 per \2", "S198", 0.3),
    (r"(?<=[\w)] )if(?= \w)", "when", "S143", 0.5),
    (r"\b(when|unless)\s+(?:if|when|where)\b", r"\1", "S126", 0.3),
    (rf"{_HEAD}(?:all|both|each|every(?: one)?){_BELOW}(?:\s+(?:hold|apply|are true))?\s*:?$", "all of", "S153", 0.3),
    (rf"{_HEAD}(?:any|either|one|some|at least one){_BELOW}(?:\s+(?:holds|applies|is true))?\s*:?$", "any of", "S153",
     0.3),
    (rf"{_HEAD}(?:none|neither){_BELOW}\s*:?$", "none of", "S153", 0.3),
    (rf"^(?:set|let|put|make|assume|define)\s+({NAME})\s+(?:to(?: be)?|as|at|be|:?=)\s+", r"\1 = ", "S153", 0.3),
    (r"^(?:[=_~*+-]{3,}\s*(\w[^\x22=*~]*?)\s*[=_~*+-]*)$", r"# \1", "S197", 0.3),
    (r"^for\s+(?:all|every|any)(?:one|body|\s+customers)?\s+(?:except|but|other than|apart from|besides)\s+(\w+)$",
     r"unless \1", "S153", 0.3),
    (r"\b(?:purpose|used for|needed for|for the purpose of|reason)\s+(?=\x22)", "personal for ", "S153", 0.6),
    (r"(?<![\w.])(?:the|a|an|their|its|his|her|of the|customer's|our|then|that|is a|really|only|also)\s+(?=\w)", "",
        "S126", 0.9),
    (r"(?<![\w.])customers?[. ](?:is\s+|are\s+)?(?=[a-z])", "", "S126", 1.0),
    (r"\s*[;:,.]$", "", "S141", 0.5),
    (r"\s+(?:and|or)$", "", "S106", 0.6),
    (r"\s+where$", "", "S126", 0.9),
    (r"^(?:and|or)\s+", "", "S126", 0.6),
    (r"^(?:-|\*|•|–|>+|\+|→|\d+[.)]|[a-z]\)|\[[ xX]?\])\s+", "", "S129", 0.5),
    (r"\bis\s+(?=(?:not\s+)?[a-z]\w*$)", "", "S126", 1.0),
    (r"^(/\*|<!--)\s*(.*?)\s*(?:\*/|-->)?$", r"# \2", "S197", 0.3),
    (r"^(`{3}\s*\w*)$", r"# \1", "S197", 0.4),
    (r"#(?=\d)", "", "S126", 0.4),
    (r"\[([a-z]\w*)\]", r"\1", "S153", 0.4),
    (r"\s*\.\.\.\s*", " ", "S142", 1.5),
    (r"'([^'\n]*)'", r'"\1"', "S153", 0.4),
    (r"`([^`\n]*)`", r"\1", "S153", 0.5),
    (r"`([^`\n]*)`", r'"\1"', "S153", 0.5),
    (r'""([^"\x01\n]+)""', r'"\1"', "S153", 0.4),
    (r"\*\*([^*\n]+)\*\*", r"\1", "S142", 0.5),
    (r"\s*//\s*(.*)$", r"  # \1", "S197", 0.9),
    (r"\s*(?:--|/\*|<!--)\s*(.*?)\s*(?:\*/|-->)?$", r"  # \1", "S197", 1.0),
    (r"\s*;\s*([A-Za-z][^=\x22]*)$", r"  # \1", "S197", 1.3),
    (r"(?<=[\s\x22])\s+\([^()]*\)$", "", "S126", 1.9),
    (r"(?<=\d )\(([^\W\d]+)\)$|(?<=% )\(([^\W\d]+)\)$|(?<=[A-Z]{3} )\(([^\W\d]+)\)$", r"# \1\2\3", "S197", 0.5),
    (r"(?<=\s)\(((?:[^\W\d]+ )+[^\W\d]+)\)$", r"# \1", "S197", 1.2),
)  # fmt: skip

ROWS: tuple[Row, ...] = (
    *SAID, *NEGATIONS, *CALLS, *COMPARISONS, *RANGES, *LISTS, *KNOWN, *JOINS, *TEXTS, *_aggregates(), *WINDOWS, *IFS,
    *FILLERS,
)  # fmt: skip
