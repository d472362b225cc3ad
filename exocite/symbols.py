"""Tables between LaTeX commands and the characters that they print.

Sources: D. Knuth, The TeXbook, chapter 9; the LaTeX 2e text symbols (ltoutenc.dtx, textcomp).
"""

from __future__ import annotations

import unicodedata

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361",
}  # fmt: skip
"""Accent commands, symbols and letters, and the combining character of each."""

SPACING = {
    "\u0300": "`", "\u0301": "´", "\u0302": "^", "\u0303": "~", "\u0304": "¯", "\u0306": "˘",
    "\u0307": "˙", "\u0308": "¨", "\u030a": "˚", "\u030b": "˝", "\u030c": "ˇ", "\u0323": ".",
    "\u0327": "¸", "\u0328": "˛", "\u0331": "_", "\u0361": "",
}  # fmt: skip
"""What an accent prints over nothing, `\\^{}`."""

LETTERS = {
    "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ",
    "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "textcrh": "ħ", "hwithstroke": "ħ",
}  # fmt: skip

SYMBOLS = {
    "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "copyright": "©", "pounds": "£", "euro": "€",
    "texteuro": "€", "ldots": "…", "dots": "…", "textellipsis": "…", "textendash": "–",
    "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textquotedbl": '"', "textquotesingle": "'", "quotesinglbase": "‚",
    "quotedblbase": "„", "guillemotleft": "«", "guillemotright": "»", "guillemetleft": "«",
    "guillemetright": "»", "guilsinglleft": "‹", "guilsinglright": "›", "glqq": "„", "grqq": "“",
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textasciigrave": "`",
    "textasciiacute": "´", "textbraceleft": "{", "textbraceright": "}", "lbrace": "{",
    "rbrace": "}", "textunderscore": "_", "textdollar": "$", "textbar": "|", "textless": "<",
    "textgreater": ">", "textsection": "§", "textparagraph": "¶", "textdagger": "†",
    "textdaggerdbl": "‡", "textbullet": "•", "textperiodcentered": "·", "textdegree": "°",
    "textcelsius": "℃", "textregistered": "®", "texttrademark": "™", "textcopyright": "©",
    "textsterling": "£", "textyen": "¥", "textcent": "¢", "textmu": "µ", "textpm": "±",
    "texttimes": "×", "textdiv": "÷", "textonehalf": "½", "textonequarter": "¼",
    "textthreequarters": "¾", "textonesuperior": "¹", "texttwosuperior": "²",
    "textthreesuperior": "³", "textordfeminine": "ª", "textordmasculine": "º",
    "textexclamdown": "¡", "textquestiondown": "¿", "textinterrobang": "‽",
    "textinterrobangdown": "⸘", "textperthousand": "‰", "textnumero": "№", "textleftarrow": "←",
    "textrightarrow": "→", "textuparrow": "↑", "textdownarrow": "↓", "textvisiblespace": "␣",
    "textohm": "Ω", "textsurd": "√", "textlnot": "¬", "TeX": "TeX", "LaTeX": "LaTeX",
    "BibTeX": "BibTeX", "slash": "/", "nobreakspace": " ", "space": " ", "quad": " ",
    "qquad": " ", "newline": " ", "par": " ", "linebreak": " ", "thinspace": " ", "enspace": " ",
    "infty": "∞", "degree": "°", "pm": "±", "times": "×", "cdot": "·", "leq": "≤", "le": "≤",
    "geq": "≥", "ge": "≥", "neq": "≠", "approx": "≈", "sim": "∼", "to": "→", "rightarrow": "→",
    "leftarrow": "←", "varepsilon": "ε", "epsilon": "ε", "vartheta": "ϑ", "varphi": "ϕ",
    "micro": "µ", "AND": "&", "textasteriskcentered": "∗", "textfractionsolidus": "⁄",
}  # fmt: skip

_GREEK = (
    "alpha", "beta", "gamma", "delta", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
    "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega",
)  # fmt: skip


def _greek(name: str) -> str:
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    official = {"lambda": "lamda", "Lambda": "Lamda"}.get(name, name)
    return unicodedata.lookup(f"GREEK {size} LETTER {official.upper()}")


WORDS = (
    {name: _greek(name) for name in _GREEK}
    | {f"text{name}": _greek(name) for name in _GREEK if name != "mu"}
    | LETTERS
    | SYMBOLS
)
"""Commands in letters and what they print; `\\text…` forms of Greek are those of textgreek."""
