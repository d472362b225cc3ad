"""The commands and environments of LaTeX that a reader must know by name.

Sources: the LaTeX 2e reference manual; the manuals of natbib, biblatex, apacite, cite, siunitx,
graphicx, amsmath, hyperref; the author guides of AASTeX, REVTeX, elsarticle and acmart.
"""

from __future__ import annotations

from collections.abc import Iterator

from exocite.model import BlockKind

# --------------------------------------------------------------------------- citations


def _citations() -> Iterator[str]:
    natbib = (
        "cite citep citet citealt citealp citeauthor citefullauthor citeyear citeyearpar citenum"
        " citetalias citepalias citetext"
    )
    biblatex = (
        "cite parencite footcite footcitetext textcite smartcite supercite autocite fullcite"
        " footfullcite footfullcitetext citeauthor citetitle citeyear citedate citeurl notecite"
        " pnotecite fnotecite"
    )
    for name in f"{natbib} {biblatex}".split():
        yield from (name, name[0].upper() + name[1:])
    several = (
        "cites parencites footcites footcitetexts textcites smartcites supercites autocites"
        " fullcites footfullcites"
    )
    for name in several.split():
        yield from (name, name[0].upper() + name[1:])
    for start in ("full", "short", "mask", "fullmask", "shortmask", ""):
        for end in ("cite", "citeA", "citeNP", "citeauthor", "citeauthorNP", "citeyear"):
            yield start + end
        yield from (f"{start}citeyearNP", f"{start}citeN", f"{start}citeNN")
    yield from (
        "citen citeonline onlinecite Onlinecite citeasnoun citeasnoun possessivecite citeaffixed "
        "citename textcitet bibentry citeallp citeallt citealtt shortciteN shortciteNP citeyearNN "
        "mkbibcite posscite citepos citeposs posscitet"
    ).split()


CITATIONS = frozenset(_citations()) - {"citetext"}
"""Commands that cite the keys of their argument."""

VOLUME_CITATIONS = frozenset(
    "volcite Volcite pvolcite Pvolcite fvolcite Fvolcite svolcite Svolcite tvolcite Tvolcite "
    "avolcite Avolcite ftvolcite".split()
)
r"""The same with the volume before the pages: `\volcite{2}[3]{key}`."""

CITING = frozenset(("displaycquote", "foreigndisplaycquote"))
"""Environments whose first argument is the key of the work that they quote."""

# --------------------------------------------------------------------------- structure

HEADINGS = {
    "part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5,
    "subparagraph": 6, "frametitle": 3, "addchap": 1, "addsec": 2, "minisec": 5,
}  # fmt: skip
"""Commands whose argument is a heading, and its level."""

FRONT = {
    "title": BlockKind.TITLE, "subtitle": BlockKind.METADATA,
    "author": BlockKind.BYLINE, "date": BlockKind.BYLINE, "thanks": BlockKind.BYLINE,
    "affil": BlockKind.BYLINE, "affiliation": BlockKind.BYLINE, "institute": BlockKind.BYLINE,
    "institution": BlockKind.BYLINE, "address": BlockKind.BYLINE, "email": BlockKind.BYLINE,
    "ead": BlockKind.BYLINE, "correspondingauthor": BlockKind.BYLINE,
    "altaffiltext": BlockKind.BYLINE, "altaffiliation": BlockKind.BYLINE,
    "IEEEauthorblockN": BlockKind.BYLINE, "IEEEauthorblockA": BlockKind.BYLINE,
    "corref": BlockKind.BYLINE, "cortext": BlockKind.BYLINE, "collaboration": BlockKind.BYLINE,
    "keywords": BlockKind.METADATA, "subject": BlockKind.METADATA, "pacs": BlockKind.METADATA,
    "journal": BlockKind.METADATA, "received": BlockKind.METADATA,
    "revised": BlockKind.METADATA, "accepted": BlockKind.METADATA,
    "published": BlockKind.METADATA, "submitted": BlockKind.METADATA,
    "software": BlockKind.METADATA, "facility": BlockKind.METADATA,
    "facilities": BlockKind.METADATA,
}  # fmt: skip
"""Commands whose last argument is a block of its own, wherever they stand."""

FIRST_HIDDEN = {"altaffiltext": 1, "tablenotetext": 1, "captionof": 1}
"""How many arguments before the shown one are hidden."""

ASIDES = {
    "footnote": BlockKind.PARAGRAPH, "footnotetext": BlockKind.PARAGRAPH,
    "endnote": BlockKind.PARAGRAPH, "sidenote": BlockKind.PARAGRAPH,
    "marginpar": BlockKind.PARAGRAPH, "marginnote": BlockKind.PARAGRAPH,
    "tablenotetext": BlockKind.PARAGRAPH, "caption": BlockKind.CAPTION,
    "captionof": BlockKind.CAPTION, "subcaption": BlockKind.CAPTION,
    "tablecaption": BlockKind.CAPTION, "figcaption": BlockKind.CAPTION,
    "tablecomments": BlockKind.CAPTION, "bicaption": BlockKind.CAPTION,
}  # fmt: skip
"""Commands whose last argument is a block beside the paragraph that they stand in."""

TITLED = {
    "acknowledgments": "Acknowledgments", "acknowledgements": "Acknowledgements",
    "acknowledgment": "Acknowledgment", "acknowledgement": "Acknowledgement",
    "acks": "Acknowledgments", "ack": "Acknowledgments", "abstract": "Abstract",
    "thebibliography": "References",
}  # fmt: skip
"""Commands and environments that print a heading of their own."""

# --------------------------------------------------------------------------- environments

MATHEMATICS = frozenset(
    f"{name}{star}"
    for name in (
        "equation eqnarray align gather multline flalign alignat xalignat xxalignat dmath dgroup"
        " darray math displaymath subequations IEEEeqnarray empheq"
    ).split()
    for star in ("", "*")
) - {"subequations", "subequations*"}  # fmt: skip

PICTURES = frozenset(
    """
    tikzpicture pgfpicture picture axis forest feynman feynmandiagram circuitikz pspicture
    tikzcd chronology xy asy algorithmic algorithm2e algorithmicx tabbing
    """.split()
)
"""Environments of which no reader sees text."""

FLOATS = {
    "figure": BlockKind.METADATA, "figure*": BlockKind.METADATA,
    "wrapfigure": BlockKind.METADATA, "sidewaysfigure": BlockKind.METADATA,
    "sidewaysfigure*": BlockKind.METADATA, "marginfigure": BlockKind.METADATA,
    "SCfigure": BlockKind.METADATA, "subfigure": BlockKind.METADATA,
    "algorithm": BlockKind.METADATA, "algorithm*": BlockKind.METADATA,
    "listing": BlockKind.METADATA, "table": BlockKind.TABLE, "table*": BlockKind.TABLE,
    "wraptable": BlockKind.TABLE, "sidewaystable": BlockKind.TABLE,
    "sidewaystable*": BlockKind.TABLE, "margintable": BlockKind.TABLE,
    "deluxetable": BlockKind.TABLE, "deluxetable*": BlockKind.TABLE,
    "longtable": BlockKind.TABLE, "longtable*": BlockKind.TABLE,
    "tabular": BlockKind.TABLE, "tabular*": BlockKind.TABLE, "tabularx": BlockKind.TABLE,
    "tabulary": BlockKind.TABLE, "supertabular": BlockKind.TABLE, "xltabular": BlockKind.TABLE,
    "tblr": BlockKind.TABLE, "threeparttable": BlockKind.TABLE, "ruledtabular": BlockKind.TABLE,
    "tablenotes": BlockKind.CAPTION,
}  # fmt: skip
"""Environments beside the paragraph that they stand in."""

LISTS = frozenset(
    """
    itemize enumerate description compactitem compactenum compactdesc asparaenum asparaitem
    inparaenum inparaitem itemize* enumerate* description* easylist list trivlist tasks
    """.split()
)
NUMBERED = frozenset("enumerate enumerate* compactenum asparaenum inparaenum".split())

KINDS = {
    "abstract": BlockKind.PARAGRAPH, "quote": BlockKind.QUOTATION,
    "quotation": BlockKind.QUOTATION, "displayquote": BlockKind.QUOTATION,
    "displaycquote": BlockKind.QUOTATION, "quoting": BlockKind.QUOTATION,
    "verse": BlockKind.QUOTATION, "titlepage": BlockKind.METADATA, "keyword": BlockKind.METADATA,
    "keywords": BlockKind.METADATA, "IEEEkeywords": BlockKind.METADATA,
    "CCSXML": BlockKind.METADATA, "thebibliography": BlockKind.REFERENCE,
}  # fmt: skip
"""What blocks in an environment are."""

ENVIRONMENT_ARGUMENTS = {
    "tabular": 1, "tabular*": 2, "tabularx": 2, "tabulary": 2, "longtable": 1, "longtable*": 1,
    "supertabular": 1, "xltabular": 2, "deluxetable": 1, "deluxetable*": 1, "tblr": 1,
    "wrapfigure": 2, "wraptable": 2, "minipage": 1, "subfigure": 1, "multicols": 1,
    "thebibliography": 1, "adjustbox": 1, "spacing": 1, "otherlanguage": 1, "otherlanguage*": 1,
    "column": 1, "list": 2, "adjustwidth": 2, "adjustwidth*": 2, "changemargin": 2, "tasks": 1,
    "resizebox": 2, "foreigndisplayquote": 1, "fmffile": 1, "NoHyper": 0,
}  # fmt: skip
"""How many arguments of an environment are not shown."""

# --------------------------------------------------------------------------- commands

REFERENCES = frozenset(
    """
    ref eqref pageref autoref cref Cref nameref vref Vref fullref labelcref namecref subref
    autopageref cpageref zcref fref Fref
    """.split()
)
"""Cross-references: they show a number that only TeX knows."""

HIDDEN = {
    name: count
    for count, names in (
        (
            1,
            """
            label documentclass documentstyle usepackage RequirePackage bibliography
            bibliographystyle addbibresource nobibliography pagestyle thispagestyle vspace hspace
            includegraphics plotone graphicspath input include subfile subfileinclude includeonly
            index gls@index glsadd hypersetup color textcolor colorbox pagecolor raisebox parbox
            makebox mbox@ framebox scalebox rotatebox newcounter stepcounter refstepcounter
            theoremstyle hyphenation phantom hphantom vphantom newlength newsavebox
            usetikzlibrary nocite todo shorttitle shortauthors titlerunning authorrunning
            runninghead altaffilmark affilmark footnotemark orcid orcidlink orcidID tnoteref
            corref@ fnref thanksref inst tablehead tablewidth tablenum tablecolumns tabletypesize
            tablenotemark tableline cline cmidrule pdfbookmark hyperlink hypertarget setcitestyle
            citestyle bibpunct setlist sisetup selectlanguage captionsetup allowdisplaybreaks
            foreignlanguage linespread setstretch typeout message PackageWarning graphicspath
            makeindex printbibliography@ DeclareGraphicsExtensions pdfinfo lstset linenumbers@
            definecolor@ ccsdesc acmConference acmJournal acmYear acmDOI acmISBN copyrightyear
            setcopyright received@ submitjournal savebox usebox sbox vskip@ enlargethispage
            hyperref@ ProvidesPackage PassOptionsToPackage theoremsymbol geometry lhead rhead
            chead lfoot rfoot cfoot fancyhead fancyfoot fancyhf bibinfo@ natexlab citenamefont@
            eprint@ lstinputlisting verbatiminput inputminted cellcolor rowcolor columncolor
            setmainfont setsansfont setmonofont
            """,
        ),
        (
            2,
            """
            setlength addtolength setcounter addtocounter defcitealias markboth newtheorem
            DeclareMathOperator resizebox fcolorbox plottwo addcontentsline newcolumntype
            SetKw addtotheorempreheadhook DeclareFieldFormat newglossaryentry import subimport
            restylefloat floatname multicolumn multirow
            """,
        ),
        (3, "definecolor newenvironment renewenvironment newacronym DeclareAcronym rule@ PackageW"),
    )
    for name in names.split()
    if not name.endswith("@")
}
"""Commands of which so many arguments are not shown."""

HEADS = frozenset(
    """
    newpage clearpage cleardoublepage maketitle tableofcontents listoffigures listoftables
    bigskip medskip smallskip appendix par endgraf tablebreak hline toprule midrule bottomrule
    startdata enddata newline@ pagebreak bigbreak medbreak endhead endfirsthead endfoot
    endlastfoot tabularnewline printbibliography frontmatter mainmatter backmatter
    """.split()
)
"""Commands that end a paragraph."""

SPACINGS = frozenset(
    "hskip vskip kern vglue hglue mskip mkern parindent parskip penalty clubpenalty widowpenalty "
    "interlinepenalty hyphenpenalty exhyphenpenalty tolerance looseness emergencystretch".split()
)
"""Commands that a length or a number follows without braces."""

CONNECTIVES = {"and": "and ", "And": "and ", "AND": "and ", "sep": "· ", "newunit": ". "}
"""What parts the names of an author line and the words of a list of keywords."""

PRINTED = {
    "aj": "AJ", "apj": "ApJ", "apjl": "ApJL", "apjs": "ApJS", "araa": "ARA&A", "aap": "A&A",
    "aapr": "A&A Rev.", "aaps": "A&AS", "mnras": "MNRAS", "pasp": "PASP", "pasj": "PASJ",
    "pasa": "PASA", "nat": "Nature", "icarus": "Icarus", "solphys": "Sol. Phys.",
    "ssr": "Space Sci. Rev.", "jcap": "JCAP", "prl": "Phys. Rev. Lett.", "pra": "Phys. Rev. A",
    "prb": "Phys. Rev. B", "prc": "Phys. Rev. C", "prd": "Phys. Rev. D", "pre": "Phys. Rev. E",
    "physrep": "Phys. Rep.", "planss": "Planet. Space Sci.", "ao": "Appl. Opt.",
    "procspie": "Proc. SPIE", "jgr": "J. Geophys. Res.", "grl": "Geophys. Res. Lett.",
    "baas": "BAAS", "memras": "MmRAS", "qjras": "QJRAS", "rmxaa": "RMxAA", "apss": "Ap&SS",
    "lbrack": "[", "rbrack": "]", "lbrace": "{", "rbrace": "}",
}  # fmt: skip
"""Commands that print these words: the journals of AASTeX, brackets."""
