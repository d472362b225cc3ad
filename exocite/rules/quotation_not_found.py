"""EXO409: a quotation that the attached text of the cited work does not hold."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from exocite.model import Claim, Finding, Severity, SourceText
from exocite.patterns import regex
from exocite.rules.rule import Placed, quoted
from exocite.rules.sketch import example, full_text, reference
from exocite.rules.view import ArticleView, View
from exocite.text import folded

_QUOTED = regex(r"[“„«»]([^“”„«»]{20,2000})[”“»«]|\"([^\"]{20,2000})\"")
_OPENING = '“„«»"'
_GAP = regex(r"\[[^\]]{0,80}\]|…|\.\s?\.\s?\.")
_WORD = regex(r"[^\W_]+")
_FEWEST = 5
_WORDS = "Ku wrote that “exosomes carry RNA between distant cells” [@ku2023]."
_KU = reference("ku2023", doi="10.5555/1")


class QuotationNotFound:
    """A claim quotes a work, and the work's whole text, as attached, does not hold the words.

    Omissions ("…", "[…]") and insertions in brackets may stand in the quotation; case, quotation
    marks, dashes and line breaks do not count.
    """

    code = "EXO409"
    slug = "quotation-not-found"
    severity = Severity.WARNING
    title = "A quotation that the attached text does not hold"
    what = (
        "Reports a quotation of five words or more in a claim whose cited works are all attached "
        "whole, where none of them holds the words. Works known by their abstract alone are not "
        "compared, nor those with a file that is not here or cannot be read."
    )
    why = "A reader takes what stands in quotation marks for the very words of the source."
    fix = "Correct the words, mark what was left out, or name the work that they are from."
    passing = example(
        _WORDS,
        references=[_KU],
        texts={
            "ku2023": [
                full_text("ku2023", "We show that exosomes carry RNA between distant cells.")
            ]
        },
    )
    failing = example(
        _WORDS,
        references=[_KU],
        texts={"ku2023": [full_text("ku2023", "We show that exosomes carry proteins.")]},
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each quotation that no cited work holds."""
        attached = frozenset(key for key, texts in view.texts.items() if _attached(texts))
        attached -= view.half_known
        if not attached:
            return
        letters: dict[str, list[str]] = {}
        for article in view.articles:
            placed = Placed(self, article.article)
            for claim in article.claims:
                keys = _works(article, claim)
                if not keys or not attached.issuperset(keys):
                    continue
                found = [one for one in _quotations(claim) if len(_WORD.findall(one)) >= _FEWEST]
                for key in keys if found else ():
                    if key not in letters:
                        letters[key] = [_letters(text.text) for text in view.texts[key]]
                for quotation in found:
                    if not any(_holds(letters[key], quotation) for key in keys):
                        yield placed.at(
                            claim.span,
                            f"the attached text of {', '.join(keys)} does not hold "
                            f"{quoted(quotation)}",
                            "compare the words with the source; mark what was left out with […]",
                        )


def _quotations(claim: Claim) -> list[str]:
    if not any(map(claim.text.__contains__, _OPENING)):  # Much quicker than the search.
        return []
    return [match[1] or match[2] for match in _QUOTED.finditer(claim.text)]


def _works(article: ArticleView, claim: Claim) -> tuple[str, ...]:
    """The works that a claim cites, none where it cites one that nobody knows."""
    marked = [item.keys for mark in claim.citations for item in mark.items]
    linked = [(link.key,) for link in article.standing(claim).accepted]
    if not all(marked):
        return ()
    return tuple(dict.fromkeys(key for keys in (*marked, *linked) for key in keys))


def _attached(texts: Sequence[SourceText]) -> bool:
    return any(text.field == "file" for text in texts)


def _letters(text: str) -> str:
    """The letters and digits of a text: where its lines or words break does not count."""
    return "".join(_WORD.findall(folded(text)))


def _holds(texts: Sequence[str], quotation: str) -> bool:
    """Whether the texts, as `_letters`, hold the parts of a quotation in their order."""
    whole = "".join(texts)
    at = 0
    for part in _GAP.split(quotation):
        wanted = _WORD.findall(folded(part))
        if not wanted:
            continue
        found = whole.find("".join(wanted), at)
        at = found + len("".join(wanted)) if found >= 0 else _over_a_break(texts, wanted, at)
        if at < 0:
            return False
    return True


def _over_a_break(texts: Sequence[str], wanted: Sequence[str], at: int) -> int:
    """Where words end that begin on one page and end on the next, or -1.

    What stands between them, a note or a running head, is passed over.
    """
    begin = 0
    for text, following in pairwise(texts):
        after = begin + len(text)
        count = _most(text[max(at - begin, 0) :], wanted) if after > at else 0
        if count:
            rest = "".join(wanted[count:])
            place = following.find(rest)
            if place >= 0:
                return after + place + len(rest)
        begin = after
    return -1


def _most(text: str, words: Sequence[str]) -> int:
    """How many of the words, from the first on, stand in the text one after the other."""
    count = 0
    while count < len(words) and "".join(words[: count + 1]) in text:
        count += 1
    return count
