"""The open review of one article: what stands in its files now, and what a person does to it.

Every verdict goes through `project.judging`. The files are looked at again before each action and
at each poll; what others wrote meanwhile is taken in, never written over.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event, RLock

from exocite import anchors
from exocite.config import Settings
from exocite.errors import ExociteError, StyleError, UsageError
from exocite.model import Anchor, Claim, Judgement, Linking, Suggestion, Verdict
from exocite.project import Project, judging
from exocite.project.reading import Articles, Reading
from exocite.review import queue
from exocite.review.comparing import Comparer
from exocite.review.offers import OWN, Offer, named, offers, placeless
from exocite.review.shelf import Shelf
from exocite.review.standing_again import Again
from exocite.review.watching import Watch
from exocite.review.wish import ClaimMovedError, PlaceNeededError, Wish
from exocite.states import claim_hash, person
from exocite.store import ATTACHED, EVIDENCE, SOURCES, VERDICTS, WORKS

_PASSAGELESS = frozenset({Judgement.EXEMPT, Judgement.UNSUPPORTED})
_RESTING = frozenset({Judgement.SUPPORTED, Judgement.PARTIAL})
_ARTICLE = "article"
_LOGS = frozenset({VERDICTS, EVIDENCE})
_REMEMBERED = 500
_BUSY = 0.5
"""Seconds that a poll waits for an action to end before it tells what was known last."""


class Session:
    """The review of the article at `path`.

    `clock` gives the time of verdicts. Raises ReadError and what else ends a command where the
    article cannot be read at the start; later `problem` says so, and what was read last is shown.
    """

    def __init__(
        self,
        settings: Settings,
        path: str,
        *,
        encoding: str = "",
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._settings = settings
        self._path = path
        self._encoding = encoding
        self._clock = clock
        self._lock = RLock()
        self._idle = Event()
        self._idle.set()
        self._former: dict[str, Anchor] = {}
        self._linked: Mapping[str, Linking] = {}
        self._given: list[Verdict] = []
        self._changes: deque[tuple[int, str]] = deque(maxlen=_REMEMBERED)
        self._whole = 0
        self.revision = 1
        self.problem = ""
        root = settings.bibliography.parent
        self._watch = Watch(
            {
                _ARTICLE: Path(path),
                "bibliography": settings.bibliography,
                **{name: root / name for name in (WORKS, EVIDENCE, VERDICTS, SOURCES, ATTACHED)},
            }
        )
        self._watch.changed()
        self.project = Project(settings, clock)
        self._articles = Articles(self.project, encoding)
        self._take(self._articles.reading(path))
        self._ground()

    # ----------------------------------------------------------------------- what there is

    @property
    def entries(self) -> Sequence[queue.Entry]:
        """The claims in the order of the text."""
        return self._entries

    @property
    def places(self) -> Mapping[str, int]:
        """Where in `entries` each claim stands, by its name."""
        return self._places

    @property
    def given(self) -> Sequence[Verdict]:
        """The verdicts that were given on this page and not taken back."""
        return tuple(self._given)

    @property
    def read_only(self) -> str:
        """Why nothing can be written, "" where it can."""
        folder = self._settings.bibliography.parent
        files = [folder / VERDICTS, folder / EVIDENCE]
        for place in (one for one in (folder, *files) if one.exists()):
            if not os.access(place, os.W_OK):
                shown = self.project.shown(place)
                return f"{shown} cannot be written: the page shows, and records nothing"
        return ""

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Answer one request: no other one changes anything, and the comparison steps aside."""
        with self._lock:
            self._idle.clear()
            try:
                yield
            finally:
                self._idle.set()

    def place(self, anchor: str) -> int:
        """Where in `entries` the claim stands. Raises ClaimMovedError where it no longer does."""
        if anchor not in self._places:
            raise self._moved(anchor)
        return self._places[anchor]

    def offers(self, entry: queue.Entry) -> tuple[Offer, ...]:
        """The passages that can be chosen for the claim."""
        claim = entry.claim
        found = [linking for linking in (self.comparer.of(claim),) if linking]
        if self.comparer.has_further(claim):
            found.append(self.comparer.further(claim))
        return offers(self.project, claim, self.reading.standings.of[claim.id], found)

    def linking(self, claim: Claim) -> Linking | None:
        """What was suggested for the claim, None while it is being compared."""
        return self.comparer.of(claim)

    def further(self, claim: Claim) -> None:
        """Have further passages of the claim offered, however weak."""
        self.comparer.further(claim)

    def quotation(self, entry: queue.Entry, key: str, quote: str, locator: str) -> Suggestion:
        """The passage that a person quotes. Raises UsageError."""
        found = judging.quotation(self.project, entry.claim, key.strip(), quote.strip(' "“”\r\n\t'))
        return judging.placed(found, locator) if locator.strip() else found

    # ----------------------------------------------------------------------- changes on disk

    def poll(self) -> int:
        """Take in what others changed, unless an action is under way; the revision after it."""
        if self._lock.acquire(timeout=_BUSY):
            try:
                self.refresh()
            finally:
                self._lock.release()
        return self.revision

    def refresh(self, *, thorough: bool = False) -> None:
        """Take in what others changed on disk since the last look."""
        with self._lock:
            changed = self._watch.changed(thorough=thorough)
            if not changed:
                return
            try:
                self._read(changed)
                self.problem = ""
            except ExociteError as error:
                self.problem = f"{error.message}; shown is what was read last"
            self._all_changed()

    def since(self, revision: int) -> Mapping[str, object]:
        """Which claims changed since a revision: their names, or `all` of them.

        A page of another server, or one that slept too long, is told that everything has.
        """
        known = self._changes[0][0] if self._changes else self.revision + 1
        if not (self._whole <= revision <= self.revision) or revision + 1 < known:
            return {"all": revision != self.revision, "claims": []}
        names = dict.fromkeys(name for at, name in self._changes if at > revision)
        return {"all": False, "claims": list(names)}

    def _read(self, changed: set[str]) -> None:
        if changed <= _LOGS:
            self.project.forget("verdicts")
            self.project.forget("evidence")
            self._take(self._articles.reading(self._path))
            return
        if changed - _LOGS - {_ARTICLE}:
            # The store stays: it holds the lock, and what it last saw of the logs.
            project = Project(self._settings, self._clock, self.project.store)
        else:
            project = self.project
            project.forget("verdicts")
            project.forget("evidence")
        articles = Articles(project, self._encoding)
        reading = articles.reading(self._path)
        self.comparer.stop()
        self.project, self._articles = project, articles
        self._depart(reading)
        self._take(reading)
        self._ground()

    def _take(self, reading: Reading) -> None:
        """Show this reading from now on."""
        self._again = Again(self.project, reading)
        self.reading = reading = self._again.reading
        asked = self._settings.policy.reviewers
        self._entries = [
            queue.entry(number, claim, reading.standings.of[claim.id], asked)
            for number, claim in enumerate(reading.claims, 1)
        ]
        self._places = {claim.id: place for place, claim in enumerate(reading.claims)}

    def _depart(self, now: Reading) -> None:
        """Remember where the claims stood that are not in the reading of now."""
        there = {claim.id for claim in now.claims}
        source = self.reading.article.source
        for entry in self._entries:
            if entry.claim.id not in there:
                self._former[entry.pin.anchor] = anchors.make(source, entry.claim.span)

    def _ground(self) -> None:
        """Begin to compare the reading with the works."""
        there = {claim.id for claim in self.reading.claims}
        known = {reference.key for reference in self.project.document.references}
        before = {
            name: one
            for name, one in dict(self._linked).items()
            if name in there and known.issuperset(_keys(one))
        }
        self.shelf = Shelf(self.project)
        self.comparer = Comparer(
            self.project, self.reading, before=before, idle=self._idle, then=self._print
        )
        self._linked = self.comparer.found

    def _print(self) -> None:
        try:
            self.shelf.fill()
        except StyleError as error:
            self.problem = error.message

    def _moved(self, anchor: str) -> ClaimMovedError:
        """What to say of a claim that is no longer there, and where its place is now."""
        former = self._former.get(anchor)
        span = anchors.find(former, self.reading.article.source).span if former else None
        if span is not None:
            entry = queue.nearest(self._entries, span)
            if entry is not None:
                return ClaimMovedError(
                    "the sentence was changed meanwhile; nothing was recorded",
                    anchor=entry.pin.anchor,
                    hint="its new words are shown: judge those",
                )
        return ClaimMovedError(
            f"{anchor}: this sentence is no longer in the article; nothing was recorded",
            anchor="",
            hint="choose another claim",
        )

    # ----------------------------------------------------------------------- verdicts

    def judge(self, wish: Wish) -> Verdict:
        """Record a verdict; it is on disk when this returns.

        Raises ClaimMovedError where the words changed meanwhile, PlaceNeededError, UsageError and
        StoreError.
        """
        with self._writing():
            entry = self._entries[self.place(wish.anchor)]
            if claim_hash(entry.claim.statement) != wish.hash:
                raise ClaimMovedError(
                    "the sentence was changed meanwhile; nothing was recorded",
                    anchor=wish.anchor,
                    hint="its new words are shown: judge those",
                )
            chosen = None if wish.judgement in _PASSAGELESS else self._chosen(entry, wish)
            resting = wish.judgement in _RESTING
            if resting and chosen is None:
                raise UsageError(
                    f"a verdict of {wish.judgement} needs the passage that it rests on",
                    hint="choose a passage first, or quote one",
                )
            if chosen and resting and placeless(self.project, chosen.passage):
                raise PlaceNeededError(
                    "the passage is out of an attached text: say where it stands in it",
                    hint="name the page, section or time, as in p. 3",
                )
            verdict = judging.judge(
                self.project,
                self.reading,
                entry.claim,
                wish.judgement,
                by=wish.by,
                note=wish.note.strip(),
                key=chosen.key if chosen else "",
                suggestion=chosen,
            )
            self._given.append(verdict)
            self._touched(entry.claim)
        return verdict

    def withdraw(self, anchor: str, by: str, key: str = "") -> Verdict:
        """Take back this person's last verdict on the claim, by another line of the log."""
        with self._writing():
            claim = self._entries[self.place(anchor)].claim
            verdict = judging.judge(
                self.project, self.reading, claim, Judgement.WITHDRAWN, by=by, key=key
            )
            self._forget_given(verdict)
            self._touched(claim)
        return verdict

    def undo(self, by: str) -> tuple[Verdict, str]:
        """Take back the last verdict that this person gave on this page, and the claim's name.

        The name is "" where its sentence is gone. Raises UsageError where there is none.
        """
        with self._writing():
            last = next(
                (one for one in reversed(self._given) if person(one.by) == person(by)), None
            )
            if last is None:
                raise UsageError(
                    "there is no verdict of this sitting to take back",
                    hint="an older one has a button beside it",
                )
            if last.claim in self._places:
                return self.withdraw(last.claim, by, last.key), last.claim
            gone = judging.withdraw_orphan(
                self.project, self.reading, last.claim, by=by, key=last.key
            )
            return self._undone(gone), ""

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the page's lock and the project's, with everything read that others wrote."""
        with self._lock:
            if self.read_only:
                raise UsageError(self.read_only, hint="copy the project to where you may write")
            with self.project.store.locked():
                self.refresh(thorough=True)
                if self.problem:
                    raise UsageError(
                        f"{self.problem}; nothing was recorded",
                        hint="put the file back; what was judged before is kept",
                    )
                yield

    def _chosen(self, entry: queue.Entry, wish: Wish) -> Suggestion | None:
        if wish.offer == OWN:
            return self.quotation(entry, wish.key, wish.quote, wish.locator)
        if not wish.offer:
            return None
        found = named(self.offers(entry), wish.offer)
        if found is None:
            # It was shown before the server was started again, among further passages.
            self.further(entry.claim)
            found = named(self.offers(entry), wish.offer)
        if found is None:
            raise UsageError(
                "the passage that was chosen is no longer offered; nothing was recorded",
                hint="the passages of now are shown: choose again",
            )
        if not wish.locator.strip():
            return found.suggestion
        return judging.placed(found.suggestion, wish.locator)

    def _undone(self, verdict: Verdict) -> Verdict:
        self._forget_given(verdict)
        self._read({VERDICTS})
        self._wrote()
        self._all_changed()
        return verdict

    def _forget_given(self, withdrawn: Verdict) -> None:
        for at in range(len(self._given) - 1, -1, -1):
            given = self._given[at]
            if (given.claim, person(given.by), given.key) == (
                withdrawn.claim,
                person(withdrawn.by),
                withdrawn.key,
            ):
                del self._given[at]
                return

    def _touched(self, claim: Claim) -> None:
        """Look again where the claim stands, whose verdict we just wrote."""
        self._wrote()
        standing = self._again.look(claim)
        asked = self._settings.policy.reviewers
        self.revision += 1
        place = self._places[claim.id]
        self._entries[place] = queue.entry(place + 1, claim, standing, asked)
        self._changes.append((self.revision, claim.id))

    def _wrote(self) -> None:
        for name in _LOGS:
            self._watch.read(name)

    def _all_changed(self) -> None:
        self.revision += 1
        self._whole = self.revision
        self._changes.clear()


def _keys(linking: Linking) -> set[str]:
    near = (linking.nearest,) if linking.nearest else ()
    return {one.key for one in (*linking.suggestions, *near)}
