"""What a template of a wiki page shows: nothing, some of its parts, a note, or a reference.

What an unknown template prints cannot be known offline: it shows nothing. Source: the templates'
documentation at en.wikipedia.org; the citation templates' parameters of de, fr and es beside them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import Enum

from exocite.frozen import dataclass
from exocite.patterns import regex
from exocite.readers.vocabulary import phrases, words
from exocite.text import collapsed


class Role(Enum):
    """What a template is for."""

    HIDDEN = "hidden"
    SHOWN = "shown"
    QUOTATION = "quotation"
    NOTE = "note"
    WORK = "work"
    SHORT = "short citation"
    NAMED = "named references"
    LOCATOR = "locator"
    WRAPPER = "wrapper"
    LIST = "list of references"


@dataclass(frozen=True, slots=True)
class Template:
    """How a template is read.

    `parts` are the positions of unnamed parts that are seen, `names` the named ones. `before` is
    printed before them, `between` between two of them. `inline` marks a short citation that is
    printed in the sentence, not as a raised number; `raised` one whose part stands raised.
    """

    role: Role = Role.HIDDEN
    parts: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    before: str = ""
    between: str = " "
    inline: bool = False
    raised: bool = False
    constant: str = ""


_ONE = frozenset({1})
_BODY = frozenset({"1", "text", "quote", "content"})

_FIRST = phrases(
    """
    nowrap | nobr | small | smaller | big | larger | abbr | abbrlink | tooltip | em | strong | bold
    italic | smallcaps | smcaps | sc | center | noitalic | vanchor | visible anchor | anchored list
    mvar | math | tmath | pslink | as written | sic | not a typo | proper name | shy | plain
    underline | strikethrough | small2 | linktext | illm | ill | interlanguage link | section link
    main page link | ship | hms | uss | flag | flagcountry | flagu | dts | start date | end date
    birth date | death date | film date | formatnum | big5 | keypress | key press | angbr | chem2
    chem | sub | sronly | resize | font | serif | sans-serif | mono | code | samp
    """
)
_SECOND = phrases(
    "lang | transl | transliteration | color | font color | fontcolor | background color | colour"
)
_OTHERS: dict[str, Template] = {
    "convert": Template(Role.SHOWN, frozenset({1, 2})),
    "cvt": Template(Role.SHOWN, frozenset({1, 2})),
    "frac": Template(Role.SHOWN, frozenset({1, 2, 3}), between="/"),
    "sfrac": Template(Role.SHOWN, frozenset({1, 2, 3}), between="/"),
    "fraction": Template(Role.SHOWN, frozenset({1, 2, 3}), between="/"),
    "val": Template(Role.SHOWN, _ONE, frozenset({"e", "u", "ul"})),
    "sup": Template(Role.SHOWN, _ONE, raised=True),
    "superscript": Template(Role.SHOWN, _ONE, raised=True),
    "e": Template(Role.SHOWN, _ONE, before="×10", raised=True),
    "circa": Template(Role.SHOWN, _ONE, before="c. "),
    "c.": Template(Role.SHOWN, _ONE, before="c. "),
    "as of": Template(Role.SHOWN, _ONE, before="As of "),
    "us$": Template(Role.SHOWN, _ONE, before="US$"),
    "usd": Template(Role.SHOWN, _ONE, before="US$"),
    "gbp": Template(Role.SHOWN, _ONE, before="£"),
    "£": Template(Role.SHOWN, _ONE, before="£"),
    "euro": Template(Role.SHOWN, _ONE, before="€"),
    "€": Template(Role.SHOWN, _ONE, before="€"),
    "isbn": Template(Role.SHOWN, _ONE, before="ISBN "),
    "issn": Template(Role.SHOWN, _ONE, before="ISSN "),
    "doi": Template(Role.SHOWN, _ONE, before="doi:"),
    "pmid": Template(Role.SHOWN, _ONE, before="PMID "),
    "arxiv": Template(Role.SHOWN, _ONE, before="arXiv:"),
    "oclc": Template(Role.SHOWN, _ONE, before="OCLC "),
    "url": Template(Role.SHOWN, _ONE),
    "r": Template(Role.NAMED),
    "rp": Template(Role.LOCATOR),
}
_CONSTANTS = {
    **dict.fromkeys(("nbsp", "nbs", "space", "spaces", "hair space", "thin space", "0ws"), " "),
    **dict.fromkeys(("ndash", "–", "en dash"), "–"),
    **dict.fromkeys(("mdash", "—", "em dash"), "—"),
    **dict.fromkeys(("snd", "spaced ndash", "spnd", "spndash", "snds", "dash"), " – "),
    **dict.fromkeys(("'", "apostrophe"), "'"),
    **dict.fromkeys(("'s",), "'s"),
    **dict.fromkeys(('"', "pp"), '"'),
    **dict.fromkeys(("!", "pipe", "bar"), "|"),
    **dict.fromkeys(("=",), "="),
    **dict.fromkeys(("pi",), "π"),
    **dict.fromkeys(("·", "middot", "dot", "bullet", "•"), " · "),
    **dict.fromkeys(("times", "x"), "×"),
    **dict.fromkeys(("circa", "c."), "c."),
    **dict.fromkeys(("sic",), "[sic]"),
}
_QUOTATIONS = phrases(
    """
    quote | blockquote | cquote | quotation | bquote | quote box | rquote | poemquote | pull quote
    quote frame | verse translation | poem quote | long quote | centered pull quote
    """
)
_WRAPPERS = phrases(
    "columns-list | col-list | column list | colist | plainlist | flatlist | div col content"
)
_NOTES = phrases(
    "efn | efn-ua | efn-lr | efn-la | efn-lg | efn-ur | refn | notetag | note tag | cnote"
)
_LISTS = phrases("reflist | references | refs | notelist | ref-list | listaref | einzelnachweise")
_SHORT_RAISED = words("sfn sfnp sfnm sfnmp sfns")
_SHORT_INLINE = words(
    "harv harvtxt harvnb harvp harvcol harvcolnb harvcoltxt harvs harvard citation citec"
)
_WORK = regex(
    r"(?:v?cite|cita|citar|lien|literatur|internetquelle|ouvrage|article|chapitre)"
    r"(?: [\w ]{1,30})?|citation|cite[_-]\w{1,20}"
)
_NO_WORK = phrases(
    "citation needed | cite needed | cite quote | article issues | article | cite check"
)


def template(name: str, parts: Sequence[str]) -> Template:
    """What the template of this name is for; `parts` are its unnamed parts as written."""
    plain = collapsed(name.replace("_", " ")).lower()
    if plain.startswith("formatnum:"):
        return Template(Role.HIDDEN, constant=plain.partition(":")[2])
    if plain in _CONSTANTS and not any(part.strip() for part in parts):
        return Template(Role.HIDDEN, constant=_CONSTANTS[plain])
    if plain in _OTHERS:
        found = _OTHERS[plain]
        is_range = len(parts) > 3 and re.fullmatch(r"to|and|or|by|x|[-–±+×]", parts[1].strip())
        wide = plain in ("convert", "cvt") and is_range
        return Template(Role.SHOWN, frozenset({1, 2, 3, 4})) if wide else found
    if plain in _SECOND:
        return Template(Role.SHOWN, frozenset({2}), frozenset({"text"}))
    if plain in _FIRST or plain.startswith("lang-"):
        return Template(Role.SHOWN, _ONE, frozenset({"1", "text"}))
    return _by_role(plain)


def _by_role(plain: str) -> Template:
    if plain in _QUOTATIONS:
        return Template(Role.QUOTATION, _ONE, _BODY)
    if plain in _WRAPPERS:
        return Template(Role.WRAPPER, _ONE, _BODY)
    if plain in _NOTES:
        return Template(Role.NOTE, _ONE, _BODY)
    if plain in _LISTS:
        return Template(Role.LIST)
    if plain in _SHORT_RAISED:
        return Template(Role.SHORT)
    if plain in _SHORT_INLINE:
        return Template(Role.SHORT, inline=True)
    if plain not in _NO_WORK and _WORK.fullmatch(plain):
        return Template(Role.WORK)
    return Template()


# --------------------------------------------------------------------------- references


_SAME = {
    "autor": "author", "auteur": "author", "autore": "author", "apellido": "last",
    "apellidos": "last", "nombre": "first", "nom": "last", "prénom": "first", "surname": "last",
    "given": "first", "vorname": "first", "nachname": "last",
    "titel": "title", "titre": "title", "título": "title", "titulo": "title", "titolo": "title",
    "jahr": "year", "année": "year", "annee": "year", "año": "year", "ano": "year", "anno": "year",
    "datum": "date", "fecha": "date",
    "verlag": "publisher", "éditeur": "publisher", "editorial": "publisher", "editore": "publisher",
    "institution": "publisher", "sammelwerk": "work", "périodique": "journal",
    "publicación": "journal", "revista": "journal", "zeitschrift": "journal",
    "band": "volume", "volumen": "volume", "tome": "volume", "nummer": "issue", "número": "issue",
    "numéro": "issue", "number": "issue", "seiten": "pages", "páginas": "pages", "pagine": "pages",
    "passage": "pages", "page": "pages", "p": "pages", "pp": "pages", "at": "pages",
}  # fmt: skip
_CONTAINERS = ("journal", "magazine", "newspaper", "periodical", "work", "website", "encyclopedia")
_YEAR = regex(r"(?<!\d)(?:1[0-9]|20)\d\d[a-z]?(?![\d\w])")
_PART = regex(r"\s*(?P<name>[^=\[\]{}<>|:/]{1,40}?)\s*=(?P<value>.*)", re.DOTALL)
_MOST_AUTHORS = 30
_LONGEST_PART = 2000


@dataclass(slots=True)
class Parts:
    """The parts of a template as text: those with a name, and those without in order."""

    named: dict[str, str] = field(default_factory=dict)
    unnamed: list[str] = field(default_factory=list)

    def get(self, *names: str) -> str:
        """The first of these that is not empty, "" for none."""
        return next((self.named[name] for name in names if self.named.get(name)), "")


def parts_of(texts: Sequence[str]) -> Parts:
    """The parts as they are told apart by the sign `=`; the last of two with a name holds."""
    found = Parts()
    for text in texts:
        match = _PART.fullmatch(text[:_LONGEST_PART])
        if match is None:
            found.unnamed.append(collapsed(text[:_LONGEST_PART]))
            continue
        name = collapsed(match["name"]).lower()
        if name.isdigit():
            found.unnamed.append(collapsed(match["value"]))
        else:
            found.named[name] = collapsed(match["value"])
    return found


@dataclass(frozen=True, slots=True)
class Printed:
    """A work as a citation template prints it; `anchor` is what a short citation finds it by."""

    text: str
    anchor: str = ""


def printed(parts: Parts) -> Printed:
    """Authors, year, title, container, numbers and identifiers in the order of a reference list."""
    known = _known(parts.named)
    people, families = _people(known)
    year_in = _YEAR.search(known.get("year") or "") or _YEAR.search(known.get("date") or "")
    year = year_in[0] if year_in else ""
    chapter = known.get("chapter") or known.get("contribution") or ""
    title = known.get("title") or ""
    container = next((known[name] for name in _CONTAINERS if known.get(name)), "")
    if chapter and title:
        title, container = chapter, f"In {title}"
    volume, issue = known.get("volume") or "", known.get("issue") or ""
    numbers = f"{volume}({issue})" if issue else volume
    where = ", ".join(filter(None, (container, numbers, known.get("pages") or "")))
    address = known.get("url") or ""
    doi = known.get("doi") or ""
    sentences = (
        f"{people} ({year})" if people and year else people,
        title,
        where,
        known.get("publisher") or "",
        f"({year})" if year and not people else "",
        f"ISBN {known['isbn']}" if known.get("isbn") else "",
        f"PMID {known['pmid']}" if known.get("pmid") else "",
        f"arXiv:{known.get('arxiv') or known.get('eprint')}"
        if known.get("arxiv") or known.get("eprint")
        else "",
        f"https://doi.org/{doi}" if doi else address,
    )
    text = " ".join(
        one if one[-1] in ".?!" else f"{one}." for one in map(str.strip, sentences) if one
    )
    plain = re.sub(r"\.$", "", text) if (doi or address) else text
    return Printed(plain, anchor(families, year) if families else "")


def anchor(families: Sequence[str], year: str) -> str:
    """The name under which the wiki's short citations find a work: four authors at most, year."""
    return "".join("".join(family.split()) for family in families[:4]).casefold() + year


def _known(named: Mapping[str, str]) -> dict[str, str]:
    """The parts under one name each; the first of two that mean the same holds."""
    found: dict[str, str] = {}
    for name, value in named.items():
        stem = name.rstrip("0123456789")
        number = name[len(stem) :]
        plain = _SAME.get(stem.strip(" -"), stem.strip(" -")) + number
        if value:
            found.setdefault(plain, value)
    return found


def _people(known: Mapping[str, str]) -> tuple[str, list[str]]:
    """The authors as printed, else the editors, and their family names."""
    for prefix in ("", "author-", "editor-", "editor"):
        names, families = [], []
        for number in ("", *map(str, range(1, _MOST_AUTHORS))):
            last = known.get(f"{prefix}last{number}") or ""
            first = known.get(f"{prefix}first{number}") or ""
            whole = known.get(f"{prefix or 'author'}{number}") if prefix != "author-" else ""
            if last:
                names.append(f"{last}, {first}" if first else last)
                families.append(last)
            elif whole:
                names.append(whole)
                families.append(whole.partition(",")[0])
        if names:
            return "; ".join(names), families
    group = known.get("vauthors") or known.get("authors") or known.get("people") or ""
    return group, [re.split(r"[ ,;]", group)[0]] if group else []


# --------------------------------------------------------------------------- short citations


@dataclass(frozen=True, slots=True)
class Short:
    """A work that a short citation names: authors, year, and where in the work."""

    families: tuple[str, ...]
    year: str
    locator: str = ""

    @property
    def label(self) -> str:
        """Authors and year as prose cites them: "Ku & Lee, 2023"."""
        if len(self.families) > 2:
            return f"{self.families[0]} et al., {self.year}"
        return f"{' & '.join(self.families)}, {self.year}"

    @property
    def anchor(self) -> str:
        """As `anchor` makes it."""
        return anchor(self.families, self.year)


_MULTIPLE = regex(r"(?P<work>\d)(?:a(?P<author>\d)|(?P<what>y|p|pp|loc))")


def shorts(parts: Parts) -> tuple[Short, ...]:
    """The works that `sfn`, `harvnb`, … name: one, or several by numbered parts (`sfnm`)."""
    if parts.unnamed:
        *families, last = parts.unnamed[:6]
        year = _YEAR.search(last)
        if year is None:
            families.append(last)
        place = _place(parts.get("p", "page"), parts.get("pp", "pages"), parts.get("loc", "at"))
        return (Short(tuple(filter(None, families)), year[0] if year else "", place),)
    works: dict[str, dict[str, str]] = {}
    for name, value in parts.named.items():
        match = _MULTIPLE.fullmatch(name)
        if match and value:
            works.setdefault(match["work"], {})[match["what"] or f"a{match['author']}"] = value
    return tuple(
        Short(
            tuple(given[name] for name in sorted(given) if name[0] == "a"),
            given.get("y", ""),
            _place(given.get("p", ""), given.get("pp", ""), given.get("loc", "")),
        )
        for _, given in sorted(works.items())
    )


def _place(page: str, pages: str, other: str) -> str:
    found = [f"p. {page}" if page else "", f"pp. {pages}" if pages else "", other]
    return ", ".join(filter(None, found))
