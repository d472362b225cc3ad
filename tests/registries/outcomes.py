"""What becomes of a look-up that meets a fault: one table, run for every registry.

A registry's own test names the faults that end differently there, and those that speak of records
of another's form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from exocite.errors import AnswerError, LimitedError, RegistryError, UnreachableError
from tests.fakes.faults import FAULTS, Fault

OUTCOMES: dict[str, tuple[type[RegistryError], str]] = {
    "status-400": (AnswerError, "did not accept what it was asked (status 400)"),
    "status-403": (AnswerError, "(status 403)"),
    "status-204": (AnswerError, "(status 204)"),
    "status-304": (AnswerError, "(status 304)"),
    "status-404-page": (AnswerError, "(status 404)"),
    "status-404-empty": (AnswerError, "(status 404)"),
    "status-429": (LimitedError, "asked us to slow down"),
    "status-429-date": (LimitedError, "asked us to slow down"),
    "status-500": (UnreachableError, "cannot answer at the moment (status 500)"),
    "status-502": (UnreachableError, "(status 502)"),
    "status-503": (UnreachableError, "(status 503)"),
    "status-504": (UnreachableError, "(status 504)"),
    "html": (AnswerError, "something else than JSON"),
    "html-as-json": (AnswerError, "no valid JSON"),
    "text-as-kind": (AnswerError, "something else than JSON"),
    "no-kind": (AnswerError, "something else than JSON"),
    "half-json": (AnswerError, "no valid JSON"),
    "empty": (AnswerError, "no valid JSON"),
    "json-list": (AnswerError, "of an unknown form"),
    "json-null": (AnswerError, "of an unknown form"),
    "deep-json": (AnswerError, "no valid JSON"),
    "not-utf-8": (AnswerError, "no valid JSON"),
    "bomb": (AnswerError, "swells beyond measure"),
    "too-long": (AnswerError, "more than 20 megabytes"),
    "broken-gzip": (AnswerError, "cannot be decoded"),
    "cut-gzip": (AnswerError, "cannot be decoded"),
    "unasked-coding": (AnswerError, "cannot be decoded"),
    "slow-headers": (UnreachableError, "fell silent for too long"),
    "hang-in-body": (UnreachableError, "fell silent"),
    "drop": (UnreachableError, "broke the connection off"),
    "reset": (UnreachableError, "broke the connection off"),
    "truncated": (UnreachableError, "broke the connection off"),
    "no-http": (UnreachableError, "broke the connection off"),
}
"""A fault of the way that stays, the error that a look-up ends in, and what it says."""

SURVIVED = frozenset({"drip", "pool", "redirect", "status-404"})
"""Faults that a look-up survives, or whose outcome needs more than a name."""

OF_RECORDS = FAULTS - set(OUTCOMES) - SURVIVED
"""Faults that damage Crossref's records."""

PASSING = frozenset(
    """
    status-429 status-429-date status-500 status-502 status-503 status-504 slow-headers
    hang-in-body drop reset truncated no-http
    """.split()
)
"""Faults after which another try helps."""

_NEVER_SAID = ("not found", "example.org", "http", "fake", "exist")


def patience(name: str, seconds: float = 0.15) -> dict[str, float]:
    """Little patience where a fault is one of silence."""
    return {"timeout": seconds} if name in ("slow-headers", "hang-in-body") else {}


def lasting(name: str) -> Fault:
    """The fault, for ever."""
    return Fault(name, times=None)


def assert_outcome(
    look_up: Callable[[], object],
    name: str,
    host: str,
    outcomes: Mapping[str, tuple[type[RegistryError], str]] = OUTCOMES,
) -> None:
    """That the look-up ends as the table says, in words that accuse nobody and tell no address."""
    kind, said = outcomes[name]
    with pytest.raises(RegistryError) as caught:
        look_up()
    error = caught.value
    assert type(error) is kind
    assert said in error.message
    assert host in error.message
    text = f"{error.message} {error.hint}".lower()
    assert not any(word in text for word in _NEVER_SAID)
