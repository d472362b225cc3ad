"""Small pieces of LaTeX as a person reads them: notes of a citation, units, mathematics."""

from __future__ import annotations

import re
import unicodedata

from exocite.patterns import regex
from exocite.readers.raised import shown
from exocite.symbols import ACCENTS, SPACING, WORDS
from exocite.text import collapsed

ACCENT = regex(
    r"\\(?:(?P<sign>[`'^\"~=.])|(?P<letter>[uvHtcdbkr])(?![A-Za-z]))[ \t]*+"
    r"(?:\{\s*+(?P<group>[^\W\d_]|\\[ij])?+\s*+\}|(?P<command>\\[ij])(?![A-Za-z])[ \t]?"
    r"|(?P<bare>[^\W\d_]))"
)
"""An accent and the letter, in braces or not, that bears it."""

_COMMAND = regex(r"\\([A-Za-z]+)\*?[ \t]*|\\(.)", re.DOTALL)
_DROPPED = regex(
    r"\\(?:label|tag|eqlabel|hspace|vspace|color)\*?\s*\{[^{}]*\}|\\(?:begin|end)\s*\{[^{}]*\}"
    r"|\\(?:left|right|[bB]igg?[lr]?|nonumber|notag|displaystyle|limits)(?![A-Za-z])"
    r"|(?<!\\)%[^\r\n]*"
)
_SIGNS = {",": " ", ";": " ", ":": " ", "!": "", "/": "", "-": "", "@": "", "\\": " "}
_FONTS = frozenset(
    """
    mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr text textrm textbf textit
    textsf textsl textsc texttt emph boldsymbol bm rm bf it sf operatorname mbox ensuremath vec
    """.split()
)
_PREFIXES = {
    "quecto": "q", "ronto": "r", "yocto": "y", "zepto": "z", "atto": "a", "femto": "f",
    "pico": "p", "nano": "n", "micro": "µ", "milli": "m", "centi": "c", "deci": "d", "deca": "da",
    "deka": "da", "hecto": "h", "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "peta": "P",
    "exa": "E", "zetta": "Z", "yotta": "Y",
}  # fmt: skip
_UNITS = {
    "ampere": "A", "candela": "cd", "kelvin": "K", "kilogram": "kg", "gram": "g", "metre": "m",
    "meter": "m", "mole": "mol", "second": "s", "becquerel": "Bq", "celsius": "°C",
    "degreeCelsius": "°C", "coulomb": "C", "farad": "F", "gray": "Gy", "hertz": "Hz",
    "henry": "H", "joule": "J", "katal": "kat", "lumen": "lm", "lux": "lx", "newton": "N",
    "ohm": "Ω", "pascal": "Pa", "radian": "rad", "siemens": "S", "sievert": "Sv",
    "steradian": "sr", "tesla": "T", "volt": "V", "watt": "W", "weber": "Wb", "day": "d",
    "hour": "h", "minute": "min", "hectare": "ha", "litre": "L", "liter": "L", "tonne": "t",
    "dalton": "Da", "electronvolt": "eV", "bel": "B", "decibel": "dB", "neper": "Np",
    "percent": "%", "degree": "°", "arcminute": "′", "arcsecond": "″", "angstrom": "Å",
    "bar": "bar", "parsec": "pc", "year": "yr", "astronomicalunit": "au", "molar": "M",
    "byte": "B", "bit": "bit", "mmHg": "mmHg", "kg": "kg", "mg": "mg", "ug": "µg", "ng": "ng",
    "g": "g", "m": "m", "km": "km", "cm": "cm", "mm": "mm", "um": "µm", "nm": "nm", "s": "s",
    "ms": "ms", "us": "µs", "ns": "ns", "Hz": "Hz", "kHz": "kHz", "MHz": "MHz", "GHz": "GHz",
    "K": "K", "kPa": "kPa", "MPa": "MPa", "Pa": "Pa", "kJ": "kJ", "J": "J", "kW": "kW", "W": "W",
    "V": "V", "mV": "mV", "eV": "eV", "keV": "keV", "MeV": "MeV", "GeV": "GeV", "TeV": "TeV",
    "L": "L", "l": "L", "mL": "mL", "ml": "mL", "uL": "µL", "mol": "mol", "mmol": "mmol",
    "kWh": "kWh",
}  # fmt: skip
_POWERS = {"squared": "²", "cubed": "³", "square": "²", "cubic": "³"}
_RAISED = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
_TOKEN = regex(r"\\([A-Za-z]+)\s*|\^\{?([-+]?\d{1,4})\}?|([^\\^]+|.)", re.DOTALL)
_NUMBER = regex(r"([-+]?[\d.,()]+)\s*[eEdD]\s*([-+]?\d{1,4})")
_POWER = regex(r"\^\s?(?:([-+]?\d|[ni*+-])(?![\w}])|\{\s*([^{}^_]{1,15}?)\s*\})")
_DEGREE = regex(r"\^\s?(?:\{\s*\\circ\s*\}|\\circ(?![A-Za-z]))")
FRACTIONS = frozenset(("frac", "tfrac", "dfrac", "cfrac", "nicefrac", "sfrac", "xfrac"))
"""Commands that print what they are given as a fraction."""

_ARGUMENT = r"(?:\{((?:[^{}]|\{[^{}]{0,200}\}){0,300})\}|([\w]))"
_FRACTION = regex(
    rf"(?P<digit>(?<=\d))?\\(?:{'|'.join(sorted(FRACTIONS))})(?![A-Za-z])\s*{_ARGUMENT}\s*{_ARGUMENT}"
)
_SUM = regex(r"[\s+−/=×·-]")
_QUANTITY = regex(
    r"\\(SI|qty|si|unit|num|ang|ce)\s*(?:\[[^\[\]]*\]\s*)?"
    r"\{((?:[^{}]|\{[^{}]{0,200}\}){0,300})\}(?:\s*\{((?:[^{}]|\{[^{}]{0,200}\}){0,300})\})?"
)
_CHARGE = regex(r"\^(?:\{([^{}]*)\}|(\d*[+-]|\d+))|(?<=[A-Za-z\d)\]])([+-])(?![\w>{-])")
_ARROWS = regex(r"\s*(<=>|<->|->|<-)(?:\[[^\[\]]*\]){0,2}\s*")
_ARROW = {"<=>": "⇌", "<->": "↔", "->": "→", "<-": "←"}
_BRACES = regex(r"\{([^{}]?)\}|(?<![_^\w}])\{([^{}]*)\}")
_NESTED = 3
_BRACE, _END_BRACE = "\ue000", "\ue001"
_LONGEST_DISPLAY = 90
_INNER_STOP = regex(r"[.!?](?=\s)")


def accented(match: re.Match[str]) -> str:
    """The letter with its accent, or the accent as it stands alone."""
    combining = ACCENTS[match["sign"] or match["letter"]]
    base = (match["group"] or match["command"] or match["bare"] or "").strip().removeprefix("\\")
    return unicodedata.normalize("NFC", base + combining) if base else SPACING[combining]


def plain(latex: str) -> str:
    """A short text as it reads: commands undone, braces left out, white space collapsed."""
    text = ACCENT.sub(accented, latex) if "\\" in latex else latex
    text = _COMMAND.sub(lambda m: WORDS.get(m[1], "") if m[1] else _SIGNS.get(m[2], m[2]), text)
    for written, seen in (("~", " "), ("---", "—"), ("--", "–"), ("``", "“"), ("''", "”")):
        text = text.replace(written, seen)
    return collapsed(re.sub(r"[{}]", "", text))


def formula(tex: str) -> str:
    """Mathematics in one line: symbols as they print, the rest as it is written."""
    text = _QUANTITY.sub(_measured, tex) if "\\" in tex else tex
    text = text.replace("\\{", _BRACE).replace("\\}", _END_BRACE)
    text = _DEGREE.sub("°", text)
    if "frac" in text:
        for _ in range(_NESTED):
            text = _FRACTION.sub(_divided, text)
    text = _COMMAND.sub(_mathematical, _DROPPED.sub(" ", text))
    text = _POWER.sub(_power, text)
    for _ in range(_NESTED):
        text = _BRACES.sub(r"\1\2", text)
    text = text.replace(_BRACE, "{").replace(_END_BRACE, "}")
    return collapsed(text.replace("~", " ").replace("&", " ").replace("$", " "))


def _power(match: re.Match[str]) -> str:
    """What is raised, by Unicode's own characters where it has them."""
    written = match[1] or match[2]
    raised = shown(written, "0")
    return match[0] if raised == written else raised


def fraction(above: str, below: str) -> str:
    """A fraction on one line; a sum stands in brackets."""
    parts = (f"({part})" if _SUM.search(part) else part for part in (above, below))
    return "/".join(parts)


def _divided(match: re.Match[str]) -> str:
    written = (match[2] or match[3] or "", match[4] or match[5] or "")
    above, below = (_FRACTION.sub(_divided, part).strip() for part in written)
    gap = "" if match["digit"] is None else " "
    return gap + fraction(above, below)


def _measured(match: re.Match[str]) -> str:
    """A quantity within mathematics; a brace behind a command of one argument is not its own."""
    name, first, second = match.groups()
    if name in ("SI", "qty") and second is not None:
        return f"{number(first)} {unit(second)}"
    made = {"si": unit, "unit": unit, "ce": chemistry}.get(name, number)(first)
    return f"{made}{'°' if name == 'ang' else ''}{'' if second is None else f'{{{second}}}'}"


def chemistry(tex: str) -> str:
    """A formula of mhchem on one line: charges and masses raised, numbers of atoms as they are."""
    text = _ARROWS.sub(lambda m: f" {_ARROW[m[1]]} ", tex)
    text = _CHARGE.sub(lambda m: shown(m[1] or m[2] or m[3] or "", "0"), text)
    text = re.sub(r"_(?:\{([^{}]*)\}|(\w))", lambda m: m[1] or m[2], text)
    return collapsed(formula(text))


def _mathematical(match: re.Match[str]) -> str:
    name, sign = match[1], match[2]
    if name is None:
        return _SIGNS.get(sign, sign)
    if name in _FONTS:
        return ""
    known = WORDS.get(name)
    return match[0] if known is None else known


def display(tex: str) -> str:
    """Displayed mathematics as it stands in a sentence: its own stop is that of the sentence."""
    text = formula(tex)
    stop = text[-1:] if text[-1:] in ".,;" else ""
    body = _INNER_STOP.sub("", text.removesuffix(stop).rstrip())
    if len(body) > _LONGEST_DISPLAY:
        body = "[formula]"
    return body + stop if body else ""


def number(latex: str) -> str:
    """Siunitx's number, "3e-5" with its power raised."""
    text = _NUMBER.sub(lambda m: f"{m[1]} × 10{m[2].translate(_RAISED)}", plain(latex))
    return text.replace("+-", " ± ")


def unit(latex: str) -> str:
    r"""A unit of siunitx, "\nano\metre\squared" as "nm²"."""
    out: list[str] = []
    power, prefixed = "", False
    for match in _TOKEN.finditer(latex):
        name, raised, literal = match.groups()
        if literal is not None:
            out.append(re.sub(r"[{}]", "", literal).replace("~", " ").replace(".", " "))
            prefixed = False
        elif raised is not None:
            out.append(raised.translate(_RAISED))
        elif name in ("square", "cubic"):
            power = _POWERS[name]
        elif name in _POWERS:
            out.append(_POWERS[name])
        elif name == "per":
            out.append("/")
            prefixed = True
        elif name in _PREFIXES:
            gap = " " if out and not prefixed else ""
            out.append(gap + _PREFIXES[name])
            prefixed = True
        else:
            gap = " " if out and not prefixed else ""
            out.append(gap + _UNITS.get(name, WORDS.get(name, name)) + power)
            power, prefixed = "", False
    text = collapsed("".join(out))
    if text.startswith("/") and not re.search(r"[\s/·⁰¹²³⁴-⁹]", text[1:]):
        return f"{text[1:]}⁻¹"
    return text
