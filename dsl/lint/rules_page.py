"""The catalogue of lint rules as Markdown: `docs/rules.md`.

In: the rules. Out: the text of the file; `make reference` writes it, a test holds it current.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from stratagem.dsl.lint.catalogue import RULES, module, name_of

HEAD: Final = """# Lint rules

`stratagem check` runs these rules over every strategy that has no errors. What they find is legal, and hardly meant.
A rule never guesses: it stays silent where it cannot be certain. What stands in a shared library (`use`) is never found
to be used by nobody: another strategy may use it.

Made from the rules; do not edit it by hand: `make reference` writes it. Each code leads to its page, with a wrong and a
right example; `stratagem docs L012` shows the same. Every rule has its cases under `tests/lint/cases`, those that trip
it and those that come near.

## Severity

In `pyproject.toml`, by code or by name, for rules and for warnings of the language alike:

```toml
[tool.stratagem.rules]
L012 = "error"
unused-field = "note"
S416 = "off"
```

A severity is `error`, `warning`, `note` or `off`. What settings make an error fails `check`; the strategy can still be
carried out. Errors of the language stay what they are. A code or name that nothing has is refused.

## In one place

```strategy
measure yearly "Yearly orders" = count of orders  # ignore L043 because the board asks for it in November
```

`# ignore CODE because REASON` accepts what is found in one place. It takes codes or names of rules, several with
commas between them.

- At the end of a line it covers what is found on that line (the whole of it, where it goes on within brackets).
- On a line of its own it covers the next statement and everything that stands below it, deeper: above the head of a
  block that is the whole block. Several such lines may stand above one statement.

`check` says how many findings were ignored. A comment without a reason, of a code that nothing has, of an error, or
with nothing to ignore is a finding itself (L095 to L098). For a whole strategy, `waive CODE because "…"` does the same.

## The rules
"""
GROUPS: Final = (
    ("L00", "The journey"),
    ("L01", "Conditions"),
    ("L02", "Tiers"),
    ("L03", "Goals, hurdles and objectives"),
    ("L04", "What nobody uses"),
    ("L05", "Sources, messages and limits"),
    ("L06", "Tests and answers"),
    ("L07", "Further rules"),
    ("L08", "Further rules, continued"),
    ("L09", "Comments that ignore"),
)
"""Beginnings of codes with what such rules are about."""


def rules_page() -> str:
    """The whole file."""
    return "\n".join([HEAD, *_groups()]).rstrip() + "\n"


def _groups() -> Iterator[str]:
    for start, about in GROUPS:
        if not any(code.startswith(start) for code in RULES):
            continue
        yield f"### {about}\n"
        yield "| code | name | severity | finds |"
        yield "|---|---|---|---|"
        for code in RULES:
            if code.startswith(start):
                link = f"[{code}](../dsl/diagnostics/pages/{code}.md)"
                yield f"| {link} | `{name_of(code)}` | {module(code).RULE.text.severity} | {_finds(code)} |"
        yield ""


def _finds(code: str) -> str:
    """The first sentence of the rule's own file."""
    spec = find_spec(f"stratagem.dsl.lint.rules.{RULES[code]}")
    assert spec is not None and spec.origin is not None
    said = ast.get_docstring(ast.parse(Path(spec.origin).read_text("utf-8"))) or ""
    return " ".join(said.split()).split(" (found by")[0].rstrip(".").replace("|", "\\|")


if __name__ == "__main__":
    import sys

    Path(sys.argv[1]).write_text(rules_page(), "utf-8")
