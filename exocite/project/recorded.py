"""What people recorded of an article, also under the name that it had before it was renamed.

Links and verdicts name their article by its path. When no file has that path any more, and one
article holds what they speak of, it is that article under another name: the words say so, as they
do for a sentence that moved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeVar

from exocite.frozen import dataclass, replace
from exocite.model import Article, Claim, Evidence, Verdict
from exocite.project.project import Project
from exocite.rules.view import LostArticle
from exocite.store import EVIDENCE, VERDICTS

_Entry = TypeVar("_Entry", Evidence, Verdict)

_MAJORITY = 2
"""One of so many of its claims found again makes an article the same."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The links and verdicts of one article, in their order, all under the name that it has now.

    `former` are the names of files that are gone and that this article once had.
    """

    evidence: tuple[Evidence, ...]
    verdicts: tuple[Verdict, ...]
    former: frozenset[str] = frozenset()


def recorded(project: Project, article: Article, claims: Sequence[Claim]) -> Recorded:
    """What was recorded of this article.

    It takes over the lines of a file that is gone when it holds at least half of the claims that
    they speak of; of another such file, whose text was spread over several, those whose sentence
    stands here beside the very words that stood before or after it.
    """
    name = _name(project, article)
    evidence, verdicts = project.evidence.items, project.verdicts.items
    former: frozenset[str] = frozenset()
    if project.absent:
        here = {claim.id for claim in claims}
        former = frozenset(
            gone
            for gone, judged in _gone(project).items()
            if len(judged & here) * _MAJORITY >= len(judged)
        )
    spread = project.absent - former
    return Recorded(
        tuple(_taken(evidence, name, former, spread, article.source)),
        tuple(_taken(verdicts, name, former, spread, article.source)),
        former,
    )


def lost(
    project: Project, read: Iterable[tuple[Article, Sequence[Claim]]]
) -> tuple[LostArticle, ...]:
    """The files that are gone and of which something is recorded that none of these articles took.

    `read` are all articles of the project with their claims.
    """
    if not project.absent:
        return ()
    found = {
        (entry.claim, entry.anchor)
        for article, claims in read
        for took in [recorded(project, article, claims)]
        for entry in chain[Evidence | Verdict](took.evidence, took.verdicts)
    }
    untaken: dict[str, LostArticle] = {}
    for file, lines in (
        (VERDICTS, zip(project.verdicts.items, project.verdicts.lines, strict=True)),
        (EVIDENCE, zip(project.evidence.items, project.evidence.lines, strict=True)),
    ):
        path = project.shown(project.store.root / file)
        for entry, line in lines:
            if entry.article in project.absent and (entry.claim, entry.anchor) not in found:
                known = untaken.setdefault(entry.article, LostArticle(entry.article, path, line))
                untaken[entry.article] = replace(
                    known,
                    verdicts=known.verdicts + (file == VERDICTS),
                    links=known.links + (file == EVIDENCE),
                )
    return tuple(untaken.values())


def _name(project: Project, article: Article) -> str:
    """The article's name in the logs of this revision."""
    return project.named(str(project.store.called(Path(article.path))))


def _gone(project: Project) -> Mapping[str, set[str]]:
    """The claims that are spoken of in each file that is gone."""
    judged: dict[str, set[str]] = defaultdict(set)
    for entry in chain[Evidence | Verdict](project.evidence.items, project.verdicts.items):
        if entry.article in project.absent:
            judged[entry.article].add(entry.claim)
    return judged


def _taken(
    entries: Iterable[_Entry],
    name: str,
    former: frozenset[str],
    spread: frozenset[str],
    source: str,
) -> Iterable[_Entry]:
    for entry in entries:
        if entry.article == name:
            yield entry
        elif entry.article in former or (entry.article in spread and _stands(entry, source)):
            yield replace(entry, article=name)


def _stands(entry: Evidence | Verdict, source: str) -> bool:
    anchor = entry.anchor
    if anchor.exact not in source:
        return False
    before, after = anchor.prefix + anchor.exact, anchor.exact + anchor.suffix
    return bool(
        (anchor.prefix.strip() and before in source) or (anchor.suffix.strip() and after in source)
    )
