"""JSON text whose long lists stand one item to a line.

Python's encoder works in C only where it breaks no lines, so what lies deeper is left on its line: thousands of
findings are written in a tenth of the time, and a line of the file is a finding.
"""

from __future__ import annotations

import json
from functools import partial
from typing import Any

_text = partial(json.dumps, ensure_ascii=False, allow_nan=False)


def laid_out(value: Any, depth: int, indent: str = "") -> str:
    """JSON text of plain values, with line breaks in the outermost `depth` levels. ValueError for what is no number."""
    if depth == 0 or not value or not isinstance(value, (dict, list)):
        return _text(value)
    inner = indent + "  "
    if isinstance(value, dict):
        parts = [f"{_text(key)}: {laid_out(item, depth - 1, inner)}" for key, item in value.items()]
        return _between("{}", parts, indent)
    return _between("[]", [laid_out(item, depth - 1, inner) for item in value], indent)


def _between(brackets: str, parts: list[str], indent: str) -> str:
    joined = f",\n{indent}  ".join(parts)
    return f"{brackets[0]}\n{indent}  {joined}\n{indent}{brackets[1]}"
