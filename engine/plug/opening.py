"""A strategy opened with what plug-ins add to the language: functions of formulas, and codes that may be waived.

Plug-ins are looked for only when a strategy names something that the language itself does not know: most strategies
never do, and a check in a bare folder stays quick.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from stratagem.dsl.pipeline import NO_RULES, Checked, Rules, check_text, load_strategy
from stratagem.dsl.record import replace

UNKNOWN_FUNCTION = "S270"
UNKNOWN_CODE = "S498"


def load(path: Path | str, rules: Rules = NO_RULES) -> Checked:
    """`load_strategy`, with plug-ins where the strategy needs them."""
    checked = load_strategy(path, (), rules)
    if str(path) == "-" and len(checked.sources) == 1:
        ((name, source),) = checked.sources.items()
        return _with_plugins(checked, lambda codes: check_text(source.text, name, codes, rules))
    return _with_plugins(checked, lambda codes: load_strategy(path, codes, rules))


def check(text: str, name: str = "strategy", rules: Rules = NO_RULES) -> Checked:
    """`check_text`, with plug-ins where the text needs them."""
    return _with_plugins(check_text(text, name, (), rules), lambda codes: check_text(text, name, codes, rules))


def _with_plugins(checked: Checked, again: Callable[[Iterable[str]], Checked]) -> Checked:
    """What was checked, or where it names something unknown, the same checked again with the plug-ins' names."""
    found = {d.code for d in checked.diagnostics}
    if not found & {UNKNOWN_FUNCTION, UNKNOWN_CODE}:
        return checked
    from stratagem.engine.plug import doors

    doors.functions()
    return replace(again(doors.codes() if UNKNOWN_CODE in found else ()), extended=True)
