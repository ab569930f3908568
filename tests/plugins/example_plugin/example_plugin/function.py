"""`halve(x)`: half of a figure. Without a columnar form the row form serves columns too."""

from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.functions import Function, Parameter
from stratagem.engine.evaluate.functions import Form
from stratagem.engine.plug.functions import FunctionPlugin

HALVE = FunctionPlugin(
    Function("halve", (Parameter("x", (Kind.NUMBER, Kind.MONEY)),), "first", "Half of x.", "halve(spend)"),
    Form(row=lambda x: x / 2),
)
