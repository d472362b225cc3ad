"""Classes of `exocite.frozen` do what those of `dataclasses` do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar

import pytest

from exocite import frozen
from exocite.model import Span


def made(decorator: Callable[..., Any], **options: bool) -> Any:
    @decorator(**options)
    class Leaf:
        """A leaf."""

        name: str
        veins: int = 3
        spots: list[str] = dataclasses.field(default_factory=list, compare=False)
        note: str = dataclasses.field(default="", repr=False)

        @property
        def is_plain(self) -> bool:
            return not self.spots

    return Leaf


BOTH = [frozen.dataclass, dataclasses.dataclass]
FROZEN = {"frozen": True, "slots": True}
KINDS = [FROZEN, {"slots": True}, {**FROZEN, "order": True}, {"frozen": True}]


@pytest.mark.parametrize("options", KINDS)
@pytest.mark.parametrize(
    "ask",
    [
        lambda leaf: repr(leaf("oak", 5)),
        lambda leaf: leaf("oak") == leaf("oak", spots=["rust"]),
        lambda leaf: leaf("oak") == leaf("elm"),
        lambda leaf: leaf("oak") == ("oak", 3, ""),
        lambda leaf: leaf("oak") != leaf("oak", note="old"),
        lambda leaf: repr(dataclasses.replace(leaf("oak"), veins=7)),
        lambda leaf: dataclasses.asdict(leaf("oak", spots=["rust"])),
        lambda leaf: [(one.name, one.type, one.repr) for one in dataclasses.fields(leaf)],
        lambda leaf: [one.name for one in dataclasses.fields(leaf("oak"))],
        lambda leaf: leaf("oak").spots is leaf("oak").spots,
        lambda leaf: (leaf.__name__, leaf.__qualname__, leaf.__module__, leaf.__doc__),
        lambda leaf: (getattr(leaf, "__slots__", None), leaf.__match_args__, leaf("oak").is_plain),
        lambda leaf: repr(copy.deepcopy(leaf("oak", spots=["rust"]))),
        lambda leaf: hasattr(leaf("oak"), "__dict__"),
        lambda leaf: dataclasses.is_dataclass(leaf),
        lambda leaf: [type(getattr(leaf, name, None)).__name__ for name in leaf.__match_args__],
        lambda leaf: vars(leaf("oak", 5)) if hasattr(leaf("oak"), "__dict__") else None,
    ],
)
def test_it_is_as_the_librarys(options: dict[str, bool], ask: Callable[[Any], object]) -> None:
    ours, theirs = (ask(made(decorator, **options)) for decorator in BOTH)
    assert ours == theirs


@pytest.mark.parametrize("options", KINDS)
@pytest.mark.parametrize(
    "wrong",
    [
        lambda leaf: leaf(),
        lambda leaf: leaf("oak", 1, [], "", 5),
        lambda leaf: leaf("oak", colour="red"),
        lambda leaf: leaf("oak", name="elm"),
        lambda leaf: {leaf("oak")} if leaf.__hash__ is None else leaf(),
        lambda leaf: setattr(leaf("oak"), "colour", "red"),
        lambda leaf: leaf("oak") < 3,
    ],
)
def test_it_refuses_what_the_library_does(
    options: dict[str, bool], wrong: Callable[[Any], object]
) -> None:
    for decorator in BOTH:
        with pytest.raises((TypeError, AttributeError)):
            wrong(made(decorator, **options))


def test_a_frozen_one_cannot_be_changed() -> None:
    leaf = made(frozen.dataclass, **FROZEN)("oak")
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'veins'"):
        leaf.veins = 9
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'veins'"):
        del leaf.veins
    assert hash(leaf) == hash(("oak", 3, ""))


@pytest.mark.parametrize("options", KINDS)
def test_another_is_made_with_changes(options: dict[str, bool]) -> None:
    leaf = made(frozen.dataclass, **options)
    oak = leaf("oak", 5, ["rust"], "old")
    assert frozen.replace(oak, veins=7) == leaf("oak", 7, ["rust"], "old")
    assert frozen.replace(oak, veins=7).note == "old"
    assert oak.veins == 5
    with pytest.raises(TypeError, match="colour"):
        frozen.replace(oak, colour="red")


def test_one_without_slots_keeps_what_it_worked_out() -> None:
    @frozen.dataclass(frozen=True)
    class Tree:
        leaves: int

        @cached_property
        def shade(self) -> list[int]:
            return [self.leaves]

    tree = Tree(3)
    assert tree.shade is tree.shade
    assert frozen.replace(tree, leaves=4).shade == [4]
    with pytest.raises(dataclasses.FrozenInstanceError):
        tree.leaves = 4  # type: ignore[misc]


def test_one_that_is_not_frozen_can() -> None:
    leaf = made(frozen.dataclass, slots=True)("oak")
    leaf.veins = 9
    assert leaf.veins == 9
    assert leaf.__hash__ is None


def test_it_is_ordered_by_its_fields() -> None:
    assert sorted([Span(3, 4), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(3, 4)]
    assert Span(1, 2) <= Span(1, 2)
    assert not Span(1, 2) > Span(1, 2)


def test_it_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(Span(1, 2))) == Span(1, 2)


def test_what_is_more_than_plain_is_the_librarys() -> None:
    @frozen.dataclass(frozen=True, slots=True)
    class Counted:
        count: int
        most: ClassVar[int] = 7

        def __post_init__(self) -> None:
            if self.count > self.most:
                raise ValueError(self.count)

    assert [one.name for one in dataclasses.fields(Counted)] == ["count"]
    with pytest.raises(ValueError, match="8"):
        Counted(8)
