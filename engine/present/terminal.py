"""The same page on a terminal: rich tables, colours where they are wanted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from stratagem.engine.present.blocks import Block, Heading, Listing, Pairs, Paragraph, Table, Tone, Verbatim
from stratagem.engine.present.clean import clean
from stratagem.engine.present.plain import one_line

STYLES: dict[Tone, str] = {"good": "green", "warning": "yellow", "bad": "red", "quiet": "dim", "strong": "bold"}


def show(blocks: Iterable[Block], console: Console) -> None:
    """Print the page. No text is read as markup: what a strategy calls something cannot change how it is shown."""
    for number, block in enumerate(blocks):
        if number and isinstance(block, Heading):
            console.print()
        console.print(_rendered(block), highlight=False, soft_wrap=isinstance(block, Verbatim))


def _text(words: str, tone: Tone = "") -> Text:
    return Text(words, style=STYLES.get(tone, ""))


@singledispatch
def _rendered(block: Block) -> RenderableType:
    raise TypeError(f"no way to show a {type(block).__name__}")


@_rendered.register
def _(block: Heading) -> RenderableType:
    return Text(clean(block.text), style="bold cyan")


@_rendered.register
def _(block: Paragraph) -> RenderableType:
    return Padding(_text(clean(block.text), block.tone), (0, 0, 0, 2 * block.indent), expand=False)


@_rendered.register
def _(block: Listing) -> RenderableType:
    return Padding(
        _text("\n".join(one_line(item) for item in block.items), block.tone), (0, 0, 0, 2 * block.indent), expand=False
    )


@_rendered.register
def _(block: Verbatim) -> RenderableType:
    coloured = block.coloured.splitlines() if block.coloured else []
    if block.language and not coloured:
        from stratagem.engine.present.colours import painted

        coloured = painted(clean(block.text).rstrip("\n"), block.language)
    indent = "  " * block.indent
    if coloured:
        return Text.from_ansi("\n".join(indent + line for line in coloured))
    return Text("\n".join(indent + line for line in clean(block.text).splitlines()))


@_rendered.register
def _(block: Pairs) -> RenderableType:
    grid = RichTable.grid(padding=(0, 2))
    for name, value in block.items:
        grid.add_row(_text(one_line(name), "quiet"), _text(one_line(value)))
    return Padding(grid, (0, 0, 0, 2 * block.indent), expand=False)


@_rendered.register
def _(block: Table) -> RenderableType:
    if not block.rows:
        return Padding(_text(block.empty, "quiet"), (0, 0, 0, 2 * block.indent), expand=False)
    table = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold", show_edge=False)
    for column in block.columns:
        table.add_column(
            Text(column.title), justify="right" if column.right else "left", max_width=column.widest,
            overflow="ellipsis" if column.widest else "fold", no_wrap=column.right or column.widest is not None,
        )  # fmt: skip
    for number, row in enumerate(block.rows):
        table.add_row(*(_text(one_line(cell), block.tone(number)) for cell in row))
    if block.total is not None:
        table.add_section()
        table.add_row(*(_text(one_line(cell), "strong") for cell in block.total))
    return Padding(table, (0, 0, 0, 2 * block.indent), expand=False)
