"""The door for functions of formulas: a signature for the checker, and a form for the evaluators.

A plug-in is a `FunctionPlugin`, or several in a tuple. `install` puts them into the tables that the checker and the
evaluators read; to install twice is harmless, and a function that is declared already keeps its meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

from stratagem.dsl.functions import FUNCTIONS, Function, register
from stratagem.engine.evaluate.functions import Form, form_of, register_form
from stratagem.engine.plug.registry import WrongKind, check_version

FUNCTION_VERSION = 1


@dataclass(frozen=True)
class FunctionPlugin:
    """One function: what it takes and means, and how it is worked out (see engine/evaluate/functions.py)."""

    function: Function
    form: Form
    version: int = FUNCTION_VERSION


def take(found: object) -> tuple[FunctionPlugin, ...]:
    """The functions of an entry point, put into the tables; WrongKind for anything else, or a name that is taken."""
    plugins = found if isinstance(found, tuple) else (found,)
    for plugin in plugins:
        if not isinstance(plugin, FunctionPlugin):
            raise WrongKind("it is not a FunctionPlugin, nor a tuple of them")
        check_version(plugin, FUNCTION_VERSION)
    for plugin in plugins:
        install(plugin)
    return plugins


def install(plugin: FunctionPlugin) -> None:
    """Put one function into the tables; WrongKind when its name means something else already."""
    name = plugin.function.name
    if name in FUNCTIONS and FUNCTIONS[name] == plugin.function and _worked_out(name) is plugin.form:
        return
    try:
        register(plugin.function)
        register_form(name, plugin.form)
    except ValueError as error:
        raise WrongKind(str(error)) from error


def _worked_out(name: str) -> Form | None:
    try:
        return form_of(name)
    except LookupError:
        return None
