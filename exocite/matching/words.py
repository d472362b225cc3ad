"""Words for comparison: folded to plain Latin letters, numbers told from words."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose.
_LETTERS = str.maketrans(
    dict(
        pair.split("=")
        for pair in """
        ß=ss ẞ=ss æ=ae Æ=ae œ=oe Œ=oe ø=o Ø=o đ=d Đ=d ð=d Ð=d ħ=h Ħ=h ı=i ĸ=k ł=l Ł=l ŋ=n Ŋ=n þ=th
        Þ=th ŧ=t Ŧ=t ə=e ƒ=f
        """.split()
    )
)
_OTHER_LETTER = re.compile(f"[{''.join(map(chr, _LETTERS))}]")
# The accents of Latin, Greek and Cyrillic letters; those of other scripts are rare.
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ`](?=\w)")
_WORD = re.compile(r"[^\W_]+")
# Lower case for what is letter or digit, a space for anything else.
_ASCII = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)).ljust(
    256, b" "
)
_ROMAN = re.compile(r"(?=[ivxlc])(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def latin(text: str) -> str:
    """Lower case, accents dropped, ø to o, ß to ss and the like; other scripts stay."""
    if text.isascii():
        return text.lower()
    letters = _ACCENTS.sub("", unicodedata.normalize("NFKD", _plain_letters(text)))
    if letters.isascii():
        return letters.lower()
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return _plain_letters(plain.casefold())


def _plain_letters(text: str) -> str:
    # Searching first is many times as fast as looking each letter up in the table.
    return text.translate(_LETTERS) if _OTHER_LETTER.search(text) else text


def words(text: str) -> list[str]:
    """The folded words and numbers of a text in order, apostrophes dropped inside words."""
    if text.isascii() and "'" not in text and "`" not in text:
        # The same in a tenth of the time: most texts are of these.
        return text.encode().translate(_ASCII).decode().split()
    plain = latin(text)
    if not plain.isascii() or "'" in plain or "`" in plain:
        plain = _APOSTROPHE.sub("", plain)
    return _WORD.findall(plain)


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as text, for tables of words."""
    return frozenset(text.split())


def roman(text: str) -> int:
    """The value of a lower-case Roman numeral up to 399, 0 for anything else."""
    if len(text) > 9 or not _ROMAN.fullmatch(text):
        return 0
    values = [_ROMAN_VALUES[c] for c in text]
    signs = (
        -1 if later > value else 1 for value, later in zip(values, [*values[1:], 0], strict=True)
    )
    return sum(sign * value for sign, value in zip(signs, values, strict=True))


def distance(left: str, right: str, limit: int) -> int:
    """Edits between two strings, a swap of neighbours counting one; at most `limit` + 1.

    Optimal string alignment distance; the cost is the product of the lengths at most.
    """
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        above, row = row, [i]
        for j, b in enumerate(right, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before = above
    return min(row[-1], limit + 1)


def misread(text: str) -> str:
    """The text with what scanners confuse made equal: 1 and l, 0 and o, rn and m."""
    return _SHAPES.sub(lambda match: _LOOKALIKE[match[0]], text)


_LOOKALIKE = {
    "1": "l",
    "i": "l",
    "0": "o",
    "5": "s",
    "8": "b",
    "h": "ll",
    "rn": "m",
    "vv": "w",
    "cl": "d",
}
_SHAPES = re.compile("rn|vv|cl|[1i058h]")


def alike(left: str, right: str) -> bool:
    """Whether two words are one but for a slip of the pen or of a scanner.

    One edit for words of four letters and more, two from eight, three from fourteen; words of one
    to three letters only by what a scanner confuses. Numbers are never alike unless equal. Words
    that share neither first letter, last letter nor the two after the first are not looked at.
    """
    if left == right:
        return True
    if abs(len(left) - len(right)) > 4 or (left.isdigit() and right.isdigit()):
        return False
    if left[0] != right[0] and left[-1] != right[-1] and left[1:3] != right[1:3]:
        return False
    a, b = misread(left), misread(right)
    if a == b:
        return True
    shorter = min(len(left), len(right))
    if shorter < 4:
        return False
    limit = 1 if shorter < 8 else 2 if shorter < 14 else 3
    return distance(left, right, limit) <= limit or (
        (a, b) != (left, right) and distance(a, b, limit) <= limit
    )
