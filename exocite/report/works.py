"""The works that claims rest on: how each is printed, what the registry holds, who rests on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from exocite.identifiers import normalise_doi
from exocite.model import Outcome, WorkRecord
from exocite.project import Project
from exocite.project.exporting import listing
from exocite.report.data import Card, Notice, Pin, Printed, Work
from exocite.report.printing import printed, web
from exocite.sources.basis import basis

_RESOLVER = "https://doi.org/"
_OUTCOMES = {
    Outcome.MATCHED: "matched",
    Outcome.AMBIGUOUS: "ambiguous",
    Outcome.NOT_FOUND: "not found",
    Outcome.METADATA_MISMATCH: "details differ",
    Outcome.RETRACTED: "retracted",
    Outcome.NOT_CHECKED: "not checked",
}


def works(
    project: Project, anchors: Mapping[str, str], cards: Sequence[Card], style: str
) -> tuple[Work, ...]:
    """The works of these anchors by citekey, those with most claims first.

    Raises StyleError.
    """
    pins: dict[str, list[Pin]] = {}
    for card in cards:
        for anchor in card.resting:
            pins.setdefault(anchor, []).append(card.pin)
    listed = {one.reference.key: one for one in listing(project)}
    forms = printed(project, [listed[key].reference for key in anchors], style)
    found = []
    for key, anchor in anchors.items():
        one = listed[key]
        reference, record = one.reference, one.record
        resting = tuple(pins.get(anchor, ()))
        texts = project.texts.get(key, ())
        doi = one.doi or (record.doi if record else "")
        found.append(
            Work(
                anchor=anchor,
                key=key,
                short=", ".join(filter(None, (one.author, one.year))) or key,
                runs=forms.get(key) or (Printed(reference.get("title") or key),),
                year=one.year,
                doi=doi,
                link=doi_link(doi) or web(reference.get("url")),
                outcome=_OUTCOMES[record.outcome] if record else "not checked",
                basis=str(basis(texts, unread=key in {name for name, _ in project.unread})),
                retracted=record is not None and record.outcome is Outcome.RETRACTED,
                notices=_notices(record),
                pins=resting,
                supported=sum(pin.mark.look == "supported" for pin in resting),
            )
        )
    return tuple(sorted(found, key=lambda work: (-len(work.pins), work.short, work.key)))


def doi_link(doi: str) -> str:
    """The address of a DOI at its resolver, "" for what is no DOI."""
    plain = normalise_doi(doi)
    return _RESOLVER + quote(plain, safe="/:;()._-") if plain else ""


def _notices(record: WorkRecord | None) -> tuple[Notice, ...]:
    if record is None:
        return ()
    told = tuple(
        Notice(notice.type, notice.date, notice.doi, doi_link(notice.doi))
        for notice in record.notices
    )
    if told or not record.retraction:
        return told
    return (Notice("retraction", "", record.retraction, doi_link(record.retraction)),)
