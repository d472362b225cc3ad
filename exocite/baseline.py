"""Findings that were accepted as old: a check that knows them speaks of the new ones alone.

A finding is known again by what it is about and the words around it, never by its line, so that
text may move. Where the words around it changed, the words that it is about still tell.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, field, fields, replace
from typing import Any

from exocite.errors import ReadError
from exocite.frozen import dataclass
from exocite.model import Coverage, Finding
from exocite.text import collapsed

SCHEMA = "exocite.baseline/1"
_SHOWN = 100


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """An old finding: the article's or bibliography's name in the project, rule, hashes.

    `message` is for people who read the file; nothing is compared with it.
    """

    path: str
    code: str
    fingerprint: str
    around: str
    message: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings that were accepted as old, and how far the claims had come then."""

    known: tuple[Known, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)


@dataclass(frozen=True, slots=True)
class Split:
    """New findings, old ones, and those of the baseline that are gone from the files looked at."""

    new: tuple[Finding, ...]
    old: tuple[Finding, ...]
    gone: tuple[Known, ...]


def of(findings: Iterable[Finding], coverage: Coverage, name: Callable[[str], str]) -> Baseline:
    """The baseline that holds these findings; `name` gives a path as the project names it."""
    return Baseline(tuple(sorted(_known(finding, name) for finding in findings)), coverage)


def split(findings: Sequence[Finding], baseline: Baseline, name: Callable[[str], str]) -> Split:
    """Tell old findings from new: each line of the baseline answers for one finding.

    Surroundings decide first, so that of two equal sentences the one that was there before is old.
    """
    mine = [_known(finding, name) for finding in findings]
    unmatched = dict(enumerate(mine))
    left = list(baseline.known)
    for likeness in _LIKENESSES:
        waiting: dict[tuple[str, ...], list[Known]] = {}
        for known in left:
            waiting.setdefault(likeness(known), []).append(known)
        for number, known in tuple(unmatched.items()):
            if held := waiting.get(likeness(known)):
                held.pop(0)
                del unmatched[number]
        left = [known for held in waiting.values() for known in held]
    return Split(
        new=tuple(finding for number, finding in enumerate(findings) if number in unmatched),
        old=tuple(finding for number, finding in enumerate(findings) if number not in unmatched),
        gone=tuple(sorted(left)),
    )


def followed(
    baseline: Baseline,
    findings: Iterable[Finding],
    name: Callable[[str], str],
    there: Callable[[str], bool],
) -> Baseline:
    """The baseline with the findings of a renamed file under the name that it has now.

    A finding moves from a file that is not `there` any more to one that the baseline does not know,
    and only with all the words around it.
    """
    paths = {known.path for known in baseline.known}
    waiting: dict[tuple[str, ...], list[str]] = {}
    for finding in findings:
        one = _known(finding, name)
        if one.path not in paths:
            waiting.setdefault(_words(one), []).append(one.path)
    gone = {path for path in paths if waiting and not there(path)}
    return replace(
        baseline,
        known=tuple(
            replace(known, path=waiting[_words(known)].pop(0))
            if known.path in gone and waiting.get(_words(known))
            else known
            for known in baseline.known
        ),
    )


def _words(known: Known) -> tuple[str, ...]:
    return known.code, known.fingerprint, known.around


def _subject(known: Known) -> tuple[str, ...]:
    return known.path, known.code, known.fingerprint


_LIKENESSES: tuple[Callable[[Known], tuple[str, ...]], ...] = (
    lambda known: (*_subject(known), known.around),
    lambda known: (*_subject(known), known.around.partition(".")[0]),
    lambda known: (*_subject(known), known.around.partition(".")[2]),
    _subject,
)
"""What two findings have in common that are one, surest first: the words on both sides, on one."""


def text(baseline: Baseline) -> str:
    """The baseline as it is kept: JSON with one finding a line, sorted."""
    lines = [json.dumps(asdict(known), ensure_ascii=True) for known in sorted(baseline.known)]
    coverage = json.dumps(asdict(baseline.coverage), ensure_ascii=True)
    body = ",\n  ".join(lines)
    found = f"[\n  {body}\n ]" if lines else "[]"
    return f'{{\n "schema": "{SCHEMA}",\n "coverage": {coverage},\n "findings": {found}\n}}\n'


def parse(data: bytes, path: str) -> Baseline:
    """A kept baseline. Raises ReadError for what is none: half of one would hide nothing."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
        if document["schema"] != SCHEMA:
            raise ReadError(
                f"{path}: this baseline is of another version ({document['schema']!r:.40})",
                hint="write it anew: `exocite check --write-baseline`",
            )
        return Baseline(
            tuple(sorted(_read(entry) for entry in document["findings"])),
            _coverage(document["coverage"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ReadError(
            f"{path}: this is no baseline of exocite",
            hint="mend it, or write it anew: `exocite check --write-baseline`",
        ) from error


def _known(finding: Finding, name: Callable[[str], str]) -> Known:
    message = collapsed(finding.message)
    shown = message if len(message) <= _SHOWN else message[: _SHOWN - 1] + "…"
    return Known(name(finding.path), finding.code, finding.fingerprint, finding.around, shown)


def _read(entry: Mapping[str, Any]) -> Known:
    values = {one.name: entry[one.name] for one in fields(Known)}
    if not all(isinstance(value, str) for value in values.values()):
        raise TypeError
    return Known(**values)


def _coverage(entry: Mapping[str, Any]) -> Coverage:
    counts = {one.name: entry[one.name] for one in fields(Coverage)}
    if not all(type(value) is int and value >= 0 for value in counts.values()):
        raise TypeError
    return Coverage(**counts)
