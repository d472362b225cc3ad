"""The words of a printed reference outside its title, and which of them a work accounts for."""

from __future__ import annotations

from collections.abc import Sequence

from exocite.matching.containers import same_container
from exocite.matching.fields import Field, Seen
from exocite.matching.titles import SMALL
from exocite.matching.words import alike, latin, word_set, words
from exocite.model import Name, ParsedReference, Work

BOILERPLATE = word_set(
    """
    vol volume no nr num number issue iss pp p pages page art article id ed eds editor editors
    edition in available at from online accessed retrieved doi https http org www dx et al and und
    other others jan january feb february mar march apr april may jun june jul july aug august sep
    sept september oct october nov november dec december spring summer autumn fall winter suppl
    supplement pubmed pmid pmc isbn issn part dr prof jr sr phd md press print epub ahead internet
    cited preprint preprints
    """
)


def unexplained_words(around: Sequence[str], work: Work) -> list[str]:
    """Words that are no name, container, publisher or boilerplate of this work."""
    if not around:
        return []
    known = set(words(" ".join(map(_whole, (*work.authors, *work.editors)))))
    containers = set(words(" ".join((work.container, work.container_short, work.publisher))))
    known |= containers
    left = []
    for word in around:
        if (
            len(word) < 2
            or word in known
            or word in BOILERPLATE
            or word in SMALL
            or any(c.isdigit() for c in word)
        ):
            continue
        if any(full.startswith(word) for full in containers) or any(
            alike(word, full) for full in known
        ):
            continue
        if len(word) <= 3 and _are_initials(word, work):
            continue
        left.append(word)
    return left


def _whole(name: Name) -> str:
    return f"{name.given} {name.particle} {name.family} {name.suffix} {name.literal}"


def _are_initials(word: str, work: Work) -> bool:
    return any(word[0] == latin(name.given)[:1] for name in work.authors)


def printed_container(parsed: ParsedReference, work: Work, around: Sequence[str]) -> Seen:
    """The container by its parsed name, else by its name in the words around the title."""
    shown = parsed.container, work.container or work.container_short
    theirs = [name for name in (work.container, work.container_short) if name]
    if not theirs:
        publisher = set(words(parsed.container)) <= set(words(work.publisher)) | BOILERPLATE
        return Seen(Field.UNPRINTED if publisher else Field.UNRECORDED, *shown)
    if parsed.container and any(same_container(parsed.container, name) for name in theirs):
        return Seen(Field.AGREE, *shown)
    if not around:
        return Seen(Field.CONFLICT if parsed.container else Field.UNPRINTED, *shown)
    people = map(_whole, (*work.authors, *work.editors))
    known = set(words(" ".join((work.publisher, *people))))
    if any(_names(around, words(name), known) for name in theirs):
        return Seen(Field.AGREE, *shown)
    if not parsed.container:
        return Seen(Field.UNPRINTED, *shown)
    return Seen(Field.CONFLICT, *shown)


def _names(around: Sequence[str], container: Sequence[str], known: set[str]) -> bool:
    """Whether the text outside the title holds the container's words in a row."""
    telling = [word for word in container if word not in SMALL]
    rest = [word for word in around if word not in SMALL]
    if not telling or len("".join(telling)) < 4:
        return False
    size = len(telling)
    for start in range(len(rest) - size + 1):
        here = rest[start : start + size]
        if here[0][0] == telling[0][0] and same_container(" ".join(here), " ".join(telling)):
            # Longer names that only begin or end alike are other journals.
            before = rest[start - 1] if start else ""
            if (
                before.isalpha()
                and len(before) > 3
                and before not in BOILERPLATE
                and before not in known
            ):
                continue
            after = rest[start + size] if start + size < len(rest) else ""
            return not after or not after.isalpha() or after in BOILERPLATE or after in known
    return False
