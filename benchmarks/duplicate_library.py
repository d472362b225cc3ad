"""A labelled library of records with their duplicates and with what only looks like one.

Duplicates are a work's record as other databases and other hands give it: slips of the pen, other
case, accents lost, journals abbreviated, initials for names, fields missing, a year one off. What
only looks like one: preprints, parts, errata, comments, conference papers, editions, companion
papers, yearly columns. Everything depends on the seed alone; with `held_out` all words are others.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """What titles, names and journals are made of."""

    subjects: Sequence[str]
    verbs: Sequence[str]
    objects: Sequence[str]
    settings: Sequence[str]
    families: Sequence[str]
    given: Sequence[str]
    journals: Sequence[tuple[str, str]]
    meetings: Sequence[str]


_FIRST = Words(
    subjects=(
        "vesicle cargo|green tea|ankle injuries|bone density|serotonin receptors|gut bacteria|"
        "evening light|knee braces|copper sensors|alpine lakes|neural decoders|soil carbon|"
        "hearing aids|barley roots|urban trees|oxygen therapy|β-catenin signalling|honey bees|"
        "plasma levels|school meals|zebrafish larvae|lung cancer|graph kernels|wind turbines|"
        "type 2 diabetes|infant sleep|IL-6 expression|stroke survivors|rice straw|tidal energy"
    ).split("|"),
    verbs=(
        "affects|predicts|and|in relation to|as a marker of|does not change|under the influence of|"
        "during|before|improves|limits|regulates|as a predictor of|for|reduces"
    ).split("|"),
    objects=(
        "recovery after surgery|dental caries|drought tolerance|protein folding|walking speed|"
        "memory consolidation|nitrogen uptake|hypertension|hypotension|image segmentation|"
        "battery ageing|wound healing|fish migration|cognitive decline|reading fluency|"
        "acute kidney injury|crop yield|river discharge|speech perception|tumour growth|"
        "immune tolerance|fatigue cracks|bird song|traffic noise|insulin resistance"
    ).split("|"),
    settings=(
        "a randomised trial|evidence from Norway|in older adults|a systematic review|in mice|"
        "a cohort study of 1,204 patients|in primary care|lessons from five countries|in women|"
        "in men|a mixed-methods study|a meta-analysis||a case report|in children|||in vitro|"
        "results of a pilot study|a Bayesian approach"
    ).split("|"),
    families=(
        "Müller|Okafor|Brandt|Sørensen|van der Berg|Ku|Lee|García|Dvořák|Haugård|Smith|Chen|Wang|"
        "O'Brien|Núñez|Petrov|Tanaka|de la Cruz|Kowalski|Larsson|Ahmed|Nguyen|Rossi|Silva|Fischer|"
        "Marsh|Novak|Ivanova|Yılmaz|Bianchi|Dubois|Hansen|Mbeki|Patel|Kim|Zhang|Li|Cohen|Weiß"
    ).split("|"),
    given=(
        "Ana|Bo|Cora Dee|Émile|Fatima|George Ian|Hua|Jean-Luc|Karl|Lars|"
        "Mia|Noor|Olga|Peter|Quentin|"
        "Rosa|Sven|Tara|Uma|Viktor|Wei|Xin|Yara|Zoë"
    ).split("|"),
    journals=tuple(
        (full, short)
        for full, short in (
            pair.split("=")
            for pair in (
                "Journal of Cell Biology=J Cell Biol|The Lancet Oncology=Lancet Oncol|"
                "Proceedings of the National Academy of Sciences=PNAS|Soil Science=Soil Sci.|"
                "Annals of Botany=Ann. Bot.|IEEE Transactions on Image Processing=IEEE Trans Image "
                "Process|International Journal of Stroke=Int J Stroke|"
                "PLoS ONE=PLOS One|Sleep=Sleep|"
                "British Medical Journal=BMJ|European Heart Journal=Eur. Heart J.|"
                "Journal of the American Medical Association=JAMA|Water Research=Water Res|"
                "American Journal of Sports Medicine=Am J Sports Med|"
                "Nature Communications=Nat Commun"
            ).split("|")
        )
    ),
    meetings=(
        "Proceedings of the 12th International Conference on Machine Learning|"
        "European Congress of Radiology|Symposium on Field Robotics|"
        "Annual Meeting of the Sleep Society"
    ).split("|"),
)
_HELD_OUT = Words(
    subjects=(
        "medieval guilds|tax evasion|lattice gauge theories|Byzantine coins|voter turnout|"
        "dark matter haloes|rural schooling|bilingual toddlers|quantum dots|monetary policy|"
        "Kantian ethics|coastal erosion|court archives|solar neutrinos|housing markets|folk songs|"
        "superconducting films|trade unions|graphene ribbons|"
        "minimum wages|street names|spin chains|"
        "class sizes|war memorials|exchange rates|gravity waves|parish registers|Brownian motion"
    ).split("|"),
    verbs=(
        "and the rise of|without|versus|at the origin of|explain|shape|in the shadow of|beyond|"
        "as drivers of|near|constrain|through the lens of|reconsidered with|induce|meet"
    ).split("|"),
    objects=(
        "state formation|labour supply|phase transitions|literary taste|economic growth|"
        "galaxy clusters|moral luck|income inequality|thermal conductivity|colonial trade|"
        "language attrition|party loyalty|topological order|inflation expectations|land reform|"
        "social mobility|critical exponents|religious dissent|sound change|public debt|"
        "magnetic vortices|family size|early printing|credit rationing"
    ).split("|"),
    settings=(
        "a theory with evidence|1780–1830|against the sceptics|evidence from panel data||||"
        "the case of Bohemia|an experiment|at low temperature|in two dimensions|a long view|"
        "a numerical study|new archival sources|a natural experiment|in three dimensions"
    ).split("|"),
    families=(
        "Andersson|Björk|Çelik|Durand|Eriksen|Fernández|Grünwald|Horváth|Iyer|Jørgensen|Kovács|"
        "Lefèvre|MacDonald|Nakamura|Oliveira|Papadopoulos|Quispe|Rahman|Svoboda|Thompson|Umarov|"
        "von Neumann|Wu|Xu|Yamada|Zhou|Żak|Ferrari|Schmidt|Jones|Brown|Gupta|Park|Liu"
    ).split("|"),
    given=(
        "Adèle|Bruno|Chiara|David Lee|Elif|François|Greta|Hans-Peter|Inés|Jun|Kofi|Lin|Marek|Nadia|"
        "Oskar|Priya|Rafael|Sofia|Tomás|Ursula|Vera|William Henry|Yuki|Zuzanna"
    ).split("|"),
    journals=tuple(
        (full, short)
        for full, short in (
            pair.split("=")
            for pair in (
                "Physical Review Letters=Phys. Rev. Lett.|"
                "Journal of Political Economy=J Polit Econ|"
                "Quarterly Journal of Economics=Q. J. Econ.|The Astrophysical Journal=Astrophys J|"
                "Past & Present=Past and Present|Review of Economic Studies=Rev Econ Stud|"
                "Journal of Economic History=J. Econ. Hist.|Language=Language|"
                "Annales de l'Institut Henri Poincaré=Ann. Inst. Henri Poincaré|"
                "American Economic Review=Am Econ Rev|New Journal of Physics=New J. Phys.|"
                "European Review of History=Eur Rev Hist|Nuclear Physics B=Nucl. Phys. B"
            ).split("|")
        )
    ),
    meetings=(
        "Proceedings of the Econometrics Workshop|International Symposium on Lattice Field Theory|"
        "Congress of Historical Sciences"
    ).split("|"),
)


def library(works: int, *, seed: int, held_out: bool = False) -> list[Row]:
    """The rows in an order without meaning; `works` counts what is not derived from another."""
    rng = random.Random(f"{seed} {held_out}")
    maker = _Maker(rng, _HELD_OUT if held_out else _FIRST)
    for _ in range(works):
        maker.work()
    rng.shuffle(maker.rows)
    return maker.rows


class _Maker:
    """Makes works one after the other, each with its records."""

    def __init__(self, rng: random.Random, words: Words) -> None:
        self.rng = rng
        self.words = words
        self.rows: list[Row] = []
        self._labels = 0

    def work(self) -> None:
        """A work, its duplicates, and now and then a neighbour that is another work."""
        base = self._article()
        self._recorded(base)
        if self.rng.random() < 0.35:
            for other in self.rng.choice(_NEIGHBOURS)(self, base):
                self._recorded(other)

    def _recorded(self, row: Row) -> None:
        self._labels += 1
        label = f"w{self._labels}"
        self.rows.append({**row, "label": label})
        copies = self.rng.choices((0, 1, 2, 4), (0.5, 0.3, 0.15, 0.05))[0]
        for _ in range(copies):
            self.rows.append({**self._copied(row), "label": label})

    def title(self) -> str:
        """A title of four to twelve words, some with a subtitle."""
        pick, words = self.rng.choice, self.words
        head = f"{pick(words.subjects)} {pick(words.verbs)} {pick(words.objects)}"
        if self.rng.random() < 0.3:
            head = f"{pick(('The role of', 'Effects of', 'On', 'Rethinking'))} {head}"
        setting = pick(words.settings)
        title = f"{head}{pick((': ', ' – ', '. '))}{setting}" if setting else head
        return title[0].upper() + title[1:]

    def names(self) -> list[tuple[str, str]]:
        """One to seven authors, family and given name."""
        count = self.rng.choices(range(1, 8), (3, 4, 4, 3, 2, 1, 1))[0]
        families = self.rng.sample(list(self.words.families), count)
        return [(family, self.rng.choice(self.words.given)) for family in families]

    def _article(self) -> Row:
        first = self.rng.randint(1, 2400)
        online = self.rng.random() < 0.2
        pages = f"e{first * 37}" if online else f"{first}-{first + self.rng.randint(1, 22)}"
        return {
            "title": self.title(),
            "author": _joined(self.names()),
            "year": str(self.rng.randint(1975, 2025)),
            "journal": self.rng.choice(self.words.journals)[0],
            "doi": self.doi() if self.rng.random() < 0.8 else "",
            "volume": str(self.rng.randint(1, 140)),
            "number": str(self.rng.randint(1, 12)) if self.rng.random() < 0.8 else "",
            "pages": pages,
        }

    def doi(self, prefix: str = "") -> str:
        """A DOI that no other record has."""
        prefix = prefix or f"10.{self.rng.randint(1000, 9999)}"
        return f"{prefix}/{self.rng.choice('jsx')}.{self.rng.randint(10**7, 10**9)}"

    # ----------------------------------------------------------------------- duplicates

    def _copied(self, row: Row) -> Row:
        """The same work as another source records it: one to five changes.

        Of a record without a place, which is a preprint or a meeting's paper, journal or DOI stays:
        nobody could tell the rest from the article.
        """
        copy = dict(row)
        for change in self.rng.sample(_CHANGES, self.rng.randint(1, 5)):
            change(self, copy)
        if not row["volume"] and not copy["journal"] and not copy["doi"]:
            copy["journal"] = row["journal"]
        return copy

    def slip(self, text: str) -> str:
        """One slip of the pen in a word of five letters or more."""
        words = text.split(" ")
        long = [at for at, word in enumerate(words) if len(word) > 4 and word.isalpha()]
        if not long:
            return text
        at = self.rng.choice(long)
        word, place = words[at], self.rng.randint(1, len(words[at]) - 2)
        kind = self.rng.randrange(4)
        if kind == 0:
            word = word[:place] + word[place + 1 :]
        elif kind == 1:
            word = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        elif kind == 2:
            word = word[:place] + self.rng.choice("aeiorstn") + word[place:]
        else:
            word = word[:place] + self.rng.choice("aeiorstn") + word[place + 1 :]
        words[at] = word
        return " ".join(words)


# --------------------------------------------------------------------------- changes


def _joined(names: Sequence[tuple[str, str]]) -> str:
    return " and ".join(f"{family}, {given}" for family, given in names)


def _parted(author: str) -> list[tuple[str, str]]:
    pairs = (name.partition(", ") for name in author.split(" and ") if name)
    return [(family, given) for family, _, given in pairs]


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    return "".join(c for c in letters if not unicodedata.combining(c))


def _title_slip(maker: _Maker, row: Row) -> None:
    for _ in range(maker.rng.choice((1, 1, 1, 2))):
        row["title"] = maker.slip(row["title"])


def _title_case(maker: _Maker, row: Row) -> None:
    row["title"] = maker.rng.choice((str.upper, str.title, str.lower))(row["title"]) + "."


def _title_remark(maker: _Maker, row: Row) -> None:
    row["title"] += maker.rng.choice((" [Review] [45 refs]", " (Abstract)", ".", " [Article in X]"))


def _title_markup(maker: _Maker, row: Row) -> None:
    first, _, rest = row["title"].partition(" ")
    row["title"] = maker.rng.choice((f"<i>{first}</i> {rest}", f"{{{first}}} {rest}"))
    row["title"] = row["title"].replace("β", "beta").replace("–", "--")


def _accents(_maker: _Maker, row: Row) -> None:
    row["title"], row["author"] = _bare(row["title"]), _bare(row["author"])


def _subtitle_lost(maker: _Maker, row: Row) -> None:
    head, mark, tail = row["title"].partition(": ")
    if mark and tail in maker.words.settings:
        row["title"] = head


def _initials(_maker: _Maker, row: Row) -> None:
    names = [
        (family, " ".join(f"{part[0]}." for part in given.replace("-", " ").split()))
        for family, given in _parted(row["author"])
        if given
    ]
    if names:
        row["author"] = _joined(names)


def _glued_initials(maker: _Maker, row: Row) -> None:
    names = [
        (family, "".join(part[0] for part in given.replace("-", " ").split()))
        for family, given in _parted(row["author"])
        if given
    ]
    if names:
        row["author"] = maker.rng.choice((" and ", "; ")).join(f"{f} {g}" for f, g in names)


def _first_author(_maker: _Maker, row: Row) -> None:
    if names := _parted(row["author"]):
        row["author"] = _joined(names[:1]) + " and others"


def _author_slip(maker: _Maker, row: Row) -> None:
    names = _parted(row["author"])
    at = maker.rng.randrange(len(names)) if names else 0
    if names and len(names[at][0]) > 4:
        names[at] = (maker.slip(names[at][0]), names[at][1])
        row["author"] = _joined(names)


def _journal_short(maker: _Maker, row: Row) -> None:
    row["journal"] = dict(maker.words.journals).get(row["journal"], row["journal"])


def _journal_slip(maker: _Maker, row: Row) -> None:
    # Names of one word, such as those of preprint servers, are seldom written by hand.
    if " " in row["journal"]:
        row["journal"] = maker.slip(row["journal"])


def _no_doi(_maker: _Maker, row: Row) -> None:
    row["doi"] = ""


def _doi_form(maker: _Maker, row: Row) -> None:
    if row["doi"]:
        row["doi"] = maker.rng.choice(
            (f"https://doi.org/{row['doi']}", row["doi"].upper(), f"doi:{row['doi']}")
        )


def _lost(name: str) -> Callable[[_Maker, Row], None]:
    def change(_maker: _Maker, row: Row) -> None:
        row[name] = ""

    return change


def _pages_form(maker: _Maker, row: Row) -> None:
    first, dash, last = row["pages"].partition("-")
    if dash:
        short = last[-2:] if len(last) == len(first) and last[:-2] == first[:-2] else last
        row["pages"] = maker.rng.choice((first, f"{first}--{last}", f"{first}–{short}"))
    else:
        row["pages"] = row["pages"].removeprefix("e")


def _pages_slip(_maker: _Maker, row: Row) -> None:
    if row["doi"] or row["volume"]:
        first, dash, last = row["pages"].partition("-")
        if first.isdigit() and len(first) > 2:
            row["pages"] = f"{first[0]}{first[2]}{first[1]}{first[3:]}{dash}{last}"


def _year_off(maker: _Maker, row: Row) -> None:
    if row["year"]:
        row["year"] = str(int(row["year"]) + maker.rng.choice((-1, 1)))


_CHANGES: tuple[Callable[[_Maker, Row], None], ...] = (
    _title_slip, _title_case, _title_remark, _title_markup, _accents, _subtitle_lost, _initials,
    _glued_initials, _first_author, _author_slip, _journal_short, _journal_slip, _no_doi, _no_doi,
    _doi_form, _lost("number"), _lost("volume"), _lost("pages"), _lost("journal"), _pages_form,
    _pages_slip, _year_off,
)  # fmt: skip


# --------------------------------------------------------------------------- neighbours


def _elsewhere(maker: _Maker, base: Row) -> Row:
    """The record with a place and a DOI of its own in the same journal."""
    first = maker.rng.randint(1, 2400)
    return {
        **base,
        "doi": maker.doi() if base["doi"] and maker.rng.random() < 0.8 else "",
        "volume": str(int(base["volume"]) + maker.rng.randint(0, 1)),
        "pages": f"{first}-{first + 9}",
    }


def _preprint(maker: _Maker, base: Row) -> list[Row]:
    server, prefix = maker.rng.choice(
        (("bioRxiv", "10.1101"), ("medRxiv", "10.1101"), ("arXiv", "10.48550"), ("SSRN", "10.2139"),
         ("Research Square", "10.21203"), ("PsyArXiv", "10.31234"))
    )  # fmt: skip
    return [
        {
            **base,
            "journal": server,
            "year": str(int(base["year"]) - maker.rng.randint(0, 1)),
            "doi": maker.doi(prefix) if maker.rng.random() < 0.7 else "",
            "volume": "",
            "number": "",
            "pages": "",
        }
    ]


def _parts(maker: _Maker, base: Row) -> list[Row]:
    head = base["title"].partition(": ")[0]
    form = maker.rng.choice((": Part {}", ". Part {}", " ({})", " - {}", ". {}. Continued"))
    numerals = maker.rng.choice((("I", "II", "III"), ("1", "2", "3")))
    rows = [{**_elsewhere(maker, base), "title": head + form.format(n)} for n in numerals]
    return rows[: maker.rng.randint(2, 3)]


def _notice(maker: _Maker, base: Row) -> list[Row]:
    form = maker.rng.choice(
        ("Erratum: {}", "Correction to: {}", "Corrigendum to “{}”", "Retraction: {}",
         "{} (Erratum)", "Comment on: {}",
         "Reply to comment on “{}”", "Author response: {}", "Letter on: {}")
    )  # fmt: skip
    row = {**_elsewhere(maker, base), "title": form.format(base["title"])}
    return [{**row, "volume": base["volume"], "year": base["year"]}]


def _meeting(maker: _Maker, base: Row) -> list[Row]:
    first = maker.rng.randint(1, 900)
    return [
        {
            **base,
            "journal": maker.rng.choice(maker.words.meetings),
            "year": str(int(base["year"]) - maker.rng.randint(0, 2)),
            "doi": maker.doi() if maker.rng.random() < 0.5 else "",
            "volume": "",
            "number": "",
            "pages": f"{first}-{first + 7}" if maker.rng.random() < 0.6 else "",
        }
    ]


def _companion(maker: _Maker, base: Row) -> list[Row]:
    """Another paper of the same authors in the same year, one phrase of its title another."""
    title = base["title"]
    for choices in (maker.words.objects, maker.words.subjects):
        phrase = next((one for one in choices if one in title), "")
        if phrase:
            other = maker.rng.choice([one for one in choices if one != phrase])
            return [{**_elsewhere(maker, base), "title": title.replace(phrase, other)}]
    return []


def _yearly(maker: _Maker, base: Row) -> list[Row]:
    """A column under one title year after year."""
    title = maker.rng.choice(("Editorial", "Letter to the editor", "Editors' note", base["title"]))
    return [
        {
            **_elsewhere(maker, base),
            "title": title,
            "year": str(int(base["year"]) + step),
            "volume": str(int(base["volume"]) + step),
        }
        for step in (2, 4)
    ]


def _edition(maker: _Maker, base: Row) -> list[Row]:
    numbers = maker.rng.choice((("second", "third"), ("2nd", "3rd")))
    return [
        {
            **base,
            "title": f"{base['title']}, {number} edition",
            "year": str(int(base["year"]) + 4 * step),
            "doi": "",
            "journal": "",
            "volume": "",
            "number": "",
            "pages": "",
        }
        for step, number in enumerate(numbers)
    ]


_NEIGHBOURS: tuple[Callable[[_Maker, Row], list[Row]], ...] = (
    _preprint, _preprint, _parts, _parts, _notice, _notice, _meeting, _companion, _companion,
    _yearly, _edition,
)  # fmt: skip
