"""One spelling for words that British and American English write differently.

Applied to claim and work alike, before the stem is taken: a form need not be a word of either.
"""

from __future__ import annotations

import re

_SHORTEST = 5
_OUR = re.compile(
    r"\A(anti|re|dis|mis|un|non)?(arm|behavi|clam|col|endeav|fav|flav|harb|hon|hum|lab|neighb|od|"
    r"parl|rig|rum|sav|splend|tum|val|vap|vig)our(?!s?e\Z)"
)
_ISE = re.compile(r"(?<=[a-z]{3})is(?=(?:e|es|ed|er|ers|ing|ation|ations|ational)\Z)")
_AE_OE = re.compile(r"(?<!\Ac)(?:ae(?!ro)|oe)(?=[a-z]{2})")
_RE = re.compile(r"\A(.{0,5}(?:cent|fib|tit|lit|met|calib))re(?=[sd]?\Z)")
_WHOLE = {
    "programme": "program", "programmes": "programs", "grey": "gray", "ageing": "aging",
    "defence": "defense", "offence": "offense", "mould": "mold", "sceptic": "skeptic",
    "mice": "mouse", "women": "woman", "men": "man", "children": "child", "feet": "foot",
    "teeth": "tooth", "criteria": "criterion", "phenomena": "phenomenon", "loci": "locus",
    "fungi": "fungus", "nuclei": "nucleus", "bacteria": "bacterium", "larvae": "larva",
    "vertebrae": "vertebra", "mitochondria": "mitochondrion", "metastases": "metastasis",
    "diagnoses": "diagnosis", "hypotheses": "hypothesis", "analyses": "analysis",
    "crises": "crisis", "indices": "index", "vertices": "vertex", "matrices": "matrix",
    "wolves": "wolf", "halves": "half", "lives": "life", "leaves": "leaf", "died": "death",
    "dies": "death", "die": "death", "dying": "death", "dead": "death", "deaths": "death",
    "lost": "loss", "grew": "grow", "grown": "grow", "rose": "rise", "risen": "rise",
    "fell": "fall", "fallen": "fall", "led": "lead", "found": "find", "shown": "show",
    "bound": "bind", "drove": "drive", "driven": "drive", "fewer": "few", "worse": "bad",
}  # fmt: skip


def folded(word: str) -> str:
    """The word, in lower case letters a to z, in the one spelling that counts."""
    if whole := _WHOLE.get(word):
        return whole
    if len(word) < _SHORTEST:
        return word
    if "our" in word:
        word = _OUR.sub(r"\1\2or", word)
    if "ae" in word or "oe" in word:
        word = _AE_OE.sub("e", word)
    if "is" in word:
        word = _ISE.sub("iz", word)
    if word.endswith(("re", "res", "red")):
        word = _RE.sub(r"\1er", word)
    if "ph" in word:
        word = word.replace("sulph", "sulf")
    return word.replace("lyz", "lys").replace("leuco", "leuko")
