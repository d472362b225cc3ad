"""Claims made from sentences by rule: reworded ones stay true, one changed thing makes them false.

Labels hold by construction and no person checked them. Each change is made to the claim, to the
passage, or to both alike (then the claim is supported), so that no word of the claim alone tells
the label. Standard library only; the same sentences and seed give the same pairs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from training import flip_words as words


@dataclass(frozen=True, slots=True)
class Flip:
    """A passage, a claim, what the one says of the other, and the kind of change."""

    premise: str
    hypothesis: str
    label: str
    kind: str


Change = Callable[[str, random.Random], str | None]

_LEAD = re.compile(
    r"^(?:(?:here|in this (?:study|report|paper|work)|in the present study|in addition|moreover|"
    r"furthermore|however|thus|therefore|hence|in conclusion|in summary|taken together|overall|"
    r"finally|additionally|importantly|interestingly|notably|collectively|consistent with this|"
    r"(?:conclusions?|results|findings|methods|background|objectives?|interpretation)\b:?),?\s+)?"
    r"(?:(?:these|our|the) (?:results|findings|data|observations|studies|study|analys[ei]s)"
    r"(?: also| further| together)? "
    r"(?:suggest|show|demonstrate|indicate|reveal|confirm|establish|support|found)(?:s|ed)?"
    r"(?: the (?:idea|notion|hypothesis|view))? that |"
    r"we (?:also |now |further |have )?(?:show|shown|showed|found|find|demonstrate|demonstrated|"
    r"report|reported|observed|conclude|propose|provide evidence|identified evidence) that )?",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"(?<![\w.,/–-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w/]|[.,–-]\d)")
_TAIL = re.compile(r"^(.{40,}?),? (?:while|whereas|although|suggesting|indicating|and thus) .+$")


def bare(sentence: str) -> str:
    """The sentence without lead-in and asides, as a claim would be written."""
    text = _SPACE.sub(" ", _ASIDE.sub("", sentence)).strip()
    text = text[_LEAD.match(text).end() :] if _LEAD.match(text) else text
    text = text.lstrip(" ,:;")
    return text[:1].upper() + text[1:]


def matched(pattern: re.Pattern[str], text: str, draw: random.Random) -> re.Match[str] | None:
    """One of the pattern's matches at random; None where there is none."""
    found = list(pattern.finditer(text))
    return draw.choice(found) if found else None


def swapped(text: str, match: re.Match[str], new: str) -> str:
    """The text with the match replaced, its first letter's case kept and a/an put right."""
    old = match[0]
    if old.isupper() and len(old) > 1:
        new = new.upper()
    elif old[:1].isupper():
        new = new[:1].upper() + new[1:]
    before, after = text[: match.start()], text[match.end() :]
    article = re.search(r"\b([Aa])(n?) $", before)
    if article and new:
        wanted = "n" if new[0].lower() in "aeiou" else ""
        before = f"{before[: article.start()]}{article[1]}{wanted} "
    return _SPACE.sub(" ", before + new + after).strip()


# --------------------------------------------------------------------------- changes to false


def direction(text: str, draw: random.Random) -> str | None:
    """A word of direction or quality becomes its opposite."""
    found = matched(words.OPPOSITE, text, draw)
    if found is None or _comparison_follows(text, found):
        return None
    return swapped(text, found, draw.choice(words.OPPOSITES[found[0].lower()]))


def _comparison_follows(text: str, found: re.Match[str]) -> bool:
    """Whether "more" or "less" is a mere degree: "more recently"."""
    return (
        found[0].lower() in ("more", "less")
        and re.match(r" (?:recent|important|special|general|precise)", text[found.end() :])
        is not None
    )


def negated(text: str, draw: random.Random) -> str | None:
    """A "not" is put in, after an auxiliary or before a plain verb."""
    if words.NEGATOR.search(text):
        return None
    auxiliary = words.AUXILIARY.search(text)
    verb = words.PLAIN_VERB.search(text)
    if auxiliary and (verb is None or auxiliary.start() < verb.start() or draw.random() < 0.3):
        word = auxiliary[0]
        new = (
            "cannot" if word.lower() == "can" else f"{word} {draw.choice(('not', 'not', 'never'))}"
        )
        return swapped(text, auxiliary, new)
    if verb is None:
        return None
    base, form = words.VERB_FORM[verb[0].lower()]
    options = {
        "s": (f"does not {base}", f"fails to {base}", f"has no ability to {base}"),
        "ed": (f"did not {base}", f"failed to {base}", f"never {verb[0].lower()}"),
        "": (f"do not {base}", f"fail to {base}", f"do not significantly {base}"),
    }[form]
    return swapped(text, verb, draw.choice(options[:1] * 2 + options))


def affirmed(text: str, draw: random.Random) -> str | None:
    """A "not", "no" or "without" is taken out."""
    found = matched(words.REMOVABLE, text, draw)
    if found is None or len(words.NEGATOR.findall(text)) > 1:
        return None
    verb = found.groupdict().get("verb")
    if verb:
        form = {
            "does": "s",
            "did": "ed",
            "do": "",
            "failed to": "ed",
            "fails to": "s",
            "fail to": "",
        }
        new = words.INFLECTED.get((verb.lower(), form[found["auxiliary"].lower()]))
        return swapped(text, found, new) if new else None
    return swapped(text, found, words.AFFIRMED[_SPACE.sub(" ", found[0].lower())])


def number(text: str, draw: random.Random) -> str | None:
    """A number becomes another one, clearly so."""
    found = matched(_NUMBER, text, draw)
    spelled = matched(words.SPELLED, text, draw)
    if spelled and (found is None or draw.random() < 0.4):
        others = [word for word in words.COUNTS if word != spelled[0].lower()]
        return swapped(text, spelled, draw.choice(others))
    if found is None:
        return None
    digits = found[0].replace(",", "")
    value = float(digits)
    percent = text[found.end() :].lstrip().startswith(("%", "percent", "per cent"))
    if "." not in digits and len(digits) == 4 and 1900 <= value <= 2030:
        new = str(int(value) + draw.choice((-11, -7, -4, -3, 3, 4, 7)))
    elif percent and 0 < value < 100 and draw.random() < 0.3 and abs(value - 50) > 10:
        new = _written(100 - value, digits)
    else:
        factors = [f for f in _FACTORS if not percent or value * f <= 100 or value > 100]
        new = _written(value * draw.choice(factors) + (value == 0), digits)
    return swapped(text, found, new) if new != found[0] else None


_FACTORS = (0.2, 0.4, 0.5, 1.6, 2.0, 3.0, 10.0)


def _written(value: float, like: str) -> str:
    places = len(like.partition(".")[2])
    return f"{value:,.{places}f}" if value >= 1000 else f"{value:.{places}f}"


def unit(text: str, draw: random.Random) -> str | None:
    """A unit becomes another of its kind."""
    found = matched(words.UNIT, text, draw)
    if found is None:
        return None
    return swapped(text, found, draw.choice(words.UNITS[found[0]]))


def comparator(text: str, draw: random.Random) -> str | None:
    """The words "more than" become "less than", > becomes <."""
    found = matched(words.COMPARATOR, text, draw)
    return found and swapped(text, found, words.COMPARATORS[found[0].lower()])


def quantifier(text: str, draw: random.Random) -> str | None:
    """All become none, most become few, always becomes never."""
    found = matched(words.QUANTIFIER, text, draw)
    return found and swapped(text, found, draw.choice(words.QUANTIFIERS[found[0].lower()]))


def sides(text: str, _: random.Random) -> str | None:
    """The two sides of a comparison change places: "A was higher than B"."""
    found = words.COMPARED.match(text)
    if found is None:
        return _groups(text)
    left, middle, right, end = found.groups()
    if abs(len(left) - len(right)) > 40 or left.lower() == right.lower():
        return None
    return f"{right[:1].upper()}{right[1:]} {middle} {_lowered(left)}{end}"


def _groups(text: str) -> str | None:
    """The groups of "higher in A than in B" change places."""
    found = words.GROUPS.search(text)
    if found is None or not words.COMPARATIVE.search(text):
        return None
    where, one, middle, other = found.groups()
    return f"{text[: found.start()]}{where} {other} {middle}{one}{text[found.end() :]}"


def _lowered(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first[1:].islower() else text


FALSE: dict[str, tuple[Change, float]] = {
    "direction": (direction, 3.0),
    "negated": (negated, 2.5),
    "affirmed": (affirmed, 3.0),
    "number": (number, 2.5),
    "unit": (unit, 1.2),
    "comparator": (comparator, 1.5),
    "quantifier": (quantifier, 1.6),
    "sides": (sides, 1.5),
}


# --------------------------------------------------------------------------- changes to true


def wording(text: str, draw: random.Random) -> str | None:
    """Up to three words become others of the same meaning."""
    changed = text
    for _ in range(3):
        found = matched(words.SYNONYM, changed, draw)
        if found is None:
            break
        changed = swapped(changed, found, draw.choice(words.SYNONYMS[found[0].lower()]))
    return changed if changed != text else None


def shortened(text: str, _: random.Random) -> str | None:
    """A clause at the end is left out."""
    found = _TAIL.match(text)
    return f"{found[1].rstrip(' ,;')}." if found else None


def rewritten(text: str, draw: random.Random) -> str | None:
    """A number or unit is written another way: 3 for three, 1 g for 1000 mg, per cent for %."""
    pattern, change = draw.choice(words.SAME_NUMBER)
    found = matched(pattern, text, draw)
    return found and swapped(text, found, change(found))


def hedged(text: str, draw: random.Random) -> str | None:
    """The claim says no more than that it may be so."""
    verb = words.PLAIN_VERB.search(text)
    if verb is None or words.NEGATOR.search(text) or words.HEDGE.search(text):
        return None
    base, form = words.VERB_FORM[verb[0].lower()]
    return (
        swapped(text, verb, f"{draw.choice(('may', 'can', 'could'))} {base}")
        if form != "ed"
        else None
    )


def twice(text: str, draw: random.Random) -> str | None:
    """The verb "increases" becomes "does not decrease": two reversals, still true."""
    verb = words.PLAIN_VERB.search(text)
    if verb is None or words.NEGATOR.search(text) or verb[0].lower() not in words.OPPOSITES:
        return None
    _, form = words.VERB_FORM[verb[0].lower()]
    opposite = draw.choice(words.OPPOSITES[verb[0].lower()])
    if opposite not in words.VERB_FORM:
        return None
    auxiliary = {"s": "does not", "ed": "did not", "": "do not"}[form]
    return swapped(text, verb, f"{auxiliary} {words.VERB_FORM[opposite][0]}")


TRUE: tuple[Change, ...] = (wording, wording, wording, shortened, rewritten, hedged)


def reworded(text: str, draw: random.Random, *, whole: bool = False) -> str:
    """The text after up to two changes that leave it true; `whole`: nothing is left out."""
    for change in draw.sample(TRUE, draw.choice((0, 1, 1, 2))):
        if not (whole and change is shortened):
            text = change(text, draw) or text
    return text


def certain(text: str) -> str | None:
    """A hedge becomes certainty: more than the passage says."""
    found = words.HEDGE.search(text)
    return found and swapped(text, found, words.CERTAIN[found[0].lower()])


# --------------------------------------------------------------------------- pairs


def pairs(documents: Sequence[Sequence[str]], count: int, draw: random.Random) -> Iterator[Flip]:
    """`count` pairs from the sentences of documents, two refuted to two supported to one else.

    A passage holds the sentence with up to two neighbours; a neutral one has the same length.
    """
    made = 0
    order = list(range(len(documents)))
    while made < count:
        draw.shuffle(order)
        before = made
        for number_ in order:
            for flip in _from_document(documents[number_], draw):
                yield flip
                made += 1
                if made >= count:
                    return
        if made == before:
            return


def _from_document(sentences: Sequence[str], draw: random.Random) -> list[Flip]:
    usable = [n for n, sentence in enumerate(sentences) if 7 <= len(sentence.split()) <= 55]
    if len(usable) < 3:
        return []
    chosen = draw.choice(usable)
    claim = bare(sentences[chosen])
    if len(claim.split()) < 5:
        return []
    low = max(0, chosen - draw.choice((0, 0, 1)))
    high = chosen + 1 + draw.choice((0, 0, 1))

    def passage(sentence: str) -> str:
        return " ".join([*sentences[low:chosen], sentence, *sentences[chosen + 1 : high]])

    whole = sentences[chosen]
    made = [Flip(passage(whole), reworded(claim, draw), "supports", "reworded")]
    made += _false(claim, whole, passage, draw)
    doubled = twice(claim, draw)
    if doubled and draw.random() < 0.6:
        made.append(Flip(passage(whole), doubled, "supports", "twice"))
    made += _neutral(sentences, chosen, claim, draw)
    return made


def _false(
    claim: str, whole: str, passage: Callable[[str], str], draw: random.Random
) -> Iterator[Flip]:
    side = draw.random()
    # what is changed last stands: a rewording after it could take it out again
    text = reworded(claim, draw) if side < 0.6 else claim
    for kind, false in changed(text, 2, draw):
        if side < 0.6:
            yield Flip(passage(whole), false, "refutes", kind)
            continue
        # the passage is the changed one: its sentence in the claim's own short form
        label, said = ("refutes", claim) if side < 0.8 else ("supports", false)
        name = f"{kind}, {'passage' if side < 0.8 else 'both'}"
        yield Flip(passage(false), reworded(said, draw, whole=True), label, name)


def changed(text: str, most: int, draw: random.Random) -> Iterator[tuple[str, str]]:
    """Up to `most` changes of different kinds that make the text false: kind and text."""
    options = {kind: change(text, draw) for kind, (change, _) in FALSE.items()}
    possible = [kind for kind, false in options.items() if false and false != text]
    for _ in range(min(most, len(possible))):
        kind = draw.choices(possible, [FALSE[kind][1] for kind in possible])[0]
        possible.remove(kind)
        yield kind, options[kind] or ""


def _neutral(
    sentences: Sequence[str], chosen: int, claim: str, draw: random.Random
) -> Iterator[Flip]:
    others = [sentence for n, sentence in enumerate(sentences) if n != chosen]
    size = draw.choice((1, 1, 2, 3))
    at = draw.randrange(max(1, len(others) - size + 1))
    if draw.random() < 0.6:
        text = claim if draw.random() < 0.5 else (direction(claim, draw) or claim)
        yield Flip(" ".join(others[at : at + size]), reworded(text, draw), "neutral", "elsewhere")
    sure = certain(claim)
    if sure and draw.random() < 0.5:
        yield Flip(sentences[chosen], sure, "neutral", "certain")
    other = _renamed(claim, " ".join(others), draw)
    if other and draw.random() < 0.4:
        yield Flip(sentences[chosen], other, "neutral", "renamed")


def _renamed(claim: str, elsewhere: str, draw: random.Random) -> str | None:
    """A name of the claim becomes another name of the same document."""
    mine = sorted(set(words.NAME.findall(claim)))
    theirs = sorted(set(words.NAME.findall(elsewhere)) - set(mine))
    if not mine or not theirs:
        return None
    old = draw.choice(mine)
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", draw.choice(theirs), claim)
