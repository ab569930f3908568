"""Clean strategies, on which the check must say nothing: `python -m tests.mistakes clean`.

In: a seed. Out: files of one strategy. Half are built from nothing (`builder`), half are the bases and the library in
another dress: blocks in another order, comments, blank lines, several files that use each other or share a folder.
"""

from __future__ import annotations

import random
import re
import tempfile
from pathlib import Path

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.text import words
from stratagem.dsl.pipeline import load_strategy
from tests.mistakes.builder import built
from tests.mistakes.mutants import sound

TRULY_FOUND = frozenset({"S416", "L031", "L041", "L043", "L052"})
"""What the library's strategies are rightly told (looked at by hand); beside these they have no findings."""
COMMENTS = ("# to be looked at in spring", "# ---- see the minutes ----", "#", "#  “quoted”, 10 %, €12; if == then")


def clean(seed: int) -> dict[str, str]:
    """The files of a clean strategy, by name; the first is the one to check, or the folder's main one."""
    dice = random.Random(seed)
    blocks = built(seed) if seed % 2 else _blocks(_dice_text(dice))
    head, rest = blocks[:1], blocks[1:]
    if dice.random() < 0.5:
        dice.shuffle(rest)
    if dice.random() < 0.4 and len(rest) > 4:
        return _split(dice, head, rest)
    return {"main.strategy": _laid_out(dice, [*head, *rest])}


def _dice_text(dice: random.Random) -> str:
    """One of the sound texts, without its ignores: in two files that use each other there may be nothing to ignore."""
    texts = sound()
    return re.sub(r" *# ignore L\d+ because .*", "", texts[dice.choice(list(texts))])


def _blocks(text: str) -> list[str]:
    """A text's top-level blocks, with the comments above each."""
    blocks: list[str] = []
    above: list[str] = []
    for line in text.rstrip("\n").split("\n"):
        if line.startswith("#") or not line.strip():
            above.append(line)
        elif line.startswith((" ", ")")):
            blocks[-1] += "".join("\n" + told for told in [*above, line])
            above = []
        else:
            blocks.append("\n".join([*(told for told in above if told.startswith("##")), line]))
            above = []
    return blocks


def _split(dice: random.Random, head: list[str], rest: list[str]) -> dict[str, str]:
    """Two or three files: joined by `use`, or by lying in one folder."""
    count = dice.choice([2, 3])
    parts = [rest[n::count] for n in range(count)]
    names = ["main.strategy", *(f"part_{n}.strategy" for n in range(1, count))]
    used = dice.random() < 0.5
    first = [*head, *(f'use "{name}"' for name in names[1:] if used), *parts[0]]
    texts = [_laid_out(dice, first), *(_laid_out(dice, [*head, *part]) for part in parts[1:])]
    return dict(zip(names, texts, strict=True))


def _laid_out(dice: random.Random, blocks: list[str]) -> str:
    """The blocks as a text, with blank lines and comments as people leave them."""
    lines: list[str] = []
    style = dice.choice(["airy", "tight", "commented"])
    for block in blocks:
        if style != "tight" and lines:
            lines.append("")
        if style == "commented" and dice.random() < 0.3:
            lines += [dice.choice(COMMENTS), ""]
        lines += _remarked(dice, block.split("\n")) if style == "commented" else block.split("\n")
    return "\n".join(lines) + dice.choice(["\n", "", "\n\n"])


def _remarked(dice: random.Random, lines: list[str]) -> list[str]:
    """Some lines with a remark at their end, outside long texts."""
    if '"""' in "\n".join(lines):
        return lines
    return [f"{line}  # agreed" if dice.random() < 0.05 and not re.match(r"\s*(#|$)", line) else line for line in lines]


def findings(files: dict[str, str]) -> tuple[Diagnostic, ...]:
    """What the check says of the files, laid in a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, "utf-8")
        whole = len(files) > 1 and 'use "part_1' not in files["main.strategy"]
        return load_strategy(folder if whole else Path(folder) / "main.strategy").diagnostics


def report(count: int, seed: int) -> tuple[int, str]:
    """How many of `count` clean strategies have findings, and which."""
    told, wrong = [], 0
    for number in range(seed, seed + count):
        files = clean(number)
        found = tuple(d for d in findings(files) if number % 2 or d.code not in TRULY_FOUND)
        wrong += bool(found)
        for diagnostic in found:
            said = words(diagnostic)
            told.append(f"seed {number}, {diagnostic.span}: {diagnostic.code} {said.title} | {said.reason}")
    lines = sum(text.count("\n") for n in range(seed, seed + count) for text in clean(n).values())
    summary = f"{count} clean strategies, {lines:,} lines: {wrong} with findings"
    return wrong, "\n".join([summary, *told])
