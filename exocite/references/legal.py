"""Cases, statutes, treaties and acts of the European Union, known by the forms of legal citation.

Each form is one line of a table, anchored at the front of the reference, so that an article about a
case is no case. Forms: The Bluebook (United States), OSCOLA (United Kingdom, European Union and
treaties), the German and French courts' own. Which jurisdiction is meant is never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from exocite.model import FieldSpan, Span
from exocite.references.tokens import LABEL, decoded

CASE, LEGISLATION = "jurisdiction", "legislation"
"""The entry types of the law, as biblatex calls them."""

_LONGEST = 2000
_CONFIDENCE = 0.9
"""That a form was recognised; forms are written by hand and have no probability of their own."""
_NAMES = {
    "t": "title", "n": "number", "r": "reporter", "c": "court", "y": "year", "v": "volume",
    "p": "pages",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Legal:
    """What a legal reference prints, "" for what it does not.

    `number` is that of the case, act or docket, `reporter` the collection that prints it; `volume`
    and `pages` (or a section) say where. `spans` are places in the text, named as the fields are.
    """

    type: str
    title: str = ""
    number: str = ""
    reporter: str = ""
    court: str = ""
    year: str = ""
    volume: str = ""
    pages: str = ""
    spans: tuple[FieldSpan, ...] = field(default=(), repr=False)


_Y = r"(?P<y>(?:1[5-9]|20)\d\d)"
_U = r"[^\W\d_a-z]"
_PARTY = rf"(?:{_U}|the\s{_U}|\d)[^\"“”;?!]{{0,120}}?"
_VERSUS = rf"(?P<t>{_PARTY}\s(?:v|vs|c)\.?\s{_PARTY})"
_PARTIES = (
    rf"(?P<t>(?:{_PARTY}\s(?:v|vs|c)\.?\s|(?:In\s)?[Rr]e\s|Ex\sparte\s|Matter\sof\s){_PARTY})"
)
_REPORTER = rf"(?P<r>{_U}[\w.’'&]{{0,12}}(?:\s?(?:{_U}|2d|3d|4th|5th|of)[\w.’'&]{{0,12}}){{0,6}})"
_PAGE = r"(?P<p>\d{1,5}(?:\s?[-–]\s?\d{1,5})?)"
_DAY = r"\d{1,2}(?:\.|st|nd|rd|th|er)?\s?(?:\d{1,2}\.\s?|[^\W\d_]{3,12}\.?,?\s)"
_SECTION = (
    r"(?P<p>(?:§{1,2}|sections?|secs?\.|ss?\.?|arts?\.?|articles?|regs?\.?|paras?\.?|sch\.?|pts?\.?)\s?"
    r"\d[\w.()–-]{0,20})"
)
_INSTITUTION = r"(?:European\s(?:Parliament|Union|Commission)|Council|Commission|EU|EC|EEC)"
_ACT = r"(?:Regulation|Directive|Decision|Recommendation|Framework\sDecision)"
_JOURNAL = r"(?P<r>O\.?\s?J\.?(?:\s?\(?[LC]\)?(?=[\s\d.]))?)"
_TREATY = (
    r"(?:Convention|Treaty|Covenant|Protocol|Charter|Agreement|Statute\sof\sthe\sInternational"
    r"|Declaration)"
)
_SERIES = (
    r"(?P<r>[UL]\.?N\.?T\.?S\.?|U\.?S\.?T\.?|T\.?I\.?A\.?S\.?|(?:C\.?)?E\.?T\.?S\.?|I\.?L\.?M\.?"
    r"|UKTS)"
)
_GERMAN_COURT = (
    r"(?P<c>(?:BVerfG|BGH|BAG|BFH|BSG|BVerwG|BPatG|EuGH|EGMR|OLG|LG|AG|VG|OVG|VGH|LAG|ArbG|FG|KG|RG)"
    r"(?:\s(?!Urt|Beschl)[^\W\d_a-z][\w./-]{1,24}){0,3})"
)

_NEUTRAL = (
    r"(?P<c>(?:(?:UK|EW|NI|CS|NZ|IE|ZA|SG|HK|NSW)[A-Z]{1,4}|[HFQV]CA(?:FC)?|SCC|[VQ]SC)"
    r"(?:\s(?:Civ|Crim|Fam|Ch|QB|KB|Admin))?)"
)

# Type and form; groups t title, n number, r reporter, c court, y year, v volume, p pages.
_FORMS: tuple[tuple[str, str], ...] = (
    # Roe v. Wade, 410 U.S. 113, 164 (1973)   Doe v Roe, 12 F.3d 345 (2d Cir. 1999)
    (
        CASE,
        (rf"{_PARTIES},?\s(?P<v>\d{{1,4}})\s{_REPORTER}\s{_PAGE}(?:,\s[\d–,\s-]{{1,20}})?"
        rf"\s?\(\s?(?P<c>[^()]{{0,50}}?)\s?{_Y}\s?\)"),
    ),
    # Doe v. Roe, No. 12-345, 2020 WL 123456 (D. Mass. May 3, 2020)
    (
        CASE,
        (rf"{_PARTIES},\sNos?\.\s(?P<n>[\w:.-]{{2,30}}),?[^()]{{0,60}}"
        rf"\(\s?(?P<c>[^()\d]{{2,40}}?)\s(?:{_DAY}|[A-Z][a-z.]{{2,9}}\s\d{{1,2}},\s)?{_Y}\s?\)"),
    ),
    # Case C-131/12 Google Spain SL v AEPD [2014] ECLI:EU:C:2014:317
    (
        CASE,
        (r"(?:Joined\s)?(?:Cases?|Rechtssache|Affaire|Rs\.)\s(?P<n>[CTF][-‑–]?\s?\d{1,4}/\d\d(?:\s?P)?"
        r"(?:\s?(?:,|and|to|und|et)\s?[CTF][-‑–]?\d{1,4}/\d\d){0,9})[,:]?\s"
        rf"(?P<t>[^\[\]\"“”;]{{3,200}}?),?\s(?:\[{_Y}\]\s)?"
        r"(?P<r>(?:ECLI:)?EU:[CTF]:(?(y)\d{4}|(?P<year>\d{4})):\d{1,4}|ECR\s(?:I{1,2}-)?\d{1,5})"),
    ),
    # Miller v Secretary of State [2017] UKSC 5, [2018] AC 61
    (
        CASE,
        (rf"{_PARTIES},?\s\[{_Y}\]\s{_NEUTRAL}\s"
        r"(?P<n>\d{1,5})(?:\s\((?:[A-Z][A-Za-z]{1,8})\))?"),
    ),
    # Donoghue v Stevenson [1932] AC 562 (HL)   Rylands v Fletcher (1868) LR 3 HL 330
    (
        CASE,
        (rf"{_PARTIES},?\s[\[(]{_Y}[\])]\s(?:(?P<v>\d{{1,3}})\s)?"
        r"(?P<r>[A-Z][A-Za-z.&]{0,8}(?:\s(?:\d\s)?[A-Z][A-Za-z.&()]{0,8}){0,3})\s"
        rf"{_PAGE}(?:\s\((?P<c>[A-Z][A-Za-z\s]{{1,20}})\))?"),
    ),
    # Handyside v United Kingdom (1976) Series A no 24   X v Y App no 5493/72 (ECtHR, 7 May 1976)
    (
        CASE,
        (rf"{_VERSUS},?\s(?:\({_Y}\)\s)?(?:,?\s?[Aa]pp(?:lication|l)?\.?\s[Nn]os?\.?\s"
        r"(?P<n>\d{1,6}/\d\d)|(?P<r>Series\sA)\s[Nn]o\.?\s(?P<v>\d{1,3}))"
        r"(?:[\s,]{1,2}\(?(?P<c>ECtHR|ECHR|Commission\sDecision|EGMR)[^()]{0,40}?"
        r"(?(y)|(?P<year>(?:19|20)\d\d))\)?)?"),
    ),
    # BGH, Urteil vom 12.03.2019 – VI ZR 123/18, NJW 2019, 1234
    (
        CASE,
        (rf"{_GERMAN_COURT},?\s(?P<t>(?:Urteil|Urt\.|Beschluss|Beschl\.|Beschluß)\s(?:vom|v\.)\s"
        rf"\d{{1,2}}\.\s?(?:\d{{1,2}}\.|[^\W\d_]{{3,9}})\s?{_Y})"
        r"(?:\s?(?:[-–—,:]|\s)\s?(?:Az\.:?\s)?(?P<n>[^\s,;–—][^,;–—()]{2,30}?)(?=\s?(?:[,;–—(]|\.?$)))?"
        r"(?:\s?[,;–—=]\s?(?P<r>[A-Z][A-Za-z]{1,12}(?:-RR)?)\s(?:\d{4}|(?P<v>\d{1,3})),\s(?P<p>\d{1,5}))?"),
    ),
    # BVerfGE 65, 1 (43)
    (CASE, r"(?P<r>(?:BVerfG|BGH|BAG|BVerwG|BFH|RG)(?:E|Z|St))\s(?P<v>\d{1,3}),\s(?P<p>\d{1,4})"),
    # Cass. civ. 1re, 3 mars 2010, n° 09-13.271   CE, 12 mai 2015, n° 374386
    (
        CASE,
        (r"(?P<c>(?:Cass\.|Cour\sde\scassation|CE|Conseil\sd[’']État|Cons\.\sconst\.|CA|CJUE)"
        r"[^;\d\"“”]{0,40}(?:\d(?:re|e|ème)\s?)?(?:ch\.)?),\s"
        rf"(?P<t>\d{{1,2}}(?:er)?\s[^\W\d_]{{3,9}}\.?\s{_Y}),\s(?:aff\.\s)?n[°ºo]s?\s?"
        r"(?P<n>[\w./-]{3,24}[\w/-])"),
    ),
    # Regulation (EU) 2016/679 of … on … [2016] OJ L 119/1
    (
        LEGISLATION,
        (rf"(?:{_INSTITUTION}(?:(?:,|\sand|\sand\sthe|,\sand)\s{_INSTITUTION}){{0,3}}"
        r"(?:[.,]\s(?:\(\d{4}\)[.,]?\s)?|\s\(\d{4}\)[.,]?\s))?"
        rf"(?P<t>(?:{_INSTITUTION}\s)?(?:(?:Implementing|Delegated)\s)?{_ACT}"
        r"\s(?:\((?:EU|EC|EEC|EU,\s?Euratom|Euratom|EG|CE)\)\s?)?(?:[Nn]o\.?\s?)?"
        r"(?P<n>\d{1,4}/\d{2,4}(?:/(?:EC|EU|EEC|JHA|CFSP|Euratom))?)"
        r"(?:[^\[\]\"“”]{0,600}?(?=\s?(?:\[\d{4}\]\s?O|[,.(\s]\s?O\.?\s?J|\.?\s?$|\.\sAvailable|[.,]?\shttps?:)))?)"
        rf"[\s,.(]{{0,3}}(?:\[{_Y}\]\s)?(?:(?:Official\sJournal\sof\sthe\sEuropean\s(?:Union|Communities),?|"
        rf"{_JOURNAL})[,\s]{{0,2}}(?:L|C)?[.\s]?(?P<v>\d{{1,4}})?"
        rf"(?:\s?/\s?(?P<p>\d{{1,4}})|(?:,?\s\(?{_DAY}(?(y)\d{{4}}|(?P<year>\d{{4}}))\)?)?"
        r"(?:,?\spp?\.\s?(?P<pp>\d{1,4}(?:\s?[-–]\s?\d{1,4})?))?)?)?"),
    ),
    # Verordnung (EU) 2016/679   Richtlinie 95/46/EG   Règlement (UE) 2016/679
    (
        LEGISLATION,
        (r"(?P<t>(?:Verordnung|Richtlinie|Beschluss|Règlement|Reglamento|Directive|Directiva|Décision)"
        r"\s(?:\((?:EU|EG|EWG|UE|CE|CEE)\)\s?)?(?:Nr\.?\s?|n[°o]\.?\s?)?"
        r"(?P<n>\d{1,4}/\d{2,4}(?:/(?:EG|EU|EWG|UE|CE|CEE))?)[^\"“”]{0,600})"),
    ),
    # Patient Protection Act, Pub. L. No. 111-148, § 2702, 124 Stat. 119, 318-19 (2010)
    (
        LEGISLATION,
        (rf"(?:(?P<t>{_U}[^\"“”;]{{3,160}}?)[,.]\s)?(?P<n>(?:Pub\.\s?L\.|P\.L\.|Public\sLaw)\s?(?:[Nn]o\.\s?)?"
        r"\d{2,3}[-–]\d{1,4})(?:,\s§{1,2}\s?[\w().–-]{1,20})?"
        rf"(?:,\s(?P<v>\d{{1,3}})\s(?P<r>Stat\.)\s{_PAGE}(?:,\s[\d–-]{{1,9}})?)?(?:\s?\({_Y}\))?"),
    ),
    # Americans with Disabilities Act of 1990, 42 U.S.C. § 12101 et seq.   21 C.F.R. § 101.9 (2020)
    (
        LEGISLATION,
        (rf"(?:(?P<t>{_U}[^\"“”;§]{{3,160}}?)[,.]\s)?(?P<v>\d{{1,3}})\s"
        r"(?P<r>U\.?\s?S\.?\s?C\.?(?:\s?A\.?)?|C\.?\s?F\.?\s?R\.?|Fed\.\sReg\.)\s"
        r"(?P<p>(?:(?:§{1,2}|[Pp]arts?|[Ss]ec(?:tion|\.)|pt\.)\s?)?[\d,]{1,8}[\w.()–-]{0,20})"
        rf"(?:\set\sseq\.?)?(?:\s?\([^()\d]{{0,40}}(?:\d{{1,2}},\s)?{_Y}\))?"),
    ),
    # Cal. Penal Code § 187 (West 2014)   N.Y. Gen. Bus. Law § 349
    (
        LEGISLATION,
        (r"(?P<r>(?:[A-Z][a-z]{1,8}\.|(?:[A-Z]\.){2}|[A-Z][a-z]{3,12})\s(?:[A-Z][\w.&]{1,12}\s){0,4}"
        rf"(?:Code|Law|Stat\.|Stats\.|Laws)(?:\sAnn\.)?,?)\s(?P<p>§{{1,2}}\s?[\w.():–-]{{1,24}})"
        rf"(?:\s?\([^()\d]{{0,30}}{_Y}\))?"),
    ),
    # Vienna Convention on the Law of Treaties (adopted 23 May 1969, …) 1155 UNTS 331
    (
        LEGISLATION,
        (rf"(?P<t>(?={_U})[^\"“”;()]{{0,200}}?\b{_TREATY}\b[^\"“”;()]{{0,200}}?)[,.]?\s"
        rf"(?:\((?:adopted|signed|opened\sfor\ssignature|concluded|done|entered\sinto\sforce)?\s?[^()]{{0,40}}?{_Y}"
        r"[^()]{0,120}\)|(?:(?:opened\sfor\ssignature|adopted|signed)\s)?"
        rf"(?:\d{{1,2}}\s)?[A-Z][a-z]{{2,8}}\.?\s(?:\d{{1,2}},\s)?(?(y)\d{{4}}|(?P<year>\d{{4}})))"
        rf"[,\s]{{1,2}}(?:[^\d\"“”;]{{0,60}}\s)?(?P<v>\d{{1,4}})?\s?{_SERIES}"
        r"\s(?:[Nn]o\.?\s?)?(?P<p>[\w-]{1,12})"),
    ),
    # Treaty on European Union [2012] OJ C326/13
    (
        LEGISLATION,
        (rf"(?P<t>(?={_U})[^\"“”;()\[\]]{{0,200}}?\b{_TREATY}\b[^\"“”;\[\]]{{0,200}}?),?\s\[{_Y}\]\s{_JOURNAL}\s?"
        r"(?P<v>\d{1,4})/(?P<p>\d{1,4})"),
    ),
    # Human Rights Act 1998, s 6   Data Protection Act 2018 (c. 12)   Rules 2014, SI 2014/1855
    (
        LEGISLATION,
        (rf"(?P<t>(?:The\s)?{_U}[^\"“”;.:]{{2,140}}?\s(?:Act|Regulations|Order|Rules|Measure|Code|Bill|Ordinance)"
        rf"(?:\sof|,)?\s\(?{_Y})\)?(?:\s\((?:[A-Z][A-Za-z]{{1,12}})\))?"
        r"(?=\s?(?:$|\.\s?$|[,.]?\s?\(?(?:c|ch|cap|SI|S\.I\.|SR|No)\b|,?\s(?:ss?|sections?|reg|art|sch|pt|para)\b"
        r"|[.,]\s(?:(?:London|Norwich|Edinburgh)\s?:|Available|Retrieved|Accessed|Retrieved|https?:|HMSO|TSO)"
        r"|\shttps?:|\s\[|\s\())"
        rf"(?:,?\s{_SECTION})?(?:[,.]?\s?\(?(?P<r>c|ch|cap|SI|S\.I\.|No)\b\.?\s?(?P<n>\d{{1,4}}(?:/\d{{1,5}})?)\)?)?"),
    ),
    # Bundesdatenschutzgesetz vom 30. Juni 2017 (BGBl. I S. 2097)
    (
        LEGISLATION,
        (rf"(?P<t>{_U}[^\"“”;:]{{2,160}}?(?:[Gg]esetz|[Oo]rdnung|[Vv]erordnung|gesetzbuch|Gesetzbuch)[^\"“”;:]{{0,160}}?)"
        rf"(?:\s\([A-Za-z-]{{2,12}}\))?,?\s(?:(?:in\sder\sFassung\s(?:der\sBekanntmachung\s)?)?vom|v\.)\s{_DAY}{_Y}"
        r"(?:\s?[(,]\s?(?P<r>BGBl\.?(?:\sI{1,3})?|RGBl\.)(?:\s\d{4})?,?\s(?:Nr\.\s\d{1,3},?\s)?S\.\s"
        r"(?P<p>\d{1,5})\)?)?"),
    ),
    # § 823 Abs. 1 BGB   Art. 5 GG
    (
        LEGISLATION,
        (r"(?P<p>(?:§{1,2}|Art\.?|Artikel)\s?\d{1,4}[a-z]?(?:\s(?:Abs\.|Absatz|S\.|Satz|Nr\.|lit\.)\s?[\da-z]{1,3}){0,4})\s"
        r"(?P<t>[A-Z][A-Za-z]{0,10}[A-Z][A-Za-z]{0,6})(?=[\s.,;]|$)"),
    ),
    # Loi n° 78-17 du 6 janvier 1978 relative à …
    (
        LEGISLATION,
        (r"(?P<t>(?:Loi|Décret|Ordonnance|Arrêté)\s(?:organique\s)?(?:n[°ºo]\s?(?P<n>[\d-]{3,12})\s)?du\s"
        rf"\d{{1,2}}(?:er)?\s[^\W\d_]{{3,9}}\s{_Y}[^\"“”]{{0,300}})"),
    ),
)  # fmt: skip


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    # When first needed: a check of an article reads no printed reference.
    return tuple((kind, re.compile(form)) for kind, form in _FORMS)


_SIGN = re.compile(
    r"\bEU:[CTF]:|\bCases?\s|\b(?:v|vs|c)\.?\s|\bRe\b|Ex parte"
    r"|\b(?:Act|Regulations?|Directive|Decision|Order|Rules|Convention|Treaty|Covenant|Protocol|Charter|Agreement|Declaration|Statute|Code|Law|Loi|Décret|Ordonnance|Arrêté|Bill"
    r"|Measure|Ordinance|Recommendation|Verordnung|Richtlinie|Beschlu|Urt|Règlement|Reglamento|Directiva"
    r"|Décision)|[Gg]esetz|[Oo]rdnung|§|C\.?\s?F\.?\s?R|U\.?\s?S\.?\s?C|Pub(?:lic|\.)\s?L|Fed\.|P\.L\."
    r"|BVerfG|BGH|BAG"
    r"|BVerwG|BFH|RG|n[°º]|Art|\bre\s"
)
_YEARS = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_SHORT_YEAR = re.compile(
    r"(?P<a>(?:19|20)\d\d)/\d{1,4}|\d{1,4}/(?P<b>(?:19|20)\d\d)|(?P<c>[5-9]\d)/\d{1,4}"
)


def legal(raw: str) -> Legal | None:
    """The legal reference that the text is, None where it has no form of one."""
    raw = raw[:_LONGEST]
    if not _SIGN.search(raw):
        return None
    text, places = _flat(raw)
    label = LABEL.match(text)
    # "42 U.S.C. § 1983" begins with a number that is no label.
    for start in (label.end(), 0) if label else (0,):
        for kind, form in _compiled():
            match = form.match(text, start)
            if match:
                return _made(kind, match, text, places)
    return None


def _flat(raw: str) -> tuple[str, list[int]]:
    """The text with single blanks, without entities, and where each character stands in `raw`."""
    plain, origins = decoded(raw)
    kept: list[str] = []
    places: list[int] = []
    for at, character in enumerate(plain):
        blank = character.isspace()
        if blank and (not kept or kept[-1] == " "):
            continue
        kept.append(" " if blank else character)
        places.append(origins[at] if origins else at)
    places.append(origins[len(plain)] if origins else len(plain))
    return "".join(kept), places


def _made(kind: str, match: re.Match[str], text: str, places: list[int]) -> Legal:
    values: dict[str, str] = {}
    spans: list[FieldSpan] = []
    for group, value in match.groupdict().items():
        name = {"year": "y", "pp": "p"}.get(group, group)
        if not value or name in values or not value.strip(" ,."):
            continue
        begin, end = match.span(group)
        values[name] = value.strip(" ,") if name != "t" else value.strip(" ,.")
        spans.append(FieldSpan(_NAMES[name], Span(places[begin], places[end - 1] + 1), _CONFIDENCE))
    if "y" not in values and (year := _year(match, text)):
        begin, end = year
        values["y"] = text[begin:end] if end - begin == 4 else f"19{text[begin:end]}"
        spans.append(FieldSpan("year", Span(places[begin], places[end - 1] + 1), _CONFIDENCE))
    return Legal(
        kind,
        **{_NAMES[name]: value for name, value in values.items()},
        spans=tuple(sorted(spans, key=lambda one: (one.span.start, one.span.end))),
    )


def _year(match: re.Match[str], text: str) -> tuple[int, int] | None:
    """A year in the number ("2016/679", "95/46/EC"), else the first of the title or behind."""
    groups = match.groupdict()
    if groups.get("n"):
        short = _SHORT_YEAR.match(text, match.start("n"), match.end("n"))
        if short:
            return next(short.span(name) for name in "abc" if short[name])
    found = _YEARS.search(text, match.start())
    return found.span() if found else None
