"""What the tagger is told of each piece of a printed reference, and of those around it.

Names are short because the model file holds each of them. The same text gives the same features on
every platform.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from exocite.matching.words import latin, word_set
from exocite.model import ParsedReference
from exocite.references.author_lists import leading_names
from exocite.references.locations import marks
from exocite.references.tokens import LABEL, Token

_EDGES = re.compile(r"^([^\w]*)(.*?)([^\w]*)$", re.DOTALL)
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d[a-z]?")
_RANGE = re.compile(
    r"[A-Za-z]{0,3}\d{1,7}[A-Za-z]?\s?[-–—‐‑−=?/]{1,2}[A-Za-z]{0,3}\d{1,7}[A-Za-z]{0,2}"
)
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}[.\-‐‑–’' ]{0,2}){1,5}")
_ROMAN = re.compile(r"[IVXLC]{1,7}|[ivxlc]{1,7}")
_ADDRESS = re.compile(r"(?:https?|ftp)://|www\.|doi\.org|@", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/")
_MONTHS = word_set(
    """
    jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july
    august september october november december spring summer autumn fall winter januar februar marz
    mai juni juli oktober okt dezember dez janvier janv fevrier fevr mars avril avr juin juillet
    juil aout septembre octobre novembre decembre enero ene febrero marzo abril abr mayo junio
    julio agosto ago septiembre octubre noviembre diciembre dic
    """
)
_OPEN_QUOTES = frozenset("“„«‘\"'`")
_CLOSED_QUOTES = frozenset("”»’\"'")
_MARKS: dict[str, str] = {
    **dict.fromkeys(
        ("in", "en", "dans", "eds", "ed", "editor", "editors", "edited", "hrsg", "dir"), "in"
    ),
    **dict.fromkeys(("vol", "volume", "vols", "v", "bd", "band", "tome", "t", "jg"), "vol"),
    **dict.fromkeys(("no", "nr", "n", "n°", "nº", "num", "number", "issue", "iss", "heft"), "no"),
    **dict.fromkeys(("pp", "p", "pages", "page", "pgs", "pag", "s", "ss", "стр", "с"), "pp"),
    **dict.fromkeys(("and", "und", "et", "y", "e", "&", "al", "others"), "and"),
}


def features(
    tokens: Sequence[Token], read: ParsedReference, lexicon: Mapping[str, str]
) -> list[list[str]]:
    """The features of each token; `read` is what the rules take the printed text for.

    `lexicon` maps folded phrases to what they name: j a journal, p a publisher, l a place.
    """
    pieces = [_piece(token.text) for token in tokens]
    count = len(pieces)
    text = _SPACE.sub(" ", read.raw)
    names_end = _names_end(text)
    by_rules, sure = _by_rules(tokens, text, read)
    located = _located(tokens)
    whole = _whole(pieces)
    known = _known(pieces, lexicon)
    stretches = _stretches(pieces, _COMMAS, "")
    sentences = _stretches(pieces, _STOPS, "S")
    shown = [_START, _START, *pieces, _END, _END]
    open_quotes, in_brackets = _enclosed(pieces)
    rows: list[list[str]] = []
    years = since_numbers = 0
    last_chunk = -1
    before_rule, before_place = "^", "^"
    for index, piece in enumerate(pieces):
        token = tokens[index]
        earlier, before, _, after, later = shown[index : index + 5]
        kind, word, kind_back = piece.kind, piece.word, piece.kind_back
        rule, place = by_rules[index], located[index]
        row = [
            *piece.own,
            f"k-={before.kind_back}|{kind}",
            f"k+={kind_back}|{after.front}{after.kind}",
            f"k-+={before.kind_back}|{kind_back}|{after.kind_back}",
            f"k--={earlier.kind_back}|{before.kind_back}|{kind}",
            f"k++={kind_back}|{after.kind_back}|{later.kind_back}",
            f"w-={before.word}",
            f"w+={after.word}",
            f"w--={earlier.word}",
            f"w++={later.word}",
            f"ww={before.word}|{word}",
            f"q{open_quotes[index]}{in_brackets[index]}{kind}",
            f"y{min(years, 2)}{kind}",
            f"i{min(6, index)}{kind}",
            f"r{10 * index // count}",
            f"e{min(6, count - index)}{kind}",
            f"n{min(3, since_numbers)}{kind}",
            f"o={whole}",
            f"o={whole}{kind}",
            f"yb{years and 1}{before.back}{kind}",
            f"R{rule}",
            f"R{sure}{rule}{kind}",
            f"R{before_rule}>{rule}",
            f"R{sure}{rule}|{by_rules[index + 1] if index + 1 < count else '$'}",
            f"L{place}",
            f"L{place[:1]}{rule}{kind}",
            f"L{before_place}>{place}",
            *known[index],
            *stretches[index],
            *sentences[index],
        ]
        if token.chunk == last_chunk:
            row.append(f"g{before.kind}{kind}")
        if names_end:
            at = token.span.start
            row.append("a1" if at < names_end else "a2" if at < names_end + 2 else "a0")
        rows.append(row)
        years += kind == "Y"
        since_numbers += kind in "YDR"
        last_chunk = token.chunk
        before_rule, before_place = rule, place[:1]
    return rows


def _enclosed(pieces: Sequence[_Piece]) -> tuple[list[int], list[int]]:
    """For each piece: have quotes opened (1) or closed (2), and are brackets open."""
    quotes: list[int] = []
    brackets: list[int] = []
    seen = depth = 0
    for piece in pieces:
        if piece.quoted:
            seen = 1
        depth += piece.opened
        quotes.append(seen)
        brackets.append(1 if depth else 0)
        if piece.unquoted:
            seen = 2
        depth = depth - piece.closed if depth > piece.closed else 0
    return quotes, brackets


def fold_word(text: str) -> str:
    """A token as the lexicon holds it: folded, without punctuation, numbers as 9."""
    return _piece(text).word


def _known(pieces: Sequence[_Piece], lexicon: Mapping[str, str]) -> list[list[str]]:
    """Where phrases of the lexicon stand; the longest from the left."""
    rows: list[list[str]] = [[] for _ in pieces]
    folded = [piece.word for piece in pieces]
    index = 0
    while index < len(pieces):
        phrases = list(accumulate(folded[index : index + _LONGEST_PHRASE], _joined))
        for end in range(index + len(phrases), index, -1):
            name = lexicon.get(phrases[end - index - 1], "")
            if name:
                length = min(end - index, 3)
                for at in range(index, end):
                    place = "b" if at == index else "e" if at == end - 1 else "i"
                    rows[at].append(f"x{name}{place}{length}")
                    rows[at].append(f"x{name}{length}{pieces[end - 1].back[:1]}")
                index = end - 1
                break
        index += 1
    return rows


_LONGEST_PHRASE = 8


def _joined(left: str, right: str) -> str:
    return f"{left} {right}"


class _Piece:
    """A token's core, what stands before and behind it, and what kind of thing it is.

    `own` are the features that the piece has wherever it stands.
    """

    __slots__ = (
        "back", "closed", "front", "kind", "kind_back", "letters", "opened", "own", "quoted",
        "unquoted", "word",
    )  # fmt: skip

    def __init__(self, text: str, kind: str = "") -> None:
        self.front = self.back = self.word = ""
        self.kind = self.kind_back = kind
        self.letters = self.quoted = self.unquoted = False
        self.opened = self.closed = 0
        self.own: tuple[str, ...] = ()
        if not text:
            return
        match = _EDGES.match(text)
        front, core, back = match.groups() if match else ("", text, "")
        if not core:
            front, core, back = "", text[:3], ""
        self.front, self.back = front[-2:], back[:3]
        folded = latin(core)
        self.word = _DIGITS.sub("9", folded) if len(folded) < 24 else folded[:3] + "…"
        self.kind = _kind(core, folded, self.back)
        self.kind_back = self.kind + self.back
        self.letters = self.kind in _WORDS
        self.quoted = not _OPEN_QUOTES.isdisjoint((self.front[:1], self.front[-1:]))
        self.unquoted = not _CLOSED_QUOTES.isdisjoint(self.back)
        self.opened = sum(c in "([" for c in self.front)
        self.closed = sum(c in ")]" for c in self.back)
        self.own = tuple(self._features())

    def _features(self) -> Iterator[str]:
        word, front, back, kind = self.word, self.front, self.back, self.kind
        yield from (f"w={word}", f"k={kind}", f"f={front}", f"b={back}", f"kb={kind}{back}")
        yield f"fkb={front}{kind}{back}"
        if self.letters:
            yield from (f"s3={word[-3:]}", f"s4={word[-4:]}", f"p3={word[:3]}", f"p4={word[:4]}")


@lru_cache(maxsize=20_000)
def _piece(text: str) -> _Piece:
    return _Piece(text)


_WORDS = frozenset(("U", "L", "C", "M", "X", "c", "v", "A"))


def _kind(core: str, folded: str, back: str) -> str:
    if core[0].isdigit() and core.isdecimal():
        return "Y" if len(core) == 4 and _YEAR.fullmatch(core) else "D" if len(core) < 5 else "B"
    if folded in _MARKS and not (len(core) == 1 and core.isupper()):
        return "m" + _MARKS[folded]
    if _YEAR.fullmatch(core):
        return "Y"
    if _ADDRESS.search(core):
        return "@"
    if _DOI.search(core):
        return "o"
    if _RANGE.fullmatch(core):
        return "R"
    if any(c.isdigit() for c in core):
        return "G"
    if core.isascii() or core[0].isalpha():
        return _word_kind(core, folded, back)
    return "#"


def _word_kind(core: str, folded: str, back: str) -> str:
    if core[0].isupper():
        if _INITIALS.fullmatch(core) and (core.isupper() or "." in core or "." in back):
            dotted = "." in core or back.startswith(".")
            if len(core) <= 2 or "." in core or "-" in core:
                return "I" if dotted else "J"
        if _ROMAN.fullmatch(core):
            return "V"
        if folded in _MONTHS:
            return "T"
        if core.isupper():
            return "U" if len(core) > 3 else "A"
        return "C" if "." not in back or len(core) > 7 else "c"
    if core[0].islower():
        if folded in _MONTHS and folded not in {"may", "mark", "march"}:
            return "T"
        return "L" if len(core) > 1 else "l"
    if core[0].isalpha():
        return "X"  # a script without case
    return "#"


def _by_rules(tokens: Sequence[Token], text: str, read: ParsedReference) -> tuple[list[str], str]:
    """What the rules take each token for, a letter, and how many of the telling fields they see."""
    spans: list[tuple[int, int, str]] = []
    behind = 0
    for letter, value in (("t", read.title), ("c", read.container), ("p", read.publisher)):
        at = text.find(value, behind) if value else -1
        if at >= 0:
            spans.append((at, at + len(value), letter))
            behind = at + len(value) if letter == "t" else behind
    behind = max((end for _, end, letter in spans if letter in "tc"), default=0)
    first_page = read.pages.split("-")[0]
    for letter, value in (("v", read.volume), ("i", read.issue), ("g", first_page)):
        at = _number_at(text, value, behind)
        if at >= 0:
            spans.append((at, at + len(value), letter))
            behind = at + len(value)
    at = _number_at(text, read.year, 0)
    if at >= 0:
        spans.append((at, at + 4, "y"))
    found = ["-"] * len(tokens)
    for start, end, letter in spans:
        for index, token in enumerate(tokens):
            if token.span.start < end and start < token.span.end:
                found[index] = letter
    telling = {letter for *_, letter in spans if letter in "tcvg"}
    return found, f"{len(telling)}{bool(read.authors):d}"


def _located(tokens: Sequence[Token]) -> list[str]:
    """What each token is in the location that the patterns of styles find in the whole text."""
    starts: list[int] = []
    shown: list[str] = []
    length = 0
    last = -1
    for token in tokens:
        if shown and token.chunk != last:
            shown.append(" ")
            length += 1
        starts.append(length)
        shown.append(token.text)
        length += len(token.text)
        last = token.chunk
    found = ["-"] * len(tokens)
    for start, end, name in marks("".join(shown)):
        for index in range(bisect_right(starts, start) - 1, bisect_left(starts, end)):
            found[index] = name
    return found


def _number_at(text: str, value: str, start: int) -> int:
    """Where the value stands as a number of its own, -1 where it does not."""
    while value and (at := text.find(value, start)) >= 0:
        before, behind = (
            text[at - 1 : at] if at else "",
            text[at + len(value) : at + len(value) + 1],
        )
        if not before.isdigit() and not behind.isdigit():
            return at
        start = at + 1
    return -1


_SPACE = re.compile(r"\s")


def _names_end(text: str) -> int:
    """Where the author list at the front ends by the rules, 0 where they see none."""
    label = LABEL.match(text)
    start = label.end() if label else 0
    end = leading_names(text[start:]).end
    return start + end if end else 0


# What a word says of the stretch that it stands in; stems of the languages of the training data.
_CUES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "P",
            (
                r"press$|publi|verlag|edit(?:ions?|ora|orial|ore|rice)$|books?$|springer|elsevier|wiley"
                r"|routledge|blackwell|sage$|mcgraw|pearson|penguin|presses|ediciones|inc$|ltd$|sons$"
                r"|academic$|macmillan|gallimard|seuil|holland"
            ),
        ),
        (
            "J",
            (
                r"journal|revue|revista|rivista|zeitschrift|review|annals|annales|archiv|transactions"
                r"|bulletin|letters|lett$|rev$|phys$|quarterly|acta$|j$|magazine|trans$|bull$"
            ),
        ),
        ("C", r"proc(?:eedings|$)|conf(?:erence|$)|symp|workshop|congr|meeting|actes|lecture"),
        ("H", r"thes[ei]s|dissert|diss$|phd|doctoral|master"),
        ("R", r"report|technical|tech$|memo|working|preprint|arxiv|rapport"),
        (
            "O",
            (
                r"universi|univ$|institut|ministr|organi[sz]ation|society|agency|association|department"
                r"|council|commission|collaboration|committee|office|center|centre|laborator|bureau"
            ),
        ),
    )
)
_SMALL = frozenset(("C", "c", "U", "A", "V", "I", "J"))
_COMMAS = re.compile(r"[.,;:?!]")
_STOPS = re.compile(r"[.?!;]")


def _stretches(
    pieces: Sequence[_Piece], ends: re.Pattern[str], prefix: str
) -> list[tuple[str, ...]]:
    """For each piece what the stretch is like that it stands in, and those beside it.

    A stretch ends with a mark of `ends` that shortens no word. Names begin with `prefix`.
    """
    bounds: list[tuple[int, int]] = []
    start = 0
    for index, piece in enumerate(pieces):
        ended = ends.search(piece.back) and not (
            piece.kind in "IJc" and piece.back == "." and index + 1 < len(pieces)
        )
        opened = index + 1 < len(pieces) and pieces[index + 1].front[-1:] in _OPENING
        if ended or opened or index + 1 == len(pieces):
            bounds.append((start, index + 1))
            start = index + 1
    looks = [_look(pieces[begin:end]) for begin, end in bounds]
    rows: list[tuple[str, ...]] = []
    for number, (begin, end) in enumerate(bounds):
        look = looks[number]
        before = looks[number - 1] if number else "^"
        after = looks[number + 1] if number + 1 < len(looks) else "$"
        left = min(len(bounds) - number, 4)
        same = (
            f"{prefix}t{look}",
            f"{prefix}t{look}|{after}",
            f"{prefix}t{before}|{look}",
            f"{prefix}tn{after[:2]}{left}",
            f"{prefix}tt{look[:2]}{min(number, 4)}",
        )
        rows.extend(
            (*same, f"{prefix}tk{look}{pieces[index].kind}{min(index - begin, 2)}")
            for index in range(begin, end)
        )
    return rows


_OPENING = frozenset('([“„«"')


def _look(pieces: Sequence[_Piece]) -> str:
    """Cue, share of capitals, length: "P23" holds a publisher's word, all capitals, three words."""
    cue = "-"
    capitals = small = numbers = 0
    for piece in pieces:
        if cue == "-" and piece.letters:
            cue = _cue(piece.word)
        if piece.kind in _SMALL:
            capitals += 1
        elif piece.kind in ("L", "X"):
            small += len(piece.word) > 3
        elif piece.kind in ("Y", "D", "R", "G", "B"):
            numbers += 1
    first = pieces[0].kind
    if first == "min":
        cue += "i"
    if numbers and not capitals + small:
        return f"{pieces[0].front[-1:]}{first}{min(numbers, 2)}{pieces[-1].back[:1]}"
    share = 2 if not small else 1 if capitals > small else 0
    length = min(len(pieces), 3) if len(pieces) < 5 else 5 if len(pieces) < 9 else 9
    return f"{cue}{share}{length}"


@lru_cache(maxsize=20_000)
def _cue(word: str) -> str:
    return next((name for name, pattern in _CUES if pattern.match(word)), "-")


_START = _Piece("", "^")
_END = _Piece("", "$")


def _whole(pieces: Sequence[_Piece]) -> str:
    """What tells one kind of reference from another: how long, a title or none, labels or none."""
    longest = run = 0
    for piece in pieces:
        run = run + 1 if piece.kind in ("L", "l", "C", "X", "mand", "min", "U") else 0
        lower = piece.kind in ("L", "C", "X", "U")
        longest = max(longest, run if lower else 0)
    labelled = any(piece.kind in ("mvol", "mpp", "mno") for piece in pieces)
    quoted = any(piece.front[-1:] in _OPEN_QUOTES and piece.front for piece in pieces)
    places = any(piece.back == ":" and piece.kind in ("C", "U") for piece in pieces)
    return f"{min(longest, 6)}{labelled:d}{quoted:d}{places:d}"
