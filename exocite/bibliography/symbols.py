"""What LaTeX means in a .bib file: silent arguments, escapes, and the standard macros.

Source: the standard abbreviations of BibTeX's plain.bst. The characters that commands print stand
in `exocite.symbols`.
"""

from __future__ import annotations

from exocite.symbols import ACCENTS, LETTERS, SYMBOLS, WORDS

SILENT_ARGUMENT = frozenset(
    {
        "noopsort", "noop", "NoopSort", "SortNoop", "nop", "href", "textcolor", "color", "hspace",
        "vspace", "label", "fontsize", "selectlanguage", "foreignlanguage",
    }
)  # fmt: skip
"""Commands whose first argument is not printed: sort keys, targets of links, colours."""

CHARACTERS = {
    "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$", "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}", "\\": r"{\textbackslash}", "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
}  # fmt: skip
"""Characters that TeX gives a meaning of their own, and how each is written as itself.

Braces are written as words: BibTeX counts even `\\{` when it looks for the end of a value.
"""

SYMBOL_COMMANDS = {
    character: "{\\" + name + "}"
    for table in (SYMBOLS, LETTERS)
    for name, character in reversed(table.items())
    if len(character) == 1 and (name.startswith("text") or table is LETTERS or name.isupper())
}
"""Characters that a command of plain text prints, for files whose encoding lacks them."""

FORMULA_COMMANDS = {
    WORDS[name]: "{\\ensuremath{\\" + name + "}}"
    for name in (
        "alpha beta gamma delta varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi "
        "rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma "
        "Upsilon Phi Psi Omega infty leq geq neq approx sim"
    ).split()
}
"""Characters that a command of mathematics prints, which unlike `\\textalpha` needs no package."""

ACCENT_COMMANDS = {combining: command for command, combining in ACCENTS.items()}

MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May",
    "jun": "June", "jul": "July", "aug": "August", "sep": "September", "oct": "October",
    "nov": "November", "dec": "December",
}  # fmt: skip

STANDARD_MACROS = MONTHS | {
    "acmcs": "ACM Computing Surveys",
    "acta": "Acta Informatica",
    "cacm": "Communications of the ACM",
    "ibmjrd": "IBM Journal of Research and Development",
    "ibmsj": "IBM Systems Journal",
    "ieeese": "IEEE Transactions on Software Engineering",
    "ieeetc": "IEEE Transactions on Computers",
    "ieeetcad": "IEEE Transactions on Computer-Aided Design of Integrated Circuits",
    "ipl": "Information Processing Letters",
    "jacm": "Journal of the ACM",
    "jcss": "Journal of Computer and System Sciences",
    "scp": "Science of Computer Programming",
    "sicomp": "SIAM Journal on Computing",
    "tocs": "ACM Transactions on Computer Systems",
    "tods": "ACM Transactions on Database Systems",
    "tog": "ACM Transactions on Graphics",
    "toms": "ACM Transactions on Mathematical Software",
    "toois": "ACM Transactions on Office Information Systems",
    "toplas": "ACM Transactions on Programming Languages and Systems",
    "tcs": "Theoretical Computer Science",
}
"""Macros that the standard styles define: months, and the journals of plain.bst."""
