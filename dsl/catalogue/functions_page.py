"""Words and functions of formulas as Markdown: `docs/functions.md`.

In: the tables of the language. Out: the text of the file; `make reference` writes it, a test holds it current.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stratagem.dsl.catalogue.formula_words import WORDS
from stratagem.dsl.functions import FUNCTIONS, Function

HEAD: Final = """# Words and functions of formulas

Made from the tables of the language; do not edit it by hand: `make reference` writes it. The same is shown by
`stratagem docs sum`, `stratagem docs round` and the like. In the forms below, `P` stands for a length of time such as
`12 months`, and `[…]` for what may be left out.
"""
MISSING: Final = {"any": "when any argument is", "all": "only when all arguments are"}


def functions_page() -> str:
    """The whole file."""
    return "\n".join([HEAD, *_words(), *_functions()]).rstrip() + "\n"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _words() -> Iterator[str]:
    yield "## Words\n"
    yield "| form | what it means | example | where nothing is known |"
    yield "|---|---|---|---|"
    for word in WORDS:
        example = "<br>".join(f"`{line.strip()}`" for line in word.example.split("\n"))
        yield _row(f"`{word.form}`", word.meaning, example, word.unknown)
    yield ""


def _functions() -> Iterator[str]:
    yield "## Functions\n"
    yield "A result that is not a finite number is missing. Plug-ins can bring more.\n"
    yield "| function | takes | what it gives | example | missing |"
    yield "|---|---|---|---|---|"
    for function in FUNCTIONS.values():
        yield _row(f"`{function.signature}`", _takes(function), function.meaning, f"`{function.example}`",
                   MISSING[function.missing])  # fmt: skip
    yield ""


def _takes(function: Function) -> str:
    """Each parameter with its kinds."""
    parts = []
    for parameter in function.parameters:
        kinds = "a whole number, written out" if parameter.literal else ", ".join(map(str, parameter.kinds))
        parts.append(f"`{parameter.name}`: {kinds}")
    return "; ".join(parts)


if __name__ == "__main__":
    import sys
    from pathlib import Path

    Path(sys.argv[1]).write_text(functions_page(), "utf-8")
