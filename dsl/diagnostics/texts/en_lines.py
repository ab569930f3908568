"""S100–S129: files, and the layout of their lines."""

from stratagem.dsl.diagnostics.text import Text

TEXTS = {
    "S101": Text(
        "error",
        "{file} is not written in UTF-8",
        "On line {line} stands {seen}, which is no UTF-8 text.",
        "Save the file again with the encoding UTF-8 (in most editors: Save as …, Encoding).",
    ),
    "S102": Text(
        "error",
        "{file} is not a text file",
        "Line {line} holds a byte that no text holds. It may be a spreadsheet, an archive or a picture.",
        "Strategies are plain text with the ending .strategy.",
    ),
    "S103": Text(
        "error",
        "{file} is too large to be a strategy",
        "A strategy file may have {bound}.",
        "Split it: all *.strategy files of one folder make one strategy. Customer data belongs in the sources' files.",
    ),
    "S104": Text(
        "error",
        "This line is too long",
        "It has {length} characters; a line may have {bound}. It is left out.",
        "Break it inside brackets, or write a long text over several lines between three quotes.",
    ),
    "S105": Text(
        "error",
        "{file} cannot be read",
        "The system says: {reason}.",
        "See that the file is there, and that you may read it.",
    ),
    "S106": Text(
        "error",
        "`{written}` joins nothing",
        "It stands between two conditions, and the line ends after it.",
        "Write the other condition, or leave out `{written}`.",
        shows=True,
    ),
    "S107": Text(
        "error",
        "A quote inside a text",
        'The second `"` ends the text, so that the rest of {written} is read as words of the language.',
        "Write: {instead}",
        shows=True,
    ),
    "S108": Text(
        "error",
        "Two statements on one line",
        "Each statement has a line of its own; the second one starts with `{second}`.",
        "Break the line before `{second}`.",
    ),
    "S109": Text(
        "error",
        "`{written}` has characters of another alphabet",
        "`{seen}` looks like `{plain}`, and is another character. Names, words and numbers have the letters a to z and "
        "the figures 0 to 9.",
        "Write: {instead}",
        shows=True,
    ),
    "S100": Text(
        "warning",
        "`{written}` is {value}, not {thousands}",
        "The point is the decimal point; a comma stands between thousands.",
        "For thousands write {thousands}, else {value}.",
    ),
    "S129": Text(
        "error",
        "`{written}` before a statement",
        "Lines start with a word of the language; the outline alone makes the list, without bullets and numbers.",
        "Leave it out.",
    ),
    "S110": Text(
        "error",
        "Indented with tabs",
        "Lines are indented with two blanks a step, so that they look the same everywhere. Lines with a tab here: "
        "{count}. Each tab is read as two blanks.",
        "Write two blanks for each tab; `stratagem fmt` does so.",
        shows=True,
    ),
    "S111": Text(
        "error",
        "Curly quotes around a text",
        'A text stands between straight quotes: "…". {written} is read as if it did.',
        "Write straight quotes; `stratagem fmt` does so.",
        shows=True,
    ),
    "S112": Text(
        "error",
        "Indented by {blanks}",
        "A step is two blanks. This line is read as if it stood {meant} blanks in.",
        "Write {meant} blanks before it, or two more if it belongs to the line above.",
        shows=True,
    ),
    "S113": Text(
        "error",
        "Indented too far",
        "It stands {blanks} in, more than one step deeper than the line it belongs to. It is read as if it "
        "stood {meant} blanks in.",
        "Write {meant} blanks before it.",
        shows=True,
    ),
    "S122": Text(
        "error",
        "This line stands a step too far left",
        "It belongs below `{line}`, {meant} blanks in, and is read as if it stood there.",
        "Write {meant} blanks before it.",
        shows=True,
    ),
    "S123": Text(
        "error",
        "This line stands a step too far right",
        "It belongs to no line above it, but {where}, and is read as if it stood there; below `{line}` there "
        "is no such line.",
        "Write {meant} blanks before it.",
        shows=True,
    ),
    "S124": Text(
        "error",
        "A line is broken in two",
        "What stands on the next line goes on with this one; lines may be broken inside brackets only.",
        "Write both in one line.",
        shows=True,
    ),
    "S114": Text(
        "error",
        "Nested too deeply",
        "A line may stand {bound} steps deep. This one and those below it are left out.",
        "No block of the language needs more than nine steps.",
    ),
    "S115": Text(
        "error",
        "A blank that is no ordinary blank",
        "Here stands a character that looks like a blank, or like nothing at all; it often comes with text copied from "
        "a web page or a word processor.",
        "Write an ordinary blank, or leave it out.",
        shows=True,
    ),
    "S116": Text(
        "error",
        "A quote stands alone",
        "A text has a quote before it and one behind it, both on its line; here one of the two is missing.",
        "Write the other one. A text over several lines stands between three quotes.",
        shows=True,
    ),
    "S117": Text(
        "error",
        "A long text is not closed",
        "The text that starts with three quotes has no closing three quotes before the next line that is not deeper.",
        "Write three quotes on a line of their own below the text, and indent the text by one step more.",
        shows=True,
    ),
    "S118": Text(
        "error",
        "A bracket is not closed",
        "This bracket has no closing one, neither on its line nor on the deeper lines that follow.",
        "Close it with ).",
    ),
    "S119": Text(
        "error",
        "A closing bracket too many",
        "No bracket is open here.",
        "Leave it out, or open one with (.",
    ),
    "S121": Text(
        "error",
        "Reading stopped here",
        "This file has {count} faults before this line. Often one cause has made them all.",
        "Mend the first ones, and check again.",
    ),
    "S120": Text(
        "error",
        "Indented by four blanks a step",
        "A step is two blanks; {count} lines of this file use four. They are read as they were meant.",
        "`stratagem fmt` writes them with two.",
    ),
}
