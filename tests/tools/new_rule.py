"""A new lint rule: its file, its cases and its page from one template, and its line in the catalogue.

    python tests/tools/new_rule.py late-milepost

The rule runs at once and finds nothing; its cases and its page fail until they are filled in. Nothing is written for a
name that exists, and nothing is left half-written.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = "dsl/lint/catalogue.py"
FIRST, LAST = 70, 89
"""Numbers for new rules; those below are taken group by group, those above are about comments."""

RULE = '''"""FILL IN: what the rule finds, as a plural: "Goals that no action serves"."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Block, Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.model.actions import Action

RULE = Rule(
    "{code}",
    Text(
        "warning",
        "FILL IN: what is wrong with `{{name}}`, in a few words",
        "FILL IN: why that is hardly meant.",
        "FILL IN: what to write instead.",
        shows=True,  # a fix says it in its place; leave this out of a help that is advice
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """FILL IN: what is looked at. Every action."""
    yield from c.each(_of_block, reads="own")  # "names", if it looks at what the block names


def _of_block(c: Context, block: Block) -> Iterator[Diagnostic]:
    if isinstance(block.part, Action) and _has_the_defect(block.part):
        yield RULE.at(block.part.at, name=block.part.name)


def _has_the_defect(action: Action) -> bool:
    """FILL IN: what is wrong with it."""
    return False
'''
CASES = """# {code} {name}

## FILL IN: what trips it
```diff
- action call "Call"
+ # FILL IN: the lines of the sound strategy that change
+ action call "Call"
```
finds {code} at `call` in `action call "Call"`

## Near: FILL IN, what comes near and must not trip it
```diff
- action call "Call"
+ # FILL IN: the lines of the sound strategy that change
+ action call "Call"
```
finds {code} at `FILL IN: nothing, but say so`
"""
PAGE = """# {code}: FILL IN a plain title

FILL IN: what was being read, why it is hardly meant, and what is usually meant, in one to four sentences.

## Wrong

```strategy
assume margin_rate = 60%
```

## Right

```strategy
assume margin_rate = 60%
```
"""


class Refused(Exception):
    """There can be no such rule."""


def new_rule(name: str, root: Path = ROOT) -> tuple[str, tuple[Path, ...]]:
    """Write everything; the rule's code and the files to be filled in. Raises Refused, having written nothing."""
    word = name.replace("_", "-")
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", word):
        raise Refused(f"{name!r} is no name: write small letters with hyphens, and name the defect (late-milepost).")
    file = word.replace("-", "_")
    catalogue = (root / CATALOGUE).read_text("utf-8")
    entries = dict(re.findall(r'^    "(L\d+)": "(\w+)",$', catalogue, re.M))
    code = _free(entries)
    texts = {
        root / f"dsl/lint/rules/{file}.py": RULE.format(code=code),
        root / f"tests/lint/cases/{file}.md": CASES.format(code=code, name=word),
        root / f"dsl/diagnostics/pages/{code}.md": PAGE.format(code=code),
    }
    taken = [path for path in texts if path.exists()]
    if file in entries.values() or taken:
        raise Refused(f"there is a rule {word!r} already{f': {taken[0]}' if taken else ''}.")
    _write({**texts, root / CATALOGUE: _entered(catalogue, code, file)})
    return code, tuple(texts)


def _free(entries: dict[str, str]) -> str:
    codes = (f"L{number:03}" for number in range(FIRST, LAST + 1))
    code = next((code for code in codes if code not in entries), None)
    if code is None:
        raise Refused(f"all codes from L{FIRST:03} to L{LAST:03} are taken.")
    return code


def _entered(catalogue: str, code: str, file: str) -> str:
    """The catalogue with a line for the rule, in the order of the codes."""
    later = next(found for found in re.finditer(r'^    "(L\d+)": ', catalogue, re.M) if found[1] > code)
    return f'{catalogue[: later.start()]}    "{code}": "{file}",\n{catalogue[later.start() :]}'


def _write(texts: dict[Path, str]) -> None:
    """All of the files, or none: each beside its place first, then moved there; the catalogue last."""
    beside = {path: path.with_name(f".{path.name}.new") for path in texts}
    before = {path: path.read_text("utf-8") if path.exists() else None for path in texts}
    try:
        for path, text in texts.items():
            beside[path].write_text(text, "utf-8")
        for path, new in beside.items():
            os.replace(new, path)
    except OSError:
        for path, text in before.items():
            beside[path].unlink(missing_ok=True)
            if text is None:
                path.unlink(missing_ok=True)
        raise


def main(arguments: list[str]) -> int:
    """The command: 0 written, 2 refused."""
    if len(arguments) != 1 or not arguments[0]:
        print("name the rule: make rule NAME=late-milepost", file=sys.stderr)
        return 2
    try:
        code, files = new_rule(arguments[0])
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    print(f"{code} {arguments[0]} runs, and finds nothing yet. Fill in, where it says FILL IN:")
    for file in files:
        print(f"  {file.relative_to(ROOT)}")
    stem = files[0].stem
    print(f"then: make reference, and: make test ARGS='tests/lint tests/docs -k \"{stem} or {code}\"'")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
