"""What a test of a strategy came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stratagem.dsl.source import Span


@dataclass(frozen=True, slots=True)
class Failure:
    """One expectation that did not hold: its line, what was expected, what came, and why."""

    span: Span
    expected: str
    got: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TestResult:
    """One `test` block. It passed when it has neither failures nor an error."""

    __test__: ClassVar[bool] = False
    """No class of pytest's, whatever its name."""

    label: str
    span: Span
    expectations: int
    failures: tuple[Failure, ...] = ()
    error: str = ""
    """Why the test could not be run at all, in a strategist's words; empty when it ran."""

    @property
    def passed(self) -> bool:
        """All that was expected came true."""
        return not self.failures and not self.error
