"""A fault of the table: what it is, how it is planted, and what the checker is to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stratagem.dsl.diagnostics.diagnostic import Severity
from tests.faults.page import Page, Planted


@dataclass(frozen=True)
class Fault:
    """`plant` puts it into a page and says which line is to blame; its docstring says what it is.

    `codes`: what the checker may call it, on that line. `follow_ups`: codes that may come up elsewhere because of it,
    with the reason beside the entry. Anything else it finds is a finding nobody planted.
    """

    plant: Callable[[Page], Planted]
    codes: tuple[str, ...]
    severity: Severity = "error"
    follow_ups: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in the table: that of the function that plants it."""
        return self.plant.__name__

    @property
    def says(self) -> str:
        """What is planted, and which line is to blame."""
        return " ".join((self.plant.__doc__ or "").split())
