"""Words by which the furniture of a page is known: navigation, bylines, boilerplate, headings."""

from __future__ import annotations

import re

from exocite.patterns import regex
from exocite.readers.vocabulary import phrases
from exocite.text import collapsed, folded

_NUMBERING = regex(r"(?:(?:\d{1,2}(?:\.\d{1,2}){0,4}|[ivxlc]{1,6})[.)]?|[a-h][.)]|§)\s+(?=\S)")
_EDGES = regex(r"^[\W_]+|[\W_]+$")
_SHORT = 60
_LONGEST = 600
"""Furniture is short: a paragraph with more words or characters is read, whatever it says."""


def plain_heading(text: str) -> str:
    """A heading for comparison: folded, without its number and the punctuation around it."""
    if len(text) > 120:
        return ""
    bare = _EDGES.sub("", _NUMBERING.sub("", folded(text), count=1))
    return collapsed(re.sub(r"\s*\(\d{1,4}\)$|[/&]", " and ", bare).removesuffix(" and "))


_NAVIGATION = phrases(
    """
    blog | home | homepage | menu | main menu | news | search | login | log in | sign in
    sign up | register | contact | contact us | about | about us | shop | store | cart | share
    share this | share this article | share this post | share this page | share on facebook
    share on twitter | share on linkedin | tweet | print | print this page | email | next
    previous | prev | next article | next post | previous article | previous post | back to top
    back to blog | top | skip to content | skip to main content | contents | table of contents
    on this page | in this article | jump to | read more | read now | learn more | see more
    show more | view all | load more | related | related posts | related articles
    related content | related stories | recent posts | popular posts | latest news
    latest posts | trending | most read | you may also like | you might also like | more from
    recommended | recommended for you | categories | category | tags | archives | archive
    comments | leave a comment | leave a reply | post a comment | no comments | follow us | edit
    facebook | twitter | linkedin | instagram | youtube | pinterest | whatsapp | close | accept
    accept all | reject all | advertisement | ad | sponsored | advertise with us | faq | careers
    all articles | all posts | uncategorized | sitemap | site map
    """
)

_BOILERPLATE_HEADINGS = phrases(
    """
    disclaimer | medical disclaimer | legal disclaimer | health disclaimer | disclosure
    disclosures | affiliate disclosure | financial disclosure | conflict of interest
    conflicts of interest | competing interests | declaration of interest
    declaration of competing interest | declaration of interests | copyright | copyright notice
    licence | license | privacy | privacy policy | privacy notice | cookies | cookie policy
    cookie notice | terms | terms of use | terms of service | terms and conditions
    legal notice | imprint | impressum | subscribe | newsletter | subscribe to our newsletter
    sign up for our newsletter | about the author | about the authors | author bio
    author information | author details | author contributions | funding | acknowledgements
    acknowledgments | acknowledgement | acknowledgment | data availability
    data availability statement | publisher's note | publishers note | rights and permissions
    ethics declarations | ethics statement | how to cite this article | cite this article
    """
)

_BOILERPLATE = regex(
    # Both openings stand before all that follows them: either is looked for once at a place.
    r"\b(?:all rights reserved\b"
    r"|(?:uses?|using) cookies\b|subscribe (?:to (?:our|the|this)|now|today)\b"
    r"|follow us\b"
    r"|sign up (?:for (?:our|the|free|updates)|now|today)\b|(?:contact|call|e-?mail) us\b"
    r"|join our (?:newsletter|mailing|community)\b|click (?:here|below|the (?:link|button))\b"
    r"|share this (?:article|post|page|story)\b"
    r"|for (?:general )?(?:informational|information|educational) purposes only\b"
    r"|not (?:intended |meant )?(?:as |to be )?(?:a )?substitute for (?:professional|medical)"
    r"|(?:does|do|should) not (?:constitute|be (?:construed|taken|considered) as) "
    r"(?:a |any |as )?(?:professional |medical |legal |financial )?advice\b"
    r"|affiliate (?:links?|commissions?)\b|we may earn a\b)"
    r"|^(?:\W{0,3}(?:©|\(c\) ?\d{4}|copyright (?:©|\d))"
    r"|(?:photo|image|picture|featured image|photography)(?: credits?| by|:)"
    r"|(?:this (?:article|post|story) )?(?:was )?(?:originally|first)"
    r" (?:published|appeared|posted)"
    r" (?:in|on|at|by)\b"
    r"|(?:read|see|learn|find out) (?:more|also)\s?(?::|about|here|on|»|→|>|\.\.\.|…|at)"
    r"|(?:filed|posted|tagged) (?:under|in|with)\b|(?:tags?|categor(?:y|ies)|keywords)\s?:"
    r"|disclaimers?\s?:|(?:affiliate )?disclosures?\s?:|advertisement\b)",
    re.IGNORECASE,
)
# An appeal to the reader: it asks for an action and names the one who profits. The verb stands
# first or after "please": "we use our model" is a statement.
_APPEAL = regex(
    r"(?:^|\bplease,?\s)(?:use|try|visit|browse|see|check out|download|explore|contact|call|e-?mail"
    r"|join|read|watch|follow|book|request|schedule|get|order|buy|shop)"
    r"\s(?:\w+\s){0,2}?(?:our|us)\b"
    r"|\b(?:book|schedule|request|arrange) (?:a|an|your) (?:\w+ )?"
    r"(?:consultation|appointment|call|demo)\b",
    re.IGNORECASE,
)
_STATEMENT_END = regex(r"[.!?][\"”’)]?\s+(?=[\"“(]?[A-Z])")

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = (
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\.?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{4}}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}})"
)
_DATE_LINE = regex(
    rf"(?:(?:last )?(?:published|updated|posted|modified|reviewed|date)?\s?(?:on|:)?\s?){_DATE}"
    r"(?:[\s,|·•–-]{1,5}(?:\d{1,2}:\d{2}\s?(?:[ap]\.?m\.?)?|\d{1,3}\s?min(?:ute)?s?(?:\sread)?"
    r"|by\s.{1,60}))?\W{0,3}",
    re.IGNORECASE,
)
_READING_TIME = regex(
    r"(?:(?:estimated )?reading time\s?:?\s?)?(?:about )?\d{1,3}[\s-]?min(?:ute)?s?(?:[\s-]read)?",
    re.IGNORECASE,
)
_CREDIT = regex(
    r"(?:(?:medically|clinically|scientifically|expert|fact)[\s-])?"
    r"(?:reviewed|written|edited|authored|posted|published|updated|translated|compiled|checked"
    r"|contributed|interviewed|photographed|illustrated)"
    r"(?:\s(?:and|&)\s(?:\w+\s)?(?:reviewed|edited|verified|checked))?"
    rf"\s?(?:by\b|:|on\s{_DATE}|{_DATE})"
    r"|last (?:updated|reviewed|modified|edited)\b"
    r"|(?:authors?|reviewers?|editors?|writers?|correspondence|corresponding author"
    r"|affiliations?)\s?:"
    r"|e-?mail\s?:",
    re.IGNORECASE,
)
_BY = regex(r"by\s+(?P<names>\S.*)", re.IGNORECASE)
_NAME_WORD = regex(
    r"[^\W\d_a-z][\w.'’-]*[.,]?|(?:and|&|de|da|di|van|von|der|den|la|le|bin|al|with|in|\||·|–|-),?"
)
_LONGEST_BYLINE = 30
_MOST_NAMES = 14


def is_navigation(text: str) -> bool:
    """Whether the whole text is a word of navigation: "Blog", "Share this"."""
    return plain_heading(text) in _NAVIGATION


def is_boilerplate_heading(text: str) -> bool:
    """Whether a heading opens a section that states nothing to check: "Disclaimer"."""
    return plain_heading(text) in _BOILERPLATE_HEADINGS


def is_boilerplate(text: str) -> bool:
    """Whether a short text is a notice or an appeal to the reader, not a part of the article."""
    if len(text) > _LONGEST or text.count(" ") >= _SHORT:
        return False
    if _BOILERPLATE.search(text):
        return True
    return _APPEAL.search(text) is not None and _STATEMENT_END.search(text) is None


def is_byline(text: str) -> bool:
    """Whether a short text names who wrote or reviewed the article, or when."""
    if len(text) > _LONGEST or text.count(" ") >= _LONGEST_BYLINE:
        return False
    if _DATE_LINE.fullmatch(text) or _READING_TIME.fullmatch(text) or _CREDIT.match(text):
        return True
    names = _BY.fullmatch(text)
    if names is None:
        return False
    words = re.sub(
        rf"[\s,|·–-]*{_DATE}.*|\(.{{0,60}}\)", "", names["names"], flags=re.IGNORECASE
    ).split()
    return 0 < len(words) <= _MOST_NAMES and all(map(_NAME_WORD.fullmatch, words))
