"""The functions of formulas that ship, as one plug-in.

Nothing enters; the signature and the form of every built-in function leave, through the door that anyone's function
comes in by. Their meaning stands in dsl/functions.py, their two forms side by side in engine/evaluate/functions.py.
"""

from stratagem.dsl.functions import FUNCTIONS
from stratagem.engine.evaluate.functions import form_of
from stratagem.engine.plug.functions import FunctionPlugin

BUILT_IN = tuple(FunctionPlugin(function, form_of(name)) for name, function in FUNCTIONS.items())
