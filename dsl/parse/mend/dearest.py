"""How far-fetched a way to mend a line may be.

In: what is wrong with the line, the block it stands in, its text. Out: the cost above which no way is believed.
"""

from __future__ import annotations

from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.parse.mend.edits import said_heads

DEAREST = 2.7
"""The cost above which a way to mend a line is no longer believed."""
AT_HOME, AT_THE_EDGE = 0.55, 0.65
"""The same for a line that is right as it stands, in another block."""


def dearest(fault: Diagnostic, block: str, text: str) -> float:
    """How far-fetched a mend of a line may be: less so for one that is right as it stands, in another block; a little
    more where people say its first word for what lines of this block start with."""
    if fault.code != "S131" or not fault.args.get("whole"):
        return DEAREST
    if TOP in str(fault.args.get("blocks", "")).split("|"):
        return 0.95
    if fault.args.get("blocks") == "expect":
        return AT_THE_EDGE  # `=` for `is` is nearer than another block
    return AT_THE_EDGE if block == TOP or text.split()[0] in said_heads(block) else AT_HOME
