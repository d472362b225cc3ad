"""From evidence to an outcome: matched, ambiguous, mismatch, retracted, or nothing that fits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exocite import identifiers
from exocite.matching.evidence import Evidence, Field, Printed, Seen, gather, printed
from exocite.matching.notices import is_notice, retracted_by
from exocite.matching.titles import Fit
from exocite.model import Candidate, Comparison, Outcome, ParsedReference, Resolution, Work

_MARGIN = 0.04
_SHOWN = 5
_LONGEST_QUERY = 400
_REGISTRY = "Crossref"

# What each field weighs when candidates are put in order.
_WEIGHTS = {
    "title": 6.0,
    "author": 3.0,
    "page": 3.0,
    "volume": 2.0,
    "year": 2.0,
    "container": 2.0,
    "issue": 1.0,
}
_WORDS = {
    "title": "title",
    "author": "first author",
    "year": "year",
    "container": "journal or book",
    "volume": "volume",
    "issue": "issue",
    "page": "first page",
}
_TITLE_SCORE = {
    Fit.SAME: 1.0,
    Fit.CLOSE: 0.9,
    Fit.CUT: 0.6,
    Fit.LONGER: 0.5,
    Fit.MISSING: 0.0,
    Fit.OTHER: -1.0,
}
_FIELD_SCORE = {
    Field.AGREE: 1.0,
    Field.NEAR: 0.2,
    Field.CONFLICT: -1.0,
    Field.UNPRINTED: 0.0,
    Field.UNRECORDED: -0.2,
}


def query(parsed: ParsedReference) -> str:
    """The text to send to a registry's bibliographic search: the reference without label and addresses."""
    text = re.sub(
        r"(?:https?|ftp)://\S{1,1500}|www\.\S{1,1500}|[\x00-\x1f\x7f]", " ", parsed.raw[:4000]
    )
    for span, _ in reversed(identifiers.find_dois(text)):
        text = text[: span.start] + " " + text[span.end :]
    text = re.sub(r"^\s*(?:[•*\-–]\s+|\[\s?\d{1,4}\s?\]|\(?\d{1,4}[.)]\s)", "", text)
    text = re.sub(
        r"\s+", " ", re.sub(r"\bdoi\s?:?\s*(?=$|[.,;])", "", text, flags=re.IGNORECASE)
    ).strip(" .,;")
    if len(text) <= _LONGEST_QUERY:
        return text
    names = " ".join(name.family or name.literal for name in parsed.authors[:3])
    short = " ".join(
        filter(
            None, (names, parsed.title, parsed.container, parsed.year, parsed.volume, parsed.pages)
        )
    )
    return (short or text)[:_LONGEST_QUERY].rsplit(" ", 1)[0]


def compare(parsed: ParsedReference, work: Work, *, registry: str = _REGISTRY) -> Candidate:
    """A work as a candidate for a reference: what agrees, what does not, and a score in 0..1."""
    return _candidate(gather(printed(parsed), work), registry)


def decide(
    parsed: ParsedReference, candidates: Sequence[Work], *, registry: str = _REGISTRY
) -> Resolution:
    """The work that the reference names among the candidates of a search, or why there is none.

    Matched and retracted need agreement of independent fields; a mismatch is a real work that is
    clearly meant though details differ; ambiguous are two that fit equally well; else not found.
    """
    reference = printed(parsed)
    gathered = [gather(reference, work) for work in _distinct(candidates)]
    ranked = sorted(gathered, key=lambda evidence: (-_score(evidence), evidence.work.doi))
    shown = tuple(_candidate(evidence, registry) for evidence in ranked[:_SHOWN])
    accepted = [evidence for evidence in ranked if _accepted(evidence, reference)]
    if accepted:
        best = accepted[0]
        rivals = [other for other in accepted[1:] if _score(best) - _score(other) < _MARGIN]
        if rivals:
            return Resolution(Outcome.AMBIGUOUS, _ambiguous_reason(best, rivals), None, shown)
        return _taken(best, _agreement(best, registry), shown)
    meant = [evidence for evidence in ranked if _meant(evidence)]
    if meant:
        best = meant[0]
        if len(meant) > 1 and _score(best) - _score(meant[1]) < _MARGIN:
            return Resolution(Outcome.AMBIGUOUS, _ambiguous_reason(best, meant[1:2]), None, shown)
        return Resolution(Outcome.METADATA_MISMATCH, _difference(best, registry), best.work, shown)
    return Resolution(Outcome.NOT_FOUND, _nothing(ranked, registry), None, shown)


def confirm(parsed: ParsedReference, work: Work, *, registry: str = _REGISTRY) -> Resolution:
    """Whether the work behind a printed DOI is the one that the other printed fields describe."""
    reference = printed(parsed)
    evidence = gather(reference, work)
    shown = (_candidate(evidence, registry),)
    compared = [
        seen
        for _, seen in _fields(evidence)
        if seen.result in {Field.AGREE, Field.NEAR, Field.CONFLICT}
    ]
    if not compared and evidence.title.fit in {Fit.MISSING, Fit.OTHER} and not parsed.title:
        return _taken(
            evidence, f"the DOI is at {registry}; the text prints nothing to compare it with", shown
        )
    if _confirmed(evidence):
        return _taken(evidence, _agreement(evidence, registry), shown)
    reason = _difference(evidence, registry)
    return Resolution(Outcome.METADATA_MISMATCH, reason, work, shown)


def _distinct(candidates: Sequence[Work]) -> list[Work]:
    by_doi: dict[str, Work] = {}
    for work in candidates:
        by_doi.setdefault(work.doi.lower(), work)
    return list(by_doi.values())


def _taken(evidence: Evidence, reason: str, shown: tuple[Candidate, ...]) -> Resolution:
    notice = retracted_by(evidence.work)
    if notice:
        return Resolution(
            Outcome.RETRACTED, f"{reason}; it was retracted ({notice})", evidence.work, shown
        )
    if evidence.marked_retracted:
        return Resolution(
            Outcome.RETRACTED,
            f"{reason}; its title says that it was retracted",
            evidence.work,
            shown,
        )
    return Resolution(Outcome.MATCHED, reason, evidence.work, shown)


# --------------------------------------------------------------------------- the rules


def _accepted(evidence: Evidence, reference: Printed) -> bool:
    """Whether the evidence is enough to put this DOI on the reference without a person."""
    if evidence.kind or evidence.author.result is Field.CONFLICT:
        return False
    place = _place(evidence)
    if is_notice(evidence.work) and not place and not reference.notices:
        return False
    if evidence.marked_retracted or evidence.through_original:
        return place and not _numbers_conflict(evidence)
    rule = _RULES.get(evidence.title.fit)
    return rule is not None and rule(evidence)


def _whole_title(evidence: Evidence) -> bool:
    """A title that agrees needs two more that do, and no number against it but a year one off."""
    year, volume, page = evidence.year.result, evidence.volume.result, evidence.page.result
    if Field.CONFLICT in {year, volume, page}:
        return False
    agreeing = [year, volume, page].count(Field.AGREE)
    container = evidence.container.result
    author = evidence.author.result
    if container is Field.CONFLICT or author is Field.NEAR:
        return _place(evidence) and agreeing >= (3 if container is Field.CONFLICT else 2)
    if evidence.strange_numbers and not _place(evidence) and not _almost_placed(evidence):
        return False
    if _unlocated(evidence):
        return _unlocated_article(evidence)
    near = Field.NEAR in {year, page}
    if near and agreeing < 2 or evidence.issue.result is Field.CONFLICT and page is not Field.AGREE:
        return False
    if author is Field.AGREE:
        if container is Field.AGREE:
            return agreeing >= (1 if evidence.title.fit is Fit.SAME else 2)
        return agreeing >= 2 or (agreeing == 1 and year is Field.AGREE and _book(evidence))
    return (container is Field.AGREE and agreeing >= 2) or (_place(evidence) and agreeing >= 2)


def _part_title(evidence: Evidence) -> bool:
    """A title cut short, or longer than theirs, needs volume and page, author or journal, and year."""
    if _numbers_conflict(evidence) or not _page_and_more(evidence):
        return False
    known = evidence.author.result is Field.AGREE or evidence.container.result is Field.AGREE
    return known and evidence.container.result is not Field.CONFLICT


def _no_title(evidence: Evidence) -> bool:
    """Without a title: volume, first page and first author, and the year or the journal with them."""
    if _numbers_conflict(evidence) or not _place(evidence) or evidence.unexplained > 2:
        return False
    if evidence.author.result is not Field.AGREE:
        return False
    year, container = evidence.year.result, evidence.container.result
    if container is Field.CONFLICT:
        return year is Field.AGREE and evidence.issue.result is not Field.CONFLICT
    return year is Field.AGREE or (container is Field.AGREE and year is Field.NEAR)


_RULES = {
    Fit.SAME: _whole_title,
    Fit.CLOSE: _whole_title,
    Fit.CUT: _part_title,
    Fit.LONGER: _part_title,
    Fit.MISSING: _no_title,
}


def _place(evidence: Evidence) -> bool:
    """Volume and first page both agree; where neither side has a volume, the page and the year."""
    if evidence.page.result is not Field.AGREE:
        return False
    if evidence.volume.result is Field.AGREE:
        return True
    return (
        evidence.volume.result is Field.UNPRINTED
        and not evidence.volume.theirs
        and evidence.year.result is Field.AGREE
    )


def _almost_placed(evidence: Evidence) -> bool:
    """All but one number agree: a first page misprinted beside the right last one, a wrong issue."""
    return (
        evidence.strange_numbers == 1
        and Field.UNPRINTED is not evidence.page.result
        and evidence.volume.result is Field.AGREE
        and evidence.year.result is Field.AGREE
        and evidence.author.result is Field.AGREE
        and evidence.container.result is Field.AGREE
    )


def _page_and_more(evidence: Evidence) -> bool:
    if evidence.page.result is not Field.AGREE:
        return False
    return _place(evidence) or (
        evidence.year.result is Field.AGREE
        and evidence.author.result is Field.AGREE
        and evidence.container.result is Field.AGREE
    )


def _numbers_conflict(evidence: Evidence) -> bool:
    return Field.CONFLICT in {evidence.year.result, evidence.volume.result, evidence.page.result}


def _unlocated(evidence: Evidence) -> bool:
    """The text prints a volume or page, and the record holds neither."""
    prints = Field.UNRECORDED in {evidence.volume.result, evidence.page.result}
    holds = Field.AGREE in {evidence.volume.result, evidence.page.result}
    return prints and not holds


def _unlocated_article(evidence: Evidence) -> bool:
    """An article registered before its issue was made up holds no volume yet."""
    return (
        evidence.work.type == "journal-article"
        and evidence.title.fit is Fit.SAME
        and evidence.author.result is Field.AGREE
        and evidence.container.result is Field.AGREE
        and evidence.year.result is Field.AGREE
    )


def _book(evidence: Evidence) -> bool:
    """Neither side names a container: a book, report or thesis, known by title, author and year."""
    return (
        evidence.container.result is Field.UNPRINTED
        and not evidence.work.container
        and not evidence.issue.ours
    )


def _meant(evidence: Evidence) -> bool:
    """A real work that the reference clearly means though a printed detail differs."""
    if evidence.kind or evidence.title.fit not in {Fit.SAME, Fit.CLOSE}:
        return False
    if is_notice(evidence.work) or evidence.author.result in {Field.CONFLICT, Field.NEAR}:
        return False
    others = (evidence.container, evidence.volume, evidence.page, evidence.year)
    agreeing = sum(seen.result is Field.AGREE for seen in others)
    differing = sum(seen.result in {Field.CONFLICT, Field.NEAR} for seen in others)
    if not differing:
        return False
    if evidence.author.result is Field.AGREE:
        return agreeing >= 1
    return agreeing >= 2 and evidence.container.result is Field.AGREE


def _confirmed(evidence: Evidence) -> bool:
    """A DOI in the text speaks for the work: nothing that matters may speak against it."""
    if evidence.kind or evidence.author.result is Field.CONFLICT:
        return False
    if evidence.title.fit is Fit.OTHER or _numbers_conflict(evidence):
        return False
    differing = [seen.result for _, seen in _fields(evidence)].count(Field.CONFLICT)
    if evidence.title.fit is Fit.MISSING:
        return differing == 0
    return differing <= 1


# --------------------------------------------------------------------------- score and words


def _fields(evidence: Evidence) -> tuple[tuple[str, Seen], ...]:
    return tuple(
        (name, getattr(evidence, name))
        for name in ("author", "year", "container", "volume", "issue", "page")
    )


def _score(evidence: Evidence) -> float:
    """Share of the printed evidence that agrees, less what conflicts, in 0..1."""
    gained = _WEIGHTS["title"] * _TITLE_SCORE[evidence.title.fit]
    total = _WEIGHTS["title"] if evidence.title.fit is not Fit.MISSING else 0.0
    for name, seen in _fields(evidence):
        gained += _WEIGHTS[name] * _FIELD_SCORE[seen.result]
        total += _WEIGHTS[name] if seen.result is not Field.UNPRINTED else 0.0
    if evidence.kind:
        gained -= _WEIGHTS["title"]
    return round(max(0.0, gained / total), 4) if total else 0.0


def _candidate(evidence: Evidence, registry: str) -> Candidate:
    comparisons = [Comparison("title", _title_result(evidence), "", evidence.work.title)]
    comparisons += [
        Comparison(name, _RESULTS[seen.result], seen.ours, seen.theirs)
        for name, seen in _fields(evidence)
    ]
    return Candidate(
        evidence.work,
        _score(evidence),
        tuple(comparisons),
        _difference(evidence, registry) or _agreement(evidence, registry),
    )


_RESULTS = {
    Field.AGREE: "agree",
    Field.NEAR: "conflict",
    Field.CONFLICT: "conflict",
    Field.UNPRINTED: "missing",
    Field.UNRECORDED: "missing",
}


def _title_result(evidence: Evidence) -> str:
    if evidence.title.fit is Fit.MISSING:
        return "missing"
    return "conflict" if evidence.title.fit is Fit.OTHER else "agree"


def _agreement(evidence: Evidence, registry: str) -> str:
    names = [] if evidence.title.fit in {Fit.MISSING, Fit.OTHER} else ["title"]
    names += [_WORDS[name] for name, seen in _fields(evidence) if seen.result is Field.AGREE]
    if not names:
        return "nothing could be compared"
    said = f"{_listed(names)} {'agrees' if len(names) == 1 else 'agree'}"
    return "; ".join([said, *_differing(evidence, registry)])


def _differing(evidence: Evidence, registry: str) -> list[str]:
    parts = [
        f"≠ {_WORDS[name]}: {seen.ours} in the text, {seen.theirs} at {registry}"
        for name, seen in _fields(evidence)
        if seen.result in {Field.CONFLICT, Field.NEAR}
    ]
    if evidence.title.fit is Fit.OTHER:
        parts.insert(0, f"≠ title: “{evidence.work.title}” at {registry}")
    if evidence.kind:
        parts.insert(0, f"at {registry} it is {evidence.kind}")
    return parts


def _difference(evidence: Evidence, registry: str) -> str:
    parts = _differing(evidence, registry)
    if not parts:
        return ""
    same = [] if evidence.title.fit in {Fit.MISSING, Fit.OTHER} else ["title"]
    same += [_WORDS[name] for name, seen in _fields(evidence) if seen.result is Field.AGREE]
    agreeing = [f"{_listed(same)} {'agrees' if len(same) == 1 else 'agree'}"] if same else []
    return "; ".join([*parts, *agreeing])


def _ambiguous_reason(best: Evidence, rivals: Sequence[Evidence]) -> str:
    dois = [best.work.doi, *(rival.work.doi for rival in rivals)][:3]
    return f"{_listed(dois)} fit equally well"


def _nothing(ranked: Sequence[Evidence], registry: str) -> str:
    if not ranked:
        return f"the search at {registry} brought no candidate"
    near = ranked[0]
    if near.title.fit is Fit.OTHER:
        return f"none of {len(ranked)} candidates at {registry} fits"
    why = _difference(near, registry) or "too little is printed to tell"
    return f"none of {len(ranked)} candidates at {registry} fits; nearest {near.work.doi}: {why}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
