"""Writing accepted links into the article as citations, and nothing else.

Every insertion is tried first: the text that would result is read again, and only what comes back
as meant stays, every other claim with its own citations, each claim here with just the new ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from exocite import readers
from exocite.claims import citations as markers
from exocite.claims import insertion
from exocite.claims.insertion import Insertion, Page, Wanted
from exocite.claims.manners import Manner, manners
from exocite.errors import ExociteError, ReadError, UsageError
from exocite.model import Claim
from exocite.project.project import Project
from exocite.project.reading import MAX_ARTICLE, Reading, read

_MOST_READINGS = 24
"""How often the article is read again, a manner, to find what does not come back as meant."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An accepted link that was not put into the article, and why."""

    claim: str
    keys: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written: the insertions in the order of the text, and what is left out.

    `before` and `after` are the bytes of the file.
    """

    path: str
    reading: Reading
    insertions: tuple[Insertion, ...]
    left_out: tuple[LeftOut, ...]
    before: bytes
    after: bytes


def plan(project: Project, path: str, *, encoding: str = "", only: str = "") -> Plan:
    """The citations that the accepted links of the article still lack, in its own style.

    `only` is the id of the one claim to write, or its beginning. Raises ReadError, also for a file
    whose bytes its text does not give back: then nothing could be inserted without changing more.
    Raises UsageError for a format whose file is not its own text.
    """
    data = project.store.read(Path(path), limit=MAX_ARTICLE)
    article = readers.read(path, data, encoding=encoding)
    if article.places:
        raise UsageError(
            f"{path}: citations cannot be written in this format yet ({article.format})",
            hint="nothing was written; `exocite link` lists the links, to be put in by hand",
        )
    reading = read(project, article)
    chosen = (reading.claim(only),) if only else reading.claims
    wanted, left_out = _wanted(project, reading, chosen)
    if not wanted:
        return Plan(path, reading, (), tuple(left_out), data, data)
    file = _File(project, path, data, encoding, reading)
    made, unmade = _tried(project, reading, wanted, file)
    return Plan(
        path,
        reading,
        tuple(sorted(made, key=lambda one: one.at)),
        (*left_out, *unmade),
        data,
        file.with_(made),
    )


def write(project: Project, planned: Plan) -> None:
    """Write the article as planned. Raises ChangedError where somebody changed it meanwhile."""
    if planned.insertions:
        project.store.write(Path(planned.path), planned.after, expected=planned.before)


def lacking(reading: Reading, claim: Claim) -> tuple[tuple[str, str], ...]:
    """The works, each with a locator, that the claim's accepted links name and its text does not.

    A work with several locators comes once for each; a work that a marker can mean is not lacking.
    """
    cited = {key for mark in claim.citations for item in mark.items for key in item.keys}
    found: dict[str, dict[str, None]] = {}
    for link in reading.standings.of[claim.id].accepted:
        if link.key not in cited:
            found.setdefault(link.key, {})[link.passage.locator] = None
    return tuple(
        (key, place)
        for key, places in found.items()
        for place in ([name for name in places if insertion.is_place(name)] or [""])
    )


def _wanted(
    project: Project, reading: Reading, claims: Sequence[Claim]
) -> tuple[list[Wanted], list[LeftOut]]:
    known = {reference.key for reference in project.document.references}
    wanted: list[Wanted] = []
    left_out: list[LeftOut] = []
    for claim in claims:
        stale = {old.verdict.key: old.reason for old in reading.standings.of[claim.id].stale}
        works = []
        for key, place in lacking(reading, claim):
            if key not in known:
                left_out.append(LeftOut(claim.id, (key,), "no entry of the bibliography has it"))
            elif key in stale:
                reason = f"its verdict is stale: {stale[key]}"
                left_out.append(LeftOut(claim.id, (key,), reason))
            else:
                works.append((key, place))
        if works:
            wanted.append(Wanted(claim, tuple(works)))
    return wanted, left_out


# --------------------------------------------------------------------------- trying


class _File:
    """The article's bytes with insertions, and whether they read as meant."""

    def __init__(
        self, project: Project, path: str, data: bytes, encoding: str, reading: Reading
    ) -> None:
        self._project = project
        self._path = path
        self._encoding = encoding
        self._reading = reading
        self._name = reading.article.encoding
        try:
            body = reading.article.source.encode(self._name)
        except (UnicodeError, LookupError):
            body = b""
        if not body or not data.endswith(body):
            raise ReadError(
                f"{path}: its text in {self._name.upper()} does not give its bytes back",
                hint="save it as UTF-8; nothing was written",
            )
        self._head = data[: len(data) - len(body)]
        self._before = _cited(reading)
        self._all = _counted(reading)
        self.left = _MOST_READINGS

    def with_(self, insertions: Sequence[Insertion]) -> bytes:
        """The bytes of the file with these insertions."""
        text = insertion.applied(self._reading.article.source, insertions)
        return self._head + text.encode(self._name)

    def holds(self, insertions: Sequence[Insertion]) -> bool:
        """Whether the file with these insertions reads as before, with just these citations."""
        self.left -= 1
        try:
            article = readers.read(self._path, self.with_(insertions), encoding=self._encoding)
        except ExociteError:
            return False
        again = read(self._project, article)
        expected = dict(self._before)
        added = {key for one in insertions for key in one.keys}
        for one in insertions:
            expected[one.claim] = expected[one.claim] | set(one.keys)
        if _cited(again) != expected:
            return False
        count = _counted(again)
        return all(
            count[name] > self._all[name] if name in added else count[name] == self._all[name]
            for name in {*count, *self._all}
        )


def _cited(reading: Reading) -> Mapping[str, frozenset[str]]:
    """What each claim cites, an ambiguous label as one."""
    return {
        claim.id: frozenset(
            " or ".join(item.keys) or item.label for mark in claim.citations for item in mark.items
        )
        for claim in reading.claims
    }


def _counted(reading: Reading) -> Counter[str]:
    """How often the article cites what, in whatever place."""
    return Counter(
        " or ".join(item.keys) or item.label for mark in reading.citations for item in mark.items
    )


def _tried(
    project: Project, reading: Reading, wanted: Sequence[Wanted], file: _File
) -> tuple[list[Insertion], list[LeftOut]]:
    """The insertions that hold, claim by claim in the first manner that works."""
    references = project.document.references
    listed = markers.match_listed(reading.article.references, references)
    sheet = insertion.page(reading.article, references, listed)
    made: list[Insertion] = []
    open_: dict[str, Wanted] = {one.claim.id: one for one in wanted}
    reasons: dict[str, str] = {}
    for manner in manners(reading.article, reading.citations):
        file.left = _MOST_READINGS
        for bare in (False, True):
            proposed = list(_proposed(sheet, open_.values(), manner, reasons, bare=bare))
            for one in _holding(file, made, proposed):
                made.append(one)
                del open_[one.claim]
    unread = "what was put in did not read back as the citation that was meant"
    return made, [
        LeftOut(
            name, tuple(dict.fromkeys(key for key, _ in one.works)), reasons.get(name) or unread
        )
        for name, one in open_.items()
    ]


def _proposed(
    sheet: Page,
    wanted: Iterable[Wanted],
    manner: Manner,
    reasons: dict[str, str],
    *,
    bare: bool,
) -> Iterator[Insertion]:
    """The insertions in this manner; `bare` tries once more without locators, where there are."""
    for one in wanted:
        if bare and not any(place for _, place in one.works):
            continue
        works = tuple(dict.fromkeys((key, "") for key, _ in one.works)) if bare else one.works
        made = insertion.insertion(sheet, Wanted(one.claim, works), manner)
        if isinstance(made, Insertion):
            yield made
        else:
            reasons.setdefault(one.claim.id, made)


def _holding(
    file: _File, fixed: Sequence[Insertion], proposed: Sequence[Insertion]
) -> list[Insertion]:
    """Those of the proposed insertions that hold together with the fixed ones.

    Where not all do, each half is tried by itself, as long as the article may be read again.
    """
    if not proposed or file.left <= 0:
        return []
    if file.holds([*fixed, *proposed]):
        return list(proposed)
    if len(proposed) == 1:
        return []
    half = len(proposed) // 2
    first = _holding(file, fixed, proposed[:half])
    return first + _holding(file, [*fixed, *first], proposed[half:])
