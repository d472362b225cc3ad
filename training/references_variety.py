"""Works made as various as catalogues hold them: names, titles and journals of every shape.

The labelled rows give names of one word and titles of one sentence. Here some get particles, two
family names, suffixes and capitals throughout, some authors are bodies, some titles have several
parts, quotations or capitals, some journals a name of several parts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from exocite.model import Name
from training.references_styles import Facts

_PARTICLES = (
    "van", "van der", "van den", "von", "de", "de la", "del", "della", "di", "da", "dos", "ter",
    "Van", "De", "Van de", "Di", "Le", "La", "von der", "den", "el", "al", "bin", "du", "dal",
)  # fmt: skip
_FRONTS = ("O’", "O'", "D’", "d'", "Mc", "Mac", "El-", "Al-", "St. ", "Fitz")
_SUFFIXES = ("Jr.", "Jr", "III", "II", "Sr.")
_LETTERS = dict(zip("aeioucnsz", "áéíöüçñšž", strict=True))
_GROUPS = (
    "{} Study Group", "the {} Consortium", "{} Investigators", "{} Working Group",
    "{} Collaboration", "{} Collaborators", "Committee on {}", "{} Research Network",
    "on behalf of the {} Group", "International {} Society", "{} Task Force", "{} Trial Group",
)  # fmt: skip
_JOURNALS = (
    "Journal of {}", "The Journal of {}", "International Journal of {}", "{} Research",
    "European Journal of {}", "Annals of {}", "Archives of {}", "Advances in {}", "{} Letters",
    "Current Opinion in {}", "Trends in {}", "Frontiers in {}", "BMC {}", "{} Reports", "{}",
    "Journal of {}: Conference Series", "{}: Theory and Applications", "{} & Technology",
    "Proceedings of the {} Society", "Acta {}", "Nature {}", "IEEE Transactions on {}",
    "{}, Part A: Methods and Practice", "{} Bulletin", "The {} Review", "Critical Reviews in {}",
    "Revista de {}", "Zeitschrift für {}", "International Review of {}", "{} (Series B)",
)  # fmt: skip
_SINGLE = (
    "eLife",
    "mBio",
    "iScience",
    "npj {}",
    "PLoS ONE",
    "PLOS {}",
    "Sensors",
    "Viruses",
    "Cells",
)
_SMALL = frozenset("a an and as at by for from in of on or the to with von der la de et".split())
_JOINTS = ("? ", ". ", ": ", ": ", ": ", "! ", " – ", " - ", "—", "; ", ", or ")
_WORD = re.compile(r"[^\W\d_]{4,}")


def varied(works: Sequence[Facts], seed: int) -> list[Facts]:
    """As many works, in the same order, about half of them changed."""
    rng = random.Random(seed)
    everybody = [name for work in works for name in work.authors]
    subjects = sorted({word.capitalize() for work in works for word in _WORD.findall(work.title)})
    return [_changed(work, works, everybody, subjects, rng) for work in works]


def _changed(
    work: Facts,
    works: Sequence[Facts],
    everybody: Sequence[Name],
    subjects: Sequence[str],
    rng: random.Random,
) -> Facts:
    authors, title, values = work.authors, work.title, work.values
    if rng.random() < 0.3:
        count = rng.choice((1, 2, 3, 4, 6, 7, 8, 9, 11, 16, 21, 22, 28))
        authors = tuple(rng.sample(everybody, min(count, len(everybody))))
    if rng.random() < 0.45:
        authors = tuple(_names(authors, everybody, subjects, rng))
    if rng.random() < 0.45:
        title = _title(title, rng.choice(works).title, rng)
    if work.type == "article-journal" and rng.random() < 0.25:
        values = {**values, "container": _journal(subjects, rng)}
    return replace(work, authors=authors, title=title, values=values)


def _journal(subjects: Sequence[str], rng: random.Random) -> str:
    form = rng.choice(_JOURNALS if rng.random() < 0.9 else _SINGLE)
    subject = rng.choice(subjects)
    if rng.random() < 0.35:
        subject += rng.choice((" and ", " & ", ", ", " ")) + rng.choice(subjects)
    return form.format(subject)


def _names(
    names: Sequence[Name], everybody: Sequence[Name], subjects: Sequence[str], rng: random.Random
) -> Iterator[Name]:
    """The names, all in capitals or each by chance in another shape; a body now and then."""
    kind = rng.random()
    for name in names:
        if kind < 0.08:
            yield replace(name, family=name.family.upper(), given=name.given.upper())
        elif kind < 0.12:
            yield replace(name, family=name.family.upper())
        else:
            yield _name(name, rng.choice(everybody).family, rng) if rng.random() < 0.5 else name
    if kind > 0.9:
        yield Name(literal=rng.choice(_GROUPS).format(" ".join(rng.sample(subjects, 2))))


def _name(name: Name, other: str, rng: random.Random) -> Name:
    kind = rng.random()
    if kind < 0.28:
        particle = rng.choice(_PARTICLES)
        if particle[0].isupper() or rng.random() < 0.4:
            return replace(name, family=f"{particle} {name.family}", particle="")
        return replace(name, particle=particle)
    if kind < 0.46:
        return replace(name, family=f"{name.family}{rng.choice('-‐-')}{other}")
    if kind < 0.64:
        return replace(name, family=f"{name.family} {other}")
    if kind < 0.72:
        return replace(name, family=rng.choice(_FRONTS) + name.family)
    if kind < 0.77:
        return replace(name, suffix=rng.choice(_SUFFIXES))
    if kind < 0.87:
        first = rng.choice("aeioucnsz")
        return replace(name, family=name.family.replace(first, _LETTERS[first]))
    given = name.given.split()
    if given and kind < 0.95:
        second = rng.choice("ABCDEGHJKLMNPRST")
        return replace(
            name, given="-".join((given[0], f"{second}." if "." in name.given else second + "ei"))
        )
    return replace(name, given=given[0].strip(".")) if given else name


def _title(title: str, other: str, rng: random.Random) -> str:
    kind = rng.random()
    title, other = title.rstrip(" .?"), other.rstrip(" .?")
    if kind < 0.32 and len(title) < 140:
        return f"{title}{rng.choice(_JOINTS)}{other[:140]}"
    if kind < 0.42:
        return title + "?"
    if kind < 0.62:
        words = title.split()
        return " ".join(
            word if index and word.lower() in _SMALL else word[:1].upper() + word[1:]
            for index, word in enumerate(words)
        )
    if kind < 0.7:
        return title.upper()
    words = title.split()
    at = rng.randrange(len(words))
    if kind < 0.84:
        end = min(len(words), at + rng.randint(1, 4))
        quote = rng.choice(("“{}”", "‘{}’", "'{}'", "({})", "[{}]", '"{}"'))
        words[at:end] = [quote.format(" ".join(words[at:end]).strip("“”‘’'\"()[].,"))]
    elif kind < 0.92:
        words[at] += rng.choice(
            (" vs.", " (A.B.)", " sp. nov.", " 2.0", " U.S.", " et al.", " No. 3")
        )
    else:
        words = words[: rng.randint(1, 4)]
    return " ".join(words)
