"""S190–S194: the files that make one strategy."""

from stratagem.dsl.diagnostics.text import Text

TEXTS = {
    "S190": Text(
        "error",
        "The file {file} is not there",
        "`use` names a file relative to the one it stands in; {place} holds none of that name.",
        "Check the name and the folder.",
    ),
    "S191": Text(
        "error",
        "Files use each other in a loop",
        "{loop}.",
        "Move what they share to a file of its own, and use that.",
    ),
    "S192": Text(
        "error",
        "`use` takes a file named relative to this one",
        "{file} is a whole path or an address, which is another on every machine.",
        'For example: use "../shared/calendar.strategy"',
        shows=True,
    ),
    "S193": Text(
        "error",
        "{folder} holds no strategy",
        "A strategy is a file with the ending .strategy, or a folder with such files.",
        "Check the name, or start one with `stratagem init`.",
    ),
    "S194": Text(
        "error",
        "A strategy from standard input can use no other file",
        "There is no folder to look for {file} in.",
        "Give the strategy's file or folder instead of `-`.",
    ),
}
