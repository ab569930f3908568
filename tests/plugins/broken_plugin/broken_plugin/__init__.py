"""Plug-ins that are broken, each in a way of its own."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.functions import Function, Parameter
from stratagem.engine.complete.facts import StrategyFacts
from stratagem.engine.complete.finding import Verdict
from stratagem.engine.complete.framework import Check, Framework
from stratagem.engine.evaluate.functions import Form
from stratagem.engine.plug.functions import FunctionPlugin

NUMBER = 7


class Tomorrow:
    """A format for a door that does not exist yet."""

    version = 2
    ending = ".new"

    def escape(self, value: str) -> str:
        """As it is."""
        return value

    def write(self, columns: Sequence[str], rows: Iterable[Sequence[str | None]], to: BinaryIO) -> int:
        """Nothing."""
        return 0


def _fails(facts: StrategyFacts) -> Verdict:
    raise RuntimeError("this check always fails")


TOMORROW = Tomorrow()
MIN_AGAIN = FunctionPlugin(
    Function("min", (Parameter("x", (Kind.NUMBER,)),), "first", "Something else.", "min(spend)"), Form(row=lambda x: x)
)
EMPTY = Framework("empty", "No functions", "nowhere", (Check("EMP1", "Is there one?", (), 1.0, {}),))
FAILS = Framework("fails", "Fails", "nowhere", (Check("FAI1", "Does it fail?", (), 1.0, {}),), {"FAI1": _fails})
TAKES_CODES = Framework("other", "Other", "nowhere", (Check("SEV1", "Is it taken?", (), 1.0, {}),), {"SEV1": _fails})
