"""Templates filled by Jinja2 in a sandbox with nothing in it: the second fence.

In: a tree that the first fence let through, and values. Out: text, and the slots that were missing. What is compiled is
built from our tree, so it holds no name, filter or test but ours, and the sandbox lets nobody look into a value, call
one or reckon with one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from jinja2 import StrictUndefined, Template, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from stratagem.dsl.templates.kinds import Literal_
from stratagem.engine.handover import templates as tree
from stratagem.engine.handover import words
from stratagem.engine.handover.words import Raw, Shown

Finish = Callable[[str], str]
"""What is done to a value's text last: cleaned, and escaped as the channel's format wants it."""


class Fence(ImmutableSandboxedEnvironment):
    """Jinja2 without globals, tests, loaders, insides of values, calls or arithmetic."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    intercepted_unops = frozenset(ImmutableSandboxedEnvironment.default_unop_table)

    def __init__(self) -> None:
        super().__init__(autoescape=False, undefined=StrictUndefined, optimized=False, cache_size=0)
        self.globals.clear()
        self.tests.clear()
        self.filters.clear()
        self.filters.update(_FILTERS)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return False

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def getattr(self, obj: Any, attribute: str) -> NoReturn:
        raise SecurityError("templates do not look into values")

    def getitem(self, obj: Any, argument: Any) -> NoReturn:
        raise SecurityError("templates do not look into values")

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> NoReturn:
        raise SecurityError("templates do not reckon")

    def call_unop(self, context: Context, operator: str, arg: Any) -> NoReturn:
        raise SecurityError("templates do not reckon")


@pass_context
def _show(context: Context, shown: Shown) -> str:
    """The last step of every slot: its words, finished; a missing one is noted."""
    if shown.missing and shown.name:
        context["missing"].add(shown.name)
    text: str = context["finish"](words.words(shown))
    return text


def _filter(shown: Shown, name: str, arguments: tuple[Literal_, ...]) -> Shown:
    return words.filtered(shown, name, arguments)


def _among(shown: Shown, options: tuple[Literal_, ...]) -> bool | None:
    found: bool | None = False
    for option in options:
        found = words.either(found, words.against(shown, "==", option))
    return found


_FILTERS: dict[str, Callable[..., Any]] = {
    "show": _show,
    "literal": words.literal,
    "filtered": _filter,
    "holds": words.holds,
    "compared": words.compared,
    "against": words.against,
    "among": _among,
    "known": lambda shown: shown.raw is not None,
    "negated": words.negated,
    "both": words.both,
    "either": words.either,
    "true": lambda found: found is True,
}
FENCE = Fence()


class Filled:
    """A template ready to be filled, one set of values at a time."""

    def __init__(self, template: tree.Template) -> None:
        self._names = {name: f"v{number}" for number, name in enumerate(template.slots)}
        self.slots = template.slots
        built = nodes.Template(self._body(template.parts), lineno=1)
        built.set_environment(FENCE)
        built.set_lineno(1, override=True)
        self._template = Template.from_code(FENCE, FENCE.compile(built), {})

    def text(self, values: Mapping[str, Raw], finish: Finish) -> tuple[str, frozenset[str]]:
        """The text, and the names of the slots that were shown and missing. `values`: by name, for every slot."""
        missing: set[str] = set()
        shown = {self._names[name]: slot.shown(values[name]) for name, slot in self.slots.items()}
        return self._template.render(shown, finish=finish, missing=missing), frozenset(missing)

    # ---- our tree as nodes of the template engine ----

    def _body(self, parts: tuple[tree.Part, ...]) -> list[nodes.Node]:
        return [self._part(part) for part in parts]

    def _part(self, part: tree.Part) -> nodes.Node:
        if isinstance(part, str):
            return nodes.Output([nodes.TemplateData(part)])
        if isinstance(part, tree.Value):
            return nodes.Output([_call(self._value(part), "show")])
        other = self._body(part.otherwise)
        for condition, parts in reversed(part.branches):
            other = [nodes.If(_call(self._condition(condition), "true"), self._body(parts), [], other)]
        return other[0]

    def _value(self, value: tree.Value) -> nodes.Expr:
        node: nodes.Expr
        if value.slot is None:
            node = _call(nodes.Const(value.literal), "literal")
        else:
            node = nodes.Name(self._names[value.slot.name], "load")
        for name, arguments in value.filters:
            node = _call(node, "filtered", name, arguments)
        return node

    def _condition(self, found: tree.Condition) -> nodes.Expr:
        if isinstance(found, tree.Not):
            return _call(self._condition(found.part), "negated")
        if isinstance(found, tree.Both):
            other = self._condition(found.right)
            return _call(self._condition(found.left), "either" if found.any_ else "both", other)
        if isinstance(found, tree.Compare):
            return self._compare(found)
        value = self._value(found.value)
        if isinstance(found, tree.Among):
            return _call(value, "among", found.options)
        return _call(value, "known" if isinstance(found, tree.IsKnown) else "holds")

    def _compare(self, found: tree.Compare) -> nodes.Expr:
        left, right, op = found.left, found.right, found.op
        if is_literal(left) and not is_literal(right):
            left, right, op = right, left, MIRRORED[op]
        if is_literal(right):
            return _call(self._value(left), "against", op, right.literal)
        return _call(self._value(left), "compared", op, self._value(right))


MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def is_literal(value: tree.Value) -> bool:
    """Is it written out, and goes through no filter."""
    return value.slot is None and not value.filters


def _call(node: nodes.Expr, name: str, *arguments: object) -> nodes.Filter:
    given = [a if isinstance(a, nodes.Expr) else nodes.Const(a) for a in arguments]
    return nodes.Filter(node, name, given, [], None, None)
