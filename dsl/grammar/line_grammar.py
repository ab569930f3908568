"""The grammar of a logical line, and the words that formulas reserve.

Every production is either aliased or a single symbol (so the tree needs no filtering). `closed_…` formulas may be
followed by an operator; `open_…` ones end in a `where`, which takes everything up to the closing bracket or the end
of the line: that keeps the grammar LALR(1) without a conflict to resolve. Literals with their units are one token.
"""

from __future__ import annotations

STARTS = ("formula", "row_line", "constant", "apart")
"""What a run of tokens may be read as. `apart` only names the tokens that no formula holds."""

RESERVED = frozenset((
    "and", "or", "not", "is", "known", "missing", "between", "contains", "matches", "if", "else", "when", "where",
    "otherwise", "over", "any", "all", "none", "of", "in", "yes", "no",
))  # fmt: skip
"""Words of formulas: they name nothing. A choice of one of these words is quoted."""

TOGETHER = (
    "count of", "sum of", "average of", "smallest of", "largest of", "first of", "latest of", "share of",
    "number of different", "days since", "months since", "days until", "in last", "in next", "one of", "starts with",
    "all of", "any of", "none of",
)  # fmt: skip
"""Words read as one: their parts alone stay free for names, unless they are reserved."""

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?![\d])|\d+)(?:\.\d+)?"
_UNIT = r"(?:minute|hour|day|week|month|quarter|year)s?"
_END = r"(?![A-Za-z0-9_])"
_DATE = r"\d{4}-\d{2}-\d{2}"

GRAMMAR = rf"""
formula: closed_or
       | open_or
       | closed_or IF closed_or ELSE formula     -> if_else
closed_or: closed_and
         | closed_or OR closed_and               -> either
open_or: open_and
       | closed_or OR open_and                   -> either
closed_and: closed_not
          | closed_and AND closed_not            -> both
open_and: open_not
        | closed_and AND open_not                -> both
closed_not: closed_test
          | NOT closed_not                       -> negation
open_not: open_test
        | NOT open_not                           -> negation
closed_test: sum
           | sum COMPARE sum                     -> compare
           | sum IS sum                          -> is_
           | sum IS NOT sum                      -> is_not
           | sum IS KNOWN                        -> known
           | sum IS NOT KNOWN                    -> not_known
           | sum IS ONE_OF LEFT options RIGHT    -> one_of
           | sum IS NOT ONE_OF LEFT options RIGHT -> not_one_of
           | sum BETWEEN sum AND sum             -> between
           | sum CONTAINS sum                    -> text_test
           | sum STARTS_WITH sum                 -> text_test
           | sum MATCHES STRING                  -> text_match
open_test: open_sum
         | sum COMPARE open_sum                  -> compare
         | sum IS open_sum                       -> is_
         | sum IS NOT open_sum                   -> is_not
         | sum BETWEEN sum AND open_sum          -> between
options: sum                                     -> first_item
       | options COMMA sum                       -> next_item
sum: product
   | sum PLUS product                            -> arithmetic
   | sum MINUS product                           -> arithmetic
open_sum: open_product
        | sum PLUS open_product                  -> arithmetic
        | sum MINUS open_product                 -> arithmetic
product: signed
       | product TIMES signed                    -> arithmetic
       | product OVER_SIGN signed                -> arithmetic
open_product: open_signed
            | product TIMES open_signed          -> arithmetic
            | product OVER_SIGN open_signed      -> arithmetic
signed: atom
      | MINUS signed                             -> negative
open_signed: open_atom
           | MINUS open_signed                   -> negative
atom: path
    | literal
    | MISSING                                    -> missing
    | LEFT formula RIGHT                         -> bracket
    | NAME LEFT arguments RIGHT                  -> call
    | NAME LEFT RIGHT                            -> call
    | picked
    | SINCE atom                                 -> since
open_atom: picked WHERE formula                  -> where
         | SINCE open_atom                       -> since
arguments: formula                               -> first_item
         | arguments COMMA formula               -> next_item
picked: windowed
      | windowed OVER path                       -> over
windowed: head
        | head WINDOW DURATION                   -> window
head: AGGREGATE path                             -> aggregate
    | ANY path                                   -> aggregate
path: NAME                                       -> name
    | DOTTED                                     -> name
literal: NUMBER                                  -> literal
       | SHARE                                   -> literal
       | MONEY                                   -> literal
       | DURATION                                -> literal
       | RATE                                    -> literal
       | DATE                                    -> literal
       | TIMESTAMP                               -> literal
       | TIME                                    -> literal
       | YES_NO                                  -> literal
       | STRING                                  -> literal

row_line: cell                                   -> first_item
        | row_line COMMA cell                    -> next_item
cell: NAME constant                              -> cell
constant: path
        | literal
        | MINUS literal                          -> negative
        | MISSING                                -> missing
apart: LONG_TEXT | WHEN | OTHERWISE | BLOCK | EQUALS | WORD | ODD_NUMBER | OTHER | FULL_STOP

LONG_TEXT.90: /"{{3}}[\s\S]*?"{{3}}/
STRING.80: /"(?:[^"\\\n]|\\.)*"/
TIMESTAMP.79: /{_DATE}[ T]\d{{1,2}}:\d{{2}}{_END}/
DATE.78: /{_DATE}(?![\w-])/
TIME.77: /\d{{1,2}}:\d{{2}}(?![\w:])/
RATE.76: /{_NUMBER}(?:\s+[A-Z]{{3}})?\s+per\s+(?:{_NUMBER}\s+)?{_UNIT}{_END}/
MONEY.75: /{_NUMBER}\s+(?!(?:AND|NOT|FOR|THE)\b)[A-Z]{{3}}{_END}/
DURATION.74: /{_NUMBER}\s+{_UNIT}{_END}/
SHARE.73: /{_NUMBER}%/
NUMBER.72: /{_NUMBER}(?![\w%]|\.\d|,\d)/
ODD_NUMBER.20: /[\d][\w.,:%\/-]*/

AGGREGATE.65: /(?:(?:count|sum|average|smallest|largest|first|latest|share)\s+of|number\s+of\s+different){_END}/
SINCE.64: /(?:(?:days|months)\s+since|days\s+until){_END}/
BLOCK.63: /(?:all|any|none)\s+of{_END}/
ONE_OF.62: /one\s+of{_END}/
WINDOW.61: /in\s+(?:last|next){_END}/
STARTS_WITH.60: /starts\s+with{_END}/
YES_NO.59: /(?:yes|no){_END}/
DOTTED.51: /[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){{1,2}}(?![\w.])/
NAME.50: /[a-z][a-z0-9_]*(?![A-Za-z0-9_])/
WORD.10: /[^\W\d]\w*/

AND.50: "and"
OR.50: "or"
NOT.50: "not"
IF.50: "if"
ELSE.50: "else"
IS.50: "is"
KNOWN.50: "known"
BETWEEN.50: "between"
CONTAINS.50: "contains"
MATCHES.50: "matches"
MISSING.50: "missing"
WHERE.50: "where"
WHEN.50: "when"
OTHERWISE.50: "otherwise"
ANY.50: "any"
OVER.50: "over"

COMPARE.40: /[<>]=?/
EQUALS.40: "="
PLUS.40: "+"
MINUS.40: "-"
TIMES.40: "*"
OVER_SIGN.40: "/"
LEFT.40: "("
RIGHT.40: ")"
COMMA.40: ","
FULL_STOP.40: "."
OTHER.1: /[^\s]/

%ignore /\s+/
"""
