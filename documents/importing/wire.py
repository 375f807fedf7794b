"""Readings as JSON between processes. What comes back is checked against the types: it comes from a process that read
a file nobody vouches for."""

import dataclasses
import datetime
import functools
import json
import types
import typing
from collections.abc import Hashable, Mapping
from typing import Any, TypeVar

T = TypeVar("T")

LENGTH_BYTES = 8  # before every answer of a child: how long it is


def dump(reading: Any) -> bytes:
    """A reading, a dataclass, as JSON: objects as lists of their fields' values, in order."""
    return json.dumps(_plain(reading), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def load(kind: type[T], data: bytes) -> T:
    """A reading of a kind from what `dump` gave. Raises ValueError for anything else."""
    try:
        return _object(kind, json.loads(data))
    except (TypeError, RecursionError) as error:
        raise ValueError("no reading") from error


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return [_plain(getattr(value, name)) for name in value.__dataclass_fields__]
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return value.isoformat() if isinstance(value, datetime.date) else value


def _object(kind: type[T], value: Any) -> T:
    """A dataclass's instance from the list of its fields' values."""
    hashable: Any = kind
    kinds = _fields(hashable).values()
    return kind(*(_typed(one, part) for one, part in zip(kinds, _checked(value, list), strict=True)))


def _typed(kind: Any, value: Any) -> Any:
    """A value made the type that a field says."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind in {str, int, bool}:
        return _checked(value, kind)
    if origin is tuple:
        parts = _checked(value, list)
        kinds = [arguments[0]] * len(parts) if arguments[1:] == (...,) else arguments
        return tuple(_typed(one, part) for one, part in zip(kinds, parts, strict=True))
    if origin is Mapping:
        return {name: _typed(arguments[1], one) for name, one in _checked(value, dict).items()}
    if origin is types.UnionType:
        (other,) = (one for one in arguments if one is not type(None))
        return None if value is None else _typed(other, value)
    if origin is typing.Literal and value not in arguments:
        raise ValueError(f"{value!r:.40} is none of {arguments}")
    if kind is datetime.date:
        return datetime.date.fromisoformat(_checked(value, str))
    return value if origin is typing.Literal else _object(kind, value)


def _checked(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise ValueError(f"{kind.__name__} is wanted, not {value!r:.40}")
    return value


@functools.cache
def _fields(kind: Hashable) -> dict[str, Any]:
    """The names of a dataclass's fields, in order, with their types."""
    dataclass: Any = kind
    hints = typing.get_type_hints(dataclass)
    return {one.name: hints[one.name] for one in dataclasses.fields(dataclass)}
