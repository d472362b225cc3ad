"""`dataclasses.dataclass`, frozen or not, made in a tenth of the time.

The library writes and compiles up to six functions for each class, which takes two thirds of a
millisecond; a hundred such classes were a quarter of the start of `exocite check`. Here the methods
that are alike are shared, `__init__` is made with the first instance, and what `dataclasses`
tells of the fields is made by `dataclasses` when something asks for it: its `replace`, `fields` and
`asdict` work as ever. A class that wants more than this page offers (`__post_init__`, fields of a
base class) is the library's to make.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from functools import cache
from operator import attrgetter, ge, gt, le, lt
from reprlib import recursive_repr
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["dataclass", "replace"]

_One = TypeVar("_One")

_FIELDS = "__dataclass_fields__"

if TYPE_CHECKING:
    from dataclasses import dataclass  # Type checkers know this one by name.
else:

    def dataclass(
        *, slots: bool = False, frozen: bool = False, order: bool = False
    ) -> Callable[[type], type]:
        """As `dataclasses.dataclass` does with these arguments."""

        def made(cls: type) -> type:
            if _is_plain(cls):
                return _made(cls, slots=slots, frozen=frozen, order=order)
            return dataclasses.dataclass(slots=slots, frozen=frozen, order=order)(cls)

        return made


def replace(one: _One, /, **changes: Any) -> _One:
    """As `dataclasses.replace` does of an instance of these classes."""
    kind: Any = type(one)
    made: _One = kind(**{name: getattr(one, name) for name in kind.__match_args__} | changes)
    return made


class _Fields:
    """Answers for `__dataclass_fields__` of a class until it is asked; then the library's does."""

    def __init__(self, annotations: dict[str, Any], defaults: dict[str, Any]) -> None:
        self._names = {"__annotations__": annotations, **defaults}

    def __get__(self, _instance: object, owner: type) -> Any:
        names = {**self._names, "__module__": owner.__module__}
        plain = type(owner.__name__, (), names)
        twin: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(plain)
        for base in owner.__mro__:
            if base.__dict__.get(_FIELDS) is self:
                setattr(base, _FIELDS, twin.__dataclass_fields__)
        return twin.__dataclass_fields__


def _is_plain(cls: type) -> bool:
    """Whether the class has fields and methods of its own, and nothing else."""
    annotations = map(str, cls.__annotations__.values())
    special = any("ClassVar" in one or "InitVar" in one or "KW_ONLY" in one for one in annotations)
    own = ("__post_init__", "__init__", "__eq__", "__hash__", "__repr__", "__slots__")
    return cls.__bases__ == (object,) and not special and not any(n in cls.__dict__ for n in own)


def _made(cls: type, *, slots: bool, frozen: bool, order: bool) -> type:
    """The class anew, with methods and, where asked for, slots."""
    space = dict(cls.__dict__)
    annotations: dict[str, Any] = dict(cls.__annotations__)
    names = tuple(annotations)
    defaults = {name: space.pop(name) for name in names if name in space}
    space.pop("__dict__", None)
    space.pop("__weakref__", None)
    fields = {n: one for n, one in defaults.items() if isinstance(one, dataclasses.Field)}
    compared = [name for name in names if name not in fields or fields[name].compare]
    told = [name for name in names if name not in fields or fields[name].repr]
    values = _values(compared)
    methods = {
        "__match_args__": names,
        "__init__": _first(names, defaults),
        "__eq__": _equal(values),
        "__hash__": None,
        "__repr__": _repr(told),
        _FIELDS: _Fields(annotations, defaults),
    }
    if frozen:
        methods |= {
            "__hash__": lambda self: hash(values(self)),
            "__setattr__": _no_set,
            "__delattr__": _no_delete,
        }
    if slots:
        methods["__slots__"] = names
    else:
        shared = {**defaults, **{name: one.default for name, one in fields.items()}}
        methods |= {n: one for n, one in shared.items() if one is not dataclasses.MISSING}
    if slots and frozen:
        methods |= {
            "__getstate__": lambda self: [getattr(self, name) for name in names],
            "__setstate__": _set_state,
        }
    if order:
        methods |= _ordered(values)
    made = type(cls)(cls.__name__, cls.__bases__, {**methods, **space})
    made.__qualname__ = cls.__qualname__
    return made


def _values(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of these fields."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)


def _first(names: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    """An `__init__` that puts the real one in its place and calls it."""

    def first(self: Any, /, *values: Any, **named: Any) -> None:
        owner = next(base for base in type(self).__mro__ if base.__dict__.get("__init__") is first)
        compiled = _init(owner, names, defaults)
        owner.__init__ = compiled  # type: ignore[misc]
        compiled(self, *values, **named)

    return first


def _init(owner: type, names: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    """The `__init__` of a class; every value goes straight into its slot or the dictionary."""
    known: dict[str, Any] = {"_MISSING": dataclasses.MISSING}
    slots = "__slots__" in owner.__dict__
    made, given = [], []
    for place, name in enumerate(names):
        known[f"_at{place}"] = owner.__dict__[name].__set__ if slots else name
        if name not in defaults:
            continue
        default = defaults[name]
        if isinstance(default, dataclasses.Field):
            if default.default_factory is not dataclasses.MISSING:
                known[f"_make{place}"] = default.default_factory
                made.append(place)
            elif default.default is dataclasses.MISSING:
                continue
            default = default.default
        given.append(default)
    code = _body(len(names), tuple(made), slots).replace(
        co_varnames=("self", *names), co_qualname=f"{owner.__qualname__}.__init__"
    )
    return FunctionType(code, known, "__init__", tuple(given))


@cache
def _body(count: int, made: tuple[int, ...], slots: bool) -> CodeType:
    """The code of an `__init__` of so many fields, their names yet to be put in.

    `made` are the places of those whose default is made anew.
    """
    values = [
        f"_make{place}() if _{place} is _MISSING else _{place}" if place in made else f"_{place}"
        for place in range(count)
    ]
    put = "_at{}(self, {})" if slots else "self.__dict__[_at{}] = {}"
    lines = [put.format(place, value) for place, value in enumerate(values)] or ["pass"]
    parameters = ", ".join(["self", *(f"_{place}" for place in range(count))])
    source = f"def __init__({parameters}):\n " + "\n ".join(lines)
    module = compile(source, __file__, "exec")
    return next(one for one in module.co_consts if isinstance(one, CodeType))


def _equal(values: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any, object], Any]:
    def equal(self: Any, other: object) -> Any:
        if other.__class__ is self.__class__:
            return values(self) == values(other)
        return NotImplemented

    return equal


def _ordered(values: Callable[[Any], tuple[Any, ...]]) -> dict[str, Callable[..., Any]]:
    def comparing(compare: Callable[[Any, Any], Any]) -> Callable[[Any, object], Any]:
        def compared(self: Any, other: object) -> Any:
            if other.__class__ is self.__class__:
                return compare(values(self), values(other))
            return NotImplemented

        return compared

    return {f"__{one.__name__}__": comparing(one) for one in (lt, le, gt, ge)}


def _repr(names: list[str]) -> Callable[[Any], str]:
    @recursive_repr()
    def written(self: Any) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({shown})"

    return written


def _no_set(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_delete(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _set_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__match_args__, state, strict=True):
        object.__setattr__(self, name, value)
