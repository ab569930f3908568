"""The model's classes as pydantic models, for those who validate a strategy or want the JSON schema of one.

In: a class of the model. Out: the pydantic model with the same fields and types, all its parts alike. They are made
from the records on demand, so that nobody who only checks a strategy waits for pydantic.
"""

from __future__ import annotations

import types
from dataclasses import MISSING
from dataclasses import Field as DataclassField
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema, create_model

from stratagem.dsl.model.base import Part, literal_text
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.model.written import HIDDEN, place
from stratagem.dsl.record import fields
from stratagem.dsl.source import Span

_CONFIG = ConfigDict(frozen=True, arbitrary_types_allowed=True, extra="forbid")
Place = Annotated[
    Any,
    PlainSerializer(place, return_type=str),
    WithJsonSchema({"type": "string", "description": "file:line of the declaration"}),
]
_Literal = Annotated[
    Any,
    PlainSerializer(lambda v: None if v is None else literal_text(v), return_type=str | None),
    WithJsonSchema({"type": ["string", "null"], "description": "a literal as written, with its unit"}),
]


def pydantic_model(of: type[Part] = Strategy) -> type[BaseModel]:
    """The pydantic model of a class of the model."""
    if of not in _MADE:
        _MADE[of] = _made(of)
    return _MADE[of]


def _made(of: type[Part]) -> type[BaseModel]:
    hints = get_type_hints(of)
    made: dict[str, Any] = {}
    for field in fields(of):
        if field.name in HIDDEN:
            continue
        made[field.name] = (_type(hints[field.name]), _default(field))
    return create_model(of.__name__, __config__=_CONFIG, __doc__=of.__doc__, **made)


def _default(field: DataclassField[Any]) -> Any:
    if field.default is MISSING and field.default_factory is MISSING:
        return ...
    if field.default is MISSING or isinstance(field.default, Part):
        # Given by a factory: pydantic would try to write a part into the schema, as JSON.
        factory = field.default_factory
        return Field(default_factory=(lambda: field.default) if factory is MISSING else factory)
    return field.default


_MADE: dict[type[Part], type[BaseModel]] = {}


def json_schema() -> dict[str, Any]:
    """The JSON schema of a strategy as `written.as_data` gives it."""
    return pydantic_model().model_json_schema(mode="serialization")


def _type(hint: Any) -> Any:
    """The type as pydantic shall see it."""
    if hint is Any:
        return _Literal
    if hint is Span:
        return Place
    if isinstance(hint, type) and issubclass(hint, Part):
        return pydantic_model(hint)
    inner = tuple(_type(one) for one in get_args(hint))
    if isinstance(hint, types.UnionType) or get_origin(hint) is Union:
        return Union[inner]  # noqa: UP007 (made at run time)
    return get_origin(hint)[inner] if get_origin(hint) in (tuple, dict) else hint
