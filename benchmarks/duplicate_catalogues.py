"""A second labelled library, of catalogues that copied from one another with other faults.

Its faults are those of scanners, of catalogues in other scripts and of forms filled in wrongly:
letters misread (rn for m), names transliterated or with family and given name swapped, journals
without vowels, titles translated in brackets or with HTML, a DOI of another work, dates lost. Its
neighbours are annual reports, supplements, errata, replies, theses, preprints, parts and sequels.
Nothing but `Row` is shared with `benchmarks.duplicate_library`; everything depends on the seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from benchmarks.duplicate_library import Row

_ADJECTIVES = (
    "Adaptive Anaerobic Baroque Catalytic Ceramic Coastal Cooperative Corrosive Dielectric Early "
    "Elastic Ferroelectric Fragmentary Glacial Hybrid Implicit Interlocking Irregular Judicial "
    "Kinetic Layered Liturgical Magnetic Marginal Modular Nomadic Oceanic Periodic Photonic Porous "
    "Provincial Quantitative Recursive Residual Saline Sedimentary Seismic Semantic Soluble "
    "Stochastic Subtidal Symbolic Thermal Transient Turbulent Urban Vernacular Viscous Volcanic"
).split()
_NOUNS = (
    "adhesives aquifers archives aerosols bearings boundaries bridges canals catalysts "
    "cathedrals charters coatings colloids compilers composites conduits dialects dunes "
    "electrodes embankments enzymes estuaries fisheries forests furnaces glaciers grammars "
    "harbours inscriptions interfaces isotopes landslides lasers lexicons manuscripts markets "
    "membranes mosaics networks oscillators pigments polymers proteins ratings reactors "
    "reservoirs rhythms routers sediments sensors spectra stalagmites steels taxes textiles "
    "timbers treaties tribunals turbines valves vaults vineyards vortices wetlands zeolites"
).split()
_PLACES = (
    "the Baltic|Catalonia|the Danube basin|Eritrea|Flanders|Galicia|the Hindu Kush|Iceland|Jutland|"
    "Karelia|Liguria|Moravia|the North Sea|Oaxaca|Patagonia|Queensland|Rajasthan|Saxony|Tasmania|"
    "Umbria|Vojvodina|Wallonia|Yorkshire|Zeeland"
).split("|")
_FORMS = (
    "{a} {n} and {a2} {n2}|{a} {n} in {p}|On the origin of {a} {n}|{a} {n} of {p}: {tail}|"
    "Measuring {a} {n} with {a2} {n2}|How {a} {n} shape {n2}|{a} {n}: {tail}|"
    "Towards {a} {n} for {a2} {n2}: {tail}|From {n} to {n2} in {p}|{a} {n}, {n2} and {n3}|"
    "The decline of {a} {n} in {p}|What do {a} {n} tell us about {a2} {n2}?"
).split("|")
_TAILS = (
    "a reappraisal|an annotated survey|theory and practice|new measurements|1890–1914|"
    "a comparative inquiry|models and experiments|evidence from excavations|limits and prospects|"
    "a finite-element approach|sources and methods|an inventory"
).split("|")
_FAMILIES = (
    "Abrahamsen Achterberg Aleksandrov Bartholomew Benedetti Blanchard Borysenko Cavendish Chernov "
    "Czerny Dąbrowski Dimitrov Eberhardt Engström Fedorova Fitzgerald Gutiérrez Grigoryan Hadjiev "
    "Håkansson Ilyin Isaksen Jankowski Kallio Karamanlis Kholodov Lindqvist Łukasik Marković "
    "Mikhailov Nordström Obradović Oyelaran Pavlenko Popescu Quintana Rasmussen Ryabov Schäfer "
    "Shevchenko Šimić Sokolov Thorvaldsen Tkachenko Uhlenbeck Vasiliev Vandenberghe Wierzbicki "
    "Yakovlev Zhukov Zimmermann Bose Tan Ito Roy Das"
).split()
_GIVEN = (
    "Agnieszka Alexei Bohdan Camille Dmitri Eleni Fyodor Gunnar Halina Igor Jadwiga Kirsten "
    "Ludmila Magnus Nikolai Oksana Pavel Roswitha Sergei Tatiana Ulrich Vasily Wolfgang Xenia "
    "Yuri Zbigniew Anne-Marie Karl-Heinz"
).split()
_JOURNALS = (
    "Archiv für Hydrologie|Bulletin of the Seismological Society of America|Corrosion Science|"
    "Economic Botany|Geophysical Research Letters|International Journal of Heat and Mass Transfer|"
    "Journal of Applied Polymer Science|Journal of Medieval History|Materials & Design|"
    "Progress in Oceanography|Revue de Linguistique Romane|Studies in Conservation|"
    "Transactions of the Institute of British Geographers|Zeitschrift für Kristallographie"
).split("|")
_ABBREVIATED = {
    "Bulletin of the Seismological Society of America": "Bull. Seismol. Soc. Am.",
    "Corrosion Science": "Corros. Sci.",
    "Economic Botany": "Econ. Bot.",
    "Geophysical Research Letters": "Geophys Res Lett",
    "International Journal of Heat and Mass Transfer": "Int. J. Heat Mass Transf.",
    "Journal of Applied Polymer Science": "J. Appl. Polym. Sci.",
    "Journal of Medieval History": "J. Mediev. Hist.",
    "Materials & Design": "Mater. Des.",
    "Progress in Oceanography": "Prog. Oceanogr.",
    "Studies in Conservation": "Stud. Conserv.",
    "Transactions of the Institute of British Geographers": "Trans. Inst. Br. Geogr.",
    "Zeitschrift für Kristallographie": "Z. Kristallogr.",
}
_MEETINGS = (
    "Proc. 8th Eur. Conf. on Coastal Engineering|International Workshop on Semantic Archives|"
    "Transactions of the Foundry Congress 1998|Lecture Notes in Hydraulic Computing"
).split("|")
_SERVERS = (("arXiv", "10.48550"), ("EarthArXiv", "10.31223"), ("ChemRxiv", "10.26434"),
            ("bioRxiv", "10.1101"), ("Preprints.org", "10.20944"))  # fmt: skip
_MISREAD = (
    ("rn", "m"), ("m", "rn"), ("cl", "d"), ("l", "1"), ("I", "l"), ("o", "0"), ("h", "b"),
    ("e", "c"), ("ti", "tl"), ("vv", "w"), ("fi", "ﬁ"),
)  # fmt: skip
_CYRILLIC = dict(
    pair.split("=")
    for pair in (
        "Aleksandrov=Александров|Chernov=Чернов|Fedorova=Федорова|Ilyin=Ильин|Mikhailov=Михайлов|"
        "Sokolov=Соколов|Vasiliev=Васильев|Yakovlev=Яковлев|Zhukov=Жуков|Kholodov=Холодов"
    ).split("|")
)
_OTHER_LATIN = {
    "Aleksandrov": "Alexandrov", "Chernov": "Černov", "Mikhailov": "Mihajlov",
    "Vasiliev": "Vasilyev", "Yakovlev": "Jakovlev", "Zhukov": "Žukov", "Shevchenko": "Ševčenko",
    "Kholodov": "Cholodov", "Tkachenko": "Tkačenko", "Borysenko": "Borisenko",
    "Schäfer": "Schaefer", "Håkansson": "Haakansson", "Engström": "Engstroem",
    "Łukasik": "Lukasik", "Dąbrowski": "Dabrowski",
}  # fmt: skip


def catalogues(works: int, *, seed: int) -> list[Row]:
    """The rows in an order without meaning; `works` counts what is not derived from another."""
    maker = _Catalogue(random.Random(f"catalogues {seed}"))
    for _ in range(works):
        maker.work()
    maker.random.shuffle(maker.rows)
    return maker.rows


class _Catalogue:
    """Makes works one after the other, each with the records that catalogues have of it."""

    def __init__(self, source: random.Random) -> None:
        self.random = source
        self.rows: list[Row] = []
        self._labels = 0
        self._titles: set[str] = set()

    def work(self) -> None:
        """A work, its copies, and now and then other works that look like it."""
        base = self.article()
        self.record(base)
        if self.random.random() < 0.4:
            for other in self.random.choice(_OTHERS)(self, base):
                self.record(other)

    def record(self, row: Row) -> None:
        """The record of a work and its copies."""
        self._labels += 1
        label = f"c{self._labels}"
        self.rows.append({**row, "label": label})
        for _ in range(self.random.choices((0, 1, 2, 3), (0.45, 0.35, 0.15, 0.05))[0]):
            self.rows.append({**self._copy(row), "label": label})

    def title(self) -> str:
        """A title that no other work has."""
        pick = self.random.choice
        while True:
            nouns = self.random.sample(_NOUNS, 3)
            adjectives = self.random.sample(_ADJECTIVES, 2)
            form = pick(_FORMS)
            title = form.format(
                a=adjectives[0].lower(), a2=adjectives[1].lower(), n=nouns[0], n2=nouns[1],
                n3=nouns[2], p=pick(_PLACES), tail=pick(_TAILS),
            )  # fmt: skip
            title = title[0].upper() + title[1:]
            if title not in self._titles:
                self._titles.add(title)
                return title

    def doi(self, prefix: str = "") -> str:
        """A DOI that no other record has."""
        prefix = prefix or f"10.{self.random.randint(1000, 9999)}"
        return f"{prefix}/{self.random.choice('abs')}{self.random.randint(10**6, 10**9)}"

    def people(self) -> str:
        """One to six authors."""
        count = self.random.choices(range(1, 7), (4, 4, 3, 2, 1, 1))[0]
        return " and ".join(
            f"{family}, {self._given()}" for family in self.random.sample(_FAMILIES, count)
        )

    def _given(self) -> str:
        middle = f" {self.random.choice('ABEGKLMNPRSTV')}." if self.random.random() < 0.3 else ""
        return self.random.choice(_GIVEN) + middle

    def place(self, base: Row) -> Row:
        """Another place in the same journal."""
        first = self.random.randint(1, 1900)
        return {
            **base,
            "doi": self.doi() if base["doi"] else "",
            "volume": str(int(base["volume"]) + self.random.randint(0, 2)),
            "pages": f"{first}-{first + self.random.randint(3, 25)}",
        }

    def article(self) -> Row:
        first = self.random.randint(1, 1900)
        return {
            "title": self.title(),
            "author": self.people(),
            "year": str(self.random.randint(1962, 2024)),
            "journal": self.random.choice(_JOURNALS),
            "doi": self.doi() if self.random.random() < 0.7 else "",
            "volume": str(self.random.randint(2, 190)),
            "number": str(self.random.randint(1, 12)) if self.random.random() < 0.6 else "",
            "pages": f"{first}-{first + self.random.randint(2, 30)}",
        }

    def _copy(self, row: Row) -> Row:
        """The same work in another catalogue: one to four faults.

        Something must be left by which a person could tell it from the others: its place or DOI.
        """
        copy = dict(row)
        for fault in self.random.sample(_FAULTS, self.random.randint(1, 4)):
            fault(self, copy)
        if not (copy["doi"] or (copy["volume"] and copy["pages"])):
            for name in ("journal", "year", "doi"):
                copy[name] = copy[name] or row[name]
        return copy


# --------------------------------------------------------------------------- faults


def _names(row: Row) -> list[tuple[str, str]]:
    parts = (name.partition(", ") for name in row["author"].split(" and "))
    return [(family, given) for family, comma, given in parts if comma]


def _misread(maker: _Catalogue, row: Row) -> None:
    """A scanner read one or two letters as others."""
    for _ in range(maker.random.choice((1, 1, 2))):
        words = row["title"].split(" ")
        long = [at for at, word in enumerate(words) if len(word) > 5 and word.isalnum()]
        if not long:
            return
        at = maker.random.choice(long)
        found = [(old, new) for old, new in _MISREAD if old in words[at][1:]]
        if found:
            old, new = maker.random.choice(found)
            words[at] = words[at][0] + words[at][1:].replace(old, new, 1)
        row["title"] = " ".join(words)


def _hyphenated(maker: _Catalogue, row: Row) -> None:
    """The line's end was kept: "cathe- drals"."""
    words = row["title"].split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 8 and word.isalnum()]
    if long:
        at = maker.random.choice(long)
        words[at] = f"{words[at][:4]}- {words[at][4:]}"
        row["title"] = " ".join(words)


def _title_html(maker: _Catalogue, row: Row) -> None:
    words = row["title"].split(" ")
    at = maker.random.randrange(len(words))
    form = maker.random.choice(("<i>{}</i>", "<em>{}</em>", "<b>{}</b>", "&lt;i&gt;{}&lt;/i&gt;"))
    words[at] = form.format(words[at])
    row["title"] = " ".join(words).replace(" and ", " &amp; ", 1)


def _title_capitals(maker: _Catalogue, row: Row) -> None:
    row["title"] = maker.random.choice((str.upper, str.title))(row["title"])


def _no_subtitle(_maker: _Catalogue, row: Row) -> None:
    head = row["title"].partition(": ")[0]
    if head.count(" ") > 1:
        row["title"] = head


def _bracketed(maker: _Catalogue, row: Row) -> None:
    """Databases put translated titles into brackets, and the language behind them."""
    tail = maker.random.choice(("", " [in Russian]", " (in German)", ". [Article in French]"))
    row["title"] = f"[{row['title']}]{tail}"


def _both_titles(maker: _Catalogue, row: Row) -> None:
    other = maker.random.choice(("Étude générale", "Allgemeine Untersuchung", "Estudio general"))
    row["title"] = f"{row['title']} = {other} {maker.random.choice('ABCDE')}"


def _initials(maker: _Catalogue, row: Row) -> None:
    point, blank = maker.random.choice(((".", " "), (".", ""), ("", "")))
    names = [
        f"{family}, " + blank.join(part[0] + point for part in re.split(r"[ -]", given))
        for family, given in _names(row)
    ]
    row["author"] = " and ".join(names) or row["author"]


def _in_order(maker: _Catalogue, row: Row) -> None:
    """Given names first, and commas between people."""
    names = [f"{given} {family}" for family, given in _names(row)]
    row["author"] = maker.random.choice((" and ", ", ", "; ")).join(names) or row["author"]


def _swapped(_maker: _Catalogue, row: Row) -> None:
    """Family and given name in one another's fields."""
    names = [f"{given}, {family}" for family, given in _names(row)]
    row["author"] = " and ".join(names) or row["author"]


def _transliterated(maker: _Catalogue, row: Row) -> None:
    table = maker.random.choice((_OTHER_LATIN, _CYRILLIC))
    names = [f"{table.get(family, family)}, {given}" for family, given in _names(row)]
    row["author"] = " and ".join(names) or row["author"]


def _few_people(maker: _Catalogue, row: Row) -> None:
    names = [f"{family}, {given}" for family, given in _names(row)]
    if len(names) > 1:
        row["author"] = maker.random.choice((f"{names[0]} et al.", f"{names[0]} and others"))


def _abbreviated(maker: _Catalogue, row: Row) -> None:
    short = _ABBREVIATED.get(row["journal"], row["journal"])
    row["journal"] = maker.random.choice((short, short.replace(".", ""), short.upper()))


def _doi_written(maker: _Catalogue, row: Row) -> None:
    if row["doi"]:
        row["doi"] = maker.random.choice(
            (f"http://dx.doi.org/{row['doi']}", row["doi"].upper(), f"DOI: {row['doi']}",
             f"https://doi.org/{row['doi'].replace('/', '%2F')}", f"{row['doi']}.")
        )  # fmt: skip


def _doi_wrong(maker: _Catalogue, row: Row) -> None:
    """A DOI of some other work, where all else is there to tell."""
    if row["doi"] and row["volume"] and row["pages"] and row["year"] and row["journal"]:
        row["doi"] = maker.doi()


def _doi_lost(_maker: _Catalogue, row: Row) -> None:
    row["doi"] = ""


def _lost(*names: str) -> Callable[[_Catalogue, Row], None]:
    def fault(_maker: _Catalogue, row: Row) -> None:
        for name in names:
            row[name] = ""

    return fault


def _pages_written(maker: _Catalogue, row: Row) -> None:
    first, dash, last = row["pages"].partition("-")
    if dash:
        row["pages"] = maker.random.choice(
            (f"pp. {first}-{last}", f"{first}–{last}", first, f"{first}-{last[-1:]}"
             if first[:-1] == last[:-1] else f"{first}--{last}")
        )  # fmt: skip


def _volume_written(maker: _Catalogue, row: Row) -> None:
    if row["volume"]:
        number = f"({row['number']})" if row["number"] else ""
        row["volume"] = maker.random.choice((f"Vol. {row['volume']}", f"{row['volume']}{number}"))


def _next_year(maker: _Catalogue, row: Row) -> None:
    """Online in one year, printed in the next."""
    if row["year"]:
        row["year"] = str(int(row["year"]) - 1)
        if maker.random.random() < 0.3:
            row["year"] = f"{row['year']}-12-30"


_FAULTS: tuple[Callable[[_Catalogue, Row], None], ...] = (
    _misread, _misread, _hyphenated, _title_html, _title_capitals, _no_subtitle, _bracketed,
    _both_titles, _initials, _initials, _in_order, _swapped, _transliterated, _few_people,
    _abbreviated, _abbreviated, _doi_written, _doi_wrong, _doi_lost, _lost("year"),
    _lost("number"), _lost("volume", "number"), _lost("pages"), _lost("journal"), _pages_written,
    _volume_written, _next_year,
)  # fmt: skip


# --------------------------------------------------------------------------- other works


def _annual(maker: _Catalogue, base: Row) -> list[Row]:
    """A report under one title each year."""
    title = maker.random.choice(
        ("Annual report of the harbour authority", "Report of the editors", base["title"],
         "Statistical yearbook of mines", "Progress report on sediments")
    )  # fmt: skip
    return [
        {
            **maker.place(base),
            "title": title,
            "year": str(int(base["year"]) + step),
            "volume": str(int(base["volume"]) + step),
        }
        for step in (1, 2, 3)
    ]


def _dated(maker: _Catalogue, base: Row) -> list[Row]:
    """Reports with the year in the title, each with a DOI and no other place."""
    title = maker.title()
    plain = {"volume": "", "number": "", "pages": ""}
    return [
        {**base, **plain, "title": f"{title} {year}", "year": str(year), "doi": maker.doi()}
        for year in range(int(base["year"]), int(base["year"]) + 3)
    ]


def _part(maker: _Catalogue, base: Row) -> list[Row]:
    head = base["title"].partition(": ")[0]
    form, numbers = maker.random.choice(
        (("{}. Part {}", "AB"), ("{}: part {}", ("one", "two")), ("{}, {}", ("I", "II")),
         ("{} ({} of 2)", "12"), ("{}. {}. Further results", ("III", "IV")), ("{} {}", "12"))
    )  # fmt: skip
    rows = [{**maker.place(base), "title": form.format(head, number)} for number in numbers]
    if maker.random.random() < 0.4:
        # Both in one issue, one behind the other.
        last = int(rows[0]["pages"].partition("-")[2])
        rows[1] |= {"volume": rows[0]["volume"], "pages": f"{last + 1}-{last + 14}"}
    return rows


def _erratum(maker: _Catalogue, base: Row) -> list[Row]:
    form = maker.random.choice(
        ("Erratum to “{}”", "Corrigendum: {}", "{} [Erratum]", "Publisher Correction: {}",
         "{} (vol 12, pg 4, 1998)", "Retraction Note: {}", "Addendum to: {}",
         "Author Correction: {}", "RETRACTED: {}", "Discussion of “{}”", "Closure to “{}”",
         "Reply to the comment on ‘{}’", "Response to: {}", "Review of: {}")
    )  # fmt: skip
    page = maker.random.randint(1900, 2600)
    row = {**maker.place(base), "title": form.format(base["title"]), "pages": str(page)}
    if form == "RETRACTED: {}":
        return []
    return [{**row, "volume": base["volume"]}]


def _preprint(maker: _Catalogue, base: Row) -> list[Row]:
    server, prefix = maker.random.choice(_SERVERS)
    row = {**base, "journal": server, "volume": "", "number": "", "pages": ""}
    row["doi"] = maker.doi(prefix)
    row["year"] = str(int(base["year"]) - maker.random.randint(0, 1))
    return [row]


def _conference(maker: _Catalogue, base: Row) -> list[Row]:
    first = maker.random.randint(1, 700)
    row = {**base, "journal": maker.random.choice(_MEETINGS), "volume": "", "number": ""}
    row |= {"pages": f"{first}-{first + 5}", "doi": maker.doi() if base["doi"] else ""}
    row["year"] = str(int(base["year"]) - maker.random.randint(0, 2))
    return [row]


def _supplement(maker: _Catalogue, base: Row) -> list[Row]:
    """An abstract of the same title in a supplement of the same volume."""
    page = f"S{maker.random.randint(1, 400)}"
    row = {**base, "number": f"Suppl. {maker.random.randint(1, 3)}", "pages": page}
    return [{**row, "doi": maker.doi() if base["doi"] else ""}]


def _sequel(maker: _Catalogue, base: Row) -> list[Row]:
    """Another paper of the same people in which one word is another."""
    words = base["title"].split(" ")
    for at, word in enumerate(words):
        pool = _NOUNS if word in _NOUNS else _ADJECTIVES if word.title() in _ADJECTIVES else []
        if pool:
            other = maker.random.choice([one for one in pool if one.lower() != word.lower()])
            words[at] = other.title() if word[0].isupper() else other.lower()
            return [{**maker.place(base), "title": " ".join(words)}]
    return []


def _stolen(maker: _Catalogue, base: Row) -> list[Row]:
    """Another work to which a form gave the DOI of this one."""
    if not base["doi"]:
        return []
    row = {**maker.article(), "doi": base["doi"]}
    return [{**row, "title": maker.title(), "author": maker.people()}]


def _thesis(maker: _Catalogue, base: Row) -> list[Row]:
    row = {**base, "journal": "", "volume": "", "number": "", "pages": "", "doi": maker.doi()}
    row["author"] = base["author"].split(" and ")[0]
    return [
        {**row, "year": str(int(base["year"]) - 1), "journal": "PhD thesis, University of Bergen"}
    ]


_OTHERS: tuple[Callable[[_Catalogue, Row], list[Row]], ...] = (
    _annual, _dated, _part, _part, _erratum, _erratum, _preprint, _preprint, _conference,
    _supplement, _sequel, _sequel, _stolen, _thesis,
)  # fmt: skip
