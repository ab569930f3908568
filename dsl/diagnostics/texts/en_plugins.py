"""What is said about plug-ins: P1xx. `distribution` is the installed package that brought it."""

from stratagem.dsl.diagnostics.text import Text

_HELP = "Install another version of {distribution}, or take it out; everything else goes on without it."

TEXTS = {
    "P101": Text(
        "warning",
        "Plug-in `{name}` of {distribution} cannot be loaded",
        "It stands in {group}, and loading it failed: {reason}.",
        _HELP,
    ),
    "P102": Text(
        "warning",
        "Plug-in `{name}` of {distribution} is not what it should be",
        "It stands in {group}, but {reason}.",
        _HELP,
    ),
    "P103": Text(
        "warning",
        "Plug-in `{name}` of {distribution} is made for another version",
        "It stands in {group}, but {reason}.",
        _HELP,
    ),
    "P104": Text(
        "warning",
        "Plug-in `{name}` of {distribution} is not taken in",
        "It stands in {group}, but {reason}.",
        _HELP,
    ),
}
