"""Which kind of text an article is, research or other prose, and by what that is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exocite.claims.features import RESEARCH, section_kind
from exocite.claims.surroundings import Surrounded
from exocite.frozen import dataclass
from exocite.patterns import regex

_FEWEST = 2
_ENOUGH = 4
_ORDER = ("introduction", "methods", "results", "discussion")
_PARTS = {"results and discussion": ("results", "discussion")}
_SIGNS = (
    (
        "figures and tables of its own",
        regex(r"[(\[](?:see |data in )?(?:supplementary )?(?:Figs?\.?|Figures?|Tables?) ?S?\d"),
    ),
    (
        "tests of significance",
        regex(r"\b[Pp] ?[<=>≤] ?0?\.\d|\b[Nn] ?= ?\d|\b95 ?% (?:CI\b|confidence)|±"),
    ),
    (
        "an account of what the authors did",
        regex(
            r"\b(?:[Ww]e|were|was) (?:then |also |first )?(?:performed|measured|analy[sz]ed"
            r"|recruited|collected|observed|incubated|calculated|obtained|enrolled|randomi[sz]ed|investigated"
            r"|found that|show that|assessed|examined)\b|\b(?:in this|the present|our) study\b",
        ),
    ),
    ("authors named with their works", regex(r"\bet al\b")),
)


@dataclass(frozen=True, slots=True)
class Genre:
    """Whether an article is read as research, and why, as a sentence for a person."""

    research: bool
    why: str


def genre(sentences: Sequence[Surrounded]) -> Genre:
    """The kind of an article, given its sentences in order.

    Research articles have the sections introduction, methods, results, discussion. Two at least,
    and for each that is missing another sign, since essays have introductions and discussions too.
    """
    kinds = {section_kind(section) for section in {one.section for one in sentences}}
    held = {part for kind in kinds & RESEARCH for part in _PARTS.get(kind, (kind,))}
    parts = [part for part in _ORDER if part in held]
    if len(parts) < _FEWEST:
        why = "its headings name no parts of a research article"
        return Genre(research=False, why=f"read as other prose: {why}")
    signs = list(_signs(sentences, kinds))
    named = f"it has the sections {_listed(parts)}"
    if len(parts) + len(signs) < _ENOUGH:
        few = f"but too little else of a research article ({_listed(signs) or 'nothing'})"
        return Genre(research=False, why=f"read as other prose: {named}, {few}")
    also = f", and {_listed(signs)}" if signs else ""
    return Genre(research=True, why=f"read as a research article: {named}{also}")


def _signs(sentences: Sequence[Surrounded], kinds: set[str]) -> Iterator[str]:
    if "abstract" in kinds:
        yield "an abstract"
    for name, pattern in _SIGNS:
        if any(pattern.search(sentence.text) for sentence in sentences):
            yield name


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
