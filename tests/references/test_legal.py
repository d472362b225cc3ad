"""Cases, statutes, treaties and acts: known by their forms, and nothing else is taken for one."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.export.csl import items
from exocite.model import Reference
from exocite.references.entries import from_parsed
from exocite.references.legal import CASE, LEGISLATION, legal
from exocite.references.parse import parse
from tests.timing import assert_linear

# Works that exist; their bibliographic data are facts.
CASES: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("Roe v. Wade, 410 U.S. 113 (1973).",
     {"title": "Roe v. Wade", "volume": "410", "reporter": "U.S.", "pages": "113", "year": "1973"}),
    ("1. Brown v. Board of Education, 347 U.S. 483, 495 (1954)",
     {"title": "Brown v. Board of Education", "pages": "483", "year": "1954"}),
    ("United States v. Microsoft Corp., 253 F.3d 34 (D.C. Cir. 2001)",
     {"title": "United States v. Microsoft Corp", "reporter": "F.3d", "court": "D.C. Cir."}),
    ("In re Gault, 387 U.S. 1 (1967)", {"title": "In re Gault", "volume": "387", "pages": "1"}),
    ("Obergefell v. Hodges, No. 14-556, slip op. (U.S. June 26, 2015)",
     {"title": "Obergefell v. Hodges", "number": "14-556", "court": "U.S.", "year": "2015"}),
    ("Donoghue v Stevenson [1932] AC 562 (HL).",
     {"title": "Donoghue v Stevenson", "reporter": "AC", "pages": "562", "court": "HL"}),
    ("R (Miller) v Secretary of State for Exiting the European Union [2017] UKSC 5, [2018] AC 61",
     {"court": "UKSC", "number": "5", "year": "2017"}),
    ("Rylands v Fletcher (1868) LR 3 HL 330", {"year": "1868", "pages": "330"}),
    ("Carlill v Carbolic Smoke Ball Co [1893] 1 QB 256",
     {"volume": "1", "reporter": "QB", "pages": "256"}),
    ("Re A (Children) [2001] 2 WLR 480", {"title": "Re A (Children)", "reporter": "WLR"}),
    (("Case C-131/12 Google Spain SL v Agencia Española de Protección de Datos [2014]"
     " ECLI:EU:C:2014:317."),
     {"number": "C-131/12", "reporter": "ECLI:EU:C:2014:317", "year": "2014"}
     | {"title": "Google Spain SL v Agencia Española de Protección de Datos"}),
    ("Case C-362/14, Maximillian Schrems v Data Protection Commissioner, EU:C:2015:650",
     {"number": "C-362/14", "year": "2015"}),
    ("Joined Cases C-293/12 and C-594/12 Digital Rights Ireland [2014] ECLI:EU:C:2014:238",
     {"number": "C-293/12 and C-594/12", "title": "Digital Rights Ireland"}),
    ("Handyside v United Kingdom (1976) Series A no 24", {"reporter": "Series A", "volume": "24"}),
    ("Omojudi v UK App no 1820/08 (ECtHR, 24 November 2009)",
     {"number": "1820/08", "court": "ECtHR", "year": "2009"}),
    ("BVerfG, Beschluss vom 24. März 2021 - 1 BvR 2656/18",
     {"court": "BVerfG", "number": "1 BvR 2656/18", "year": "2021"}),
    ("BGH, Urteil vom 12.03.2019 – VI ZR 123/18, NJW 2019, 1234.",
     {"court": "BGH", "number": "VI ZR 123/18", "reporter": "NJW", "pages": "1234"}),
    ("BVerfGE 65, 1 (43).", {"reporter": "BVerfGE", "volume": "65", "pages": "1", "year": ""}),
    ("CE, 12 mai 2015, n° 374386.", {"court": "CE", "number": "374386", "year": "2015"}),
)  # fmt: skip
ACTS: tuple[tuple[str, Mapping[str, str]], ...] = (
    (("Regulation (EU) 2016/679 of the European Parliament and of the Council of 27 April 2016 on"
     " the protection of natural persons, OJ L 119, 4.5.2016, p. 1–88."),
     {"number": "2016/679", "reporter": "OJ L", "volume": "119", "pages": "1–88", "year": "2016"}),
    (("Directive 95/46/EC of the European Parliament and of the Council of 24 October 1995 on the"
     " protection of individuals [1995] OJ L281/31"),
     {"number": "95/46/EC", "volume": "281", "pages": "31", "year": "1995"}),
    ("Council Regulation (EC) No 1/2003 of 16 December 2002 on competition [2003] OJ L1/1",
     {"number": "1/2003", "title": "Council Regulation (EC) No 1/2003 of 16 December 2002 on"
      " competition", "year": "2003"}),
    (("European Parliament and Council. Regulation (EU) 2017/745 on medical devices."
     " https://eur-lex.europa.eu/x"),
     {"title": "Regulation (EU) 2017/745 on medical devices", "year": "2017"}),
    ("Verordnung (EU) Nr. 1169/2011 des Europäischen Parlaments", {"number": "1169/2011"}),
    ("Patient Protection and Affordable Care Act, Pub. L. No. 111-148, 124 Stat. 119 (2010).",
     {"title": "Patient Protection and Affordable Care Act", "number": "Pub. L. No. 111-148"}
     | {"reporter": "Stat.", "volume": "124", "pages": "119", "year": "2010"}),
    ("Americans with Disabilities Act of 1990, 42 U.S.C. § 12101 et seq. (1990).",
     {"title": "Americans with Disabilities Act of 1990", "reporter": "U.S.C.", "volume": "42"}),
    ("42 U.S.C. § 1983 (2018)", {"volume": "42", "pages": "§ 1983", "year": "2018"}),
    ("21 C.F.R. § 101.9 (2020).", {"reporter": "C.F.R.", "pages": "§ 101.9"}),
    ("Cal. Penal Code § 187 (West 2014)", {"reporter": "Cal. Penal Code", "year": "2014"}),
    (("Vienna Convention on the Law of Treaties (adopted 23 May 1969, entered into force 27 January"
     " 1980) 1155 UNTS 331"),
     {"title": "Vienna Convention on the Law of Treaties", "reporter": "UNTS", "year": "1969"}),
    ("Convention on Biological Diversity, June 5, 1992, 1760 U.N.T.S. 79.",
     {"title": "Convention on Biological Diversity", "volume": "1760", "pages": "79"}),
    ("Treaty on European Union [2012] OJ C326/13",
     {"title": "Treaty on European Union", "volume": "326", "pages": "13"}),
    ("Human Rights Act 1998, s 6",
     {"title": "Human Rights Act 1998", "pages": "s 6", "year": "1998"}),
    ("Data Protection Act 2018 (c. 12). Available at: https://www.legislation.gov.uk/x",
     {"title": "Data Protection Act 2018", "number": "12"}),
    ("The Food Information Regulations 2014, SI 2014/1855", {"number": "2014/1855"}),
    ("Privacy Act 1988 (Cth)", {"title": "Privacy Act 1988"}),
    ("Bundesdatenschutzgesetz vom 30. Juni 2017 (BGBl. I S. 2097).",
     {"title": "Bundesdatenschutzgesetz", "reporter": "BGBl. I", "pages": "2097"}),
    ("§ 823 Abs. 1 BGB", {"title": "BGB", "pages": "§ 823 Abs. 1"}),
    ("Loi n° 78-17 du 6 janvier 1978 relative à l’informatique, aux fichiers et aux libertés",
     {"number": "78-17", "year": "1978"}),
)  # fmt: skip
ABOUT_LAW = (
    "Brandt O. The Human Rights Act 1998 and its readers. Public Law. 2001;14:3–9.",
    "Brandt, O. (2018). “Roe v. Wade, fifty years on.” Yale L. J. 12, 3 (2019).",
    "Smith, J. (1999). Clean Air Act of 1990. Journal of Law, 3, 2–9.",
    "World Health Organization. Framework Convention on Tobacco Control. Geneva: WHO; 2003.",
    "Declaration of Helsinki: ethical principles. JAMA 310 (2013): 2191-2194.",
    "Protocol for a trial of tea. Trials 2019;20:3.",
    "The Code of Life 1999. London: Moss Press.",
    "Poor Law and Order 1834: A History. Leeds: Moss Press, 2011.",
    "Kramer v. the World: a study. Brandt O. J Law. 2018;14(3):201-219.",
)


@pytest.mark.parametrize(
    ("raw", "kind", "wanted"),
    [
        *((raw, CASE, wanted) for raw, wanted in CASES),
        *((raw, LEGISLATION, wanted) for raw, wanted in ACTS),
    ],
)
def test_what_is_printed(raw: str, kind: str, wanted: Mapping[str, str]) -> None:
    read = legal(raw)
    assert read is not None
    assert read.type == kind
    assert {name: getattr(read, name) for name in wanted} == dict(wanted)
    for span in read.spans:
        printed = raw[span.span.start : span.span.end]
        assert getattr(read, span.name) in printed or printed in getattr(read, span.name)


@pytest.mark.parametrize("raw", ABOUT_LAW)
def test_what_is_written_about_law_is_no_law(raw: str) -> None:
    assert legal(raw) is None


def test_places_count_in_the_text_as_it_is() -> None:
    raw = "[3]  Roe v.\n  Wade, 410 U.S. 113\n(1973)"
    read = legal(raw)
    assert read is not None
    year = next(span.span for span in read.spans if span.name == "year")
    assert raw[year.start : year.end] == "1973"
    assert read.title == "Roe v. Wade"


@pytest.mark.parametrize(
    ("raw", "type_", "csl"),
    [
        ("Roe v. Wade, 410 U.S. 113 (1973).", "jurisdiction", "legal_case"),
        ("Human Rights Act 1998, s 6", "legislation", "legislation"),
    ],
)
def test_the_entry_keeps_its_kind_in_an_export(raw: str, type_: str, csl: str) -> None:
    kind, fields = from_parsed(parse(raw))
    assert kind == type_
    item = items([Reference("x", kind, fields)])[0]
    assert item["type"] == csl
    assert str(item["title"]).casefold()[:8] == raw.casefold()[:8]


@given(st.text(alphabet="Av. [](1973),U.S§Act ofRe:/-No", max_size=120) | st.text(max_size=200))
def test_any_text_is_read_alike_twice(raw: str) -> None:
    read = legal(raw)
    assert read == legal(raw)
    assert read is None or all(0 <= s.span.start < s.span.end <= len(raw) for s in read.spans)


@pytest.mark.parametrize(
    "piece", ["A v. ", "Act of ", "Convention ", "§ 1 ", "Regulation (EU) ", "Re A (", "Gesetz "]
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def spent(length: int) -> float:
        text = (piece * length)[:length]
        started = time.process_time()
        legal(text)
        return time.process_time() - started

    assert_linear(spent, 500, 4)
