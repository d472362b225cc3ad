"""Linking and judging: the machine suggests passages, a person gives the verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from exocite import anchors
from exocite.claims import segment
from exocite.errors import UsageError
from exocite.identifiers import normalise_doi
from exocite.model import (
    Anchor,
    Claim,
    Evidence,
    Judgement,
    Linking,
    Passage,
    Relation,
    SourceText,
    Suggestion,
    Verdict,
)
from exocite.project.project import Project
from exocite.project.reading import Reading
from exocite.project.recorded import recorded
from exocite.states import claim_hash, passage_hash, person, standing
from exocite.text import collapsed, printable

if TYPE_CHECKING:
    from exocite.linking import relation
    from exocite.linking.verifying import Verifying

MORE = 9
"""How many passages are shown to a person who asks for more."""

_AROUND = 1500
"""Code points on both sides of a passage in which its neighbours are looked for."""
_LONGEST_NAME = 200
_LONGEST_PLACE = 200
_LONGEST_QUOTE = 2000

# What editors and typesetters change in a quotation without changing its words.
_ALIKE = {
    **dict.fromkeys("'’‘ʼ", "['’‘ʼ]"),
    **dict.fromkeys('"“”„«»', '["“”„«»]'),
    **dict.fromkeys("-‐‑–—−", "[-‐‑–—−]"),
}


def suggestions(
    project: Project, reading: Reading, *, claims: Iterable[Claim] | None = None, more: bool = False
) -> tuple[Linking, ...]:
    """Suggestions for every claim, or for these, in their order.

    With `more` a person asks for further ones: up to MORE of them, however weak. What the models
    had to compute is kept for the next run, also when this one is interrupted.
    """
    # Here as below what compares is imported by what does: a report only asks for surroundings.
    from exocite.linking import link

    policy, least = project.settings.policy, project.least
    if more:
        policy, least = replace(policy, suggestions=MORE), 0.0
    texts = [text for texts in project.texts.values() for text in texts]
    asked = reading.claims if claims is None else claims
    embedder, verifier = project.embedder, project.verifier
    try:
        return link(
            asked,
            texts,
            project.document.references,
            policy,
            least=least,
            among=reading.claims,
            similarity=embedder,
            verifier=_verifying(project),
        )
    finally:
        for model in (embedder, verifier):
            if model:
                model.save()


def readings(
    project: Project, reading: Reading, linkings: Iterable[Linking]
) -> dict[tuple[str, str], relation.Reading]:
    """What was read of each passage that is shown, by the claim's id and the work's citekey.

    A judge says the same every time, and what the models gave is remembered: nothing is run again.
    """
    from exocite.linking.suggest import pair_of, read

    found: dict[tuple[str, str], relation.Reading] = {}
    verifier = _verifying(project)
    for linking in linkings:
        claim = reading.claim(linking.claim)
        shown = [(one, verifier) for one in linking.suggestions]
        if linking.nearest:
            shown.append((linking.nearest, None))
        for one, by in shown:
            found[linking.claim, one.key] = read(
                pair_of(claim, one.passage), similarity=project.embedder, verifier=by
            )
    return found


def _verifying(project: Project) -> Verifying | None:
    from exocite.linking.verifying import Verifying

    verifier = project.verifier
    return Verifying(verifier, verifier.calibration) if verifier else None


def suggestion(project: Project, reading: Reading, claim: Claim, key: str) -> Suggestion | None:
    """The passage of this work that `link` shows for the claim, if it shows one."""
    project.references([key])
    linking = next(one for one in suggestions(project, reading) if one.claim == claim.id)
    shown = [*linking.suggestions, *([linking.nearest] if linking.nearest else [])]
    return next((one for one in shown if one.key == key), None)


def surroundings(project: Project, passage: Passage) -> tuple[str, str]:
    """The sentence before and the one after the passage in its text, "" where there is none."""
    for text in project.texts.get(passage.key, ()):
        if text.field == passage.field and text.text[passage.start : passage.end] == passage.text:
            low = max(0, passage.start - _AROUND)
            cuts = [
                (low + start, low + end)
                for start, end in segment.boundaries(text.text[low : passage.end + _AROUND])
            ]
            before = [cut for cut in cuts if cut[1] <= passage.start][-1:]
            after = [cut for cut in cuts if cut[0] >= passage.end][:1]
            said = [text.text[slice(*cut[0])] if cut else "" for cut in (before, after)]
            return said[0], said[1]
    return "", ""


def quotation(project: Project, claim: Claim, key: str, quote: str) -> Suggestion:
    """The passage that a person chose by quoting it; line breaks, quotes and dashes may differ.

    Raises UsageError where no text of the work holds it.
    """
    from exocite.linking.relation import conflicts

    (reference,) = project.references([key])
    words = quote.split()
    pattern = r"\s+".join("".join(_ALIKE.get(c, re.escape(c)) for c in word) for word in words)
    for text in project.texts[key]:
        found = re.search(pattern, text.text) if words else None
        if found:
            passage = Passage(
                key, text.field, found[0], found.start(), found.end(), text.locator, text.hash
            )
            differing = conflicts(claim.statement, passage.text)
            doi = normalise_doi(reference.get("doi"))
            return Suggestion(key, doi, passage, Relation.MENTIONS, 0.0, 0.0, differing)
    raise UsageError(
        f"{key}: {_not_quoted(project.texts[key], quote)}",
        hint=f"`exocite sources {key}` shows what this work can be quoted from; another text of it "
        f"is attached with `exocite sources {key} --attach FILE`",
    )


def _not_quoted(texts: Sequence[SourceText], quote: str) -> str:
    """Why a quotation is refused: what the texts have in its place, or that there is none."""
    if not texts:
        return "there is no text of this work to quote from"
    anchor = Anchor(collapsed(quote)[:_LONGEST_QUOTE], "", "", 0, 0)
    near = [(anchors.find(anchor, text.text), text) for text in texts]
    found, text = max(near, key=lambda pair: pair[0].score if pair[0].span else 0.0)
    if found.span is None:
        return "no text of this work holds the quotation, or words like it"
    now = collapsed(text.text[found.span.start : found.span.end])
    place = text.file or ("the abstract" if text.field == "abstract" else "a note")
    where = f"{place}, {text.locator}" if text.locator else place
    differing = anchors.difference(anchor.exact, now)
    return (
        f"no text of this work holds the quotation; the nearest words stand in {printable(where)}: "
        f"“{printable(now)}”{f' ({printable(differing)})' if differing else ''}"
    )


def placed(suggestion: Suggestion, locator: str) -> Suggestion:
    """The passage with the place in the work that a person names. Raises UsageError."""
    place = collapsed(locator)
    if printable(place) != place or len(place) > _LONGEST_PLACE:
        raise UsageError(
            f"the place {printable(place)[:80]!r} holds control characters or is too long",
            hint='give it as in --locator "p. 3" or --locator "Results"',
        )
    return replace(suggestion, passage=replace(suggestion.passage, locator=place))


def signature(name: str) -> str:
    """The name of a person who judges, blanks at its ends removed.

    Raises UsageError for what is no name: nothing but blanks or signs, control characters, line
    ends, marks that reverse text.
    """
    said = name.strip()
    shown = printable(said)
    if shown != said or any(c in "\n\t" for c in said):
        problem = f"the name {shown[:80]!r} holds control characters or line ends"
    elif not any(c.isalnum() for c in said):
        problem = "a verdict needs the name of a person"
    elif len(said) > _LONGEST_NAME:
        problem = f"a name of {len(said)} characters is none"
    else:
        return said
    raise UsageError(problem, hint='give it with --by, as in --by "Ada Example"')


def judge(
    project: Project,
    reading: Reading,
    claim: Claim,
    judgement: Judgement,
    *,
    by: str,
    note: str = "",
    key: str = "",
    suggestion: Suggestion | None = None,
) -> Verdict:
    """Record a person's verdict, and the passage that it rests on as evidence.

    Raises UsageError for a verdict of supported or partial that rests on no passage, for a
    withdrawal of nothing, and for a name that is none.
    """
    by = signature(by)
    if judgement in {Judgement.SUPPORTED, Judgement.PARTIAL} and suggestion is None:
        raise UsageError(
            f"{claim.id}: a verdict of {judgement} needs the passage that it rests on",
            hint=f"`exocite link` shows none of {key} for this claim; quote one with --quote"
            if key
            else "name the reference with --key, and the passage with --quote",
        )
    name = project.named(reading.article.path)
    if judgement is Judgement.WITHDRAWN:
        return _append(project, _withdrawal(project, reading, claim.id, by, key, note))
    anchor = anchors.make(reading.article.source, claim.span)
    record = project.records.get(key)
    verdict = Verdict(
        article=name,
        claim=claim.id,
        anchor=anchor,
        judgement=judgement,
        by=by,
        at=project.now(),
        key=key,
        note=note,
        claim_hash=claim_hash(claim.statement),
        passage_hash=passage_hash(suggestion.passage.text) if suggestion else "",
        work_hash=record.hash if record else "",
    )
    # The verdict first: a passage that is kept without its verdict would count as accepted.
    _append(project, verdict)
    if suggestion is not None:
        _remember(project, reading, claim, anchor, suggestion, by)
    return verdict


def former_claims(reading: Reading) -> frozenset[str]:
    """The ids that no claim bears today and verdicts do: their sentences are gone or reworded."""
    standings = reading.standings
    stale = (old.verdict for one in standings.of.values() for old in one.stale)
    return frozenset(one.claim for one in (*standings.orphaned, *stale)) - standings.of.keys()


def withdraw_orphan(
    project: Project, reading: Reading, claim_id: str, *, by: str, key: str = "", note: str = ""
) -> Verdict:
    """Take back a verdict of which no claim bears the id. Raises UsageError where there is none."""
    return _append(project, _withdrawal(project, reading, claim_id, signature(by), key, note))


def _withdrawal(
    project: Project, reading: Reading, claim_id: str, by: str, key: str, note: str
) -> Verdict:
    written = recorded(project, reading.article, reading.claims)
    words = {_bare(v): v for v in standing([v for v in written.verdicts if v.claim == claim_id])}
    # A verdict that followed its claim through a change of typography has the claim's new id here,
    # one of other words the id that these had.
    if now := reading.standings.of.get(claim_id):
        words |= {_bare(v): v for v in (*now.verdicts, *(old.verdict for old in now.stale))}
    held = (words[name] for name in map(_bare, reversed(written.verdicts)) if name in words)
    own = (v for v in held if person(v.by) == person(by) and key in {"", v.key})
    last = next(own, None)
    if last is None:
        raise UsageError(
            f"{claim_id}: there is no verdict by {by} to take back",
            hint="`exocite claims ARTICLE` shows the verdicts and whose they are",
        )
    return replace(
        last, judgement=Judgement.WITHDRAWN, by=by, at=project.now(), note=note, key=last.key
    )


def _bare(verdict: Verdict) -> Verdict:
    """The verdict without the id of its claim, which is another one where it followed its claim."""
    return replace(verdict, claim="")


def _remember(
    project: Project,
    reading: Reading,
    claim: Claim,
    anchor: Anchor,
    suggestion: Suggestion,
    by: str,
) -> None:
    """Keep the passage as evidence; another one that somebody chose for the claim stays.

    Links of the article under a name that it had before are written under that of today.
    """
    passage = suggestion.passage
    article = project.named(reading.article.path)
    former = recorded(project, reading.article, reading.claims).former
    place = (article, claim.id, passage.key, passage.text)
    links = (
        replace(link, article=article) if link.article in former else link
        for link in project.evidence.items
    )
    others = [
        link for link in links if (link.article, link.claim, link.key, link.passage.text) != place
    ]
    chosen = Evidence(
        article=article,
        claim=claim.id,
        anchor=anchor,
        key=passage.key,
        doi=suggestion.doi,
        passage=passage,
        relation=suggestion.relation,
        score=suggestion.score,
        origin=f"chosen by {by}",
        claim_hash=claim_hash(claim.statement),
    )
    project.store.write_evidence([*others, chosen])
    project.forget("evidence")


def _append(project: Project, verdict: Verdict) -> Verdict:
    project.store.append_verdict(verdict)
    project.forget("verdicts")
    return verdict
