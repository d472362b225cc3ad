"""Units of measure and number words: the one form that each of their spellings counts as."""

from __future__ import annotations

_NAMES = """
    % : percent percents
    nm : nanometer nanometers nanometre nanometres
    µm : micrometer micrometers micrometre micrometres micron microns
    mm : millimeter millimeters millimetre millimetres
    cm : centimeter centimeters centimetre centimetres
    metre : meter meters metres
    km : kilometer kilometers kilometre kilometres
    ng : nanogram nanograms
    µg : microgram micrograms
    mg : milligram milligrams
    gram : grams gramme grammes
    kg : kilogram kilograms
    µl : microliter microliters microlitre microlitres
    ml : milliliter milliliters millilitre millilitres
    litre : liter liters litres
    kda : kilodalton kilodaltons
    bp : basepair basepairs
    celsius :
    hz : hertz
    second : seconds sec secs
    minute : minutes mins
    hour : hours hr hrs
    day : days
    week : weeks wk wks
    month : months
    year : years yr yrs
    """
_SYMBOLS = """
    % nm µm um:µm mm cm km pg ng µg ug:µg mcg:µg mg kg µl ul:µl ml kda bp mmhg hz °c:celsius
    nM:nanomolar µM:micromolar uM:micromolar mM:millimolar
    """
_SYMBOLS_AFTER_A_NUMBER = """
    m:metre g:gram l:litre L:litre h:hour s:second d:day y:year min:minute mo:month kb
    """
_TO_TWENTY = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
    """
_TENS = "thirty forty fifty sixty seventy eighty ninety"


def _table(lines: str) -> dict[str, str]:
    found = {}
    for line in lines.strip().splitlines():
        unit, _, names = line.partition(":")
        found.update(dict.fromkeys([unit.strip(), *names.split()], unit.strip()))
    return found


def _pairs(words: str) -> dict[str, str]:
    pairs = (word.partition(":") for word in words.split())
    return {written: unit or written for written, _, unit in pairs}


NAMES = _table(_NAMES)
"""Units by their names in lower case, wherever they stand."""

SYMBOLS = _pairs(_SYMBOLS)
"""Units by symbols that mean nothing else; those of amounts per volume tell case apart (nM, nm)."""

AFTER_A_NUMBER = _pairs(_SYMBOLS_AFTER_A_NUMBER)
"""Units by symbols that are units only behind a number."""

UNITS = frozenset((*NAMES.values(), *SYMBOLS.values(), *AFTER_A_NUMBER.values()))
"""The forms that count."""

MEASURED = UNITS | frozenset(
    "patient particip peopl women men children case death mice million billion fold".split()
)
"""Stems behind which a number is a measure or a count."""

NUMBER_WORDS = {word: str(value) for value, word in enumerate(_TO_TWENTY.split(), 2)} | {
    word: str(value * 10) for value, word in enumerate(_TENS.split(), 3)
}
"""Number words as digits. "One" is left out: it is a pronoun more often than a count."""

ROUND = frozenset(("20", "30", "40", "50", "60", "70", "80", "90"))
"""The tens, which a word of one digit may follow: twenty-five."""


_SCALES = """
    length : nm 1 µm 1e3 mm 1e6 cm 1e7 metre 1e9 km 1e12
    mass : pg 1 ng 1e3 µg 1e6 mg 1e9 gram 1e12 kg 1e15
    volume : µl 1 ml 1e3 litre 1e6
    amount : nanomolar 1 micromolar 1e3 millimolar 1e6
    time : second 1 minute 60 hour 3600 day 86400 week 604800 month 2629800 year 31557600
    bases : bp 1 kb 1e3
    count : million 1 billion 1e3
    patients : patients 1 people 1 participants 1
"""


def _scales() -> dict[str, tuple[str, float]]:
    found = {}
    for line in _SCALES.strip().splitlines():
        dimension, _, pairs = line.partition(":")
        parts = pairs.split()
        for name, factor in zip(parts[::2], parts[1::2], strict=True):
            found[name] = (dimension.strip(), float(factor))
    return found


SCALES = _scales()
"""What each unit measures, and how many of the smallest unit of that it is."""

_LONGEST_SYMBOL = max(map(len, SYMBOLS))


def unit(word: str) -> str:
    """The unit that the word is wherever it stands, "" where it is none."""
    if word.isalpha() and len(word) > _LONGEST_SYMBOL:
        return ""
    plain = "".join(word.split()).replace("μ", "µ")
    return SYMBOLS.get(plain) or SYMBOLS.get(plain.casefold().replace("μ", "µ")) or ""
