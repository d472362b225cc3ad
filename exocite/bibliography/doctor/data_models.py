"""Entry types and fields of BibTeX and biblatex.

Sources: O. Patashnik, BibTeXing (1988), section 3; P. Lehman and others, The biblatex Package 3.20,
section 2.1 (entry types) and 2.2 (fields).
"""

from __future__ import annotations

from collections.abc import Iterable

BIBTEX, BIBLATEX = "bibtex", "biblatex"
MODELS = (BIBTEX, BIBLATEX)


def _table(text: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Lines `type …: a b/c`, where b/c is one of b or c."""
    table: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        types, _, fields = line.partition(":")
        needed = tuple(tuple(group.split("/")) for group in fields.split())
        table.update(dict.fromkeys(types.split(), needed))
    return table


REQUIRED = {
    BIBTEX: _table(
        """
        article: author title journal year
        book: author/editor title publisher year
        booklet manual: title
        conference inproceedings: author title booktitle year
        inbook: author/editor title chapter/pages publisher year
        incollection: author title booktitle publisher year
        mastersthesis phdthesis: author title school year
        proceedings: title year
        techreport: author title institution year
        unpublished: author title note
        misc:
        """
    ),
    BIBLATEX: _table(
        """
        article: author title journaltitle/journal year/date
        book mvbook: author title year/date
        inbook bookinbook suppbook: author title booktitle year/date
        booklet manual misc dataset software: author/editor title year/date
        collection mvcollection reference mvreference: editor title year/date
        incollection inreference suppcollection: author title booktitle year/date
        online electronic www: author/editor title year/date doi/eprint/url
        patent: author title number year/date
        periodical: editor title year/date
        suppperiodical: author title journaltitle/journal year/date
        proceedings mvproceedings: title year/date
        inproceedings conference: author title booktitle year/date
        report: author title type institution/school year/date
        techreport: author title institution/school year/date
        thesis: author title type institution/school year/date
        phdthesis mastersthesis: author title institution/school year/date
        unpublished: author title year/date
        set xdata customa customb customc customd custome customf:
        artwork audio bibnote commentary image jurisdiction legislation legal letter movie:
        music performance review standard video:
        """
    ),
}
"""For each model and type the fields that it needs, alternatives together."""

EQUAL = (
    ("year", "date"),
    ("journal", "journaltitle"),
    ("school", "institution"),
    ("address", "location"),
)
"""Names of one field in the two models."""

_BIBTEX_FIELDS = frozenset(
    """
    address annote author booktitle chapter crossref edition editor howpublished institution
    journal key month note number organization pages publisher school series title type volume year
    """.split()
)
_BIBLATEX_FIELDS = frozenset(
    """
    abstract addendum afterword annotation annotator authortype bookauthor bookpagination
    booksubtitle booktitleaddon commentator date day doi editora editorb editorc editortype
    editoratype editorbtype editorctype eid entryset entrysubtype eprint eprintclass eprinttype
    eventdate eventtitle eventtitleaddon execute file foreword gender hyphenation holder ids
    indextitle indexsorttitle introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle
    issuetitleaddon iswc journalsubtitle journaltitle journaltitleaddon keywords label langid
    langidopts language library location mainsubtitle maintitle maintitleaddon nameaddon options
    origdate origlanguage origlocation origpublisher origtitle pagetotal pagination part pdf
    presort primaryclass archiveprefix pubstate related relatedoptions relatedstring relatedtype
    reprinttitle shortauthor shorteditor shorthand shorthandintro shortjournal shortseries
    shorttitle sortkey sortname sortshorthand sorttitle sortyear subtitle titleaddon translator url
    urldate urlday urlmonth urlyear usera userb userc userd usere userf venue verba verbb verbc
    version volumes xdata xref lista listb listc listd liste listf namea nameb namec nameatype
    namebtype namectype nameaddon
    """.split()
)
_CARRIED = frozenset(
    """
    abbr acknowledgement acmid added-at adsnote adsurl affiliation annotate art_number
    article-number articleno ascii author_keywords bibdate bibrestricted bibsource biburl caption
    cited-references citeseerurl citeseerx coden collaboration comment comments contents copyright
    correspondence_address created creationdate da date-added date-modified dblp description
    e-issn earlyaccess eissn fjournal funding funding-text groups hal_id hal_version htmlversion
    interhash intrahash isi issn-l issue_date jabref journal-abbrev journal-iso keyword lastchecked
    lccn local-url mendeley-groups mendeley-tags modificationdate mrclass mrnumber mrreviewer
    number-of-cited-references numpages origyear owner page paper papernum pii pmcid pmid
    postscript ppn price printed priority ps pubmedid qualityassured ranking rating read
    readstatus references reportnumber researchareas researcherid-numbers review s2id scopus size
    slaccitation slides source sourceid sourcetype special_issue subject tags times-cited
    times_cited timestamp type_ unique-id urls urn video web-of-science web_url wos zbl zblnumber
    """.split()
)
"""Fields that programs and registries leave in a file; no style prints them."""

KNOWN_FIELDS = _BIBTEX_FIELDS | _BIBLATEX_FIELDS | _CARRIED
NAMED_BY_A_MODEL = _BIBTEX_FIELDS | _BIBLATEX_FIELDS

_ONLY_BIBLATEX_TYPES = frozenset(REQUIRED[BIBLATEX]) - frozenset(REQUIRED[BIBTEX])
_ONLY_BIBLATEX_FIELDS = frozenset(
    {"date", "journaltitle", "location", "eventtitle", "langid", "entrysubtype", "xdata", "urldate"}
)


def told(entries: Iterable[tuple[str, Iterable[str]]], comments: Iterable[str]) -> str:
    """The model of a file: what JabRef's comment says, else what its types and fields show.

    Takes type and field names of each entry, in lower case. Biblatex where at least one entry in
    ten bears marks of it alone; BibTeX where none says otherwise.
    """
    for comment in comments:
        lower = comment.lower()
        if "databasetype:biblatex" in lower:
            return BIBLATEX
        if "databasetype:bibtex" in lower:
            return BIBTEX
    count = marks = 0
    for type_, names in entries:
        count += 1
        # Registries put `date` and `urldate` beside `year`: that alone tells nothing.
        held = frozenset(names)
        own = "year" not in held and not held.isdisjoint(_ONLY_BIBLATEX_FIELDS)
        marks += type_ in _ONLY_BIBLATEX_TYPES or own
    return BIBLATEX if marks and marks * 10 >= count else BIBTEX
