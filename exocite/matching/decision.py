"""From evidence to an outcome: matched, ambiguous, mismatch, retracted, or nothing that fits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exocite.matching.evidence import Evidence, Printed, gather, printed, without_addresses
from exocite.matching.fields import Field
from exocite.matching.notices import is_notice, retracted_by
from exocite.matching.scores import compared_fields, score
from exocite.matching.titles import Fit
from exocite.matching.wording import agreement, ambiguous_reason, candidate, difference, nothing
from exocite.model import Candidate, Outcome, ParsedReference, Resolution, Work

_MARGIN = 0.04
_SHOWN = 5
_LONGEST_QUERY = 400
_REGISTRY = "Crossref"
_SUPPLEMENT_PAGE = re.compile(r"[sS]-?\d")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DOI_LABEL = re.compile(r"\bdoi\s?:?\s?(?=$|[\s.,;])", re.IGNORECASE)


def query(parsed: ParsedReference) -> str:
    """The text to send to a registry's search: the reference without label, DOI and addresses.

    At most 400 characters; of a longer reference the names, title, container and numbers.
    """
    bare = _DOI_LABEL.sub(" ", without_addresses(_CONTROL.sub(" ", parsed.raw)))
    text = " ".join(bare.split()).strip(" .,;")
    if len(text) <= _LONGEST_QUERY:
        return text
    names = " ".join(name.family or name.literal for name in parsed.authors[:3])
    fields = (parsed.title, parsed.container, parsed.year, parsed.volume, parsed.pages)
    short = " ".join(filter(None, (names, *fields)))
    return (short or text)[:_LONGEST_QUERY].rsplit(" ", 1)[0]


def compare(parsed: ParsedReference, work: Work, *, registry: str = _REGISTRY) -> Candidate:
    """A work as a candidate for a reference: what agrees, what does not, and a score in 0..1."""
    return candidate(gather(printed(parsed), work), registry)


def decide(
    parsed: ParsedReference, candidates: Sequence[Work], *, registry: str = _REGISTRY
) -> Resolution:
    """The work that the reference names among the candidates of a search, or why there is none.

    Matched and retracted need agreement of independent fields; a mismatch is a real work that is
    clearly meant though details differ; ambiguous are two that fit equally well; else not found.
    """
    reference = printed(parsed)
    gathered = [gather(reference, work) for work in _distinct(candidates)]
    ranked = sorted(gathered, key=lambda evidence: (-score(evidence), evidence.work.doi))
    shown = tuple(candidate(evidence, registry) for evidence in ranked[:_SHOWN])
    accepted = [evidence for evidence in ranked if _accepted(evidence, reference)]
    if accepted:
        best = accepted[0]
        rivals = [other for other in accepted[1:] if score(best) - score(other) < _MARGIN]
        if rivals:
            return Resolution(Outcome.AMBIGUOUS, ambiguous_reason(best, rivals), None, shown)
        return _taken(best, agreement(best, registry), shown)
    meant = [evidence for evidence in ranked if _meant(evidence)]
    if meant:
        best = meant[0]
        if len(meant) > 1 and score(best) - score(meant[1]) < _MARGIN:
            return Resolution(Outcome.AMBIGUOUS, ambiguous_reason(best, meant[1:2]), None, shown)
        return Resolution(Outcome.METADATA_MISMATCH, difference(best, registry), best.work, shown)
    return Resolution(Outcome.NOT_FOUND, nothing(ranked, registry), None, shown)


def confirm(parsed: ParsedReference, work: Work, *, registry: str = _REGISTRY) -> Resolution:
    """Whether the work behind a printed DOI is the one that the other printed fields describe.

    Matched or retracted when nothing that matters speaks against it, else a mismatch.
    """
    evidence = gather(printed(parsed), work, named=True)
    shown = (candidate(evidence, registry),)
    compared = [
        seen
        for _, seen in compared_fields(evidence)
        if seen.result in {Field.AGREE, Field.NEAR, Field.CONFLICT}
    ]
    if not compared and evidence.title.fit is Fit.MISSING:
        reason = f"the DOI is at {registry}; the text prints nothing to compare it with"
        return _taken(evidence, reason, shown)
    if _confirmed(evidence):
        return _taken(evidence, agreement(evidence, registry), shown)
    stray = f"the record at {registry} does not account for the other words of the text"
    reason = difference(evidence, registry) or f"{agreement(evidence, registry)}; {stray}"
    return Resolution(Outcome.METADATA_MISMATCH, reason, work, shown)


def _distinct(candidates: Sequence[Work]) -> list[Work]:
    by_doi: dict[str, Work] = {}
    for work in candidates:
        by_doi.setdefault(work.doi.lower(), work)
    return list(by_doi.values())


def _taken(evidence: Evidence, reason: str, shown: tuple[Candidate, ...]) -> Resolution:
    notice = retracted_by(evidence.work)
    if not notice and not evidence.marked_retracted:
        return Resolution(Outcome.MATCHED, reason, evidence.work, shown)
    why = f"it was retracted ({notice})" if notice else "its title says that it was retracted"
    return Resolution(Outcome.RETRACTED, f"{reason}; {why}", evidence.work, shown)


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
    agreeing = [year, volume, page].count(Field.AGREE)
    if _numbers_conflict(evidence):
        return False
    container = evidence.container.result
    if container is Field.CONFLICT:
        return evidence.author.result is Field.AGREE and _place(evidence) and agreeing == 3
    if evidence.author.result is Field.NEAR:
        return _place(evidence) and agreeing >= 2
    if _unaccounted(evidence, agreeing) or _supplement(evidence):
        return False
    if _unlocated(evidence):
        return _unlocated_article(evidence)
    if evidence.author.result is not Field.AGREE:
        return agreeing >= 2 and (container is Field.AGREE or _place(evidence))
    if container is Field.AGREE:
        return agreeing >= (1 if evidence.title.fit is Fit.SAME else 2)
    return agreeing >= 2 or (year is Field.AGREE and _book(evidence))


def _unaccounted(evidence: Evidence, agreeing: int) -> bool:
    """Numbers that the work leaves unexplained, or that are near without others to hold them."""
    page = evidence.page.result
    if evidence.strange_numbers and not _place(evidence) and not _almost_placed(evidence):
        return True
    if Field.NEAR in {evidence.year.result, page} and agreeing < 2:
        return True
    return evidence.issue.result is Field.CONFLICT and page is not Field.AGREE


def _part_title(evidence: Evidence) -> bool:
    """A title cut short or longer than theirs needs volume and page, and author or journal."""
    if _numbers_conflict(evidence) or not _page_and_more(evidence):
        return False
    known = evidence.author.result is Field.AGREE or evidence.container.result is Field.AGREE
    return known and evidence.container.result is not Field.CONFLICT


def _no_title(evidence: Evidence) -> bool:
    """Without a title: volume, first page and first author, and the year or the journal."""
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
    """All but one number agree: a first page misprinted beside the right last one."""
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
    """Neither side names a container: a book, report or thesis, known by title, author and year.

    Words that nothing accounts for may name a journal, or else the publisher's town beside it.
    """
    return (
        evidence.container.result is Field.UNPRINTED
        and not evidence.work.container
        and not evidence.issue.ours
        and (evidence.published or not evidence.unexplained)
    )


def _supplement(evidence: Evidence) -> bool:
    """Only one side is of a supplement, as a meeting's abstract is, and no page tells otherwise."""
    work = evidence.work
    theirs = "suppl" in f"{work.volume} {work.issue} {work.container}".casefold()
    if evidence.page.result is Field.AGREE:
        return False
    if evidence.supplement:
        return not (theirs or _SUPPLEMENT_PAGE.match(work.pages))
    placed = evidence.page.ours or evidence.issue.ours
    return not placed and bool(theirs or _SUPPLEMENT_PAGE.match(work.pages))


def _meant(evidence: Evidence) -> bool:
    """A real work that the reference clearly means though a printed detail differs.

    Title and first author agree with one more; or one of those two differs and the place in the
    journal agrees.
    """
    if evidence.kind or is_notice(evidence.work):
        return False
    known = evidence.container.result is Field.AGREE and _place(evidence)
    if evidence.title.fit is Fit.OTHER:
        year = evidence.year.result is Field.AGREE
        return known and year and evidence.author.result is Field.AGREE
    if evidence.title.fit not in {Fit.SAME, Fit.CLOSE}:
        return False
    if evidence.author.result in {Field.CONFLICT, Field.NEAR}:
        return known
    others = (evidence.container, evidence.volume, evidence.page, evidence.year)
    agreeing = sum(seen.result is Field.AGREE for seen in others)
    if not any(seen.result in {Field.CONFLICT, Field.NEAR} for seen in (*others, evidence.issue)):
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
    differing = [seen.result for _, seen in compared_fields(evidence)].count(Field.CONFLICT)
    if evidence.title.fit is not Fit.MISSING:
        return differing <= 1
    telling = (evidence.author, evidence.container, evidence.volume, evidence.page)
    known = any(seen.result is Field.AGREE for seen in telling)
    return differing == 0 and (known or not evidence.unexplained)
