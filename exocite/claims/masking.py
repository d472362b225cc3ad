"""A sentence splitter's view of a text: same length, with every misleading full stop hidden.

Full stops that end nothing (decimals, file names, abbreviations) become letters, and a citation
marker or note sign after a full stop changes places with it, so that "strength.[1] Elastin" reads
as "strengthxxx. Elastin" and the marker falls to the sentence that it follows.
"""

from __future__ import annotations

import re
from enum import Enum

from exocite.claims.abbreviations import (
    AMOUNT,
    CONNECTING,
    EITHER,
    LETTERED,
    MONTHS,
    NAMELIKE,
    NUMBERED,
    STARTERS,
    TITLES,
)
from exocite.patterns import regex

_FILL = "x"
_CLOSERS = "\"'”’»)]"
_OPENERS = "([{“\"'‘«¿¡"
_REACH = 40
_PAREN_REACH = 600

_STOP = regex(r"[.?!…]{1,8}[\"'”’»)\]]{0,4}")
_BRACKETS = regex(r"\[[^\[\]\n]{1,300}\](?:[,–-]?\[[^\[\]\n]{1,300}\]){0,8}")
_BRACKET = regex(r"\[[^\[\]\n]{1,300}\]")
_BRACKETED_MARKER = regex(
    r"\[(?:\^[\w-]{1,60}|[a-z]|\.{3}|…|(?:citation|clarification|dubious)[^\[\]]{0,30}"
    r"|(?:see )?\d{1,4}(?:[:,;–—-]\s?[\w. ]{1,20}){0,30})\]"
)
_PARENTHESIS = regex(r"\(\d{1,3}(?:[,;–—-]\s?\d{1,3}){0,30}\)")
_NAME_YEAR = regex(
    r"\((?:see |e\.g\.,? |cf\. )?[^\W\d_][\w’'.-]{1,40}"
    r"(?:,? (?:et al\.?|(?:and|&) [^\W\d_][\w’'.-]{1,40}))?,? \d{4}[a-z]?(?:; [^()\n]{1,200})?\)"
)
_LATEX = regex(
    r"~?\\[A-Za-z]{0,12}(?:cite|footnote)[A-Za-z]{0,12}\*?"
    r"(?:\[[^\[\]\n]{0,120}\]){0,2}\{[^{}\n]{1,400}\}"
)
_SUPERSCRIPT = regex(r"[⁰¹²³⁴-⁹][⁰¹²³⁴-⁹⁻,–-]{0,40}")
_SIGNS = regex(r"[*†‡§¶‖]{1,4}")
_DIGITS = regex(r"\d{1,3}(?:[,–—-]\s?\d{1,3}){0,20}")
_ACRONYM = regex(r"(?:[A-Za-z]\.){1,6}[A-Za-z]")
_JOINED = regex(r"[^\W_]{2}\.[^\W_]{2}")
_INITIALS = regex(r"[^\W\d_](?:\.[-‐][^\W\d_]){1,3}")
_LABEL = regex(r"[#(]?(?:\d|[A-Z]{0,2}\d|[IVXLC]{1,6}\b|[A-Z]\b)")
_SUPPLEMENT = regex(r"(?:Table|Fig|Material|Data|Information|Method|Note|Text|Movie|File)")
_LINE_ENDS = regex("[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_SURROGATES = regex("[\ud800-\udfff]")
_AMOUNT = regex(r"[\d$€£¥~<>≤≥±+.−-]")


class _Reading(Enum):
    """What a full stop does: hide it, make it plain that it ends a sentence, or leave it."""

    INSIDE = 0
    ENDS = 1
    OPEN = 2


def masked(text: str) -> str:
    """The text as a sentence splitter should see it; every character keeps its place."""
    # What can be printed holds neither line ends nor surrogates.
    shown = text if text.isprintable() else _LINE_ENDS.sub(" ", _SURROGATES.sub("\ufffd", text))
    view = list(shown)
    for match in _STOP.finditer(text):
        _mask_stop(text, view, match.start(), match.end())
    return "".join(view)


def _mask_stop(text: str, view: list[str], start: int, end: int) -> None:
    stop = start
    while stop < end and text[stop] in ".?!…":
        stop += 1
    marker_end = _marker_end(text, start, end)
    if marker_end > end:
        if _begins_sentence(text, marker_end):
            fill = marker_end - start - 1 - (end - stop)
            view[start:marker_end] = [*_FILL * fill, _stop_sign(text[start]), *text[stop:end]]
        else:
            view[start:stop] = _FILL * (stop - start)
        return
    if end < len(text) and not text[end].isspace():
        if text[start:stop] != "." or _JOINED.fullmatch(text[max(0, start - 2) : end + 2]):
            view[start:stop] = _FILL * (stop - start)
        return
    closers = text[stop:end]
    if ")" in closers and "(" not in closers:
        _mask_parenthesis(text, view, start, stop, end)
    elif text[start:stop] == "…":
        if start > 0 and not text[start - 1].isspace() and _begins_sentence(text, end):
            view[start] = "."
    elif text[start:stop] == ".":
        reading = _read(text, start, end)
        if reading is _Reading.INSIDE:
            view[start] = _FILL
        elif reading is _Reading.ENDS:
            word = min(len(_word_before(text, start)) + 1, start)
            view[start - word : start] = _FILL * word


def _stop_sign(character: str) -> str:
    return "." if character == "…" else character


def _mask_parenthesis(text: str, view: list[str], start: int, stop: int, end: int) -> None:
    """A bracket that closes after a full stop ends a sentence where a new one begins."""
    opening = text.rfind("(", max(0, start - _PAREN_REACH), start)
    if opening < 0 or not _begins_sentence(text, end) or end >= len(text):
        return
    if text[start:stop] == "." and _read(text, start, end) is _Reading.INSIDE:
        return
    view[opening] = _FILL
    view[start:end] = [*_FILL * (end - start - 1), _stop_sign(text[start])]


def _marker_end(text: str, start: int, end: int) -> int:
    """Where the markers that follow the stop end; `end` where there is none."""
    if end >= len(text):
        return end
    spaced = text[end] in " ~" and end + 1 < len(text)
    at = end + 1 if spaced else end
    found = _markers(text, at, spaced=spaced)
    if found == at and not text[end].isspace():
        found = _flattened(text, start, at)
    elif found == at and spaced:
        found = _detached_number(text, at)
    return found if found > at else end


def _markers(text: str, at: int, *, spaced: bool) -> int:
    first = text[at]
    if first == "[":
        match = _BRACKETS.match(text, at)
        return match.end() if match and _all_markers(match[0]) else at
    if first == "(":
        pattern = _NAME_YEAR if spaced else _PARENTHESIS
    elif first in "\\~":
        pattern = _LATEX
    elif first in "*†‡§¶‖" and not spaced:
        pattern = _SIGNS
    elif first.isascii():
        return at
    else:
        pattern = _SUPERSCRIPT
    match = pattern.match(text, at)
    return match.end() if match else at


def _all_markers(brackets: str) -> bool:
    return all(
        "@" in group or _BRACKETED_MARKER.fullmatch(group) for group in _BRACKET.findall(brackets)
    )


def _flattened(text: str, start: int, at: int) -> int:
    """Superscripts that lost their height: "age.1,2 Skin"."""
    match = _DIGITS.match(text, at)
    if match is None or start == 0 or text[start - 1].isdigit():
        return at
    word = _word_before(text, start)
    if "/" in word or "@" in word or word.lower() in NUMBERED or word.startswith("www"):
        return at
    closed = text[at - 1] in _CLOSERS or text[start - 1] in _CLOSERS
    return match.end() if closed or len(word) > 1 else at


def _detached_number(text: str, at: int) -> int:
    """A number between a full stop and a word that begins sentences: "rights. 4 Even though"."""
    match = re.compile(r"\d{1,2}(?= )").match(text, at)
    if match is None or _word_at(text, match.end()) not in STARTERS:
        return at
    return match.end()


def _begins_sentence(text: str, at: int) -> bool:
    """Whether the end, or white space and the look of a new sentence, follows."""
    if at >= len(text):
        return True
    if not text[at].isspace():
        return False
    rest = text[at : at + _REACH].lstrip().lstrip(_OPENERS)
    return not rest or not (rest[0].islower() or rest[0] in ",;:")


def _word_before(text: str, at: int) -> str:
    piece = text[max(0, at - _REACH) : at]
    if not piece or piece[-1].isspace():
        return ""
    return piece.split()[-1].lstrip(_OPENERS)


def _word_at(text: str, at: int) -> str:
    pieces = text[at : at + _REACH].split(maxsplit=1)
    return pieces[0].strip(_OPENERS + _CLOSERS + ",;:.") if pieces else ""


def _read(text: str, stop: int, end: int) -> _Reading:
    """What the lone full stop at `stop` does, by the word before it and what follows."""
    word = _word_before(text, stop)
    rest = text[end : end + _REACH].lstrip()
    if not word or not rest:
        return _Reading.OPEN
    lower = word.lower()
    following = _word_at(text, end)
    if lower in CONNECTING or (word in TITLES and following[:1].isupper()):
        return _Reading.INSIDE
    if lower in NUMBERED and _LABEL.match(rest) and following not in STARTERS:
        return _Reading.INSIDE
    if lower in ("suppl", "supp") and _SUPPLEMENT.match(rest):
        return _Reading.INSIDE
    if lower in AMOUNT and _AMOUNT.match(rest):
        return _Reading.INSIDE
    if len(word) == 1:
        return _read_initial(text, stop, word, following)
    if _INITIALS.fullmatch(word) and following[:1].isupper():
        return _Reading.INSIDE
    if lower in EITHER or _ACRONYM.fullmatch(word):
        return _read_either(lower, rest, following)
    return _Reading.OPEN


def _read_initial(text: str, stop: int, letter: str, following: str) -> _Reading:
    if not letter.isupper() or letter == "I":
        return _Reading.OPEN
    if following[:1].islower():
        return _Reading.INSIDE
    if _word_before(text, stop - 2).lower() in LETTERED:
        return _Reading.ENDS
    if following in STARTERS and following not in NAMELIKE:
        return _Reading.ENDS
    named = following[:1].isupper() and following not in STARTERS
    return _Reading.INSIDE if named else _Reading.OPEN


def _read_either(lower: str, rest: str, following: str) -> _Reading:
    if rest[0].islower() or rest[0] in "([,;:&":
        return _Reading.INSIDE
    if rest[0].isdigit():
        return _Reading.INSIDE if lower in MONTHS or lower == "al" else _Reading.OPEN
    return _Reading.ENDS if following in STARTERS else _Reading.OPEN
