"""Frozen records: what `dataclass(frozen=True)` gives, made in a tenth of the time.

In: a class body with annotated fields. Out: the class, with `__init__`, equality, hash and repr. The standard
decorator compiles six functions for a class; with the hundred classes of the language that was a third of the time
`stratagem check` took to start. Here the methods are shared, and `__init__` is compiled for classes that are used much.
That a record is never changed is held by the type checker alone: a `__setattr__` that refuses makes every record ten
times as slow to make, and a check makes a hundred thousand.
`dataclasses.fields`, `replace` and `is_dataclass` take records too; the ones here say so to type checkers.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")
_NONE = dataclasses.MISSING


@dataclasses.dataclass(init=False, repr=False, eq=False)
class _Sample:
    field: object


_OF_INSTANCES = dataclasses.fields(_Sample)[0]._field_type  # type: ignore[attr-defined]
"""The mark by which `dataclasses` knows a field from a `ClassVar`."""


@overload
def record(cls: type[T], /) -> type[T]: ...
@overload
def record(
    *, frozen: bool = True, kw_only: bool = False, slots: bool = True, eq: bool = True
) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True)
def record(
    cls: type[T] | None = None, /, *, frozen: bool = True, kw_only: bool = False, slots: bool = True, eq: bool = True
) -> Any:
    """Make a class a record: with `__slots__`, and frozen to the type checker, unless told otherwise.

    `eq=False`: equal only to itself.
    """
    if cls is None:
        return lambda given: _made(given, frozen, kw_only, slots, eq)
    return _made(cls, frozen, kw_only, slots, eq)


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Record:
    """A base all of whose subclasses are records with named fields only; without slots, so properties may be cached."""

    def __init_subclass__(cls) -> None:
        _complete(cls, _declared(cls, kw_only=True))


def fields(of: object) -> tuple[dataclasses.Field[Any], ...]:
    """The fields of a record or dataclass (class or instance), in the order of its arguments."""
    return dataclasses.fields(of)  # type: ignore[arg-type]


def names(of: object) -> tuple[str, ...]:
    """The names of its fields."""
    return tuple(of.__dataclass_fields__)  # type: ignore[attr-defined]


def values(of: object) -> tuple[Any, ...]:
    """The values of its fields, in the same order."""
    kind = type(of)
    read = _READ.get(kind)
    if read is None:
        read = _READ[kind] = together(names(of))
    return read(of)


_READ: dict[type, Callable[[Any], tuple[Any, ...]]] = {}


def together(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What reads some fields of a record at once."""
    if not names:
        return lambda of: ()
    read = attrgetter(*names)
    return read if len(names) > 1 else lambda of: (read(of),)


def replace(of: T, /, **changes: Any) -> T:
    """A copy of a record or dataclass with some fields changed. Raises TypeError for a field it has not."""
    return type(of)(**dict(zip(names(of), values(of), strict=True), **changes))


# ---- how one is made ----


def _made(cls: type[T], frozen: bool, kw_only: bool, slots: bool, eq: bool) -> type[T]:
    found = _declared(cls, kw_only)
    return _complete(_slotted(cls, found) if slots else cls, found, frozen, eq)


def _declared(cls: type, kw_only: bool) -> dict[str, dataclasses.Field[Any]]:
    """Inherited fields first, then those of the class itself."""
    found: dict[str, dataclasses.Field[Any]] = {}
    for base in reversed(cls.__mro__[1:]):
        found.update(getattr(base, "__dataclass_fields__", {}))
    for name, kind in cls.__annotations__.items():
        if str(kind).startswith("ClassVar"):
            continue
        given = cls.__dict__.get(name, _NONE)
        field: Any = given if isinstance(given, dataclasses.Field) else dataclasses.field(default=given)
        field.name, field.type, field.kw_only = name, kind, kw_only
        field._field_type = _OF_INSTANCES
        found[name] = field
    return found


def _slotted(cls: type[T], found: dict[str, dataclasses.Field[Any]]) -> type[T]:
    """The class made anew: slots cannot be added to one that exists."""
    inherited = {name for base in cls.__mro__[1:] for name in getattr(base, "__slots__", ())}
    own = dict(cls.__dict__)
    for name in (*found, "__dict__", "__weakref__"):
        own.pop(name, None)
    own["__slots__"] = tuple(name for name in found if name not in inherited)
    made: type[T] = type(cls)(cls.__name__, cls.__bases__, own)  # type: ignore[misc]
    made.__qualname__ = cls.__qualname__
    return made


def _complete(cls: type[T], found: dict[str, dataclasses.Field[Any]], frozen: bool = True, eq: bool = True) -> type[T]:
    for name, field in found.items():
        if isinstance(cls.__dict__.get(name), dataclasses.Field):
            delattr(cls, name)
            if field.default is not _NONE:
                setattr(cls, name, field.default)
    compared = [name for name, field in found.items() if field.compare]
    values = _reader(compared)
    cls.__dataclass_fields__ = found  # type: ignore[attr-defined]
    cls.__match_args__ = tuple(name for name, field in found.items() if not field.kw_only)  # type: ignore[attr-defined,misc]

    def __eq__(self: Any, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return bool(values(self) == values(other))

    def __hash__(self: Any) -> int:
        return hash(values(self))

    methods: dict[str, Any] = {"__init__": _first_init(cls, found), "__repr__": _repr}
    if eq:
        methods |= {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}
    for name, method in methods.items():
        if name not in cls.__dict__ or (name == "__hash__" and cls.__dict__[name] is None):
            setattr(cls, name, method)
    return cls


def _reader(compared: list[str]) -> Callable[[Any], object]:
    if not compared:
        return lambda _: ()
    return attrgetter(*compared)


FEW = 16
"""Records of one class that are made by looking at its fields; beyond, `__init__` is compiled, which takes as long."""


def _first_init(cls: type, found: dict[str, dataclasses.Field[Any]]) -> Callable[..., None]:
    """`__init__` for the first few records of a class; wrong arguments are left to the compiled one, which refuses."""
    plain = [name for name, field in found.items() if not field.kw_only]
    made = 0

    def __init__(self: Any, *args: Any, **given: Any) -> None:
        nonlocal made
        made += 1
        values = dict(zip(plain, args, strict=False)) | given
        wrong = made > FEW or len(values) < len(args) + len(given) or not values.keys() <= found.keys()
        if wrong or not _filled(self, found, values):
            compiled = _init(found, hasattr(cls, "__post_init__"))
            type.__setattr__(cls, "__init__", compiled)
            compiled(self, *args, **given)
        elif hasattr(cls, "__post_init__"):
            self.__post_init__()

    return __init__


def _filled(of: Any, found: dict[str, dataclasses.Field[Any]], values: dict[str, Any]) -> bool:
    """Set all fields of a new record; False where a value is missing."""
    for name, field in found.items():
        if name in values:
            setattr(of, name, values[name])
        elif field.default is not _NONE:
            setattr(of, name, field.default)
        elif field.default_factory is not _NONE:
            setattr(of, name, field.default_factory())
        else:
            return False
    return True


def _init(found: dict[str, dataclasses.Field[Any]], post: bool) -> Callable[..., None]:
    """`__init__` with one parameter for each field; a name of ours in it starts with an underscore."""
    known: dict[str, Any] = {"_none": _NONE}
    plain: list[str] = []
    named: list[str] = []
    body: list[str] = []
    for name, field in found.items():
        written = name
        if field.default is not _NONE:
            known[f"_default_{name}"] = field.default
            written = f"{name}=_default_{name}"
        elif field.default_factory is not _NONE:
            known[f"_make_{name}"] = field.default_factory
            written = f"{name}=_none"
            body.append(f" if {name} is _none: {name} = _make_{name}()")
        (named if field.kw_only else plain).append(written)
        body.append(f" _self.{name} = {name}")
    if post:
        body.append(" _self.__post_init__()")
    arguments = ", ".join(["_self", *plain, *(["*", *named] if named else [])])
    exec("def __init__(" + arguments + "):\n" + ("\n".join(body) or " pass"), known)  # noqa: S102 (names of ours only)
    made: Callable[..., None] = known["__init__"]
    return made


def _repr(self: Any) -> str:
    shown = (f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"
