"""`[tool.stratagem.rules]`: severities of warnings and lint rules, by code or by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from stratagem.dsl.diagnostics.diagnostic import Severity
from stratagem.engine.cli.exits import Refused


def read_rules(table: object, file: Path) -> Mapping[str, Severity | Literal["off"]]:
    """The table as settings hold it → severity by code. Raises Refused, with near names, for what cannot be meant."""
    from stratagem.dsl.lint.severities import WrongRule, severities

    if not isinstance(table, dict):
        raise Refused(f"{file}: [tool.stratagem.rules] must be a table.", 'write for example: L012 = "error"')
    try:
        return severities(table)
    except WrongRule as wrong:
        raise Refused(f"{file}: under [tool.stratagem.rules], {wrong}", wrong.help) from None
